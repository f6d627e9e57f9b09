"""Values as people type them, as the JSON that decisions keep: words, names, days and spans of days, or JSON itself.

What the event knows is called by its name: a party, a place, a toll. `in_words` goes the other way, for a form that
shows what a field holds now.

>>> written("date", "2031-05-06/2031-05-07")
'["2031-05-06","2031-05-07"]'
>>> written("mode", "drone")
'"drone"'
>>> in_words("date", ["2031-05-06", "2031-05-06"])
'2031-05-06'
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.knowledge.correcting import listed
from dateline.types import Actor, Claim, Event, EventHarm, Place

_PARTY: Mapping[str, Any] = {
    "description": None,
    "id": None,
    "number": None,
    "codes": {},
    "quote": "",
    "start": 0,
    "end": 0,
}
"""What a party that is given as JSON need not say."""

_TOLL: Mapping[str, Any] = {"said_by": None, "claims": []}
"""What a toll that is given as JSON need not say."""

_TOLL_IN_WORDS = re.compile(
    r"(?P<low>\d{1,15})(?: to (?P<high>\d{1,15})| (?P<more>or more))? (?P<kind>[a-z]+)(?: \((?P<by>.+)\))?"
)
"""'5 killed', '5 to 8 injured', '80 or more killed (state television)'."""

_LISTS = frozenset({"actors", "targets", "harm", "means", "context"})
"""Fields that hold several values, or none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be called by its name: parties, places and tolls that an event or a claim has, its own first."""

    parties: Sequence[Actor] = ()
    places: Sequence[Place] = ()
    tolls: Sequence[EventHarm] = ()

    @classmethod
    def of_event(cls, event: Event, claims: Iterable[Claim]) -> Known:
        """What an event and its claims have."""
        told: list[Event | Claim] = [event, *claims]
        parties = [party for one in told for party in (*one.actors, *one.targets)]
        return cls(parties, [one.place for one in told if one.place is not None], event.harm)

    @classmethod
    def of_claim(cls, claim: Claim) -> Known:
        """What a claim has."""
        return cls([*claim.actors, *claim.targets], [claim.place] if claim.place else [])


NOTHING = Known()


def written(field: str, given: str, known: Known = NOTHING) -> str:
    """`given` as JSON; nothing is null or an empty list. Names of parties are those of `known`, else ValueError."""
    value = _parsed(given.strip())
    if value is None:
        value = [] if field in _LISTS else None
    elif field in ("actors", "targets"):
        value = [_party(one, known.parties) for one in _several(value)]
    elif field == "harm":
        value = _tolls(value, known.tolls)
    elif field == "place" and isinstance(value, str):
        value = _place(value, known.places)
    elif field == "means" and isinstance(value, dict):
        value = [value]
    elif isinstance(value, str) and field in _SHORT:
        value = _SHORT[field](value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def in_words(field: str, value: Any, known: Known = NOTHING) -> str:
    """What `written` makes `value` (as JSON has it) of: in words where they say all of it, else JSON."""
    short = _shortest(field, value)
    try:
        whole = json.loads(written(field, short, known))
    except ValueError:
        whole = _NO_VALUE
    return short if whole == value else json.dumps(value, ensure_ascii=False)


_NO_VALUE = object()


def _parsed(given: str) -> Any:
    """What it is as JSON, else the words themselves; what begins like JSON and is none raises ValueError."""
    if not given:
        return None
    try:
        return json.loads(given)
    except (ValueError, RecursionError) as error:
        if given.startswith(("{", "[")):
            raise ValueError(f"this is no JSON: {error}") from None
        return given


def _several(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return value if isinstance(value, list) else [value]


def _party(given: Any, parties: Sequence[Actor]) -> Any:
    if isinstance(given, dict):
        return {**_PARTY, **given}
    called = {name: party for party in reversed(parties) for name in (party.id, party.name) if name}
    if given not in called:
        names = listed(dict.fromkeys(party.name for party in parties), str(given))
        raise ValueError(
            f"nobody of the event is called {given!r}: there are {names or 'none'}; "
            'others are given as JSON: {"name": ..., "kind": "person"}'
        )
    return msgspec.to_builtins(called[given])


def _place(name: str, places: Iterable[Place]) -> Any:
    """The place that is known by this name, with all that is known of it; another has a name alone."""
    known = next((place for place in places if place.name.casefold() == name.casefold()), None)
    return msgspec.to_builtins(known) if known else {"name": name}


# ---------------------------------------------------------------- tolls
def _tolls(value: Any, known: Iterable[EventHarm]) -> Any:
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, str):
        left = [msgspec.to_builtins(toll) for toll in known]
        return [_toll(words.strip(), left) for words in value.split(";") if words.strip()]
    return [{**_TOLL, **toll} if isinstance(toll, dict) else toll for toll in value] if _is_list(value) else value


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _toll(words: str, left: list[Any]) -> Any:
    """A toll in words; one that is known (each once) has all that is known of it."""
    found = _TOLL_IN_WORDS.fullmatch(words)
    if not found:
        raise ValueError(f"{words!r} is no toll: write '5 killed', '5 to 8 injured' or '80 or more killed (speaker)'")
    low = int(found["low"])
    high = None if found["more"] else int(found["high"] or low)
    said = {"kind": found["kind"], "low": low, "high": high, "said_by": found["by"]}
    known = next((toll for toll in left if said.items() <= toll.items()), None)
    if known is None:
        return {**_TOLL, **said}
    left.remove(known)
    return known


def _told(toll: Mapping[str, Any]) -> str:
    low, high = toll["low"], toll["high"]
    count = f"{low}" if low == high else f"{low} or more" if high is None else f"{low} to {high}"
    return f"{count} {toll['kind']}" + (f" ({toll['said_by']})" if toll["said_by"] else "")


# ---------------------------------------------------------------- days
def _days(given: str) -> tuple[str, str]:
    """'2031-05-06' or '2031-05-06/2031-05-07' (ISO 8601)."""
    first, _, last = given.partition("/")
    return first, last or first


def _time(given: str) -> Mapping[str, str]:
    first, last = _days(given)
    return {"start": first, "end": last, "precision": "day"}


_SHORT: Mapping[str, Callable[[str], Any]] = {
    "context": _several,
    "date": _days,
    "time": _time,
    "speaker": lambda name: {"name": name, "kind": "named"},
}
"""Field -> what its words stand for."""


# ---------------------------------------------------------------- and back
def _shortest(field: str, value: Any) -> str:
    """Words that may stand for `value`."""
    if value is None or value == []:
        return ""
    if field in _IN_WORDS:
        return _IN_WORDS[field](value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "actors": lambda parties: ", ".join(party["name"] for party in parties),
    "targets": lambda parties: ", ".join(party["name"] for party in parties),
    "harm": lambda tolls: "; ".join(map(_told, tolls)),
    "place": lambda place: str(place["name"]),
    "date": lambda days: days[0] if days[0] == days[1] else "/".join(days),
    "context": ", ".join,
}
"""Field -> its value in few words."""

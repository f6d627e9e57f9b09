"""Filters as people give them, on the command line, in an address or to the API, as a `Query`, and back.

Every filter has one name everywhere: `type`, `from`, `to`, `bbox`... What cannot be meant raises a ValueError that says
what was given, what is allowed and what is nearest.

>>> query_of({"type": ["assault"], "from": ["2020-01-04"]}).type
('ASSAULT',)
>>> parameters(Query(type=("ASSAULT",), first="2020-01-04", undated=True))
[('type', 'ASSAULT'), ('from', '2020-01-04'), ('undated', 'yes')]
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from dateline.store.asking import NONE, SEVERAL, Box, Query
from dateline.types import EventType, Modality, PlacePrecision, Status, TimePrecision

PARAMETERS: Mapping[str, str] = {
    **{name: name for name in ("type", "mode", "actor", "acting", "target", "speaker", "place", "country", "bbox")},
    "from": "first",
    "to": "last",
    **{name: name for name in ("status", "modality", "precision", "place_precision", "review")},
    **{name: name for name in ("disputed", "undated", "unplaced", "text")},
}
"""Name of a filter -> field of `Query`, in the order in which addresses have them."""

_FREE = frozenset({"mode", "actor", "acting", "target", "speaker", "place", "text"})
"""Filters that take any words, of which blanks alone are none; of the others only an empty value asks for nothing."""

LONGEST, MOST = 300, 40
"""Letters of a value, and values of a filter: more are refused, so that no question costs too much."""

_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "type": tuple(EventType),
    "status": tuple(Status),
    "modality": tuple(Modality),
    "precision": tuple(TimePrecision),
    "place_precision": (*PlacePrecision, NONE),
    "review": ("accepted", "corrected", "rejected", NONE),
}
_YES, _NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off"})


def query_of(given: Mapping[str, Sequence[str]], named: Callable[[str], str] = str) -> Query:
    """The query that values by the names of `PARAMETERS` stand for; '' asks for nothing. `named`: how a filter is called."""
    found: dict[str, object] = {}
    for name, values in given.items():
        if name not in PARAMETERS:
            raise ValueError(f"no filter {named(name)}: there are {', '.join(map(named, PARAMETERS))}{_near(name)}")
        _check_size(name, values, named(name))
        said = [value for value in values if (value.strip() if name in _FREE else value)]
        if said:
            found[PARAMETERS[name]] = _value(name, said, named(name))
    first, last = found.get("first"), found.get("last")
    if first and last and str(first) > str(last):
        raise ValueError(f"{named('from')} {first} is after {named('to')} {last}")
    return Query(**found)  # type: ignore[arg-type]  # by `_value`, each is what its field takes


def parameters(query: Query) -> list[tuple[str, str]]:
    """The query as names and values, in the order of `PARAMETERS`."""
    asked = query.asked()
    pairs = ((name, asked[field]) for name, field in PARAMETERS.items() if field in asked)
    return [(name, word) for name, value in pairs for word in _words(name, value)]


def one_of(value: str, allowed: Iterable[str], what: str) -> str:
    """The one of `allowed` that is meant, in whatever case it is written."""
    by_small = {name.lower(): str(name) for name in allowed}
    if value.lower() in by_small:
        return by_small[value.lower()]
    near = get_close_matches(value.lower(), list(by_small), n=1)
    meant = f"; did you mean {by_small[near[0]]}?" if near else ""
    raise ValueError(f"{what} {value!r} is not one of {', '.join(by_small.values())}{meant}")


def day_of(value: str, what: str) -> str:
    """`value` if it is a day in ISO 8601."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"{what} {value!r} is not a date; write it as YYYY-MM-DD, for instance 2020-01-04") from None


# ---------------------------------------------------------------- values
def _check_size(name: str, values: Sequence[str], what: str) -> None:
    """Refuses what is too long or given too often, empty values counted too."""
    for value in values:
        if len(value) > LONGEST:
            raise ValueError(f"{what} has {len(value):,} letters: at most {LONGEST} are taken")
    if PARAMETERS[name] in SEVERAL and len(values) > MOST:
        raise ValueError(f"{what} is given {len(values)} times: at most {MOST} are taken")


def _value(name: str, said: Sequence[str], what: str) -> object:
    if PARAMETERS[name] in SEVERAL:
        return tuple(dict.fromkeys(_one(name, value.strip(), what) for value in said))
    if len(said) > 1:
        raise ValueError(f"{what} is given {len(said)} times: it takes one value")
    return _SINGLE[name](said[0].strip(), what)


def _one(name: str, value: str, what: str) -> str:
    if name in _ALLOWED:
        return one_of(value, _ALLOWED[name], what)
    if name == "country":
        return _country(value, what)
    return value


def _country(value: str, what: str) -> str:
    if value.lower() == NONE:
        return NONE
    if not re.fullmatch("[A-Za-z]{2}", value):
        raise ValueError(f"{what} {value!r} is no country code; write ISO 3166-1 alpha-2, for instance IQ, or none")
    return value.upper()


def _bool(value: str, what: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise ValueError(f"{what} {value!r} is neither yes nor no")
    return value.lower() in _YES


def _box(value: str, what: str) -> Box:
    form = "write it as west,south,east,north in degrees, for instance 42.5,32,46,36"
    try:
        sides = [float(side) for side in value.split(",")]
    except ValueError:
        raise ValueError(f"{what} {value!r} is no box; {form}") from None
    if len(sides) != 4 or not all(map(math.isfinite, sides)):
        raise ValueError(f"{what} {value!r} is no box of four numbers; {form}")
    west, south, east, north = sides
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(f"{what} {value!r} is not on earth, or its south is above its north; {form}")
    return west, south, east, north


def _text(value: str, what: str) -> str:
    if not re.search(r"\w", re.sub(r"(?:^|\s)-\S+", " ", value)):
        raise ValueError(f'{what} {value!r} has no word to look for; write words, or "words in order", -without')
    return value


_SINGLE: Mapping[str, Callable[[str, str], object]] = {
    "bbox": _box,
    "from": day_of,
    "to": day_of,
    "disputed": _bool,
    "undated": _bool,
    "unplaced": _bool,
    "text": _text,
}


def _words(name: str, value: object) -> list[str]:
    if name == "bbox" and isinstance(value, tuple):
        return [",".join(f"{side:g}" for side in value)]
    return list(value) if isinstance(value, tuple) else ["yes" if value is True else str(value)]


def _near(name: str) -> str:
    near = get_close_matches(name, list(PARAMETERS), n=1)
    return f"; did you mean {near[0]}?" if near else ""

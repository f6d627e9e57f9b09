"""Values as people type them, as the JSON that decisions keep: words, names, days and spans of days, or JSON itself.

>>> written("date", "2031-05-06/2031-05-07", [])
'["2031-05-06","2031-05-07"]'
>>> written("mode", "drone", [])
'"drone"'
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from dateline.knowledge.correcting import listed
from dateline.types import Actor

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


def written(field: str, given: str, parties: Sequence[Actor]) -> str:
    """`given` as JSON. Actors and targets may be named; the names are those of `parties`, else ValueError."""
    value = _parsed(given)
    if field in ("actors", "targets"):
        value = [_party(one, parties) for one in _several(value)]
    elif isinstance(value, str) and field in _SHORT:
        value = _SHORT[field](value)
    elif field in ("harm", "means") and isinstance(value, dict):
        value = [value]
    if field == "harm" and isinstance(value, list):
        value = [{"said_by": None, "claims": []} | toll if isinstance(toll, dict) else toll for toll in value]
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _parsed(given: str) -> Any:
    """What it is as JSON, else the words themselves; what begins like JSON and is none raises ValueError."""
    try:
        return json.loads(given)
    except (ValueError, RecursionError) as error:
        if given.lstrip().startswith(("{", "[")):
            raise ValueError(f"this is no JSON: {error}") from None
        return given


def _several(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return value if isinstance(value, list) else [] if value is None else [value]


def _party(given: Any, parties: Sequence[Actor]) -> Any:
    if isinstance(given, dict):
        return {**_PARTY, **given}
    known = {name: party for party in reversed(parties) for name in (party.id, party.name) if name}
    if given not in known:
        names = listed(dict.fromkeys(party.name for party in parties), str(given))
        raise ValueError(
            f"nobody of the event is called {given!r}: there are {names or 'none'}; "
            'others are given as JSON: {"name": ..., "kind": "person"}'
        )
    return msgspec.to_builtins(known[given])


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
    "place": lambda name: {"name": name},
    "speaker": lambda name: {"name": name, "kind": "named"},
}
"""Field -> what its words stand for."""

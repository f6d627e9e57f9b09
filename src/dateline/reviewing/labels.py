"""When two values of a field count as one: not the words and where they stand, but what they mean.

A place is one by its GeoNames id, else by name and country; a party by its id, else by name; tolls by kind, numbers and
who says so. Case and accents of names do not count.

>>> label("actors", '[{"name": "Réds", "id": null}]') == label("actors", '[{"name": "reds", "id": null}]')
True
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any

NOT_STATED = "not stated"
"""The label of null: a reviewer who writes it says that nothing is stated, which is a value like others."""

KILLED = "killed"


def label(field: str, value: str) -> Hashable:
    """What a value (JSON) of a field is compared by: equal for values that count as one."""
    found = json.loads(value)
    return NOT_STATED if found is None else _LABELS.get(field, str)(found)


def twice_the_middle(value: str) -> int | None:
    """Of a span of days (JSON), its first and last day added up, as days since the year 1; null where it has none."""
    days = json.loads(value)
    return None if days is None else sum(date.fromisoformat(day[:10]).toordinal() for day in days)


def killed(value: str) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """Of tolls (JSON), who says of whom that so many were killed: (speaker, of whom) -> lowest and highest number."""
    tolls = (toll for toll in json.loads(value) or () if toll["kind"] == KILLED)
    return {(folded(toll["said_by"]), folded(toll.get("who"))): (toll["low"], toll["high"]) for toll in tolls}


def folded(name: str | None) -> str:
    """A name without case, accents and needless spaces; nothing for null."""
    letters = unicodedata.normalize("NFKD", " ".join((name or "").split()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _place(place: Any) -> Hashable:
    key = place.get("geonames_id")
    return key if key is not None else (folded(place["name"]), place.get("country"))


def _parties(parties: Any) -> Hashable:
    return frozenset(party.get("id") or folded(party["name"]) for party in parties)


def _tolls(tolls: Any) -> Hashable:
    return frozenset((toll["kind"], toll["low"], toll["high"], folded(toll.get("said_by"))) for toll in tolls)


_LABELS: Mapping[str, Callable[[Any], Hashable]] = {
    "date": tuple,
    "place": _place,
    "actors": _parties,
    "targets": _parties,
    "harm": _tolls,
}

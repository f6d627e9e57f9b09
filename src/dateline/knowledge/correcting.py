"""Fields that a person can correct, and which values they take: the types of `dateline.types`, and the packs for modes.

A value is given as JSON, in the words of RECORD.md. What does not fit raises a ValueError that names what is allowed.

>>> sorted(modes(EventType.REQUEST, Packs()) - {None})
['assist', 'meet', 'yield']
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from dateline.knowledge.packs import Packs
from dateline.types import Claim, Codes, Decision, Event, EventHarm, EventType, Harm, Place, Problem, Time

CORRECTABLE: dict[type, tuple[str, ...]] = {
    Event: tuple(
        "type mode context modality date precision place actors targets harm status independent_sources".split()
    ),
    Claim: tuple(
        "type mode context modality outcome actors targets place time harm means speaker stance about".split()
    ),
}
"""Of what which fields can be corrected. Ids, quotes and what is counted from other fields cannot."""

Coded = TypeVar("Coded", Event, Claim)


def corrected(value: Coded, field: str, written: str, packs: Packs) -> Coded:
    """`value` with the field as `written`; a mode that a new type does not have, and codes of the old one, are unknown."""
    changed = {field: read_field(value, field, written, packs)}
    if field == "type" and value.mode not in modes(changed["type"], packs):
        changed["mode"] = None
    if field in ("type", "mode") and isinstance(value, Claim):
        changed["codes"] = Codes()
    if field == "date":
        changed["date_inferred"] = False
    return replace(value, **changed)


def read_field(value: Event | Claim, field: str, written: str, packs: Packs) -> Any:
    """The value of `field` that `written` (JSON) stands for."""
    kind = type(value)
    allowed = CORRECTABLE[kind]
    if field not in allowed:
        raise ValueError(f"no field {field!r} can be corrected: it is one of {listed(allowed, field)}")
    wanted = get_type_hints(kind)[field]
    try:
        found = msgspec.json.decode(written, type=wanted)
    except msgspec.DecodeError as error:
        raise ValueError(f"{field}: {written} cannot be read: {_allowed(wanted, written) or error}") from None
    _check(value, field, found, packs)
    return found


def listed(allowed: Iterable[str], given: str) -> str:
    """'a, b, c; did you mean b?'."""
    names = list(allowed)
    near = difflib.get_close_matches(given.strip('"').lower(), [name.lower() for name in names], n=1)
    meant = next((name for name in names if near and name.lower() == near[0]), None)
    return ", ".join(names) + (f"; did you mean {meant}?" if meant else "")


@lru_cache(maxsize=64)
def modes(kind: EventType, packs: Packs) -> frozenset[str | None]:
    """The modes that events of a type have in the packs, and none."""
    patterns = packs.tables(f"plover/types/{kind.value}.toml").get("pattern", ())
    crossed = [row["mode"] for row in packs.rows("plover/crosswalk/codes.csv") if row["type"] == kind.value]
    contents = packs.tables("plover/content_modes.toml").get(kind.value, {})
    named = {mode for cell in crossed for mode in cell.split("|")} | {row.get("mode") for row in patterns}
    return frozenset(mode if mode not in ("", "-") else None for mode in (*named, *contents, None))


@lru_cache(maxsize=4)
def contexts(packs: Packs) -> tuple[str, ...]:
    """The contexts of the packs."""
    return tuple(row["name"] for row in packs.tables("plover/contexts.toml")["context"])


def _allowed(wanted: Any, written: str) -> str | None:
    """The words that a field of few words takes."""
    kinds = [kind for kind in (wanted, *get_args(wanted)) if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return f"it is one of {listed([member.value for member in kinds[0]], written)}" if kinds else None


def place_of(line: int) -> str:
    """Where a decision stands, as problems name it."""
    return f"decisions.jsonl:{line}"


def unfit(decision: Decision, why: str) -> Problem:
    """The problem of a decision that cannot be applied to the record as it is now."""
    return Problem(
        code="decision-unfit",
        where=place_of(decision.line),
        message=f"{decision.action} {decision.subject} ({decision.reason}): {why}; it is not applied",
        hint=f"look again and decide anew, and take this one back: `dateline decide undo {decision.line}`",
    )


# ---------------------------------------------------------------- what the types alone do not say
def _check(value: Event | Claim, field: str, found: Any, packs: Packs) -> None:
    if field == "mode":
        _one_of(field, found, modes(value.type, packs), f"an event of type {value.type}")
    for name in found if field == "context" else ():
        _one_of(field, name, contexts(packs), "an event")
    if field == "date" and found is not None:
        _check_days(*found)
    if isinstance(found, Time) and found.start and found.end:
        _check_days(found.start, found.end)
    if isinstance(found, Place):
        _check_point(found)
    for toll in found if field == "harm" else ():
        _check_toll(toll)
    if field == "independent_sources" and found < 0:
        raise ValueError(f"{field}: {found} is less than 0")


def _one_of(field: str, found: str | None, allowed: Iterable[str | None], of: str) -> None:
    if found not in set(allowed):
        names = sorted(name for name in allowed if name)
        raise ValueError(f"{field}: {found!r} is not known for {of}: {listed(names, found or '') or 'it has none'}")


def _check_days(first: str, last: str) -> None:
    try:
        days = [date.fromisoformat(day[:10]) for day in (first, last)]
    except ValueError:
        raise ValueError(f"{first!r} to {last!r} are not days: write them as YYYY-MM-DD") from None
    if days[0] > days[1]:
        raise ValueError(f"{first} is after {last}")


def _check_point(place: Place) -> None:
    if not -90 <= (place.lat or 0) <= 90 or not -180 <= (place.lon or 0) <= 180:
        raise ValueError(f"place: {place.lat} {place.lon} is no point: latitudes go to 90, longitudes to 180")
    if (place.lat is None) != (place.lon is None):
        raise ValueError("place: a point needs both lat and lon")


def _check_toll(toll: Harm | EventHarm) -> None:
    if (toll.low or 0) < 0 or (toll.high is not None and toll.high < (toll.low or 0)):
        raise ValueError(f"harm: {toll.low} to {toll.high} is no range")

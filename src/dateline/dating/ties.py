"""Ties: whether a claim of an undated report and one of a dated report can tell of one event."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.language.distance import apart
from dateline.text import digest
from dateline.types import Basis, Claim, EventType, Modality, Place, PlacePrecision, Report

_NEWS = frozenset({Modality.HAPPENED, Modality.ONGOING})
_WIDE = frozenset({PlacePrecision.COUNTRY, PlacePrecision.PROVINCE})
_NEAR_KM = 25.0
_NIGHT = 1
_WORD = re.compile(r"[^\W\d_]{4,}")


def is_news(claim: Claim) -> bool:
    """Whether a claim tells of what this report says has happened."""
    return not claim.background and claim.modality in _NEWS


@dataclass(frozen=True, slots=True)
class Witness:
    """A claim that can settle the days of others: its own words and its report's own day give it `first` and `last`."""

    claim: Claim
    report: Report
    first: datetime.date
    last: datetime.date


def witness_of(claim: Claim, report: Report) -> Witness | None:
    """The claim as a witness; null where its day is open, itself inferred, or longer than a night with its two dates."""
    time = claim.time
    if time is None or time.start is None or time.inferred or report.published.basis is Basis.INFERRED:
        return None
    first, last = (datetime.date.fromisoformat((day or time.start)[:10]) for day in (time.start, time.end))
    return Witness(claim, report, first, last) if (last - first).days <= _NIGHT else None


Key = tuple[EventType, str, str]


def keys(claim: Claim, report: Report) -> tuple[Key, ...]:
    """Under what claims that may be of one event find each other: the wire, the place's name, its country."""
    name, country = (claim.place.name, claim.place.country) if claim.place is not None else (None, None)
    found = (("wire", report.wire), ("name", name), ("country", country))
    return tuple((claim.type, kind, value) for kind, value in found if value is not None)


def ties(report: Report, claims: Iterable[Claim]) -> Iterator[tuple[int, bool, str]]:
    """Under what the claims of `report` are found by those of undated reports, or find dated ones: a number for each key.

    Gives the number, whether the claim is a witness, and its id.
    """
    dated = report.published.start is not None
    for claim in claims:
        if is_news(claim) and (not dated or witness_of(claim, report) is not None):
            yield from ((_number(key), dated, claim.id) for key in keys(claim, report))


def _number(key: Key) -> int:
    return int.from_bytes(bytes.fromhex(digest(*key)[:16]), "big", signed=True)


def may_be_one(claim: Claim, report: Report, witness: Witness) -> bool:
    """Whether two claims of one type are told in the same words by a copy, or of one place, and of one party or toll."""
    other = witness.claim
    if claim.type is not other.type or claim.id == other.id:
        return False
    if report.wire is not None and report.wire == witness.report.wire and _trigger(claim) == _trigger(other):
        return True
    shared = len(_parties(claim) & _parties(other)) + len(_tolls(claim) & _tolls(other))
    return shared >= _needed(claim.place, other.place)


def _needed(one: Place | None, other: Place | None) -> float:
    """How many words of parties or tolls two claims must share: one at one place, two where only its name is the same."""
    if one is None or other is None or {one.precision, other.precision} & _WIDE:
        return math.inf
    km = apart(one, other)
    if km is not None and km <= _NEAR_KM:
        return 1
    return 2 if one.name == other.name else math.inf


def _trigger(claim: Claim) -> tuple[str, ...]:
    return tuple(e.quote for e in claim.evidence if e.field == "type")


def _parties(claim: Claim) -> frozenset[str]:
    """What names a claim's parties: their ids, and the longer words of their names."""
    parties = (*claim.actors, *claim.targets)
    words = (word.casefold() for party in parties for word in _WORD.findall(party.name))
    return frozenset(words) | {party.id for party in parties if party.id is not None}


def _tolls(claim: Claim) -> frozenset[tuple[str, int]]:
    return frozenset((harm.kind, harm.low) for harm in claim.harm if harm.low)

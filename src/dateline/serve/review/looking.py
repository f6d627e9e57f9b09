"""An event in view: why it is to be looked at, the passages that tell it with their words marked, what people said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import dateline.phrasing as phrasing
from dateline.comparing import likeness
from dateline.deciding.standing import standing
from dateline.reviewing.queue import why
from dateline.serve.served import Served
from dateline.store.asking import EXACTLY, Query
from dateline.store.sqlite import Database
from dateline.types import Claim, Decision, Event, Evidence, Report

MOST_PASSAGES = 12
"""Passages in view; the page of the event has all."""
MOST_NEAR = 8
DAYS_NEAR = 3
_PARTIES_ASKED = 3
_LOOKED_THROUGH = 60
"""Events of the same days or place that are compared with one that may be merged."""
_AROUND = 240
"""Letters in view on each side of words that stand in no passage."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text: marks of these fields open before it, the outermost first; so many close after it."""

    text: str
    opens: tuple[str, ...]
    closes: int


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that tells the event: its pieces, the report, who says it there, and the reports that print the same."""

    pieces: tuple[Piece, ...]
    report: Report
    start: int
    said: tuple[str, ...]
    also: tuple[Report, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose words are marked in it."""
        return tuple(dict.fromkeys(field for piece in self.pieces for field in piece.opens))


@dataclass(frozen=True, slots=True)
class View:
    """An event as a reviewer sees it. `more`: passages that are not in view; `lines`: what people decided of it."""

    event: Event
    claims: tuple[Claim, ...]
    why: tuple[str, ...]
    confidence: float
    told: tuple[Told, ...]
    more: int
    lines: tuple[Decision, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose words are marked in view."""
        return tuple(dict.fromkeys(field for told in self.told for field in told.fields))


def view_of(event: Event, database: Database, lines: Iterable[Decision]) -> View:
    """The event with all that a reviewer needs. `lines` are all decisions."""
    claims = list(database.claims(event.id))
    reports = {key: found for key in {claim.report for claim in claims} if (found := database.report(key))}
    told = _told(claims, reports)
    sure = max((claim.confidence for claim in claims), default=0.0)
    return View(
        event=event,
        claims=tuple(claims),
        why=why(event, sure),
        confidence=sure,
        told=tuple(told[:MOST_PASSAGES]),
        more=len(told[MOST_PASSAGES:]),
        lines=tuple(_about(event, standing(tuple(lines)))),
    )


def _about(event: Event, lines: Iterable[Decision]) -> Iterable[Decision]:
    held = set(event.claims)
    return (line for line in lines if line.subject == event.id or held & {one.claim for one in line.claims})


# ---------------------------------------------------------------- passages
def _told(claims: Iterable[Claim], reports: dict[str, Report]) -> list[Told]:
    """The passages in the order in which they were published, originals before copies; the same words once."""
    found: dict[tuple[str, int, int], list[Claim]] = {}
    for claim in claims:
        if claim.report in reports:
            found.setdefault((claim.report, *_stretch(claim, reports[claim.report])), []).append(claim)
    told: dict[str, Told] = {}
    for key, start, end in sorted(found, key=lambda one: (_standing(reports[one[0]]), one)):
        report = reports[key]
        words = " ".join(report.text[start:end].split())
        if words in told:
            told[words] = replace(told[words], also=(*told[words].also, report))
        else:
            told[words] = _one(report, start, end, found[key, start, end])
    return list(told.values())


def _standing(report: Report) -> tuple[bool, str, str]:
    return bool(report.copy_of), report.published.start or "9", report.source


def _one(report: Report, start: int, end: int, claims: Sequence[Claim]) -> Told:
    evidence = {(one.field, one.start, one.end): one for claim in claims for one in claim.evidence}
    said = dict.fromkeys(
        f"{phrasing.STANCE_WORDS[claim.stance.value]}: {phrasing.speaker_line(claim.speaker)}" for claim in claims
    )
    return Told(
        tuple(pieces(report.text, evidence.values(), start, end)), report, trigger(claims[0]).start, tuple(said)
    )


def trigger(claim: Claim) -> Evidence:
    """The words that say what happened."""
    said = [one for one in claim.evidence if one.field == "type"] or list(claim.evidence)
    return min(said, key=lambda one: one.start, default=Evidence("type", 0, 0, ""))


def _stretch(claim: Claim, report: Report) -> tuple[int, int]:
    """The passage in which the claim's words stand, else some letters around them."""
    at = trigger(claim)
    for passage in report.passages:
        if passage.start <= at.start < passage.end:
            return passage.start, passage.end
    return max(0, at.start - _AROUND), min(len(report.text), at.end + _AROUND)


def pieces(text: str, evidence: Iterable[Evidence], start: int, end: int) -> list[Piece]:
    """Characters `start` to `end` of a text with the marks that nest over them; one that crosses another is cut there."""
    inside = [replace(one, start=max(one.start, start), end=min(one.end, end)) for one in evidence]
    ahead = sorted((one for one in inside if one.start < one.end), key=lambda one: (one.start, -one.end, one.field))
    cuts = sorted({start, end, *(cut for one in ahead for cut in (one.start, one.end))})
    found: list[Piece] = []
    cut_off: list[Evidence] = []
    still: list[Evidence] = []
    for at, to in pairwise(cuts):
        opens = [*cut_off, *(one for one in ahead if one.start == at)]
        still += opens
        first = next((place for place, one in enumerate(still) if one.end <= to), len(still))
        cut_off = [one for one in still[first:] if one.end > to]
        found.append(Piece(text[at:to], tuple(one.field for one in opens), len(still) - first))
        del still[first:]
    return found


# ---------------------------------------------------------------- what it may be one with
def near(event: Event, served: Served, database: Database) -> list[Event]:
    """The likest events of the same type or place about the same days, which it may be one with."""
    index = served.index()
    ids = {key for query in _near(event) for key in index.found(query).page(None, _LOOKED_THROUGH)} - {event.id}
    found = database.events_of(sorted(ids))
    return sorted(found, key=lambda other: (-likeness(event, other), other.id))[:MOST_NEAR]


def _near(event: Event) -> Iterable[Query]:
    """The events of the same type, place or parties, within days of it; of what has no day those that have none either."""
    if event.date is None:
        when = Query(undated=True)
    else:
        when = Query(first=_days_from(event.date[0], -DAYS_NEAR), last=_days_from(event.date[1], DAYS_NEAR))
    yield replace(when, type=(event.type.value,))
    if event.place:
        yield replace(when, place=(EXACTLY + event.place.name,))
    for party in (*event.actors, *event.targets)[:_PARTIES_ASKED]:
        yield replace(when, actor=(EXACTLY + (party.id or party.name),))


def _days_from(day: str, days: int) -> str:
    """The ISO day so many days after, or as far as there are days."""
    first = date.fromisoformat(day[:10]).toordinal()
    return date.fromordinal(min(max(first + days, 1), date.max.toordinal())).isoformat()

"""Invented reports, read by the real steps, and what their record says: for the tests of whole records."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding import code
from dateline.dating import date
from dateline.grounding import ground
from dateline.knowledge.packs import Packs
from dateline.merging import merge
from dateline.types import Claim, Event, Passage, PassageKind, Published, Report

Told = tuple[str, str | None, str]
"""Publisher, day of publication (null: the page gives none), text. A paragraph that starts with 'CORRECTION' is an editor's note."""


PACKS = Packs()


def record_of(*told: Told) -> tuple[Event, ...]:
    """The events of a record of these reports, background left out."""
    reports, claims = _dated(*told)
    return merge(claims, reports, knowledge=PACKS).events


def claims_of(*told: Told) -> list[Claim]:
    """The claims of a record of these reports, background left out, in the order of the reports and of their texts."""
    return [claim for claim in _dated(*told)[1] if not claim.background]


def days_of(*told: Told) -> list[Published]:
    """The days of these reports as their record has them."""
    return [report.published for report in _dated(*told)[0]]


def kinds(events: Sequence[Event]) -> list[str]:
    """The types of the events, sorted."""
    return sorted(str(event.type) for event in events)


def tolls(event: Event) -> set[tuple[str, int | None, int | None, str | None]]:
    """Kind, low, high and speaker of each toll."""
    return {(str(h.kind), h.low, h.high, h.said_by) for h in event.harm}


def stances(event: Event) -> set[tuple[str | None, str]]:
    """Speaker and stance of each voice."""
    return {(s.speaker, str(s.stance)) for s in event.says}


def _dated(*told: Told) -> tuple[list[Report], list[Claim]]:
    """The reports and claims as `Record` makes them: undated reports are read again with the day that the others settle."""
    reports = [report_of(f"r{k}", day, text, publisher) for k, (publisher, day, text) in enumerate(told)]
    dated = date(reports, [claim for report in reports for claim in coded(report)], PACKS)
    return dated, [claim for report in dated for claim in coded(report)]


def coded(report: Report) -> list[Claim]:
    """The claims of one report, grounded; what an editor's note says is none."""
    claims = ground(code(report, PACKS), report, PACKS)
    notes = [p for p in report.passages if p.kind is PassageKind.NOTE]
    return [c for c in claims if not any(p.start <= e.start < p.end for p in notes for e in c.evidence)]


def report_of(key: str, day: str | None, text: str, publisher: str = "Wire") -> Report:
    """A report with that id, in a wire of its own."""
    return Report(
        id=key, source=key, url=None, publisher=publisher, agency=None, title=None, byline=None,
        published=Published(day, day, None), credits=(), language="en", sha256=key, text=text,
        passages=tuple(_passages(text)), wire=f"w{key}",
    )  # fmt: skip


def _passages(text: str) -> list[Passage]:
    found, at = [], 0
    for paragraph in text.split("\n\n"):
        kind = PassageKind.NOTE if paragraph.startswith("CORRECTION") else PassageKind.STORY
        found.append(Passage(at, at + len(paragraph), kind))
        at += len(paragraph) + 2
    return found

"""Invented reports, read by the real steps, and what their record says: for the tests of whole records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.annotate import annotate
from dateline.knowledge.packs import Packs
from dateline.merging import merge
from dateline.types import Claim, Event, Passage, PassageKind, Published, Report

Told = tuple[str, str, str]
"""Publisher, day of publication, text. A paragraph that starts with 'CORRECTION' is an editor's note."""


@cache
def _packs() -> Packs:
    return Packs()


def record_of(*told: Told) -> tuple[Event, ...]:
    """The events of a record of these reports, background left out."""
    reports = [_report(f"r{k}", *one) for k, one in enumerate(told)]
    claims = [claim for report in reports for claim in _claims(report)]
    return merge(claims, reports, knowledge=_packs()).events


def kinds(events: Sequence[Event]) -> list[str]:
    """The types of the events, sorted."""
    return sorted(str(event.type) for event in events)


def tolls(event: Event) -> set[tuple[str, int | None, int | None, str | None]]:
    """Kind, low, high and speaker of each toll."""
    return {(str(h.kind), h.low, h.high, h.said_by) for h in event.harm}


def stances(event: Event) -> set[tuple[str | None, str]]:
    """Speaker and stance of each voice."""
    return {(s.speaker, str(s.stance)) for s in event.says}


def _claims(report: Report) -> tuple[Claim, ...]:
    day = report.published.start
    read = annotate(report.text, _packs(), published=day, publisher=report.publisher, report_id=report.id)
    notes = [p for p in report.passages if p.kind is PassageKind.NOTE]
    return tuple(c for c in read.claims if not any(p.start <= e.start < p.end for p in notes for e in c.evidence))


def _report(key: str, publisher: str, day: str, text: str) -> Report:
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

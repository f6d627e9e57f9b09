"""JSON Lines: the whole record, one object a line, exactly as RECORD.md has it. Reports, then claims, then events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.publishing.encoding import record_line
from dateline.types import Claim, Event, Report


def jsonl(*, reports: Iterable[Report], claims: Iterable[Claim], events: Iterable[Event]) -> Iterator[str]:
    """Lines with their newlines: reports by id, claims by report and place in its text, events by date."""
    yield from map(record_line, sorted(reports, key=lambda r: r.id))
    yield from map(record_line, sorted(claims, key=lambda c: (c.report, _offset(c), c.id)))
    yield from map(record_line, in_time(events))


def in_time(events: Iterable[Event]) -> list[Event]:
    """`events` by first day, last day and id; those without a date last."""
    return sorted(events, key=lambda e: (e.date is None, e.date or ("", ""), e.id))


def _offset(claim: Claim) -> int:
    return min((e.start for e in claim.evidence), default=0)

"""Which of several reports of one story came first: the agency's own, then the earlier, the longer, the smaller id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dateline.types import Published, Report


def in_order(reports: Sequence[Report]) -> list[Report]:
    """`reports`, the original first: those that go before most of the others, whatever order they came in."""
    wins = {report.id: sum(goes_before(report, other) for other in reports) for report in reports}
    return sorted(reports, key=lambda report: (-wins[report.id], report.id))


def goes_before(one: Report, other: Report) -> bool:
    """Whether `one` is the likelier original of the two."""
    agency = is_agencys_own(one) - is_agencys_own(other)
    if agency:
        return agency > 0
    sooner = _sooner(one.published, other.published)
    if sooner is not None:
        return sooner
    if len(one.text) != len(other.text):
        return len(one.text) > len(other.text)
    return one.id < other.id


def is_agencys_own(report: Report) -> bool:
    """Whether the wire agency itself published it, or nobody else is named and the dateline is the agency's."""
    if report.agency is None:
        return False
    if report.publisher is None:
        return report.dateline is not None and report.dateline.agency is not None
    return report.publisher.casefold() == report.agency.casefold()


def _sooner(one: Published, other: Published) -> bool | None:
    """Whether `one` is earlier, or null where the dates do not tell (unknown, or the same day without an hour)."""
    if one.start is None or other.start is None:
        return None
    moments = _moment(one.start), _moment(other.start)
    if moments[0] is not None and moments[1] is not None and moments[0] != moments[1]:
        return moments[0] < moments[1]
    days = one.start[:10], other.start[:10]
    return days[0] < days[1] if days[0] != days[1] else None


def _moment(written: str) -> datetime | None:
    """An instant with its offset, or null for a date alone."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None

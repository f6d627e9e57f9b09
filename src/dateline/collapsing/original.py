"""Which of several reports of one story came first: the agency's own, then the earlier, the longer, the smaller id.

Reports are told apart by a word that can be sorted (and kept in an index), so that the order of any two does not hang
on what else is there. A day without an hour comes after the hours of that day, and an undated report last: neither
shows that it was first.
"""

from __future__ import annotations

from datetime import UTC, datetime

from dateline.types import Published, Report

_LAST = "9999-12-31"
_LONGEST = 10**9


def standing(report: Report) -> str:
    """The word by which reports sort, the likeliest original first."""
    length = f"{max(0, _LONGEST - len(report.text)):09}"
    return " ".join(("1" if is_agencys_own(report) else "2", *_when(report.published), length, report.id))


def is_agencys_own(report: Report) -> bool:
    """Whether the wire agency itself published it, or nobody else is named and the dateline is the agency's."""
    if report.agency is None:
        return False
    if report.publisher is None:
        return report.dateline is not None and report.dateline.agency is not None
    return report.publisher.casefold() == report.agency.casefold()


def _when(published: Published) -> tuple[str, str]:
    """The day and the second, both of UTC where the hour and its offset are known."""
    if published.start is None:
        return _LAST, "~"
    moment = _moment(published.start)
    return (f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S.%f}") if moment else (published.start[:10], "~")


def _moment(written: str) -> datetime | None:
    """An instant with its offset, or null for a date alone."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None

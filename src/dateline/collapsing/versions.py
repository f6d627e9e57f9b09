"""Versions: the same address again with another text. Which came before which, and that they are one story.

What a page was captured later, published later, or carries a note for, is the later version. Where nothing says which
came first, none is said to be a version of the other (`version_of` stays null), but they are of one wire all the same:
an outlet that rewrites its page is one source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from dateline.knowledge.addresses import same_text, with_versions
from dateline.types import PassageKind, Report


def versioned(reports: Iterable[Report]) -> list[Report]:
    """`reports` in their order, each with the earlier version of its page, and all of a page in one wire."""
    given = list(reports)
    pages = _pages(given)
    earlier = {key: before for page in pages for key, before in _earlier(page).items()}
    wires = _wires(pages)
    return [replace(one, version_of=earlier.get(one.id), wire=_root(one.wire, wires)) for one in given]


def _pages(reports: Iterable[Report]) -> list[list[Report]]:
    """The reports of each page that has several texts, in the order of the versions."""
    pages = with_versions(reports).values()
    return [sorted(page, key=lambda one: (_standing(one, page), one.id)) for page in pages]


def _earlier(page: Sequence[Report]) -> dict[str, str]:
    """Report -> the version before it, as far as it is known."""
    texts = list({same_text(one): one for one in reversed(page)}.values())[::-1]
    return {
        after.id: before.id for before, after in pairwise(texts) if _standing(before, page) < _standing(after, page)
    }


def _standing(report: Report, page: Sequence[Report]) -> tuple[str, str, int]:
    """What tells when a version came; what not all versions of the page have tells nothing."""
    captured = _comparable([one.captured for one in page])[report.captured]
    published = _comparable([one.published.start for one in page])[report.published.start]
    return captured, published, sum(one.kind is PassageKind.NOTE for one in report.passages)


def _comparable(dates: Sequence[str | None]) -> dict[str | None, str]:
    """ISO dates and instants as words that sort: as instants of UTC if all are, else as days, else as nothing."""
    known = [one for one in dates if one]
    if len(known) < len(dates):
        return dict.fromkeys(dates, "")
    moments = {one: _moment(one) for one in known}
    exact = all(moments.values())
    return {one: (exact and moment) or one[:10] for one, moment in moments.items()}


def _moment(written: str) -> str | None:
    """An instant in UTC; null for a day alone."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else None


def _wires(pages: Iterable[Sequence[Report]]) -> dict[str, str]:
    """Wire -> the wire that it goes into, being of the same page."""
    into: dict[str, str] = {}
    for first, *others in pages:
        for other in others:
            one, same = _root(other.wire, into), _root(first.wire, into)
            if one is not None and same is not None and one != same:
                into[one] = same
    return into


def _root(wire: str | None, into: Mapping[str, str]) -> str | None:
    while wire is not None and wire in into:
        wire = into[wire]
    return wire

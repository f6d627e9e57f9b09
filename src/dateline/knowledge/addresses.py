"""Addresses: which of them name one page, and which pages were read with several texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from dateline.types import Report

_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|ref|cmpid)=[^&]*", re.I)
"""What is put behind an address to see where readers come from, not to name a page."""


def page_of(url: str | None) -> str | None:
    """The page that an address names, whatever its scheme and tracking; null for a site's front page, which is no story.

    >>> page_of("https://www.example.org/a/?utm_source=x#top") == page_of("http://example.org/a")
    True
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    path, query = parts.path.rstrip("/"), _TRACKING.sub("", parts.query).lstrip("&")
    if not parts.netloc or not (path or query):
        return None
    return f"{parts.netloc.lower().removeprefix('www.')}{path}{f'?{query}' if query else ''}"


def with_versions(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Page -> its reports, for pages that were read with several texts, in the order of their addresses."""
    by_page: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        page = page_of(report.url)
        if page is not None:
            by_page[page + _entry(report)].append(report)
    return {page: by_page[page] for page in sorted(by_page) if _has_versions(by_page[page])}


def _entry(report: Report) -> str:
    """'#b-17' for the entry of a live blog that its address and its source both name: it is a page of its own."""
    _, mark, fragment = (report.url or "").partition("#")
    return f"#{fragment}" if mark and fragment and report.source.endswith(f"#{fragment}") else ""


def same_text(report: Report) -> str:
    """The text, however it is broken into lines: two versions that have it are one."""
    return " ".join(report.text.split())


def _has_versions(reports: Sequence[Report]) -> bool:
    """Several texts, and not the items of a list that all give the list's own address; items without titles differ."""
    if len({same_text(report) for report in reports}) < 2:
        return False
    by_capture: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        by_capture[report.sha256].add(report.title or (report.id if "#" in report.source else ""))
    return all(len(titles) == 1 for titles in by_capture.values())

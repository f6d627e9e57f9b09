"""Sitemaps: a site's lists of its pages. They hold addresses and no text: read as they are they make a problem."""

from __future__ import annotations

import re
from html import unescape

from dateline.types import Problem

_ROOT = re.compile(rb"(?>(?:\s|<\?.*?\?>|<!--.*?-->)*)<(?:\w{1,20}:)?(urlset|sitemapindex)[\s>]", re.S)
_LISTED = re.compile(rb"<(?:\w{1,20}:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\s\]]{1,2000})")
_CHANGED = re.compile(rb"<(?:\w{1,20}:)?lastmod>\s*([^<\s]{1,40})")
_BOM = b"\xef\xbb\xbf"
_FIRST = 8192


def is_sitemap(data: bytes) -> bool:
    """Whether an XML file is a sitemap, or an index of sitemaps."""
    return _root(data) is not None


def is_index(data: bytes) -> bool:
    """Whether what a sitemap lists are sitemaps."""
    return _root(data) == b"sitemapindex"


def _root(data: bytes) -> bytes | None:
    match = _ROOT.match(data[:_FIRST].removeprefix(_BOM))
    return match.group(1) if match else None


def listed(data: bytes) -> list[str]:
    """The addresses in a sitemap, in its order."""
    return [unescape(match.group(1).decode("utf-8", "replace")) for match in _LISTED.finditer(data)]


def with_changes(data: bytes) -> list[tuple[str, str]]:
    """The addresses with what is written of each between it and the next of when it was changed ('' if nothing is)."""
    found = list(_LISTED.finditer(data))
    ends = [*(match.start() for match in found[1:]), len(data)]
    changed = [_CHANGED.search(data, match.end(), end) for match, end in zip(found, ends, strict=True)]
    return [
        (one, day[1].decode("utf-8", "replace") if day else "") for one, day in zip(listed(data), changed, strict=True)
    ]


def sitemap_problem(where: str, data: bytes) -> Problem:
    """What to do with a sitemap: nothing in it is fetched unasked."""
    found = listed(data)
    first = f" (the first is {found[0]})" if found else ""
    message = f"it is a sitemap: a list of {len(found):,} pages{first}, without their texts"
    return Problem(
        "sitemap",
        where,
        message,
        "read the pages that you want by their addresses, or all of them: `dateline read sitemap:PLACE`",
    )

"""The items of a feed as documents of their own: what a feed says that is asked for again and again, each item once.

A part of a feed is made of the feed's own bytes: its beginning, its title and language, the items wanted, its end.
Nothing is written into it, so that the same item gives the same bytes however often the feed came, and whatever
counters and dates of its own the feed carries. What makes an item the same is its id; what makes it say something new
is its words, as a reader sees them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath
from urllib.parse import urljoin

from dateline.reading.json_parts import json_parts
from dateline.reading.parts import Item, Parts
from dateline.reading.xml_parts import xml_parts
from dateline.types import Capture

__all__ = ["Feed", "Item", "feed_of"]

_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".json", ""})
"""Of files that are read as feeds; what came from the web is one by its first bytes."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A capture of a feed, and its parts."""

    capture: Capture
    parts: Parts

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the feed's order."""
        return self.parts.items

    def groups(self, items: Iterable[Item]) -> list[list[Item]]:
        """`items` one by one; those that give the same address together, lest they be taken for versions of a page."""
        by_link: dict[str, list[Item]] = {}
        for item in items:
            by_link.setdefault(item.link or f"#{item.id}", []).append(item)
        return list(by_link.values())

    def part(self, items: Iterable[Item]) -> Capture:
        """The capture of the feed with these items alone."""
        data = self.parts.head + self.parts.glue.join(item.data for item in items) + self.parts.tail
        return replace(self.capture, sha256=hashlib.sha256(data).hexdigest(), data=data)


def feed_of(capture: Capture) -> Feed | None:
    """The feed that a capture is; null where it is none, or one that cannot be taken apart and is read as a whole."""
    if capture.origin is None and PurePath(capture.source.removesuffix(".gz")).suffix.lower() not in _SUFFIXES:
        return None
    parts = xml_parts(capture.data) or json_parts(capture.data)
    if parts is None:
        return None
    base = capture.origin.url if capture.origin and capture.origin.url else ""
    items = tuple(replace(item, link=_absolute(base, item.link)) for item in parts.items)
    return Feed(capture, replace(parts, items=items))


def _absolute(base: str, link: str | None) -> str | None:
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return link

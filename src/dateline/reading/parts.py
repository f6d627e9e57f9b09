"""What a feed is taken apart into, be it XML or JSON; and the words of an item as a reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 200_000
"""Characters of a body that are looked at as a reader does; what is more is taken as it is written."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed: its bytes, what it is known by (its id, else its address, else its title), and its words."""

    data: bytes
    id: str
    link: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A feed's beginning, items and end; `glue` stands between items."""

    head: bytes
    items: tuple[Item, ...]
    tail: bytes
    glue: bytes = b""


def seen_words(text: str) -> str:
    """A title or body without tags, whether they are escaped or not, and with its blanks made one."""
    return " ".join(unescape(_TAG.sub(" ", unescape(text[:_LONGEST]))).split()) + text[_LONGEST:]

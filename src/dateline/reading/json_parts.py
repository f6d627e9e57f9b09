r"""A JSON Feed taken apart: the members that tell whose feed it is, and each item, byte for byte.

>>> feed = b'{"version": "https://jsonfeed.org/version/1.1", "title": "The Gull", "items": [{"id": "1"}, {"id": "2"}]}'
>>> parts = json_parts(feed)
>>> parts.head, [item.data for item in parts.items], parts.tail
(b'{"version": "https://jsonfeed.org/version/1.1","title": "The Gull","items": [', [b'{"id": "1"}', b'{"id": "2"}'], b']}')
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from dateline.reading.parts import Item, Parts, seen_words

_IS_FEED = "jsonfeed.org/version"
_KEPT = ("version", "title", "language")
_TEXTS = ("title", "content_text", "content_html", "summary")
MAX_ITEMS = 10_000
"""A feed with more is read as a whole: it is an archive."""
_FIRST = 2000
_BLANK = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def json_parts(data: bytes) -> Parts | None:
    """The parts of a JSON Feed; null where it is none, or no JSON."""
    if not data[:_FIRST].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        text = data.decode("utf-8-sig")
        members = {key: (span, value) for key, span, value in _members(text)}
    except (ValueError, RecursionError):
        return None
    _, version = members.get("version", ("", ""))
    items, _ = members.get("items", ("", None))
    if _IS_FEED not in str(version) or not items.endswith("]"):
        return None
    opened = items.index("[") + 1
    head = "".join(f"{members[key][0]}," for key in _KEPT if key in members)
    elements = list(islice(_elements(items, opened), MAX_ITEMS + 1))
    if len(elements) > MAX_ITEMS:
        return None
    found = tuple(_item(raw, value) for raw, value in elements if isinstance(value, dict))
    return Parts(f"{{{head}{items[:opened]}".encode(), found, b"]}", b",")


def _members(text: str) -> Iterator[tuple[str, str, Any]]:
    """The members of the object in `text`: name, the member as it is written, value."""
    at = _skip(text, text.index("{") + 1)
    while text[at : at + 1] == '"':
        name, end = _DECODER.raw_decode(text, at)
        colon = _skip(text, end)
        if text[colon : colon + 1] != ":":
            raise ValueError("a name without a value")
        value, end = _DECODER.raw_decode(text, _skip(text, colon + 1))
        yield name, text[at:end], value
        at = _skip(text, end)


def _elements(text: str, at: int) -> Iterator[tuple[str, Any]]:
    at = _skip(text, at)
    while text[at : at + 1] != "]":
        value, end = _DECODER.raw_decode(text, at)
        yield text[at:end], value
        at = _skip(text, end)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _item(raw: str, value: Mapping[str, Any]) -> Item:
    texts = [seen_words(str(value.get(name) or "")) for name in _TEXTS]
    link = str(value.get("url") or "").strip() or None
    return Item(raw.encode(), str(value.get("id") or "") or link or texts[0], link, "\n".join(filter(None, texts)))

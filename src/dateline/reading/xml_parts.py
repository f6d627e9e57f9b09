r"""An RSS, Atom or RDF feed taken apart, byte for byte: its beginning, title and language, its items, its end.

It is not parsed: feeds are too often broken. An item goes from its tag to its end tag, to the next item, or to the end
of what came.

>>> feed = b"<rss><channel><title>The Gull</title><ttl>5</ttl><item><guid>1</guid><title>Rain</title></item></channel></rss>"
>>> parts = xml_parts(feed)
>>> parts.head, parts.items[0].id, parts.items[0].words, parts.tail
(b'<rss><channel><title>The Gull</title>', '1', 'Rain', b'</channel></rss>')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.reading.parts import Item, Parts, seen_words

_ROOT = re.compile(
    rb"(?>(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*)<((?:[A-Za-z][\w.-]{0,20}:)?(?:rss|feed|RDF))(?=[\s>])", re.S
)
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]{0,200}\?>")
_BOM = b"\xef\xbb\xbf"
_FIRST = 8192
_MARK = re.compile(rb"<!\[CDATA\[|<!--|<(/?)((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s/>])")
_CHANNEL = re.compile(rb"<((?:[A-Za-z][\w.-]{0,20}:)?channel)(?=[\s>])")
_CHILD = re.compile(rb"<!--|<([A-Za-z_][\w.:-]{0,60})")
_HREF = re.compile(rb"""\bhref\s*=\s*["']([^"'<>]{1,2000})""")
_REL = re.compile(rb"""\brel\s*=\s*["']([\w:/.-]{1,100})""")
_ABOUT = re.compile(rb"""\babout\s*=\s*["']([^"'<>]{1,2000})""")
_CDATA, _CDATA_ENDS, _COMMENT_ENDS = b"<![CDATA[", b"]]>", b"-->"
_TEXTS = ("title", "description", "summary", "content", "encoded")
MAX_ITEMS = 10_000
"""A feed with more is read as a whole: it is an archive."""
MAX_CHILDREN, MAX_OPEN = 400, 20
"""The most elements of an item, or of what stands before the first, that are looked at; of these without an end."""


@dataclass(frozen=True, slots=True)
class _Child:
    """An element: its name without a prefix that it shares with its parent, its tag and content, and where it stands."""

    name: str
    tag: bytes
    content: bytes
    start: int
    end: int


def xml_parts(data: bytes) -> Parts | None:
    """The parts of a feed; null where it is none, has no items, or declares entities of its own."""
    root = _ROOT.match(data[:_FIRST].removeprefix(_BOM))
    if root is None:
        return None
    start = root.start(1) - 1 + (len(_BOM) if data.startswith(_BOM) else 0)
    spans = list(islice(_item_spans(data, start), MAX_ITEMS + 1))
    opened = data.find(b">", start) + 1
    if not opened or not 0 < len(spans) <= MAX_ITEMS:
        return None
    declaration = _DECLARATION.match(data)
    before, after = data[opened : spans[0][0]], data[spans[-1][1] :]
    head, ends = _channel(before, after, _prefix(root.group(1)))
    tail = b"".join(_end_tag(after, name) for name in (*ends, root.group(1)))
    items = tuple(_item(data[start:end]) for start, end in spans)
    return Parts((declaration.group() if declaration else b"") + data[start:opened] + head, items, tail)


def _item_spans(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Where the items stand; what only looks like one, in a comment or between CDATA marks, is none."""
    wanted, begun, at = None, None, start
    while (mark := _MARK.search(data, at)) is not None:
        at = _past(data, mark.group(), mark.end())
        if at < 0:
            break
        if mark.group(2) is None or mark.group(2) != (wanted or mark.group(2)):
            continue
        wanted, closes = mark.group(2), bool(mark.group(1))
        if begun is not None:
            yield begun, at if closes else mark.start()
        begun = None if closes or data[at - 2 : at] == b"/>" else mark.start()
    if begun is not None:
        yield begun, len(data)


def _past(data: bytes, mark: bytes, at: int) -> int:
    """The end of a comment, of CDATA or of a tag that begins before `at`; -1 where it has none."""
    ends = {_CDATA: _CDATA_ENDS, b"<!--": _COMMENT_ENDS}.get(mark, b">")
    found = data.find(ends, at)
    return found + len(ends) if found >= 0 else -1


def _channel(before: bytes, after: bytes, prefix: str) -> tuple[bytes, Sequence[bytes]]:
    """The channel's tag, title and language, and of which elements the end tags are to be taken from after the items."""
    channel = _CHANNEL.search(before)
    opened = before.find(b">", channel.end()) + 1 if channel else 0
    prefix = _prefix(channel.group(1)) if channel else prefix
    children = list(_children(before, opened, prefix))
    children += [] if any(one.name == "title" for one in children) else _children(after, 0, prefix)
    told = [next((one for one in children if one.name == name), None) for name in ("title", "language")]
    kept = b"".join(one.tag + one.content + _end_of(one) for one in told if one)
    if channel is None or not opened:
        return kept, ()
    closed = _end_tag(before, channel.group(1))
    return before[channel.start() : opened] + kept + closed, () if closed else (channel.group(1),)


def _end_of(child: _Child) -> bytes:
    name = child.tag[1:].split(b">")[0].split()[0].rstrip(b"/")
    return b"" if child.tag.endswith(b"/>") else b"</" + name + b">"


def _end_tag(data: bytes, name: bytes) -> bytes:
    return b"</" + name + b">" if re.search(rb"</" + re.escape(name) + rb"\s*>", data) else b""


def _item(data: bytes) -> Item:
    tag = data[: data.find(b">") + 1]
    children = list(_children(data, len(tag), _prefix(tag[1:].split(b">")[0].split()[0])))
    texts = ["\n".join(_words(one) for one in children if one.name == name) for name in _TEXTS]
    link = next((found for one in children if one.name == "link" and (found := _address(one))), None)
    ids = [_words(one) for one in children if one.name in ("guid", "id")]
    about = _ABOUT.search(tag)
    known_by = [*ids, about.group(1).decode("utf-8", "replace") if about else "", link or "", texts[0]]
    return Item(data, next(filter(None, known_by), ""), link, "\n".join(filter(None, texts)))


def _children(data: bytes, at: int, prefix: str) -> Iterator[_Child]:
    """The elements in `data`, not those within them; one that has no end goes on to the end of its tag."""
    left_open = 0
    for _ in range(MAX_CHILDREN):
        mark = _CHILD.search(data, at)
        opened = _past(data, mark.group(), mark.end()) if mark else -1
        if mark is None or opened < 0:
            return
        at = opened
        if mark.group(1) is None:
            continue
        tag, name = data[mark.start() : opened], mark.group(1)
        content = b"" if tag.endswith(b"/>") else _content(data, opened, name)
        left_open += content is None
        if left_open > MAX_OPEN:
            return
        content = content or b""
        at = opened + len(content)
        yield _Child(_own(name, prefix), tag, content, mark.start(), at)


def _content(data: bytes, start: int, name: bytes) -> bytes | None:
    """What stands in an element whose tag ends at `start`; null where it has no end."""
    packed = data.startswith(_CDATA, start)
    after = data.find(_CDATA_ENDS, start) if packed else start
    end = data.find(b"</" + name, after) if after >= 0 else -1
    return data[start:end] if end >= 0 else None


def _own(name: bytes, prefix: str) -> str:
    """'title' of 'title', and of 'atom:title' in an 'atom:entry'; 'media:title' as it is."""
    full = name.decode("ascii", "replace").lower()
    if full in ("content:encoded", "dc:language"):
        return full.partition(":")[2]
    return full.removeprefix(prefix) if prefix else full


def _prefix(name: bytes) -> str:
    before, colon, _ = name.decode("ascii", "replace").lower().partition(":")
    return f"{before}:" if colon and before != "rdf" else ""


def _words(child: _Child) -> str:
    text = child.content.replace(_CDATA, b"").replace(_CDATA_ENDS, b"")
    return seen_words(text.decode("utf-8", "replace"))


def _address(child: _Child) -> str | None:
    rel, href = _REL.search(child.tag), _HREF.search(child.tag)
    if href is None:
        return _words(child) or None
    return seen_words(href.group(1).decode("utf-8", "replace")) if rel is None or rel.group(1) == b"alternate" else None

r"""An HTTP answer as archives keep it: status, headers, and the document when chunks and packing are undone.

Also which media types are worth reading: pages, texts and feeds.

>>> answer = parse_answer(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>It rained.")
>>> answer.status, answer.media_type, answer.charset, document(answer)
(200, 'text/html', 'utf-8', b'<p>It rained.')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.reading.unpacking import UnpackError, unpack

TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})
PERHAPS_FEEDS = frozenset({"application/xml", "text/xml", "application/json"})
"""What may be a feed (or a sitemap) or the answer to a script: the first bytes tell."""

_FEED_STARTS = re.compile(
    rb"<(?:rss|feed|(?:\w+:)?RDF|urlset|sitemapindex)\b|https?://(?:www\.)?jsonfeed\.org/version", re.I
)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[^\n]{0,1000}\n")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_FIRST = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: `headers` by their small names, `body` as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str | None:
        """'text/html', or null where the server does not say."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """The encoding that the server says the text has."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match.group(1).lower() if match else None


def parse_answer(message: bytes) -> Answer:
    """The answer in `message`. Raises `UnpackError` where it does not begin as one."""
    status = _STATUS.match(message)
    ends = _HEAD_ENDS.search(message)
    if status is None or ends is None:
        raise UnpackError("damaged", "it does not begin with the head of an HTTP answer")
    return Answer(int(status.group(1)), parse_headers(message[: ends.start()]), message[ends.end() :])


def parse_headers(head: bytes) -> dict[str, str]:
    """The 'Name: value' lines after the first; an indented line goes on with the one before, a first value stays."""
    lines = re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace")).splitlines()
    found: dict[str, str] = {}
    for line in lines[1:]:
        name, mark, value = line.partition(":")
        if mark:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def media_type(content_type: str) -> str | None:
    """'text/html' of 'Text/HTML; charset=utf-8'."""
    return content_type.partition(";")[0].strip().lower() or None


def document(answer: Answer) -> bytes:
    """The body without chunks and packing. Raises `UnpackError` where they are damaged or a bomb.

    Some archives undo both and keep the headers: a body that shows no sign of them is taken as it is.
    """
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower() and _CHUNK.match(body):
        body = _without_chunks(body)
    encoding = answer.headers.get("content-encoding", "")
    unpacked_already = "gzip" in encoding.lower() and not body.startswith(b"\x1f\x8b")
    return body if unpacked_already else unpack(body, encoding)


def _without_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while (chunk := _CHUNK.match(body, at)) is not None:
        size = int(chunk.group(1), 16)
        at = chunk.end() + size
        if size == 0:
            return b"".join(parts)
        if at > len(body):
            break
        parts.append(body[chunk.end() : at])
    raise UnpackError("damaged", "its chunks are damaged, or the last is missing")


def is_readable(kind: str | None, data: bytes) -> bool:
    """Whether a document of this media type (null: unknown) is a page, a text or a feed."""
    if kind is None:
        return b"\0" not in data[:_FIRST]
    if kind in PERHAPS_FEEDS:
        return _FEED_STARTS.search(data[:_FIRST]) is not None
    return kind in TEXTS or kind in FEEDS

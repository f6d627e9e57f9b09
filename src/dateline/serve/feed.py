"""An Atom feed (RFC 4287) of entries, whatever words they have in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from dateline.text import digest

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
"""When an entry was updated if nobody said when: Atom wants an instant."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""
_TURNING = re.compile("[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters that XML can write, and marks that turn the writing round."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `key` is its own for ever; `updated` an ISO 8601 day or instant, or null; `lines` its words."""

    key: str
    title: str
    link: str
    updated: str | None
    lines: Sequence[str]


def atom(title: str, own: str, page: str, entries: Sequence[Entry]) -> bytes:
    """The feed as XML: `own` is its address, `page` that of the same for people."""
    feed = etree.Element(_tag("feed"), nsmap={None: NAMESPACE})
    _put(feed, "id", _urn(own))
    _put(feed, "title", title)
    _put(feed, "updated", max((instant(one.updated) for one in entries), default=NEVER))
    etree.SubElement(_put(feed, "author", ""), _tag("name")).text = "dateline"
    etree.SubElement(feed, _tag("link"), rel="self", type="application/atom+xml", href=_written(own))
    etree.SubElement(feed, _tag("link"), rel="alternate", type="text/html", href=_written(page))
    for entry in entries:
        _put_entry(feed, entry)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def instant(at: str | None) -> str:
    """`at` as RFC 3339 has it, in UTC; `NEVER` where there is none."""
    try:
        given = datetime.fromisoformat(at or "")
    except ValueError:
        return NEVER
    known = given if given.tzinfo else given.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _put_entry(feed: etree._Element, entry: Entry) -> None:
    one = etree.SubElement(feed, _tag("entry"))
    _put(one, "id", _urn(entry.key))
    _put(one, "title", entry.title)
    _put(one, "updated", instant(entry.updated))
    etree.SubElement(one, _tag("link"), rel="alternate", type="text/html", href=_written(entry.link))
    _put(one, "summary", "\n".join(entry.lines))


def _put(parent: etree._Element, name: str, text: str) -> etree._Element:
    part = etree.SubElement(parent, _tag(name))
    part.text = _written(text) or None
    return part


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _written(text: str) -> str:
    """`text` without what XML cannot write or what would turn the writing round."""
    return _TURNING.sub("", _NOT_XML.sub("", text))


def _urn(key: str) -> str:
    return uuid5(NAMESPACE_URL, digest(key)).urn

"""Feeds (RSS, Atom, RDF): one report for each item, named by its guid or id, else by its link.

A broken feed is read as far as it goes (feedparser); one that declares entities of its own is refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from dateline.cleaning.dates import machine_date
from dateline.cleaning.decode import Decoded, tidy
from dateline.cleaning.draft import Draft, Sources
from dateline.cleaning.items import MAX_ITEMS, Found, body, named, too_many
from dateline.types import Capture, Origin, Problem

_ENTITIES = re.compile(r"<!ENTITY\b|<!DOCTYPE[^>\[]*\[", re.I)


def clean_feed(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each item of an RSS or Atom feed; a feed that declares entities of its own is refused."""
    if _ENTITIES.search(decoded.text):
        hint = "take the <!DOCTYPE ...> out of the file, if you trust where it is from"
        message = "the file declares entities of its own, which can grow without bound"
        return [], [Problem("entities-refused", capture.source, message, hint)]
    parsed = feedparser.parse(
        io.BytesIO(capture.data),
        response_headers=_headers(capture.origin),
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    channel = parsed.feed.get("title") or ""
    publisher = _without_section(_flat(channel), sources)
    language = _flat(parsed.feed.get("language") or "") or None
    if not parsed.entries:
        hint = "give an RSS or Atom file; other XML is not read yet"
        return [], [Problem("no-story", capture.source, "the file has no items of a feed", hint)]
    entries = parsed.entries[:MAX_ITEMS]
    problems = [too_many(capture.source)] if len(parsed.entries) > MAX_ITEMS else []
    drafts = [_entry_draft(entry, publisher, language, sources) for entry in entries]
    return named(drafts, [_entry_id(entry) for entry in entries], capture, problems)


def _headers(origin: Origin | None) -> dict[str, str]:
    """What the server said of the encoding, as feedparser takes it."""
    charset = origin.charset if origin else None
    return {"content-type": f"application/xml; charset={charset}"} if charset else {}


def _entry_draft(entry: Mapping[str, Any], publisher: str | None, language: str | None, sources: Sources) -> Draft:
    content = entry.get("content") or []
    longest = max((_flat(one.get("value"), keep=True) for one in content if isinstance(one, dict)), key=len, default="")
    text = longest or _flat(entry.get("summary"), keep=True)
    author = _flat(entry.get("author")) or None
    credit = (author,) if author and sources.outlets.agency(author) else ()
    title = _flat(entry.get("title")) or None
    story = body(text, title, sources)
    source = entry.get("source")
    named_by = _flat(source.get("title")) if isinstance(source, dict) else ""
    return Draft(
        blocks=story.blocks,
        title=title,
        byline=author,
        publisher=named_by or publisher,
        published=machine_date(_flat(entry.get("published"))) or _updated(entry),
        url=_flat(entry.get("link")) or None,
        language=language,
        aside=(*credit, *story.aside),
    )


def _entry_id(entry: Mapping[str, Any]) -> str:
    return _flat(entry.get("id")) or _flat(entry.get("link"))


def _updated(entry: Any) -> str | None:
    """When an entry was changed; feedparser gives the day of publication in its place, with a warning, if it is asked."""
    return machine_date(_flat(entry["updated"])) if "updated" in entry else None


def _flat(value: object, *, keep: bool = False) -> str:
    """A field of the feed as one line; `keep` leaves its lines as they are. Fields that are no text are empty."""
    if not isinstance(value, str):
        return ""
    return value if keep else " ".join(tidy(value).split())


def _without_section(channel: str, sources: Sources) -> str | None:
    """'Coast Wire - Ukraine' is 'Coast Wire': a feed's title without the section at its end."""
    parts = [part for part in re.split(r"\s+[-–—|:»>]\s+|\s*[|»]\s*", channel) if part]
    if len(parts) < 2 or sources.outlets.named(channel):
        return channel or None
    sections = sources.furniture.sections
    named = next((part for part in parts if sources.outlets.named(part)), None)
    return named or next((part for part in parts if part.lower() not in sections), parts[0])

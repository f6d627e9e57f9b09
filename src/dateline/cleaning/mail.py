"""E-mail (.eml): newsletters and forwarded stories. The subject is the title, the sender the publisher, the date the day.

Of the forms that one message comes in, its HTML is taken where that gives a story as long as the plain text does, for it
tells links and furniture apart. Messages enclosed in a message are items of their own, named by their Message-ID.
"""

from __future__ import annotations

import email
import email.header
import email.utils
from collections.abc import Iterator
from dataclasses import replace
from email.errors import HeaderParseError
from email.message import Message

from dateline.cleaning.dates import machine_date
from dateline.cleaning.decode import decode
from dateline.cleaning.draft import Draft, Sources
from dateline.cleaning.items import Found
from dateline.cleaning.page import draft_of_page
from dateline.cleaning.plain import draft_of_text, is_story
from dateline.types import Capture, PassageKind, Problem

_Letter = tuple[Message, list[Message]]
"""A message and its parts, without those of the messages in it."""

_MAX_PARTS = 200
"""The most parts of one message that are looked at; newsletters have two."""
_LONGEST_HEADER = 10_000
"""The most characters of a header that are looked at; a line of one has 998 at most (RFC 5322)."""
_SHOWN = 8
_HTML_ENOUGH = 0.6
"""Share of the plain text's story that the HTML must give to be preferred."""


def clean_mail(capture: Capture, sources: Sources) -> Found:
    """A draft for the message, and one for each message in it."""
    try:
        found = list(_messages(email.message_from_bytes(capture.data)))
    except RecursionError:
        hint = "give the text of the story as .txt"
        return [], [Problem("damaged", capture.source, "its parts are nested too deep to be read", hint)]
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for item, (message, parts) in zip(_items(found), found, strict=True):
        where = capture.source if item is None else f"{capture.source}#{item}"
        draft = _draft(message, parts[:_MAX_PARTS], sources)
        if draft is None:
            hint = "nothing to do if it has none"
            problems.append(Problem("no-story", where, "the message has no running text", hint))
        else:
            drafts.append(replace(draft, item=item))
        problems += _left_out(parts, where)
    return drafts, problems


def _items(found: list[_Letter]) -> list[str | None]:
    """The names of the messages: none for the first, for the others their Message-ID, or their number."""
    items: list[str | None] = [None]
    for number, (message, _) in enumerate(found[1:], 1):
        said = _header(message, "message-id").strip("<> ")
        items.append(said if said and said not in items else f"message-{number}")
    return items


def _messages(message: Message) -> Iterator[_Letter]:
    """The message, then those in it, each with its own parts."""
    parts: list[Message] = []
    enclosed: list[Message] = []
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        within = [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []
        if part.get_content_type() == "message/rfc822":
            enclosed += within
        elif within:
            waiting = within + waiting
        else:
            parts.append(part)
    yield message, parts
    for one in enclosed:
        yield from _messages(one)


def _draft(message: Message, parts: list[Message], sources: Sources) -> Draft | None:
    pages = [draft_of_page(_text(part), sources) for part in _shown(parts, "text/html")]
    texts = "\n\n".join(_text(part) for part in _shown(parts, "text/plain"))
    page = max((page for page in pages if page is not None), key=_story_size, default=None)
    plain = draft_of_text(texts, sources) if texts.strip() else None
    best = page if page and _story_size(page) >= _HTML_ENOUGH * (_story_size(plain) if plain else 0) else plain
    if best is None or not is_story(best):
        return None
    return replace(
        best,
        title=_header(message, "subject") or best.title,
        publisher=_publisher(_header(message, "from"), sources) or best.publisher,
        published=machine_date(_header(message, "date")) or best.published,
    )


def _story_size(draft: Draft) -> int:
    return sum(len(block.text) for block in draft.blocks if block.kind is PassageKind.STORY)


def _shown(parts: list[Message], kind: str) -> list[Message]:
    """The parts of a kind that a reader sees in the message itself."""
    return [part for part in parts if part.get_content_type() == kind and not _is_attached(part)]


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, charset=part.get_content_charset()).text if isinstance(payload, bytes) else ""


def _publisher(sender: str, sources: Sources) -> str | None:
    """The outlet of the sender's domain, else the name beside the address, else the domain."""
    try:
        name, address = email.utils.parseaddr(sender)
    except RecursionError:  # comments in comments
        return None
    domain = address.rpartition("@")[2].strip(".").lower()
    outlet = sources.outlets.of_url(f"https://{domain}/") if domain else None
    return outlet.name if outlet else name.strip() or domain or None


def _header(message: Message, name: str) -> str:
    """A header in plain characters: encoded words decoded, raw bytes in whatever encoding they are."""
    value = message.get(name)
    if value is None:
        return ""
    value = value[:_LONGEST_HEADER] if isinstance(value, str) else value
    try:
        pieces = email.header.decode_header(value)
    except HeaderParseError:
        pieces = [(str(value), None)]
    return " ".join("".join(_piece(words, charset) for words, charset in pieces).split())


def _piece(words: bytes | str, charset: str | None) -> str:
    if isinstance(words, str):
        words = words.encode("utf-8", "surrogateescape")
    return decode(words, charset=None if charset == "unknown-8bit" else charset).text


def _left_out(parts: list[Message], where: str) -> list[Problem]:
    """One problem for all that is attached to a message, or beyond the parts that are read."""
    names = [_name(part) for n, part in enumerate(parts) if _is_attached(part) or n >= _MAX_PARTS]
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    message = f"attached files were not read: {', '.join(names[:_SHOWN])}{more}"
    return [Problem("left-out", where, message, "save those that matter, and read them by themselves")]


def _name(part: Message) -> str:
    return str(part.get_filename() or part.get_content_type())[:80]

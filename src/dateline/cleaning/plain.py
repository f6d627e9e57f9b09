"""Plain text: wires, press releases, and text dumps of web pages.

Hard-wrapped lines become paragraphs. A line that stands two or three times at the top is the title, and what stands
before it the name of the site; a slug and a line of place, date and agency are a wire's; comments end the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dateline.cleaning.dates import find_date, is_date_line
from dateline.cleaning.draft import Draft, Sources
from dateline.cleaning.furniture import Furniture
from dateline.cleaning.sifting import Line, byline_of, is_prose, is_title_like, sift, words_of
from dateline.types import PassageKind

_TOP = 12
"""Lines among which a repeated line is a title: site name, crumbs and three printings of it fit."""
_TITLE = 200
_WRAPPED = 40
_UNWRAPPED = 130
_SENTENCE_ENDS = '.!?"”’)'
_SLUG = re.compile(r"^[^\s|]{3,60}$")
_FIELD = re.compile(
    r"^(title|headline|date|published|source|publisher|outlet|author|by|byline|url|link)\s?:\s+(\S.{0,300})$", re.I
)
_URL = re.compile(r"^https?://\S+$")


@dataclass(slots=True)
class _Top:
    """What the lines above the story say; filled in reading order."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    byline: str | None = None
    url: str | None = None


def draft_of_text(text: str, sources: Sources) -> Draft:
    """The draft of a plain text."""
    top = _Top()
    lines = _repeated_title(text.split("\n"), top)
    units = list(paragraphs(lines, sources.furniture))
    aside: list[str] = []
    body = _strip_top(units, top, aside, sources.furniture)
    sifted = sift(_with_headings(body), sources.furniture, title=top.title, above=aside)
    return Draft(
        blocks=sifted.blocks,
        title=top.title,
        byline=top.byline,
        publisher=sifted.issuer or top.publisher,
        published=top.published,
        url=top.url,
        aside=(*aside, *sifted.aside),
    )


def _repeated_title(lines: list[str], top: _Top) -> list[str]:
    """The lines below a title that is printed twice or more at the top; the line before it is the site's name."""
    shown = [(n, line.strip()) for n, line in enumerate(lines[: 4 * _TOP]) if line.strip()][:_TOP]
    for (_, line), (_, after) in pairwise(shown):
        if len(line) <= _TITLE and words_of(line) and words_of(line) == words_of(after) and not is_prose(Line(line)):
            same = [n for n, other in shown if words_of(other) == words_of(line)]
            before = [other for n, other in shown if n < same[0] and find_date(other) is None and len(other) <= 60]
            top.title, top.publisher = line, before[0] if before else None
            return lines[same[-1] + 1 :]
    return lines


def paragraphs(lines: list[str], furniture: Furniture) -> Iterator[str]:
    """The paragraphs of `lines`: hard-wrapped lines joined; lines of furniture at the edge of a paragraph apart."""
    for block in _blocks(lines):
        first, last = 0, len(block)
        while first < last and not _goes_on(block, first) and furniture.of_line(block[first]):
            first += 1
        while last > first and not _goes_on(block, last - 2) and furniture.of_line(block[last - 1]):
            last -= 1
        yield from block[:first]
        yield from _unwrapped(block[first:last])
        yield from block[last:]


def _goes_on(block: list[str], n: int) -> bool:
    """Whether line `n` of a paragraph is wrapped in the middle of a sentence: '..., the' / 'source said.'"""
    return 0 <= n < len(block) - 1 and len(block[n]) >= _WRAPPED and block[n][-1] not in _SENTENCE_ENDS


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines between blank lines; an indented line after one that is not begins a new block."""
    block: list[str] = []
    indented = True
    for raw in lines:
        line = " ".join(raw.split())
        indents = raw[:2] in ("  ", "\u00a0\u00a0") or raw[:1] == "\t"
        if block and (not line or (indents and not indented)):
            yield block
            block = []
        if line:
            block.append(line)
        indented = indents
    if block:
        yield block


def _unwrapped(block: list[str]) -> Iterator[str]:
    if not block:
        return
    so_far = block[0]
    free = max(map(len, block)) > _UNWRAPPED and sum(len(line) > _UNWRAPPED for line in block) * 2 >= len(block)
    for before, line in pairwise(block):
        if not free and (len(before) >= _WRAPPED or line[:1].islower()):
            so_far += (" " if not before.endswith("-") or before.endswith(" -") else "") + line
        else:
            yield so_far
            so_far = line
    yield so_far


def _strip_top(units: list[str], top: _Top, aside: list[str], furniture: Furniture) -> list[str]:
    """The units from the story on; slug, fields, date line, byline and title above it go into `top` and `aside`."""
    for n, unit in enumerate(units):
        if is_prose(Line(unit)) or not _read_top(unit, top, furniture, more=units[n + 1 : n + 2]):
            return units[n:]
        aside.append(unit)
    return []


def _read_top(unit: str, top: _Top, furniture: Furniture, *, more: list[str]) -> bool:
    """Whether `unit` was read as part of a text's top: what it says is in `top` then."""
    field = _FIELD.match(unit)
    if field is not None:
        return _read_field(field.group(1).lower(), field.group(2).strip(), top)
    if _URL.match(unit):
        top.url = top.url or unit
        return True
    if _is_wire_line(unit) or is_date_line(unit):
        top.published = top.published or find_date(unit)
        return True
    byline = byline_of(unit, furniture)
    if byline is not None:
        top.byline = top.byline or byline
        return True
    if furniture.of_line(unit) or (_SLUG.match(unit) and "-" in unit):
        return True
    if (
        top.title is None
        and more
        and is_title_like(unit)
        and len(unit.split()) > 1
        and len(unit) < len(more[0])
        and _is_name_free(unit)
    ):
        top.title = unit
        return True
    return False


_NAMES = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("date", "published"), "published"),
    **dict.fromkeys(("source", "publisher", "outlet"), "publisher"),
    **dict.fromkeys(("author", "by", "byline"), "byline"),
    **dict.fromkeys(("url", "link"), "url"),
}


def _read_field(key: str, value: str, top: _Top) -> bool:
    name = _NAMES[key]
    found = find_date(value) if name == "published" else value
    if found is None or getattr(top, name) is not None:
        return False
    setattr(top, name, found)
    return True


def _is_wire_line(unit: str) -> bool:
    """'Quito, Ecuador | 14/10/2022 18:40 UTC-0500 | AFP | 310 words'."""
    return unit.count("|") >= 2 and len(unit) <= 160 and find_date(unit) is not None


def _is_name_free(unit: str) -> bool:
    """Whether a short line is no dateline standing alone ('KYIV, March 4 (AFP) -') and no dashed heading."""
    return not re.search(r"\(\w[\w ]+\)\s*[-–—]*$|^[-–—*]", unit)


def _with_headings(units: list[str]) -> list[Line]:
    """The units as lines: a short one that is no sentence, over a paragraph, is a heading."""
    lines = [Line(unit) for unit in units]
    return [
        Line(
            line.text,
            heading=is_title_like(line.text) and len(line.text) <= 80 and _is_name_free(line.text) and is_prose(after),
        )
        for line, after in zip(lines, [*lines[1:], Line("")], strict=False)
    ]


def is_story(draft: Draft) -> bool:
    """Whether a draft has any passage of story."""
    return any(block.kind is PassageKind.STORY for block in draft.blocks)

"""Pages that print several stories whole, each in an <article> with heading and time: the front of a blog.

A page whose own title is that of one of them is that story's page, and what follows it is recirculation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from dateline.cleaning.dates import machine_date
from dateline.cleaning.draft import Draft
from dateline.cleaning.furniture import Furniture
from dateline.cleaning.head import Head
from dateline.cleaning.sifting import Line, byline_of, sift, words_of
from dateline.cleaning.tree import Element, PageLine
from dateline.text import digest

_HEADINGS = frozenset(("h1", "h2", "h3"))
_ALL_HEADINGS = _HEADINGS | {"h4", "h5", "h6"}
_LEAST = 150
"""Characters of prose from which an <article> is no teaser, given two paragraphs."""
_SHARE = 0.7
_PROSE = 60


@dataclass(frozen=True, slots=True)
class _Article:
    element: Element
    heading: PageLine
    published: str
    lines: tuple[PageLine, ...]


def article_drafts(lines: Sequence[PageLine], head: Head, base: Draft, furniture: Furniture) -> list[Draft]:
    """A draft for each story of the page, none where it is of one; `lines` are those that are no furniture."""
    found = list(_articles(lines))
    free = sum(map(_size, lines))
    held = sum(_size(line) for one in found for line in one.lines)
    own = {words_of(one) for one in (head.title, head.full_title) if one}
    titled = any(words_of(one.heading.text) in title for one in found for title in own)
    if len(found) < 2 or held < _SHARE * free or titled:
        return []
    drafts = {draft.item: draft for draft in reversed([_draft(one, base, furniture) for one in found])}
    return list(reversed(drafts.values()))


def _size(line: PageLine) -> int:
    return len(line.text) if len(line.text) >= _PROSE and line.linked < 0.5 and line.tag not in _ALL_HEADINGS else 0


def _articles(lines: Sequence[PageLine]) -> Iterator[_Article]:
    held: dict[Element, list[PageLine]] = {}
    for line in lines:
        above = [one for one in (line.holder, *line.holder.iterancestors()) if one.tag == "article"]
        if above:
            held.setdefault(above[-1], []).append(line)
    for element, inside in held.items():
        heading = next((line for line in inside if line.tag in _HEADINGS), None)
        prose = [line for line in inside if _size(line)]
        times = (machine_date(one.get("datetime") or "") for one in element.iter("time"))
        published = next((day for day in times if day), None)
        if heading is not None and published and len(prose) > 1 and sum(map(_size, prose)) >= _LEAST:
            yield _Article(element, heading, published, tuple(inside))


def _draft(one: _Article, base: Draft, furniture: Furniture) -> Draft:
    lines = [
        Line(line.text, heading=line.tag in _ALL_HEADINGS, strong=line.strong, linked=line.linked)
        for line in one.lines
        if line is not one.heading
    ]
    sifted = sift(lines, furniture, title=one.heading.text)
    byline = next((by for line in one.lines[:4] if (by := byline_of(line.text, furniture))), None)
    link = next((below.get("href") for below in one.heading.holder.iter("a") if below.get("href")), None)
    return replace(
        base,
        blocks=sifted.blocks,
        title=one.heading.text,
        byline=byline or base.byline,
        published=one.published,
        url=_address(base.url, link),
        aside=sifted.aside,
        item=one.element.get("id") or digest("article", one.heading.text)[:12],
    )


def _address(page: str | None, link: str | None) -> str | None:
    if page is None or link is None:
        return page
    try:
        return urljoin(page, link)
    except ValueError:
        return page

"""Live blogs: each dated entry of the page is a report of its own, with its own time, title and address.

An entry's item is the id by which its address names it, else a digest of its text: both stay when the blog grows. A
summary outside the entries is left out, for it tells again what they tell; so is an entry that has no text, with a
problem that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.cleaning.draft import Block, Draft
from dateline.cleaning.entries import MAX_ENTRIES, Entry, entries_of
from dateline.cleaning.furniture import Furniture
from dateline.cleaning.head import Head, Update
from dateline.cleaning.instants import Clock, Posted, clock_of, instants
from dateline.cleaning.sifting import Line, byline_of, sift, words_of
from dateline.cleaning.tree import Element, PageLine, Walk
from dateline.text import digest
from dateline.types import PassageKind, Problem

_LIVE = re.compile(
    r"\blive[- ]?(?:blog|updates?|coverage|ticker|feed|report)\b|\blive\s?[:|–—-]|[:|–—-]\s?live\b|^live\b|/live/|"
    r"as it happened|minute[- ]by[- ]minute|rolling (?:coverage|report)",
    re.I,
)
_SHARE = 0.5
"""Share of the page's free prose that entries must hold where no schema calls the page a live blog."""
_LETTERS = 25
_SUMMARY = re.compile(
    r"(?:summary|key (?:events|points|moments|developments)|at a glance|(?:the )?(?:latest|story) so far|"
    r"what (?:we know|you need to know|has happened|.s happened)(?: so far| today)?|"
    r"here.s (?:the latest|what we know).{0,40}|(?:morning|evening|afternoon|opening|closing) summary)\W*",
    re.I,
)
_TITLE_CLOCK = re.compile(r"^(?:[01]?\d|2[0-3])[:.h][0-5]\d\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4}\b)?\s?[-–—:|]?\s*")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry ready to be a draft; no blocks: it has no text of its own."""

    id: str | None
    title: str | None
    published: str | None
    byline: str | None
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        return words_of(" ".join(block.text for block in self.blocks if block.kind is PassageKind.STORY))


def is_live(head: Head, html: str, title: str | None) -> bool:
    """Whether the page says that it is a live blog: by its schema, its title or its address."""
    declared = len(head.updates) > 1 or html.count("liveBlogUpdate") > 1 or "LiveBlogPosting" in html
    return declared or any(_LIVE.search(one) for one in (head.full_title, head.url, title) if one)


def live_drafts(
    walked: Walk, tree: Element, head: Head, base: Draft, marked: frozenset[str], furniture: Furniture, *, where: str
) -> tuple[list[Draft], list[Problem]] | None:
    """A draft for each entry, and a problem for those without text; null where the page has no entries after all.

    `base` has what the entries share: publisher, byline, address, language.
    """
    found = entries_of(walked, tree, marked)
    if found and not _are_most(found, walked, head):
        found = []
    many = len(found) > MAX_ENTRIES or len(head.updates) > MAX_ENTRIES
    told = [*_from_page(found[:MAX_ENTRIES], head, base, furniture)]
    told = _joined(told, _from_head(head.updates[:MAX_ENTRIES], furniture))[:MAX_ENTRIES]
    drafts = list(_drafts(told, base))
    if len(drafts) < 2:
        return None
    problems = [_too_many(where)] if many else []
    empty = [one for one in told if not _has_text(one)]
    return drafts, [*problems, *([_left_out(empty, where)] if empty else [])]


def _are_most(found: Sequence[Entry], walked: Walk, head: Head) -> bool:
    """Whether the entries hold most of the page's free prose, which a list of other stories does not."""
    if head.updates:
        return True
    told = sum(len(line.text) for one in found for line in one.lines)
    free = sum(len(line.text) for line in walked.lines if not line.marks and len(line.text) >= 60 and line.linked < 0.5)
    return told >= _SHARE * free


# ---------------------------------------------------------------- entries of the page
def _from_page(found: Sequence[Entry], head: Head, base: Draft, furniture: Furniture) -> Iterator[_Told]:
    said = [Posted(one.instant, one.clock, one.day) for one in found]
    times = instants(said, published=head.published or base.published, modified=head.modified)
    for one, published in zip(found, times, strict=True):
        yield _told(one, published, furniture)


def _told(entry: Entry, published: str | None, furniture: Furniture) -> _Told:
    lines = [line for raw in entry.lines if (line := _line(raw)) is not None]
    heading = next((n for n, line in enumerate(lines[:4]) if line.heading), None)
    title = lines.pop(heading).text if heading is not None else None
    byline = next((by for line in lines[:3] if len(line.text) <= 80 and (by := byline_of(line.text, furniture))), None)
    sifted = sift(lines, furniture, title=title)
    return _Told(entry.id, title, published, byline, sifted.blocks)


def _line(raw: PageLine) -> Line | None:
    """A line without the clock that it begins with; null where it is nothing but times."""
    text = _TITLE_CLOCK.sub("", raw.text) if clock_of(raw.text, start=True) else raw.text
    bare = Clock(None) if len(raw.text) <= 40 and clock_of(raw.text, start=False) else None
    if bare is not None and sum(c.isalpha() for c in text) <= 12:
        return None
    heading = raw.tag in ("h1", "h2", "h3", "h4", "h5", "h6") or (raw.strong and len(text) <= 140 and text[-1:] != ".")
    return Line(text, heading=heading, linked=raw.linked, place=id(raw.holder.getparent())) if text else None


# ---------------------------------------------------------------- entries of JSON-LD
def _from_head(updates: Iterable[Update], furniture: Furniture) -> Iterator[_Told]:
    for one in updates:
        parts = re.split(r"\n+|</p>|<br ?/?>", one.body or "")
        lines = [Line(words) for part in parts if (words := " ".join(re.sub(r"<[^>]*>", " ", part).split()))]
        sifted = sift(lines, furniture, title=one.title)
        yield _Told(one.id, one.title, one.published, one.byline, sifted.blocks)


def _joined(told: list[_Told], updates: Iterable[_Told]) -> list[_Told]:
    """The entries of the page, with what JSON-LD adds to them, and then those that JSON-LD alone has."""
    by_id = {one.id: n for n, one in enumerate(told) if one.id}
    by_title = {words_of(one.title): n for n, one in enumerate(told) if one.title}
    by_text = {one.key[:60]: n for n, one in enumerate(told) if one.key}
    found = list(told)
    for update in updates:
        n = next(
            (
                table[key]
                for table, key in (
                    (by_id, update.id),
                    (by_title, words_of(update.title or "")),
                    (by_text, update.key[:60]),
                )
                if key and key in table
            ),
            None,
        )
        if n is None:
            found.append(update)
        else:
            found[n] = _completed(found[n], update)
    return found


def _completed(one: _Told, update: _Told) -> _Told:
    return replace(
        one,
        id=update.id or one.id,
        title=one.title or update.title,
        published=update.published or one.published,
        byline=one.byline or update.byline,
        blocks=one.blocks if _has_text(one) else update.blocks,
    )


# ---------------------------------------------------------------- drafts and problems
def _drafts(told: Iterable[_Told], base: Draft) -> Iterator[Draft]:
    """The draft of each entry with a text; one whose id or text came before is the same news, pinned or repeated."""
    seen: set[str] = set()
    for one in told:
        item = one.id or digest("entry", one.key)[:12]
        if not _has_text(one) or item in seen or one.key in seen or _is_summary(one):
            continue
        seen |= {item, one.key}
        yield replace(
            base,
            blocks=one.blocks,
            title=one.title,
            byline=one.byline or base.byline,
            published=one.published,
            url=f"{base.url.partition('#')[0]}#{one.id}" if base.url and one.id else base.url,
            item=item,
        )


def _has_text(one: _Told) -> bool:
    return sum(c.isalpha() for c in one.key) >= _LETTERS


def _is_summary(one: _Told) -> bool:
    return one.title is not None and _SUMMARY.fullmatch(one.title) is not None


def _left_out(empty: Sequence[_Told], where: str) -> Problem:
    names = [one.title or one.id or "without a title" for one in empty]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    message = f"entries of the live blog without a text of their own were left out: {'; '.join(names[:_SHOWN])}{more}"
    return Problem("left-out", where, message, "nothing to do if they are pictures, embedded posts or scores")


def _too_many(where: str) -> Problem:
    message = f"the live blog has more than {MAX_ENTRIES:,} entries; those after them were not read"
    return Problem("cut", where, message, "save the blog page by page")

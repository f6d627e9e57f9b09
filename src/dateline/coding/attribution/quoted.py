"""Quotations settle contents: where one begins and ends, and whose the next quotation is that has no cue of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dateline.coding.attribution.cues import BY_COLON
from dateline.coding.attribution.quotes import Quote, find_quotes
from dateline.coding.attribution.spans import Found, cut, merged, trimmed
from dateline.language.parse import Parse
from dateline.types import Span

_NAME_REACH = 70
_NAME_COLON = re.compile(r"(?:^|[.!?\n–—-])[ ]*([A-Z][^.:;!?\n–—\"“”]{1,60}):[ ]*$")
_MARKS = frozenset("\"“'‘")
_LONG_ENOUGH = 3
"""Words from which a quotation can be a saying of its own; shorter ones are single words in marks."""


@dataclass(slots=True)
class _Quoted:
    """A quotation, its paragraph, and the attribution that it belongs to."""

    quote: Quote
    paragraph: tuple[int, int]
    owner: Found | None = None


def with_quotes(parse: Parse, found: list[Found]) -> list[Found]:
    """`found` with contents that end where their quotations end, and with the quotations that follow them."""
    text, view = parse.text, parse.doc.text
    quotes = [_Quoted(q, _paragraph(view, q.start)) for q in find_quotes(text[: len(view)], view)]
    starts = [q.quote.start for q in quotes]
    for one in found:
        _settle(text, one, quotes, starts)
    for one in found:
        if not one.content and "quote" in one.entry.takes:
            _adjacent(text, one, quotes, starts)
    for one in found:
        if not one.content and "quote" in one.entry.takes and one.entry.kind == "speech" and one.source is not None:
            _fronted(text, one)
    named = list(_named_before(parse, quotes))
    _orphans(text, quotes)
    return [*found, *named]


def _paragraph(view: str, at: int) -> tuple[int, int]:
    end = view.find("\n", at)
    return view.rfind("\n", 0, at) + 1, len(view) if end < 0 else end


def _around(quotes: list[_Quoted], starts: list[int], at: int) -> Quote | None:
    """The quotation that character `at` stands in."""
    i = bisect_right(starts, at) - 1
    return quotes[i].quote if i >= 0 and at < quotes[i].quote.end else None


def _settle(text: str, one: Found, quotes: list[_Quoted], starts: list[int]) -> None:
    """A content inside the cue's own quotation stays inside; one that meets another quotation takes it whole."""
    home = _around(quotes, starts, one.head.idx)
    if home is not None:
        one.content = [
            Span(max(p.start, home.start), min(p.end, home.end))
            for p in one.content
            if p.end > home.start and p.start < home.end
        ]
        if one.source is not None and not home.start <= one.source.start < home.end:
            one.source = None
        return
    pieces = list(one.content)
    for piece in one.content:
        for quoted in _meeting(quotes, starts, Span(piece.start, _touching(text, piece.end))):
            pieces.append(Span(quoted.quote.start, quoted.quote.end))
            if "quote" in one.entry.takes or "clause" in one.entry.takes:
                _own(quoted, one)
    one.content = _clean(text, one, pieces)


def _touching(text: str, end: int) -> int:
    """One character into a quotation that follows at once: 'declaring it "a triumph"'."""
    return end + 2 if text[end : end + 1] == " " and text[end + 1 : end + 2] in _MARKS else end


def _meeting(quotes: list[_Quoted], starts: list[int], piece: Span) -> list[_Quoted]:
    i = max(bisect_right(starts, piece.start) - 1, 0)
    met = []
    while i < len(quotes) and quotes[i].quote.start < piece.end:
        if quotes[i].quote.end > piece.start:
            met.append(quotes[i])
        i += 1
    return met


def _own(quoted: _Quoted, one: Found) -> None:
    """The nearest cue outside keeps a quotation: in 'said he called it "a lie"' that is 'called'."""
    old = quoted.owner
    if old is None or abs(one.head.idx - quoted.quote.start) < abs(old.head.idx - quoted.quote.start):
        quoted.owner = one


def _clean(text: str, one: Found, pieces: list[Span]) -> list[Span]:
    """One content a stretch, without the words that attribute it."""
    whole = merged(text, pieces)
    if one.cue is not None:
        whole = cut(whole, one.cue)
        if one.source is not None and any(p.start < one.source.end and one.source.start < p.end for p in whole):
            whole = cut(whole, one.source) if abs(one.source.start - one.cue.start) < 300 else whole
    return [p for p in whole if any(c.isalnum() for c in text[p.start : p.end])]


def _adjacent(text: str, one: Found, quotes: list[_Quoted], starts: list[int]) -> None:
    """The quotation beside a cue that has no other content: before its clause, or after a colon or comma."""
    if one.cue is None or _around(quotes, starts, one.head.idx) is not None:
        return
    first = min(one.cue.start, one.source.start if one.source is not None else one.cue.start)
    last = max(one.cue.end, one.source.end if one.source is not None else 0)
    i = bisect_right(starts, first) - 1
    before = quotes[i] if i >= 0 else None
    after = quotes[i + 1] if i + 1 < len(quotes) else None
    if before is not None and before.owner is None and not text[before.quote.end : first].strip(" ,-–—"):
        for quoted in _leading(text, quotes, i):
            _take(text, one, quoted)
    elif after is not None and after.owner is None and _leads_in(text[last : after.quote.start]):
        _take(text, one, after)


def _leading(text: str, quotes: list[_Quoted], i: int) -> list[_Quoted]:
    """Quotation `i` and those before it that it goes on from: '"The well is dry." "The pump is gone," read the note.'"""
    run = [quotes[i]]
    while i > 0 and quotes[i - 1].owner is None:
        gap = text[quotes[i - 1].quote.end : quotes[i].quote.start]
        if gap.strip() or not (quotes[i].quote.continues or "\n" not in gap):
            break
        i -= 1
        run.insert(0, quotes[i])
    return run


def _fronted(text: str, one: Found) -> None:
    """'The girl was hurt by a falling branch, police said.': the sentence before the comma, where the parse lost it."""
    sentence = one.head.sent
    first = min(one.cue.start, one.source.start) if one.cue is not None and one.source is not None else 0
    front = text[sentence.start_char : first].rstrip()
    if (
        first > sentence.start_char
        and front.endswith(",")
        and front.count(" ") >= _LONG_ENOUGH
        and not _MARKS & set(front)
    ):
        said = trimmed(text, sentence.start_char, first)
        one.content = [said] if said is not None else []


def _leads_in(between: str) -> bool:
    """Whether what stands between a cue and a quotation leads from one to the other."""
    return (
        "\n\n\n" not in between
        and len(between) < 150
        and between.rstrip()[-1:] in (":", ",", "")
        and "." not in between
    )


def _take(text: str, one: Found, quoted: _Quoted) -> None:
    one.content = _clean(text, one, [*one.content, Span(quoted.quote.start, quoted.quote.end)])
    quoted.owner = one


def _named_before(parse: Parse, quotes: list[_Quoted]) -> Iterator[Found]:
    """'Anna Berg: "We will rebuild."': a name and a colon before a quotation that has no cue."""
    for quoted in quotes:
        if quoted.owner is not None or quoted.quote.single:
            continue
        match = _NAME_COLON.search(
            parse.text[max(quoted.paragraph[0], quoted.quote.start - _NAME_REACH) : quoted.quote.start]
        )
        if match is None:
            continue
        first = quoted.quote.start - (len(match.group()) - (match.start(1) - match.start()))
        source = Span(first, first + len(match[1]))
        head = parse.doc.char_span(source.start, source.end, alignment_mode="expand")
        if head is None or any(t.pos_ in ("VERB", "AUX") for t in head):
            continue
        one = Found(head.root, Span(source.end, source.end + 1), BY_COLON, source)
        _take(parse.text, one, quoted)
        yield one


def _orphans(text: str, quotes: list[_Quoted]) -> None:
    """A quotation without a cue goes on from the one before it in its paragraph, or from one left open above."""
    for last, quoted in pairwise(quotes):
        if quoted.owner is not None or last.owner is None or quoted.quote.single:
            continue
        if quoted.paragraph != last.paragraph and not _goes_on(text, last, quoted):
            continue
        if len(text[quoted.quote.start : quoted.quote.end].split()) >= _LONG_ENOUGH and _starts_anew(text, quoted):
            _take(text, last.owner, quoted)


def _goes_on(text: str, last: _Quoted, quoted: _Quoted) -> bool:
    """Whether it goes on from `last` in a paragraph above: left open there, or the next paragraph and all of it."""
    if quoted.quote.continues:
        return True
    between = text[last.paragraph[1] : quoted.paragraph[0]]
    rest = text[quoted.paragraph[0] : quoted.quote.start] + text[quoted.quote.end : quoted.paragraph[1]]
    return not between.strip() and not any(c.isalnum() for c in rest)


def _starts_anew(text: str, quoted: _Quoted) -> bool:
    """Whether it stands as a sentence of its own, after a stop or a cue's comma."""
    line = text[quoted.paragraph[0] : quoted.quote.start].rstrip()
    return not line or line[-1] in ".!?,:;-–—\"”'"

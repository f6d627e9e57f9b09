"""Marks in a text: which characters carry which field on whose word, so nested that a page can write them as elements.

Evidence may overlap, nest and repeat. Words of the same span and field are one mark, whatever claims share them; a mark
that would cross the end of another is split there. Nothing of the text is lost, moved or said twice.

>>> [piece.text for piece in pieces("Two rockets hit Orlu.", [Words("means", 4, 11, ("c1",))])]
['Two ', 'rockets', ' hit Orlu.']
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from dateline.types import Claim, PassageKind, Report

FIELDS = ("type", "actors", "targets", "place", "time", "harm", "means", "speaker", "modality", "demand")
"""Fields in the order in which marks of one span nest, the outermost first; others come after."""


@dataclass(frozen=True, slots=True)
class Words:
    """Characters `start` to `end` of a text that carry a field of these claims, on the word of these speakers."""

    field: str
    start: int
    end: int
    claims: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of some words, from `start` to `end`: all of them, unless they were split. `id`: of the first part alone."""

    words: Words
    start: int
    end: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `opens` are the marks that begin before it, `closes` how many end after it, innermost first."""

    text: str
    opens: tuple[Mark, ...] = ()
    closes: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A passage as pieces; `kind` is null for what stands between passages. `start`: where it begins in the text."""

    kind: PassageKind | None
    start: int
    pieces: tuple[Piece, ...]


# ---------------------------------------------------------------- what is marked
def words_of(claims: Iterable[Claim], speakers: dict[str, str]) -> list[Words]:
    """The evidence of claims as words to be marked; `speakers`: claim id -> who speaks."""
    by_span: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
    for claim in claims:
        for one in claim.evidence:
            by_span[one.start, one.end, one.field].append(claim.id)
    return [
        Words(field, start, end, tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(speakers[key] for key in ids)))
        for (start, end, field), ids in by_span.items()
    ]


# ---------------------------------------------------------------- the text in blocks
def blocks(report: Report, words: Sequence[Words]) -> Iterator[Block]:
    """The whole text of a report: its passages and what stands between them, each with its marks."""
    stretches = list(_stretches(report))
    starts = [start for _, start, _ in stretches]
    inside: list[list[Words]] = [[] for _ in stretches]
    for one in words:
        if one.start < one.end:
            for at in range(max(0, bisect_right(starts, one.start) - 1), bisect_right(starts, one.end - 1)):
                inside[at].append(one)
    known: set[str] = set()
    for (kind, start, end), held in zip(stretches, inside, strict=True):
        yield Block(kind, start, tuple(_once(pieces(report.text, held, start, end), known)))


def _stretches(report: Report) -> Iterator[tuple[PassageKind | None, int, int]]:
    at, end = 0, len(report.text)
    for passage in sorted(report.passages, key=lambda one: (one.start, one.end)):
        start, stop = max(passage.start, at), min(passage.end, end)
        if start < stop:
            if at < start:
                yield None, at, start
            yield passage.kind, start, stop
            at = stop
    if at < end:
        yield None, at, end


def _once(found: Iterable[Piece], known: set[str]) -> Iterator[Piece]:
    """The same, with each id on the first mark that has it: two fields may rest on one span."""
    for piece in found:
        yield (
            Piece(piece.text, tuple(_new(mark, known) for mark in piece.opens), piece.closes) if piece.opens else piece
        )


def _new(mark: Mark, known: set[str]) -> Mark:
    """The mark, without its id if that is known; else it is from now on."""
    if mark.id is None or mark.id not in known:
        known.update(filter(None, [mark.id]))
        return mark
    return replace(mark, id=None)


# ---------------------------------------------------------------- one stretch
def pieces(text: str, words: Iterable[Words], start: int = 0, end: int | None = None) -> list[Piece]:
    """Characters `start` to `end` of a text in pieces, with the marks that nest over them.

    What of the words lies outside is cut off; words without a character there are left out.
    """
    end = len(text) if end is None else end
    ahead = _ahead(words, start, end)
    found: list[Piece] = []
    ends: list[int] = []
    at = start
    while at < end:
        opens = tuple(_opened(ahead, ends, at))
        to = min([end, *(part[0] for part in ahead[:1]), *ends[-1:]])
        closes = len(ends) - _still_open(ends, to)
        found.append(Piece(text[at:to], opens, closes))
        at = to
    return found


_Ahead = list[tuple[int, int, int, Words]]
"""A heap: where a part begins, the negative of where it ends, the rank of its words, the words."""


def _ahead(words: Iterable[Words], start: int, end: int) -> _Ahead:
    inside = [one for one in words if max(one.start, start) < min(one.end, end)]
    ranked = enumerate(sorted(inside, key=_rank))
    ahead = [(max(one.start, start), -min(one.end, end), rank, one) for rank, one in ranked]
    heapify(ahead)
    return ahead


def _rank(one: Words) -> tuple[object, ...]:
    field = FIELDS.index(one.field) if one.field in FIELDS else len(FIELDS)
    return field, one.field, one.start, -one.end, one.claims


def _opened(ahead: _Ahead, ends: list[int], at: int) -> Iterator[Mark]:
    """The marks that begin at `at`; what would cross the end of an open one is put back to begin there."""
    while ahead and ahead[0][0] == at:
        _, stop, rank, words = heappop(ahead)
        stop = -stop
        if ends and stop > ends[-1]:
            heappush(ahead, (ends[-1], -stop, rank, words))
            stop = ends[-1]
        ends.append(stop)
        yield Mark(words, at, stop, id=f"{words.start}-{words.end}" if at == words.start else None)


def _still_open(ends: list[int], at: int) -> int:
    """Takes off the marks that end at `at`; how many are left."""
    while ends and ends[-1] == at:
        ends.pop()
    return len(ends)

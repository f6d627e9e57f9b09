"""From words of a parse to characters of its text: the spans of sources, cues and contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.coding.attribution.cues import Cue
from dateline.types import Span

_EDGES = " \t\r\n,;:-–—"
RELATIVES = frozenset({"who", "which", "that", "what", "whom"})
_OPENERS = frozenset({"but", "and", "yet", "so", "or"})


@dataclass(slots=True)
class Found:
    """An attribution in the making: `head` is the cue's own word, `beside` are the others."""

    head: Token
    cue: Span | None
    entry: Cue
    source: Span | None = None
    told: Span | None = None
    content: list[Span] = field(default_factory=list)
    beside: frozenset[int] = frozenset()


def of_tokens(text: str, tokens: Iterable[Token]) -> Span | None:
    """The span from the first to the last of `tokens`, trimmed; null of none."""
    kept = sorted(tokens, key=lambda t: t.i)
    return trimmed(text, kept[0].idx, kept[-1].idx + len(kept[-1])) if kept else None


def subtree(text: str, head: Token) -> Span | None:
    """The span of `head` and all that hangs on it."""
    last = head.right_edge
    return trimmed(text, head.left_edge.idx, last.idx + len(last))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Without blanks, commas and dashes at the edges and without the stop of the sentence; null if nothing is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end - start > 1 and text[end - 1] == "." and text[end - 2].islower():
        end -= 1
    return Span(start, end) if end > start and (end - start > 1 or text[start].isalnum()) else None


def runs(text: str, head: Token, without: Token) -> list[Span]:
    """The pieces of `head`'s subtree that are left when `without` and what hangs on it (not `head`) is taken out."""
    inside = without.left_edge.i <= head.left_edge.i and head.right_edge.i <= without.right_edge.i
    if inside:  # 'Compaq, she predicted, would come': the cue stands within its own complement
        return [s for s in _kept(text, head) if s]
    return [s for s in _around(text, head, without) if s]


def _kept(text: str, head: Token) -> Iterator[Span | None]:
    if not head.left_edge.i < head.head.i < head.right_edge.i:
        yield subtree(text, head)
        return
    piece: list[Token] = []
    for token in sorted(head.subtree, key=lambda t: t.i):
        if piece and token.i != piece[-1].i + 1:
            yield of_tokens(text, piece)
            piece = []
        piece.append(token)
    yield of_tokens(text, piece)


def _around(text: str, head: Token, without: Token) -> Iterator[Span | None]:
    doc, first, last = head.doc, head.left_edge.i, head.right_edge.i
    while first < last and (doc[first].lower_ in _OPENERS or doc[first].is_punct):
        first += 1
    for left, right in ((first, without.left_edge.i - 1), (without.right_edge.i + 1, last)):
        if left <= right:
            yield trimmed(text, doc[left].idx, doc[right].idx + len(doc[right]))


def merged(text: str, pieces: Iterable[Span]) -> list[Span]:
    """`pieces` in order, those that overlap or have only blanks and marks between them made one."""
    out: list[Span] = []
    for piece in sorted(pieces, key=lambda s: (s.start, s.end)):
        if out and (piece.start <= out[-1].end or _only_marks(text[out[-1].end : piece.start])):
            out[-1] = Span(out[-1].start, max(out[-1].end, piece.end))
        else:
            out.append(piece)
    return out


def overlaid(pieces: Iterable[Span]) -> list[Span]:
    """`pieces` in order, those that overlap made one."""
    out: list[Span] = []
    for piece in sorted(pieces, key=lambda s: (s.start, s.end)):
        if out and piece.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, piece.end))
        else:
            out.append(piece)
    return out


def _only_marks(between: str) -> bool:
    return "\n" not in between and not any(c.isalnum() for c in between)


def cut(pieces: Iterable[Span], hole: Span | None) -> list[Span]:
    """`pieces` without the characters of `hole`."""
    if hole is None:
        return list(pieces)
    out: list[Span] = []
    for piece in pieces:
        if hole.end <= piece.start or piece.end <= hole.start:
            out.append(piece)
            continue
        if piece.start < hole.start:
            out.append(Span(piece.start, hole.start))
        if hole.end < piece.end:
            out.append(Span(hole.end, piece.end))
    return out

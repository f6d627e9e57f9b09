"""Attributions beside one another that the parse put inside: 'A said X, and B said Y', '..., he said X, adding Y'."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coding.attribution.spans import Found, trimmed
from dateline.types import Span

_BESIDE = frozenset({"conj", "advcl", "parataxis"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "that", "which"})


def apart(text: str, found: list[Found]) -> list[Found]:
    """`found` with each content ended where another, or the same in a participle, begins to say something else."""
    by_head = {f.head.i: f for f in found}
    for inner in found:
        if inner.head.pos_ != "VERB" or inner.head.dep_ not in _BESIDE or not inner.entry.takes & {"clause", "quote"}:
            continue
        outer = by_head.get(_above(inner.head))
        if outer is None or outer is inner:
            continue
        if _is_participle(inner.head):
            inner.source = outer.source
        elif not _has_speaker(inner.head):
            continue
        _end_before(text, outer, _opening(inner.head))
    return found


def _above(verb: Token) -> int:
    """The verb whose content clause `verb` is beside."""
    clause = verb.head
    return clause.head.i if clause.dep_ == "ccomp" and clause.i < verb.i else -1


def _is_participle(verb: Token) -> bool:
    """', adding that'."""
    first = verb.left_edge.i
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and first > 0 and verb.doc[first - 1].text == ","


def _has_speaker(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.lower_ not in _PRONOUNS for c in verb.children)


def _opening(verb: Token) -> Token:
    """Where the clause begins: its own first word, or the 'and' before it."""
    first = verb.left_edge
    before = first.doc[first.i - 1] if first.i > 0 else first
    return before if before.dep_ == "cc" else first


def _end_before(text: str, outer: Found, token: Token) -> None:
    if token.i <= outer.head.i:
        return
    kept = [Span(p.start, min(p.end, token.idx)) for p in outer.content if p.start < token.idx]
    outer.content = [s for p in kept if (s := trimmed(text, p.start, p.end)) is not None]

"""Speakers named at the end, after what they say: '..., the head of the council, Ali Omar, told the Gazette'.

The parser often takes such a speaker for what the noun before the comma is, and then finds no speaker for the verb, or
the subject of the clause that is told. The commas say who it is.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coding.attribution.cues import Cue
from dateline.coding.attribution.spans import trimmed
from dateline.types import Span

_FINITE = frozenset({"VBD", "VBZ", "VBN"})
_FAR = 12


def closing(text: str, verb: Token, entry: Cue) -> tuple[Span, list[Span]] | None:
    """The speaker and the content of a verb that ends its sentence, where the parser joins the speaker to the clause."""
    if verb.tag_ not in _FINITE or not {"clause", "quote"} <= entry.takes or verb.i == verb.sent.start:
        return None
    host = _told_clause(verb, entry)
    speaker = _beside_comma(verb) if host is not None else None
    if host is None or speaker is None or speaker.left_edge.i <= host.i:
        return None
    first = speaker.left_edge
    source = trimmed(text, first.idx, verb.idx)
    said = trimmed(text, host.left_edge.idx, first.nbor(-1).idx)
    return (source, [said]) if source is not None and said is not None else None


def _told_clause(verb: Token, entry: Cue) -> Token | None:
    """The verb of the clause before: the one that `verb` is told of, or goes on with though nothing joins the two."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "cc", "mark") or c.tag_ == "MD" for c in verb.children if c.i < verb.i):
        return None
    if any(c.dep_ in ("ccomp", "xcomp") and c.i > verb.i for c in verb.children) or _opens_a_name(verb, entry):
        return None
    if verb.dep_ == "ROOT":
        return next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    above = verb.head
    joined = any(c.dep_ == "cc" and c.i < verb.i for c in above.children)
    return above if verb.dep_ == "conj" and above.dep_ == "ROOT" and above.i < verb.i and not joined else None


def _beside_comma(verb: Token) -> Token | None:
    """The outermost noun after a comma that is said to be what the noun before it is, and that ends at the verb."""
    token = verb.nbor(-1)
    if token.text == "," and token.i > verb.sent.start:
        token = token.nbor(-1)
    found: Token | None = None
    for _ in range(_FAR):
        if token.dep_ in ("appos", "conj") and token.left_edge.i > token.sent.start and _opens(token):
            found = token
        if token.head.i == token.i or token.head.i > verb.i:
            break
        token = token.head
    return found if found is not None and found.dep_ == "appos" and found.pos_ in ("NOUN", "PROPN") else None


def _opens(token: Token) -> bool:
    return token.left_edge.nbor(-1).text == ","


def _opens_a_name(verb: Token, entry: Cue) -> bool:
    """'said the mayor': who comes after the verb speaks, unless the verb can have a hearer: 'told the Gazette'."""
    after = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    return "told" not in entry.takes and after is not None and after.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ")

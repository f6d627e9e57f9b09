"""Where a statement was made: 'told reporters in Geneva', 'warned in a speech in Kar', 'in Bamako the ministry rejected'.

Never where the deed lies of which it speaks: 'condemned the bombing in Kar' was said anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.roles import clause_verb
from dateline.coding.triggers import Surroundings
from dateline.knowledge.statements import Statements
from dateline.types import PlaceMention, PlaceUse

_CONTENT = frozenset({"dobj", "ccomp", "xcomp", "dative", "attr", "oprd", "pcomp", "advcl", "prt"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


def placed_where_said(draft: Draft, around: Surroundings, words: Statements) -> Draft:
    """`draft`, if it is a statement, with the places where it was said and no others; a deed as it is."""
    if not words.holds(draft.type, draft.mode):
        return draft
    found = (_said_at(verb, around, words) for verb in _verbs(draft, around))
    return replace(draft, places=next((places for places in found if places), ()), inferred_place=False)


def _verbs(draft: Draft, around: Surroundings) -> Iterator[Token]:
    """The statement's own verb, then the word by which its speaker is quoted."""
    doc = around.words.parse.doc
    verb = clause_verb(doc[draft.head])
    yield verb
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
        yield verb
    cue = draft.speaker.cue if draft.speaker is not None else None
    span = doc.char_span(cue.start, cue.end, alignment_mode="expand") if cue is not None else None
    if span is not None and span.root.pos_ == "VERB":
        yield span.root


def _said_at(verb: Token, around: Surroundings, words: Statements) -> tuple[PlaceMention, ...]:
    """The places at which `verb` says that words were spoken, the first named first."""
    heads = [t for child in verb.children for t in _wheres(child, verb, words)]
    named = (m for head in heads for m in _named_at(head, around, words))
    return tuple(sorted(dict.fromkeys(named), key=lambda m: m.start))


def _wheres(child: Token, verb: Token, words: Statements) -> Iterator[Token]:
    """The nouns below a child of `verb` that can say where: of its prepositions, its listeners and its subject."""
    if child.dep_ == "prep" and child.lower_ in words.before and not _behind_content(child, verb, words):
        yield from _objects(child)
    if child.dep_ in ("dobj", "dative", "pobj") and child.lemma_.lower() in words.listeners:
        yield from _below(child, words)
    if child.dep_ in _SUBJECTS:
        yield from _below(child, words)


def _behind_content(preposition: Token, verb: Token, words: Statements) -> bool:
    """'condemned the raid in Kar': behind what is said, a place may be that of what is spoken of."""
    between = (c for c in verb.children if verb.i < c.i < preposition.i)
    return any(_is_content(c, words) for c in between)


def _is_content(child: Token, words: Statements) -> bool:
    if child.dep_ == "prep":
        return child.lower_ not in words.before
    return child.dep_ in _CONTENT and child.lemma_.lower() not in words.listeners


def _below(noun: Token, words: Statements) -> Iterator[Token]:
    """'reporters in [Geneva]', 'reporters at a [conference] in Geneva'."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in words.places and child.i > noun.i:
            yield from _objects(child)


def _objects(preposition: Token) -> list[Token]:
    return [c for c in preposition.children if c.dep_ == "pobj"]


def _named_at(head: Token, around: Surroundings, words: Statements) -> list[PlaceMention]:
    """The place that `head` names, with what it is said to lie in, or the one where the venue `head` is."""
    own = _mentions(head, around.places)
    if own:
        return own + [m for t in _below(head, words) for m in _mentions(t, around.places)]
    if head.lemma_.lower() not in words.venues | words.listeners:
        return []
    return [m for t in _below(head, words) for m in _named_at(t, around, words)]


def _mentions(token: Token, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    held = [m for m in mentions if m.use is PlaceUse.PLACE and m.start <= token.idx < m.end]
    beside = {c.idx for c in token.children if c.dep_ in ("appos", "npadvmod")}
    return held + [m for m in mentions if held and m.use is PlaceUse.PLACE and m.start in beside]

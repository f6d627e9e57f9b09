"""Whom words are about: the other side of a promise, demand or censure where no slot of its verb names it.

In 'Ruritania agreed to lift a ban on Graustark's beef' the other side is Graustark, deep in what was agreed. PLOVER calls
it the recipient: whoever the words are aimed at or would bear on. It is looked for in the complement alone, the nearest
to the verb first, and only where the verb's own slots name nobody. A state that stands there is nearly always meant; of
persons, bodies and things only those that the scorer does not rule out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.roles import levels_below
from dateline.coding.triggers import Candidate, Surroundings
from dateline.types import TOGETHER, EventType

_OF_WORDS = frozenset(
    {EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT, EventType.AGREE,
     EventType.CONCEDE, EventType.SANCTION, EventType.AID, EventType.MOBILIZE, EventType.COOPERATE, EventType.PROTEST,
     EventType.RETREAT}
)  # fmt: skip
_ON_THINGS = frozenset({EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT})
"""Types whose words may be aimed at a deed or a thing: 'condemned the attacks', 'rejected the plan'."""

_SOMEWHERE = frozenset({EventType.MOBILIZE, EventType.AID})
"""Types whose place is whom they bear on: 'massed tanks along the border of', 'rebuilt schools in'."""

_NOT_BELOW = frozenset({"nsubj", "nsubjpass", "csubj", "relcl", "punct", "aux", "auxpass", "neg", "mark", "cc"})
_ADVERBIALS = frozenset({"prep", "advcl", "npadvmod"})
_DEEPEST = 7
_TOWARDS = frozenset({"to", "on", "against", "from", "of", "for", "with", "into", "toward", "towards", "over", "by"})


RuledOut = Callable[[Candidate], frozenset[int]]
"""The words that are no side of a candidate."""


def with_recipients(
    candidates: list[Candidate], around: Surroundings, ruled_out: RuledOut = lambda _: frozenset()
) -> list[Candidate]:
    """`candidates`, those of words and dealings without another side with the one their complement names."""
    return [_with_recipient(_without_own_means(c, around), around, ruled_out) for c in candidates]


def _without_own_means(one: Candidate, around: Surroundings) -> Candidate:
    """'mobilised troops against Graustark': the troops are what is moved, not whom it is against."""
    if one.pattern.type is not EventType.MOBILIZE:
        return one
    doc, armed = around.words.parse.doc, around.codebook.classes["armed"]
    return replace(one, targets=tuple(i for i in one.targets if doc[i].lemma_.lower() not in armed))


def _with_recipient(one: Candidate, around: Surroundings, ruled_out: RuledOut) -> Candidate:
    doc = around.words.parse.doc
    if one.pattern.type not in _OF_WORDS or not one.actors:
        return one
    if one.pattern.type in TOGETHER:
        found = _party_below(doc[one.head], one, around, ruled_out) if len(one.actors) == 1 else None
        return one if found is None else replace(one, actors=tuple(sorted((*one.actors, found.i))))
    if one.targets and not (one.pattern.type in _ON_THINGS and all(_is_thing(doc[i], around) for i in one.targets)):
        return one
    found = _party_below(doc[one.head], one, around, ruled_out)
    if found is None and not one.targets and one.pattern.type in _ON_THINGS:
        found = _thing(doc[one.head], one, around, ruled_out)
    return one if found is None else replace(one, targets=(found.i,))


def _is_thing(token: Token, around: Surroundings) -> bool:
    """'welcomed the decision of the council': a deed or thing is no side, where its own phrase names one."""
    return (
        not around.names(token)
        and token.pos_ == "NOUN"
        and token.lemma_.lower() not in around.codebook.classes["people"]
    )


def _party_below(trigger: Token, one: Candidate, around: Surroundings, ruled_out: RuledOut) -> Token | None:
    found = ((t, _side(t, one, around)) for t in _below(trigger) if t.i not in one.actors)
    sides = [(t, side) for t, side in found if side is not None and side.i not in one.actors]
    out = ruled_out(one) if sides else frozenset()
    somewhere = one.pattern.type not in TOGETHER
    meant = (s for t, s in sides if t.i in around.nation_tokens or s.i not in out or (somewhere and s.i != t.i))
    return next(meant, None)


def _below(trigger: Token) -> Iterator[Token]:
    """The words of the complement, level by level, left to right."""

    def follows(token: Token) -> bool:
        own = token.head.i == trigger.i
        before = own and token.i < trigger.i and token.dep_ in _ADVERBIALS  # 'In Strelsau, the king condemned'
        own_agent = own and token.dep_ == "agent"
        return token.dep_ not in _NOT_BELOW and not before and not own_agent and not _is_aside(token)

    for level in levels_below([trigger], depth=_DEEPEST, follows=follows):
        yield from level


def _is_aside(token: Token) -> bool:
    """', claiming that', 'after it left': a clause of circumstance, not what the words are about."""
    return token.dep_ in ("advcl", "parataxis") and (
        token.tag_ in ("VBD", "VBZ", "VBP") or (token.i > 0 and token.nbor(-1).text == ",")
    )


def _side(token: Token, one: Candidate, around: Surroundings) -> Token | None:
    """The head of the phrase that `token` makes a possible side of `one`; null where it makes none."""
    if token.i in around.time_tokens or token.i == one.head or token.i in one.trigger:
        return None
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    if token.i not in around.nation_tokens and token.i not in around.place_tokens:
        known = token.i in around.actor_tokens and token.dep_ not in _MODIFIERS
        return token if known and token.pos_ != "ADJ" else None
    named = _whole_place(token, around)
    if named is None or one.pattern.type in _SOMEWHERE or named.dep_ != "pobj" or named.head.lower_ in _TOWARDS:
        return named
    return named if token.i in around.nation_tokens and one.pattern.type not in TOGETHER else None


_MODIFIERS = frozenset({"compound", "amod", "nmod"})


def _whole_place(token: Token, around: Surroundings) -> Token | None:
    """The head of the place that a name is part of: 'New York', 'the Ruritanian border', 'the Selban mine'.

    A state stands for itself before anything else ('Ruritanian beef'), a place does not ('the Selban report').
    """
    if token.dep_ not in _MODIFIERS or token.i in around.actor_tokens or token.head.i in around.actor_tokens:
        return token
    lemma, classes = token.head.lemma_.lower(), around.codebook.classes
    if lemma in classes["territory"] or lemma in classes["buildings"] or token.head.i in around.place_tokens:
        return _whole_place(token.head, around)
    land = token.i in around.nation_tokens
    return token if land and (token.head.pos_ != "PROPN" or token.ent_type_ == "GPE") else None


def _thing(trigger: Token, one: Candidate, around: Surroundings, ruled_out: RuledOut) -> Token | None:
    objects = [c for c in trigger.children if c.dep_ in ("dobj", "nsubjpass") and c.pos_ in ("NOUN", "PROPN")]
    things = [c for c in objects if c.i not in one.trigger and c.i not in around.time_tokens]
    out = ruled_out(one) if things else frozenset()
    return next((c for c in things if c.i not in out), None)

"""Whom words are about: the other side of a promise, demand or censure where no slot of its verb names it.

In 'Ruritania agreed to lift a ban on Graustark's beef' the other side is Graustark, deep in what was agreed. PLOVER calls
it the recipient: whoever the words are aimed at or would bear on. It is looked for in the complement alone, the nearest
to the verb first, and only where the verb's own slots name nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.triggers import Candidate, Surroundings
from dateline.types import TOGETHER, EventType

_OF_WORDS = frozenset(
    {EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT, EventType.AGREE,
     EventType.CONCEDE, EventType.SANCTION, EventType.AID, EventType.MOBILIZE, EventType.COOPERATE}
)  # fmt: skip
_ON_THINGS = frozenset({EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT})
"""Types whose words may be aimed at a deed or a thing: 'condemned the attacks', 'rejected the plan'."""

_NOT_BELOW = frozenset({"nsubj", "nsubjpass", "csubj", "relcl", "punct", "aux", "auxpass", "neg", "mark", "agent", "cc"})
_DEEPEST = 7
_TOWARDS = frozenset({"to", "on", "against", "from", "of", "for", "with", "into", "toward", "towards", "over", "by"})
_VERBS = frozenset({"VERB", "AUX"})


def with_recipients(candidates: list[Candidate], around: Surroundings) -> list[Candidate]:
    """`candidates`, those of words and dealings without another side with the one their complement names."""
    return [_with_recipient(c, around) if _lacks_one(c) else c for c in candidates]


def _lacks_one(one: Candidate) -> bool:
    if one.pattern.type not in _OF_WORDS:
        return False
    return len(one.actors) == 1 if one.pattern.type in TOGETHER else bool(one.actors) and not one.targets


def _with_recipient(one: Candidate, around: Surroundings) -> Candidate:
    trigger = around.words.parse.doc[one.head]
    found = next((t for t in _below(trigger) if t.i not in one.actors and _is_party(t, one, around)), None)
    if found is None and one.pattern.type in _ON_THINGS:
        found = _thing(trigger, one, around)
    if found is None:
        return one
    if one.pattern.type in TOGETHER:
        return replace(one, actors=tuple(sorted((*one.actors, found.i))))
    return replace(one, targets=(found.i,))


def _below(trigger: Token) -> Iterator[Token]:
    """The words of the complement, level by level, left to right."""
    level = [trigger]
    for _ in range(_DEEPEST):
        level = [c for t in level for c in t.children if c.dep_ not in _NOT_BELOW and not _is_aside(c)]
        yield from level


def _is_aside(token: Token) -> bool:
    """'after the death', 'as part of': a clause or phrase of circumstance, not what the words are about."""
    return token.dep_ in ("advcl", "parataxis") and token.tag_ == "VBD"


def _is_party(token: Token, one: Candidate, around: Surroundings) -> bool:
    if token.i in around.time_tokens or token.i == one.head or token.i in one.trigger:
        return False
    if token.i in around.nation_tokens or token.i in around.place_tokens:
        return token.dep_ != "pobj" or token.head.lower_ in _TOWARDS or token.i in around.nation_tokens
    known = token.i in around.actor_tokens and token.dep_ not in ("compound", "amod", "nmod")
    return known and token.pos_ in ("NOUN", "PROPN")


def _thing(trigger: Token, one: Candidate, around: Surroundings) -> Token | None:
    objects = [c for c in trigger.children if c.dep_ in ("dobj", "nsubjpass") and c.pos_ in ("NOUN", "PROPN")]
    return next((c for c in objects if c.i not in one.trigger and c.i not in around.time_tokens), None)

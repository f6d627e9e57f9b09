"""What the networks judge: which words may tell an event, the outcomes there are, and the dense vectors of a word."""

from __future__ import annotations

from typing import cast

import numpy as np
from spacy.tokens import Token

from dateline.coding.scoring.network import Matrix, Meanings
from dateline.coding.scoring.signs import neighbours
from dateline.types import EventType

OUTCOMES = ("", *sorted(str(t) for t in EventType))
"""What a word may tell: nothing, or an event of a type."""

PARTIES = ("", "actor", "target")
"""What a phrase may be to an event."""

_EMPTY_VERBS = frozenset({"be", "have", "do", "say", "get", "seem", "become"})


def may_tell(token: Token, nouns: frozenset[str]) -> bool:
    """Whether `token` may tell an event at all: a verb, or a noun that is known to."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return token.dep_ != "amod" and lemma not in _EMPTY_VERBS
    return token.pos_ in ("NOUN", "PROPN") and lemma in nouns


def dense_of(token: Token, meanings: Meanings) -> Matrix:
    """The vector of a word that may tell an event: as the parser sees it, what it means, what stands around it means."""
    parts = [_seen(token), meanings.of(token.lemma_.lower())]
    parts += [meanings.of(t.lemma_.lower() if t is not None else None) for t in neighbours(token)]
    return np.concatenate(parts)


def dense_of_party(trigger: Token, party: Token, meanings: Meanings) -> Matrix:
    """The vector of a possible party beside its event's word."""
    return np.concatenate([_seen(party), meanings.of(party.lemma_.lower()), meanings.of(trigger.lemma_.lower())])


def _seen(token: Token) -> Matrix:
    return cast("Matrix", np.tanh(token.tensor / 4.0))

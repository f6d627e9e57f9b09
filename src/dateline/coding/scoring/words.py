"""What the networks judge: which words may tell an event, and the outcomes there are."""

from __future__ import annotations

from spacy.tokens import Token

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

"""Deeds that people only perceive or name: 'residents heard explosions', 'he called it an attack on civilians'.

Who hears a blast has not set it off, and what a thing is called is no second thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.coding.triggers import Candidate, governing_verb

_PERCEIVING = frozenset("hear see feel witness watch film record notice report describe survive escape flee".split())
_NAMING = frozenset("call describe brand label term denounce dub regard view".split())
_POINTING = frozenset({"it", "this", "that", "them", "these"})


def without_witnesses(candidates: Iterable[Candidate], doc: Doc) -> list[Candidate]:
    """The candidates, nouns without the actors who only perceived them, and without those that only name a deed."""
    return [_unwitnessed(one, doc) for one in candidates if not _is_a_name(doc[one.head])]


def _unwitnessed(one: Candidate, doc: Doc) -> Candidate:
    verb = governing_verb(doc[one.head]) if doc[one.head].pos_ == "NOUN" else None
    if verb is None or verb.lemma_.lower() not in _PERCEIVING:
        return one
    return replace(one, actors=tuple(i for i in one.actors if i > verb.i))  # 'heard shots fired by soldiers'


def _is_a_name(noun: Token) -> bool:
    """'called it an attack', 'described this as a massacre'."""
    if noun.pos_ != "NOUN":
        return False
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "as":
        above = above.head
    elif noun.dep_ not in ("oprd", "ccomp", "dobj", "attr", "xcomp"):
        return False
    if above.lemma_.lower() not in _NAMING:
        return False
    return any(t.lower_ in _POINTING for word in (above, noun) for t in word.children if t.i > above.i)

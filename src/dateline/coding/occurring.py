"""'The incident took place in Kar', 'It happened near the bridge': where the deed told before was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.lending import MATERIAL
from dateline.coding.triggers import Surroundings
from dateline.knowledge.happenings import Happenings
from dateline.language.locating import places_of
from dateline.types import PlaceKind, PlaceMention

_REACH = 3
"""Sentences back that such a sentence may speak of: farther off, other deeds have come between."""


def placed_where_it_happened(drafts: Sequence[Draft], around: Surroundings, words: Happenings) -> list[Draft]:
    """`drafts`, those without a place with the one that a sentence behind them says they happened at."""
    placed = list(drafts)
    for verb in _happenings(around, words):
        places = places_of(verb, around.places, around.words.parse)
        k = _last_before(verb, placed)
        if places and k is not None:
            placed[k] = replace(placed[k], places=places)
    return placed


def _happenings(around: Surroundings, words: Happenings) -> Iterator[Token]:
    """The verbs by which a deed told before is placed."""
    for token in around.words.parse.doc:
        if token.pos_ == "VERB" and happens(token, words) and _points_back(token, around, words):
            yield token


def happens(verb: Token, words: Happenings) -> bool:
    """'happened', 'took place'."""
    return words.tells(verb.lemma_, (c.lower_ for c in verb.children if c.dep_ in ("dobj", "prt")))


def _points_back(verb: Token, around: Surroundings, words: Happenings) -> bool:
    """'It happened', 'the attack took place'; not 'clashes took place in Kar', which tell a deed of their own."""
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        definite = any(c.dep_ in ("det", "poss") and c.lower_ != "a" for c in subject.children)
        noun = subject.lemma_.lower()
        if subject.lower_ in words.pronouns or (definite and (noun in words.nouns or noun in around.codebook.nouns)):
            return True
    return False


def _last_before(verb: Token, drafts: Sequence[Draft]) -> int | None:
    """The last deed told before, if it is near and nothing finer than a country places it."""
    before = [k for k, d in enumerate(drafts) if d.head < verb.i and d.type in MATERIAL and not d.background]
    last = max(before, key=lambda k: drafts[k].head, default=None)
    if last is None or not _is_open(drafts[last].places):
        return None
    between = verb.doc[drafts[last].head : verb.i]
    return last if sum(bool(t.is_sent_start) for t in between) <= _REACH else None


def _is_open(places: Sequence[PlaceMention]) -> bool:
    return all(p.place.kind is PlaceKind.COUNTRY for p in places)

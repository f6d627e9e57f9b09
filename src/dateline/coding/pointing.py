"""Places pointed at: 'burned down the village', 'shot them there' happened at the place named before.

A definite noun of place goes back to the last name of its kind, 'there' to the last place that is no country, 'this city'
to where the report was filed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.triggers import Surroundings
from dateline.language.place_words import PlaceWords
from dateline.types import PlaceKind, PlaceMention, PlaceUse

_POINTING = frozenset({"the", "this", "that", "same"})
_WHERE = frozenset(
    {"in", "at", "near", "on", "outside", "around", "inside", "into", "through", "across", "of", "against"}
)
_OTHER_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "conj", "parataxis", "appos", "nsubj", "poss"})
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.WATER, PlaceKind.PROVINCE})
_TOWNS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD})
_DEPTH = 4


def placed_by_pointing(draft: Draft, around: Surroundings, words: PlaceWords) -> Draft:
    """`draft`, if no name places it, with the place that a word of its clause goes back to."""
    if draft.places or draft.background:
        return draft
    head = around.words.parse.doc[draft.head]
    found = (_meant(token, around, words) for token in _below(head, _DEPTH))
    place = next((m for m in found if m is not None), None)
    return draft if place is None else replace(draft, places=(place,))


def _below(token: Token, depth: int) -> Iterator[Token]:
    """The words of a trigger's own clause that may say where: objects, and what prepositions of place govern."""
    for child in token.children:
        if child.dep_ in _OTHER_CLAUSES or (child.dep_ == "prep" and child.lower_ not in _WHERE):
            continue
        if child.dep_ in ("dobj", "pobj", "nsubjpass", "advmod"):
            yield child
        if depth:
            yield from _below(child, depth - 1)


def _meant(token: Token, around: Surroundings, words: PlaceWords) -> PlaceMention | None:
    before = [m for m in around.places if m.end <= token.idx and m.use is PlaceUse.PLACE]
    if token.lower_ == "there" and token.dep_ == "advmod":
        return next((m for m in reversed(before) if m.place.kind not in _WIDE), None)
    kind = words.after.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    pointing = {c.lower_ for c in token.children} & _POINTING
    if kind is None or not pointing or any(c.pos_ == "PROPN" for c in token.children):
        return None
    if "this" in pointing and kind is PlaceKind.SETTLEMENT and around.filed is not None:
        return around.filed
    return next((m for m in reversed(before) if _fits(m, kind, token.lemma_.lower())), None)


def _fits(mention: PlaceMention, kind: PlaceKind, noun: str) -> bool:
    """Whether a name can be what 'the base', 'the village' goes back to: of sites only one that is called so."""
    if kind is PlaceKind.SITE:
        return noun in mention.quote.lower().replace("airbase", "base").split()
    return mention.place.kind is kind or (kind in _TOWNS and mention.place.kind in _TOWNS)

"""Splitting: one trigger, several events: 'the attacks in Ban and on Kar', 'bombs went off in Ban and Kar'.

One claim is of one event. Places that are coordinated under one trigger, none of them inside another, are events apart.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.roles import slot
from dateline.coding.triggers import Surroundings
from dateline.language.parse import clean_name
from dateline.types import Place, PlaceKind, PlaceMention

_WHERE = ("in", "on", "at", "near", "against", "outside", "into")
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.PROVINCE})


def split(draft: Draft, around: Surroundings) -> list[Draft]:
    """`draft` itself, or one for each of the places its trigger coordinates."""
    trigger = around.words.parse.doc[draft.head]
    sites = _sites(trigger, around)
    if len(sites) < 2 or not _is_plural(trigger):
        return [draft]
    own = {token.i for token, _ in sites}
    return [
        replace(draft, places=_with_longer(place, around), targets=_targets(draft, token, own))
        for token, place in sites
    ]


def _targets(draft: Draft, token: Token, sites: set[int]) -> tuple[int, ...]:
    """The targets of the event at `token`: those that are no other event's place."""
    shared = tuple(t for t in draft.targets if t not in sites)
    hit = token.i in draft.targets or token.head.lower_ in ("on", "against", "at")
    return (token.i, *shared) if hit else shared


def _sites(trigger: Token, around: Surroundings) -> list[tuple[Token, PlaceMention]]:
    """The coordinated places of a trigger, with the tokens that head them; none if one lies in another."""
    found: list[tuple[Token, PlaceMention]] = []
    for preposition in _WHERE:
        for token in slot(trigger, preposition):
            place = _mention_of(token, around)
            if place is not None and place.place.kind not in _WIDE and all(place != p for _, p in found):
                found.append((token, place))
    prepositions = {t.head.i for t, _ in found if t.dep_ == "pobj"}
    joined = any(t.dep_ == "conj" for t, _ in found) or any(
        around.words.parse.doc[p].dep_ == "conj" for p in prepositions
    )
    return sorted(found, key=lambda pair: pair[0].i) if joined else []


def _mention_of(token: Token, around: Surroundings) -> PlaceMention | None:
    """The place that `token` names; a name that no gazetteer knows is one all the same."""
    known = next((p for p in around.words.places if p.start <= token.idx < p.end), None)
    if known is not None or token.pos_ != "PROPN":
        return known
    words = token.doc[token.left_edge.i : token.i + 1]
    quote = around.words.parse.text[words.start_char : words.end_char]
    return PlaceMention(start=words.start_char, end=words.end_char, quote=quote, place=Place(name=clean_name(quote)))


def _with_longer(place: PlaceMention, around: Surroundings) -> tuple[PlaceMention, ...]:
    """A place, and the one named before that it is short for: 'al-Balad' for 'the Al-Balad airbase'."""
    if place.place.country is not None:
        return (place,)
    short = place.quote.lower().replace("-", " ").split()[-1]
    before = (p for p in around.words.places if p.start < place.start and p.place.country is not None)
    meant = next((p for p in before if short in p.quote.lower().replace("-", " ").split()), None)
    return (place,) if meant is None else (meant, place)


def _is_plural(trigger: Token) -> bool:
    return trigger.pos_ == "VERB" or trigger.tag_ in ("NNS", "NNPS")

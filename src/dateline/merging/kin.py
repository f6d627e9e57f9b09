"""Whether two phrases are of one party: the same name, an office and its holder, two of one country, or strangers."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.merging.facts import Party
from dateline.merging.kinship import Words, names_match
from dateline.types import ActorKind

SAME_PARTY, KINDRED_PARTY, VAGUE_PARTY, OTHER_BODY, STRANGER = 2.0, 0.5, 0.5, -0.5, -1.0
"""The votes of a pair of parties; 0 is 'too vague to tell'."""


def kinship(some: Iterable[Party], others: Iterable[Party], words: Words, *, speaking: bool = False) -> float | None:
    """The best vote of any pair of parties; null where either side says nobody.

    `speaking`: they make statements; then 'the government' of no named country is anybody's.
    """
    others = tuple(others)
    votes = (
        min(kin(a, b, words), VAGUE_PARTY) if speaking and _any_country(a, b, words) else kin(a, b, words)
        for a in some
        for b in others
    )
    return max(votes, default=None)


def kin(one: Party, other: Party, words: Words) -> float:
    """The same party, one of the same country, one too vague to tell, or another (below 0)."""
    if same_party(one, other, words):
        return VAGUE_PARTY if one.vague and other.vague else SAME_PARTY
    if one.vague or other.vague:
        return 0.0
    if other_sites(one, other):
        return STRANGER
    if one.organs and other.organs and not one.organs & other.organs:
        return OTHER_BODY
    if _one_country(one, other):
        return _of_one_country(one, other)
    if one.proper and other.proper:
        return STRANGER
    return OTHER_BODY if _two_people(one, other) else 0.0


def _any_country(one: Party, other: Party, words: Words) -> bool:
    return _of_no_country(one, words) or _of_no_country(other, words)


def _of_no_country(party: Party, words: Words) -> bool:
    """'The government', 'officials': every country has them."""
    general = words.bodies | words.mouths | words.nameless | words.vague
    return not party.proper and party.actor.codes.country is None and party.words <= general


def _two_people(one: Party, other: Party) -> bool:
    """A mayor is not a priest, as far as neither has a name."""
    people = one.actor.kind is ActorKind.PERSON and other.actor.kind is ActorKind.PERSON
    return people and not one.proper and not other.proper


def _one_country(one: Party, other: Party) -> bool:
    return one.actor.codes.country is not None and one.actor.codes.country == other.actor.codes.country


def _of_one_country(one: Party, other: Party) -> float:
    """Tehran, its minister and its Guards may be one; a minister may be among the Guards; two ministers are two."""
    kinds = [one.actor.kind, other.actor.kind]
    if kinds.count(ActorKind.PERSON) == 2:
        return STRANGER if one.proper and other.proper else 0.0
    return 0.0 if ActorKind.PERSON in kinds and ActorKind.STATE not in kinds else KINDRED_PARTY


def same_party(one: Party, other: Party, words: Words) -> bool:
    """Whether two phrases are of one party: the same id, or most of the shorter name in common."""
    if one.actor.id is not None and other.actor.id is not None:
        return one.actor.id == other.actor.id
    if other_sites(one, other):
        return False
    if one.words and (one.words == other.words or names_match(one.words, other.words, words)):
        return True
    return _office(one, other) or _office(other, one)


def _office(one: Party, other: Party) -> bool:
    """Whether `one` is the office of `other`: 'the mayor' of 'Jane Doe, mayor of Orlu'."""
    return not one.proper and other.proper and bool(one.words) and one.words <= other.described


def other_sites(one: Party, other: Party) -> bool:
    """A mosque is not a market."""
    return bool(one.sites and other.sites) and not one.sites & other.sites

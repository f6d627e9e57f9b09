"""Where a statement was made when the text does not say: at the seat of who made it, a guess that is marked as one.

A mayor speaks in his town, a national government in the capital; others where the report was filed, if that is in their
country; a rebel group somewhere in its own. The evidence is the words that name or describe the speaker.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.packs import Packs
from dateline.knowledge.statements import Statements
from dateline.language.locating import says_where
from dateline.language.parse import phrase
from dateline.language.words import Words, opening_end
from dateline.text import evidence
from dateline.types import (
    Actor,
    ActorKind,
    Claim,
    Place,
    PlaceKind,
    PlaceMention,
    PlacePrecision,
    PlaceUse,
    Report,
    Span,
)

_TOWNS = (PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.DISTRICT)
_OWN = (PlaceUse.PLACE, PlaceUse.ADJECTIVE, PlaceUse.PART_OF_NAME)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A report with what is known around it: where it was filed, its country, the town of its first deed or its own."""

    report: Report
    words: Words
    knowledge: Packs
    filed: Place | None
    country: str | None
    town: Place | None


def with_seats(claims: Sequence[Claim], report: Report, words: Words, knowledge: Packs) -> list[Claim]:
    """`claims`, the statements among them that have no place with the seat of who made them."""
    statements = Statements.load(knowledge)
    desk = _desk(claims, report, words, knowledge)
    return [_seated(c, desk, statements) if c.place is None and statements.holds(c.type, c.mode) else c for c in claims]


def _desk(claims: Sequence[Claim], report: Report, words: Words, knowledge: Packs) -> _Desk:
    end = opening_end(report)
    filed = next((m.place for m in words.places if m.start < end and m.place.kind in _TOWNS), None)
    told = (c.place for c in claims if c.place is not None and not c.background)
    town = next((p for p in told if p.kind in _TOWNS and p.lat is not None), None)
    told_of = [m for m in words.places if m.start >= end]
    country = _home(told_of, filed)
    here = [m.place for m in told_of if m.place.country == country and says_where(m, words.parse)]
    return _Desk(report, words, knowledge, filed, country, town or _most_named(here))


def _most_named(places: Sequence[Place]) -> Place | None:
    """The town that a report names most, else the province; the first of several."""
    for kinds in (_TOWNS, (PlaceKind.PROVINCE,)):
        often = Counter(p.name for p in places if p.kind in kinds)
        if often:
            most = max(often, key=lambda name: often[name])
            return next(p for p in places if p.name == most and p.kind in kinds)
    return None


_FILED, _TOWN, _LAND = 2.0, 1.0, 0.5
"""What speaks for a country: a report filed from it, the name of a town of it, its own name or adjective."""


def _home(mentions: Iterable[PlaceMention], filed: Place | None) -> str | None:
    """The country (alpha-2) that a report is from or speaks of most; null where two are even."""
    votes: dict[str | None, float] = defaultdict(float)
    if filed is not None:
        votes[filed.country] += _FILED
    for m in mentions:
        votes[m.place.country] += _LAND if m.place.kind is PlaceKind.COUNTRY else _TOWN
    votes.pop(None, None)
    first = sorted(votes, key=lambda country: -votes[country])[:2]
    even = len(first) > 1 and votes[first[0]] == votes[first[1]]
    return first[0] if first and not even else None


def _seated(claim: Claim, desk: _Desk, statements: Statements) -> Claim:
    if not claim.actors:
        return claim
    actor = claim.actors[0]
    described = list(_described(actor, desk))
    place, said = _seat(actor, described, desk, statements)
    if place is None or not _belongs(place, claim, desk):
        return claim
    proof = evidence("place", desk.report.text, said.start, said.end)
    return replace(claim, place=replace(place, inferred=True), evidence=(*claim.evidence, proof))


def _belongs(place: Place, claim: Claim, desk: _Desk) -> bool:
    """What two countries say together is said in the one that the report was filed from, or nobody knows where."""
    known = _alpha2(desk.knowledge)
    lands = {known[a.codes.country] for a in claim.actors if a.codes.country in known}
    return len(lands) < 2 or (desk.filed is not None and place.country == desk.filed.country)


def _described(actor: Actor, desk: _Desk) -> Iterator[Span]:
    """The words that name and describe an actor, where it acts and where the report first names it."""
    yield Span(actor.start, actor.end)
    doc, at = desk.words.parse.doc, desk.report.text.find(actor.name)
    named = doc.char_span(at, at + len(actor.name), alignment_mode="expand") if at >= 0 else None
    if named is None:
        return
    root = named.root
    beside = [c for c in root.children if c.dep_ == "appos"] + ([root.head] if root.dep_ == "appos" else [])
    for token in (root, *beside):
        words = phrase(token)
        yield Span(words.start_char, words.end_char)


# ---------------------------------------------------------------- which seat
def _seat(actor: Actor, described: Sequence[Span], desk: _Desk, statements: Statements) -> tuple[Place | None, Span]:
    """The seat of an actor and the words that say so."""
    text = desk.report.text
    own = Span(actor.start, actor.end)
    for span in described:
        place = _own_place(span, desk)
        if place is not None:
            return place, span
    local = next((s for s in described if statements.is_local(text[s.start : s.end])), None)
    if local is not None:
        return _local_seat(desk), local
    return _wide_seat(actor, described, desk, statements), own


def _own_place(span: Span, desk: _Desk) -> Place | None:
    """The town or province that an actor's words name: 'the [Gao] governor', 'police in [Kar]'."""
    inside = [m.place for m in desk.words.places if span.start <= m.start and m.end <= span.end and m.use in _OWN]
    return next((p for p in inside if p.kind is not PlaceKind.COUNTRY and p.lat is not None), None)


def _local_seat(desk: _Desk) -> Place | None:
    """Where 'the mayor', 'the police' of a report are: in the town that it tells of, else where it was filed."""
    return desk.town or desk.filed


def _wide_seat(actor: Actor, described: Sequence[Span], desk: _Desk, statements: Statements) -> Place | None:
    text, role = desk.report.text, actor.codes.role
    country = _alpha2(desk.knowledge).get(actor.codes.country or "")
    national = any(statements.is_national(text[s.start : s.end]) for s in described)
    if role in statements.seated or national or actor.kind is ActorKind.STATE:
        return _capital(country or _country_of_namesake(actor, desk) or desk.country, desk.knowledge)
    if role in statements.unseated:
        return _land(country, desk.knowledge)
    here = desk.filed is not None and desk.filed.country == (country or desk.country)
    return desk.filed if here and (country is not None or actor.kind is ActorKind.PERSON) else None


_INSTITUTIONS = frozenset(
    {"government", "ministry", "minister", "army", "military", "parliament", "president", "premier"}
)


def _country_of_namesake(actor: Actor, desk: _Desk) -> str | None:
    """'The ministry' behind 'the Arian ministry of defence' is Aria's."""
    own = _INSTITUTIONS & set(re.findall(r"[a-z]+", f"{actor.name} {actor.quote}".lower()))
    before = [a for a in desk.words.actors if a.end <= actor.start and a.codes.country is not None]
    named = (a.codes.country for a in reversed(before) if own & set(re.findall(r"[a-z]+", a.quote.lower())))
    return _alpha2(desk.knowledge).get(next(named, None) or "")


# ---------------------------------------------------------------- countries and their capitals
@lru_cache(maxsize=4)
def _alpha2(knowledge: Packs) -> dict[str, str]:
    return {row["alpha3"]: row["alpha2"] for row in knowledge.rows("world/countries.csv")}


@lru_cache(maxsize=512)
def _capital(country: str | None, knowledge: Packs) -> Place | None:
    """The capital of a country (alpha-2) as a place."""
    name = next((r["capital"] for r in knowledge.rows("world/countries.csv") if r["alpha2"] == country), None)
    towns = [
        c for c in (Gazetteer.load(knowledge).lookup(name) if name else ())
        if c.country == country and c.kind is PlaceKind.SETTLEMENT
    ]  # fmt: skip
    if not towns:
        return None
    best = max(towns, key=lambda c: (c.capital, c.population))
    return Place(
        best.name, None, best.kind, country, best.admin1, best.lat, best.lon, PlacePrecision.CITY, best.geonames_id
    )


@lru_cache(maxsize=512)
def _land(country: str | None, knowledge: Packs) -> Place | None:
    """A country as a place: it has no point."""
    row = next((r for r in knowledge.rows("world/countries.csv") if r["alpha2"] == country), None)
    if row is None:
        return None
    return Place(row["name"], None, PlaceKind.COUNTRY, country, precision=PlacePrecision.COUNTRY)

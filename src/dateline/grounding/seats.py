"""Where a statement was made when the text does not say: at the seat of who made it, a guess that is marked as one.

A mayor speaks in his town, a national government in the capital; others where the report was filed, if that is in their
country; a rebel group somewhere in its own. The evidence is the words that name or describe the speaker.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.knowledge.countries import alpha2_of, as_town, capital, land
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.packs import Packs
from dateline.knowledge.statements import Statements
from dateline.language.locating import says_where
from dateline.language.parse import phrase
from dateline.language.words import Words, dateline_of
from dateline.text import evidence
from dateline.types import (
    Actor,
    ActorKind,
    Claim,
    Place,
    PlaceKind,
    PlaceMention,
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
    line = dateline_of(report)
    inside = [m.place for m in words.places if line.start <= m.start < line.end]
    filed = next((place for place in inside if place.kind in _TOWNS), None)
    told = (c.place for c in claims if c.place is not None and not c.background)
    town = next((p for p in told if p.kind in _TOWNS and p.lat is not None), None)
    told_of = [m for m in words.places if not line.start <= m.start < line.end]
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

_ENOUGH = 1.0
"""'The ministers deplored the trade barriers of Japan' says nothing of whose ministers they are."""


def _home(mentions: Iterable[PlaceMention], filed: Place | None) -> str | None:
    """The country (alpha-2) that a report is from or speaks of most; null where two are even, or one is named but once."""
    votes: dict[str | None, float] = defaultdict(float)
    if filed is not None:
        votes[filed.country] += _FILED
    for m in mentions:
        votes[m.place.country] += _LAND if m.place.kind is PlaceKind.COUNTRY else _TOWN
    votes.pop(None, None)
    first = sorted(votes, key=lambda country: -votes[country])[:2]
    even = len(first) > 1 and votes[first[0]] == votes[first[1]]
    return first[0] if first and not even and votes[first[0]] >= _ENOUGH else None


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
    known = alpha2_of(desk.knowledge)
    lands = {known.get(a.codes.country or "") for a in claim.actors} - {None}
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
    local = [s for s in described if statements.is_local(text[s.start : s.end])]
    named = ((_own_place(s, desk), s) for s in described)
    called = ((_town_called(s, actor, desk), s) for s in local)
    found = next(((place, s) for place, s in (*named, *called) if place is not None), None)
    if found is not None:
        return found
    if local:
        return desk.town or desk.filed, local[0]
    return _wide_seat(actor, described, desk, statements), Span(actor.start, actor.end)


def _own_place(span: Span, desk: _Desk) -> Place | None:
    """The town or province that an actor's words name: 'the [Gao] governor', 'police in [Kar]'."""
    inside = [m.place for m in desk.words.places if span.start <= m.start and m.end <= span.end and m.use in _OWN]
    return next((p for p in inside if p.kind is not PlaceKind.COUNTRY and p.lat is not None), None)


_OF_TOWN = re.compile(r"\b(?:of|in|for) ((?:[A-Z][\w'’-]+ ?){1,3})")
NOTED = 100_000
"""Inhabitants from which a town is meant by its name where nothing tells its country."""


def _town_called(span: Span, actor: Actor, desk: _Desk) -> Place | None:
    """'The mayor of [Kar]': a name that nothing but the office shows to be a place's."""
    named = _OF_TOWN.search(desk.report.text, span.start, span.end)
    if named is None:
        return None
    country = alpha2_of(desk.knowledge).get(actor.codes.country or "") or desk.country
    found = [c for c in Gazetteer.load(desk.knowledge).lookup(named[1].strip()) if c.kind is PlaceKind.SETTLEMENT]
    fitting = (c for c in found if c.country == country or (country is None and c.population >= NOTED))
    town = next(fitting, None)
    return as_town(town) if town is not None else None


def _wide_seat(actor: Actor, described: Sequence[Span], desk: _Desk, statements: Statements) -> Place | None:
    text, role = desk.report.text, actor.codes.role
    country = alpha2_of(desk.knowledge).get(actor.codes.country or "")
    if any(statements.is_abroad(text[s.start : s.end]) for s in described):
        return desk.filed
    national = any(statements.is_national(text[s.start : s.end]) for s in described)
    if country is None and role in statements.seated and not national and not _own_institution(actor):
        return desk.town or desk.filed
    if role in statements.seated or national or actor.kind is ActorKind.STATE:
        return capital(country or _country_of_namesake(actor, desk) or desk.country, desk.knowledge)
    if role in statements.unseated:
        return land(country, desk.knowledge)
    here = desk.filed is not None and desk.filed.country == (country or desk.country)
    named = role is None and actor.name[:1].isupper()
    if here and (country is not None or named or actor.kind is ActorKind.PERSON):
        return desk.filed
    return land(country, desk.knowledge)


_INSTITUTIONS = frozenset(
    {"government", "ministry", "minister", "army", "military", "parliament", "president", "premier"}
)


def _own_institution(actor: Actor) -> frozenset[str]:
    """The word by which an actor is one of its country's: 'the government'; 'the authorities' may be a town's."""
    return _INSTITUTIONS & set(re.findall(r"[a-z]+", f"{actor.name} {actor.quote}".lower()))


def _country_of_namesake(actor: Actor, desk: _Desk) -> str | None:
    """'The ministry' behind 'the Arian ministry of defence' is Aria's."""
    own = _own_institution(actor)
    before = [a for a in desk.words.actors if a.end <= actor.start and a.codes.country is not None]
    named = (a.codes.country for a in reversed(before) if own & set(re.findall(r"[a-z]+", a.quote.lower())))
    return alpha2_of(desk.knowledge).get(next(named, None) or "")

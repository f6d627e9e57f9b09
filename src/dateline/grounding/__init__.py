"""`ground`: what the words of a claim stand for: actors in the world, a place on the map, a time on the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.grounding.actors import ground_actors
from dateline.grounding.places import ground_place
from dateline.grounding.seats import with_seats
from dateline.grounding.times import ground_of_the_day, ground_time, is_of_the_day
from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.packs import Packs
from dateline.knowledge.statements import Statements
from dateline.language.times import TimeGrammar, deadline_in, find_times
from dateline.language.words import Words, words_of_report
from dateline.types import Basis, Claim, Report

__all__ = ["ground"]


def ground(claims: Iterable[Claim], report: Report, knowledge: Packs, *, words: Words | None = None) -> list[Claim]:
    """`claims` with what their words stand for; `words` saves finding the report's again."""
    listed = list(claims)
    if not listed:
        return []
    seen = words or words_of_report(report, knowledge)
    said = [_ground_one(c, report, seen, knowledge) for c in listed]
    deeds = Statements.load(knowledge).spoken_of
    dated = [
        ground_of_the_day(c, report, said[:k], seen.times, spoken_of=deeds) if is_of_the_day(c) else c
        for k, c in enumerate(said)
    ]
    return with_seats(dated, report, seen, knowledge)


def _ground_one(claim: Claim, report: Report, words: Words, knowledge: Packs) -> Claim:
    timed = ground_time(claim, report, words.times)
    if report.published.basis is Basis.INFERRED:
        timed = _leaning_on_its_day(timed, words, knowledge)
    placed = _marked(ground_place(timed, report, words.places), claim)
    return _with_deadline(ground_actors(placed, report, ActorLexicon.load(knowledge)), words)


def _marked(grounded: Claim, coded: Claim) -> Claim:
    """What the coder marked as inferred stays so marked."""
    time, place = grounded.time, grounded.place
    if time is not None and coded.time is not None and coded.time.inferred:
        time = replace(time, inferred=True)
    if place is not None and coded.place is not None and coded.place.inferred:
        place = replace(place, inferred=True)
    return replace(grounded, time=time, place=place)


def _leaning_on_its_day(claim: Claim, words: Words, knowledge: Packs) -> Claim:
    """A claim of a report whose day is inferred: so is its time, unless its words give it without that day."""
    open_time = find_times(words.parse, published=None, grammar=TimeGrammar.load(knowledge))
    said = {(m.start, m.end) for m in open_time if m.first is not None}
    alone = any((e.start, e.end) in said for e in claim.evidence if e.field == "time")
    return claim if claim.time is None or alone else replace(claim, time=replace(claim.time, inferred=True))


def _with_deadline(claim: Claim, words: Words) -> Claim:
    asked = next((e for e in claim.evidence if e.field == "demand"), None)
    if claim.demand is None or asked is None:
        return claim
    return replace(claim, demand=replace(claim.demand, deadline=deadline_in(words.times, asked.start, asked.end)))

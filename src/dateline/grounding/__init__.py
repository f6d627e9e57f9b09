"""`ground`: what the words of a claim stand for: actors in the world, a place on the map, a time on the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.grounding.actors import ground_actors
from dateline.grounding.places import ground_place
from dateline.grounding.seats import with_seats
from dateline.grounding.times import ground_time
from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.packs import Packs
from dateline.language.times import deadline_in
from dateline.language.words import Words, words_of_report
from dateline.types import Claim, Report

__all__ = ["ground"]


def ground(claims: Iterable[Claim], report: Report, knowledge: Packs, *, words: Words | None = None) -> list[Claim]:
    """`claims` with what their words stand for; `words` saves finding the report's again."""
    listed = list(claims)
    if not listed:
        return []
    seen = words or words_of_report(report, knowledge)
    return with_seats([_ground_one(c, report, seen, knowledge) for c in listed], report, seen, knowledge)


def _ground_one(claim: Claim, report: Report, words: Words, knowledge: Packs) -> Claim:
    timed = ground_time(claim, report, words.times)
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


def _with_deadline(claim: Claim, words: Words) -> Claim:
    asked = next((e for e in claim.evidence if e.field == "demand"), None)
    if claim.demand is None or asked is None:
        return claim
    return replace(claim, demand=replace(claim.demand, deadline=deadline_in(words.times, asked.start, asked.end)))

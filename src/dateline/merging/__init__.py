"""merge: gather the claims of one event across reports, and settle what they say of it.

Claims of one type are gathered by day, place, parties and words (`likeness`); speakers are counted once however many
print them (`speakers`); denials, rival tolls and withdrawals make the status (`status`). Nothing is averaged: each
speaker's newest toll stands beside the others'. The outcome is a function of claims, reports and decisions alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.knowledge.packs import Packs
from dateline.knowledge.wording import Wording
from dateline.merging.deciding import Group, Held, decide, with_corrections
from dateline.merging.explaining import reasons
from dateline.merging.facts import Facts, facts
from dateline.merging.gathering import gather
from dateline.merging.kinship import TypeManner, Words, load_manners, load_words
from dateline.merging.likeness import Gathering
from dateline.merging.settling import (
    is_lent,
    modality,
    resting,
    settled_date,
    settled_harm,
    settled_parties,
    settled_says,
)
from dateline.merging.speakers import voices
from dateline.merging.status import (
    Note,
    independent_sources,
    status,
    takes_back,
    withdrawing_notes,
    withdrawn_claims,
)
from dateline.merging.summary import summary
from dateline.merging.versions import current, later_versions, with_versions
from dateline.merging.where import Atlas, atlas, settled_place
from dateline.text import event_id
from dateline.types import Claim, Decision, Event, EventType, Problem, Reason, Report

__all__ = ["Merged", "explain", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The claims, each with the id of its event (background: null), and the events, by date and id.

    `problems`: decisions that do not fit what is there.
    """

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...] = ()


def merge(
    claims: Iterable[Claim],
    reports: Iterable[Report],
    decisions: Iterable[Decision] = (),
    *,
    knowledge: Packs | None = None,
) -> Merged:
    """The events that `claims` of `reports` are about, as `decisions` have it, which name claims as they are in `claims`.

    A claim of a report that is not among `reports` raises `LookupError`.
    """
    packs = knowledge or Packs()
    given = list(claims)
    events = _gathered(given, list(reports), packs)
    known = atlas(one.claim.place for event in events for one in event.members)
    settled = settle((event.members for event in events), decisions, known, packs)
    home = {claim: event.id for event in settled.events for claim in event.claims}
    return replace(settled, claims=tuple(replace(claim, event=home.get(claim.id)) for claim in given))


def settle(groups: Iterable[Group], decisions: Iterable[Decision], known: Atlas, packs: Packs) -> Merged:
    """The events of `groups` of claims, as `decisions` have them; `known`: where places of their names lie.

    What it gives has no claims: they are the groups'.
    """
    words, manners, wording = load_words(packs), load_manners(packs), Wording.load(packs)
    decided = decide(groups, decisions)
    made = [with_corrections(_settled(held, manners, words, known), held, packs) for held in decided.events]
    settled = [replace(e, summary=summary(_without_seat(e, manners[e.type]), wording)) for e, _ in made]
    return Merged(
        claims=(),
        events=tuple(sorted(settled, key=lambda e: (e.date or ("9999",), e.id))),
        problems=(*decided.problems, *(problem for _, problems in made for problem in problems)),
    )


def _without_seat(event: Event, manner: TypeManner) -> Event:
    """The event as its sentence tells it: the seat of who made a statement is a guess that a sentence cannot mark."""
    guessed = manner.told and event.place is not None and event.place.inferred
    return replace(event, place=None) if guessed else event


def explain(
    event: Event,
    claims: Iterable[Claim],
    reports: Iterable[Report],
    decisions: Iterable[Decision] = (),
    *,
    knowledge: Packs | None = None,
) -> tuple[Reason, ...]:
    """Why the claims of `event` are one event: gathered again from what `merge` was given, each with its reasons."""
    packs, given = knowledge or Packs(), list(claims)
    wanted = {claim.type for claim in given if claim.id in event.claims}
    gathered = _gathered([claim for claim in given if claim.type in wanted], list(reports), packs)
    return reasons(event, gathered, decisions, packs)


def _gathered(claims: Sequence[Claim], reports: Sequence[Report], packs: Packs) -> list[Gathering]:
    """The claims that are no background, gathered by likeness alone."""
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.report].append(claim)
    by_id = {report.id: report for report in reports}
    for key in told:
        if key not in by_id:
            raise LookupError(f"claim {told[key][0].id} is of report {key}, which is not among the reports given")
    words, chains = load_words(packs), later_versions(reports)
    notes = withdrawing_notes(reports, words)
    read = [one for key in told for one in read_facts(told[key], by_id[key], chains.get(key, ()), notes, packs)]
    return gather(read, load_manners(packs), words)


def read_facts(
    claims: Iterable[Claim], report: Report, later: Sequence[Report], notes: Iterable[Note], packs: Packs
) -> list[Facts]:
    """What merge sees of the claims of one report that are no background.

    `later`: the later versions of its page, the newest last; `notes`: those by which its publisher may take them back.
    """
    words = load_words(packs)
    news = [claim for claim in claims if not claim.background]
    versioned = with_versions(facts(news, report, words), later, words) if news else []
    return [replace(one, withdrawn=any(takes_back(note, one) for note in notes)) for one in versioned]


def id_of(group: Group) -> str:
    """The id of the event of these claims: of the one that was told first, so that it stays when others tell it too."""
    first = min(group, key=_as_told)
    return event_id(first.claim.id)


def _as_told(one: Facts) -> tuple[object, ...]:
    """Earlier reports first, undated ones last, each in the order of its text; whatever was read first."""
    told = one.told if one.told is not None else 10**7
    return told, one.report.published.start or "", one.report.id, one.offset, one.claim.id


def _settled(held: Held, manners: Mapping[EventType, TypeManner], words: Words, known: Atlas) -> Event:
    claims = sorted(held.group, key=lambda one: (one.told or 0, one.report.id, one.offset, one.claim.id))
    standing = current(claims)
    speaking = voices(standing, manners[claims[0].claim.type], words)
    withdrawn = withdrawn_claims(claims)
    base = resting(standing)
    when, precision = settled_date(base)
    harm = settled_harm(speaking, words)
    return Event(
        id=id_of(held.group),
        summary="",
        type=claims[0].claim.type,
        mode=_most([one.claim.mode for one in base]),
        context=tuple(sorted({word for one in base for word in one.claim.context})),
        modality=modality(standing, withdrawn),
        date=when,
        precision=precision,
        place=settled_place(base, known),
        actors=settled_parties([one.actors for one in base], words),
        targets=settled_parties([one.targets for one in base], words),
        harm=harm,
        says=settled_says(speaking),
        status=status(speaking, harm, withdrawn, standing, words),
        independent_sources=independent_sources(speaking, withdrawn),
        reports=tuple(sorted({one.report.id for one in claims})),
        claims=tuple(sorted(one.claim.id for one in claims)),
        first_reported=_first_reported(claims),
        review=held.review,
        date_inferred=is_lent(base, when),
    )


def _most(modes: Sequence[str | None]) -> str | None:
    known = [mode for mode in modes if mode is not None]
    return min(set(known), key=lambda mode: (-known.count(mode), mode), default=None)


def _first_reported(claims: Iterable[Facts]) -> str | None:
    dates = [one.report.published.start for one in claims if one.report.published.start]
    return min(dates, key=lambda written: (written[:10], written), default=None)

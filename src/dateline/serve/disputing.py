"""A disputed event: what is disputed of it, who says what in which words, and how its tolls changed from day to day.

What makes an event disputed is the business of `merging`; here it is told apart by what the event's speakers say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.serve.tolling import counting
from dateline.types import About, Claim, Event, EventHarm, Evidence, HarmKind, Report, Says, Stance

AGAINST = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.DISCLAIMS_RESPONSIBILITY})
FOR = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.CLAIMS_RESPONSIBILITY})
LONGEST = 280
"""Characters of the words that are shown of a claim."""
CLAIMS_LOOKED_AT = 8
"""Claims of a stance, and of a toll, that are looked at: the others print the same."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a speaker says: the stance, about what, the claim that says so last, the report and its exact words."""

    says: Says
    claim: Claim
    report: Report | None
    words: Evidence | None
    day: str | None
    others: int
    """Claims besides that say the same."""

    @property
    def is_against(self) -> bool:
        """Whether it speaks against what others say."""
        return self.says.stance in AGAINST

    @property
    def is_taken_back(self) -> bool:
        """Whether a publisher takes back what it told: the words are those that it takes back."""
        return self.is_against and self.claim.stance not in AGAINST


@dataclass(frozen=True, slots=True)
class Side:
    """One speaker (null: the reports' own voice), with all that he or she says of the event."""

    speaker: str | None
    words: Sequence[Word]
    tolls: Sequence[EventHarm]

    @property
    def is_against(self) -> bool:
        """Whether any of it speaks against what others say."""
        return any(word.is_against for word in self.words)


@dataclass(frozen=True, slots=True)
class Told:
    """A toll as one report told it on a day (null: the report has none)."""

    day: str | None
    speaker: str | None
    kind: HarmKind
    low: int | None
    high: int | None
    report: Report | None
    words: Evidence | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed event: what is disputed in words, the speakers, those who speak against others last, and the tolls."""

    event: Event
    matters: Sequence[str]
    sides: Sequence[Side]
    tolls: Sequence[Told]
    days: Mapping[str, str]


def looked_at(event: Event) -> list[str]:
    """The claims that a dispute is told by."""
    told = [*(one.claims for one in event.says), *(one.claims for one in event.harm)]
    return list(dict.fromkeys(claim for claims in told for claim in claims[:CLAIMS_LOOKED_AT]))


def dispute_of(event: Event, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> Dispute:
    """What is disputed of an event, by the claims of `looked_at` and their reports."""
    own = [claims[one] for one in looked_at(event) if one in claims]
    days = {one.id: day for one in own if (day := _day(reports.get(one.report)))}
    return Dispute(event, matters(event, claims), _sides(event, claims, reports), _told(event, own, reports), days)


# ---------------------------------------------------------------- what is disputed
def matters(event: Event, claims: Mapping[str, Claim]) -> list[str]:
    """'whether it happened', 'who did it', 'the toll': what speakers do not agree on, as far as that is told."""
    against = [one for one in event.says if one.stance in AGAINST]
    taken_back = [one for one in against if _is_taken_back(one, claims)]
    denied = [one for one in against if one not in taken_back]
    told = (
        ("whether it happened", _is_denied(denied, About.EVENT)),
        ("who did it", _is_denied(denied, About.ACTOR) or _has_rivals(event, claims)),
        ("the toll", _is_denied(denied, About.HARM) or _have_no_toll_in_common(event.harm)),
        ("what its publisher took back", bool(taken_back)),
    )
    return [matter for matter, is_so in told if is_so]


def _is_denied(says: Iterable[Says], about: About) -> bool:
    return any(one.stance in (Stance.DENIES, Stance.DOUBTS) and one.about is about for one in says)


def _is_taken_back(says: Says, claims: Mapping[str, Claim]) -> bool:
    """Whether all that a denial rests on are claims that assert: their publisher withdrew them."""
    known = [claims[one] for one in says.claims if one in claims]
    return bool(known) and all(claim.stance not in AGAINST for claim in known)


def _has_rivals(event: Event, claims: Mapping[str, Claim]) -> bool:
    """Whether someone disclaims it, several say that they did it, or speakers name strangers."""
    disclaimed = any(one.stance is Stance.DISCLAIMS_RESPONSIBILITY for one in event.says)
    claiming = {one.speaker for one in event.says if one.stance is Stance.CLAIMS_RESPONSIBILITY}
    return disclaimed or len(claiming) > 1 or _name_strangers(event, claims)


def _name_strangers(event: Event, claims: Mapping[str, Claim]) -> bool:
    """Whether two speakers name actors who have neither name nor country in common."""
    named: defaultdict[str | None, set[tuple[str, str]]] = defaultdict(set)
    for says in event.says:
        for claim in (claims[one] for one in says.claims if one in claims and says.stance in FOR):
            named[says.speaker] |= {(actor.id or actor.name, actor.codes.country or "") for actor in claim.actors}
    return any(_are_strangers(one, other) for one, other in combinations(named.values(), 2))


def _are_strangers(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    if not one or not other:
        return False
    countries = [{country for _, country in names} for names in (one, other)]
    known = all("" not in held for held in countries)
    return known and not countries[0] & countries[1] and not {n for n, _ in one} & {n for n, _ in other}


def _have_no_toll_in_common(harm: Sequence[EventHarm]) -> bool:
    """Whether two speakers give tolls of one kind whose ranges do not meet."""
    return any(
        one.said_by != other.said_by and not _meet(one, other)
        for kind in {one.kind for one in harm}
        for one, other in combinations(counting(harm, kind), 2)
    )


def _meet(one: EventHarm, other: EventHarm) -> bool:
    high = min(float("inf") if toll.high is None else toll.high for toll in (one, other))
    return max(one.low or 0, other.low or 0) <= high


# ---------------------------------------------------------------- who says what
def _sides(event: Event, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> list[Side]:
    by: defaultdict[str | None, list[Word]] = defaultdict(list)
    for says in event.says:
        word = _word(says, claims, reports)
        if word is not None:
            by[says.speaker].append(word)
    sides = [
        Side(speaker, words, [one for one in event.harm if one.said_by == speaker]) for speaker, words in by.items()
    ]
    return sorted(sides, key=lambda side: side.is_against)


def _word(says: Says, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> Word | None:
    """The newest claim of a stance, one that takes it itself, gives a toll and is no copy before others."""
    held = [claims[one] for one in says.claims[:CLAIMS_LOOKED_AT] if one in claims]
    if not held:
        return None

    def standing(claim: Claim) -> tuple[bool, bool, bool, str, str]:
        report, own = reports.get(claim.report), claim.stance is says.stance
        return own, bool(claim.harm), report is not None and report.copy_of is None, _day(report) or "", claim.id

    newest = max(held, key=standing)
    report = reports.get(newest.report)
    words = words_of(newest, report) if report else None
    return Word(says, newest, report, words, _day(report), len(says.claims) - 1)


def words_of(claim: Claim, report: Report) -> Evidence | None:
    """The words of a report from the first to the last that a claim rests on, as far as they stand in one passage."""
    anchor = next((one for one in claim.evidence if one.field == "type"), claim.evidence[0] if claim.evidence else None)
    if anchor is None:
        return None
    inside = next((p for p in report.passages if p.start <= anchor.start < p.end), None)
    low, high = (inside.start, inside.end) if inside else (anchor.start, anchor.end)
    start, end = anchor.start, anchor.end
    for one in sorted(claim.evidence, key=lambda one: abs(one.start - anchor.start)):
        reach = min(start, one.start), max(end, one.end)
        if low <= reach[0] and reach[1] <= high and reach[1] - reach[0] <= LONGEST:
            start, end = reach
    return Evidence("words", start, end, report.text[start:end])


def _day(report: Report | None) -> str | None:
    return report.published.start[:10] if report and report.published.start else None


# ---------------------------------------------------------------- tolls over time
def _told(event: Event, claims: Sequence[Claim], reports: Mapping[str, Report]) -> list[Told]:
    """Each toll as it was told, copies left out, by day; those without a day last."""
    speaker = {claim: one.said_by for one in event.harm for claim in one.claims}
    speaker |= {claim: one.speaker for one in event.says for claim in one.claims if claim not in speaker}
    rows = [
        Told(_day(report), speaker.get(claim.id), toll.kind, toll.low, toll.high, report, words_of(claim, report))
        for claim in claims
        if (report := reports.get(claim.report)) is not None and report.copy_of is None
        for toll in claim.harm
    ]
    return sorted(rows, key=lambda one: (one.day or "~", one.kind.value, one.speaker or "", one.low or 0))

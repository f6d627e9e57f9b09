"""On what an event rests: its independent sources, whether they dispute it, whether what it rested on was withdrawn.

RECORD.md is the contract. A speaker counts once however many print it; a claim of responsibility counts; a denier does
not. A report's own voice counts only where no speaker of its wire asserts the event: as an observer if the report was
written on the spot, else the own voices together count as one where there is nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.merging.facts import Facts, Teller, ordinal
from dateline.merging.kinship import Words, names_match, plain, same_word
from dateline.merging.speakers import Voice
from dateline.types import WITHDRAWN_WITHIN, About, EventHarm, HarmKind, PassageKind, Report, Stance, Status

_RISING = frozenset({HarmKind.KILLED, HarmKind.INJURED, HarmKind.DISPLACED, HarmKind.DAMAGED, HarmKind.DESTROYED})
"""Tolls that grow as the dead are found: a later, higher one contradicts nobody."""


def independent_sources(speaking: Sequence[Voice], withdrawn: Collection[str]) -> int:
    """How many speakers or observers the event rests on."""
    standing = [v for v in speaking if any(one.asserting and one.claim.id not in withdrawn for one in v.claims)]
    named = [v for v in standing if v.name is not None]
    spoken_for = {one.wire for v in named for one in v.claims if one.asserting}
    own = [v for v in standing if v.name is None and v.wire not in spoken_for]
    observers = sum(any(_on_the_spot(one) for one in v.claims) for v in own)
    count = sum(v.heads for v in named) + observers
    if count or not speaking:
        return count
    return 0 if not own and _all_withdrawn(speaking, withdrawn) else 1


def _all_withdrawn(speaking: Iterable[Voice], withdrawn: Collection[str]) -> bool:
    asserted = [one.claim.id for v in speaking for one in v.claims if one.asserting]
    return bool(asserted) and all(key in withdrawn for key in asserted)


def _on_the_spot(one: Facts) -> bool:
    """Whether the report is datelined where the event was."""
    line, place = one.report.dateline, one.claim.place
    if line is None or line.place is None or place is None:
        return False
    town = plain(line.place.split(",")[0])
    return town in (plain(place.name), plain(place.within or ""))


def status(
    speaking: Sequence[Voice],
    harm: Sequence[EventHarm],
    withdrawn: Collection[str],
    claims: Sequence[Facts],
    words: Words,
) -> Status:
    """The word for how well the event stands."""
    if _all_withdrawn(speaking, withdrawn):
        return Status.RETRACTED
    if (
        _denied(speaking)
        or _rival_claims(speaking)
        or _rival_authors(speaking, words)
        or _rival_tolls(harm, claims, words)
    ):
        return Status.DISPUTED
    return Status.CORROBORATED if independent_sources(speaking, withdrawn) > 1 else Status.SINGLE_SOURCE


def _denied(speaking: Iterable[Voice]) -> bool:
    """Whether anyone denies or doubts it, or disclaims what others lay at his door."""
    return any(v.denying for v in speaking)


def _rival_claims(speaking: Iterable[Voice]) -> bool:
    claiming = [v for v in speaking if any(one.claim.stance is Stance.CLAIMS_RESPONSIBILITY for one in v.claims)]
    return len(claiming) > 1


def _rival_authors(speaking: Sequence[Voice], words: Words) -> bool:
    """Whether two speakers name two different authors who have neither name nor country in common."""
    return any(_other_author(a, b, words) for a, b in combinations([v for v in speaking if v.asserting], 2))


def _other_author(one: Voice, other: Voice, words: Words) -> bool:
    mine, theirs = ([p for f in v.claims if f.asserting for p in f.actors] for v in (one, other))
    if not mine or not theirs or any(not p.proper or p.vague for p in (*mine, *theirs)):
        return False
    return all(_stranger(a.words, b.words, words) and _abroad(a.actor.codes.country, b.actor.codes.country)
               for a in mine for b in theirs)  # fmt: skip


def _stranger(one: frozenset[str], other: frozenset[str], words: Words) -> bool:
    return not names_match(one, other, words)


def _abroad(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


# ---------------------------------------------------------------- tolls that cannot both be right
def _rival_tolls(harm: Sequence[EventHarm], claims: Sequence[Facts], words: Words) -> bool:
    told = {one.claim.id: one.told for one in claims}
    return any(_contradict(a, b, told, words) for a, b in combinations(harm, 2))


def _contradict(one: EventHarm, other: EventHarm, told: dict[str, int | None], words: Words) -> bool:
    if one.kind is not other.kind or one.said_by == other.said_by or one.part or other.part:
        return False
    comparable = same_group(one.who, other.who, words) or any(_spares_all(harm, words) for harm in (one, other))
    return comparable and not _meet(one, other) and not _risen(one, other, told)


def _spares_all(harm: EventHarm, words: Words) -> bool:
    """'Nobody was killed': a toll of none that leaves no group out meets every count of people."""
    return harm.high == 0 and not words.content(harm.who or "") - words.anyone - words.pronouns


def _meet(one: EventHarm, other: EventHarm) -> bool:
    """Whether the ranges meet: 'at least 9' meets 12."""
    low, high = max(one.low or 0, other.low or 0), min(_high(one), _high(other))
    return low <= high


def _high(harm: EventHarm) -> float:
    return float("inf") if harm.high is None else harm.high


def _risen(one: EventHarm, other: EventHarm, told: dict[str, int | None]) -> bool:
    """Whether the higher toll may be of a later day: undated reports are given the benefit of the doubt."""
    lower, higher = sorted((one, other), key=lambda h: h.low or 0)
    if one.kind not in _RISING or not lower.low:
        return False
    before, after = _newest(lower, told), _newest(higher, told)
    return before is None or after is None or before < after


def _newest(harm: EventHarm, told: dict[str, int | None]) -> int | None:
    return max((d for d in (told.get(key) for key in harm.claims) if d is not None), default=None)


def same_group(one: str | None, other: str | None, words: Words) -> bool:
    """Whether two tolls are of the same people; one that does not say of whom is compared only with its like."""
    mine, theirs = (words.content(who or "") - words.anyone - words.pronouns for who in (one, other))
    return any(same_word(a, b, words) for a in mine for b in theirs) or mine == theirs


def may_be_one_group(one: str | None, other: str | None, words: Words) -> bool:
    """The same for the tolls of one speaker, who may say 'nine' of the soldiers just spoken of."""
    says = [words.content(who or "") - words.anyone - words.pronouns for who in (one, other)]
    return not all(says) or same_group(one, other, words)


# ---------------------------------------------------------------- what a publisher takes back
@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note by which `report` takes something back, as `words`."""

    report: Teller
    words: frozenset[str]


def withdrawing_notes(reports: Iterable[Report], words: Words) -> list[Note]:
    """The notes of `reports` that take something back; one that mends a spelling does not."""
    return [
        Note(Teller.of(report), words.content(note))
        for report in reports
        for p in report.passages
        if p.kind is PassageKind.NOTE and words.withdrawal.search(note := report.text[p.start : p.end])
    ]


def withdrawn_claims(claims: Sequence[Facts]) -> frozenset[str]:
    """The claims of one event that their own publisher has taken back, in a note or by denying it in its own voice."""
    asserting = {one.report.id for one in claims if one.asserting}
    gone = {one.claim.id for one in claims if one.withdrawn or (one.dropped and not one.later & asserting)}
    for denial in claims:
        if denial.claim.stance is Stance.DENIES and denial.claim.about is About.EVENT and _own_voice(denial):
            gone |= {one.claim.id for one in claims if one.asserting and _earlier_of(denial.report, one)}
    return frozenset(gone)


def _own_voice(one: Facts) -> bool:
    """Whether the report speaks, or its publisher by name."""
    name, house = one.claim.speaker.name, one.report.publisher
    return name is None or (house is not None and plain(name) == plain(house))


def takes_back(note: Note, one: Facts) -> bool:
    """Whether `note` speaks of the target of an earlier claim of the same publisher."""
    if not one.asserting or not _earlier_of(note.report, one):
        return False
    return any(party.words and party.words <= note.words for party in one.targets)


def _earlier_of(report: Teller, one: Facts) -> bool:
    """Whether `report` is a later version of the claim's report, or came from the same publisher soon after."""
    earlier = one.report
    if report.id in one.later:
        return True
    same_house = report.publisher is not None and report.publisher == earlier.publisher
    return same_house and earlier.id != report.id and _soon_after(ordinal(report.published.start), one.told)


def _soon_after(noted: int | None, told: int | None) -> bool:
    """What has no day may be of any; a note without one speaks of what has none."""
    if told is None or noted is None:
        return told is None
    return 0 <= noted - told <= WITHDRAWN_WITHIN

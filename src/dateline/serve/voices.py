"""Who says what of one event: its claims in the order of telling, each with its speaker, its day and its quotes.

Speakers are called as the event calls them, so that one speaker has one name on a page; in its own voice a report is
'the reports'. What they say field by field is told by `fields` and `harm`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.phrasing import OWN_VOICE, toll
from dateline.store.looking import Imprint
from dateline.types import Claim, Event, EventHarm, Evidence, Says, SpeakerKind, Stance

DISPUTING = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.DISCLAIMS_RESPONSIBILITY})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report. `claim`: the id of the claim that rests on them."""

    evidence: Evidence
    report: str
    claim: str


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim with who speaks and when it was told. `day`: ISO, null where it is not known; `copied`: by a copy."""

    claim: Claim
    speaker: str
    day: str | None
    copied: bool

    def quotes(self, field: str, start: int = 0, end: int | None = None) -> list[Quote]:
        """The words that a field rests on, those that overlap characters `start` to `end`, in the order of the text."""
        held = {one for one in self.claim.evidence if one.field == field and _overlaps(one, start, end)}
        ordered = sorted(held, key=lambda one: (one.start, one.end))
        return [Quote(one, self.claim.report, self.claim.id) for one in ordered]


def _overlaps(one: Evidence, start: int, end: int | None) -> bool:
    return one.end > start and (end is None or one.start < end)


def voiced(event: Event, claims: Iterable[Claim], imprints: Mapping[str, Imprint]) -> list[Voiced]:
    """The claims of an event in the order of telling: originals before copies, by day, report and place in its text."""
    names = _names(event)
    found = [_voiced(claim, imprints.get(claim.report), names) for claim in claims]
    return sorted(found, key=_telling)


def _voiced(claim: Claim, imprint: Imprint | None, names: Mapping[tuple[str, str, str], str]) -> Voiced:
    speaker = names.get((claim.id, claim.stance, claim.about)) or own_name(claim)
    return Voiced(claim, speaker, imprint.day if imprint else None, bool(imprint and imprint.copy_of))


def _names(event: Event) -> dict[tuple[str, str, str], str]:
    """Claim, stance and subject -> the speaker; an outlet that took a claim back denies it and did not speak it."""
    return {(claim, says.stance, says.about): says.speaker or OWN_VOICE for says in event.says for claim in says.claims}


def own_name(claim: Claim) -> str:
    """The speaker as the claim itself has it."""
    return (claim.speaker.name if claim.speaker.kind is not SpeakerKind.REPORT else None) or OWN_VOICE


def _telling(one: Voiced) -> tuple[object, ...]:
    return one.copied, one.day or "~", one.claim.report, first_place(one.claim), one.claim.id


def first_place(claim: Claim) -> int:
    """Where in its report the words stand that say what happened."""
    return min((one.start for one in claim.evidence if one.field == "type"), default=0)


# ---------------------------------------------------------------- side by side
@dataclass(frozen=True, slots=True)
class Stand:
    """A stance that a speaker takes: the tolls and words given in taking it, the days of the first and the newest word.

    `taken_back`: it is an outlet that withdrew what it had told; the words are those that it told, the day is not known.
    """

    says: Says
    speaker: str
    first: str | None
    newest: str | None
    tolls: tuple[str, ...]
    quotes: tuple[Quote, ...]
    taken_back: bool

    @property
    def disputing(self) -> bool:
        """Whether it speaks against the event, its author or its harm."""
        return self.says.stance in DISPUTING


def stands(event: Event, told: Sequence[Voiced]) -> list[Stand]:
    """Every stance on the event, by the day of its first word; that of the reports themselves last."""
    by_id = {one.claim.id: one for one in told}
    found = [_stand(says, [by_id[key] for key in says.claims if key in by_id], event) for says in event.says]
    return sorted(found, key=lambda one: (one.says.speaker is None, one.first or "~"))


def _stand(says: Says, held: Sequence[Voiced], event: Event) -> Stand:
    ordered = sorted(held, key=_telling)
    taken_back = says.stance in DISPUTING and all(one.claim.stance not in DISPUTING for one in ordered)
    days = [] if taken_back else sorted(one.day for one in ordered if one.day)
    given = () if taken_back else (_toll(one) for one in event.harm if set(one.claims) & set(says.claims))
    return Stand(
        says=says,
        speaker=says.speaker or OWN_VOICE,
        first=days[0] if days else None,
        newest=days[-1] if days else None,
        tolls=tuple(dict.fromkeys(given)),
        quotes=distinct(quote for one in ordered for quote in (*one.quotes("type")[:1], *one.quotes("harm"))),
        taken_back=taken_back,
    )


def _toll(harm: EventHarm) -> str:
    """'11 killed', 'of them 4 killed', 'some killed' where the number is not said."""
    told = f"some {harm.kind.value}" if harm.low is harm.high is None else toll(harm, by=False)
    return f"of them {told}" if harm.part else told


def distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Quotes without those that come again: the same characters of the same report."""
    found: dict[tuple[int, int, str], Quote] = {}
    for one in quotes:
        found.setdefault((one.evidence.start, one.evidence.end, one.report), one)
    return tuple(found.values())


def by_report(quotes: Iterable[Quote]) -> list[tuple[str, list[Quote]]]:
    """Quotes by the report that they are of, in the order in which reports come first."""
    found: dict[str, list[Quote]] = {}
    for one in quotes:
        found.setdefault(one.report, []).append(one)
    return list(found.items())

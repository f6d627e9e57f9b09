"""How like a claim is to an event gathered so far: when, where, who, to whom, with what harm, in what words.

Each comparison gives a number of the scale below, or null for 'these cannot be one event'. The weights are votes, set
by hand so that a day and a place suffice, a place alone does not, and another target undoes a shared day and place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.language.distance import apart
from dateline.language.weekdays import weekdays_in
from dateline.merging.facts import Facts, Party
from dateline.merging.kin import KINDRED_PARTY, SAME_PARTY, STRANGER, kin, kinship, other_sites
from dateline.merging.kinship import TypeManner, Words, plain, plain_name
from dateline.types import (
    TOGETHER,
    About,
    ActorKind,
    Claim,
    EventType,
    Modality,
    Place,
    PlaceKind,
    PlacePrecision,
    Stance,
)

ENOUGH = 3.0
"""Likeness at which a claim joins an event told by other reports."""
ENOUGH_WITHIN = 1.0
"""The same within one wire, where whatever does not contradict is usually one event."""
ENOUGH_LEANING = 1.0
"""The same for one that names neither day, place nor parties: a toll in common or the words of another suffice."""

SAME_DAY, SAME_SPAN, NEXT_DAY, NEXT_EXACT_DAY = 2.0, 1.0, -1.0, -2.5
SAME_PLACE, NEAR_PLACE, WIDER_PLACE, OTHER_SITE = 2.0, 1.0, 0.3, -1.0
OTHER_ACTOR, OTHER_TARGET, UNLIKE_TARGET, OTHER_ROLE = -1.5, -2.0, -1.0, 1.0
SAME_TOLL, SAME_MODE, OTHER_MODE, OTHER_ACT, SAME_MEANS, OTHER_MEANS = 1.0, 0.5, -0.5, -2.5, 0.5, -0.5
SAME_WORDS, OTHER_WORDS, SAME_WIRE, A_DENIAL, AN_ANSWER = 2.0, -1.5, 1.5, 1.0, 1.0

NEAR_KM, AT_KM = 50.0, 10.0
CHANCE = 0.25
"""Share of words that two sentences of one subject have in common anyway."""
ANSWER_DAYS = 3
"""Days after the deed within which it is claimed or denied."""
STALE_DAYS = 7
"""A claim that names no day is taken to be of something at most this many days before its report."""
ONE_DAY_SPAN = 2
"""Days over which a night or a part of a day may run and still tell events apart."""

WIDE = frozenset({PlacePrecision.COUNTRY, PlacePrecision.PROVINCE, PlacePrecision.DISTRICT})
ANSWERS = frozenset({Stance.CLAIMS_RESPONSIBILITY, Stance.DISCLAIMS_RESPONSIBILITY, Stance.DENIES, Stance.DOUBTS})
_UNREAL = frozenset({Modality.THREATENED, Modality.POSSIBLE})


@dataclass(frozen=True, slots=True)
class Gathering:
    """The claims of one event so far, and all that they say of it."""

    members: tuple[Facts, ...]
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    first: int | None
    last: int | None

    @classmethod
    def of(cls, one: Facts) -> Gathering:
        """The event of which `one` is the first claim."""
        return cls((one,), one.actors, one.targets, one.first, one.last)

    def joined(self, one: Facts) -> Gathering:
        """The same with one claim more; of two spans of days the narrower stands."""
        narrower = one.first is not None and (self.first is None or _span(one) < _span(self))
        return replace(
            self,
            members=(*self.members, one),
            actors=(*self.actors, *one.actors),
            targets=(*self.targets, *one.targets),
            first=one.first if narrower else self.first,
            last=one.last if narrower else self.last,
        )


def likeness(one: Facts, event: Gathering, manner: TypeManner, words: Words) -> float | None:
    """How like `one` is to `event`, or null where a fact forbids that they are the same."""
    known = votes(one, event, manner, words)
    return sum(known.values()) if known is not None else None


def votes(one: Facts, event: Gathering, manner: TypeManner, words: Words) -> dict[str, float] | None:
    """What each comparison says of whether `one` is of `event`, or null where a fact forbids it."""
    if _unlike(one, event, words) or _withdrawn_apart(one, event, words):
        return None
    found = {
        "modality": _reality(one, event),
        "time": _when(one, event),
        "place": _where(one, event, by_actor=manner.by_actor),
        "actors": _who(one, event, manner, words),
        "targets": _whom(one, event, words),
        "harm": _harm(one, event),
        "mode": _manner(one, event, manner),
        "words": _words(one, event, manner),
    }
    known = {name: vote for name, vote in found.items() if vote is not None}
    return known if len(known) == len(found) else None


def enough(one: Facts, event: Gathering) -> float:
    """The likeness at which `one` joins `event`."""
    if _one_wire(one, event):
        return ENOUGH_WITHIN
    return ENOUGH_LEANING if one.leaning else ENOUGH


def _span(of: Facts | Gathering) -> int:
    return of.last - of.first if of.first is not None and of.last is not None else 10**6


# ---------------------------------------------------------------- two deeds of one report
def _unlike(one: Facts, event: Gathering, words: Words) -> bool:
    """Whether one report tells `one` and all it told of `event` as deeds apart: it knows what it told before."""
    if one.claim.stance in ANSWERS:
        return False
    told = [m for m in event.members if m.report.id == one.report.id and m.claim.stance not in ANSWERS]
    deeds = [m for m in told if m.claim.about is not About.HARM] or told
    return bool(deeds) and all(_other_deed(one, m, words) for m in deeds)


def _withdrawn_apart(one: Facts, event: Gathering, words: Words) -> bool:
    """What a publisher took back is what others report only if they name everyone to whom it was said to be done."""
    gone = all(m.withdrawn for m in event.members if m.asserting)
    if one.withdrawn == gone or not one.asserting:
        return False
    taken, held = (one.targets, event.targets) if one.withdrawn else (event.targets, one.targets)
    return any(not p.vague and (kinship([p], held, words) or 0) <= 0 for p in taken)


def _other_deed(one: Facts, other: Facts, words: Words) -> bool:
    """Both say whom they hit and it is not the same, or they say who did it, one to the other."""
    if one.tolls & other.tolls:
        return False
    targets, actors = _alike(one.targets, other.targets, words), _alike(one.actors, other.actors, words)
    if targets is None or actors is False:
        return actors is False and not targets
    if one.claim.type is EventType.PROTEST and actors:
        return False  # students march at their university, against the government: where and against whom
    return not targets and not any(p.vague for p in (*one.targets, *other.targets))


def _alike(some: Iterable[Party], others: Iterable[Party], words: Words) -> bool | None:
    """Whether any two have a word of their own in common; null where either side says nobody."""
    mine, theirs = ([p for p in side if p.words - words.pronouns] for side in (some, others))
    if not mine or not theirs or all(p.vague for p in (*mine, *theirs)):
        return None  # 'the crowd' and '2,000 people' may be the same
    return any(a.words & b.words or kin(a, b, words) > 0 for a in mine for b in theirs)


# ---------------------------------------------------------------- is it real
def _reality(one: Facts, event: Gathering) -> float | None:
    """What is threatened or feared is not what happened; what is planned may be, on the day."""
    if _denying(one):
        return A_DENIAL
    kinds = {m.claim.modality for m in event.members if not _denying(m)}
    if kinds and (one.claim.modality in _UNREAL) != bool(kinds & _UNREAL):
        return None
    planned = (one.claim.modality is Modality.PLANNED) != (Modality.PLANNED in kinds)
    return None if kinds and planned and not _same_days(one, event) else 0.0


def _denying(one: Facts) -> bool:
    stances = (Stance.DENIES, Stance.DOUBTS, Stance.DISCLAIMS_RESPONSIBILITY)
    return one.claim.modality is Modality.DENIED or one.claim.stance in stances


def _same_days(one: Facts, event: Gathering) -> bool:
    if one.first is None or one.last is None or event.first is None or event.last is None:
        return False
    return one.first <= event.last and event.first <= one.last


# ---------------------------------------------------------------- when
def _weekdays(claim: Claim) -> frozenset[int]:
    return weekdays_in(" ".join(e.quote for e in claim.evidence if e.field == "time"))


def _other_weekday(one: Facts, event: Gathering) -> bool:
    """A report without a date that says 'Friday' of one and 'Saturday' of the other tells of two events."""
    mine = _weekdays(one.claim)
    told = (_weekdays(m.claim) for m in event.members if m.report.id == one.report.id)
    return bool(mine) and any(days and not days & mine for days in told)


def _when(one: Facts, event: Gathering) -> float | None:
    if one.first is None and _other_weekday(one, event):
        return None
    if one.first is None or one.last is None:
        return _when_told(one, event)
    if event.first is None or event.last is None:
        fits = any(_may_be_told(m.told, one.first, one.last) for m in event.members)
        return 0.0 if fits or one.claim.modality is Modality.PLANNED else None
    apart = max(one.first - event.last, event.first - one.last)
    if _spoken_after(one, event):
        return AN_ANSWER
    if apart > 0 and _leaning_day(one, event):
        return 0.0 if apart <= STALE_DAYS else None
    if apart > 1:
        return None
    exact = max(_span(one), _span(event)) < 1
    if apart == 1:
        return _next_day(one, event, exact=exact)
    return SAME_DAY if max(_span(one), _span(event)) < ONE_DAY_SPAN else SAME_SPAN


def _leaning_day(one: Facts, event: Gathering) -> bool:
    """Whether another wire only lends `one` or all of the event its day: that of its lead, not of the deed's sentence."""
    if _one_wire(one, event):
        return False
    return one.lent or all(m.lent for m in event.members if m.first is not None)


def _spoken_after(one: Facts, event: Gathering) -> bool:
    """'said on Friday that it had fired the rockets': the day may be that of the claim or denial, not of the deed."""
    if one.claim.stance not in ANSWERS or one.first is None or event.last is None or _one_wire(one, event):
        return False
    return 0 < one.first - event.last <= ANSWER_DAYS


def _next_day(one: Facts, event: Gathering, *, exact: bool) -> float | None:
    """A night has two dates and so has a zone; but one report that names two days means two events."""
    if exact and any(m.wire == one.wire and m.first is not None for m in event.members):
        return None
    return NEXT_EXACT_DAY if exact else NEXT_DAY


def _when_told(one: Facts, event: Gathering) -> float | None:
    """A claim without a day: its report must not be much older or much newer than the event."""
    if event.first is not None and event.last is not None:
        fits = _may_be_told(one.told, event.first, event.last)
        planned = one.claim.modality is Modality.PLANNED
        return 0.0 if fits or planned or any(m.wire == one.wire for m in event.members) else None
    told = [m.told for m in event.members if m.told is not None]
    if one.told is None or not told:
        return 0.0
    return 0.0 if min(abs(one.told - t) for t in told) <= STALE_DAYS else None


def _may_be_told(told: int | None, first: int, last: int) -> bool:
    return told is None or (first - 1 <= told and told - last <= STALE_DAYS)


# ---------------------------------------------------------------- where
def _where(one: Facts, event: Gathering, *, by_actor: bool) -> float | None:
    mine = one.claim.place
    known = list(dict.fromkeys(m.claim.place for m in event.members if m.claim.place is not None))
    if mine is None or not known:
        return 0.0
    if by_actor and (mine.inferred or all(p.inferred for p in known)):
        return 0.0  # the seat of who said it tells no more than who said it
    precise = [p for p in known if p.precision not in WIDE] or known
    votes = [v for v in (_place_vote(mine, other) for other in precise) if v is not None]
    return max(votes) if votes else None


def _place_vote(one: Place, other: Place) -> float | None:
    """A place that a deed's own sentence does not state says less, and forbids nothing in its country."""
    vote = near(one, other)
    if vote is None and (_named_after(one) or _named_after(other)):
        return 0.0
    if not (one.inferred or other.inferred):
        return vote
    if vote is None and one.country == other.country:
        return 0.0
    return vote if vote is None else min(vote, NEAR_PLACE)


def _named_after(place: Place) -> bool:
    """A site whose point is that of a place its name holds: the Dnipro market need not stand in Dnipro."""
    within = plain_name(place.within or "")
    return place.kind is PlaceKind.SITE and bool(within) and within in plain_name(place.name)


def near(one: Place, other: Place) -> float | None:
    """The vote of two places; null where they cannot be one."""
    if one.country and other.country and one.country != other.country:
        return None
    if _names(one) & _names(other):
        return SAME_PLACE
    if one.precision in WIDE or other.precision in WIDE:
        return _wider(one, other)
    km = apart(one, other)
    if km is None:
        return 0.0
    if km > NEAR_KM:
        return None
    if km <= AT_KM:
        both_exact = one.precision is PlacePrecision.EXACT and other.precision is PlacePrecision.EXACT
        return OTHER_SITE if both_exact and km > 1 else SAME_PLACE
    return NEAR_PLACE


def _wider(one: Place, other: Place) -> float | None:
    """A province or country against a place in it; two wide places of one rank must be the same."""
    if one.precision is other.precision and one.precision is not None:
        return None
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return None
    return WIDER_PLACE


def _names(place: Place) -> frozenset[str]:
    wide = place.precision in WIDE
    return frozenset(plain_name(name) for name in (place.name, None if wide else place.within) if name)


# ---------------------------------------------------------------- who, and to whom
def _who(one: Facts, event: Gathering, manner: TypeManner, words: Words) -> float | None:
    kin = kinship(one.actors, event.actors, words, speaking=manner.by_actor)
    if manner.by_actor and not _denying(one):
        if _one_report(one, event) and not _one_name(one, event) and not _one_state(one, event):
            return None  # one report that lets two parties speak tells two events, however vaguely it names them
        if one.claim.type in TOGETHER and _countries(one.actors) & _countries(event.actors):
            return max(kin or 0.0, 0.0)
        known = [p for p in one.actors if not p.vague] and [p for p in event.actors if not p.vague]
        return None if known and kin is not None and kin < KINDRED_PARTY else kin or 0.0
    return OTHER_ACTOR if kin is not None and kin < 0 else kin or 0.0


def _countries(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.actor.codes.country for p in parties if p.actor.codes.country is not None)


def _one_report(one: Facts, event: Gathering) -> bool:
    return any(m.report.id == one.report.id for m in event.members)


def _one_name(one: Facts, event: Gathering) -> bool:
    """Whether an actor has the same id or name on both sides, or one side names none."""
    mine = {a.id or plain_name(a.name) for a in one.claim.actors}
    theirs = {a.id or plain_name(a.name) for m in event.members for a in m.claim.actors}
    return not mine or not theirs or bool(mine & theirs)


def _one_state(one: Facts, event: Gathering) -> bool:
    """'The United States imposed sanctions. The Treasury is freezing assets': a state acts by its bodies."""
    sides = [p.actor for p in one.actors], [p.actor for p in event.actors]
    states = [{a.codes.country for a in side if a.kind is ActorKind.STATE} - {None} for side in sides]
    bodies = [{a.codes.country for a in side if a.kind is ActorKind.ORGANISATION} - {None} for side in sides]
    return bool(states[0] & bodies[1] or states[1] & bodies[0])


def _whom(one: Facts, event: Gathering, words: Words) -> float | None:
    if one.claim.type in TOGETHER:
        return 0.0
    kin = kinship(one.targets, event.targets, words)
    if (kin is None or kin <= 0) and _exchanged(one, event, words):
        return OTHER_ROLE
    if kin == 0 and _other_sites(one.targets, event.targets):
        kin = STRANGER
    if kin is not None and kin < 0:
        return None if _one_wire(one, event) and _all_other_sites(one, event) else -kin * OTHER_TARGET
    return UNLIKE_TARGET if not kin and _site_and_body(one.targets, event.targets) else kin or 0.0


def _other_sites(some: Iterable[Party], others: Iterable[Party]) -> bool:
    """Where both name sites, the sites tell, whoever was hurt there."""
    mine, theirs = ({s for p in side for s in p.sites} for side in (some, others))
    return bool(mine and theirs) and not mine & theirs


def _exchanged(one: Facts, event: Gathering, words: Words) -> bool:
    """Another report has one's actor as its target and names no actor that fits, or the other way about."""
    if _one_wire(one, event):
        return False
    return _hit_here(one.actors, event.targets, words) or _hit_here(event.actors, one.targets, words)


def _hit_here(actors: Iterable[Party], targets: Iterable[Party], words: Words) -> bool:
    return any(not p.vague and kinship([p], targets, words) == SAME_PARTY for p in actors)


def _all_other_sites(one: Facts, event: Gathering) -> bool:
    """One report that tells of a market and a mosque tells of two attacks."""
    return all(other_sites(a, b) for a in one.targets for b in event.targets)


def _site_and_body(some: Iterable[Party], others: Iterable[Party]) -> bool:
    """A market and a brigade may have been hit by one shell, but rather by two."""
    pairs = [(a, b) for a in some for b in others]
    return bool(pairs) and all(
        (a.sites and b.proper and not b.sites) or (b.sites and a.proper and not a.sites) for a, b in pairs
    )


# ---------------------------------------------------------------- harm, manner, words
def _harm(one: Facts, event: Gathering) -> float:
    """The largest toll that both have, from the claims of their whole threads; one dead tells nothing."""
    common = one.tolls & {toll for m in event.members for toll in m.tolls}
    return SAME_TOLL if any(low > 1 for _, low in common) else 0.0


def _manner(one: Facts, event: Gathering, manner: TypeManner) -> float | None:
    modes = {m.claim.mode for m in event.members} - {None}
    means = {x.type for m in event.members for x in m.claim.means}
    if manner.by_mode and one.claim.mode and modes and one.claim.mode not in modes and _one_wire(one, event):
        return None
    other = OTHER_ACT if manner.by_mode else OTHER_MODE
    mode = (SAME_MODE if one.claim.mode in modes else other) if one.claim.mode and modes else 0.0
    mine = {x.type for x in one.claim.means}
    return mode + ((SAME_MEANS if mine & means else OTHER_MEANS) if mine and means else 0.0)


def _words(one: Facts, event: Gathering, manner: TypeManner) -> float:
    """The same wire, or words shared with the most like sentence of another: one text repeats its words anyway.

    A government says and agrees to much in a day: what has no words in common is rather something else.
    """
    if _one_wire(one, event):
        return SAME_WIRE + SAME_WORDS * _most_alike(one, event)
    alike = _most_alike(one, event)
    answering = one.claim.stance in ANSWERS or _denying(one)
    return OTHER_WORDS if manner.by_actor and not alike and not answering else SAME_WORDS * alike


def _most_alike(one: Facts, event: Gathering) -> float:
    return max((_overlap(one.stems, m.stems) for m in event.members if m.wire != one.wire), default=0.0)


def _one_wire(one: Facts, event: Gathering) -> bool:
    return any(m.wire == one.wire for m in event.members)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    least = min(len(one), len(other))
    return max(0.0, len(one & other) / least - CHANCE) / (1 - CHANCE) if least >= 4 else 0.0


def same_words(one: Facts, event: Gathering) -> bool:
    """Whether a copy of the wire says the same in the same words."""
    return any(
        m.wire == one.wire and m.report.id != one.report.id and m.sentence == one.sentence and _said(one) == _said(m)
        for m in event.members
    )


def _said(one: Facts) -> tuple[object, ...]:
    """What sets a claim apart from others of its sentence: 'attacks in Baghdad and on al-Balad' makes two."""
    claim = one.claim
    triggers = frozenset(plain(e.quote) for e in claim.evidence if e.field == "type")
    return triggers, claim.place and claim.place.name, tuple(t.name for t in claim.targets)

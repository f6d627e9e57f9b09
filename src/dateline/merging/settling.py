"""Settling an event: one day, set of parties and list of tolls out of what all its claims say (its place: `where`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.merging.facts import Facts, Party
from dateline.merging.kin import same_party
from dateline.merging.kinship import Words
from dateline.merging.speakers import Voice
from dateline.merging.status import may_be_one_group
from dateline.types import (
    About,
    Actor,
    EventHarm,
    EventType,
    Harm,
    HarmKind,
    Modality,
    Says,
    Stance,
    TimePrecision,
)

_TIMES = {p: rank for rank, p in enumerate(TimePrecision)}


def resting(claims: Sequence[Facts]) -> list[Facts]:
    """The claims that the event's facts are taken from: those that assert it, or all where nobody does."""
    return [one for one in claims if one.asserting] or list(claims)


# ---------------------------------------------------------------- modality
_STRENGTH = (Modality.HAPPENED, Modality.ONGOING, Modality.PLANNED, Modality.THREATENED, Modality.POSSIBLE)


def modality(claims: Sequence[Facts], withdrawn: frozenset[str]) -> Modality:
    """What has become of it: the strongest of what is still asserted; denied where nothing is."""
    held = {one.claim.modality for one in claims if one.asserting and one.claim.id not in withdrawn}
    return next((kind for kind in _STRENGTH if kind in held), Modality.DENIED)


# ---------------------------------------------------------------- when
def settled_date(claims: Sequence[Facts]) -> tuple[tuple[str, str] | None, TimePrecision]:
    """The days on which most speakers agree, as ISO dates, and how exact they are."""
    witnesses = [f for f in claims if f.claim.stance is not Stance.CLAIMS_RESPONSIBILITY and f.first is not None]
    dated = witnesses or claims
    spans = sorted({(f.first, f.last, _speaker(f)) for f in dated if f.first is not None and f.last is not None})
    ranges = [(first, last) for first, last, _ in spans if first is not None and last is not None]
    if not ranges:
        return None, TimePrecision.UNKNOWN
    best = max((first for first, _ in ranges), key=lambda day: (_support(day, ranges), -day))
    agreed = [(first, last) for first, last in ranges if first <= best <= last]
    lasted = [span for span in agreed if any(_is_night(f) and (f.first, f.last) == span for f in dated)]
    first, last = lasted[0] if lasted else (max(f for f, _ in agreed), min(la for _, la in agreed))
    iso = date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
    return iso, _time_precision(claims, first, last)


def is_lent(claims: Iterable[Facts], when: tuple[str, str] | None) -> bool:
    """Whether no claim states a day of `when` itself: each that tells one has it from around its sentence."""
    if when is None:
        return False
    first, last = (date.fromisoformat(day).toordinal() for day in when)
    told = [f for f in claims if f.first is not None and f.last is not None and f.first <= last and first <= f.last]
    return all(f.claim.time is not None and f.claim.time.inferred for f in told)


def _is_night(one: Facts) -> bool:
    """A crowd's night has two dates: 'it began on Wednesday evening' is no other word of when than 'overnight'."""
    time, night = one.claim.time, one.first is not None and one.last is not None and one.last - one.first == 1
    crowd = one.claim.type is EventType.PROTEST and time is not None
    return crowd and night and time is not None and time.precision is TimePrecision.PART_OF_DAY


def _support(day: int, ranges: Iterable[tuple[int, int]]) -> float:
    """How many spans hold `day`, a single day weighing more than a month."""
    return sum(1 / (1 + 0.1 * (last - first)) for first, last in ranges if first <= day <= last)


def _speaker(one: Facts) -> str:
    return one.claim.speaker.name or one.wire


def _time_precision(claims: Iterable[Facts], first: int, last: int) -> TimePrecision:
    within = [
        f.claim.time.precision
        for f in claims
        if f.claim.time is not None
        and f.first is not None
        and f.last is not None
        and first <= f.first <= f.last <= last
    ]
    known = [p for p in within if p is not TimePrecision.UNKNOWN]
    return min(known, key=lambda p: _TIMES[p], default=TimePrecision.DAY if first == last else TimePrecision.UNKNOWN)


# ---------------------------------------------------------------- who
def settled_parties(groups: Iterable[tuple[Party, ...]], words: Words) -> tuple[Actor, ...]:
    """The distinct parties, each by its best name; those without a name are left out where others have one."""
    found: list[list[Party]] = []
    known = [p for group in groups for p in group if p.actor.id is not None or not words.names_nobody(p.actor.name)]
    for party in sorted(known, key=_telling):
        same = next((group for group in found if any(same_party(party, p, words) for p in group)), None)
        if same is None:
            found.append([party])
        else:
            same.append(party)
    best = [_best_named(group) for group in found]
    named = [p for p in best if not p.vague]
    return tuple(p.actor for p in (named or best))


def _best_named(group: list[Party]) -> Party:
    """Of the names of one party the clearest, and of those as clear the one that most claims use."""
    uses = Counter(p.actor.id or p.actor.name for p in group)
    return min(group, key=lambda p: (*_telling(p)[:3], -uses[p.actor.id or p.actor.name], *_telling(p)[3:]))


def _telling(party: Party) -> tuple[object, ...]:
    """Proper names with an id first, then the longer, so that what is said vaguely joins what is said clearly."""
    actor = party.actor
    return (
        party.vague,
        not party.proper,
        actor.id is None,
        -len(party.words),
        actor.name,
        actor.description or "",
        actor.id or "",
    )


# ---------------------------------------------------------------- harm
def settled_harm(speaking: Sequence[Voice], words: Words) -> tuple[EventHarm, ...]:
    """One entry for each kind, group and speaker: the newest word of each; what a report only repeats is left out."""
    wires = {one.claim.id: one.wire for v in speaking for one in v.claims}
    named = [entry for v in speaking if v.name is not None for entry in _tolls(v, words)]
    own = [entry for v in speaking if v.name is None for entry in _tolls(v, words)]
    apart = [entry for entry in own if not any(_repeats(entry, other, wires, words) for other in named)]
    merged = [*named, *_united(apart)]
    return tuple(sorted(merged, key=_harm_order))


def _tolls(voice: Voice, words: Words) -> list[EventHarm]:
    """The tolls of one voice, newest first word wins within each group of people."""
    said = sorted(
        ((one, harm) for one in voice.claims if one.asserting or one.claim.harm for harm in one.claim.harm),
        key=lambda pair: _newness(*pair),
        reverse=True,
    )
    kept: list[tuple[Facts, Harm, list[str]]] = []
    for one, harm in said:
        match = next((k for k in kept if _one_toll(k[1], harm, words)), None)
        if match is None:
            kept.append((one, harm, [one.claim.id]))
        elif (match[1].low, match[1].high) == (harm.low, harm.high):
            match[2].append(one.claim.id)
    return [_entry(harm, voice.name, ids) for _, harm, ids in kept]


def _newness(one: Facts, harm: Harm) -> tuple[object, ...]:
    """The later report first; in one report a total, then the higher figure, since bodies of reports give parts."""
    return (
        one.told or 0,
        one.report.published.start or "",
        harm.total,
        harm.low or 0,
        -(harm.high or 0),
        harm.who or "",
        one.claim.id,
    )


def _one_toll(one: Harm, other: Harm, words: Words) -> bool:
    if one.kind is not other.kind or one.part != other.part:
        return False
    return (one.low, one.high) == (other.low, other.high) == (0, 0) or may_be_one_group(one.who, other.who, words)


def _entry(harm: Harm, said_by: str | None, ids: Iterable[str]) -> EventHarm:
    return EventHarm(
        kind=harm.kind,
        low=harm.low,
        high=harm.high,
        said_by=said_by,
        claims=tuple(sorted(set(ids))),
        who=harm.who,
        total=harm.total,
        part=harm.part,
    )


def _repeats(own: EventHarm, other: EventHarm, wires: Mapping[str, str], words: Words) -> bool:
    """Whether a report says in its own voice what a speaker of its wire says: the lead gives what the body sources."""
    same = (own.kind, own.low, own.high) == (other.kind, other.low, other.high)
    same = same and bool({wires[c] for c in own.claims} & {wires[c] for c in other.claims})
    return same and may_be_one_group(own.who, other.who, words)


def _united(own: Iterable[EventHarm]) -> list[EventHarm]:
    """Tolls that several reports give in their own voice, each once."""
    groups: list[list[EventHarm]] = []
    for entry in own:
        same = next((g for g in groups if _says_again(entry, g)), None)
        if same is None:
            groups.append([entry])
        else:
            same.append(entry)
    return [
        _entry(Harm(e.kind, e.low, e.high, e.who, None, e.total, e.part), None, (c for x in same for c in x.claims))
        for same in groups
        for e in [min(same, key=lambda x: (x.who is None, x.who or ""))]
    ]


def _says_again(entry: EventHarm, group: list[EventHarm]) -> bool:
    """The same toll, and not told beside the others in one claim: 'five guards and five drivers' are two tolls."""
    alike = all((entry.kind, entry.low, entry.high, entry.part) == (e.kind, e.low, e.high, e.part) for e in group)
    return alike and not any(set(entry.claims) & set(e.claims) for e in group)


_KINDS = {kind: rank for rank, kind in enumerate(HarmKind)}


def _harm_order(entry: EventHarm) -> tuple[object, ...]:
    return (
        _KINDS[entry.kind],
        entry.part,
        entry.said_by is None,
        entry.said_by or "",
        entry.low or 0,
        entry.who or "",
        entry.claims,
    )


# ---------------------------------------------------------------- what is said of it
def settled_says(speaking: Iterable[Voice]) -> tuple[Says, ...]:
    """Every stance of every speaker, with the claims that show it."""
    found: dict[tuple[str | None, str, str], set[str]] = {}
    for voice in speaking:
        for one in voice.claims:
            found.setdefault((voice.name, one.claim.stance, one.claim.about), set()).add(one.claim.id)
            if one.withdrawn and one.report.publisher is not None:  # its outlet took it back in a note
                found.setdefault((one.report.publisher, Stance.DENIES, About.EVENT), set()).add(one.claim.id)
    return tuple(
        Says(name, Stance(stance), About(about), tuple(sorted(ids)))
        for (name, stance, about), ids in sorted(
            found.items(), key=lambda item: (item[0][0] is None, item[0][0] or "", item[0][1:])
        )
    )

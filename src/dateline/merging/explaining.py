"""Why claims are one event: each compared once more with what had been gathered before it, by `likeness` itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dateline.knowledge.packs import Packs
from dateline.language.distance import apart
from dateline.merging.facts import Facts, thread
from dateline.merging.kinship import TypeManner, Words, load_manners, load_words
from dateline.merging.likeness import Gathering, enough, same_words, votes
from dateline.types import Decision, Event, Place, Reason, Vote

NOT_SAID = "not said"


def reasons(
    event: Event, gathered: Iterable[Gathering], decisions: Iterable[Decision], packs: Packs
) -> tuple[Reason, ...]:
    """A reason for each claim of `event`, in the order in which they were gathered."""
    words, manners = load_words(packs), load_manners(packs)
    about = [line for line in decisions if line.action in ("merge", "split")]
    return tuple(
        reason
        for gathering in gathered
        if any(one.claim.id in event.claims for one in gathering.members)
        for reason in _of(event, gathering, about, manners[gathering.members[0].claim.type], words)
    )


def _of(
    event: Event, gathering: Gathering, decisions: Sequence[Decision], manner: TypeManner, words: Words
) -> Iterator[Reason]:
    before: Gathering | None = None
    for one in gathering.members:
        if one.claim.id in event.claims:
            yield _reason(one, before, _deciding(one, decisions), manner, words)
        before = before.joined(one) if before else Gathering.of(one)


def _deciding(one: Facts, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """The decisions that name the claim, in words."""
    return tuple(
        f"decision {line.line}, {line.action} by {line.by}: {line.reason}"
        for line in decisions
        if one.claim.id in {anchor.claim for anchor in (*line.claims, *line.into)}
    )


def _reason(
    one: Facts, before: Gathering | None, decisions: tuple[str, ...], manner: TypeManner, words: Words
) -> Reason:
    if before is None:
        return Reason(one.claim.id, "first", decisions=decisions)
    if any(thread(member) == thread(one) for member in before.members):
        return Reason(one.claim.id, "thread", decisions=decisions)
    if same_words(one, before):
        return Reason(one.claim.id, "wire", decisions=decisions)
    found = votes(one, before, manner, words) or {}
    told = tuple(Vote(field, round(value, 2), *_compared(field, one, before)) for field, value in found.items())
    return Reason(one.claim.id, "likeness", told, enough(one, before), decisions)


# ---------------------------------------------------------------- what was compared, in words
def _compared(field: str, one: Facts, before: Gathering) -> tuple[str, str]:
    """What the claim and the event so far say of `field`."""
    if field == "time":
        return _days(one.first, one.last), _days(before.first, before.last)
    if field == "place":
        return _place(one.claim.place, None), _listed(_place(m.claim.place, one.claim.place) for m in before.members)
    if field == "words":
        return _wire(one, before), _wire(one, before)
    return _listed(_said(field, one)), _listed(said for member in before.members for said in _said(field, member))


def _said(field: str, one: Facts) -> Iterable[str]:
    """What one claim says, of the fields of which it may say several things."""
    claim = one.claim
    if field in ("actors", "targets"):
        return [party.actor.name for party in (one.actors if field == "actors" else one.targets)]
    if field == "harm":
        return [f"{low} {kind.value}" for kind, low in sorted(one.tolls)]
    if field == "mode":
        return [*([claim.mode] if claim.mode else []), *(means.type.value for means in claim.means)]
    return [claim.modality.value]


def _days(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return NOT_SAID
    return " to ".join(dict.fromkeys(date.fromordinal(day).isoformat() for day in (first, last)))


def _place(place: Place | None, other: Place | None) -> str:
    """Its name, and how far it is from `other`."""
    if place is None:
        return ""
    km = apart(place, other) if other is not None else None
    return place.name if km is None else f"{place.name} ({km:.0f} km)"


def _wire(one: Facts, before: Gathering) -> str:
    return "the same wire" if any(member.wire == one.wire for member in before.members) else "another wire"


def _listed(said: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, said))) or NOT_SAID

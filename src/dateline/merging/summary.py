"""An event in one plain sentence made of its fields: who did what to whom, where, when, with what harm, says who.

The words of each type and mode are in `plover/sentences.toml`; a claim that is only denied or planned says so first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dateline.knowledge.wording import Telling, Wording
from dateline.types import (
    Actor,
    ActorKind,
    Event,
    EventHarm,
    HarmKind,
    Modality,
    Place,
    PlaceKind,
    PlacePrecision,
    Status,
)

LISTED = 3
"""Parties or tolls that a summary names; the rest are counted."""

LONGEST_GROUP = 6
"""Words of `who` that a toll repeats; a longer one is told by its number."""

_MONTHS = ("January February March April May June July August September October November December").split()
"""Not those of the machine's locale."""

_LEAD = {
    Modality.HAPPENED: "",
    Modality.ONGOING: "Going on: ",
    Modality.PLANNED: "Planned: ",
    Modality.THREATENED: "Threatened: ",
    Modality.POSSIBLE: "Possible: ",
    Modality.DENIED: "Denied: ",
}
_TAIL = {Status.DISPUTED: "; sources dispute it", Status.RETRACTED: "; its source has withdrawn it"}
_HARM = {
    HarmKind.UNHARMED: "unhurt",
    HarmKind.MISSING: "missing",
}
_PLACED = (ActorKind.PLACE, ActorKind.THING)
_THINGS = (HarmKind.DAMAGED, HarmKind.DESTROYED)


def summary(event: Event, wording: Wording) -> str:
    """The sentence for `event`, whose own `summary` is not read."""
    core = _core(event, wording)
    told = _LEAD[event.modality] + core + _where(event, core) + _when(event)
    tolls = "".join(f"; {toll}" for toll in _tolls(event.harm, wording))
    return told[:1].upper() + told[1:] + tolls + _TAIL.get(event.status, "") + "."


def _core(event: Event, wording: Wording) -> str:
    telling = wording.told(event.type, event.mode)
    if telling.joined:
        return _together(event, telling, wording)
    actors, targets = (
        _listed(event.actors, wording),
        _joined([_target(one, event.place, wording) for one in event.targets]),
    )
    if actors:
        return f"{actors} {telling.did.format(whom=targets) if targets else telling.alone}"
    if targets:
        return telling.suffered.format(whom=targets, were=_were(event.targets, wording))
    return f"there {'were' if wording.many(telling.what) else 'was'} {_article(telling.what, wording)}"


def _target(party: Actor, place: Place | None, wording: Wording) -> str:
    """'Balad' is the Balad air base where the event is placed there."""
    if place and party.name != place.name and party.kind in _PLACED and party.name.lower() in place.name.lower():
        return wording.named(place.name)
    return wording.named(party.name, party.description)


def _together(event: Event, telling: Telling, wording: Wording) -> str:
    parties = [*event.actors, *event.targets]
    if not parties:
        return f"there {'were' if wording.many(telling.what) else 'was'} {_article(telling.what, wording)}"
    rest = _listed(parties[1:], wording)
    return f"{_listed(parties[:1], wording)} {telling.did}{f' {telling.joined} {rest}' if rest else ''}"


def _article(what: str, wording: Wording) -> str:
    """'an attack', 'talks'."""
    if wording.many(what):
        return what
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def _listed(parties: Sequence[Actor], wording: Wording) -> str:
    return _joined([wording.named(party.name, party.description) for party in parties])


def _joined(names: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B, C and 2 more'."""
    shown = list(dict.fromkeys(names))
    if len(shown) > LISTED:
        shown = [*shown[:LISTED], f"{len(shown) - LISTED} more"]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}" if shown else ""


def _were(parties: Sequence[Actor], wording: Wording) -> str:
    several = len(parties) > 1 or wording.many(parties[0].name)
    return "were" if several else "was"


# ---------------------------------------------------------------- where and when
def _where(event: Event, core: str) -> str:
    """' at Orlu airport'; nothing where the sentence has named the place already."""
    place = event.place
    if place is None or place.name.lower() in core.lower():
        return ""
    return f" {_preposition(place)} {place.name}"


def _preposition(place: Place) -> str:
    if place.precision is PlacePrecision.NEAR:
        return "near"
    return "at" if place.kind is PlaceKind.SITE else "in"


def _when(event: Event) -> str:
    if event.date is None:
        return " on a day not known"
    first, last = map(date.fromisoformat, event.date)
    if first == last:
        return f" on {_day(first)}"
    if first.day == 1 and last + timedelta(1) == _next_month(first):
        return f" in {_MONTHS[first.month - 1]} {first.year}"
    return f" between {_day(first)} and {_day(last)}"


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# ---------------------------------------------------------------- harm
def _tolls(harm: Sequence[EventHarm], wording: Wording) -> list[str]:
    """'five guards were killed, the army and a witness said': what several say alike is told once."""
    voices: dict[str, list[str]] = {}
    for toll in _united(harm):
        voices.setdefault(_suffered(*toll, wording), []).append(toll[0].said_by or "")
    told = [what + _saying(names, wording) for what, names in voices.items()]
    more = len(told) - LISTED
    return told[:LISTED] + ([f"{more} more toll{'s are' if more > 1 else ' is'} given"] if more > 0 else [])


def _united(harm: Sequence[EventHarm]) -> list[tuple[EventHarm, tuple[HarmKind, ...]]]:
    """'Nobody killed' and 'nobody injured' of one speaker are one."""
    unhurt: dict[str | None, list[EventHarm]] = {}
    for toll in harm:
        if toll.high == 0:
            unhurt.setdefault(toll.said_by, []).append(toll)
    some = [(toll, (toll.kind,)) for toll in harm if toll.high != 0]
    return some + [(tolls[0], tuple(dict.fromkeys(toll.kind for toll in tolls))) for tolls in unhurt.values()]


def _suffered(toll: EventHarm, kinds: Iterable[HarmKind], wording: Wording) -> str:
    done = " or ".join(_HARM.get(kind, kind.value) for kind in kinds)
    if toll.high == 0:
        return f"{'nothing' if toll.kind in _THINGS else 'nobody'} was {done}"
    return f"{_sufferers(toll, wording)} {'was' if (toll.low, toll.high) == (1, 1) else 'were'} {done}"


def _sufferers(toll: EventHarm, wording: Wording) -> str:
    """Of whom a toll is, as the report has it where that is short and clean, else how many."""
    who = " ".join((toll.who or "").split())
    exact = toll.low is not None and toll.low == toll.high
    if not who or not exact or len(who.split()) > LONGEST_GROUP or not _clean(who):
        return _amount(toll)
    return who[:1].lower() + who[1:] if wording.counts(who) else _counted(toll, who, wording)


def _counted(toll: EventHarm, who: str, wording: Wording) -> str:
    return wording.named(who) if toll.low == 1 else f"{toll.low} {who}" if wording.many(who) else _amount(toll)


def _clean(who: str) -> bool:
    return all(char.isalnum() or char in " -'’." for char in who)


def _amount(toll: EventHarm) -> str:
    noun = ("thing", "things") if toll.kind in _THINGS else ("person", "people")
    if toll.high is None:
        return f"at least {toll.low} {noun[toll.low != 1]}" if toll.low else f"some {noun[1]}"
    if not toll.low:
        return f"up to {toll.high} {noun[toll.high != 1]}"
    return f"{toll.low} {noun[toll.low != 1]}" if toll.low == toll.high else f"{toll.low} to {toll.high} {noun[1]}"


def _saying(names: Iterable[str], wording: Wording) -> str:
    said = _joined([wording.speaking(name) for name in names if name])
    return f", {said} said" if said else ""

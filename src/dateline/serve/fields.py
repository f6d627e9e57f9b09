"""The fields of an event: what is held, how exactly, who says so in which words, and who says it otherwise.

Harm is told apart from them, by `harm`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dateline.knowledge.wording import Wording
from dateline.phrasing import days, demand_line, names, place_name, time_line
from dateline.serve.voices import Quote, Voiced, distinct
from dateline.types import Actor, Claim, Event, Place, Stance


@dataclass(frozen=True, slots=True)
class Said:
    """A value as claims give it, with their speakers and words. `held`: whether it is the event's own.

    `actor`: the id of the actor that it names, if it names one that is known.
    """

    value: str
    held: bool
    speakers: tuple[str, ...]
    quotes: tuple[Quote, ...]
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A field of an event. `value` is null where nobody states it; `guess` says what of it is inferred."""

    name: str
    label: str
    value: str | None
    precision: str | None = None
    guess: str | None = None
    said: tuple[Said, ...] = ()


@dataclass(slots=True)
class _Sayings:
    """What is said of one field so far, by value."""

    held: dict[str, bool] = field(default_factory=dict)
    speakers: dict[str, list[str]] = field(default_factory=dict)
    quotes: dict[str, list[Quote]] = field(default_factory=dict)

    def add(self, value: str, told: Voiced, quotes: Sequence[Quote], *, held: bool) -> None:
        self.held[value] = self.held.get(value, False) or held
        self.speakers.setdefault(value, []).append(told.speaker)
        self.quotes.setdefault(value, []).extend(quotes)

    def said(self) -> tuple[Said, ...]:
        """The event's own values first."""
        ordered = sorted(self.held, key=lambda value: not self.held[value])
        return tuple(
            Said(value, self.held[value], tuple(dict.fromkeys(self.speakers[value])), distinct(self.quotes[value]))
            for value in ordered
        )


def rows(event: Event, told: Sequence[Voiced], wording: Wording) -> list[Row]:
    """The fields of an event, in the order in which a sentence tells them."""
    asserting = [one for one in told if one.claim.stance is not Stance.DENIES] or list(told)
    what = wording.told(event.type, event.mode).what
    return [
        Row("type", "What", what[:1].upper() + what[1:], said=_by(asserting, "type", _what(event, wording))),
        Row("modality", "Modality", event.modality.value, said=_by(told, "modality", _modality(event))),
        _party_row("actors", "Who", event.actors, told=asserting, wording=wording),
        _party_row("targets", "To whom", event.targets, told=asserting, wording=wording),
        _where(event, asserting),
        _when(event, asserting),
        Row("means", "By what means", _joined(_means(asserting)), said=_by(asserting, "means", _means_of)),
        *_demands(asserting),
    ]


_Value = Callable[[Claim], Iterator[tuple[str, bool]]]
"""The values that a claim gives to a field, each with whether the event holds it."""


def _by(told: Sequence[Voiced], name: str, value: _Value) -> tuple[Said, ...]:
    found = _Sayings()
    for one in told:
        for words, held in value(one.claim):
            found.add(words, one, one.quotes(name), held=held)
    return found.said()


def _joined(values: Iterator[str]) -> str | None:
    return ", ".join(dict.fromkeys(values)) or None


# ---------------------------------------------------------------- what
def _what(event: Event, wording: Wording) -> _Value:
    def of(claim: Claim) -> Iterator[tuple[str, bool]]:
        yield wording.told(claim.type, claim.mode).what, (claim.type, claim.mode) == (event.type, event.mode)

    return of


def _modality(event: Event) -> _Value:
    def of(claim: Claim) -> Iterator[tuple[str, bool]]:
        outcome = f", {claim.outcome.value}" if claim.outcome else ""
        yield f"{claim.modality.value}{outcome}", claim.modality is event.modality

    return of


def _means(told: Sequence[Voiced]) -> Iterator[str]:
    return (value for one in told for value, _ in _means_of(one.claim))


def _means_of(claim: Claim) -> Iterator[tuple[str, bool]]:
    return ((f"{means.name} ({means.type.value})", True) for means in claim.means)


def _demands(told: Sequence[Voiced]) -> Iterator[Row]:
    def of(claim: Claim) -> Iterator[tuple[str, bool]]:
        words = demand_line(claim.demand)
        if words:
            yield words, True

    said = _by(told, "demand", of)
    if said:
        yield Row("demand", "Demand", "; ".join(one.value for one in said), said=said)


# ---------------------------------------------------------------- who
def _party_row(name: str, label: str, parties: Sequence[Actor], *, told: Sequence[Voiced], wording: Wording) -> Row:
    found = _Sayings()
    for one in told:
        for actor in one.claim.actors if name == "actors" else one.claim.targets:
            called = _called(actor, parties, wording)
            found.add(called, one, one.quotes(name, actor.start, actor.end), held=_is_one_of(actor, parties))
    ids = {names([party], wording): party.id for party in parties}
    said = tuple(replace(one, actor=ids.get(one.value)) for one in found.said())
    return Row(name, label, names(parties, wording, most=20) if parties else None, said=said)


def _called(actor: Actor, parties: Sequence[Actor], wording: Wording) -> str:
    """As the event calls it, if it is one of its parties."""
    same = next((party for party in parties if _same(actor, party)), actor)
    return names([same], wording)


def _is_one_of(actor: Actor, parties: Sequence[Actor]) -> bool:
    return any(_same(actor, party) for party in parties)


def _same(one: Actor, other: Actor) -> bool:
    if one.id is not None and other.id is not None:
        return one.id == other.id
    return one.name.casefold() == other.name.casefold()


# ---------------------------------------------------------------- where and when
def _where(event: Event, told: Sequence[Voiced]) -> Row:
    place = event.place

    def of(claim: Claim) -> Iterator[tuple[str, bool]]:
        if claim.place is not None:
            yield _place_words(claim.place), place is not None and _same_place(claim.place, place)

    return Row(
        name="place",
        label="Where",
        value=_place_words(place) if place else None,
        precision=place.precision.value if place and place.precision else None,
        guess="no sentence of the event states this place" if place and place.inferred else None,
        said=_by(told, "place", of),
    )


def _place_words(place: Place) -> str:
    """'Ain al-Asad air base, Anbar province, IQ'."""
    if not place.within:
        return place_name(place)
    return ", ".join(filter(None, (place.name, place.within, place.country)))


def _same_place(one: Place, other: Place) -> bool:
    if one.geonames_id is not None and other.geonames_id is not None:
        return one.geonames_id == other.geonames_id
    return one.name.casefold() == other.name.casefold()


def _when(event: Event, told: Sequence[Voiced]) -> Row:
    def of(claim: Claim) -> Iterator[tuple[str, bool]]:
        words = time_line(claim.time)
        if words and claim.time is not None and claim.time.start is not None:
            guess = ", a guess" if claim.time.inferred else ""
            yield words + guess, event.date is not None and _meets(claim, event.date)

    return Row(
        name="time",
        label="When",
        value=days(event) if event.date else None,
        precision=event.precision.value if event.date else None,
        guess="no sentence of the event states this day" if event.date_inferred else None,
        said=_by(told, "time", of),
    )


def _meets(claim: Claim, span: tuple[str, str]) -> bool:
    """Whether a claim's time and the days of an event have a day in common."""
    if claim.time is None or claim.time.start is None:
        return False
    first, last = claim.time.start[:10], (claim.time.end or claim.time.start)[:10]
    return first <= span[1][:10] and span[0][:10] <= last

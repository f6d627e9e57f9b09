"""The fields of an event as a form: each with its words, and what the codebook or the event itself offers to choose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dateline.deciding.coded import CODED, as_json
from dateline.deciding.writing import Known, in_words
from dateline.knowledge.correcting import CORRECTABLE, contexts, modes
from dateline.knowledge.packs import Packs
from dateline.types import Claim, Event, EventType, Modality, Status, TimePrecision

LABELS: Mapping[str, str] = {
    "type": "Type",
    "mode": "Mode",
    "context": "Contexts",
    "modality": "Modality",
    "date": "Days",
    "precision": "Precision of the days",
    "place": "Place",
    "actors": "Actors",
    "targets": "Targets",
    "harm": "Harm",
    "status": "Status",
    "independent_sources": "Independent sources",
    "verdict": "Is it an event?",
    "killed": "Killed, by each speaker",
}
"""Field -> what a form calls it."""

_HINTS: Mapping[str, str] = {
    "context": "names of contexts, with commas between",
    "date": "2020-01-04, or 2020-01-04/2020-01-05; empty: not stated",
    "place": "a name; a place that the event knows keeps its point; empty: not stated",
    "actors": "names, with commas between; empty: not stated",
    "targets": "names, with commas between; empty: not stated",
    "harm": "each toll with who says so: 3 to 5 killed (mayor); 80 or more injured; empty: not stated",
}
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, under a heading of its own or none."""

    value: str
    heading: str | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form: what it says now in words, what it said when the form was made, and what there is to choose.

    `is_closed`: one of `choices` and nothing else is right; else they are offered.
    """

    name: str
    label: str
    words: str
    was: str
    choices: tuple[Choice, ...] = ()
    is_closed: bool = False
    is_long: bool = False
    hint: str | None = None

    @property
    def groups(self) -> list[tuple[str | None, list[Choice]]]:
        """The choices under their headings."""
        return [(heading, list(some)) for heading, some in groupby(self.choices, lambda one: one.heading)]


def inputs(
    event: Event,
    claims: Sequence[Claim],
    packs: Packs,
    *,
    names: Iterable[str] = CORRECTABLE[Event],
    given: Mapping[str, str] | None = None,
) -> list[Input]:
    """The fields of `event` as they are, or as they were `given` in a form that comes back."""
    known, told = Known.of_event(event, claims), given or {}
    return [_input(name, event, known, packs, told) for name in names]


def coded_inputs(
    event: Event, claims: Sequence[Claim], packs: Packs, given: Mapping[str, str] | None = None
) -> list[Input]:
    """The fields of which a coding says something."""
    return inputs(event, claims, packs, names=CODED, given=given)


def words_of(event: Event, name: str, known: Known) -> str:
    """A field of an event in words."""
    return in_words(name, json.loads(as_json(event, name)), known)


def _input(name: str, event: Event, known: Known, packs: Packs, given: Mapping[str, str]) -> Input:
    now = words_of(event, name, known)
    choices, is_closed = _choices(name, event, known, packs)
    words = given.get(name, now)
    return Input(
        name=name,
        label=LABELS[name],
        words=words,
        was=given.get(f"was-{name}", now),
        choices=tuple(_chosen(choices, words)) if is_closed else choices,
        is_closed=is_closed,
        is_long=name == "harm",
        hint=_HINTS.get(name),
    )


def _choices(name: str, event: Event, known: Known, packs: Packs) -> tuple[tuple[Choice, ...], bool]:
    """What there is to choose, and whether it is all there is."""
    if name == "mode":
        return tuple(_modes(event.type, packs)), True
    if name == "place":
        return tuple(map(Choice, dict.fromkeys(place.name for place in known.places))), False
    if name in ("actors", "targets"):
        return tuple(map(Choice, dict.fromkeys(party.name for party in known.parties))), False
    if name == "context":
        return tuple(map(Choice, contexts(packs))), False
    words = _WORDS.get(name, ())
    return tuple(Choice(str(word)) for word in words), bool(words)


def _chosen(choices: Sequence[Choice], words: str) -> Iterable[Choice]:
    """The choices with the first that says `words` marked; what is none of them is one more."""
    first = next((at for at, choice in enumerate(choices) if choice.value == words), None)
    if first is None:
        yield Choice(words, is_chosen=True)
    yield from (replace(choice, is_chosen=at == first) for at, choice in enumerate(choices))


_WORDS: Mapping[str, Iterable[str]] = {
    "type": tuple(EventType),
    "modality": tuple(Modality),
    "precision": tuple(TimePrecision),
    "status": tuple(Status),
}


def _modes(kind: EventType, packs: Packs) -> Iterable[Choice]:
    """The modes of a type, then those of the others, which go with another type."""
    yield Choice("")
    for one in sorted(EventType, key=lambda other: (other != kind, other)):
        yield from (Choice(mode, one.value) for mode in sorted(mode for mode in modes(one, packs) if mode))

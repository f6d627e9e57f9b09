"""What may be asked for and what is: facets with counts, chips of what is asked, and which filter to loosen.

A facet counts what all *other* filters leave, so its numbers say what choosing a value would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.querying import PARAMETERS
from dateline.serve.filters import address
from dateline.serve.naming import FLAGS, NAMED, TITLES, Names
from dateline.serve.viewing import View, without
from dateline.store.asking import EXACTLY, REPORTS, SEVERAL, Query, folded
from dateline.store.event_index import FACETS, Count, EventIndex

SHOWN = 8
"""Values of a facet beside the list."""
LISTED = 500
"""Values of a facet on its own page."""
OPEN = frozenset({"type", "status"})
"""Facets that stand open without being asked for."""
LONGEST_TITLE = 120
"""Letters of a title made of what is asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be asked for; `events`: how many it would give, null where that is not counted."""

    value: str
    name: str
    events: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet; `everything` is the address of all its values, null where all are here."""

    field: str
    title: str
    choices: Sequence[Choice]
    most: int
    everything: str | None

    @property
    def parts(self) -> bool:
        """Whether it may be asked for a part of a name."""
        return self.field in NAMED

    @property
    def opened(self) -> bool:
        """Whether it stands open."""
        return self.field in OPEN or any(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Flag:
    """A filter that is on or off, and how many events it would give."""

    field: str
    name: str
    events: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that holds, in words, and the address of the view without it."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Looser:
    """A filter in words, and what is found without it."""

    text: str
    events: int
    address: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a view of a record gives to choose from."""

    index: EventIndex
    view: View
    names: Names

    # ------------------------------------------------------------ facets
    def facets(self) -> list[Facet]:
        """All facets, each with its commonest values and those asked for."""
        found = self.index.found(self.view.query)
        return [self._facet(field, found.facet(field, SHOWN + 1)) for field in FACETS]

    def _facet(self, field: str, counts: Sequence[Count]) -> Facet:
        asked = getattr(self.view.query, field)
        shown = [count for at, count in enumerate(counts) if at < SHOWN or count.value in asked]
        choices = [*self._uncounted(field, counts), *self._counted(field, shown)]
        return self._of(field, choices, everything=self._values_of(field) if len(counts) > SHOWN else None)

    def values(self, field: str, part: str | None) -> Facet:
        """A facet with its values, or those whose names have `part` in them, at most `LISTED`; and those asked for."""
        counts = self.index.found(self.view.query).facet(field, len(self.index.ids))
        named = [one for one in self._counted(field, counts) if one.chosen or folded(part or "") in folded(one.name)]
        listed = [one for at, one in enumerate(named) if at < LISTED or one.chosen]
        choices = [*self._uncounted(field, counts), *listed]
        return self._of(field, choices, everything=self._values_of(field) if len(named) > LISTED else None)

    def _of(self, field: str, choices: Sequence[Choice], *, everything: str | None) -> Facet:
        most = max((choice.events or 0 for choice in choices), default=0)
        return Facet(field, TITLES[field], choices, most, everything)

    def _values_of(self, field: str) -> str:
        return address(f"/facet/{field}", self.view.query, **self.view.besides())

    def _uncounted(self, field: str, counts: Sequence[Count]) -> Iterator[Choice]:
        """What is asked for and was not counted: a part of names, or a value that no event of the record has."""
        counted = {count.value for count in counts}
        for word in getattr(self.view.query, field):
            if word not in counted:
                part = field in NAMED and not word.startswith(EXACTLY) and word != REPORTS
                yield Choice(word, self.names.value(field, word), None if part else 0, chosen=True)

    def _counted(self, field: str, counts: Sequence[Count]) -> list[Choice]:
        """Values that were counted, the commonest first, those of one number by name."""
        asked = getattr(self.view.query, field)
        named = [(count, self.names.value(field, count.value, _own_name(field, count))) for count in counts]
        ordered = sorted(named, key=lambda one: (-one[0].events, folded(one[1])))
        return [Choice(count.value, name, count.events, count.value in asked) for count, name in ordered]

    def flags(self) -> list[Flag]:
        """Disputed, undated, unplaced: each with how many it would give."""
        made = []
        for field, name in FLAGS.items():
            tally = self.index.found(without(self.view.query, field)).tally
            made.append(Flag(field, name, getattr(tally, field), getattr(self.view.query, field)))
        return made

    # ------------------------------------------------------------ what is asked for
    def chips(self) -> list[Chip]:
        """Every filter that holds, value by value."""
        return [
            Chip(self._words(field, value), self.view.asking(without(self.view.query, field, value)).address())
            for field in PARAMETERS.values()
            for value in _asked(self.view.query, field)
        ]

    def loosened(self) -> list[Looser]:
        """The filters without which something is found, the one that gives the most first."""
        made = []
        for field in self.view.query.asked():
            left = without(self.view.query, field)
            words = ", ".join(self._words(field, value) for value in _asked(self.view.query, field))
            made.append(Looser(words, self.index.found(left).tally.events, self.view.asking(left).address()))
        return sorted((one for one in made if one.events), key=lambda one: -one.events)

    def _words(self, field: str, value: str) -> str:
        if field in FLAGS:
            return FLAGS[field]
        facet = self.index.facets.get(field) if field in NAMED else None
        return f"{TITLES[field]}: {self.names.value(field, value, facet.name(value) if facet else None)}"


def title(chips: Sequence[Chip]) -> str:
    """The view in words: 'Events: Type: ASSAULT (attack), disputed'."""
    said = f"Events: {', '.join(chip.text for chip in chips)}" if chips else "Events"
    return said if len(said) <= LONGEST_TITLE else f"{said[: LONGEST_TITLE - 1]}…"


def _own_name(field: str, count: Count) -> str | None:
    """The name that the index has for a value; null: its facet has no names of its own."""
    return count.name if field in NAMED else None


def _asked(query: Query, field: str) -> Sequence[str]:
    """What a field asks for, value by value, in words."""
    value = getattr(query, field)
    if field in SEVERAL:
        return tuple(value)
    if field == "bbox" and value:
        return (", ".join(f"{side:g}" for side in value),)
    return (str(value),) if value else ()

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
from dateline.store.event_index import FACETS, Count, EventIndex, Found

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


# ---------------------------------------------------------------- facets
def facets(index: EventIndex, view: View, names: Names) -> list[Facet]:
    """All facets of a view."""
    found = index.found(view.query)
    return [_facet(field, found, view, names) for field in FACETS]


def _facet(field: str, found: Found, view: View, names: Names) -> Facet:
    counted = found.facet(field, SHOWN + 1)
    asked = getattr(view.query, field)
    shown = [*counted[:SHOWN], *(count for count in counted[SHOWN:] if count.value in asked)]
    more = address(f"/facet/{field}", view.query, **view.besides()) if len(counted) > len(shown) else None
    most = max((count.events for count in shown), default=0)
    besides = _besides(field, asked, shown, names)
    return Facet(field, TITLES[field], [*besides, *_choices(field, shown, asked, names)], most, more)


def _besides(field: str, asked: Sequence[str], counts: Sequence[Count], names: Names) -> Iterator[Choice]:
    """What is asked for and was not counted: a part of names, or a value that no event of the record has."""
    counted = {count.value for count in counts}
    for word in asked:
        if word not in counted:
            part = field in NAMED and not word.startswith(EXACTLY) and word != REPORTS
            yield Choice(word, names.value(field, word), None if part else 0, chosen=True)


def _choices(field: str, counts: Sequence[Count], asked: Sequence[str], names: Names) -> Iterator[Choice]:
    for count in counts:
        named = count.name if field in NAMED else None
        yield Choice(count.value, names.value(field, count.value, named), count.events, count.value in asked)


def values(index: EventIndex, view: View, field: str, names: Names, part: str | None) -> Facet:
    """A facet with all its values, or those whose names have `part` in them, the commonest first; at most `LISTED`.

    What is asked for stays among them.
    """
    asked = getattr(view.query, field)
    counts = index.found(view.query).facet(field, len(index.ids))
    all_of_it = list(_choices(field, counts, asked, names))
    found = [one for one in all_of_it if one.chosen or part is None or folded(part) in folded(one.name)]
    most = max((choice.events or 0 for choice in found), default=0)
    more = address(f"/facet/{field}", view.query, **view.besides()) if len(found) > LISTED else None
    besides = _besides(field, asked, counts, names)
    return Facet(field, TITLES[field], [*besides, *found[:LISTED]], most, more)


def flags(index: EventIndex, query: Query) -> list[Flag]:
    """Disputed, undated, unplaced: each with how many it would give."""
    made = []
    for field, name in FLAGS.items():
        tally = index.found(without(query, field)).tally
        made.append(Flag(field, name, getattr(tally, field), getattr(query, field)))
    return made


# ---------------------------------------------------------------- what is asked for
def chips(index: EventIndex, view: View, names: Names) -> list[Chip]:
    """Every filter that holds, value by value."""
    made = []
    for field in PARAMETERS.values():
        for value in _asked(view.query, field):
            left = without(view.query, field, value)
            made.append(Chip(_chip(field, value, names, _known(index, field, value)), view.asking(left).address()))
    return made


def title(chips: Sequence[Chip]) -> str:
    """The view in words: 'Events: Type ASSAULT, disputed'."""
    said = f"Events: {', '.join(chip.text for chip in chips)}" if chips else "Events"
    return said if len(said) <= LONGEST_TITLE else f"{said[: LONGEST_TITLE - 1]}…"


def loosened(index: EventIndex, view: View, names: Names) -> list[Looser]:
    """The filters without which something is found, the one that gives the most first."""
    made = []
    for field in view.query.asked():
        left = without(view.query, field)
        events = index.found(left).tally.events
        if events:
            words = ", ".join(
                _chip(field, value, names, _known(index, field, value)) for value in _asked(view.query, field)
            )
            made.append(Looser(words, events, view.asking(left).address()))
    return sorted(made, key=lambda one: -one.events)


def _asked(query: Query, field: str) -> Sequence[str]:
    value = getattr(query, field)
    if field in SEVERAL:
        return tuple(value)
    if field == "bbox" and value:
        return (", ".join(f"{side:g}" for side in value),)
    return (str(value),) if value else ()


def _chip(field: str, value: str, names: Names, known: str | None) -> str:
    if field in FLAGS:
        return FLAGS[field]
    return f"{TITLES[field]}: {names.value(field, value, known)}"


def _known(index: EventIndex, field: str, value: str) -> str | None:
    """The name that the index has for a value."""
    if field not in NAMED or field not in index.facets:
        return None
    return index.facets[field].name(value)

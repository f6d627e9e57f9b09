"""The review queue: which events are to be looked at, the most doubtful first, and why.

Nothing counts as reviewed until a person touched it. The order is a function of what is said of the events alone: what
is passed over stays where it is, and the queue is asked for the event after it. Items go by one at a time, so that a
record of any size can be asked.

>>> doubtful = Item("e1", "ASSAULT", "disputed", first="2031-05-06", placed=True)
>>> why(doubtful)
('sources dispute it',)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from dateline.text import digest
from dateline.types import Event, EventType, Status

LOW = 0.6
"""Confidence below which the coder's own doubt is a reason to look: most claims have more than 0.8."""

VIOLENT = frozenset({EventType.ASSAULT.value, EventType.COERCE.value})
"""Types of which one source alone is a reason to look early."""

_DIGITS = 8
"""Of a digest, as many as tell whether an event is in a share."""


@dataclass(frozen=True, slots=True)
class Item:
    """As much of an event as the queue asks. `confidence`: that of its surest claim, null where nobody looked."""

    id: str
    type: str
    status: str
    first: str | None = None
    placed: bool = False
    guessed: bool = False
    review: str | None = None
    confidence: float | None = None

    @classmethod
    def of(cls, event: Event, confidence: float | None = None) -> Item:
        """An event as an item."""
        place = event.place
        return cls(
            id=event.id,
            type=event.type.value,
            status=event.status.value,
            first=event.date[0] if event.date else None,
            placed=place is not None,
            guessed=place is not None and place.inferred,
            review=event.review,
            confidence=confidence,
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look at an event, in words, and whether an item gives it."""

    words: str
    of: Callable[[Item], bool]


DOUBTS = (
    Doubt("sources dispute it", lambda item: item.status == Status.DISPUTED),
    Doubt("its source has withdrawn it", lambda item: item.status == Status.RETRACTED),
    Doubt("the coder is not sure of it", lambda item: item.confidence is not None and item.confidence < LOW),
    Doubt(
        "one source alone tells of violence",
        lambda item: item.status == Status.SINGLE_SOURCE and item.type in VIOLENT,
    ),
    Doubt("its day is not stated", lambda item: item.first is None),
    Doubt("its place is a guess", lambda item: item.guessed),
    Doubt("its place is not stated", lambda item: not item.placed),
    Doubt(
        "one source alone tells of it", lambda item: item.status == Status.SINGLE_SOURCE and item.type not in VIOLENT
    ),
)
"""The reasons to look, the gravest first."""

NO_DOUBT = "nothing speaks against it: it is looked at last"

Place = tuple[tuple[bool, ...], bool, str, str]
"""Where an item stands in the queue; the least comes first."""


def why(item: Item) -> tuple[str, ...]:
    """The reasons to look at an item, the gravest first, in words."""
    return tuple(doubt.words for doubt in DOUBTS if doubt.of(item)) or (NO_DOUBT,)


def place(item: Item) -> Place:
    """By the gravest reason, then the next; then by day, what is open last."""
    return tuple(not doubt.of(item) for doubt in DOUBTS), item.first is None, item.first or "", item.id


@dataclass(frozen=True, slots=True)
class Look:
    """The next item, null at the end of the queue; how many are left in all, and how many there are with those done."""

    next: Item | None
    left: int
    of: int


def look(items: Iterable[Item], is_left: Callable[[Item], bool], after: Item | None = None) -> Look:
    """The first of `items` that is left, or the first that stands after `after`, be that left or not."""
    beyond = place(after) if after is not None else None
    found: Item | None = None
    left = total = 0
    for item in items:
        total += 1
        if not is_left(item):
            continue
        left += 1
        if (beyond is None or place(item) > beyond) and (found is None or place(item) < place(found)):
            found = item
    return Look(found, left, total)


def in_order(items: Iterable[Item], is_left: Callable[[Item], bool]) -> list[Item]:
    """Those of `items` that are left, in the order of the queue."""
    return sorted(filter(is_left, items), key=place)


def unreviewed(item: Item) -> bool:
    """Whether no person accepted, corrected or rejected it."""
    return item.review is None


# ---------------------------------------------------------------- double coding
@dataclass(frozen=True, slots=True)
class Double:
    """Which events a reviewer is to code: of a `share` (0 to 1) of all, and those that others coded; `own` are done."""

    own: Collection[str]
    others: Collection[str] = ()
    share: float = 0.0

    def is_left(self, item: Item) -> bool:
        """Whether the reviewer is to code it still; what was reviewed is settled."""
        return item.id not in self.own and unreviewed(item) and self.is_chosen(item)

    def is_chosen(self, item: Item) -> bool:
        """Whether it is one of those that are coded twice."""
        return item.id in self.others or item.id in self.own or in_share(item.id, self.share)

    def chosen(self, items: Iterable[Item]) -> Iterator[Item]:
        """Those of `items` that are coded twice."""
        return filter(self.is_chosen, items)


def in_share(event: str, share: float) -> bool:
    """Whether an event is in the share (0 to 1) that is coded twice: the same on every machine, and more with more."""
    return int(digest("coded twice", event)[:_DIGITS], 16) < share * float(16**_DIGITS)

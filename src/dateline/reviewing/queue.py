"""The review queue: which events are to be looked at, the most doubtful first, and why.

Nothing counts as reviewed until a person touched it. The order is a function of what the record says alone: what is
passed over stays where it is, and the queue is asked for the event after it. Each doubt is a `Query`, so that whoever has
the record tells which events it is of without reading them; the queue itself counts with columns.

>>> DOUBTS[0].words
'sources dispute it'
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.store.asking import UNSURE, Query
from dateline.types import Event, EventType, Status

Mask = NDArray[np.bool_]
"""Of each event, in the order of time, whether something is so."""

VIOLENT = (EventType.ASSAULT.value, EventType.COERCE.value)
"""Types of which one source alone is a reason to look early."""

_PEACEFUL = tuple(kind.value for kind in EventType if kind.value not in VIOLENT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look at an event, in words, and the events that it is of."""

    words: str
    query: Query


DOUBTS = (
    Doubt("sources dispute it", Query(status=(Status.DISPUTED.value,))),
    Doubt("its source has withdrawn it", Query(status=(Status.RETRACTED.value,))),
    Doubt("the coder is not sure of it", Query(unsure=True)),
    Doubt("one source alone tells of violence", Query(status=(Status.SINGLE_SOURCE.value,), type=VIOLENT)),
    Doubt("its day is not stated", Query(undated=True)),
    Doubt("its place is not stated", Query(unplaced=True)),
    Doubt("one source alone tells of it", Query(status=(Status.SINGLE_SOURCE.value,), type=_PEACEFUL)),
)
"""The reasons to look, the gravest first."""

NO_DOUBT = "nothing speaks against it: it is looked at last"


def why(event: Event, confidence: float) -> tuple[str, ...]:
    """The reasons to look at an event, the gravest first, in words. `confidence`: that of its surest claim."""
    found = (doubt.words for doubt in DOUBTS if _is_of(doubt.query, event, confidence))
    return tuple(found) or (NO_DOUBT,)


def _is_of(query: Query, event: Event, confidence: float) -> bool:
    """Whether an event is one that a query of `DOUBTS` asks for."""
    return (
        (not query.status or event.status.value in query.status)
        and (not query.type or event.type.value in query.type)
        and not (query.undated and event.date is not None)
        and not (query.unplaced and event.place is not None)
        and not (query.unsure and confidence >= UNSURE)
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """The events in the order of time by their `ids`, with what `DOUBTS` are of each, which are in the queue and not done.

    `chosen` are those that the queue is of at all; `waiting` those of them that nobody did yet.
    """

    ids: Sequence[str]
    doubts: Sequence[Mask]
    chosen: Mask
    waiting: Mask

    @property
    def left(self) -> int:
        """How many are to be looked at still."""
        return int((self.chosen & self.waiting).sum())

    @property
    def of(self) -> int:
        """How many there are with those that are done."""
        return int(self.chosen.sum())

    def next(self, after: str | None = None) -> str | None:
        """The id of the first event that is left, or of the first behind another, be that left or not; null: none.

        An event that is not there is behind none.
        """
        left, weights = self.chosen & self.waiting, self._weights()
        if after is not None and after in self.ids:
            row = self.ids.index(after)
            behind = np.arange(len(self.ids)) > row
            left = left & ((weights < weights[row]) | ((weights == weights[row]) & behind))
        rows = np.flatnonzero(left)
        return self.ids[int(rows[np.argmax(weights[rows])])] if len(rows) else None

    def in_order(self) -> list[str]:
        """The ids of the events that are left, the next first."""
        rows = np.flatnonzero(self.chosen & self.waiting)
        return [self.ids[row] for row in rows[np.argsort(-self._weights()[rows], kind="stable")]]

    def _weights(self) -> NDArray[np.int64]:
        """What an event weighs: more by its gravest doubt than by all that are less grave."""
        weights = np.zeros(len(self.ids), dtype=np.int64)
        for doubt in self.doubts:
            weights = 2 * weights + doubt
        return weights


# ---------------------------------------------------------------- double coding
@dataclass(frozen=True, slots=True)
class Double:
    """Which events a reviewer is to code: a `share` (0 to 1) of all, and those that others coded. `own` are done."""

    own: Collection[str]
    others: Collection[str] = ()
    share: float = 0.0

    def chosen(self, ids: Sequence[str]) -> Mask:
        """Which events are coded twice."""
        return np.array(
            [key in self.own or key in self.others or in_share(key, self.share) for key in ids], dtype=np.bool_
        )

    def waiting(self, ids: Sequence[str]) -> Mask:
        """Which events the reviewer did not code yet."""
        return np.array([key not in self.own for key in ids], dtype=np.bool_)


def in_share(event: str, share: float) -> bool:
    """Whether an event is in the share (0 to 1) that is coded twice: the same on every machine, and more with more."""
    return crc32(event.encode()) < share * float(1 << 32)

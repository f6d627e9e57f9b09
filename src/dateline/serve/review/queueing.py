"""The review queue of a served record: what its index says of doubts and filters, as `reviewing.queue` takes it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reviewing.codings import Coding, codings
from dateline.reviewing.queue import DOUBTS, Double, Queue
from dateline.serve.decided import lines_in
from dateline.serve.review.state import State
from dateline.serve.served import Served
from dateline.store.asking import NONE, Query
from dateline.store.sqlite import Database
from dateline.types import Decision

_UNREVIEWED = Query(review=(NONE,))


def queue_of(served: Served, state: State, said: Sequence[Coding], reviewer: str) -> Queue:
    """The events that `state` asks for: to be reviewed, or to be coded by `reviewer` as well as by others."""
    index = served.index()
    found = index.found(state.query).mask
    unreviewed = index.found(_UNREVIEWED).mask
    doubts = [index.found(doubt.query).mask for doubt in DOUBTS]
    if not state.is_double:
        return Queue(index.ids, doubts, chosen=found, waiting=unreviewed)
    double = _double(state, said, reviewer)
    chosen = found & double.chosen(index.ids)
    return Queue(index.ids, doubts, chosen=chosen, waiting=unreviewed & double.waiting(index.ids))


def _double(state: State, said: Sequence[Coding], reviewer: str) -> Double:
    own = {one.event for one in said if one.reviewer == reviewer}
    return Double(own, {one.event for one in said if one.reviewer != reviewer}, state.share)


def lines_of(served: Served) -> tuple[Decision, ...]:
    """All decisions, as the file has them now."""
    return lines_in(served.record.folder.decisions)


def codings_of(lines: Sequence[Decision], database: Database) -> tuple[Coding, ...]:
    """The codings that stand, each of the event that it is of today."""
    return codings(lines, database.id_today)

"""Gathering claims into events: each claim joins the event it is most like, or opens one.

The order is fixed (assertions before denials, earlier reports before later, by offset), so the outcome does not hang on
the order of reading. Only events of the same type that share a wire or may share a day are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dateline.merging.facts import Facts
from dateline.merging.kinship import TypeManner, Words
from dateline.merging.likeness import ANSWER_DAYS, ANSWERS, STALE_DAYS, Gathering, enough, likeness, same_words
from dateline.types import EventType, HarmKind

Key = tuple[object, ...]

_LONGEST = 100
"""Days of a span that are looked up at most; a longer one says little of when."""


def gather(claims: Iterable[Facts], manners: Mapping[EventType, TypeManner], words: Words) -> list[Gathering]:
    """The events of `claims`, in the order in which they were opened."""
    events: list[Gathering] = []
    index: defaultdict[Key, set[int]] = defaultdict(set)
    threads: dict[Key, int] = {}
    for one in sorted(_with_tolls(list(claims)), key=_order):
        at = threads.get(thread(one))
        if at is None:
            near = sorted({at for key in _keys(one) for at in index.get(key, ())})
            at = _best(one, near, events, manners, words)
        if at is None:
            at = len(events)
            events.append(Gathering.of(one))
        else:
            events[at] = events[at].joined(one)
        threads.setdefault(thread(one), at)
        for key in _keys(one):
            index[key].add(at)
    return events


def _with_tolls(claims: list[Facts]) -> list[Facts]:
    """The claims, each with the tolls of its whole thread: what is compared is the event, not one sentence of it."""
    tolls: defaultdict[Key, set[tuple[HarmKind, int]]] = defaultdict(set)
    for one in claims:
        tolls[thread(one)] |= one.tolls
    return [replace(one, tolls=frozenset(tolls[thread(one)])) for one in claims]


def thread(one: Facts) -> Key:
    """What the coder saw to be one event of one report stays one."""
    return one.report.id, one.claim.type, one.claim.thread or one.claim.id


def _best(
    one: Facts, near: list[int], events: list[Gathering], manners: Mapping[EventType, TypeManner], words: Words
) -> int | None:
    for at in near:
        if same_words(one, events[at]):
            return at
    manner = manners[one.claim.type]
    likes = {at: likeness(one, events[at], manner, words) for at in near}
    fit = {at: like for at, like in likes.items() if like is not None and like >= enough(one, events[at])}
    return max(fit, key=lambda at: (fit[at], -at), default=None)


def _order(one: Facts) -> tuple[bool, int, bool, str, bool, int, str]:
    """Assertions first, and in a report those that say when and where before those that lean on them."""
    told = one.told if one.told is not None else 10**7
    leaning = one.first is None and one.claim.place is None and not one.targets
    return (
        not one.asserting,
        told,
        one.report.copy_of is not None,
        one.report.id,
        leaning,
        one.offset,
        one.claim.id,
    )


def _keys(one: Facts) -> Iterator[Key]:
    """Under what an event is looked up: its wire, and the days on which it can lie."""
    kind = one.claim.type
    yield kind, one.wire
    if one.first is not None and one.last is not None:
        back = STALE_DAYS if one.lent else ANSWER_DAYS if one.claim.stance in ANSWERS else 1
        first, last = one.first - back, one.last + 1
    elif one.told is not None:
        first, last = one.told - STALE_DAYS, one.told + STALE_DAYS
    else:
        yield kind, None
        return
    for day in range(first, min(last, first + _LONGEST) + 1):
        yield kind, day

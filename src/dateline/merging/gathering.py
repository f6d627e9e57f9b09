"""Gathering claims into events: each claim joins the event it is most like among those told before, or opens one.

The order of telling is fixed (assertions before denials, earlier reports before later, by offset), so the outcome does
not hang on the order of reading, nor on how many claims come at a time: when claims come, go or change, exactly those
later ones are looked at again that could have joined an event which is no longer what it was.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush

from dateline.merging.blocking import keys_of, sought_by
from dateline.merging.facts import Facts, thread
from dateline.merging.kinship import TypeManner, Words
from dateline.merging.ledger import Entry, Home, Ledger, MemoryLedger
from dateline.merging.likeness import Gathering, enough, likeness, same_words
from dateline.types import EventType

_REMEMBERED = 512
"""Events that are kept at hand."""
_UNDATED = 10**7
"""Sorts claims of undated reports behind all others."""


def gather(claims: Iterable[Facts], manners: Mapping[EventType, TypeManner], words: Words) -> list[Gathering]:
    """The events of `claims`, in the order in which they were opened."""
    ledger = MemoryLedger()
    regather(claims, (), ledger, manners, words)
    opened = sorted({(home.order, home.claim) for home in ledger.homes.values()})
    return [gathered(ledger.members(claim)) for _, claim in opened]


def gathered(members: Iterable[Entry]) -> Gathering:
    """The event of `members`, in their order."""
    first, *others = (entry.facts for entry in members)
    event = Gathering.of(first)
    for one in others:
        event = event.joined(one)
    return event


def regather(
    come: Iterable[Facts],
    gone: Iterable[str],
    ledger: Ledger,
    manners: Mapping[EventType, TypeManner],
    words: Words,
) -> set[str]:
    """Takes claims into `ledger` (new ones, and others in the place of what they were) and those of the ids `gone` out.

    Gives the first claims of the events that are not what they were; some of them may begin no event any more.
    """
    work = _Regathering(ledger, manners, words)
    for claim in gone:
        work.remove(claim)
    for one in come:
        work.add(one)
    work.run()
    return work.changed


class _Regathering:
    """One run. `changed`: events that have other claims than before. The queue holds claims to look at, by their order."""

    def __init__(self, ledger: Ledger, manners: Mapping[EventType, TypeManner], words: Words) -> None:
        self._ledger, self._manners, self._words = ledger, manners, words
        self._queue: list[tuple[str, str]] = []
        self._queued: set[tuple[str, str]] = set()
        self._events: dict[str, _Told] = {}
        self.changed: set[str] = set()

    def add(self, one: Facts) -> None:
        """Puts a claim in, if it is not there just so; what it was part of is looked at again."""
        entry = entry_of(one, self._manners[one.claim.type])
        if self._ledger.entry(entry.claim) != entry:
            self.remove(entry.claim)
            self._ledger.put(entry)
            self._ask(entry.order, entry.claim)

    def remove(self, claim: str) -> None:
        """Takes a claim out."""
        entry, home = self._ledger.entry(claim), self._ledger.home(claim)
        if entry is not None and home is not None:
            self._disturb(home.claim, entry)
            self._events.pop(home.claim, None)
        self._ledger.drop(claim)

    def run(self) -> None:
        """Finds the homes of all that is queued, the earliest first, until nothing moves any more."""
        while self._queue:
            order, claim = asked = heappop(self._queue)
            self._queued.discard(asked)
            entry = self._ledger.entry(claim)
            if entry is not None and entry.order == order:  # else it has gone, or is told at another place by now
                self._place(entry)

    def _place(self, entry: Entry) -> None:
        before, now = self._ledger.home(entry.claim), self._home(entry)
        if before == now:
            return
        moved = before is None or before.claim != now.claim
        if before is not None and moved:
            self._disturb(before.claim, entry)
            self._events.pop(before.claim, None)
        if moved:
            self._told(now.claim).add(entry)
            self._disturb(now.claim, entry)
        self._ledger.settle(entry.claim, now)

    def _disturb(self, event: str, moved: Entry) -> None:
        """Has all later claims looked at again that could be of an event which `moved` joins or leaves."""
        self.changed.add(event)
        for order, claim in self._ledger.after(self._told(event).sought, moved.order):
            self._ask(order, claim)

    def _ask(self, order: str, claim: str) -> None:
        if (order, claim) not in self._queued:
            self._queued.add((order, claim))
            heappush(self._queue, (order, claim))

    # ------------------------------------------------------------ where one belongs
    def _home(self, entry: Entry) -> Home:
        """The event of the thread, else the likest of those told before, else a new one."""
        first = self._ledger.thread(entry.thread)[0]
        if first != entry.claim:
            of_thread = self._ledger.home(first)
            assert of_thread is not None, f"{first} comes before {entry.claim} and has no home"
            return Home(of_thread.order, of_thread.claim, None)
        return self._likest(entry) or Home(entry.order, entry.claim, None)

    def _likest(self, entry: Entry) -> Home | None:
        """The likest event told before; of several as like, the one that was opened first."""
        before, near = self._ledger.home(entry.claim), self._ledger.before(entry.keys_sought, entry.order)
        asked = sorted((order, claim) for claim, order in near.items())
        if before is not None and (known := self._still(entry, before, near)) is not None:
            asked = [pair for pair in asked if pair[1] in self.changed and pair[1] != before.claim]
        else:
            known = []
        told = [(order, claim, self._told(claim).before(entry.order)) for order, claim in asked]
        for order, claim, event in told:
            if same_words(entry.facts, event):
                return Home(order, claim, None)
        likes = [
            (-like, order, claim) for order, claim, event in told if (like := self._likeness(entry, event)) is not None
        ]
        if not (likes or known):
            return None
        like, order, claim = min([*likes, *known])
        return Home(order, claim, -like)

    def _still(self, entry: Entry, home: Home, near: Mapping[str, str]) -> list[tuple[float, str, str]] | None:
        """How like a claim still is to the event that it is of, as the only one among those that have not changed.

        Nothing if it opened its event; null where all must be asked again: it is less like it now, or was its copy.
        """
        if home.claim == entry.claim:
            return []
        if home.likeness is None or home.claim not in near:
            return None
        like: float | None = home.likeness
        if home.claim in self.changed:
            event = self._told(home.claim).before(entry.order)
            like = None if same_words(entry.facts, event) else self._likeness(entry, event)
        return None if like is None or like < home.likeness else [(-like, near[home.claim], home.claim)]

    def _likeness(self, entry: Entry, event: Gathering) -> float | None:
        """How like a claim is to what was told of an event, where that is enough."""
        one = entry.facts
        like = likeness(one, event, self._manners[one.claim.type], self._words)
        return like if like is not None and like >= enough(one, event) else None

    def _told(self, event: str) -> _Told:
        known = self._events.pop(event, None) or _Told(self._ledger.members(event))
        self._events[event] = known  # the last asked for stands last
        if len(self._events) > _REMEMBERED:
            del self._events[next(iter(self._events))]
        return known


class _Told:
    """The claims of an event, of which ever more are told. `sought`: the keys under which any of them finds others."""

    def __init__(self, members: list[Entry]) -> None:
        self._members = members
        self.sought = {key for entry in members for key in entry.keys_sought}
        self._told = 0
        self._event: Gathering | None = None

    def add(self, entry: Entry) -> None:
        """Takes in a claim that comes after all that were told."""
        insort(self._members, entry, key=lambda one: one.order)
        self.sought |= entry.keys_sought

    def before(self, order: str) -> Gathering:
        """The event as it was told before a place in the order, which is none before that last asked for."""
        while self._told < len(self._members) and self._members[self._told].order < order:
            one = self._members[self._told].facts
            self._event = self._event.joined(one) if self._event else Gathering.of(one)
            self._told += 1
        assert self._event is not None, "an event of which nothing was told yet"
        return self._event


def entry_of(one: Facts, manner: TypeManner) -> Entry:
    """A claim as a ledger keeps it."""
    return Entry(
        order=_order(one),
        thread=thread(one),
        keys=keys_of(one, manner),
        keys_sought=sought_by(one, manner),
        facts=one,
    )


def _order(one: Facts) -> str:
    """Assertions first, and in a report those that say when and where before those that lean on them."""
    told = one.told if one.told is not None else _UNDATED
    leaning = one.first is None and one.claim.place is None and not one.targets
    copied = one.report.copy_of is not None
    return f"{not one.asserting:d}{told:08d}{copied:d}{one.report.id}\x01{leaning:d}{one.offset:09d}{one.claim.id}"

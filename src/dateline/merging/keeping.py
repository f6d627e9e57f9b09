"""Merging where a record keeps the ledger: claims of some reports are taken in, and the events that changed are settled.

What comes out is what `merge` gives of all claims at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from dateline.knowledge.packs import Packs
from dateline.merging import read_facts, settle
from dateline.merging.explaining import reasons
from dateline.merging.facts import Thread
from dateline.merging.gathering import gathered, regather
from dateline.merging.kinship import load_manners, load_words, plain_name
from dateline.merging.ledger import Entry, Home
from dateline.merging.status import withdrawing_notes
from dateline.merging.where import atlas, on_map
from dateline.types import Decision, Event, Place, Problem, Reason, Report, Testimony

_REMEMBERED = 4096
"""Entries that are kept decoded."""


class Rows(Protocol):
    """What a record keeps of the ledger: entries as bytes."""

    renamed: set[str]

    def entry(self, claim: str) -> bytes | None:
        """What is kept of a claim."""

    def put(
        self,
        claim: str,
        entry: bytes,
        *,
        telling: str,
        thread: str,
        keys: Iterable[int],
        unlocated: str | None,
        located: tuple[str, str] | None,
    ) -> None:
        """Keeps a claim that is not there."""

    def drop(self, claim: str, keys: Iterable[int]) -> None:
        """Forgets a claim, which has these keys."""

    def home(self, claim: str) -> tuple[str, str, float | None] | None:
        """The order and the id of the first claim of its event, and how like it was."""

    def settle(self, claim: str, order: str, home: str, likeness: float | None) -> None:
        """Keeps where a claim is."""

    def thread(self, thread: str) -> list[str]:
        """The claims of a thread, in order."""

    def before(self, keys: Iterable[int], order: str) -> dict[str, str]:
        """The homes of the claims that have one of the keys and come before."""

    def after(self, keys: Iterable[int], order: str) -> list[tuple[str, str]]:
        """The claims that have a home and one of the keys and come after: order and id."""

    def members(self, home: str) -> list[tuple[str, bytes]]:
        """The claims of the event that begins with a claim, in order, each with what is kept of it."""

    def homes(self, claims: Iterable[str]) -> set[str]:
        """The first claims of the events of these claims."""

    def places(self, names: Iterable[str]) -> list[str]:
        """The places that the atlas has under these names, as JSON."""

    def naming(self, names: Iterable[str]) -> set[str]:
        """The first claims of the events whose claims name these places without knowing their points."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The events of what changed, and decisions that do not fit.

    `claims`: all that they have; `homes`: the first of each as gathered; `lines`: the decisions that were applied.
    """

    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    claims: frozenset[str]
    homes: frozenset[str]
    lines: frozenset[int]


def withdraws(report: Report, packs: Packs) -> bool:
    """Whether a report has a note that takes something back."""
    return bool(withdrawing_notes([report], load_words(packs)))


def take_in(testimonies: Iterable[Testimony], gone: Iterable[str], rows: Rows, packs: Packs) -> set[str]:
    """Takes the claims of some reports into the ledger, those of the ids `gone` out; gives the events that changed."""
    ledger, words = KeptLedger(rows), load_words(packs)
    rows.renamed.clear()
    come = (
        one
        for told in testimonies
        for one in read_facts(told.claims, told.report, told.later, withdrawing_notes(told.withdrawing, words), packs)
    )
    changed = regather(come, gone, ledger, load_manners(packs), words)
    return changed | rows.naming(rows.renamed)


def settle_homes(homes: Iterable[str], decisions: Sequence[Decision], rows: Rows, packs: Packs) -> Settled:
    """The events that begin with these claims, and those that decisions tie to them."""
    ledger, applied = KeptLedger(rows), set[int]()
    found = {home: ledger.members(home) for home in homes}
    while tied := _tied(found, decisions, applied, rows):
        found |= {home: ledger.members(home) for home in tied}
    groups = [tuple(entry.facts for entry in found[home]) for home in _in_order(found)]
    places = [one.claim.place for group in groups for one in group if one.claim.place is not None]
    known = atlas(msgspec.json.decode(raw, type=Place) for raw in rows.places({plain_name(p.name) for p in places}))
    lines = [line for line in decisions if line.line in applied]
    claims = frozenset(entry.claim for members in found.values() for entry in members)
    merged = settle(groups, lines, known, packs)
    return Settled(merged.events, merged.problems, claims, frozenset(found), frozenset(applied))


def explain_kept(event: Event, decisions: Sequence[Decision], rows: Rows, packs: Packs) -> tuple[Reason, ...]:
    """Why the claims of `event` are one event."""
    ledger = KeptLedger(rows)
    found = {home: ledger.members(home) for home in rows.homes(event.claims)}
    return reasons(event, (gathered(found[home]) for home in _in_order(found)), decisions, packs)


def _tied(found: dict[str, list[Entry]], decisions: Sequence[Decision], applied: set[int], rows: Rows) -> set[str]:
    """The homes of all claims of decisions that are about a claim of `found`; notes these decisions as `applied`."""
    there = {entry.claim for members in found.values() for entry in members}
    tied: set[str] = set()
    for line in decisions:
        about = {anchor.claim for anchor in (*line.claims, *line.into)}
        if line.line not in applied and about & there:
            applied.add(line.line)
            tied |= rows.homes(about)
    return tied - found.keys()


def _in_order(found: dict[str, list[Entry]]) -> Iterator[str]:
    """The events that have claims, in the order in which they were opened."""
    opened = sorted((members[0].order, home) for home, members in found.items() if members)
    return (home for _, home in opened)


class KeptLedger:
    """The ledger of a record, with the entries last asked for at hand."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, Entry] = {}
        self._encoder = msgspec.msgpack.Encoder(order="deterministic")
        self._decoder = msgspec.msgpack.Decoder(Entry)

    def entry(self, claim: str) -> Entry | None:
        """What is kept of a claim; null: nothing."""
        known = self._known.get(claim)
        if known is None and (raw := self._rows.entry(claim)) is not None:
            known = self._read(claim, raw)
        return known

    def put(self, entry: Entry) -> None:
        """Keeps a claim, in the place of what was kept of it; it has no home yet."""
        self.drop(entry.claim)
        place = entry.facts.claim.place
        located = on_map(place)
        self._rows.put(
            entry.claim,
            self._encoder.encode(entry),
            telling=entry.order,
            thread=_joined(entry.thread),
            keys=entry.keys,
            unlocated=plain_name(place.name) if place is not None and located is None else None,
            located=(plain_name(located.name), msgspec.json.encode(located).decode()) if located else None,
        )
        self._remember(entry)

    def drop(self, claim: str) -> None:
        """Forgets a claim."""
        entry = self.entry(claim)
        if entry is not None:
            self._rows.drop(claim, entry.keys)
            del self._known[claim]

    def home(self, claim: str) -> Home | None:
        """Where a claim is; null: nowhere yet."""
        found = self._rows.home(claim)
        return Home(*found) if found else None

    def settle(self, claim: str, home: Home) -> None:
        """Keeps where a claim is."""
        self._rows.settle(claim, home.order, home.claim, home.likeness)

    def thread(self, thread: Thread) -> list[str]:
        """The claims of a thread, in order."""
        return self._rows.thread(_joined(thread))

    def before(self, keys: Iterable[int], order: str) -> dict[str, str]:
        """The homes of the claims that have one of the keys and come before: their ids, each with its order."""
        return self._rows.before(keys, order)

    def after(self, keys: Iterable[int], order: str) -> list[tuple[str, str]]:
        """The claims that have a home and one of the keys and come after: order and id."""
        return self._rows.after(keys, order)

    def members(self, home: str) -> list[Entry]:
        """The claims of the event that begins with a claim, in order."""
        return [self._read(claim, raw) for claim, raw in self._rows.members(home)]

    def _read(self, claim: str, raw: bytes) -> Entry:
        return self._known.get(claim) or self._remember(self._decoder.decode(raw))

    def _remember(self, entry: Entry) -> Entry:
        while len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[entry.claim] = entry
        return entry


def _joined(thread: Thread) -> str:
    return "\x01".join(thread)

"""Claims that come, go and change in any portions and order are gathered as if all had come at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.packs import Packs
from dateline.merging import read_facts
from dateline.merging.facts import Facts
from dateline.merging.gathering import gather, regather
from dateline.merging.keeping import KeptLedger
from dateline.merging.kinship import load_manners, load_words
from dateline.merging.ledger import MemoryLedger
from dateline.store.sqlite import Database
from dateline.types import Claim, EventType, Place, Report, Stance
from tests.merging.making import ARIA, BANTE, ORLU, claim, dead, on, report

PACKS = Packs()
MANNERS, WORDS = load_manners(PACKS), load_words(PACKS)
PLACES = (None, ORLU, ARIA, BANTE, replace(ORLU, inferred=True), Place(name="Orlu market", country="XA", within="Orlu"))
PARTIES = ("gunmen", "Noor Front", "market", "convoy", "Iraqi soldiers", "soldiers from Iraq", "Borea")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    number = draw(st.integers(0, 7))
    return claim(
        f"r{number}",
        draw(st.sampled_from([None, "Ana Teku", "officials"])),
        at=draw(st.integers(0, 2)),
        type=draw(st.sampled_from([EventType.ASSAULT, EventType.ASSAULT, EventType.ACCUSE])),
        stance=draw(st.sampled_from([Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES, Stance.CLAIMS_RESPONSIBILITY])),
        place=draw(st.sampled_from(PLACES)),
        time=draw(st.sampled_from([None, on("2031-05-05"), on("2031-05-06"), on("2031-05-05", "2031-05-08")])),
        actors=draw(st.lists(st.sampled_from(PARTIES), max_size=1)),
        targets=draw(st.lists(st.sampled_from(PARTIES), max_size=1)),
        harm=draw(st.sampled_from([(), (dead(3),), (dead(9),)])),
        thread=draw(st.sampled_from([None, None, "t"])),
    )


def told(number: int, variant: int) -> Report:
    """One of several reports of a number: of one wire or another, undated, or a copy."""
    day = (f"2031-05-0{6 + number % 3}", None, "2031-05-07", "2031-05-12")[variant]
    more = ({}, {}, {"wire": "w-r0", "copy_of": "r0" if number else None}, {})[variant]
    return report(f"r{number}", day, **more)


def facts_of(told_claims: Sequence[Claim], variants: Sequence[int]) -> list[Facts]:
    unique = {one.id: one for one in told_claims}
    return [
        one
        for number in range(8)
        for one in read_facts(
            [c for c in unique.values() if c.report == f"r{number}"], told(number, variants[number]), (), (), PACKS
        )
    ]


def events(read: Iterable[Facts]) -> list[list[str]]:
    return [[one.claim.id for one in event.members] for event in gather(read, MANNERS, WORDS)]


def kept(ledger: MemoryLedger) -> list[list[str]]:
    opened = sorted({(home.order, home.claim) for home in ledger.homes.values()})
    return [[entry.claim for entry in ledger.members(claim)] for _, claim in opened]


VARIANTS = st.lists(st.integers(0, 3), min_size=8, max_size=8)


@settings(max_examples=120, deadline=None)
@given(st.lists(claims(), max_size=14), VARIANTS, st.data())
def test_portions_in_any_order_give_the_same_events(
    given_: list[Claim], variants: list[int], data: st.DataObject
) -> None:
    read = data.draw(st.permutations(facts_of(given_, variants)))
    ledger, size = MemoryLedger(), data.draw(st.integers(1, 4))
    for at in range(0, len(read), size):
        regather(read[at : at + size], (), ledger, MANNERS, WORDS)
    assert kept(ledger) == events(read)


@settings(max_examples=120, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=14), VARIANTS, VARIANTS, st.data())
def test_claims_that_go_or_change_leave_nothing_behind(
    given_: list[Claim], variants: list[int], others: list[int], data: st.DataObject
) -> None:
    before, after = facts_of(given_, variants), facts_of(given_, others)
    gone = {one.claim.id for one in before if data.draw(st.booleans())}
    ledger = MemoryLedger()
    regather(before, (), ledger, MANNERS, WORDS)
    rest = [one for one in after if one.claim.id not in gone]
    regather(rest, gone, ledger, MANNERS, WORDS)
    assert kept(ledger) == events(rest)


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=10), VARIANTS, VARIANTS)
def test_the_ledger_of_a_record_keeps_what_one_in_memory_does(
    given_: list[Claim], variants: list[int], others: list[int]
) -> None:
    memory = MemoryLedger()
    gone = [one.id for one in given_[:1] if one not in given_[1:]]
    with tempfile.TemporaryDirectory() as folder, closing(Database.writing(Path(folder) / "record.db")) as database:
        for read in (facts_of(given_, variants), facts_of(given_[1:], others)):
            with database.shelf() as shelf:
                stored = KeptLedger(shelf.gathered)  # another making has nothing at hand
                changed = [regather(read, gone, ledger, MANNERS, WORDS) for ledger in (memory, stored)]
                homes = {one.claim for one in memory.homes.values()}
                assert changed[0] == changed[1]
                assert {home: stored.members(home) for home in homes} == {home: memory.members(home) for home in homes}


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=10), VARIANTS)
def test_what_is_given_again_changes_nothing(given_: list[Claim], variants: list[int]) -> None:
    read, ledger = facts_of(given_, variants), MemoryLedger()
    regather(read, (), ledger, MANNERS, WORDS)
    assert regather(read, (), ledger, MANNERS, WORDS) == set()


@settings(max_examples=80, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=10), VARIANTS, claims())
def test_only_events_that_are_told_to_have_changed_have(given_: list[Claim], variants: list[int], late: Claim) -> None:
    ledger = MemoryLedger()
    regather(facts_of(given_, variants), (), ledger, MANNERS, WORDS)
    before = {one[0]: one for one in kept(ledger)}
    changed = regather(facts_of([*given_, late], variants), (), ledger, MANNERS, WORDS)
    after = {one[0]: one for one in kept(ledger)}
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert differing <= changed

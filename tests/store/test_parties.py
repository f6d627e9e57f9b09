"""Parties and pairs as they are counted with NumPy are those that counting one event after the other gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.store.parties import Mask, Matrix, Parties, Sides

NAMES = ["gull", "osk", "tamar", "lume", "borea"]
NO_DAY = -(1 << 40)
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Deed:
    """An event: who acts, who is acted on, the day (null: none), and whether it is asked for."""

    actors: frozenset[str]
    targets: frozenset[str]
    day: int | None
    asked: bool


PARTIES = st.frozensets(st.sampled_from(NAMES), max_size=3)
DEEDS = st.lists(st.builds(Deed, PARTIES, PARTIES, st.none() | st.integers(-800_000, 20_000), st.booleans()))


def parties_of(deeds: list[Deed]) -> Parties:
    return Parties(
        _side([deed.actors | deed.targets for deed in deeds]),
        acting=_side([deed.actors for deed in deeds]),
        acted_on=_side([deed.targets for deed in deeds]),
        days=np.array([NO_DAY if deed.day is None else deed.day for deed in deeds], dtype=np.int64),
    )


def _side(named: list[frozenset[str]]) -> Sides:
    pairs = [(row, NAMES.index(name)) for row, names in enumerate(named) for name in sorted(names)]
    held = np.array(pairs[::-1], dtype=np.int32).reshape(-1, 2)  # in no order
    return Sides([(f"={name}", name) for name in NAMES], held[:, 0], held[:, 1])


def mask_of(deeds: list[Deed]) -> Mask:
    return np.array([deed.asked for deed in deeds], dtype=np.bool_)


def pairs_of(deeds: list[Deed]) -> Counter[tuple[str, str]]:
    return Counter((one, other) for deed in deeds if deed.asked for one in deed.actors for other in deed.targets)


@given(DEEDS)
@SETTINGS
def test_pairs_are_counted_as_one_by_one(deeds: list[Deed]) -> None:
    told = parties_of(deeds).pairs(mask_of(deeds), 100)
    assert {(one.actor.name, one.target.name): one.events for one in told} == pairs_of(deeds)
    assert [one.events for one in told] == sorted((one.events for one in told), reverse=True)


@given(DEEDS, st.sampled_from(NAMES))
@SETTINGS
def test_pairs_of_one_party_are_its_own(deeds: list[Deed], name: str) -> None:
    parties, counted = parties_of(deeds), pairs_of(deeds)
    does = parties.pairs(mask_of(deeds), 100, actor=f"={name}")
    suffers = parties.pairs(mask_of(deeds), 100, target=f"={name}")
    assert {one.target.name: one.events for one in does} == {b: n for (a, b), n in counted.items() if a == name}
    assert {one.actor.name: one.events for one in suffers} == {a: n for (a, b), n in counted.items() if b == name}


@given(DEEDS)
@SETTINGS
def test_parties_are_counted_as_one_by_one(deeds: list[Deed]) -> None:
    told = {one.party.name: one for one in parties_of(deeds).counts(mask_of(deeds))}
    asked = [deed for deed in deeds if deed.asked]
    assert set(told) == {name for deed in asked for name in deed.actors | deed.targets}
    for name, one in told.items():
        of = [deed for deed in asked if name in deed.actors | deed.targets]
        days = [deed.day for deed in of if deed.day is not None]
        ends = (str(np.datetime64(day, "D")) for day in (min(days), max(days))) if days else (None, None)
        assert (one.first, one.last) == tuple(ends)
        assert one.events == len(of)
        assert one.acts == sum(name in deed.actors for deed in of)
        assert one.acted_on == sum(name in deed.targets for deed in of)


@given(DEEDS, st.integers(1, 5))
@SETTINGS
def test_a_matrix_has_the_counts_of_the_pairs(deeds: list[Deed], size: int) -> None:
    matrix, counted = parties_of(deeds).matrix(mask_of(deeds), size), pairs_of(deeds)
    assert len(matrix.actors) <= size
    assert len(matrix.targets) <= size
    assert all(sum(row) for row in zip(*matrix.events, strict=True))
    for actor, row in zip(matrix.actors, matrix.events, strict=True):
        for target, events in zip(matrix.targets, row, strict=True):
            assert events == counted[actor.name, target.name]


def test_a_record_without_parties_has_none() -> None:
    parties = parties_of([Deed(frozenset(), frozenset(), None, True)])
    mask = np.ones(1, dtype=np.bool_)
    assert parties.counts(mask) == []
    assert parties.pairs(mask, 5) == []
    assert parties.matrix(mask, 5) == Matrix((), (), ())


def test_a_pair_of_a_party_that_nobody_knows_is_none() -> None:
    parties = parties_of([Deed(frozenset({"gull"}), frozenset({"osk"}), 1, True)])
    assert parties.pairs(np.ones(1, dtype=np.bool_), 5, actor="=nobody") == []
    assert parties.party("=nobody") is None

"""merge on whole dossiers: invented stories told by several outlets, with how many events, sources and tolls they have.

A story's `story.toml` says what happened. An event of the record is one of the story's if it has its type, shares a
report and lies on its days; figures must not fall below the floors, which are what was reached when they were pinned.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.record import open_record
from dateline.types import Event, EventHarm

HERE = Path(__file__).parent / "dossiers"
FLOORS = {
    "events F1": 0.78,
    "independent sources": 0.75,
    "status": 0.80,
    "days": 0.72,
    "tolls F1": 0.66,
}
"""Over all dossiers. Events missed count against the tolls too."""

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of a story and the event of the record that tells it."""

    told: Told
    made: Event


@dataclass(frozen=True, slots=True)
class Scored:
    """What a record has of a story: the events found, and how many there are on both sides."""

    story: str
    pairs: tuple[Pair, ...]
    told: tuple[Told, ...]
    made: tuple[Event, ...]


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> list[Scored]:
    return [_scored(folder, tmp_path_factory.mktemp(folder.name)) for folder in sorted(HERE.iterdir())]


def test_figures_of_the_dossiers_do_not_fall(scored: list[Scored]) -> None:
    found = {
        "events F1": _f1(
            _count(s.pairs for s in scored), _count(s.made for s in scored), _count(s.told for s in scored)
        ),
        "independent sources": _share(scored, lambda p: p.told["independent_sources"] == p.made.independent_sources),
        "status": _share(scored, lambda p: p.told["status"] == p.made.status),
        "days": _share(scored, lambda p: p.made.date is not None and list(p.made.date) == p.told["date"]),
        "tolls F1": _tolls(scored),
    }
    assert {name: round(value, 2) for name, value in found.items() if value < FLOORS[name]} == {}


def test_two_attacks_on_one_city_in_two_days_stay_two(scored: list[Scored]) -> None:
    for story, keys in (
        ("baidoa-hotel-bombing", ("hotel", "police-post")),
        ("izmail-silo-strikes", ("silo", "ferry-terminal")),
    ):
        [pairs] = [s.pairs for s in scored if s.story == story]
        made = {pair.told["key"]: pair.made.id for pair in pairs}
        assert len({made[key] for key in keys}) == 2


def test_a_withdrawn_report_leaves_nothing_and_its_paper_denies_it(scored: list[Scored]) -> None:
    [event] = [p.made for s in scored for p in s.pairs if p.told["key"] == "minister-shot"]
    assert (event.status, event.independent_sources) == ("retracted", 0)
    assert ("Mudug Daily", "denies") in {(s.speaker, s.stance) for s in event.says}


# ---------------------------------------------------------------- scoring
def _scored(folder: Path, scratch: Path) -> Scored:
    told = tomllib.loads((folder / "story.toml").read_text("utf-8"))["event"]
    record = open_record(scratch / "r", create=True)
    record.add([str(folder / "reports.jsonl")])
    with record.ask() as database:
        made = list(database.events())
        files = {r.id: Path(r.source).name for r in database.reports()}
    pairs = tuple(Pair(told[i], made[j]) for i, j in _matched(told, made, files))
    return Scored(folder.name, pairs, tuple(told), tuple(made))


def _matched(told: list[Told], made: list[Event], files: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The likest first: by reports shared, then by actors named alike."""
    likes = sorted(
        ((like, -i, -j) for i, t in enumerate(told) for j, m in enumerate(made) if (like := _like(t, m, files)) > 0),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    for _, i, j in likes:
        if not {("told", i), ("made", j)} & taken:
            taken |= {("told", i), ("made", j)}
            yield -i, -j


def _like(told: Told, made: Event, files: Mapping[str, str]) -> float:
    if told["type"] != made.type or made.date is None or not _meet(told["date"], made.date):
        return 0.0
    mine, theirs = set(told["reports"]), {files[key] for key in made.reports}
    named = {word for name in told["actors"] + told["targets"] for word in name.lower().split()}
    words = {word for party in (*made.actors, *made.targets) for word in party.name.lower().split()}
    return len(mine & theirs) / len(mine | theirs) + 0.1 * len(named & words) if mine & theirs else 0.0


def _meet(one: list[str], other: tuple[str, str]) -> bool:
    (a, b), (c, d) = ([date.fromisoformat(day) for day in days] for days in (one, other))
    return a <= d and c <= b


def _count(groups: Iterator[tuple[Any, ...]]) -> int:
    return sum(map(len, groups))


def _f1(hits: int, some: int, others: int) -> float:
    return 2 * hits / (some + others) if some + others else 1.0


def _share(scored: list[Scored], holds: Callable[[Pair], bool]) -> float:
    pairs = [pair for s in scored for pair in s.pairs]
    return sum(holds(pair) for pair in pairs) / len(pairs)


def _tolls(scored: list[Scored]) -> float:
    """Kind, figures and whether a speaker is named at all."""
    hits = 0
    for pair in (p for s in scored for p in s.pairs):
        left = [_toll(h) for h in pair.made.harm if not h.part]
        for harm in pair.told.get("harm", []):
            wanted = (harm["kind"], harm["low"], harm["high"], bool(harm["said_by"]))
            if wanted in left:
                left.remove(wanted)
                hits += 1
    made = sum(not h.part for s in scored for e in s.made for h in e.harm)
    return _f1(hits, made, sum(len(t.get("harm", [])) for s in scored for t in s.told))


def _toll(harm: EventHarm) -> tuple[str, int | None, int | None, bool]:
    return harm.kind.value, harm.low, harm.low if harm.high is None else harm.high, harm.said_by is not None

"""Placing: whatever the order and the portions reports come in, and whatever keeps the index, the wires are the same."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.collapsing import Index, MemoryIndex, collapse
from dateline.collapsing.bands import WINDOW, bands
from dateline.collapsing.shingles import SHINGLE, cut
from dateline.store.sqlite import Database
from dateline.store.wires import WireIndex
from dateline.types import Published, Report

LEXICON = [
    f"{a}{b}{c}" for a in ("ka", "lo", "mi", "su", "te") for b in ("n", "r", "v", "d") for c in ("a", "el", "is", "om")
]


def paragraph(seed: str, words: int = 30) -> str:
    return " ".join(Random(seed).choices(LEXICON, k=words))


STORIES = [[paragraph(f"{story}.{n}") for n in range(5)] for story in "abcd"]
HOUSE = [paragraph("house 1", 24), paragraph("house 2", 12)]
DAYS = (None, "2031-05-05", "2031-05-06", "2031-05-06T08:00:00+02:00")


@st.composite
def some_reports(draw: st.DrawFn) -> list[Report]:
    """Copies of a few stories by a few publishers, who cut them, mix them and print the same under all of them."""
    made = []
    for n in range(draw(st.integers(2, 14))):
        story = draw(st.sampled_from(STORIES))
        kept = [p for p in story if draw(st.integers(0, 4))] or story[:1]
        added = draw(st.lists(st.sampled_from([*HOUSE, *STORIES[0][3:]]), max_size=2, unique=True))
        publisher, day = draw(st.sampled_from(["Post", "Echo", "Wire", None])), draw(st.sampled_from(DAYS))
        made.append(report(f"r{n:02}", [*kept, *added], publisher=publisher, day=day))
    return made


def report(key: str, paragraphs: Sequence[str], *, publisher: str | None = None, day: str | None = None) -> Report:
    agency = "Wire" if publisher == "Wire" else None
    dated = Published(day, day, None)
    return Report(key, key, None, publisher, agency, None, None, dated, (), "en", "", "\n\n".join(paragraphs))


def wires(reports: Sequence[Report], index: Index | None = None) -> dict[str, tuple[str | None, str | None]]:
    return {r.id: (r.wire, r.copy_of) for r in collapse(reports, index)}


def placed(portions: Sequence[Sequence[Report]], index: Index) -> dict[str, tuple[str | None, str | None]]:
    """The wires of all after `portions` were placed one after the other."""
    there: list[Report] = []
    for portion in portions:
        there += portion
        found = wires(there, index)
    return found


@contextmanager
def stored() -> Iterator[WireIndex]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        Database.writing(path).close()
        with closing(sqlite3.connect(path)) as connection:
            yield WireIndex(connection)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(reports=some_reports(), data=st.data())
def test_any_order_in_any_portions_gives_the_same_wires(reports: list[Report], data: st.DataObject) -> None:
    common = data.draw(st.sampled_from([2, 3, 400]))
    with patch("dateline.collapsing.placing.COMMON", common):
        expected = wires(reports)
        order = data.draw(st.permutations(reports))
        edges = sorted(data.draw(st.sets(st.integers(1, len(order)), max_size=4)) | {len(order)})
        portions = [order[start:end] for start, end in zip([0, *edges], edges, strict=False)]
        assert placed(portions, MemoryIndex()) == expected
        with stored() as index:
            assert placed(portions, index) == expected


@pytest.mark.parametrize("common", [2, 3, 4])
def test_a_phrase_that_becomes_common_links_nobody_whoever_came_first(common: int) -> None:
    story = STORIES[1]
    reports = [report(f"r{n}", [p for at, p in enumerate(story) if at != n], day="2031-05-05") for n in range(5)]
    with patch("dateline.collapsing.placing.COMMON", common):
        expected = wires(reports)
        assert placed([[r] for r in reports], MemoryIndex()) == expected
        assert placed([[r] for r in reversed(reports)], MemoryIndex()) == expected


def test_a_publishers_fourth_story_shows_what_its_furniture_is() -> None:
    house = paragraph("house", 60)
    reports = [report(f"r{n}", [paragraph(f"own {n}", 20), house], publisher="Post") for n in range(4)]
    index = MemoryIndex()
    assert len({wire for wire, _ in wires(reports[:3], index).values()}) == 1
    assert len({wire for wire, _ in wires(reports, index).values()}) == 4


def test_a_verbatim_copy_that_is_older_becomes_the_original_of_all() -> None:
    story = [paragraph(f"s{n}") for n in range(4)]
    late = report("b", story, day="2031-05-06")
    cut_short = report("c", story[:3], day="2031-05-07")
    early = report("a", story, day="2031-05-05")
    index = MemoryIndex()
    assert {key: copy for key, (_, copy) in wires([late, cut_short], index).items()} == {"b": None, "c": "b"}
    assert {key: copy for key, (_, copy) in wires([late, cut_short, early], index).items()} == {
        "a": None,
        "b": "a",
        "c": "a",
    }


def test_a_report_that_joins_two_others_does_not_make_them_copies_of_each_other_in_vain() -> None:
    first, second = STORIES[1], STORIES[2]
    both = report("c", [*first, *second], day="2031-05-07")
    found = wires([report("a", first, day="2031-05-05"), report("b", second, day="2031-05-06"), both])
    assert [copy for _, copy in found.values()] == [None, None, "a"]


@pytest.mark.parametrize("size", [16, 20, 90, 128, 700])
def test_a_run_of_a_windows_words_has_a_band_in_common_wherever_it_stands(size: int) -> None:
    shared = paragraph("shared", WINDOW + SHINGLE - 1)
    for n in range(20):
        one = report("a", [f"{paragraph(f'x{n}', size)} {shared} {paragraph(f'y{n}', size)}"])
        other = report("b", [f"{paragraph(f'z{n}', 2 * size)} {shared}"])
        assert set(bands(cut(one).flow)) & set(bands(cut(other).flow))


def test_a_long_text_keeps_about_a_shingle_in_eight() -> None:
    flow = cut(report("a", [" ".join(f"{word}{n}" for n, word in enumerate(LEXICON * 30))])).flow
    assert 0.1 < len(bands(flow)) / len(flow) < 0.14

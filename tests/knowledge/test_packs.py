"""Packs lie over one another; a mistake in one is named with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.coding.patterns import load_codebook
from dateline.knowledge.notation import read_marked
from dateline.knowledge.packs import BUILT_IN, PackError, Packs
from dateline.types import EventType


def test_a_row_above_replaces_the_row_below(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    header = (BUILT_IN / "world" / "outlets.csv").read_text("utf-8").splitlines()[0]
    cells = ["example.org", "The Example", *[""] * (len(header.split(",")) - 2)]
    (tmp_path / "world" / "outlets.csv").write_text(header + "\n" + ",".join(cells) + "\n", "utf-8")
    rows = Packs((BUILT_IN, tmp_path)).rows("world/outlets.csv")
    assert any(row["name"] == "The Example" for row in rows)
    assert len(rows) == len(Packs().rows("world/outlets.csv")) + 1


def test_a_user_adds_a_pattern_without_python(tmp_path: Path) -> None:
    folder = tmp_path / "plover" / "types"
    folder.mkdir(parents=True)
    (folder / "ASSAULT.toml").write_text('type = "ASSAULT"\n[[pattern]]\nverbs = ["bazooka"]\n', "utf-8")
    book = load_codebook(Packs((BUILT_IN, tmp_path)))
    assert [p.type for p in book.verbs["bazooka"]] == [EventType.ASSAULT]
    assert "attack" in book.verbs


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('type = "ATTACK"', "must be one of"),
        ('type = "ASSAULT"\n[[pattern]]\nverb = ["hit"]', "allowed are"),
        ('type = "ASSAULT"\n[[pattern]]\nverbs = ["hit"]\nwhere = { object = ["@houses"] }', "no word class @houses"),
        ('type = "ASSAULT', "ASSAULT.toml"),
    ],
)
def test_a_mistake_in_a_pack_is_named(tmp_path: Path, toml: str, named: str) -> None:
    folder = tmp_path / "plover" / "types"
    folder.mkdir(parents=True)
    (folder / "ASSAULT.toml").write_text(toml, "utf-8")
    with pytest.raises(PackError, match=named):
        load_codebook(Packs((BUILT_IN, tmp_path)))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such folder"):
        Packs((BUILT_IN, tmp_path / "none"))


def test_every_type_has_its_meaning_its_examples_and_counter_examples() -> None:
    packs = Packs()
    tables = [packs.tables(name) for name in packs.names("plover/types")]
    assert {t["type"] for t in tables} == set(EventType)
    for table in tables:
        assert table["means"]
        assert table["is_not"]
        assert len(table["example"]) >= 8, table["type"]
        assert len(table["counter"]) >= 4, table["type"]


def test_marks_name_the_characters_they_stand_on() -> None:
    marked = read_marked("[Rebels](actor) [hit](type:ASSAULT) [a post](target).")
    assert [marked.text[m.start : m.end] for m in marked.marks] == ["Rebels", "hit", "a post"]
    with pytest.raises(ValueError, match="agent"):
        read_marked("[Rebels](agent) fled.")

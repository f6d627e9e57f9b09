"""Words are found where a passage has them, and no longer than it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.store.asking import Query, matching
from dateline.store.shelf import Shelf
from dateline.store.sqlite import Database
from dateline.types import Passage, Published, Report

TEXT = "Rockets hit the Ain al-Asad base.\n\nThe señor denied it, twice."
CUTS = (Passage(0, 33), Passage(35, len(TEXT)))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(Database.writing(tmp_path_factory.mktemp("words") / "record.db")) as database:
        with database.shelf() as shelf:
            put(shelf, report("Base attacked", TEXT, CUTS))
        yield database


def report(title: str | None, text: str, cuts: tuple[Passage, ...]) -> Report:
    return Report("r1", "one.txt", None, None, None, title, None, Published(), (), "en", "0" * 64, text, cuts)


def put(shelf: Shelf, one: Report) -> None:
    shelf.put_report(one, msgspec.json.encode(one), withdraws=False)


def found(database: Database, text: str) -> int:
    return len(database.passages_with(matching(text)))


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("rockets base", 1),
        ("rockets denied", 0),
        ('"the ain al-asad base"', 1),
        ('"base the ain"', 0),
        ("senor", 1),
        ("SEÑOR", 1),
        ("base -rockets", 1),
        ("base", 2),
        ("attacked", 1),
        ("rock", 0),
    ],
)
def test_all_words_of_one_passage_or_a_title_are_found(database: Database, text: str, passages: int) -> None:
    assert found(database, text) == passages


@pytest.mark.parametrize(
    "text", ["AND", "NOT base", "a OR b", "words:base", "base*", "^base", "NEAR(a b)", '"', "-", "()"]
)
def test_no_word_is_an_operator(database: Database, text: str) -> None:
    assert found(database, text) <= 2


@given(text=st.text(max_size=80))
def test_any_text_may_be_looked_for(database: Database, text: str) -> None:
    found(database, text.encode("utf-8", "replace").decode("utf-8"))


def test_words_go_with_their_report(tmp_path: Path) -> None:
    with closing(Database.writing(tmp_path / "record.db")) as database:
        with database.shelf() as shelf:
            put(shelf, report("Base attacked", TEXT, CUTS))
        with database.shelf() as shelf:
            put(shelf, report(None, "Two drones fell.", ()))
        assert (found(database, "rockets"), found(database, "attacked"), found(database, "drones")) == (0, 0, 1)
        with database.shelf() as shelf:
            shelf.drop_report("r1")
        assert found(database, "drones") == 0


def test_a_query_of_one_word_may_be_given_as_it_is() -> None:
    assert Query(place="Balad", type="ASSAULT") == Query(place=("Balad",), type=("ASSAULT",))  # type: ignore[arg-type]

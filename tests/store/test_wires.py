"""The index of stories: kept while its reports are those of the record, emptied when one of them is not."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store.sqlite import USER_VERSION, Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with contextlib.closing(Database.writing(tmp_path / "record.db")) as opened:
        with opened.wires({"a": "1"}) as index:
            index.add_report("a", 7, "2 2031-05-06")
            index.add_text(7, 40, [1, 2, 3])
        yield opened


def test_what_was_placed_is_known(database: Database) -> None:
    with database.wires({"a": "1", "b": "1"}) as index:
        assert (index.knows("a"), index.knows("b")) == (True, False)
        assert (index.head(7), index.sizes([7]), index.holding(2, 5)) == (("2 2031-05-06", "a"), {7: 40}, [7])
        assert index.original("a") == "a"


@pytest.mark.parametrize("marks", [{"a": "2"}, {"b": "1"}, {}], ids=["another now", "another report", "gone"])
def test_a_report_that_is_not_as_it_was_empties_the_index(database: Database, marks: dict[str, str]) -> None:
    with database.wires(marks) as index:
        assert not index.knows("a")
        assert index.holding(2, 5) == []


def test_a_rebuild_forgets_it(database: Database) -> None:
    database.forget()
    with database.wires({"a": "1"}) as index:
        assert not index.knows("a")


def test_what_fails_half_way_leaves_the_index_as_it_was(database: Database) -> None:
    def failing() -> None:
        with database.wires({"a": "1", "b": "1"}) as index:
            index.add_report("b", 8, "2")
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        failing()
    with database.wires({"a": "1", "b": "1"}) as index:
        assert not index.knows("b")


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    Database.writing(path).close()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE wire_bands")
        raw.execute("PRAGMA user_version = 1")
    with contextlib.closing(Database.writing(path)) as database, database.wires({}) as index:
        assert index.holding(1, 5) == []
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (USER_VERSION,)

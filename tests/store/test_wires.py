"""The index of stories: what is kept of it, and all or nothing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store.sqlite import USER_VERSION, Database
from dateline.store.wires import WireIndex


@contextlib.contextmanager
def index_of(database: Database) -> Iterator[WireIndex]:
    with database.shelf() as shelf:
        yield shelf.wires


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with contextlib.closing(Database.writing(tmp_path / "record.db")) as opened:
        with index_of(opened) as index:
            index.add_report("a", 7, "2 2031-05-06")
            index.add_text(7, 40, [1, 2, 3])
        yield opened


def test_what_was_placed_is_known(database: Database) -> None:
    with index_of(database) as index:
        assert (index.knows("a"), index.knows("b")) == (True, False)
        assert (index.head(7), index.sizes([7]), index.holding(2, 5)) == (("2 2031-05-06", "a"), {7: 40}, [7])
        assert index.original("a") == "a"


def test_it_can_be_emptied(database: Database) -> None:
    with index_of(database) as index:
        index.forget()
        assert not index.knows("a")
        assert index.holding(2, 5) == []


def test_what_fails_half_way_leaves_the_index_as_it_was(database: Database) -> None:
    def failing() -> None:
        with index_of(database) as index:
            index.add_report("b", 8, "2")
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        failing()
    with index_of(database) as index:
        assert not index.knows("b")


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    Database.writing(path).close()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE wire_bands")
        raw.execute("PRAGMA user_version = 1")
    with contextlib.closing(Database.writing(path)) as database, index_of(database) as index:
        assert index.holding(1, 5) == []
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (USER_VERSION,)

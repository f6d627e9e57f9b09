"""The database: made, asked, refused when it is not ours to read."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store import RecordError, sqlite
from dateline.store.rows import Noted
from dateline.store.sqlite import USER_VERSION, Database, delete_database
from dateline.types import Problem


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with contextlib.closing(Database.writing(tmp_path / "record.db")) as database:
        note(database, "nothing")
    return tmp_path / "record.db"


def note(database: Database, value: str) -> None:
    with database.shelf() as shelf:
        shelf.set_fact("of", value)


def noted(database: Database) -> str | None:
    return database.look().fact("of")


def test_what_is_put_in_is_kept(path: Path) -> None:
    with contextlib.closing(Database.reading(path)) as database:
        assert noted(database) == "nothing"
        assert database.totals().reports == 0


def test_questions_of_one_reader_see_one_state(path: Path) -> None:
    with contextlib.closing(Database.reading(path)) as reader, contextlib.closing(Database.writing(path)) as writer:
        assert noted(reader) == "nothing"
        note(writer, "something")
        assert noted(reader) == "nothing"
    with contextlib.closing(Database.reading(path)) as reader:
        assert noted(reader) == "something"


def test_what_fails_half_way_changes_nothing(path: Path) -> None:
    def failing(database: Database) -> None:
        with database.shelf() as shelf:
            shelf.set_fact("of", "something")
            shelf.put_problems([Noted(None, Problem("x", "y", "z", None))])  # type: ignore[arg-type]

    with contextlib.closing(Database.writing(path)) as database:
        with pytest.raises(RecordError, match="NOT NULL"):
            failing(database)
        assert noted(database) == "nothing"


def test_all_that_is_derived_can_be_forgotten(path: Path) -> None:
    with contextlib.closing(Database.writing(path)) as database:
        database.cache("clean", [("a", b"1")], "2")
        assert database.cached("clean", "a", int) == 1
        database.forget()
        assert (database.cached("clean", "a", int), noted(database)) == (None, None)


def test_steps_are_cached_until_what_they_gave_is_in_the_record(path: Path) -> None:
    with contextlib.closing(Database.writing(path)) as database:
        database.cache("clean", [("a", b"1"), ("b", b"2")], "1")
        assert database.is_cached("clean", "b")
        note(database, "something")
        assert not database.is_cached("clean", "b")


def test_a_database_of_a_newer_version_is_named(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {USER_VERSION + 1}")
    for opening in (Database.reading, Database.writing):
        with pytest.raises(RecordError, match=r"record\.db was made by a newer dateline .*upgrade"):
            opening(path)


def test_a_database_of_an_older_version_is_brought_up_to_date_by_the_next_writer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE runs")
        raw.execute(f"PRAGMA user_version = {USER_VERSION - 1}")
    with pytest.raises(RecordError, match=r"was made by an older dateline .*dateline rebuild"):
        Database.reading(path)
    with contextlib.closing(Database.writing(path)) as database:
        assert (noted(database), database.runs()) == (None, [])


def test_a_database_where_nothing_may_be_written_can_be_asked(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with contextlib.closing(Database.reading(path)) as database:
            assert list(database.events()) == []
    finally:
        path.parent.chmod(0o755)


def test_an_empty_or_missing_database_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"is missing: run `dateline rebuild"):
        Database.reading(tmp_path / "record.db")
    (tmp_path / "record.db").touch()
    with pytest.raises(RecordError, match=r"is empty: run `dateline rebuild"):
        Database.reading(tmp_path / "record.db")


@pytest.fixture
def no_collector() -> Iterator[None]:
    """What is only let go by the garbage collector stays."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize(
    "begun", ["", "PRAGMA journal_mode = WAL", "CREATE TABLE a (b)", f"PRAGMA user_version = {USER_VERSION + 1}"]
)
def test_a_database_that_cannot_be_asked_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    path = tmp_path / "record.db"
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute(begun)
        raw.commit()
    path.touch()
    for opening in (Database.reading, Database.writing) if "version" in begun else (Database.reading,):
        with pytest.raises(RecordError):
            opening(path)
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as raw:
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("CREATE TABLE own (a)")
        raw.execute("COMMIT")


def test_deleting_takes_the_files_beside_it(path: Path) -> None:
    path.with_name("record.db-wal").touch()
    delete_database(path)
    assert list(path.parent.iterdir()) == []
    delete_database(path)


def test_a_writer_waits_for_a_reader_who_holds_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE t (x)")
        other.execute("BEGIN EXCLUSIVE")
        release = threading.Timer(0.3, other.execute, ("COMMIT",))
        release.start()
        Database.writing(path).close()
        release.join()

"""The database: made, asked, refused when it is not ours to read."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from dateline.store import RecordError
from dateline.store.rows import Contents
from dateline.store.sqlite import Database, delete_database


def empty() -> Contents:
    return Contents((), (), (), (), ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with contextlib.closing(Database.writing(tmp_path / "record.db")) as database:
        database.replace(empty(), made_of="nothing", version="1")
    return tmp_path / "record.db"


def test_what_it_was_made_of_is_kept(path: Path) -> None:
    with contextlib.closing(Database.reading(path)) as database:
        assert database.made_of() == "nothing"
        assert database.totals().reports == 0


def test_questions_of_one_reader_see_one_state(path: Path) -> None:
    with contextlib.closing(Database.reading(path)) as reader, contextlib.closing(Database.writing(path)) as writer:
        assert reader.made_of() == "nothing"
        writer.replace(empty(), made_of="something", version="1")
        assert reader.made_of() == "nothing"
    with contextlib.closing(Database.reading(path)) as reader:
        assert reader.made_of() == "something"


def test_a_failed_replacing_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tables(contents: Contents, made_of: str) -> dict[str, list[tuple[str, ...]]]:
        return {"meta": [("made_of", made_of), ("made_of", "twice")]}

    monkeypatch.setattr("dateline.store.sqlite.tables", tables)
    with contextlib.closing(Database.writing(path)) as database:
        with pytest.raises(RecordError, match="UNIQUE"):
            database.replace(empty(), made_of="something", version="1")
        assert database.made_of() == "nothing"


def test_what_other_versions_gave_is_forgotten(path: Path) -> None:
    with contextlib.closing(Database.writing(path)) as database:
        database.cache("clean", "a", b"1", "old")
        database.cache("clean", "b", b"2", "new")
        database.replace(empty(), made_of="something", version="new")
        assert (database.cached("clean", "a", int), database.cached("clean", "b", int)) == (None, 2)
        database.forget()
        assert (database.cached("clean", "b", int), database.made_of()) == (None, None)


def test_a_database_of_a_newer_version_is_named(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 3")
    for opening in (Database.reading, Database.writing):
        with pytest.raises(RecordError, match=r"record\.db was made by a newer dateline .*upgrade"):
            opening(path)


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


def test_deleting_takes_the_files_beside_it(path: Path) -> None:
    path.with_name("record.db-wal").touch()
    delete_database(path)
    assert list(path.parent.iterdir()) == []
    delete_database(path)

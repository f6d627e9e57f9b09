"""Verify names whatever was changed since it was read: a byte, an offset, a line."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.record import Record
from dateline.types import Decision
from tests.record.fakes import write_pages
from tests.record.test_record import record_at


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = record_at(tmp_path / "r.dateline")
    made.add([str(write_pages(tmp_path / "pages"))])
    with made.ask() as database:
        event = next(database.events())
    made.decide(Decision("accept", event.id, by="an editor", at="2020-02-01T10:00:00Z", reason="seen"))
    return made


def change(record: Record, table: str, edit: Callable[[dict[str, Any]], None]) -> None:
    """Edits the first value of a table behind the record's back."""
    with contextlib.closing(sqlite3.connect(record.folder.database)) as raw, raw:
        key, value = raw.execute(f"SELECT id, json FROM {table} ORDER BY id").fetchone()
        fields = json.loads(value)
        edit(fields)
        raw.execute(f"UPDATE {table} SET json = ? WHERE id = ?", (json.dumps(fields).encode(), key))


def codes(record: Record) -> list[str]:
    return [problem.code for problem in record.verify()]


def test_an_untouched_record_has_no_problem(record: Record) -> None:
    assert record.verify() == []


def test_a_changed_text_is_found(record: Record) -> None:
    def edit(report: dict[str, Any]) -> None:
        report["text"] = report["text"] + " And more."

    change(record, "reports", edit)
    (problem,) = record.verify()
    assert problem.code == "text-differs"
    assert "the record says ' And more.', the page ''" in problem.message


def test_a_moved_offset_is_found(record: Record) -> None:
    def edit(claim: dict[str, Any]) -> None:
        claim["evidence"][0]["start"] += 1

    change(record, "claims", edit)
    (problem,) = record.verify()
    assert problem.code == "evidence-differs"
    assert "the record says 'hit'" in problem.message or "the record says 'met'" in problem.message


def test_a_changed_name_is_found(record: Record) -> None:
    change(record, "claims", lambda claim: claim["actors"][0].update(quote="Someone"))
    (problem,) = record.verify()
    assert (problem.code, ": actors " in problem.where) == ("evidence-differs", True)


@pytest.mark.parametrize(
    ("table", "found"), [("reports", {"report-gone", "text-differs"}), ("captures", {"not-in-record"})]
)
def test_a_lost_row_is_found(record: Record, table: str, found: set[str]) -> None:
    with contextlib.closing(sqlite3.connect(record.folder.database)) as raw, raw:
        raw.execute(f"DELETE FROM {table}")
    assert set(codes(record)) == found


@pytest.mark.parametrize("at", [0, 5, -1])
def test_a_changed_byte_of_a_capture_is_found(record: Record, at: int) -> None:
    for blob in record.folder.archive.folder.glob("??/*"):
        if blob.suffix == "":
            kept = blob.read_bytes()
            raw = bytearray(kept)
            raw[at] ^= 4
            blob.write_bytes(raw)
            assert codes(record) == ["capture-damaged"]
            blob.write_bytes(kept)


def test_a_lost_capture_is_found(record: Record) -> None:
    blob = next(path for path in sorted(record.folder.archive.folder.glob("??/*")) if path.suffix == "")
    blob.unlink()
    assert codes(record) == ["capture-damaged"]
    acts = blob.with_suffix(".json")
    kept = acts.read_bytes()
    acts.unlink()
    assert codes(record) == ["capture-gone"]
    blob.write_bytes(b"bytes of whom?")
    assert codes(record) == ["capture-gone", "capture-without-source"]
    acts.write_bytes(kept[:-9])
    with pytest.raises(ValueError, match=rf"{acts.name}: .*restore it from a copy"):
        record.verify()


def test_a_changed_decision_is_found_and_not_applied(record: Record) -> None:
    path = record.folder.decisions
    path.write_bytes(path.read_bytes().replace(b"accept", b"reject"))
    (problem,) = record.verify()
    assert (problem.code, problem.where) == ("decisions-changed", f"{path}:1")
    with pytest.raises(ValueError, match=r"decisions\.jsonl:1: the line is not as it was written"):
        record.rebuild()


def test_decisions_that_are_gone_from_the_end_are_missed(record: Record) -> None:
    record.folder.decisions.write_bytes(b"")
    (problem,) = record.verify()
    assert problem.code == "decisions-gone"
    assert problem.message == "the record was made with 1 decisions, the file has 0"

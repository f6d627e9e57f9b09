"""Decisions: added at the end, and every changed byte found at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dateline.store import RecordError
from dateline.store.decisions import add_decision, check_decisions, read_decisions
from dateline.types import Anchor, Decision, EventType


def decision(action: str = "accept", subject: str = "e1", reason: str = "seen by our reporter") -> Decision:
    anchors = (Anchor("c1", "r1", EventType.ASSAULT, 4, 7, "hit", None),)
    return Decision(action, subject, "an editor", "2020-02-01T10:00:00Z", reason, {"note": "é"}, anchors)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for number in range(4):
        add_decision(tmp_path / "decisions.jsonl", decision(subject=f"e{number}"))
    return tmp_path / "decisions.jsonl"


def test_a_record_without_decisions_has_none(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.jsonl") == []
    assert check_decisions(tmp_path / "none.jsonl") == []


def test_decisions_come_back_in_order(path: Path) -> None:
    found = read_decisions(path)
    assert [one.line for one in found] == [1, 2, 3, 4]
    assert [replace(one, line=0) for one in found] == [decision(subject=f"e{number}") for number in range(4)]


def test_each_line_names_the_one_before(path: Path) -> None:
    lines = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    assert [line["prev"] for line in lines] == [None, *(line["digest"] for line in lines[:-1])]


@settings(max_examples=150, deadline=None)
@for_all(data=st.data())
def test_any_changed_byte_is_found_at_its_line(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.getbasetemp() / "decisions.jsonl"
    if not path.with_suffix(".kept").exists():
        path.unlink(missing_ok=True)
        for number in range(3):
            add_decision(path, decision(subject=f"e{number}"))
        path.with_suffix(".kept").write_bytes(path.read_bytes())
    raw = bytearray(path.with_suffix(".kept").read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    (problem,) = check_decisions(path)
    line = path.read_bytes()[:at].count(b"\n") + 1
    assert problem.where == f"{path}:{line}"
    with pytest.raises(RecordError, match=rf"decisions\.jsonl:{line}: "):
        read_decisions(path)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_line_taken_out_is_found(path: Path, gone: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    (problem,) = check_decisions(path)
    assert problem.where.endswith(f":{gone + 1}")


def test_nothing_is_added_to_a_file_that_was_changed(path: Path) -> None:
    changed = path.read_bytes().replace(b"reporter", b"importer", 1)
    path.write_bytes(changed)
    with pytest.raises(RecordError, match="not as it was written"):
        add_decision(path, decision())
    assert path.read_bytes() == changed

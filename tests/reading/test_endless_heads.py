"""Records of a web archive whose heads have no end: few problems for many, and the next whole record is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading import read
from dateline.types import Capture, Problem
from tests.reading.archives import answer, record

BEGINS = b"WARC/1.0\r\n"


@pytest.mark.parametrize(
    "before",
    [
        BEGINS * 30_000,
        (BEGINS + b"WARC-Type: response\r\n") * 10_000,
        BEGINS + b"a: b\r\n" * 30_000,
    ],
)
def test_heads_without_end_cost_themselves(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(before + record(answer()))
    found = list(read(str(path)))
    assert [one.source for one in found if isinstance(one, Capture)] == [f"{path}#http://gull.test/a"]
    problems = [one for one in found if isinstance(one, Problem)]
    assert {one.code for one in problems} == {"damaged"}
    assert len(problems) < 20

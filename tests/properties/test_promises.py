"""What must hold for any input, with the real steps: nothing lost, every span verified, order and repetition without effect."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import annotate, annotate_lines
from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import read
from dateline.record import open_record
from dateline.types import Capture, Given

PACKS = Packs()
EXAMPLES = Path(__file__).parents[2] / "examples" / "january-2020"
FEW = settings(max_examples=25, deadline=None, derandomize=True)

STORY = (
    "GAO, May 3, 2021 (Meridian) - Gunmen attacked a convoy near Gao on Monday, killing four soldiers, the army said.\n\n"
    "The governor denied that anybody had been hurt. No group claimed the attack.\n"
)
SUFFIXES = ".txt .html .csv .tsv .json .jsonl .xml .eml .parquet .html.gz .warc .warc.gz .wacz".split()


@FEW
@given(data=st.binary(max_size=600), suffix=st.sampled_from(SUFFIXES))
def test_any_bytes_give_reports_or_problems(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"page{suffix}"
        page.write_bytes(data)
        found = list(read(str(page)))
        assert found
        for item in found:
            if isinstance(item, Capture):
                cleaned = clean(item, PACKS)
                assert cleaned.reports or cleaned.problems


@FEW
@given(cut=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_flipped_byte_never_stops_the_cleaning(cut: int, byte: int) -> None:
    page = bytearray((EXAMPLES / "04-blog-copy.html").read_bytes())
    page[cut * len(page) // 401] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(bytes(page))
        for item in read(str(path)):
            assert not isinstance(item, Capture) or chain(*(lambda c: (c.reports, c.problems))(clean(item, PACKS)))


@FEW
@given(
    text=st.text(max_size=300),
    around=st.sampled_from(["{}", "{}\n\n" + STORY, STORY + "{}", "“{}”, the army said after rebels attacked Gao."]),
)
def test_every_span_of_any_text_says_what_it_quotes(text: str, around: str) -> None:
    whole = around.replace("{}", text)
    seen = annotate(whole, PACKS, published="2021-05-03")
    quoted = [(e.start, e.end, e.quote) for c in seen.claims for e in c.evidence]
    quoted += [(t.start, t.end, t.quote) for t in seen.words.times]
    quoted += [(p.start, p.end, p.quote) for p in seen.words.places]
    quoted += [(a.start, a.end, a.quote) for a in seen.words.actors]
    for start, end, quote in quoted:
        assert whole[start:end] == quote


@FEW
@given(text=st.text(max_size=200), published=st.none() | st.dates().map(str))
def test_annotate_gives_a_line_for_a_line(text: str, published: str | None) -> None:
    rows = list(annotate_lines([json.dumps({"id": "a", "text": text, "published": published})], PACKS))
    assert [json.loads(row)["id"] for row in rows] == ["a"]


def export(sources: Sequence[Sequence[Path]], folder: Path) -> str:
    record = open_record(folder, create=True)
    for group in sources:
        record.add([str(path) for path in group], Given())
    return "".join(record.export("jsonl"))


def test_order_repetition_and_splitting_change_nothing(tmp_path: Path) -> None:
    pages = sorted(EXAMPLES.iterdir())[:6]
    once = export([pages], tmp_path / "a")
    assert export([pages[::-1]], tmp_path / "b") == once
    assert export([pages[:2], pages[2:], pages[1:3]], tmp_path / "c") == once


def test_a_rebuilt_record_exports_the_same_bytes(tmp_path: Path) -> None:
    record = open_record(tmp_path / "record", create=True)
    record.add([str(path) for path in sorted(EXAMPLES.iterdir())[:4]], Given())
    before = "".join(record.export("jsonl"))
    record.rebuild()
    assert "".join(record.export("jsonl")) == before


def test_a_copy_changes_no_count_of_sources(tmp_path: Path) -> None:
    story = tmp_path / "meridian.txt"
    story.write_text(STORY, "utf-8")
    copy = tmp_path / "copy.html"
    body = "".join(f"<p>{part.split(' - ')[-1]}</p>" for part in STORY.strip().split("\n\n"))
    copy.write_text(
        f'<html lang="en"><head><title>Ambush | Hill Post</title><meta property="og:site_name" content="Hill Post">'
        f"</head><body><article><h1>Ambush</h1>{body}</article></body></html>",
        "utf-8",
    )
    alone = [json.loads(line) for line in export([[story]], tmp_path / "a").splitlines()]
    both = [json.loads(line) for line in export([[story, copy]], tmp_path / "b").splitlines()]
    counts = [
        sorted((e["type"], e["independent_sources"], e["status"]) for e in lines if e["kind"] == "event")
        for lines in (alone, both)
    ]
    assert counts[0] == counts[1]
    assert sum(r["kind"] == "report" and r["copy_of"] is not None for r in both) == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_is_lost_in_silence(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"empty{suffix}").write_bytes(b"")
    (tmp_path / f"binary{suffix}").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / f"odd{suffix}").write_bytes("“Gunmen” fled Gao.".encode("utf-16"))
    (tmp_path / "fine.txt").write_text(STORY, "utf-8")
    found = open_record(tmp_path / "r.dateline", create=True).add(
        [str(tmp_path / n) for n in (f"empty{suffix}", f"binary{suffix}", f"odd{suffix}", "fine.txt")], Given()
    )
    assert found.captures_new + found.captures_known + found.unread == 4
    assert all(p.message and p.hint and p.where for p in found.problems)
    assert found.reports >= 1

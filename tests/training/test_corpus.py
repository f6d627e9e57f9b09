"""The training corpus: every line can be read, it is as large and as varied as it says, and its notation refuses mistakes."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2] / "training"
sys.path.insert(0, str(HERE))

from corpus import TYPES, CorpusError, Sample, files, nearest_overlaps, read_file, read_sample  # noqa: E402


@pytest.fixture(scope="module")
def samples() -> list[Sample | CorpusError]:
    return [s for f in files() for s in read_file(f)]


def test_every_line_can_be_read(samples: list[Sample | CorpusError]) -> None:
    assert [str(s) for s in samples if isinstance(s, CorpusError)] == []


def test_it_has_the_size_that_was_asked(samples: list[Sample | CorpusError]) -> None:
    whole = Counter(s.whole_report for s in samples if isinstance(s, Sample))
    assert whole[False] >= 4000
    assert whole[True] >= 300


def test_every_type_has_hundreds_of_events(samples: list[Sample | CorpusError]) -> None:
    types = Counter(p.value for s in samples if isinstance(s, Sample) for p in s.of("type"))
    assert set(types) == TYPES
    assert min(types.values()) >= 200


def test_sentences_are_no_filled_templates(samples: list[Sample | CorpusError]) -> None:
    texts = [s.text for s in samples if isinstance(s, Sample) and not s.whole_report]
    near = sorted(nearest_overlaps(texts))
    assert near[len(near) // 2] < 0.15
    assert near[int(len(near) * 0.95)] < 0.35


def test_a_mark_may_serve_two_events() -> None:
    sample = read_sample(
        "[Police](actor+actor#2) [beat](type:ASSAULT) and [arrested](type:COERCE#2) [a boy](target+target#2).", "x"
    )
    assert sample.text == "Police beat and arrested a boy."
    assert [(p.event, p.value) for p in sample.of("type")] == [(1, "ASSAULT"), (2, "COERCE")]
    assert [p.event for p in sample.of("actor")] == [1, 2]


@pytest.mark.parametrize(
    ("marked", "complaint"),
    [
        ("[x](verb)", "is no mark"),
        ("[x](type:WAR)", "type is one of"),
        ("[x](harm:dead=3)", "harm is one of"),
        ("[x](actor)", "marks and no type"),
        ("[x](type:AID) and [y](type:AID)", "two types"),
        ("[[x](type:AID)", "bracket"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(marked: str, complaint: str) -> None:
    with pytest.raises(CorpusError, match=complaint):
        read_sample(marked, "here")

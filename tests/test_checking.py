"""`check` runs the examples of every pack that has any, and of the user's packs laid over them."""

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from dateline import checking
from dateline.checking import CheckResult, check
from dateline.knowledge.packs import BUILT_IN, Packs

SPORT = "The striker scored a late goal in the match, and the coach praised his team. " * 8
LINE = """
[[line]]
pattern = '{pattern}'
example = "Toll of bells"
counter = "Tolls were paid."
does = "drop"
"""
VERB = """
[[verb]]
words = ["mumblecast"]
kind = "speech"
takes = ["clause"]
examples = ["The bridge was closed at [noon](content)."]
counter_examples = ["The mayor said that the road was open."]
"""
NOUN = """
[[nouns]]
role = "LAB"
kind = "person"
words = ["zitherist"]
example = "two zitherists; two soldiers"
not = "striking dockers"
"""
WITHDRAWAL = """
[withdrawal]
counter_example = "The paper withdraws its report."
"""
SUBJECT = """
[checked]
example.chess = "The rook took the knight."
counter.sport = "{text}"
"""
TYPE = """
type = "AID"
[[example]]
text = "[The mayor](actor) slept at home."
"""


@pytest.fixture(autouse=True)
def few_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event types' own examples are run by `dateline check`; here one type stands for them."""
    monkeypatch.setattr(checking, "TYPES_FOLDER", "own/types")


def overlay(folder: Path, name: str, text: str) -> Packs:
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return Packs((BUILT_IN, folder))


def failed(results: Iterator[CheckResult]) -> list[tuple[str, str, str]]:
    return [(one.file, one.kind, one.text) for one in results if one.complaint]


def test_every_example_of_the_word_packs_comes_out() -> None:
    results = list(check(Packs()))
    assert [one for one in results if one.complaint] == []
    assert [*dict.fromkeys(one.file for one in results)] == [
        "english/attribution.toml",
        "english/bygone.toml",
        "english/furniture.toml",
        "english/happening.toml",
        "english/modality.toml",
        "english/roles.toml",
        "english/senses.toml",
        "english/speakers.toml",
        "english/statements.toml",
        "english/subjects.toml",
        "plover/contexts.toml",
    ]
    assert {one.kind for one in results} == {"example", "counter"}


def test_every_pack_with_examples_is_run() -> None:
    have = {
        path.relative_to(BUILT_IN).as_posix()
        for path in [*(BUILT_IN / "english").glob("*.toml"), *(BUILT_IN / "plover").glob("*.toml")]
        if any(line.startswith(("example", "counter")) for line in path.read_text("utf-8").splitlines())
    }
    assert have == set(checking.RUNNERS)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("english/furniture.toml", LINE.format(pattern="tolls? .*"), [("counter", "Tolls were paid.")]),
        ("english/furniture.toml", LINE.format(pattern="bells"), [("example", "Toll of bells")]),
        (
            "english/attribution.toml",
            VERB,
            [
                ("example", "The bridge was closed at [noon](content)."),
                ("counter", "The mayor said that the road was open."),
            ],
        ),
        ("english/roles.toml", NOUN, [("example", "two soldiers"), ("counter", "striking dockers")]),
        ("english/speakers.toml", WITHDRAWAL, [("counter", "The paper withdraws its report.")]),
        (
            "english/subjects.toml",
            SUBJECT.format(text=SPORT),
            [("example", "The rook took the knight."), ("counter", SPORT)],
        ),
        ("own/types/AID.toml", TYPE, [("example", "The mayor slept at home.")]),
    ],
)
def test_a_broken_example_of_an_overlay_is_named(
    tmp_path: Path, name: str, text: str, named: list[tuple[str, str]]
) -> None:
    assert failed(check(overlay(tmp_path / "own", name, text))) == [(name, *one) for one in named]


def test_examples_and_counter_examples_are_numbered_by_file(tmp_path: Path) -> None:
    packs = overlay(tmp_path / "own", "english/furniture.toml", LINE.format(pattern="toll.*"))
    mine = [one for one in check(packs) if one.file == "english/furniture.toml"]
    assert [one.number for one in mine if one.kind == "example"] == list(
        range(1, 1 + sum(one.kind == "example" for one in mine))
    )


def test_a_check_runs_no_further_than_it_is_asked_for() -> None:
    first = next(takewhile(lambda _: True, check(Packs())))
    assert (first.file, first.number, first.kind) == ("english/attribution.toml", 1, "example")


def test_a_pattern_that_cannot_be_read_is_a_complaint() -> None:
    complaints = [ran.complaint for ran in checking._pattern({"pattern": "(", "example": "x"}, lambda _, __: None)]
    assert complaints == ["its pattern cannot be read: missing ), unterminated subpattern at position 0"]

"""A report about another subject gives no claims and is not parsed; what may tell of the codebook's matters is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import coding
from dateline.annotate import annotate
from dateline.coding import code
from dateline.coding.subjects import FILE, NOTHING, load_subjects
from dateline.grounding import ground
from dateline.knowledge.packs import BUILT_IN, PackError, Packs
from dateline.types import Published, Report
from tests.coding.saying import PACKS

SUBJECTS = load_subjects(PACKS)
SPORT = (
    "The striker scored two goals in the second half and the goalkeeper saved a penalty as the club won the match. "
    "The coach praised his team, and the captain lifted the trophy in front of the fans at the stadium. "
    "The mayor accused the referee of theft, and the visitors attacked until the end of the season's last fixture. "
    "A midfielder is injured and will miss the rest of the championship, the league said. "
    "The players went to the seaside afterwards, where they sang until the small hours with their families and friends. "
)
MARKETS = (
    "Shares of the retailer rose after quarterly profit beat the forecasts of analysts, and the board raised the dividend. "
    "Larkspur Holdings accused Belmont Partners of fraud. Revenue and margins will grow in the fiscal year, the chairman said. "
    "Brokers expect the stock to gain, and investors in the bonds of the company were paid in full this quarter. "
    "Sales in its shops and online fell short of that. "
    "The firm sold a subsidiary for 90 million dollars in cash and will use what it earned to buy two wholesale brands. "
)
DULL = "The old man went to the window and looked at the hills for a long while before he sat down again. "
VIOLENT = "Gunmen killed two soldiers in an ambush near the village, and the army arrested nine rebels. "


def report(text: str) -> Report:
    return Report(
        id="a", source="a.txt", url=None, publisher=None, agency=None, title=None, byline=None,
        published=Published("2022-03-16", "2022-03-16"), credits=(), language="en", sha256="", text=text,
    )  # fmt: skip


def overlay(folder: Path, text: str) -> Packs:
    (folder / "english").mkdir()
    (folder / FILE).write_text(text, "utf-8")
    return Packs((BUILT_IN, folder))


def test_a_report_of_another_subject_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(*_: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(coding, "words_of_report", parsed)
    assert ground(code(report(SPORT), PACKS), report(SPORT), PACKS) == []
    with pytest.raises(AssertionError, match="it was parsed"):
        code(report(VIOLENT), PACKS)


def test_annotate_reads_times_places_and_voices_of_a_report_without_claims() -> None:
    seen = annotate(SPORT + "The cup final is in Cardiff on Friday, the organisers said. ", PACKS)
    assert seen.claims == ()
    assert [p.quote for p in seen.words.places] == ["Cardiff"]
    assert seen.words.times
    assert seen.attributions


def test_a_folder_of_the_user_switches_the_screen_off(tmp_path: Path) -> None:
    packs = overlay(tmp_path, "[screen]\nenabled = false\n")
    assert [c.type for c in annotate(MARKETS, packs).claims] == ["ACCUSE"]
    assert annotate(MARKETS, PACKS).claims == ()


def test_a_short_text_is_read_whatever_it_is_about() -> None:
    assert SUBJECTS.other_than_coded(SPORT) == "sport"
    assert SUBJECTS.other_than_coded(SPORT[:300]) is None


def test_violence_at_a_match_keeps_a_report_of_sport() -> None:
    assert SUBJECTS.other_than_coded(SPORT + VIOLENT) is None


def test_a_longer_text_that_tells_of_nothing_is_set_aside() -> None:
    assert SUBJECTS.other_than_coded(DULL * 4) is None
    assert SUBJECTS.other_than_coded(DULL * 9) == NOTHING
    assert SUBJECTS.other_than_coded(DULL * 9 + "The police said nothing. ") is None


def test_words_in_capitals_and_in_compounds_count() -> None:
    assert SUBJECTS.other_than_coded(SPORT.upper()) == "sport"
    assert SUBJECTS.other_than_coded(DULL * 9 + "It was a rebel-held valley. ") is None


def test_a_subject_of_the_user_is_weighed_with_the_others(tmp_path: Path) -> None:
    packs = overlay(tmp_path, '[subjects]\nchess = "rook(s) bishop(s) pawn(s) checkmate gambit"\n')
    game = "His rook took both bishops, a pawn went, and the gambit ended in checkmate, the police said. " * 6
    assert load_subjects(packs).other_than_coded(game) == "chess"
    assert SUBJECTS.other_than_coded(game) is None


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"subjects\.toml: .*is not a list of words"):
        load_subjects(overlay(tmp_path, '[subjects]\nchess = "rook (s"\n'))


@given(st.text(max_size=300), st.integers(0, 9))
def test_what_tells_strongly_enough_is_read_whatever_stands_around_it(text: str, times: int) -> None:
    told = f" {VIOLENT} The police shot protesters. "
    assert SUBJECTS.other_than_coded(text + told + SPORT * times) is None


@given(st.text())
def test_nothing_is_set_aside_when_the_screen_is_off(text: str) -> None:
    assert replace(SUBJECTS, enabled=False).other_than_coded(SPORT + text) is None

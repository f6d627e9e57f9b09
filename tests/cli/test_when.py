"""`dateline when`: what the times of a text mean, and why."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest

from dateline.cli import main

SENTENCE = "Gunmen raided the depot on Saturday."


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["when", *arguments]) == 0
    return capsys.readouterr().out


def test_it_tells_value_days_and_the_rule_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, SENTENCE, "--published", "2020-01-05")
    assert '"Saturday"  DATE 2020-01-04' in said
    assert "2020-01-04, to the day" in said
    assert "past tense" in said


def test_it_tells_what_was_put_aside(capsys: pytest.CaptureFixture[str]) -> None:
    assert "not 2020-01-11, the coming one" in told(capsys, SENTENCE, "--published", "2020-01-05")


def test_without_a_publication_date_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, SENTENCE)
    assert "XXXX-WXX-6" in said
    assert "publication date" in said


def test_json_has_an_object_for_each_expression(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "It fell on 3/4/2020 and on Friday.", "--published", "2020-05-01", "--json")
    digits, friday = (json.loads(line) for line in said.splitlines())
    assert digits["value"] == "2020-03-04"
    assert [aside["value"] for aside in digits["rejected"]] == ["2020-04-03"]
    assert (friday["quote"], friday["first"], friday["last"]) == ("Friday", "2020-05-01", "2020-05-01")


def test_a_hyphen_reads_the_text_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(SENTENCE.encode())))
    assert "2020-01-04" in told(capsys, "-", "--published", "2020-01-05")


def test_a_text_without_times_says_so_beside_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["when", "The minister resigned."]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "no time expression" in said.err


def test_a_date_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["when", SENTENCE, "--published", "soon"]) == 2
    assert "--published 'soon' is not a date" in capsys.readouterr().err


def test_words_of_the_text_do_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in told(capsys, "It fell on \x1b[31m3 May 2019\x1b[0m.")

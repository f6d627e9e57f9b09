"""`dateline places NAME`: every place of a name, its score and why, and which is meant."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.cli import main
from tests.cli.test_cli import Ran

LIBYA = "Clashes broke out in Tripoli after militias returned from Misrata and Sabha."
LEBANON = "Clashes broke out in Tripoli, and troops were sent from Beirut and Sidon."


def run(capture: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    capture.readouterr()
    code = main(arguments)
    return Ran(code, *capture.readouterr())


def explained(capture: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(capture, "places", *arguments, "--json").out.splitlines()]


def test_every_place_of_a_name_is_told_with_its_score(capsys: pytest.CaptureFixture[str]) -> None:
    [one] = explained(capsys, "Tripoli")
    places = [choice["place"] for choice in one["choices"]]
    assert {"LY", "LB", "GR"} <= {place["country"] for place in places}
    assert all(place["admin1"] and place["lat"] for place in places)
    scores = [choice["score"] for choice in one["choices"]]
    assert scores == sorted(scores, reverse=True)


def test_the_parts_of_a_score_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    [one] = explained(capsys, "Tripoli", "--text", LIBYA)
    for choice in one["choices"]:
        assert sum(part["value"] for part in choice["parts"]) == pytest.approx(choice["score"], abs=0.05)


@pytest.mark.parametrize(("text", "country", "voice"), [(LIBYA, "LY", "Misrata"), (LEBANON, "LB", "Beirut")])
def test_a_name_is_explained_by_the_names_beside_it(
    capsys: pytest.CaptureFixture[str], text: str, country: str, voice: str
) -> None:
    [one] = explained(capsys, "Tripoli", "--text", text)
    [chosen] = [choice for choice in one["choices"] if choice["chosen"]]
    assert (one["place"]["country"], chosen["place"]["country"]) == (country, country)
    assert voice in next(part["says"] for part in chosen["parts"] if part["name"] == "country")
    assert text[one["start"] : one["end"]] == "Tripoli"


def test_the_text_may_come_by_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(LEBANON.encode())))
    [one] = explained(capsys, "Tripoli", "--text", "-")
    assert one["place"]["country"] == "LB"


def test_the_publisher_says_something_for_its_country(capsys: pytest.CaptureFixture[str]) -> None:
    [alone] = explained(capsys, "Hamilton")
    [told] = explained(capsys, "Hamilton", "--publisher", "thevalleyherald.co.nz")
    assert told["place"]["country"] == "NZ" != alone["place"]["country"]


def test_an_unknown_name_gets_no_guess(capsys: pytest.CaptureFixture[str]) -> None:
    [one] = explained(capsys, "Kworotaba")
    assert (one["place"], one["choices"], one["why"]) == (None, [], "unknown: no gazetteer knows it")


def test_a_person_of_that_name_is_no_place_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    [one] = explained(capsys, "Jordan", "--text", "Jordan said he would not run again.")
    assert (one["place"], one["why"]) == (None, "the text does not use it as a place's name")


def test_what_is_shown_marks_the_one_that_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "places", "Tripoli", "--text", LEBANON)
    [marked] = [line for line in shown.out.splitlines() if line.startswith("*")]
    assert "34.43" in marked
    assert "Beirut" in shown.out


def test_a_text_without_a_name_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "places", "--text", LIBYA)
    assert (ran.code, ran.out) == (2, "")
    assert "dateline places NAME" in ran.err

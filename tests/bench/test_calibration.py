"""The bins of confidence, their error, and which claims are right."""

from __future__ import annotations

import json

import pytest

from calibration import OLD_TYPES, YIELD, bins_of, expected_error, figures, of_rows, of_samples, table
from corpus import read_sample


def answer(row: str, *claims: dict[str, object]) -> str:
    return json.dumps({"id": row, "claims": list(claims)})


def claim(kind: str, confidence: float, **more: object) -> dict[str, object]:
    return {"type": kind, "confidence": confidence, **more}


def test_a_bin_has_its_count_what_was_said_and_what_was_right() -> None:
    low, high = bins_of([(0.15, False), (0.95, True), (1.0, True), (0.91, False)])
    assert (low.low, low.high, low.count, low.right) == (0.1, 0.2, 1, 0.0)
    assert high.count == 3
    assert high.right == pytest.approx(2 / 3)
    assert high.said == pytest.approx((0.95 + 1.0 + 0.91) / 3)


def test_the_error_is_weighted_by_the_count() -> None:
    claims = [(0.9, True)] * 3 + [(0.5, False)]
    assert expected_error(bins_of(claims)) == pytest.approx((3 * 0.1 + 1 * 0.5) / 4)
    assert expected_error([]) == 0.0


def test_all_sets_are_pooled() -> None:
    found = figures({"one": [(1.0, True)], "other": [(1.0, False)]})
    assert found == {"one.error": 0.0, "other.error": 1.0, "pooled.error": 0.5}


def test_older_names_of_types_are_todays() -> None:
    gold = json.dumps({"id": "r", "events": [{"type": "FIGHT"}]})
    assert of_rows(gold, answer("r", claim("ASSAULT", 0.7), claim("CONSULT", 0.2)), OLD_TYPES) == [
        (0.7, True),
        (0.2, False),
    ]


def test_concede_and_retreat_are_one_where_the_set_has_them_so() -> None:
    gold = json.dumps({"id": "r", "events": [{"type": "YIELD"}]})
    assert of_rows(gold, answer("r", claim("RETREAT", 0.7)), YIELD) == [(0.7, True)]
    assert of_rows(gold, answer("r", claim("RETREAT", 0.7)), OLD_TYPES) == [(0.7, False)]


def test_a_background_claim_is_left_out() -> None:
    gold = json.dumps({"id": "r", "events": [{"type": "AID"}]})
    assert of_rows(gold, answer("r", claim("AID", 0.7, background=True)), OLD_TYPES) == []


def test_on_the_corpus_the_type_must_stand_on_its_trigger() -> None:
    sample = read_sample("[Gunmen](actor) [stormed](type:ASSAULT) a bar; a judge [resigned](type:RETREAT#2).", "here")
    stormed = {"field": "type", "start": 7, "end": 14}
    answers = answer(
        "here", claim("ASSAULT", 0.9, evidence=[stormed]), claim("RETREAT", 0.6, evidence=[{**stormed, "end": 10}])
    )
    assert of_samples([sample], answers) == [(0.9, True), (0.6, False)]


def test_the_table_has_a_row_a_bin() -> None:
    assert table({"one": [(0.95, True), (0.95, False)]}).splitlines()[2:] == ["| 0.9 to 1.0 | 2 | 0.95 | 0.50 |"]

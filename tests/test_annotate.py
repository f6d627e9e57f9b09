"""`annotate`: one JSON object a line, in the order read, and nothing resolved against today."""

from __future__ import annotations

import json
from typing import Any

from dateline.annotate import annotate_lines
from dateline.knowledge.packs import Packs

PACKS = Packs()
TEXT = "Gunmen attacked a post near Gao on Friday, killing four soldiers, the army said."


def run(*rows: object) -> list[dict[str, object]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return [json.loads(line) for line in annotate_lines(lines, PACKS)]


def test_the_keys_are_those_of_the_contract() -> None:
    (found,) = run({"id": "a", "text": TEXT, "published": "2022-03-16", "publisher": None})
    assert list(found) == ["id", "sentences", "times", "places", "actors", "attributions", "claims", "problems"]


def test_lines_come_out_in_the_order_they_went_in() -> None:
    found = run({"id": "b", "text": TEXT}, {"id": 7, "text": ""}, {"id": "a", "text": TEXT})
    assert [row["id"] for row in found] == ["b", 7, "a"]


def test_a_line_that_cannot_be_read_is_a_problem_and_the_run_goes_on() -> None:
    broken, fine = run('{"id": "x", "text": 3', {"id": "y", "text": TEXT})
    assert broken["problems"]
    assert fine["claims"]


def test_a_date_that_is_none_is_a_problem_that_keeps_its_id() -> None:
    (found,) = run({"id": "x", "text": TEXT, "published": "last week"})
    assert found["id"] == "x"
    assert found["problems"]


def test_without_a_date_weekdays_stay_open() -> None:
    (found,) = run({"id": "a", "text": TEXT, "published": None})
    times = found["times"]
    assert isinstance(times, list)
    assert all(t["first"] is None for t in times)


def test_what_several_do_together_has_them_all_as_actors() -> None:
    (found,) = run({"id": "a", "text": "The foreign ministers of Peru and Chile met in Lima.", "published": None})
    claims = found["claims"]
    assert isinstance(claims, list)
    assert claims
    assert claims[0]["type"] == "CONSULT"
    assert claims[0]["targets"] == []
    assert len(claims[0]["actors"]) >= 1


def test_copy_in_capitals_is_read_at_its_own_offsets() -> None:
    text = TEXT.upper()
    (found,) = run({"id": "a", "text": text, "published": "2022-03-16"})
    claims = found["claims"]
    assert isinstance(claims, list)
    assert claims
    for claim in claims:
        assert all(text[e["start"] : e["end"]] == e["quote"] for e in claim["evidence"])


def test_the_dateline_ends_its_sentence_and_tells_where() -> None:
    text = "Cranes fall\n\nPORT LINDEN, Aria -- A mason was arrested on Monday, police said."
    (found,) = run({"id": "x", "text": text})
    starts = [text[s["start"] :][:6] for s in found["sentences"]]  # type: ignore[attr-defined]
    assert "A maso" in starts
    claims: Any = found["claims"]
    assert [target["quote"] for claim in claims for target in claim["targets"]] == ["A mason"]

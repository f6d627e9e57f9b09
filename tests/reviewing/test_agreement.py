"""Agreement as it is computed from the lines of decisions."""

from __future__ import annotations

import pytest

from dateline.deciding.coded import CODED
from dateline.reviewing.agreement import FIELDS, NO_INTERVAL, NO_VARIATION, NOT_TWICE, Agreement, agreements
from dateline.reviewing.codings import by_event, codings
from dateline.types import Decision
from tests.reviewing.making import code, line


def agreed(*lines: Decision) -> dict[str, Agreement]:
    """The agreement of all reviewers, by field."""
    found = agreements(codings(lines))
    return {one.field: one for one in found if one.reviewers == found[0].reviewers}


def days(first: str, last: str | None = None) -> list[str]:
    return [first, last or first]


def said(low: int | None, high: int | None, by: str | None = "Mayor", who: str | None = None) -> dict[str, object]:
    return {"kind": "killed", "low": low, "high": high, "said_by": by, "who": who}


def test_every_coded_field_is_measured_and_the_killed_besides() -> None:
    assert set(FIELDS) == {"verdict", *CODED, "killed"}


def test_nobody_or_one_alone_agrees_with_nobody() -> None:
    assert agreements(codings([])) == ()
    assert agreements(codings([code(1, "ann", type="ASSAULT")])) == ()


def test_a_field_has_its_figures_and_how_many_they_rest_on() -> None:
    found = agreed(
        code(1, "ann", "e1", type="ASSAULT"),
        code(2, "ben", "e1", type="ASSAULT"),
        code(3, "ann", "e2", type="COERCE"),
        code(4, "ben", "e2", type="ASSAULT"),
        code(5, "ann", "e3", type="PROTEST"),
    )["type"]
    assert (found.units, found.values, found.percent, found.reviewers) == (2, 4, 50, ("ann", "ben"))
    assert [found.kappa, found.alpha] == pytest.approx([0, 0])
    assert found.why is None


def test_a_later_coding_of_the_same_reviewer_replaces_the_earlier() -> None:
    lines = [code(1, "ann", mode="aerial"), code(2, "ben", mode="drone"), code(3, "ann", mode="drone")]
    assert agreed(*lines)["mode"].percent == 100
    assert [one.line for one in codings(lines)] == [2, 3]
    assert agreed(*lines, line(4, "undo", "3"))["mode"].percent == 0


def test_what_was_coded_under_an_earlier_id_is_of_the_event_that_it_is_now() -> None:
    lines = [code(1, "ann", "e-old", type="ASSAULT"), code(2, "ben", "e-new", type="ASSAULT")]
    assert len(by_event(codings(lines))) == 2
    assert list(by_event(codings(lines, lambda _: "e-new"))) == ["e-new"]


def test_who_rejects_an_event_says_nothing_of_its_fields() -> None:
    found = agreed(code(1, "ann", verdict="reject"), code(2, "ben", type="ASSAULT"))
    assert (found["verdict"].units, found["verdict"].percent) == (1, 0)
    assert (found["type"].units, found["type"].percent, found["type"].why) == (0, None, NOT_TWICE)


def test_where_all_say_the_same_there_is_a_percent_and_no_alpha() -> None:
    found = agreed(code(1, "ann", mode=None), code(2, "ben", mode=None))["mode"]
    assert (found.percent, found.kappa, found.alpha, found.why) == (100, None, None, NO_VARIATION)


def test_names_are_compared_by_whom_they_mean() -> None:
    found = agreed(
        code(1, "ann", actors=[{"name": "Réd  Guards", "id": None}], targets=[{"name": "Blues", "id": "blue"}]),
        code(2, "ben", actors=[{"name": "red guards", "id": None}], targets=[{"name": "The Blues", "id": "blue"}]),
    )
    assert (found["actors"].percent, found["targets"].percent) == (100, 100)


def test_parties_that_overlap_are_nearer_than_strangers() -> None:
    names = [[{"name": name, "id": None} for name in words] for words in (("a", "b"), ("a",), ("c",), ("d",))]
    near = agreed(
        code(1, "ann", "e1", actors=names[0]),
        code(2, "ben", "e1", actors=names[1]),
        code(3, "ann", "e2", actors=names[2]),
        code(4, "ben", "e2", actors=names[2]),
    )
    far = agreed(
        code(1, "ann", "e1", actors=names[3]),
        code(2, "ben", "e1", actors=names[1]),
        code(3, "ann", "e2", actors=names[2]),
        code(4, "ben", "e2", actors=names[2]),
    )
    assert (near["actors"].alpha or 0) > (far["actors"].alpha or 0)
    assert near["actors"].percent == far["actors"].percent == 50


def test_places_are_one_by_their_number_or_by_name_and_country() -> None:
    places = [
        {"name": "Tripoli", "country": "LY", "geonames_id": 1},
        {"name": "Tarabulus", "country": "LY", "geonames_id": 1},
    ]
    assert agreed(code(1, "ann", place=places[0]), code(2, "ben", place=places[1]))["place"].percent == 100
    bare = [{"name": "Tripoli", "country": country} for country in ("LY", "LB")]
    assert agreed(code(1, "ann", place=bare[0]), code(2, "ben", place=bare[1]))["place"].percent == 0


def test_days_are_the_nearer_the_fewer_lie_between() -> None:
    def alpha_of(day: str) -> float:
        pairs = [("2031-05-01", "2031-05-01"), ("2031-05-20", "2031-05-20"), ("2031-05-10", day)]
        lines = [
            code(2 * n + side, name, f"e{n}", date=days(pair[side]))
            for n, pair in enumerate(pairs)
            for side, name in enumerate(("ann", "ben"))
        ]
        return agreed(*lines)["date"].alpha or 0

    assert 1 == alpha_of("2031-05-10") > alpha_of("2031-05-11") > alpha_of("2031-05-15")


def test_a_day_that_one_says_is_not_stated_differs_but_lies_at_no_distance() -> None:
    found = agreed(code(1, "ann", date=None), code(2, "ben", date=days("2031-05-06")))["date"]
    assert (found.units, found.percent, found.alpha, found.why) == (1, 0, None, NO_INTERVAL)


def test_the_killed_are_counted_for_each_speaker_apart() -> None:
    mine = [said(80, None, "Reds"), said(0, 0, "Blues")]
    theirs = [said(80, None, "Reds"), said(0, 0, "Blues"), said(5, 8, "Mayor")]
    found = agreed(code(1, "ann", harm=mine), code(2, "ben", harm=theirs))
    assert (found["killed"].units, found["killed"].percent, found["killed"].alpha) == (2, 100, 1)
    assert found["harm"].percent == 0


def test_none_killed_and_not_stated_differ() -> None:
    found = agreed(code(1, "ann", harm=[said(0, 0)]), code(2, "ben", harm=[]))
    assert (found["killed"].units, found["harm"].percent) == (0, 0)


def test_three_reviewers_are_measured_together_and_two_by_two() -> None:
    lines = [code(n, name, type=kind) for n, (name, kind) in enumerate([("ann", "A"), ("ben", "A"), ("cy", "B")])]
    found = [one for one in agreements(codings(lines)) if one.field == "type"]
    assert [one.reviewers for one in found] == [("ann", "ben", "cy"), ("ann", "ben"), ("ann", "cy"), ("ben", "cy")]
    assert [one.percent for one in found] == [pytest.approx(100 / 3), 100, 0, 0]
    assert found[0].kappa is None

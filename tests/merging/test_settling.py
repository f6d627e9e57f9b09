"""merge: the one day, place and set of parties of an event, its tolls as each speaker last gave them, its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.merging import merge
from dateline.types import (
    ActorCodes,
    ActorKind,
    Claim,
    EventHarm,
    EventType,
    Harm,
    HarmKind,
    Modality,
    Place,
    PlacePrecision,
    Stance,
    TimePrecision,
)
from tests.merging.making import ARIA, BANTE, ORLU, claim, dead, on, one_event, party, report


def tolls(*claims: Claim, days: dict[str, str] | None = None) -> list[tuple[int | None, int | None, str | None]]:
    reports = [report(key, (days or {}).get(key, "2031-05-07")) for key in sorted({c.report for c in claims})]
    return [(h.low, h.high, h.said_by) for h in one_event(*claims, reports=reports).harm]


def test_each_speakers_newest_toll_stands_beside_the_others_and_none_is_averaged() -> None:
    found = tolls(
        claim("a", "army", harm=(dead(3),)),
        claim("b", "army", harm=(dead(5),)),
        claim("b", "provincial hospital", harm=(dead(9),), at=9),
        days={"a": "2031-05-06", "b": "2031-05-07"},
    )
    assert found == [(5, 5, "army"), (9, 9, "provincial hospital")]


def test_the_tolls_of_two_groups_are_told_apart() -> None:
    both = (dead(3, who="soldiers"), dead(17, who="rebels"))
    assert sorted(tolls(claim("a", "governor of Orlu", harm=both))) == [
        (3, 3, "governor of Orlu"),
        (17, 17, "governor of Orlu"),
    ]


def test_what_a_report_only_repeats_of_its_speaker_is_given_once() -> None:
    assert tolls(claim("a", harm=(dead(3),)), claim("a", "army", harm=(dead(3),), at=9)) == [(3, 3, "army")]


def test_the_same_toll_in_two_reports_own_voices_is_given_once_with_all_its_claims() -> None:
    event = one_event(claim("a", harm=(dead(3),)), claim("b", harm=(dead(3),)))
    assert [(h.low, h.said_by, len(h.claims)) for h in event.harm] == [(3, None, 2)]


def test_a_total_goes_before_its_parts() -> None:
    harm = (dead(4, part=True), dead(9, total=True))
    assert [(h.low, h.part) for h in one_event(claim("a", "army", harm=harm)).harm] == [(9, False), (4, True)]


def test_nobody_hurt_is_a_toll_of_nought() -> None:
    harm = (dead(0), Harm(HarmKind.INJURED, 0, 0))
    assert [(h.kind.value, h.low, h.high) for h in one_event(claim("a", "army", harm=harm)).harm] == [
        ("killed", 0, 0),
        ("injured", 0, 0),
    ]


def test_the_day_is_that_of_most_speakers() -> None:
    wide = on("2031-05-01", "2031-05-31")
    event = one_event(
        claim("a", "army"), claim("b", "mayor"), claim("c", time=replace(wide, precision=TimePrecision.MONTH))
    )
    assert (event.date, event.precision) == (("2031-05-06", "2031-05-06"), TimePrecision.DAY)


def test_spans_that_overlap_give_what_they_share() -> None:
    event = one_event(
        claim("a", "army", time=on("2031-05-05", "2031-05-06")),
        claim("b", "mayor", time=on("2031-05-06", "2031-05-07")),
    )
    assert event.date == ("2031-05-06", "2031-05-06")


def test_without_a_day_the_date_is_null() -> None:
    event = one_event(claim("a", time=None))
    assert (event.date, event.precision) == (None, TimePrecision.UNKNOWN)


def test_the_most_exact_place_stands() -> None:
    event = one_event(claim("a", place=ARIA, targets=["market"]), claim("b", targets=["market"]))
    assert event.place == ORLU


def test_parties_are_given_once_and_by_name() -> None:
    named = party("Ana Teku", description="governor of Orlu", kind=ActorKind.PERSON)
    event = one_event(
        claim("a", targets=["governor"], actors=["gunmen"]), claim("b", targets=[named], actors=["Noor Front"])
    )
    assert [p.name for p in event.targets] == ["Ana Teku"]
    assert [p.name for p in event.actors] == ["Noor Front"]


def test_parties_of_one_id_are_one() -> None:
    codes = ActorCodes(country="IRN")
    event = one_event(
        claim("a", actors=[party("Guards", id="irgc", codes=codes)]),
        claim("b", actors=[party("Iranian Revolutionary Guards", id="irgc", codes=codes)]),
    )
    assert [p.name for p in event.actors] == ["Iranian Revolutionary Guards"]


def test_a_threat_was_made_whatever_becomes_of_the_deed() -> None:
    assert one_event(claim("a", type=EventType.THREATEN, actors=["Noor Front"])).modality is Modality.HAPPENED


def test_first_reported_is_the_earliest_day_or_null() -> None:
    claims = claim("a"), claim("b")
    assert (
        one_event(*claims, reports=[report("a", "2031-05-08"), report("b", "2031-05-07")]).first_reported
        == "2031-05-07"
    )
    assert one_event(claim("a"), reports=[report("a", None)]).first_reported is None


SENTENCES = [
    (
        claim("a", "army", actors=["Noor Front"], targets=["market"], harm=(dead(3),)),
        "The Noor Front attacked the market in Orlu on 6 May 2031; 3 people were killed, the army said.",
    ),
    (
        claim("a", time=None, harm=(dead(5, None),)),
        "There was an attack in Orlu on a day not known; at least 5 people were killed.",
    ),
    (
        claim("a", type=EventType.CONSULT, actors=["Aria", "Borea"], modality=Modality.PLANNED, place=BANTE),
        "Planned: Aria held talks with Borea in Bante on 6 May 2031.",
    ),
    (
        claim("a", "army", stance=Stance.DENIES, targets=["bridge"], harm=(dead(0),)),
        "Denied: the bridge was attacked in Orlu on 6 May 2031; nobody was killed, the army said; sources dispute it.",
    ),
]


@pytest.mark.parametrize(("told", "sentence"), SENTENCES)
def test_the_summary_is_one_sentence_made_of_the_fields(told: Claim, sentence: str) -> None:
    assert one_event(told).summary == sentence


# ---------------------------------------------------------------- properties
PLACES = st.sampled_from([None, ORLU, BANTE, ARIA, Place("Orlu", precision=PlacePrecision.EXACT)])
CLAIMS = st.builds(
    claim,
    st.sampled_from("abcd"),
    st.sampled_from([None, "army", "the Iraqi military", "security sources", "Noor Front"]),
    at=st.integers(0, 60),
    type=st.sampled_from([EventType.ASSAULT, EventType.ACCUSE]),
    place=PLACES,
    time=st.sampled_from([None, on("2031-05-06"), on("2031-05-07"), on("2031-05-01", "2031-05-31")]),
    stance=st.sampled_from(Stance),
    modality=st.sampled_from(Modality),
    actors=st.lists(st.sampled_from(["gunmen", "Noor Front", "Aria"]), max_size=2),
    targets=st.lists(st.sampled_from(["market", "mosque", "Ana Teku", "soldiers"]), max_size=2),
    harm=st.lists(st.builds(dead, st.integers(0, 9)), max_size=2).map(tuple),
)
REPORTS = [report(key, day) for key, day in zip("abcd", ["2031-05-06", "2031-05-08", None, "2031-05-07"], strict=True)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CLAIMS, max_size=8, unique_by=lambda c: c.id), st.randoms())
def test_order_changes_nothing_and_no_claim_is_lost(claims: list[Claim], random: st.randoms) -> None:  # type: ignore[valid-type]
    result = merge(claims, REPORTS)
    shuffled = sorted(claims, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert merge(shuffled, list(reversed(REPORTS))).events == result.events
    assert sorted(key for event in result.events for key in event.claims) == sorted(c.id for c in claims)
    for event in result.events:
        assert all(isinstance(harm, EventHarm) and harm.claims for harm in event.harm)
        assert event.summary.endswith(".")
        assert event.independent_sources >= 0


def test_a_day_that_no_sentence_states_is_inferred() -> None:
    lent = replace(on("2031-05-06"), inferred=True)
    assert one_event(claim("a", time=lent)).date_inferred
    assert not one_event(claim("a", time=lent), claim("b")).date_inferred
    assert not one_event(claim("a", time=None)).date_inferred

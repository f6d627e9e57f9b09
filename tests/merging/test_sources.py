"""merge: who says it, how many they are, and whether they agree."""

from __future__ import annotations

import pytest

from dateline.types import (
    About,
    Claim,
    Dateline,
    EventType,
    Modality,
    Passage,
    PassageKind,
    Stance,
    Status,
)
from tests.merging.making import claim, dead, merged, on, one_event, report

COUNTS = [
    pytest.param([claim("a", "army"), claim("b", "army")], 1, id="one speaker in two papers"),
    pytest.param([claim("a", "army"), claim("b", "provincial hospital")], 2, id="two speakers"),
    pytest.param([claim("a", "the Iraqi military"), claim("b", "Iraqi military")], 1, id="with and without article"),
    pytest.param([claim("a", "a spokesman for the coalition"), claim("b", "coalition")], 1, id="a body and its spokesman"),
    pytest.param([claim("a", "two Iraqi security sources"), claim("a", "security sources", at=9)], 1, id="the same sources again"),
    pytest.param([claim("a", "security sources"), claim("b", "security sources")], 2, id="nameless sources of two papers"),
    pytest.param([claim("a", "Hassan al-Tamimi"), claim("b", "Tamimi")], 1, id="full name and surname"),
    pytest.param([claim("a", "Iraqi army"), claim("b", "Iraqi police")], 2, id="army and police of one country"),
    pytest.param([claim("a", "Russian army"), claim("b", "Ukrainian army")], 2, id="armies of two countries"),
    pytest.param([claim("a", "local official and residents")], 2, id="two who speak together"),
    pytest.param(
        [claim("a", "security sources and local mayor"), claim("a", "security sources", at=9)], 2, id="one of two alone as well"
    ),
    pytest.param([claim("a", "Ministry of Roads and Bridges")], 1, id="a name with 'and' in it"),
    pytest.param([claim("a", "army"), claim("a", "this newspaper", at=9)], 1, id="a paper that speaks of itself"),
    pytest.param([claim("a"), claim("a", "army", at=9)], 1, id="a report's own voice beside its speaker"),
    pytest.param([claim("a"), claim("b", "army")], 1, id="another paper's own voice beside a speaker"),
    pytest.param([claim("a"), claim("b")], 1, id="own voices that were not there"),
    pytest.param(
        [claim("a", "army"), claim("b", "Noor Front", stance=Stance.CLAIMS_RESPONSIBILITY)], 2, id="a claim of responsibility"
    ),
    pytest.param([claim("a", "army"), claim("b", "Noor Front", stance=Stance.DENIES)], 1, id="a denier does not count"),
    pytest.param([claim("a", "army"), claim("a", "he", at=9)], 1, id="a pronoun is nobody of its own"),
    pytest.param([claim("b", "Noor Front", stance=Stance.DENIES)], 1, id="told only to be denied"),
    pytest.param(
        [claim(k, type=EventType.ACCUSE, actors=["Aria"], targets=["Borea"]) for k in "abc"], 1, id="a statement in three papers"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "count"), COUNTS)
def test_independent_sources(claims: list[Claim], count: int) -> None:
    assert one_event(*claims).independent_sources == count


def test_copies_of_one_wire_count_once() -> None:
    reports = [report(key, wire="w") for key in "abc"]
    event = one_event(*[claim(key, "witnesses") for key in "abc"], reports=reports)
    assert (event.independent_sources, event.status) == (1, Status.SINGLE_SOURCE)
    assert event.reports == ("a", "b", "c")


def test_a_copy_that_names_the_speaker_vaguely_adds_none() -> None:
    reports = [report("a", wire="w"), report("b", wire="w", copy_of="a")]
    told = [claim("a", "governor of the region", harm=(dead(3),)), claim("b", "local officials", harm=(dead(3),))]
    event = one_event(*told, reports=reports)
    assert (event.independent_sources, len(event.harm)) == (1, 1)


def test_the_group_that_boasts_is_the_one_that_claimed_it() -> None:
    boast = [
        claim("a", "Noor Front", stance=Stance.CLAIMS_RESPONSIBILITY),
        claim("a", "group", at=9, harm=(dead(12),)),
        claim("b", "two jihadist groups", stance=Stance.CLAIMS_RESPONSIBILITY),
    ]
    event = one_event(*boast)
    assert event.independent_sources == 1
    assert [harm.said_by for harm in event.harm] == ["Noor Front"]


def test_a_reporter_on_the_spot_is_an_observer() -> None:
    there = report("a", dateline=Dateline(0, 4, place="Orlu"))
    assert one_event(claim("a"), claim("b", "army"), reports=[there, report("b")]).independent_sources == 2


def test_a_name_and_the_office_beside_it_are_one_speaker() -> None:
    text = "Amina Teku, the provincial governor, said the shells fell at dawn. The governor put the dead at three."
    event = one_event(
        claim("a", "Amina Teku", harm=(dead(3),)),
        claim("a", "provincial governor", at=70),
        reports=[report("a", text=text)],
    )
    assert event.independent_sources == 1
    assert {s.speaker for s in event.says} == {"Amina Teku"}


STATUS = [
    pytest.param([claim("a", "army")], Status.SINGLE_SOURCE, id="one"),
    pytest.param([claim("a", "army"), claim("b", "mayor of Orlu")], Status.CORROBORATED, id="two"),
    pytest.param([claim("a", "army"), claim("b", "Noor Front", stance=Stance.DENIES)], Status.DISPUTED, id="denied"),
    pytest.param(
        [claim("a", "army"), claim("b", "mayor", stance=Stance.DOUBTS, about=About.HARM)], Status.DISPUTED, id="doubted"
    ),
    pytest.param(
        [claim("a", "army", harm=(dead(3),)), claim("b", "hospital", harm=(dead(5),))], Status.DISPUTED, id="tolls of one day"
    ),
    pytest.param(
        [claim("a", "army", harm=(dead(3, None),)), claim("b", "hospital", harm=(dead(5),))], Status.CORROBORATED, id="ranges that meet"
    ),
    pytest.param(
        [claim("a", "army", harm=(dead(3, who="soldiers"),)), claim("b", "hospital", harm=(dead(5, who="rebels"),))],
        Status.CORROBORATED,
        id="tolls of two groups",
    ),
    pytest.param(
        [claim("a", "army", harm=(dead(0, who="nobody"),)), claim("b", "militia", harm=(dead(80, None, "80 invaders"),))],
        Status.DISPUTED,
        id="nobody at all against eighty invaders",
    ),
    pytest.param(
        [claim("a", "army", harm=(dead(0, who="soldiers"),)), claim("b", "clinic", harm=(dead(8, who="farmers"),))],
        Status.CORROBORATED,
        id="no soldiers beside eight farmers",
    ),
    pytest.param(
        [claim(k, n, stance=Stance.CLAIMS_RESPONSIBILITY) for k, n in (("a", "Noor Front"), ("b", "Sons of Bante"))],
        Status.DISPUTED,
        id="rival claims",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "status"), STATUS)
def test_status(claims: list[Claim], status: Status) -> None:
    assert one_event(*claims).status is status


def test_a_toll_that_rose_by_the_next_day_disputes_nothing() -> None:
    claims = claim("a", "army", harm=(dead(3),)), claim("b", "hospital", harm=(dead(5),))
    later = [report("a", "2031-05-06"), report("b", "2031-05-08")]
    assert one_event(*claims, reports=later).status is Status.CORROBORATED
    sooner = [report("a", "2031-05-08"), report("b", "2031-05-06")]
    assert one_event(*claims, reports=sooner).status is Status.DISPUTED


def test_what_is_told_only_to_be_denied_is_denied() -> None:
    event = one_event(claim("a", "army", modality=Modality.DENIED, stance=Stance.DENIES))
    assert (event.modality, event.status) == (Modality.DENIED, Status.DISPUTED)


def test_what_was_announced_and_then_called_off_stays_planned() -> None:
    announced = claim("a", "Noor Front", type=EventType.PROTEST, modality=Modality.PLANNED, actors=["Noor Front"])
    called_off = claim("b", "Noor Front", type=EventType.PROTEST, modality=Modality.DENIED, actors=["Noor Front"])
    assert one_event(announced, called_off).modality is Modality.PLANNED


def withdrawal(text: str) -> tuple[Modality, Status, int]:
    first = report("a", "2031-05-06", publisher="Orlu Post")
    note = report(
        "b", "2031-05-08", publisher="Orlu Post", text=text, passages=(Passage(0, len(text), PassageKind.NOTE),)
    )
    event = one_event(claim("a", "a palace source", targets=["governor"]), reports=[first, note])
    return event.modality, event.status, event.independent_sources


def test_what_its_only_source_took_back_is_retracted() -> None:
    text = "CORRECTION: we wrote on Tuesday that the governor had been killed. This was wrong."
    assert withdrawal(text) == (Modality.DENIED, Status.RETRACTED, 0)


def test_a_note_that_mends_a_spelling_takes_nothing_back() -> None:
    text = "CORRECTION: an earlier version misspelled the name of the governor."
    assert withdrawal(text) == (Modality.HAPPENED, Status.SINGLE_SOURCE, 1)


def test_a_publisher_that_denies_its_own_report_takes_it_back() -> None:
    reports = [report("a", "2031-05-06", publisher="Orlu Post"), report("b", "2031-05-08", publisher="Orlu Post")]
    claims = claim("a", "a palace source", targets=["governor"]), claim("b", targets=["governor"], stance=Stance.DENIES)
    assert one_event(*claims, reports=reports).status is Status.RETRACTED


@pytest.mark.parametrize(("noted", "status"), [("2031-06-05", Status.RETRACTED), ("2031-06-07", Status.SINGLE_SOURCE)])
def test_an_older_story_of_the_same_people_is_not_taken_back(noted: str, status: Status) -> None:
    text = "CORRECTION: we wrote in May that the market had been attacked. This was wrong."
    note = report("b", noted, publisher="Orlu Post", text=text, passages=(Passage(0, len(text), PassageKind.NOTE),))
    told = report("a", "2031-05-07", publisher="Orlu Post")
    assert one_event(claim("a", targets=["market"]), reports=[told, note]).status is status


def test_a_withdrawn_source_does_not_count_among_others() -> None:
    reports = [
        report("a", "2031-05-06", publisher="Orlu Post"),
        report("b", "2031-05-08", publisher="Orlu Post"),
        report("c"),
    ]
    claims = [
        claim("a", "a palace source"),
        claim("b", stance=Stance.DENIES),
        claim("c", "army", time=on("2031-05-06")),
    ]
    assert one_event(*claims, reports=reports).independent_sources == 1


def test_two_events_of_one_speaker_are_counted_apart() -> None:
    events = merged(claim("a", "army", targets=["market"]), claim("a", "army", targets=["mosque"], at=9)).events
    assert [e.independent_sources for e in events] == [1, 1]

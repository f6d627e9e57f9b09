"""What a later version of a page does to the claims of an earlier one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline.types import About, Claim, Event, Evidence, Modality, Passage, PassageKind, Report, Stance, Status
from tests.merging.making import claim, dead, merged, one_event, report

SAID = "Raiders attacked the ferry landing near Orlu before sunrise."
OTHER = "The council meets again tomorrow to discuss the harvest levy."
NOTE = "Correction: an earlier version named the wrong town."


def page(key: str, *paragraphs: str, before: str | None = None, day: str = "2031-05-07") -> Report:
    text, at, passages = "\n\n".join(paragraphs), 0, []
    for one in paragraphs:
        passages.append(Passage(at, at + len(one), PassageKind.NOTE if one.startswith("Corr") else PassageKind.STORY))
        at += len(one) + 2
    return report(key, day, text=text, passages=tuple(passages), version_of=before, wire="w-page", publisher="Paper")


def told(report: Report, speaker: str | None = None, **more: Any) -> Claim:
    """The claim of the sentence SAID in a report."""
    start = report.text.index("attacked")
    evidence = (Evidence("type", start, start + 8, "attacked"),)
    return replace(claim(report.id, speaker, **more), evidence=evidence)


def event_of(reports: list[Report], *claims: Claim) -> Event:
    return one_event(*claims, reports=reports)


def test_a_toll_that_is_lowered_takes_the_place_of_the_old_one() -> None:
    first, second = page("a", SAID), page("b", SAID, OTHER, before="a")
    event = event_of([first, second], told(first, harm=(dead(12),)), told(second, harm=(dead(2),)))
    assert [(toll.low, toll.high) for toll in event.harm] == [(2, 2)]
    assert set(event.reports) == {"a", "b"}


def test_a_doer_and_a_speaker_that_are_exchanged_leave_no_trace_in_the_fields() -> None:
    first, second = page("a", SAID), page("b", SAID, OTHER, before="a")
    event = event_of(
        [first, second],
        told(first, "the mayor", actors=["Noor Front"], targets=["ferry"]),
        told(second, "the governor", actors=["Sila Brigade"], targets=["ferry"]),
    )
    assert [actor.name for actor in event.actors] == ["Sila Brigade"]
    assert [says.speaker for says in event.says] == ["governor"]
    assert (event.independent_sources, event.status) == (1, Status.SINGLE_SOURCE)


def test_the_newest_of_three_versions_counts() -> None:
    pages = [page("a", SAID), page("b", SAID, OTHER, before="a"), page("c", OTHER, SAID, before="b")]
    tolls = zip(pages, (1, 5, 3), strict=True)
    event = event_of(pages, *(told(one, harm=(dead(low),)) for one, low in tolls))
    assert [toll.low for toll in event.harm] == [3]


def test_what_a_correction_leaves_out_is_retracted() -> None:
    first, second = page("a", SAID, OTHER), page("b", NOTE, OTHER, before="a")
    event = event_of([first, second], told(first))
    assert (event.status, event.independent_sources) == (Status.RETRACTED, 0)
    assert event.modality == Modality.DENIED


def test_what_is_left_out_without_a_word_stands() -> None:
    first, second = page("a", SAID, OTHER), page("b", OTHER, before="a")
    assert event_of([first, second], told(first)).status == Status.SINGLE_SOURCE


def test_what_a_corrected_page_still_says_stands() -> None:
    first, second = page("a", SAID, OTHER), page("b", NOTE, SAID, before="a")
    assert event_of([first, second], told(first)).status == Status.SINGLE_SOURCE


def test_a_correction_of_one_paper_leaves_the_word_of_another() -> None:
    first, second = page("a", SAID, OTHER), page("b", NOTE, OTHER, before="a")
    other = report("c", text=SAID)
    event = event_of([first, second, other], told(first), told(other))
    assert (event.status, event.independent_sources) == (Status.SINGLE_SOURCE, 1)


def test_a_page_that_denies_what_it_told_takes_it_back() -> None:
    first, second = page("a", SAID), page("b", SAID, OTHER, before="a")
    denial = told(second, stance=Stance.DENIES, about=About.EVENT, modality=Modality.DENIED)
    assert event_of([first, second], told(first), denial).status == Status.RETRACTED


def test_an_event_keeps_its_id_over_the_versions_of_its_page() -> None:
    first, second = page("a", SAID), page("b", SAID, OTHER, before="a", day="2031-05-08")
    alone = event_of([first], told(first))
    assert event_of([first, second], told(first), told(second)).id == alone.id
    assert len(merged(told(first), reports=[first, second]).events) == 1

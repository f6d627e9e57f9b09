"""The page of an event: who says what in which words, who disputes it, what was said before, and how it is cited."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.serve.fields import rows
from dateline.serve.harm import Word, chart, clashes, ladders
from dateline.serve.served import Served
from dateline.serve.voices import stands, voiced
from dateline.store.looking import Imprint
from dateline.types import Claim, Decision, Event, Evidence, Harm, HarmKind, Place, PlacePrecision, Stance
from tests.merging.making import ARIA, claim, dead, on, one_event, report
from tests.serve.written import written

Client = TestClient[Any]


def events(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/events").json()["items"]
    return found


def the(client: Client, words: str) -> str:
    """The id of the event whose summary has these words."""
    return next(str(one["id"]) for one in events(client) if words in one["summary"])


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    apart = re.sub(r"</?(?:td|th|tr|li|p|div|h\d|dd|dt)\b[^>]*>", " ", answer.text)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", apart)).split())


# ---------------------------------------------------------------- the page
def test_every_event_has_a_page(client: Client) -> None:
    for one in events(client):
        assert one["summary"] in text(client, f"/e/{one['id']}")


def test_sources_that_disagree_are_side_by_side_at_the_head(client: Client) -> None:
    page = text(client, f"/e/{the(client, 'Ain al-Asad')}")
    said = "Killed: 80 or more, Iranian state television said; nobody, "
    assert page.index("Sources dispute it.") < page.index(said) < page.index("Who says what")


def test_who_denies_it_stands_apart_with_the_sentence(client: Client) -> None:
    page = text(client, f"/e/{the(client, 'airliner near Tehran')}")
    assert "Iran denies it (2020-01-10)" in page
    assert "Iran denied on Friday that a missile had hit the plane." in page[page.index("Dispute it") :]


def test_a_publisher_that_withdrew_what_it_told_took_it_back_and_gave_no_toll(client: Client) -> None:
    page = text(client, f"/e/{the(client, 'Balad air base on 4 January')}")
    assert "Tigris Courier took back what it had told" in page
    assert "Tigris Courier not stated" not in page


def test_every_quote_leads_to_its_characters_in_the_reader(client: Client) -> None:
    page = client.get(f"/e/{the(client, 'Ain al-Asad')}").text
    links = set(re.findall(r'href="/r/(\w+)#(\d+-\d+)"', page))
    assert len(links) > 20
    for key, span in links:
        assert f'id="{span}"' in client.get(f"/r/{key}").text, (key, span)


def test_nought_is_said_otherwise_than_not_stated(client: Client) -> None:
    page = text(client, f"/e/{the(client, 'Ain al-Asad')}")
    assert "Iraqi military 0 (nobody)" in page
    assert "Islamic Revolutionary Guard Corps, U.S. Central Command not stated" in page


def test_the_drawing_says_in_words_what_it_draws(client: Client) -> None:
    page = client.get(f"/e/{the(client, 'Ain al-Asad')}").text
    label = unescape(re.findall(r'aria-label="(Killed, by who says so[^"]*)"', page)[0])
    assert "Iranian state television, 2020-01-08: 80 or more" in label
    assert "U.S. Central Command: not stated" in label


def test_copies_are_told_apart_from_sources(client: Client) -> None:
    page = text(client, f"/e/{the(client, 'Balad air base on 4 January')}")
    assert "3 independent sources in 4 reports, 1 of them a copy" in page
    assert "Watchtower Notes, 2020-01-05: Rockets rain on US troops as militia sets deadline copy" in page


def test_a_coarse_place_is_told_in_words_and_is_no_point(client: Client) -> None:
    page = client.get(f"/e/{the(client, 'Qasem Soleimani')}").text
    assert "Only the country is known" in page
    assert "data-lat" not in page


def test_a_page_has_no_style_and_no_script_of_its_own(client: Client) -> None:
    for one in events(client):
        page = client.get(f"/e/{one['id']}").text
        assert not [word for word in (" style=", "<script>", " onclick") if word in page]


def test_what_can_be_done_is_led_to_with_its_key(client: Client) -> None:
    key = the(client, "Ain al-Asad")
    page = client.get(f"/e/{key}").text
    links = dict(re.findall(r'href="([^"]*)" data-key="(\w)"', page))
    assert {key: unescape(path) for path, key in links.items()} == {
        "r": f"/review?event={key}",
        "e": f"/review?event={key}&form=correct",
        "m": f"/review?event={key}&form=merge",
        "s": f"/review?event={key}&form=split",
        "d": "#who-says",
        "h": "#history",
        "c": "#cite",
    }
    for target in ("who-says", "history", "cite"):
        assert f'id="{target}"' in page


def test_a_known_actor_leads_to_its_page(client: Client) -> None:
    assert re.search(r'<a href="/a/[^"]+"><bdi>Iran</bdi></a>', client.get(f"/e/{the(client, 'Ain al-Asad')}").text)


# ---------------------------------------------------------------- its address
def test_how_an_id_begins_leads_to_it_with_what_was_asked_besides(client: Client) -> None:
    key = the(client, "Ain al-Asad")
    answer = client.get(f"/e/{key[:7]}?at=x&from=2", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/e/{key}?at=x&from=2")


def test_an_id_that_is_none_is_answered_with_the_nearest(client: Client) -> None:
    key = the(client, "Ain al-Asad")
    answer = client.get(f"/e/{key[:9]}ffff")
    assert answer.status_code == 404
    assert f"did you mean {key[:13]}" in unescape(answer.text)


def test_a_number_that_is_none_is_refused(client: Client) -> None:
    assert client.get(f"/e/{the(client, 'Ain al-Asad')}?from=-1").status_code == 400
    assert client.get(f"/e/{the(client, 'Ain al-Asad')}?from=٣").status_code == 400


def test_an_event_that_went_into_another_leads_there_and_its_story_is_told(writer: Client, own: Served) -> None:
    gone, into = the(writer, "Ain al-Asad"), the(writer, "four Iraqi airmen")
    own.decide(Decision("merge", gone, "desk", "", "one attack", {"into": into}))
    answers = {key: writer.get(f"/e/{key}", follow_redirects=False) for key in (gone, into)}
    left = [key for key, answer in answers.items() if answer.status_code == 302]
    assert len(left) == 1
    page = text(writer, f"/e/{left[0]}")
    assert re.search(
        r"merge into \w+ line 1, desk, 2026-01-05 10:00: one attack", page[page.index("Decisions about") :]
    )
    assert f"merged {left[0][:8]} into" in page[page.index("History") :]


# ---------------------------------------------------------------- since it was cited
def cited_at(client: Client, key: str) -> str:
    return str(re.findall(r'id="cite-link" href="[^"]*\?at=(\w+)"', client.get(f"/e/{key}").text)[0])


def test_a_cited_state_says_that_it_is_the_one_there_is(client: Client) -> None:
    key = the(client, "Ain al-Asad")
    assert "This is the record as it was cited" in text(client, f"/e/{key}?at={cited_at(client, key)}")


def test_a_cited_state_that_was_changed_says_whether_the_event_was(writer: Client, own: Served) -> None:
    key, other = the(writer, "Ain al-Asad"), the(writer, "Rob Macaire")
    before = {one: cited_at(writer, one) for one in (key, other)}
    own.decide(Decision("accept", key, "desk", "", "read twice", {}))
    assert "and so has this event" in text(writer, f"/e/{key}?at={before[key]}")
    assert "this event has not" in text(writer, f"/e/{other}?at={before[other]}")


def test_a_state_that_nobody_knows_is_said_to_be_none(client: Client) -> None:
    assert "no revision 0123456789abcdef" in text(client, f"/e/{the(client, 'Ain al-Asad')}?at=0123456789abcdef")


def test_a_decision_that_was_undone_is_told_as_undone(writer: Client, own: Served) -> None:
    key = the(writer, "Rob Macaire")
    line = own.decide(Decision("reject", key, "desk", "", "a mistake", {})).line
    own.decide(Decision("undo", str(line), "desk", "", "it was right", {}))
    page = text(writer, f"/e/{key}")
    assert "reject undone since" in page[page.index("Decisions about it") :]


# ---------------------------------------------------------------- hostile words
HOSTILE = '<script>alert(1)</script>" onload="x" {{ 7*7 }} ]]>'


def test_words_of_a_report_are_text_wherever_they_are_shown(tmp_path: Path) -> None:
    told = report("r1", text=f"{HOSTILE} fell.", title=HOSTILE, publisher=HOSTILE, byline=HOSTILE)
    said = replace(
        claim("r1", HOSTILE, harm=(dead(3, who=HOSTILE),), actors=(HOSTILE,), place=Place(name=HOSTILE)),
        evidence=(Evidence("type", 0, len(HOSTILE), HOSTILE),),
    )
    one = replace(one_event(said, reports=[told]), summary=HOSTILE)
    with written(tmp_path, reports=[told], claims=[said], events=[one]) as client:
        for path in (f"/e/{one.id}", "/r/r1", "/r/r1/versions"):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert not [words for words in ("<script>alert", 'onload="x"', " 49 ") if words in answer.text]
            assert "&lt;script&gt;alert(1)" in answer.text


def test_many_claims_are_shown_some_at_a_time(tmp_path: Path) -> None:
    told = report("r1", text="Ten men died.")
    said = [claim("r1", f"Speaker {number:03}", key=str(number)) for number in range(250)]
    one = one_event(*said, reports=[told])
    with written(tmp_path, reports=[told], claims=said, events=[one]) as client:
        pages = [client.get(f"/e/{one.id}?from={start}").text for start in (0, 100, 200)]
    cards = [re.findall(r'id="claim-(\w+)"', page) for page in pages]
    assert [len(found) for found in cards] == [100, 100, 50]
    assert {key for found in cards for key in found} == {one.id for one in said}


# ---------------------------------------------------------------- harm
def told_of(*claims: Claim, days: dict[str, str]) -> tuple[Event, list[Any]]:
    known = [report(key, day) for key, day in days.items()]
    event = one_event(*claims, reports=known)
    imprints = {key: Imprint(key, f"Paper {key}", day, None, None) for key, day in days.items()}
    return event, voiced(event, claims, imprints)


def words(event: Event, told: list[Any]) -> list[Word]:
    return [word for ladder in ladders(event, told) for word in ladder.words]


def test_the_newest_word_of_a_claimant_counts_and_stands_last() -> None:
    event, told = told_of(
        claim("a", "Ana Teku", harm=(dead(3),)),
        claim("b", "Ana Teku", harm=(dead(5),)),
        days={"a": "2031-05-06", "b": "2031-05-08"},
    )
    found = [(word.amount, word.day, word.newest, word.replaced) for word in words(event, told)]
    assert found == [("3", "2031-05-06", False, True), ("5", "2031-05-08", True, False)]


def test_a_word_that_a_later_version_of_its_page_dropped_is_no_longer_told() -> None:
    event, told = told_of(
        claim("a", "Ana Teku", harm=(dead(3),)), claim("b", "Bo Adi"), days={"a": "2031-05-06", "b": "2031-05-08"}
    )
    [ladder] = ladders(replace(event, harm=()), told)
    assert [(word.newest, word.replaced) for word in ladder.words] == [(False, False)]
    assert [bar.label for bar in chart(ladder).bars if bar.shape == "bar"] == ["3, no longer told"]


def test_a_word_told_again_keeps_the_day_of_the_first_time() -> None:
    event, told = told_of(
        claim("a", "Ana Teku", harm=(dead(3),)),
        claim("b", "Ana Teku", harm=(dead(3),)),
        days={"a": "2031-05-06", "b": "2031-05-08"},
    )
    assert [(word.amount, word.day) for word in words(event, told)] == [("3", "2031-05-06")]


@pytest.mark.parametrize(
    ("low", "high", "shape", "label"),
    [
        (7, 7, "bar", "7"),
        (5, None, "open", "5 or more"),
        (24, 30, "range", "24 to 30"),
        (0, 80, "range", "up to 80"),
        (0, 0, "zero", "0 (nobody)"),
        (None, None, "unknown", "a number that is not stated"),
    ],
)
def test_what_is_known_of_a_number_is_drawn_and_said(low: int | None, high: int | None, shape: str, label: str) -> None:
    event, told = told_of(claim("a", "Ana Teku", harm=(dead(low, high),)), days={"a": "2031-05-06"})
    [ladder] = ladders(event, told)
    [bar] = chart(ladder).bars
    assert (bar.shape, bar.label) == (shape, label)


def test_who_speaks_of_it_and_gives_no_toll_is_drawn_as_not_stated() -> None:
    event, told = told_of(
        claim("a", "Ana Teku", harm=(dead(3),)), claim("b", "Bo Adi"), days={"a": "2031-05-06", "b": "2031-05-07"}
    )
    [ladder] = ladders(event, told)
    assert ladder.silent == ("Bo Adi",)
    assert [(bar.shape, bar.label) for bar in chart(ladder).bars] == [("bar", "3"), ("silent", "not stated")]


def test_a_part_of_a_total_is_marked_and_disputes_nothing() -> None:
    event, told = told_of(
        claim("a", "Ana Teku", harm=(dead(20, total=True), dead(11, who="11 novices", part=True))),
        claim("b", "Bo Adi", harm=(dead(20),)),
        days={"a": "2031-05-06", "b": "2031-05-07"},
    )
    found = ladders(event, told)
    assert {"total", "11 novices, part of a total"} <= {word.of for word in found[0].words}
    assert clashes(found) == []


def test_numbers_that_cannot_both_be_true_clash_and_ranges_that_meet_do_not() -> None:
    said = {"Ana Teku": dead(80, None), "Bo Adi": dead(0, 0), "Cy Oru": dead(90, 100)}
    days = {name[:1]: "2031-05-06" for name in said}
    event, told = told_of(*(claim(name[:1], name, harm=(toll,)) for name, toll in said.items()), days=days)
    [clash] = clashes(ladders(event, told))
    assert clash.sides == (("90 to 100", ("Cy Oru",)), ("80 or more", ("Ana Teku",)), ("nobody", ("Bo Adi",)))
    event, told = told_of(
        claim("A", "Ana Teku", harm=(dead(80, None),)), claim("C", "Cy Oru", harm=(dead(90, 100),)), days=days
    )
    assert clashes(ladders(event, told)) == []


def test_nothing_destroyed_is_nothing_and_not_nobody() -> None:
    event, told = told_of(claim("a", "Ana Teku", harm=(Harm(HarmKind.DESTROYED, 0, 0),)), days={"a": "2031-05-06"})
    assert [word.amount for word in words(event, told)] == ["nothing"]


# ---------------------------------------------------------------- fields and stances
def test_a_field_names_who_says_so_and_who_says_otherwise(served: Served) -> None:
    elsewhere = Place(name="Bante", country="XA", lat=10.01, lon=20.0, precision=PlacePrecision.CITY)
    event, told = told_of(
        claim("a", "Ana Teku"),
        claim("b", "Bo Adi"),
        claim("c", "Cy Oru", place=elsewhere),
        days={"a": "2031-05-06", "b": "2031-05-07", "c": "2031-05-08"},
    )
    where = next(row for row in rows(event, told, served.wording) if row.name == "place")
    assert (where.value, where.precision) == ("Orlu, XA", "city")
    assert [(one.value, one.held, one.speakers) for one in where.said] == [
        ("Orlu, XA", True, ("Ana Teku", "Bo Adi")),
        ("Bante, XA", False, ("Cy Oru",)),
    ]


def test_what_nobody_states_is_not_stated(served: Served) -> None:
    event, told = told_of(claim("a", "Ana Teku", place=None, time=None), days={"a": "2031-05-06"})
    found = {row.name: row.value for row in rows(event, told, served.wording)}
    assert (found["place"], found["actors"], found["means"]) == (None, None, None)


def test_an_inferred_place_is_marked_as_a_guess(served: Served) -> None:
    event, told = told_of(claim("a", "Ana Teku", place=replace(ARIA, inferred=True)), days={"a": "2031-05-06"})
    where = next(row for row in rows(event, told, served.wording) if row.name == "place")
    assert where.guess == "no sentence of the event states this place"


def test_an_inferred_day_is_marked_as_a_guess(served: Served) -> None:
    event, told = told_of(
        claim("a", "Ana Teku", time=replace(on("2031-05-06"), inferred=True)), days={"a": "2031-05-06"}
    )
    when = next(row for row in rows(event, told, served.wording) if row.name == "time")
    assert when.guess == "no sentence of the event states this day"


def test_a_list_of_events_marks_the_days_that_are_guesses(client: Client) -> None:
    found = events(client)
    assert {one["date_inferred"] for one in found} == {True, False}
    for one in found:
        listed = client.get(f"/?from={one['date'][0]}&to={one['date'][1]}" if one["date"] else "/?undated=yes").text
        row = listed[
            listed.index('<span class="when">', listed.rindex("<li", 0, listed.index(f'href="/e/{one["id"]}"'))) :
        ]
        assert ("data-guess" in row[: row.index("<a")]) == one["date_inferred"], one["id"]


def test_a_speaker_who_says_it_and_later_denies_it_has_both_stances_with_their_days() -> None:
    event, told = told_of(
        claim("a", "Ana Teku"),
        claim("b", "Ana Teku", stance=Stance.DENIES),
        claim("c", "Bo Adi"),
        days={"a": "2031-05-06", "b": "2031-05-08", "c": "2031-05-07"},
    )
    found = [(one.speaker, one.says.stance.value, one.first, one.disputing) for one in stands(event, told)]
    assert found == [
        ("Ana Teku", "asserts", "2031-05-06", False),
        ("Bo Adi", "asserts", "2031-05-07", False),
        ("Ana Teku", "denies", "2031-05-08", True),
    ]


def test_beside_a_stance_stand_the_tolls_given_in_it() -> None:
    event, told = told_of(
        claim("a", "Ana Teku", harm=(dead(20, total=True), dead(11, who="11 novices", part=True))),
        claim("b", "Bo Adi", harm=(dead(None, None),)),
        days={"a": "2031-05-06", "b": "2031-05-07"},
    )
    assert [one.tolls for one in stands(event, told)] == [("20 killed", "of them 11 killed"), ("some killed",)]

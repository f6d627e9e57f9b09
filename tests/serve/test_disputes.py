from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient
from lxml import html

from dateline.serve.disputing import Told, dispute_of, looked_at, matters, words_of
from dateline.serve.served import Served
from dateline.serve.toll_chart import HEIGHT, WIDTH, charts
from dateline.serve.tolling import Policy, counting, low_of, most_of, settled
from dateline.store.asking import Query
from dateline.store.by_id import claims_by_id, reports_by_id
from dateline.types import Event, EventHarm, Given, HarmKind

Client = TestClient[Any]
KILLED, INJURED = HarmKind.KILLED, HarmKind.INJURED


def toll(low: int | None, high: int | None, said_by: str | None, *claims: str, kind: HarmKind = KILLED) -> EventHarm:
    return EventHarm(kind, low, high, said_by, claims)


def told(policy: Policy, *harm: EventHarm, **days: str) -> list[tuple[str | None, str]]:
    return [(one.amount, one.why) for one in settled(policy, harm, days)]


def disputed(served: Served) -> list[Event]:
    with served.ask() as database:
        return list(database.events(Query(disputed=True)))


def text_of(client: Client, address: str) -> str:
    return " ".join(html.fromstring(client.get(address).text).xpath("//main")[0].text_content().split())


# ---------------------------------------------------------------- policies
IRAN, PENTAGON, MAYOR = toll(80, None, "Iran", "c1"), toll(0, 0, "Pentagon", "c2"), toll(3, 5, "mayor", "c3")


def test_the_range_reaches_from_the_lowest_to_the_highest() -> None:
    assert told(Policy.RANGE, PENTAGON, MAYOR) == [("0 to 5", "from the lowest to the highest of 2 speakers")]
    assert told(Policy.RANGE, IRAN, PENTAGON) == [("0 to 80 or more", "from the lowest to the highest of 2 speakers")]
    assert told(Policy.RANGE, MAYOR) == [("3 to 5", "said by mayor")]


def test_the_lowest_and_the_highest_say_who_gives_them() -> None:
    assert told(Policy.LOWEST, IRAN, PENTAGON, MAYOR) == [("0", "said by Pentagon")]
    assert told(Policy.HIGHEST, IRAN, PENTAGON, MAYOR) == [("80 or more", "said by Iran")]
    assert told(Policy.HIGHEST, PENTAGON, MAYOR) == [("5", "said by mayor")]


def test_a_majority_is_more_than_half_of_the_speakers() -> None:
    other = toll(0, 0, None, "c4")
    assert told(Policy.MAJORITY, IRAN, PENTAGON, other) == [("0", "2 of 3 speakers: Pentagon, the reports")]
    assert told(Policy.MAJORITY, IRAN, PENTAGON) == [(None, "no number is given by more than half of 2 speakers")]


def test_the_newest_is_of_the_last_day_and_several_of_that_day_are_told() -> None:
    days = {"c1": "2020-01-08", "c2": "2020-01-17", "c3": "2020-01-17"}
    assert told(Policy.NEWEST, IRAN, PENTAGON, **days) == [("0", "2020-01-17: Pentagon")]
    assert told(Policy.NEWEST, IRAN, PENTAGON, MAYOR, **days) == [("0 or 3 to 5", "2020-01-17: Pentagon, mayor")]
    assert told(Policy.NEWEST, IRAN) == [(None, "no report with a number has a day")]


def test_what_is_not_stated_is_no_nought() -> None:
    assert told(Policy.LOWEST, toll(None, None, "police")) == []
    assert told(Policy.LOWEST, toll(None, None, "police"), MAYOR) == [("3", "said by mayor")]


def test_each_kind_of_harm_is_settled_by_itself() -> None:
    assert [one.kind for one in settled(Policy.RANGE, [MAYOR, toll(1, 1, "x", kind=INJURED)], {})] == [KILLED, INJURED]


def test_parts_do_not_count_beside_a_total_and_a_total_counts_alone() -> None:
    part = EventHarm(KILLED, 9, 9, "mayor", (), part=True)
    total = EventHarm(KILLED, 20, 20, "mayor", (), total=True)
    assert counting([MAYOR, part], KILLED) == [MAYOR]
    assert counting([MAYOR, total, PENTAGON], KILLED) == [total, PENTAGON]


TOLLS = st.lists(
    st.builds(
        lambda low, more, who: toll(low, None if more is None else low + more, who),
        st.integers(0, 50),
        st.none() | st.integers(0, 50),
        st.sampled_from(["Iran", "Pentagon", "mayor", None]),
    ),
    min_size=1,
    max_size=6,
)


@given(TOLLS, st.sampled_from(Policy))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_policy_gives_no_number_that_nobody_gave(harm: list[EventHarm], policy: Policy) -> None:
    numbers = {str(number) for one in harm for number in (low_of(one), most_of(one))}
    for one in settled(policy, harm, {}):
        given_words = (one.amount or "").replace("up to", "").split()
        assert {word for word in given_words if word.isdigit()} <= numbers


# ---------------------------------------------------------------- what is disputed
def test_what_is_disputed_is_told_apart(served: Served) -> None:
    found = {}
    for event in disputed(served):
        with served.ask() as database:
            found[event.summary.split(" on ")[0]] = matters(event, claims_by_id(database, looked_at(event)))
    assert sorted(found.values()) == [
        ["the toll"],
        ["the toll", "what its publisher took back"],
        ["whether it happened"],
        ["whether it happened", "who did it"],
    ]


def test_every_quote_of_a_dispute_stands_in_its_report(served: Served) -> None:
    for event in disputed(served):
        with served.ask() as database:
            claims = claims_by_id(database, looked_at(event))
            reports = reports_by_id(database, {claim.report for claim in claims.values()})
        dispute = dispute_of(event, claims, reports)
        assert {side.speaker for side in dispute.sides} == {says.speaker for says in event.says}
        for word in (word for side in dispute.sides for word in side.words):
            assert word.report is not None
            assert word.words is not None
            assert word.report.text[word.words.start : word.words.end] == word.words.quote
            assert words_of(word.claim, word.report) == word.words


def test_those_who_speak_against_others_come_last(served: Served) -> None:
    for event in disputed(served):
        with served.ask() as database:
            claims = claims_by_id(database, looked_at(event))
            reports = reports_by_id(database, {claim.report for claim in claims.values()})
        against = [side.is_against for side in dispute_of(event, claims, reports).sides]
        assert against == sorted(against)


def test_a_chart_has_a_mark_for_each_toll_within_its_frame() -> None:
    rows = [
        Told("2020-01-04", "army", KILLED, 0, 0, None, None),
        Told("2020-01-05", "police", KILLED, 5, 9, None, None),
        Told("2020-01-05", "mayor", KILLED, 12, None, None, None),
        Told(None, "villagers", KILLED, 99, 99, None, None),
        Told("2020-01-05", "mayor", INJURED, 1, 1, None, None),
    ]
    (chart,) = charts(rows)
    assert chart.label == (
        "killed, by day: 2020-01-04, army: 0; 2020-01-05, police: 5 to 9; 2020-01-05, mayor: 12 or more"
    )
    assert [mark.is_open for mark in chart.marks] == [False, False, True]
    assert all(0 < mark.x < WIDTH and 0 < mark.top <= mark.bottom < HEIGHT for mark in chart.marks)
    assert len({mark.x for mark in chart.marks}) == 3


def test_tolls_that_did_not_change_have_no_chart() -> None:
    rows = [Told(f"2020-01-0{day}", "army", KILLED, 3, 3, None, None) for day in (4, 5)]
    assert charts(rows) == []
    assert charts([Told("2020-01-04", who, KILLED, low, low, None, None) for who, low in (("a", 1), ("b", 2))]) == []


# ---------------------------------------------------------------- the page
def test_the_page_has_every_disputed_event_with_its_speakers(client: Client, served: Served) -> None:
    page = html.fromstring(client.get("/disputes").text)
    assert [str(link) for link in page.xpath("//article/h2/a/@href")] == [f"/e/{one.id}" for one in disputed(served)]
    names = {str(name) for name in page.xpath("//article//h4/bdi/text()")}
    assert {"Pentagon", "Iranian state television", "Iran", "Justin Trudeau"} <= names


def settled_on(client: Client, address: str) -> list[str]:
    """What stands beside each 'By the policy', with it."""
    page = html.fromstring(client.get(address).text)
    terms = page.xpath("//dl/dt[starts-with(., 'By the policy')]")
    return [f"{term.text_content()}: {' '.join(term.getnext().text_content().split())}" for term in terms]


def test_the_policy_is_named_beside_the_numbers(client: Client) -> None:
    highest = settled_on(client, "/disputes?policy=highest")
    assert highest[1].startswith("By the policy: highest: 80 or more killed (said by Iranian state television)")
    assert settled_on(client, "/disputes")[1].startswith("By the policy: range: 0 to 80 or more killed")
    assert "it changes none of them" in text_of(client, "/disputes")


def test_a_policy_changes_nothing_that_is_said(client: Client) -> None:
    def quotes(address: str) -> list[str]:
        found = html.fromstring(client.get(address).text).xpath("//blockquote")
        return [quote.text_content() for quote in found]

    assert quotes("/disputes?policy=lowest") == quotes("/disputes?policy=newest") != []


def test_filters_hold_and_stay_when_the_policy_changes(client: Client) -> None:
    page = html.fromstring(client.get("/disputes?actor=%3Diran&policy=lowest&to=2020-01-06").text)
    assert page.xpath("//p[@data-kind='info']")[0].text_content() == "No event that these filters ask for is disputed."
    assert "/disputes?actor=%3Diran&to=2020-01-06&policy=newest" in page.xpath("//nav[@class='views']/a/@href")
    only = html.fromstring(client.get("/disputes?type=ASSAULT&from=2020-01-09").text)
    assert len(only.xpath("//article")) == 1


def test_words_link_to_where_they_stand(client: Client) -> None:
    links = html.fromstring(client.get("/disputes").text).xpath("//blockquote//a/@href")
    assert links
    for link in links:
        path, _, span = str(link).partition("#")
        start, _, end = span.partition("-")
        assert path.startswith("/r/")
        assert int(start) < int(end)


def test_disputes_go_on_behind_a_place(client: Client, served: Served) -> None:
    first = disputed(served)[0]
    after = f"{first.date[0]} {first.date[1]} {first.id}" if first.date else ""
    page = html.fromstring(client.get("/disputes", params={"after": after}).text)
    assert len(page.xpath("//article")) == len(disputed(served)) - 1


@pytest.mark.parametrize("address", ["/disputes?policy=mean", "/disputes?type=asalt", "/disputes?x=1"])
def test_what_cannot_be_meant_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_hostile_words_are_shown_as_text(own: Served, writer: Client, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    text = (
        "BALAD - Gunmen attacked the town of <script>alert(1)</script> Balad on Saturday, killing five people, police"
        " said.\n\nThe <b>government</b> denied that the attack on Balad happened.\n"
    )
    page.write_text(text, "utf-8")
    own.record.add([str(page)], Given(published="2020-01-05", publisher="<img src=x>"))
    own.refresh()
    shown = writer.get("/disputes").text
    assert "&lt;img src=x&gt;" in shown
    assert "<img" not in shown
    assert "<script>alert" not in shown
    assert "<b>" not in shown

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from dateline.serve.pages.actors import level, short
from dateline.serve.served import Served
from dateline.store.event_index import Span
from dateline.types import Given

Client = TestClient[Any]


def rows(client: Client, address: str) -> dict[str, list[str]]:
    """The table's rows by the name of the actor."""
    table = html.fromstring(client.get(address).text).xpath("//table[@class='table']/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in table]
    return {row[0]: row[1:] for row in cells}


def links(client: Client, address: str, path: str) -> list[str]:
    return [str(link) for link in html.fromstring(client.get(address).text).xpath(f"{path}/@href")]


def count_of(client: Client, address: str) -> str:
    """'2 events', of a list of events."""
    summary = html.fromstring(client.get(address).text).xpath("//p[@class='summary']")[0].text_content()
    return " ".join(summary.split())


# ---------------------------------------------------------------- the table
def test_the_table_counts_who_acts_and_who_is_acted_on(client: Client) -> None:
    assert rows(client, "/actors")["Iran"] == ["irn", "state", "IRN", "4", "3", "1", "2020-01-08", "2020-01-11"]


def test_the_number_of_events_is_that_of_the_list_behind_it(client: Client) -> None:
    address = links(client, "/actors", "//tr[th//text()='Iran']/td[4]/a")[0]
    assert count_of(client, address).startswith("4 events")


def test_a_person_whom_nobody_knows_has_no_page_no_days_and_no_list(client: Client) -> None:
    told = rows(client, "/actors")["Rob Macaire"]
    assert told[1:] == ["person", "not known", "1", "0", "1", "a person not in the knowledge: no days, no page"]
    assert links(client, "/actors", "//tr[th//text()='Rob Macaire']//a") == []
    assert client.get("/a/Rob%20Macaire").status_code == 404
    assert "no private person is followed" in client.get("/a/Rob%20Macaire").text


def test_a_known_person_has_a_page(client: Client) -> None:
    assert links(client, "/actors", "//tr[th//text()='Donald Trump']/th/a") == ["/a/donald-trump"]
    assert client.get("/a/donald-trump").status_code == 200


def test_actors_are_found_by_a_part_of_a_name_without_accents_and_case(client: Client) -> None:
    assert set(rows(client, "/actors?name=HEZB%C3%B3LLAH")) == {"Kataib Hezbollah"}
    assert "No actor of these events has" in client.get("/actors?name=nobody+at+all").text


def test_filters_hold_for_the_counts(client: Client) -> None:
    assert rows(client, "/actors?type=ASSAULT")["Iran"][3] == "2"
    assert "Iran" not in rows(client, "/actors?to=2020-01-07")


def test_actors_go_on_behind_a_page(client: Client) -> None:
    whole = list(rows(client, "/actors"))
    assert list(rows(client, "/actors?limit=5")) == whole[:5]
    assert list(rows(client, "/actors?limit=5&after=5")) == whole[5:10]
    assert links(client, "/actors?limit=5", "//a[@rel='next']") == ["/actors?limit=5&after=5"]


@pytest.mark.parametrize("address", ["/actors?view=list", "/actors?after=x", "/actors?type=ASALT", "/actors?nothing=1"])
def test_what_cannot_be_meant_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


# ---------------------------------------------------------------- who to whom
def test_a_cell_of_the_matrix_links_to_its_events(client: Client) -> None:
    cells = links(client, "/actors?view=matrix", "//tr[th//text()='United States']/td/a")
    assert "/?acting=%3Dusa&target=%3Dqasem-soleimani" in cells


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("/actors?view=matrix", "//table[@class='matrix']//td/a"),
        ("/actors?view=matrix&actor=iran", "//table[@class='matrix']//td/a"),
        ("/actors?view=network", "//tr[@data-from]/td[3]/a"),
        ("/actors", "//tr[@data-row]/td/a"),
        ("/actors?type=ASSAULT", "//tr[@data-row]/td/a"),
        ("/actors?actor=iran", "//tr[@data-row]/td/a"),
        ("/a/irn?actor=usa", "//section[h2='Is said to have acted on']//td/a"),
        ("/a/irn", "//section[h2='Is said to have acted on']//td/a"),
        ("/a/irn", "//section[h2='Is said to have been acted on by']//td/a"),
    ],
)
def test_a_number_is_the_number_of_events_in_its_list(client: Client, address: str, numbers: str) -> None:
    found = html.fromstring(client.get(address).text).xpath(numbers)
    assert found
    for one in found:
        told = "".join(one.text_content().split())
        assert count_of(client, one.get("href")).startswith(f"{told} event"), one.get("href")


def test_a_number_that_no_list_can_have_is_no_link(client: Client) -> None:
    """Iran and somebody else as targets of one event: a filter asks for any of them, never for both."""
    asked = "/actors?view=matrix&target=iran"
    told = html.fromstring(client.get(asked).text).xpath("//table[@class='matrix']//td[@data-level!='0']")
    assert told
    assert links(client, asked, "//table[@class='matrix']//td/a") == []


def test_matrix_and_network_have_the_same_pairs(client: Client) -> None:
    matrix = set(links(client, "/actors?view=matrix", "//table[@class='matrix']//td/a"))
    network = set(links(client, "/actors?view=network", "//tr[@data-from]/td[3]/a"))
    assert matrix
    assert matrix <= network


def test_the_network_is_a_table_with_what_a_graph_needs(client: Client) -> None:
    page = html.fromstring(client.get("/actors?view=network").text)
    pairs = page.xpath("//*[@data-graph]//tr[@data-from]")
    told = {(row.get("data-from"), row.get("data-to"), row.get("data-count")) for row in pairs}
    assert ("=usa", "=kataib-hezbollah", "1") in told


def test_a_level_is_nothing_for_nothing_and_five_for_the_most() -> None:
    assert [level(events, 9) for events in (0, 1, 3, 5, 8, 9)] == [0, 1, 2, 3, 4, 5]
    assert [level(events, 2) for events in (0, 1, 2)] == [0, 1, 2]


# ---------------------------------------------------------------- one actor
def test_the_page_of_an_actor_has_its_names_and_whom_it_acts_on(client: Client) -> None:
    text = client.get("/a/kataib-hezbollah").text
    assert "Hezbollah Brigades" in text
    assert "IRQ" in text
    assert "/a/popular-mobilization-forces" in text
    assert count_of(client, "/a/kataib-hezbollah").startswith("3 events")
    assert links(client, "/a/usa", "//section[h2='Is said to have acted on']//th/a") == [
        "/a/qasem-soleimani",
        "/a/kataib-hezbollah",
    ]


def test_the_page_of_an_actor_tells_what_it_says_and_denies(client: Client) -> None:
    said = [" ".join(one.text_content().split()) for one in html.fromstring(client.get("/a/irn").text).xpath("//li")]
    assert "denies (about the event): 1 event against others" in said
    assert "claims it (about the event): 1 event" in said


def test_types_over_time_are_all_events_that_have_a_day(client: Client) -> None:
    cells = html.fromstring(client.get("/a/irn").text).xpath("//table[@class='matrix']//td[@data-level]")
    assert sum(int(cell.text_content()) for cell in cells) == 4


def test_a_part_of_a_state_is_called_by_its_state(client: Client) -> None:
    assert "<bdi>Iraq: parliament</bdi></h1>" in client.get("/a/irq-parliament").text
    assert client.get("/a/irq-nothing").status_code == 404


def test_a_known_actor_without_events_has_an_empty_page(client: Client) -> None:
    text = client.get("/a/fmln").text
    assert "No event that the filters ask for has it on either side." in text
    assert "No event says on whom." in text


def test_filters_of_an_actor_hold_for_its_lists(client: Client) -> None:
    assert count_of(client, "/a/irn?type=ASSAULT").startswith("2 events")
    assert 'href="/?type=ASSAULT&amp;actor=%3Dirn"' in client.get("/a/irn?type=ASSAULT").text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-01-03", "2020-01-03", "2020-01-03"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-01-01", "2029-12-31", "2020 to 2029"),
        ("2020-01-06", "2020-01-12", "2020-01-06 to 2020-01-12"),
    ],
)
def test_spans_are_told_shortly(first: str, last: str, said: str) -> None:
    assert short(Span(first, last, 0, 0)) == said


def test_a_hostile_name_is_shown_as_text(own: Served, writer: Client, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "BALAD - The Bad<img src=x onerror=alert(1)>Boys attacked Iran on Saturday, police said.\n", "utf-8"
    )
    own.record.add([str(page)], Given(published="2020-01-05", publisher="<b>Bold</b>"))
    own.refresh()
    for address in ("/actors", "/actors?view=matrix", "/actors?view=network", "/a/irn", "/actors?name=%3Cb%3E"):
        text = writer.get(address).text
        assert "<img" not in text, address
        assert "<b>" not in text, address

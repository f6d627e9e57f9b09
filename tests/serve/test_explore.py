"""Explore: what is found, in which of three ways it is shown, and that the address alone says which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from dateline.record import open_record
from dateline.serve.app import application
from dateline.serve.charts import histogram, span_name, unit_of
from dateline.serve.served import Served
from dateline.store.event_index import Span
from dateline.store.rows import Made
from dateline.store.sqlite import Database
from dateline.types import Event, EventHarm, HarmKind, PlacePrecision

Client = TestClient[Any]
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """The elements of a page in order, each with its attributes and the text in it up to the next tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1][2].append(data)

    def all(self, tag: str, **having: str) -> list[Attributes]:
        """The attributes of all elements of a tag that have these."""
        wanted = {name.replace("_", "-"): value for name, value in having.items()}
        return [attrs for of, attrs, _ in self.elements if of == tag and wanted.items() <= attrs.items()]

    def text(self) -> str:
        """The words of the page, blanks as one."""
        return " ".join(" ".join("".join(said) for _, _, said in self.elements).split())

    def link(self, words: str) -> str:
        """The address of the first link whose words these are."""
        for at, (tag, attrs, _) in enumerate(self.elements):
            said = "".join("".join(text) for _, _, text in self.elements[at : at + 2])
            if tag == "a" and words in " ".join(said.split()):
                return str(attrs["href"])
        raise AssertionError(f"no link {words!r}")


def opened(client: Client, address: str, status: int = 200) -> Page:
    """A page, as it is answered."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return Page(answer.text)


def rows(page: Page) -> list[str]:
    """The events of a list, by id."""
    return [str(link["href"]).removeprefix("/e/") for link in page.all("a") if link.get("class") == "what"]


def number(page: Page) -> int:
    """How many events a page says to have found."""
    found = re.search(r"([\d,]+) events?, [\d,]+ disputed", page.text())
    assert found
    return int(found[1].replace(",", ""))


# ---------------------------------------------------------------- the list
def test_the_summary_says_how_many_and_what_is_open(client: Client) -> None:
    page = opened(client, "/")
    assert "32 events, 4 disputed, 3 without a day, 3 without a place" in page.text()
    assert page.all("section", data_announce="32 events, 4 disputed, 3 without a day, 3 without a place")


def test_events_stand_under_their_days_and_those_without_one_last(client: Client) -> None:
    text = opened(client, "/").text()
    headings = ["2019-12", "2020-01-03, Friday", "2020-01-08, Wednesday", "Without a day"]
    assert [text.index(f" {heading} ") for heading in headings] == sorted(text.index(f" {one} ") for one in headings)


def test_the_newest_may_come_first_and_those_without_a_day_stay_last(client: Client) -> None:
    oldest, newest = rows(opened(client, "/")), rows(opened(client, "/?order=newest"))
    assert newest[:29] == oldest[:29][::-1]
    assert newest[29:] == oldest[29:]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_pages_lead_on_and_back_and_say_where_they_are(client: Client, order: str) -> None:
    first = opened(client, f"/?size=25&order={order}")
    second = opened(client, first.link("Next"))
    assert "events 1 to 25 of 32" in first.text()
    assert "events 26 to 32 of 32" in second.text()
    assert len({*rows(first), *rows(second)}) == 32
    assert rows(opened(client, second.link("Previous"))) == rows(first)


@pytest.mark.parametrize("cursor", ["x", "2020-01-04", "2020-01-04 2020-01-04 ' OR 1", "~ ~ " + "e" * 70, "\x00"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_broken_cursor_is_refused(client: Client, name: str, cursor: str) -> None:
    answer = client.get("/", params={name: cursor})
    assert answer.status_code == 400
    assert "is no place in the list" in answer.text


def test_a_cursor_behind_the_last_event_leads_back_to_the_first_page(client: Client) -> None:
    page = opened(client, "/?after=~+~+z")
    assert "no event behind this place" in page.text()
    assert len(rows(opened(client, page.link("To the first page")))) == 32


def test_a_row_says_which_reports_are_copies(client: Client) -> None:
    assert re.search(r"\d sources? in \d reports, \d cop(y|ies)\b", opened(client, "/").text())


# ---------------------------------------------------------------- facets, chips
def test_a_facet_counts_what_choosing_would_give(client: Client) -> None:
    page = opened(client, "/?status=disputed")
    boxes = {box["value"]: box for box in page.all("input", type="checkbox", name="status")}
    assert "checked" in boxes["disputed"]
    assert "checked" not in boxes["single-source"]
    counted = re.search(r"single-source (\d+)", page.text())
    assert counted
    assert number(opened(client, "/?status=single-source")) == int(counted[1])


def test_every_filter_that_holds_is_a_chip_that_takes_it_away(client: Client) -> None:
    page = opened(client, "/?type=ASSAULT&type=PROTEST&from=2020-01-04&text=rockets&disputed=yes")
    for words, left in (
        ("Type: PROTEST", {"type": ["ASSAULT"]}),
        ("From: 2020-01-04", {"from": None}),
        ("Words: rockets", {"text": None}),
        ("disputed", {"disputed": None}),
    ):
        asked = parse_qs(urlsplit(page.link(words)).query)
        for name, values in left.items():
            assert asked.get(name) == values, words
    assert page.link("clear all") == "/"


def test_what_has_no_value_is_said_in_words(client: Client) -> None:
    page = opened(client, "/?mode=none&country=none&review=none")
    for words in ("without a mode", "country not known", "not reviewed"):
        assert words in page.text()


def test_a_part_of_a_name_stays_chosen_beside_the_names_that_have_it(client: Client) -> None:
    page = opened(client, "/?actor=iran")
    part = next(box for box in page.all("input", name="actor", value="iran") if box["type"] == "checkbox")
    assert "checked" in part
    assert "Actor, on either side: with ‘iran’ in it" in page.text()


def test_the_four_sides_of_a_box_make_one_box_and_the_address_is_short(client: Client) -> None:
    answer = client.get("/?west=40&south=30&east=50&north=40&text=&from=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?bbox=40%2C30%2C50%2C40")
    fields = {
        box["name"]: box.get("value") for box in opened(client, answer.headers["location"]).all("input") if "id" in box
    }
    assert [fields[side] for side in ("west", "south", "east", "north")] == ["40", "30", "50", "40"]


def test_a_box_whose_four_sides_are_emptied_is_taken_away(client: Client) -> None:
    answer = client.get("/?bbox=40,30,50,40&west=&south=&east=&north=", follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_box_of_three_sides_is_refused_with_the_side_that_lacks(client: Client) -> None:
    page = opened(client, "/?west=40&south=30&east=50&north=", 400)
    assert "a box needs its four sides: north not given" in page.text()


def test_all_values_of_a_facet_may_be_searched_and_chosen(client: Client) -> None:
    page = opened(client, opened(client, "/?type=ASSAULT&view=time").link("All values of Actor"))
    assert page.all("input", type="hidden", name="type", value="ASSAULT")
    assert page.all("input", type="hidden", name="view", value="time")
    found = opened(client, "/facet/actor?type=ASSAULT&find=IRAN")
    names = [box["value"] for box in found.all("input", name="actor")]
    assert names == ["=irn"]
    assert len(names) < len(opened(client, "/facet/actor?type=ASSAULT").all("input", name="actor"))


def test_all_values_stay_within_reach_whichever_is_chosen(client: Client) -> None:
    for box in opened(client, "/facet/actor").all("input", type="checkbox")[:10]:
        answer = client.get("/", params={"actor": str(box["value"])})
        assert Page(answer.text).link("All values of Actor")
        assert "checked" in Page(answer.text).all("input", name="actor", value=str(box["value"]), type="checkbox")[0]


def test_a_value_that_is_chosen_stays_whatever_is_searched(client: Client) -> None:
    page = opened(client, "/facet/actor?actor=%3Dirn&find=trump")
    assert "checked" in page.all("input", name="actor", value="=irn", type="checkbox")[0]


@pytest.mark.parametrize("asked", [("actor", "=nobody"), ("type", "AID"), ("status", "retracted")])
def test_what_is_asked_for_and_nothing_has_stays_in_the_form(client: Client, asked: tuple[str, str]) -> None:
    name, value = asked
    for path in ("/", f"/facet/{name}"):
        box = opened(client, f"{path}?{name}={value}").all("input", name=name, value=value, type="checkbox")
        assert "checked" in box[0]


def test_there_is_no_page_of_a_facet_that_is_none(client: Client) -> None:
    assert "no facet &#39;colour&#39;" in client.get("/facet/colour").text
    assert client.get("/facet/colour").status_code == 404


# ---------------------------------------------------------------- map
def test_the_map_lists_points_with_what_a_mark_needs(client: Client) -> None:
    page = opened(client, "/?view=map")
    marks = [mark for mark in page.all("li") if "data-lat" in mark]
    assert marks[0]["data-name"] == "Tehran, IR"
    assert sum(int(str(mark["data-count"])) for mark in marks) == 32 - 3 - 3
    counts = [int(str(mark["data-count"])) for mark in marks]
    assert counts == sorted(counts, reverse=True)
    assert page.all("section", data_form="#filters")


def test_a_place_known_to_its_country_only_is_never_a_point(client: Client) -> None:
    page = opened(client, "/?view=map")
    assert not [
        mark for mark in page.all("li") if "data-lat" in mark and mark["data-precision"] in ("country", "province")
    ]
    assert "Iraq, IQ: 3 events (known to the country only: no point)" in page.text()


def test_each_place_leads_to_as_many_events_as_it_says(client: Client) -> None:
    page = opened(client, "/?view=map&from=2020-01-04")
    items = [at for at, (tag, attrs, _) in enumerate(page.elements) if tag == "li" and "data-lat" in attrs]
    assert len({page.elements[at][1]["data-name"] for at in items}) < len(items), "two places of one name"
    for at in items:
        listed = opened(client, str(page.elements[at + 1][1]["href"]))
        assert number(listed) == int(str(page.elements[at][1]["data-count"]))


def test_the_map_says_whose_lines_it_shows(client: Client) -> None:
    assert "Natural Earth's lines and names; it takes no side" in opened(client, "/?view=map").text()


# ---------------------------------------------------------------- time
def test_bars_count_every_event_with_a_day_and_lead_to_their_span(client: Client) -> None:
    page = opened(client, "/?view=time")
    bars = [bar for bar in page.all("rect") if "data-count" in bar]
    assert sum(int(str(bar["data-count"])) for bar in bars) == 32 - 3
    assert "3 events without a day are in no bar" in page.text()
    link = next(one for one in page.all("a") if str(one.get("aria-label", "")).startswith("2020-01-13:"))
    assert link["aria-label"] == "2020-01-13: 1 event, 0 disputed"
    assert number(opened(client, str(link["href"]))) == 1


def test_the_days_chosen_stand_among_all_days(client: Client) -> None:
    page = opened(client, "/?view=time&from=2020-01-08&to=2020-01-09")
    assert page.all("rect", data_from="2019-12-01")
    assert page.all("input", name="from", value="2020-01-08")


def test_the_view_over_time_has_the_bars_as_a_table_and_the_list(client: Client) -> None:
    page = opened(client, "/?view=time&type=PROTEST")
    assert "as a table" in page.text()
    assert len(rows(page)) == 4


def test_events_without_any_day_have_no_bars(client: Client) -> None:
    page = opened(client, "/?view=time&undated=yes")
    assert "None of these events has a day." in page.text()
    assert not page.all("svg")


@pytest.mark.parametrize(
    ("first", "last", "unit", "name"),
    [
        ("2020-01-03", "2020-01-03", "day", "2020-01-03"),
        ("2020-01-06", "2020-01-12", "week", "2020-01-06 to 2020-01-12"),
        ("2020-02-01", "2020-02-29", "month", "2020-02"),
        ("9999-12-01", "9999-12-31", "month", "9999-12"),
        ("2020-01-01", "2020-12-31", "year", "2020"),
        ("2010-01-01", "2019-12-31", "decade", "2010-01-01 to 2019-12-31"),
        ("1900-01-01", "1999-12-31", "century", "1900-01-01 to 1999-12-31"),
    ],
)
def test_spans_are_called_by_what_they_are(first: str, last: str, unit: str, name: str) -> None:
    assert (unit_of(first, last), span_name(first, last)) == (unit, name)


def test_a_bar_of_one_among_many_is_still_seen_and_no_bar_is_higher_than_the_drawing() -> None:
    spans = [Span("2020-01-01", "2020-01-01", 1, 0), Span("2020-01-02", "2020-01-02", 9000, 9000)]
    made = histogram(spans, height=100, lines=4, narrowed=lambda first, last: f"{first}/{last}")
    assert made
    few, many = made.bars
    assert few.height > 1
    assert many.y >= 0
    assert many.y + many.height == made.base
    assert [mark.text for mark in made.numbers] == ["2,000", "4,000", "6,000", "8,000"]


# ---------------------------------------------------------------- export
@pytest.mark.parametrize("suffix", ["csv", "jsonl", "geojson"])
def test_what_is_exported_is_what_is_asked_for(client: Client, suffix: str) -> None:
    page = opened(client, "/?type=ASSAULT&view=map&size=25")
    assert page.all("a", href=f"/api/v1/events.{suffix}?type=ASSAULT")


# ---------------------------------------------------------------- nothing found, not understood
def test_where_nothing_is_found_it_says_which_filter_to_loosen(client: Client) -> None:
    page = opened(client, "/?type=AID&status=disputed&from=2020-01-01")
    assert "None of the record's 32 events is asked for by these filters." in page.text()
    assert number(opened(client, page.link("Type: AID"))) == 4


def test_where_no_filter_alone_is_the_reason_it_says_so(client: Client) -> None:
    page = opened(client, "/?type=AID&actor=nobody+at+all")
    assert "No filter alone keeps them out" in page.text()


def test_what_cannot_be_meant_is_said_at_once_and_the_rest_stays_in_the_form(client: Client) -> None:
    page = opened(client, "/?type=assalt&colour=red&status=disputed&to=yesterday&view=maps", 400)
    for words in ("did you mean ASSAULT?", "no parameter 'colour'", "'yesterday' is not a date", "did you mean map?"):
        assert words in page.text()
    assert "checked" in page.all("input", name="status", value="disputed")[0]
    assert not rows(page)
    assert page.link("Show the view without those") == "/?status=disputed"


def test_two_days_the_wrong_way_round_are_refused(client: Client) -> None:
    assert "is after to 2020-01-01" in opened(client, "/?from=2020-01-09&to=2020-01-01", 400).text()


def test_very_many_unknown_parameters_are_refused_by_the_first_of_them(client: Client) -> None:
    text = opened(client, "/?" + "&".join(f"p{at}=1" for at in range(4000)), 400).text()
    assert text.count("no parameter") == 5


def test_a_record_without_events_says_what_to_do(tmp_path: Path) -> None:
    open_record(tmp_path / "new.dateline", create=True).add([])
    served = Served(open_record(tmp_path / "new.dateline"), clock=lambda: "2026-01-05T10:00:00+00:00")
    with TestClient(application(served), raise_server_exceptions=False) as client:
        for view in ("list", "map", "time"):
            text = opened(client, f"/?view={view}").text()
            assert "The record has no events." in text
            assert "dateline problems" in text


# ---------------------------------------------------------------- hostile
MARKUP = "</bdi><script>alert(1)</script>\"' onx=y"
RIGHT_TO_LEFT = "القوات \u202eevil\u202c"


@pytest.fixture
def hostile(own: Served) -> Iterator[Client]:
    """A client of a record in which every name is an attack."""

    def change(event: Event) -> Event:
        actors = tuple(replace(actor, name=MARKUP, id=None) for actor in event.actors)
        place = event.place and replace(event.place, name=MARKUP, within=RIGHT_TO_LEFT, country=None)
        harm = (EventHarm(HarmKind.KILLED, 1, 1, said_by=MARKUP, claims=()),)
        says = tuple(replace(one, speaker=RIGHT_TO_LEFT) for one in event.says)
        return replace(event, summary=MARKUP, actors=actors, place=place, harm=harm, says=says, mode="x" * 300)

    _changed(own, change)
    with TestClient(application(own), raise_server_exceptions=False) as client:
        yield client


def _changed(served: Served, change: Callable[[Event], Event]) -> None:
    """Puts every event of a record in again, changed."""
    with closing(Database.writing(served.record.folder.database)) as database:
        events = list(database.events())
        with database.shelf() as shelf:
            for event in events:
                shelf.drop_event(event.id)
                shelf.put_event(change(event))
            shelf.add_run(Made(None, 0, ()), "changed")


@pytest.mark.parametrize("address", ["/", "/?view=map", "/?view=time", "/facet/actor", "/facet/speaker", "/?size=200"])
def test_names_with_markup_are_shown_as_their_letters(hostile: Client, address: str) -> None:
    page = opened(hostile, address)
    assert [script.get("src") for script in page.all("script")] == [
        script.get("src") for script in opened(hostile, "/about").all("script")
    ]
    assert not [attrs for _, attrs, _ in page.elements if "onx" in attrs]


def test_a_name_with_markup_may_be_asked_for(hostile: Client) -> None:
    answer = hostile.get("/", params={"actor": f"={MARKUP}", "view": "time"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert number(Page(answer.text)) > 0


def test_right_to_left_words_are_kept_apart_from_ours(hostile: Client) -> None:
    page = opened(hostile, "/?view=map")
    holders = [tag for tag, _, said in page.elements if "القوات" in "".join(said)]
    assert set(holders) == {"bdi"}


def test_a_date_at_the_end_of_the_calendar_is_shown(own: Served) -> None:
    _changed(own, lambda event: replace(event, date=("0001-01-01", "9999-12-30")))
    with TestClient(application(own), raise_server_exceptions=False) as client:
        for view in ("list", "time"):
            page = opened(client, f"/?view={view}")
            for link in page.all("a"):
                if str(link.get("aria-label", "")).endswith("disputed"):
                    assert opened(client, str(link["href"]))


def test_a_province_is_listed_as_such(own: Served) -> None:
    def change(event: Event) -> Event:
        coarse = event.place and replace(event.place, precision=PlacePrecision.PROVINCE, lat=1.0, lon=1.0)
        return replace(event, place=coarse)

    _changed(own, change)
    with TestClient(application(own), raise_server_exceptions=False) as client:
        page = opened(client, "/?view=map")
        assert not [mark for mark in page.all("li") if "data-lat" in mark]
        assert "known to the province only: no point" in page.text()
        assert "None of these events has a place with a point on the map." in page.text()


NAMES = st.sampled_from(
    "type mode actor target speaker place country bbox from to status modality precision place_precision review "
    "disputed undated unplaced text view order size after before west south east north find x".split()
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "none",
            "=",
            "yes",
            "ASSAULT",
            "1,2,3,4",
            "nan,1,2,3",
            "2020-01-04",
            "map",
            "time",
            "25",
            "'",
            "-x",
            '"',
            "~ ~ e1",
        ]
    ),
    st.text(min_size=295, max_size=305),
)


@given(asked=st.lists(st.tuples(NAMES, VALUES), max_size=6), path=st.sampled_from(["/", "/facet/actor", "/facet/type"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_is_answered_or_refused(client: Client, asked: list[tuple[str, str]], path: str) -> None:
    assert client.get(path, params=asked).status_code in (200, 400)  # type: ignore[arg-type]


# ---------------------------------------------------------------- about
def test_about_tells_every_type_and_status_in_words(client: Client) -> None:
    text = opened(client, "/about").text()
    for words in (
        "ASSAULT",
        "uses, or tries to use, physical force",
        "(air strike)",
        "single-source",
        "disclaims-responsibility",
    ):
        assert words in text
    assert opened(client, "/about").all("a", href="/api/v1/openapi.json")


def test_about_leads_to_the_api_that_there_is(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").status_code == 200

"""The API: what is listed in which form, where a list goes on, what is found by an id, what an answer's tag says."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.deciding.asking import asked
from dateline.publishing import unescape_cell
from dateline.serve.api import answers, listings
from dateline.serve.api.nouns import NOUNS
from dateline.serve.served import Served
from dateline.types import Claim, Event, Report

Client = TestClient[Any]
LISTS = list(NOUNS)


def items(client: Client, address: str | None) -> Iterator[dict[str, Any]]:
    """All rows of a list, page by page."""
    while address is not None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        link = answer.links.get("next", {}).get("url")
        page = answer.json()
        assert page["next"] == link
        yield from page["items"]
        address = page["next"]


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    return list(items(client, address))


@pytest.fixture(scope="session")
def events(served: Served) -> list[Event]:
    with served.ask() as database:
        return list(database.events())


@pytest.fixture(scope="session")
def claims(served: Served) -> list[Claim]:
    with served.ask() as database:
        return list(database.claims())


@pytest.fixture(scope="session")
def reports(served: Served) -> list[Report]:
    with served.ask() as database:
        return list(database.reports())


# ---------------------------------------------------------------- lists
def test_events_come_in_the_order_of_time_however_small_the_pages(client: Client, events: list[Event]) -> None:
    assert [one["id"] for one in items(client, "/api/v1/events?limit=7")] == [event.id for event in events]


def test_the_last_page_has_no_next_though_it_is_full(client: Client, events: list[Event]) -> None:
    answer = client.get(f"/api/v1/events?limit={len(events)}")
    assert (len(answer.json()["items"]), answer.json()["next"]) == (len(events), None)
    assert "link" not in answer.headers


def test_next_keeps_what_was_asked(client: Client, events: list[Event]) -> None:
    found = rows(client, "/api/v1/events?type=ASSAULT&type=PROTEST&limit=2")
    assert [one["id"] for one in found] == [one.id for one in events if one.type in ("ASSAULT", "PROTEST")]


@pytest.mark.parametrize("noun", LISTS)
def test_every_list_takes_every_filter_of_events(noun: str, client: Client) -> None:
    filters = (
        "type=ASSAULT&mode=none&actor=iran&target=base&speaker=reports&place=Baghdad&country=IQ&bbox=40,30,50,40"
        "&from=2020-01-01&to=2020-01-31&status=disputed&modality=happened&precision=day&place_precision=city&review=none"
        "&disputed=yes&undated=no&unplaced=no&text=rocket"
    )
    assert client.get(f"/api/v1/{noun}?{filters}").status_code == 200


def test_claims_of_a_filter_are_those_of_the_events_asked_for_in_their_order(
    client: Client, events: list[Event], claims: list[Claim]
) -> None:
    order = [event.id for event in events if event.type == "ASSAULT"]
    found = rows(client, "/api/v1/claims?type=ASSAULT&limit=3")
    assert {one["id"] for one in found} == {one.id for one in claims if one.event in order}
    assert [order.index(one["event"]) for one in found] == sorted(order.index(one["event"]) for one in found)


def test_claims_without_a_filter_are_all_claims_by_id(client: Client, claims: list[Claim]) -> None:
    assert [one["id"] for one in items(client, "/api/v1/claims?limit=20")] == [one.id for one in claims]


def test_a_report_that_tells_several_events_is_listed_once_with_the_first(
    client: Client, events: list[Event], claims: list[Claim]
) -> None:
    asked_for = [event.id for event in events if event.type == "ASSAULT"]
    telling: dict[str, int] = {}
    for claim in claims:
        if claim.event in asked_for:
            telling[claim.report] = min(telling.get(claim.report, 99), asked_for.index(claim.event))
    found = [one["id"] for one in items(client, "/api/v1/reports?type=ASSAULT&limit=2")]
    assert found == sorted(telling, key=lambda report: (telling[report], report))


def test_reports_are_narrowed_by_publisher_agency_event_and_wire(
    client: Client, events: list[Event], reports: list[Report]
) -> None:
    copy = next(report for report in reports if report.copy_of)
    for asked_for, expected in (
        (f"publisher={copy.publisher}", {one.id for one in reports if one.publisher == copy.publisher}),
        (f"wire={copy.wire}", {one.id for one in reports if one.wire == copy.wire}),
        ("agency=Meridian", {one.id for one in reports if one.agency == "Meridian"}),
        (f"event={events[0].id[:8]}", set(events[0].reports)),
    ):
        assert {one["id"] for one in items(client, f"/api/v1/reports?{asked_for}")} == expected, asked_for


def test_claims_are_narrowed_by_event_report_publisher_agency_and_stance(
    client: Client, claims: list[Claim], reports: list[Report]
) -> None:
    by_id = {report.id: report for report in reports}
    one = next(claim for claim in claims if claim.stance == "denies")
    told = by_id[one.report]
    for asked_for, expected in (
        ("stance=denies", {claim.id for claim in claims if claim.stance == "denies"}),
        (f"report={one.report[:10]}", {claim.id for claim in claims if claim.report == one.report}),
        (f"event={one.event}", {claim.id for claim in claims if claim.event == one.event}),
        (
            f"publisher={told.publisher}",
            {claim.id for claim in claims if by_id[claim.report].publisher == told.publisher},
        ),
        ("agency=Meridian", {claim.id for claim in claims if by_id[claim.report].agency == "Meridian"}),
        (
            f"event={one.event}&stance=denies",
            {claim.id for claim in claims if claim.event == one.event and claim.stance == "denies"},
        ),
    ):
        assert {one["id"] for one in items(client, f"/api/v1/claims?{asked_for}&limit=4")} == expected, asked_for


def test_an_event_that_the_filters_do_not_ask_for_has_no_claims(client: Client, events: list[Event]) -> None:
    event = next(one for one in events if one.type != "ASSAULT")
    assert rows(client, f"/api/v1/claims?event={event.id}&type=ASSAULT") == []


def test_wires_are_the_stories_that_several_reports_print(client: Client, reports: list[Report]) -> None:
    copied = {report.wire for report in reports if report.copy_of}
    found = rows(client, "/api/v1/wires?limit=1")
    assert {one["id"] for one in found} == copied
    assert {copy["report"] for one in found for copy in one["copies"]} == {one.id for one in reports if one.copy_of}


def test_wires_of_a_filter_tell_the_events_asked_for(
    client: Client, claims: list[Claim], reports: list[Report]
) -> None:
    wire = {report.id: report.wire for report in reports}
    printed = [report.wire for report in reports]
    telling = {wire[claim.report] for claim in claims if claim.event and claim.type == "ASSAULT"}
    found = {one["id"] for one in items(client, "/api/v1/wires?type=ASSAULT")}
    assert found == {one for one in telling if printed.count(one) > 1}


def test_actors_are_counted_within_the_events_asked_for(client: Client, events: list[Event]) -> None:
    asked_for = [event for event in events if event.type == "ASSAULT"]
    found = rows(client, "/api/v1/actors?type=ASSAULT&limit=3")
    for one in found:
        key = one["id"] or one["name"]
        acts = sum(any((party.id or party.name) == key for party in event.actors) for event in asked_for)
        acted_on = sum(any((party.id or party.name) == key for party in event.targets) for event in asked_for)
        assert (one["acts"], one["acted_on"]) == (acts, acted_on), key
    assert [one["events"] for one in found] == sorted((one["events"] for one in found), reverse=True)


def test_places_are_counted_within_the_events_asked_for(client: Client, events: list[Event]) -> None:
    asked_for = [event for event in events if event.type == "ASSAULT" and event.place]
    found = rows(client, "/api/v1/places?type=ASSAULT&limit=2")
    assert sum(one["events"] for one in found) == len(asked_for)
    assert {one["name"] for one in found} == {event.place.name for event in asked_for if event.place}


def test_changes_come_with_the_newest_first_and_can_be_narrowed(client: Client, events: list[Event]) -> None:
    assert len(rows(client, "/api/v1/changes?limit=10")) == len(events)
    assert rows(client, "/api/v1/changes?what=merged") == []
    [one] = rows(client, f"/api/v1/changes?event={events[0].id[:9]}")
    assert (one["event"], one["what"], one["run"]) == (events[0].id, "added", 1)
    of_type = {event.id for event in events if event.type == "ASSAULT"}
    assert {one["event"] for one in items(client, "/api/v1/changes?type=ASSAULT&limit=4")} == of_type


def test_facets_count_what_the_other_filters_ask_for(client: Client, events: list[Event]) -> None:
    for address in ("/api/v1/facets", "/api/v1/events/facets"):
        told = client.get(f"{address}?type=ASSAULT&limit=500").json()
        assert told["tally"]["events"] == sum(event.type == "ASSAULT" for event in events)
        assert {one["value"]: one["events"] for one in told["facets"]["type"]} == {
            kind: sum(event.type == kind for event in events) for kind in {event.type for event in events}
        }
        assert sum(one["events"] for one in told["spans"]) == sum(
            event.date is not None for event in events if event.type == "ASSAULT"
        )


def test_next_is_an_address_though_a_name_has_other_letters(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "places_named", lambda _: listings.places)
    answer = client.get("/api/v1/places/S%C3%A3o%20Paulo%3F%20%D8%A8?limit=1")
    assert answer.json()["next"].startswith("/api/v1/places/S%C3%A3o%20Paulo%3F%20%D8%A8?limit=1&after=")


# ---------------------------------------------------------------- forms
@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_events_are_the_bytes_that_publish_writes(form: str, client: Client, served: Served) -> None:
    assert client.get(f"/api/v1/events.{form}").text == "".join(served.record.export(form))


def test_lines_of_the_record_are_those_that_publish_writes(client: Client, served: Served) -> None:
    published = "".join(served.record.export("jsonl")).splitlines()
    told = [
        line
        for noun in ("reports", "claims", "events")
        for line in client.get(f"/api/v1/{noun}.jsonl").text.splitlines()
    ]
    assert sorted(told) == sorted(published)


def test_an_item_is_the_line_without_its_kind(client: Client, events: list[Event]) -> None:
    line = json.loads(client.get(f"/api/v1/events/{events[0].id}.jsonl").text)
    assert line.pop("kind") == "event"
    assert client.get(f"/api/v1/events/{events[0].id}").json() == line


@pytest.mark.parametrize("noun", LISTS)
@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_a_long_answer_has_all_rows_though_few_are_held_at_a_time(
    noun: str, form: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form not in NOUNS[noun].forms:
        assert client.get(f"/api/v1/{noun}.{form}").status_code == 404
        return
    whole = client.get(f"/api/v1/{noun}.{form}").text
    monkeypatch.setattr(answers, "PIECE", 2)
    assert client.get(f"/api/v1/{noun}.{form}?to=").text == whole
    count = len(rows(client, f"/api/v1/{noun}"))
    held = {
        "jsonl": lambda: len(whole.splitlines()),
        "csv": lambda: len(list(csv.DictReader(whole.splitlines(keepends=True)))),
        "geojson": lambda: len(json.loads(whole)["features"]),
    }
    assert held[form]() == count


def test_a_long_answer_says_where_to_go_on(client: Client, events: list[Event]) -> None:
    first = client.get("/api/v1/events.jsonl?limit=20")
    rest = client.get(first.links["next"]["url"])
    told = [json.loads(line)["id"] for line in (first.text + rest.text).splitlines()]
    assert told == [event.id for event in events]
    assert "link" not in rest.headers


def test_cells_cannot_be_formulas(writer: Client, own: Served) -> None:
    with own.ask() as database:
        event = next(database.events())
    own.decide(asked("accept", [event.id], by="=cmd()", at="", reason="+1"))
    [row] = csv.DictReader(writer.get("/api/v1/decisions.csv").text.splitlines(keepends=True))
    assert (row["by"], row["reason"]) == ("'=cmd()", "'+1")
    assert unescape_cell(row["by"]) == "=cmd()"


def test_a_country_has_no_point(client: Client) -> None:
    features = client.get("/api/v1/places.geojson").json()["features"]
    coarse = [one for one in features if one["properties"]["precision"] in ("country", "province")]
    assert coarse
    assert [one["geometry"] for one in coarse] == [None] * len(coarse)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("text/csv", "text/csv"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/*", "text/csv"),
        ("application/geo+json", "application/geo+json"),
        ("application/*;q=0.1, application/jsonl", "application/jsonl"),
    ],
)
def test_without_a_suffix_accept_chooses_the_form(accept: str, media_type: str, client: Client) -> None:
    answer = client.get("/api/v1/events", headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "nonsense", "text/csv;q=much"])
def test_a_form_that_there_is_not_is_refused_with_those_there_are(accept: str, client: Client) -> None:
    answer = client.get("/api/v1/events", headers={"Accept": accept})
    assert answer.status_code == 406
    assert "application/json, application/jsonl, text/csv, application/geo+json" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/events.xml", "no form .xml: there are .json, .jsonl, .csv, .geojson"),
        ("/api/v1/reports.geojson", "no form .geojson: there are .json, .jsonl, .csv"),
        ("/api/v1/nothing", "there are events, claims"),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(path: str, told: str, client: Client) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert told in answer.json()["detail"]


# ---------------------------------------------------------------- one
def test_an_event_is_found_by_how_its_id_begins(client: Client, events: list[Event]) -> None:
    assert client.get(f"/api/v1/events/{events[0].id[:7]}").json()["id"] == events[0].id


def test_an_id_that_an_event_had_leads_to_the_event_that_it_is_now(writer: Client, own: Served) -> None:
    with own.ask() as database:
        one, other = [event for event in database.events() if event.type == "PROTEST"][:2]
    own.decide(asked("merge", [one.id, other.id], by="desk", at="", reason="one march"))
    with own.ask() as database:
        now = database.event(one.id).id
    gone = other.id if now == one.id else one.id
    answer = writer.get(f"/api/v1/events/{gone}.csv", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"/api/v1/events/{now}.csv")
    told = {(change["event"], change["what"]) for change in items(writer, f"/api/v1/events/{gone}/history")}
    assert (gone, "merged") in told
    assert {event for event, _ in told} == {gone, now}


def test_why_the_claims_of_an_event_are_one(client: Client, events: list[Event]) -> None:
    event = max(events, key=lambda one: len(one.claims))
    told = client.get(f"/api/v1/events/{event.id}/why").json()
    assert told["event"] == event.id
    assert {reason["claim"] for reason in told["reasons"]} == set(event.claims)


def test_each_noun_is_found_by_its_id(client: Client) -> None:
    for noun in ("claims", "reports", "wires", "actors"):
        one = client.get(f"/api/v1/{noun}?limit=1").json()["items"][0]
        assert client.get(f"/api/v1/{noun}/{one['id']}").json() == one, noun


def test_who_has_no_id_is_in_the_list_alone(client: Client) -> None:
    unknown = next(one for one in items(client, "/api/v1/actors") if one["id"] is None)
    assert client.get(f"/api/v1/actors/{unknown['name']}").status_code == 404


def test_places_are_found_by_their_name(client: Client) -> None:
    assert [one["name"] for one in items(client, "/api/v1/places/Baghdad")] == ["Baghdad"]
    assert client.get("/api/v1/places/Nowhere").status_code == 404


def test_decisions_and_problems_are_found_by_number_and_id(
    writer: Client, own: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    unread = tmp_path_factory.mktemp("unread") / "empty.txt"
    unread.write_bytes(b"")
    own.record.add([str(unread)])
    with own.ask() as database:
        one, other = list(database.events())[:2]
    own.decide(asked("accept", [one.id], by="desk", at="", reason="read"))
    own.decide(asked("reject", [other.id], by="night desk", at="", reason="a novel"))
    assert [line["line"] for line in items(writer, "/api/v1/decisions?limit=1")] == [1, 2]
    assert writer.get("/api/v1/decisions/2").json()["action"] == "reject"
    assert [line["line"] for line in items(writer, "/api/v1/decisions?by=desk")] == [1]
    assert [line["line"] for line in items(writer, "/api/v1/decisions?action=reject")] == [2]
    assert [line["line"] for line in items(writer, f"/api/v1/decisions?event={one.id}")] == [1]
    assert [line["line"] for line in items(writer, "/api/v1/decisions?review=rejected")] == [2]
    [problem] = rows(writer, "/api/v1/problems")
    assert problem["where"].endswith("empty.txt")
    assert writer.get(f"/api/v1/problems/{problem['id']}").json() == problem
    assert rows(writer, "/api/v1/problems?type=ASSAULT") == []
    assert rows(writer, f"/api/v1/problems?code={problem['code']}") == [problem]


def test_the_changes_of_one_run(client: Client, events: list[Event]) -> None:
    assert len(rows(client, "/api/v1/changes/1?limit=9")) == len(events)
    assert client.get("/api/v1/changes/2").status_code == 404
    assert client.get("/api/v1/changes/two").status_code == 404


# ---------------------------------------------------------------- what is known is not sent again
PATHS = [*(f"/api/v1/{noun}" for noun in LISTS), "/api/v1/events.csv", "/api/v1/facets", "/api/v1/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_that_is_known_is_not_sent_again(path: str, client: Client) -> None:
    tag = client.get(path).headers["etag"]
    for known in (tag, f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_one_that_is_known_is_not_looked_up_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/api/v1/claims/{client.get('/api/v1/claims?limit=1').json()['items'][0]['id']}"
    tag = client.get(address).headers["etag"]
    monkeypatch.setattr("dateline.store.sqlite.Database.claim", None)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_star_asks_for_what_is_not_there_yet(client: Client) -> None:
    there = client.get("/api/v1/claims?limit=1").json()["items"][0]["id"]
    told = [client.get(f"/api/v1/claims/{key}", headers={"If-None-Match": "*"}) for key in (there, "zzz")]
    assert [answer.status_code for answer in told] == [304, 404]


def test_what_is_known_is_not_made_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get("/api/v1/claims").headers["etag"]
    monkeypatch.setattr(listings.Tellers, "keys", None)
    assert client.get("/api/v1/claims", headers={"If-None-Match": tag}).status_code == 304


def test_other_questions_and_forms_have_other_tags(client: Client) -> None:
    addresses = ("/events", "/events?limit=3", "/events.csv", "/events.jsonl", "/claims", "/facets")
    tags = {client.get(f"/api/v1{address}").headers["etag"] for address in addresses}
    accepted = {client.get("/api/v1/events", headers={"Accept": form}).headers["etag"] for form in ("text/csv", "*/*")}
    assert (len(tags), len(accepted)) == (len(addresses), 2)


def test_a_decision_gives_another_tag(writer: Client, own: Served) -> None:
    paths = ("/api/v1/events", "/api/v1/decisions")
    before = {path: writer.get(path).headers["etag"] for path in paths}
    with own.ask() as database:
        event = next(database.events())
    own.decide(asked("accept", [event.id], by="desk", at="", reason="read"))
    for path, tag in before.items():
        assert writer.get(path, headers={"If-None-Match": tag}).status_code == 200, path


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/nothing", "/api/v1/events?limit=0"])
def test_head_has_the_headers_of_get_and_no_body(path: str, client: Client) -> None:
    head, got = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("etag", "content-type", "link", "cache-control"):
        assert head.headers.get(name) == got.headers.get(name), name


# ---------------------------------------------------------------- limits
def test_a_page_of_json_is_cut_and_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_ROWS", 5)
    page = client.get("/api/v1/events?limit=10000").json()
    assert len(page["items"]) == 5
    assert page["next"] is not None


@pytest.mark.parametrize(
    "asked_for",
    [
        *("limit=0", "limit=10001", "limit=-1", "limit=ten", "limit=", "limit=1&limit=2", "limit=1e3", "limit=٣"),
        *("after=x", "after=WzFd", "after=W10", "after=%C3%A9", "after=bnVsbA"),
        *("colour=red", "event=1", "from=2020-01-09&to=2020-01-01", "bbox=1,2,3", "bbox=nan,0,1,1", "text=%22%22"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused_in_words(asked_for: str, client: Client) -> None:
    answer = client.get(f"/api/v1/events?{asked_for}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["status"] == 400
    assert answer.json()["detail"]


def test_an_address_that_is_too_long_is_refused(client: Client) -> None:
    answer = client.get("/api/v1/events?" + "&".join(f"actor={'x' * 250}" for _ in range(35)))
    assert (answer.status_code, "at most 8,000" in answer.json()["detail"]) == (414, True)


def test_a_story_with_too_many_copies_is_not_compared(
    client: Client, monkeypatch: pytest.MonkeyPatch, reports: list[Report]
) -> None:
    copy = next(report for report in reports if report.copy_of)
    monkeypatch.setattr(listings, "MOST_COPIES", 1)
    answer = client.get(f"/api/v1/wires/{copy.wire}")
    assert (answer.status_code, "at most 1 are compared" in answer.json()["detail"]) == (503, True)


def test_a_question_that_takes_too_long_is_broken_off(
    client: Client, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.serve.served.SECONDS", -1.0)
    monkeypatch.setattr("dateline.store.sqlite._STEPS_BETWEEN", 1)
    answer = client.get("/api/v1/reports?agency=Meridian")
    assert (answer.status_code, answer.json()["title"]) == (503, "Service Unavailable")
    assert "takes too long" in answer.json()["detail"]

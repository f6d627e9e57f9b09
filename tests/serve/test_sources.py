from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from litestar.testing import TestClient
from lxml import html

from dateline.record import open_record
from dateline.serve.app import application
from dateline.serve.newest import Newest
from dateline.serve.pages.sources import path_of
from dateline.serve.served import Served
from dateline.store.publishers import Publisher, Publishers, day_of, read_publishers, reports_of
from dateline.types import Given, Report

Client = TestClient[Any]


def rows(client: Client, address: str) -> dict[str, list[str]]:
    """The rows of the first table, each by its first cell."""
    table = html.fromstring(client.get(address).text).xpath("(//table)[1]/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in table]
    return {row[0]: row[1:] for row in cells}


@pytest.fixture(scope="module")
def publishers(served: Served) -> Publishers:
    with served.ask() as database:
        return read_publishers(database)


@pytest.fixture(scope="module")
def reports(served: Served) -> list[Report]:
    with served.ask() as database:
        return list(database.reports())


# ---------------------------------------------------------------- what is counted
def test_reports_copies_and_days_are_those_of_the_reports(publishers: Publishers, reports: list[Report]) -> None:
    by: defaultdict[str | None, list[Report]] = defaultdict(list)
    for report in reports:
        by[report.publisher].append(report)
    assert {one.name for one in publishers.all} == set(by)
    for one in publishers.all:
        own = by[one.name]
        days = sorted(day_of(report) for report in own if day_of(report))
        assert (one.reports, one.copies) == (len(own), sum(report.copy_of is not None for report in own))
        assert (one.first, one.last) == ((days[0], days[-1]) if days else (None, None))
        assert one.undated == len(own) - len(days)
        assert sum(one.languages.values()) == sum(report.language is not None for report in own)
        assert one.agencies == {
            agency: sum(r.agency == agency for r in own) for agency in {r.agency for r in own} - {None}
        }


def test_events_told_first_and_alone_are_those_that_going_through_all_claims_gives(
    served: Served, publishers: Publishers, reports: list[Report]
) -> None:
    of = {report.id: report for report in reports}
    with served.ask() as database:
        events = list(database.events())
    told: defaultdict[str | None, list[int]] = defaultdict(lambda: [0, 0, 0])
    for event in events:
        days = {key: day_of(of[key]) for key in event.reports}
        first = min((day for day in days.values() if day), default=None)
        names = {of[key].publisher for key in event.reports}
        for name in names:
            own = [days[key] for key in event.reports if of[key].publisher == name]
            told[name][0] += 1
            told[name][1] += first is not None and first in own
            told[name][2] += len(names) == 1
    assert {one.name: [one.events, one.told_first, one.told_alone] for one in publishers.all} == dict(told)


def test_who_copies_whom_is_counted_from_both_ends(publishers: Publishers) -> None:
    assert publishers.copies_from("Harbour Post") == [("Meridian", 2)]
    assert ("Harbour Post", 2) in publishers.copied_by("Meridian")
    assert publishers.copies_from("Meridian") == []


def test_gaps_are_the_days_between_reports(publishers: Publishers) -> None:
    one = publishers.named("Harbour Post")
    assert one is not None
    assert (one.silent, one.longest and (one.longest.first, one.longest.last)) == (7, ("2020-01-04", "2020-01-10"))


def test_the_reports_of_a_publisher_go_on_behind_one(served: Served) -> None:
    with served.ask() as database:
        whole = reports_of(database, "Meridian", 100)
        assert [day_of(report) for report in whole] == sorted(map(day_of, whole), reverse=True)
        first = reports_of(database, "Meridian", 2)
        rest = reports_of(database, "Meridian", 100, before=(day_of(first[-1]), first[-1].id))
    assert [*first, *rest] == whole
    assert len(whole) == 4


def test_what_is_kept_of_a_record_is_read_anew_once_it_changed(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own.dateline"
    shutil.copytree(made, folder)
    served, newest = Served(open_record(folder), clock=lambda: ""), Newest(read_publishers)
    before = newest.of(served)
    assert newest.of(served) is before
    page = tmp_path / "page.txt"
    page.write_text("ORLU - Gunmen attacked the town on Saturday, police said.\n", "utf-8")
    served.record.add([str(page)], Given(publisher="Orlu Post"))
    newest.of(served)  # the old one, while the new one is read
    with newest._reading:
        pass  # until it is read
    after = newest.of(served)
    assert before.named("Orlu Post") is None
    assert after.named("Orlu Post") is not None


# ---------------------------------------------------------------- the pages
def test_the_table_has_originals_against_copies(client: Client) -> None:
    told = rows(client, "/sources")
    assert told["Meridian"][:4] == ["4", "4", "0", "3"]
    assert told["Harbour Post"][:4] == ["2", "0", "2", "0"]


def test_publishers_are_found_by_a_part_of_the_name_and_put_in_order(client: Client) -> None:
    assert list(rows(client, "/sources?name=post")) == ["Harbour Post"]
    names = list(rows(client, "/sources?order=name"))
    assert names == sorted(names, key=str.casefold)
    assert next(iter(rows(client, "/sources?order=copies"))) == "Harbour Post"
    assert "No publisher has" in client.get("/sources?name=nobody").text


def test_the_page_of_a_publisher_lists_its_reports_with_links_to_read_them(
    client: Client, reports: list[Report]
) -> None:
    text = client.get("/sources/Harbour%20Post").text
    for report in reports:
        assert (f'href="/r/{report.id}"' in text) == (
            report.publisher == "Harbour Post" or report.id in copied(reports)
        )


def copied(reports: list[Report]) -> set[str | None]:
    """What the Harbour Post copied."""
    return {report.copy_of for report in reports if report.publisher == "Harbour Post"}


def test_a_publisher_that_nobody_knows_is_not_found(client: Client) -> None:
    assert client.get("/sources/none").status_code == 404
    assert client.get("/sources/Nobody").status_code == 404


@pytest.mark.parametrize("address", ["/sources?order=size", "/sources?after=x", "/sources?page=1", "/problems?what=1"])
def test_what_cannot_be_meant_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "name", ["A/B <script>alert(1)</script>", "none", "=none", "50% of?x#y", "..", "a/../b", "/x", "Ω نشر"]
)
def test_a_publisher_of_whatever_name_has_a_page(own: Served, tmp_path: Path, name: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text("ORLU - Gunmen attacked the town on Saturday, police said.\n", "utf-8")
    own.record.add([str(page)], Given(publisher=name, published="2020-01-05"))
    with TestClient(application(own)) as client:
        text = client.get("/sources").text
        links = [str(link) for link in html.fromstring(text).xpath("//th/a/@href")]
        assert path_of(name) in links
        shown = client.get(path_of(name))
    assert shown.status_code == 200
    assert html.fromstring(shown.text).xpath("//h1")[0].text_content() == name
    assert "<script>alert" not in text + shown.text


def test_every_name_has_its_own_path() -> None:
    names = [None, "none", "=none", "==none", "/none", "a/b", "a%2Fb"]
    paths = [path_of(name) for name in names]
    assert len(set(paths)) == len(names)
    assert all("//" not in unquote(path) for path in paths)


def test_reports_without_a_publisher_have_a_page(own: Served, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("ORLU - Gunmen attacked the town on Saturday, police said.\n", "utf-8")
    own.record.add([str(page)])
    with TestClient(application(own)) as client:
        assert "no publisher" in rows(client, "/sources")
        assert "Reports without a publisher" in client.get("/sources/none").text


# ---------------------------------------------------------------- problems
def test_inputs_are_the_sum_of_reports_and_problems(own: Served, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "odd.pdf").write_bytes(b"\x00\x01")
    (folder / "bare<b>.html").write_text("<html><body></body></html>", "utf-8")
    own.record.add([str(folder)])
    with TestClient(application(own)) as client:
        text = client.get("/problems").text
        summary = " ".join(html.fromstring(text).xpath("//p[@class='summary']")[0].text_content().split())
        told = rows(client, "/problems")
        alone = rows(client, "/problems?code=empty")
    assert summary == "20 inputs = 17 with a report + 1 with a problem alone + 2 that could not be read; 17 reports"
    assert {Path(where).name for where in told} == {"empty.txt", "odd.pdf", "bare<b>.html"}
    assert all(all(cells) for cells in told.values())
    assert {Path(where).name for where in alone} == {"empty.txt"}
    assert "bare<b>" not in text


def test_a_record_without_problems_says_so(client: Client) -> None:
    assert "There is no problem" in client.get("/problems").text
    assert "There is no problem ‘<bdi>empty</bdi>’." in client.get("/problems?code=empty").text


def test_a_publisher_without_reports_has_no_place() -> None:
    nobody = Publishers("r", (), {})
    assert nobody.named("x") is None
    assert nobody.copies_from("x") == []


def test_publishers_are_compared_by_what_they_printed(publishers: Publishers) -> None:
    def size(one: Publisher) -> int:
        return -one.reports

    assert sorted(publishers.all, key=size) == list(publishers.all)

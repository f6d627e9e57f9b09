"""A feed that is asked for again and again: each item once, whatever else of the feed changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.reading import read
from tests.reading.site import Answer, Site, fetcher, served
from tests.watching.watched import Desk, feed, item, page, rss, story

FEED = "http://gull.test/feed"
A, B, C = (item(name, story(name)) for name in ("Arden", "Balad", "Corum"))


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.answers["/feed"] = feed(A, B, ETag='"1"', Last_Modified="Mon, 06 May 2024 06:00:00 GMT")
        yield one


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[Desk]:
    with fetcher(site) as (made, _, clock):
        yield Desk(tmp_path / "record", made, clock)


def test_each_item_is_a_report_of_the_feed(desk: Desk) -> None:
    one = desk.once(FEED)
    assert (one.sources, one.unchanged, one.new, one.problems) == (1, 0, 2, ())
    assert desk.sources() == [f"{FEED}#Arden", f"{FEED}#Balad"]
    with desk.record.ask() as database:
        report = next(iter(database.reports()))
    assert (report.publisher, report.language) == ("The Gull", "en")
    assert report.captured == "2024-05-06T07:08:09+00:00"
    assert desk.record.verify() == []


def test_a_feed_with_one_item_more_gives_one_report_more(desk: Desk, site: Site) -> None:
    desk.once(FEED)
    for number in range(5):
        site.answers["/feed"] = feed(C, A, B, built=str(number))
        assert desk.once(FEED).new == (1 if number == 0 else 0)
    assert desk.sources() == [f"{FEED}#Arden", f"{FEED}#Balad", f"{FEED}#Corum"]


def test_the_validators_of_the_last_answer_are_sent_and_a_304_is_not_changed(desk: Desk, site: Site) -> None:
    desk.once(FEED)
    site.answers["/feed"] = Answer(b"", 304)
    one = desk.once(FEED)
    assert (one.unchanged, one.new, one.problems) == (1, 0, ())
    sent = site.asked[-1][1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"1"', "Mon, 06 May 2024 06:00:00 GMT")


def test_what_is_not_in_the_record_yet_is_not_remembered(desk: Desk, site: Site) -> None:
    desk.once(f"{FEED}2")
    desk.refuse = OSError("no space left on device")
    one = desk.once(FEED)
    assert (one.new, one.unsaved) == (0, 2)
    assert [problem.code for problem in one.problems] == ["not-added"]
    desk.refuse = None
    assert desk.once(FEED).new == 2
    assert "if-none-match" not in site.asked[-1][1]


def test_what_another_writer_kept_out_is_added_in_the_next_round(desk: Desk) -> None:
    rounds = desk.watch(FEED).rounds(2)
    desk.refuse = OSError("busy")
    assert next(rounds).unsaved == 2
    desk.refuse = None
    assert next(rounds).new == 2


def test_an_item_whose_words_change_is_read_again_as_a_version(desk: Desk, site: Site) -> None:
    link = "http://gull.test/news/a"
    site.answers["/feed"] = feed(item("a", story("Arden"), link=link))
    desk.once(FEED)
    site.answers["/feed"] = feed(item("a", story("Arden") + " The mayor said five had died.", link=link))
    desk.time.seconds += 60
    assert desk.once(FEED).new == 1
    assert len(desk.texts()) == 2
    assert desk.once(FEED).new == 0


def test_counters_and_dates_of_an_item_are_no_news(desk: Desk, site: Site) -> None:
    for number in range(3):
        more = f"<comments>{number}</comments><pubDate>Mon, 06 May 2024 06:0{number}:00 GMT</pubDate>"
        site.answers["/feed"] = feed(item("a", story("Arden"), more=more))
        desk.once(FEED)
    assert len(desk.texts()) == 1


def test_an_item_that_goes_and_comes_back_is_not_read_again(desk: Desk, site: Site) -> None:
    desk.once(FEED)
    for items in ((A,), (B,), (A, B)):
        site.answers["/feed"] = feed(*items)
        assert desk.once(FEED).new == 0
    assert len(desk.texts()) == 2


def test_what_was_remembered_and_is_lost_is_found_in_the_record(desk: Desk, site: Site) -> None:
    desk.once(FEED)
    shutil.rmtree(desk.folder / "watch")
    counted = item("Arden", story("Arden"), more="<comments>9</comments>")
    site.answers["/feed"] = feed(counted, B, C, built="later")
    assert desk.once(FEED).new == 1
    assert len(desk.texts()) == 3


def test_a_feed_that_was_read_as_a_whole_is_not_read_twice(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "gull.rss"
    file.write_bytes(rss(A, B))
    desk.record.add_found(read(str(file)), [str(file)])
    file.write_bytes(rss(C, A, B))
    assert desk.once(str(file)).new == 1
    assert len(desk.texts()) == 3


def test_items_that_give_one_address_are_no_versions_of_a_page(desk: Desk, site: Site) -> None:
    link = "http://gull.test/live"
    site.answers["/feed"] = feed(*(item(name, story(name), link=link) for name in ("Arden", "Balad")))
    assert desk.once(FEED).new == 1
    site.answers["/feed"] = feed(item("Corum", story("Corum"), link=link))
    assert desk.once(FEED).new == 1
    with desk.record.ask() as database:
        assert [report.version_of for report in database.reports()] == [None] * 3


@pytest.mark.parametrize(
    "broken",
    [
        rss(A, B).replace(b"</item>", b"", 1),
        rss(A, B).replace(b"</channel></rss>", b""),
        rss(A, f"<!-- {C} -->", B),
        rss(
            A, B.replace("<description>", "<description><![CDATA[<item>").replace("</description>", "]]></description>")
        ),
    ],
    ids=["item not closed", "feed not closed", "comment", "cdata"],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(desk: Desk, site: Site, broken: bytes) -> None:
    site.answers["/feed"].body = broken
    assert desk.once(FEED).new == 2
    assert desk.sources() == [f"{FEED}#Arden", f"{FEED}#Balad"]


def test_of_a_feed_that_was_cut_off_the_last_item_waits_for_its_end(desk: Desk, site: Site) -> None:
    whole = site.answers["/feed"].body
    site.answers["/feed"].body = whole[:-40]
    assert [problem.where for problem in desk.once(FEED).problems] == [f"{FEED}#Balad"]
    assert desk.sources() == [f"{FEED}#Arden"]
    site.answers["/feed"].body = whole
    assert desk.once(FEED).new == 1
    assert desk.sources() == [f"{FEED}#Arden", f"{FEED}#Balad"]


def test_one_broken_feed_among_three_costs_itself_alone(desk: Desk, site: Site) -> None:
    site.answers["/html"] = page("Sorry")
    site.answers["/html"].status = 500
    site.answers["/other"] = feed(C)
    one = desk.once("http://gull.test/html", FEED, "http://gull.test/other")
    assert (one.sources, one.new) == (3, 3)
    assert [(problem.code, problem.where) for problem in one.problems] == [("not-fetched", "http://gull.test/html")]
    assert desk.problems() == ["not-fetched http://gull.test/html"]
    site.answers["/html"] = feed(item("d", story("Dorne")))
    desk.time.seconds += 3600
    assert desk.once("http://gull.test/html").new == 1
    assert desk.problems() == []


def test_a_feed_that_declares_entities_is_one_problem_and_not_one_an_item(desk: Desk, site: Site) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]>' + rss(A, B).split(b"?>", 1)[1]
    site.answers["/feed"].body = bomb
    assert [problem.code for problem in desk.once(FEED).problems] == ["entities-refused"]
    assert desk.once(FEED).unchanged == 1


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Gull</title><updated>{built}</updated>'
    "<entry><id>tag:a</id><title>Strike</title><updated>{built}</updated>"
    '<link rel="alternate" href="/news/a"/><content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<channel rdf:about="{built}"><title>The Gull</title><items/></channel>'
    '<item rdf:about="tag:a"><title>Strike</title><description>{text}</description></item></rdf:RDF>'
)
JSON = (
    '{{"version": "https://jsonfeed.org/version/1.1", "title": "The Gull", "_built": "{built}", "items": ['
    '{{"id": "tag:a", "title": "Strike", "content_text": "{text}"}}, {{"id": "tag:b", "content_text": "{text} It rained."}}]}}'
)


@pytest.mark.parametrize(("form", "kind"), [(ATOM, "atom+xml"), (RDF, "rdf+xml"), (JSON, "feed+json")])
def test_other_forms_of_feeds_are_cut_too(desk: Desk, site: Site, form: str, kind: str) -> None:
    news = []
    for built in ("1", "2"):
        body = form.format(built=built, text=story("Arden")).encode()
        site.answers["/feed"] = Answer(body, headers={"Content-Type": f"application/{kind}"})
        news.append(desk.once(FEED).new)
    assert news == [form.count("tag:"), 0]
    assert desk.sources()[0] == f"{FEED}#tag:a"
    with desk.record.ask() as database:
        assert {report.publisher for report in database.reports()} == {"The Gull"}
    assert desk.record.verify() == []

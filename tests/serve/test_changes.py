from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import etree

from dateline.record import open_record
from dateline.serve.app import application
from dateline.serve.feed import NEVER, Entry, atom, instant
from dateline.serve.pages.changes import field_line, link_of
from dateline.serve.served import Served
from dateline.store.run_log import RunLog
from dateline.types import Change, Decision, FieldChange, Happened, Run

Client = TestClient[Any]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def ids(served: Served) -> list[str]:
    with served.ask() as database:
        return [event.id for event in database.events()]


def decide(served: Served, action: str, subject: str, *, reason: str = "read it twice", **details: str) -> None:
    served.decide(Decision(action, subject, by="Ana <i>A.</i>", at="", reason=reason, details=details))


def feed_of(client: Client, address: str = "/changes.atom") -> Any:
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def words(element: Any, path: str) -> list[str]:
    return [str(one) for one in element.xpath(path, namespaces=ATOM)]


# ---------------------------------------------------------------- the page
def test_runs_come_newest_first_with_what_changed_in_each(own: Served, writer: Client) -> None:
    decide(own, "accept", ids(own)[0])
    text = writer.get("/changes").text
    assert text.index("Run 2</a>") < text.index("Run 1</a>")
    assert "32 added" in text
    assert "1 changed" in text
    assert "<del><bdi>not known</bdi></del>" in text
    assert "<ins><bdi>accepted</bdi></ins>" in text


def test_a_decision_is_shown_with_who_and_why_as_text(own: Served, writer: Client) -> None:
    decide(own, "reject", ids(own)[1], reason="a rumour <script>alert(1)</script>")
    text = writer.get("/changes").text
    assert "Ana &lt;i&gt;A.&lt;/i&gt;" in text
    assert "a rumour &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text


def test_a_merged_event_tells_where_it_went(own: Served, writer: Client) -> None:
    gone, into = ids(own)[2], ids(own)[3]
    decide(own, "merge", gone, into=into)
    text = writer.get("/changes?kind=merged").text
    assert re.search(rf'href="/e/{into}">', text)
    assert "Run 1</a>" not in text


def test_only_what_came_after_a_run_is_shown_since_it(own: Served, writer: Client) -> None:
    for event in ids(own)[:2]:
        decide(own, "accept", event)
    text = writer.get("/changes?since=2").text
    assert "Run 3</a>" in text
    assert "Run 2</a>" not in text


def test_a_run_of_many_changes_shows_some_and_where_the_rest_is(client: Client) -> None:
    text = client.get("/changes").text
    assert text.count('<li class="event"') == 20
    assert 'href="/changes?run=1"' in text
    assert client.get("/changes?run=1").text.count('<li class="event"') == 32


def test_changes_of_a_run_go_on_behind_a_place(client: Client) -> None:
    whole = re.findall(r"/changes\?event=(\w+)", client.get("/changes?run=1").text)
    rest = re.findall(r"/changes\?event=(\w+)", client.get("/changes?run=1&after=9").text)
    assert rest == whole[10:]


def test_the_changes_of_one_event_are_told_newest_first(own: Served, writer: Client) -> None:
    event = ids(own)[0]
    decide(own, "accept", event)
    text = writer.get(f"/changes?event={event}").text
    assert text.index("run 2") < text.index("run 1")
    assert text.count('<li class="event"') == 2


def test_a_run_without_such_changes_says_so(client: Client) -> None:
    assert "No run has an event split." in client.get("/changes?kind=split").text
    assert "has no event split" in client.get("/changes?run=1&kind=split").text
    assert "no change of an event with just this id" in client.get("/changes?event=nothing").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/changes?since=x", 400),
        ("/changes?kind=exploded", 400),
        ("/changes?run=-1", 400),
        ("/changes?run=99999999999999999999999", 400),
        ("/changes?wrong=1", 400),
        ("/changes?run=77", 404),
        ("/changes.atom?since=1", 400),
    ],
)
def test_what_cannot_be_meant_is_refused(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_what_came_since_the_last_visit_is_told_at_the_next(own: Served, writer: Client) -> None:
    assert "Since your last visit" not in writer.get("/changes").text
    decide(own, "accept", ids(own)[0])
    assert 'href="/changes?since=1"' in writer.get("/changes").text
    assert "Since your last visit" not in writer.get("/changes").text


def test_the_cookie_of_the_last_visit_goes_nowhere_else(client: Client) -> None:
    cookie = client.get("/changes").headers["set-cookie"].lower()
    assert "path=/changes" in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


# ---------------------------------------------------------------- the log
def test_the_log_a_page_at_a_time_is_the_log(own: Served) -> None:
    decide(own, "accept", ids(own)[0])
    decide(own, "merge", ids(own)[2], into=ids(own)[3])
    with own.ask() as database:
        log, runs = RunLog(database), database.runs()
        heads = log.heads(10)
        assert [head.number for head in heads] == [run.number for run in reversed(runs)]
        for run in runs:
            assert [one.change for one in log.changes(run.number, 1000)] == list(run.changes)
            assert sum(log.head(run.number).counts.values()) == len(run.changes)
            for kind in Happened:
                assert [one.change for one in log.changes(run.number, 1000, kind=kind)] == of_kind(run, kind)
        newest = [change for run in reversed(runs) for change in run.changes]
        assert [one.change for one in log.latest(5)] == newest[:5]
        assert [head.decided - head.before for head in heads] == [1, 1, 0]


def of_kind(run: Run, kind: Happened) -> list[Change]:
    return [change for change in run.changes if change.what is kind]


# ---------------------------------------------------------------- the feed
def test_the_feed_has_an_entry_a_change_that_links_to_its_event(own: Served, writer: Client) -> None:
    event = ids(own)[0]
    decide(own, "accept", event, reason="seen & signed")
    feed = feed_of(writer)
    entries = feed.xpath("a:entry", namespaces=ATOM)
    assert len(entries) == 33
    assert words(entries[0], "a:link/@href")[0].endswith(f"/e/{event}")
    assert words(entries[0], "a:link/@href")[0].startswith("http://")
    assert "seen & signed" in words(entries[0], "a:summary/text()")[0]
    assert "review: not known -> accepted" in words(entries[0], "a:summary/text()")[0]


def test_the_feed_is_as_atom_wants_it(client: Client) -> None:
    feed = feed_of(client)
    for of in (feed, *feed.xpath("a:entry", namespaces=ATOM)):
        assert len(words(of, "a:id")) == len(words(of, "a:title")) == len(words(of, "a:updated")) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", words(of, "a:updated/text()")[0])
    assert words(feed, "a:author/a:name/text()") == ["dateline"]
    assert words(feed, "a:link[@rel='self']/@href")[0].endswith("/changes.atom")
    every = words(feed, "//a:id/text()")
    assert len(set(every)) == len(every)
    assert all(one.startswith("urn:uuid:") for one in every)


def test_ids_of_entries_stay_when_more_come(own: Served, writer: Client) -> None:
    before = set(words(feed_of(writer), "//a:entry/a:id/text()"))
    decide(own, "accept", ids(own)[0])
    assert before < set(words(feed_of(writer), "//a:entry/a:id/text()"))


def test_the_feed_of_an_event_has_its_changes_alone(own: Served, writer: Client) -> None:
    event = ids(own)[0]
    decide(own, "accept", event)
    assert len(words(feed_of(writer, f"/changes.atom?event={event}"), "//a:entry")) == 2


def test_a_feed_says_nothing_that_xml_cannot_and_turns_no_writing_round() -> None:
    entry = Entry("k", "a\x00b<c>\ud800\u202e&]]>", "http://localhost/e/1?a=1&b=2", None, ("x\x1b[31m", "<y>"))
    made = etree.fromstring(atom("r\x07ecord", "http://localhost/changes.atom", "http://localhost/changes", [entry]))
    assert words(made, "a:title/text()") == ["record"]
    assert words(made, "a:entry/a:title/text()") == ["ab<c>&]]>"]
    assert words(made, "a:entry/a:summary/text()") == ["x[31m\n<y>"]
    assert words(made, "a:entry/a:link/@href") == ["http://localhost/e/1?a=1&b=2"]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-01-05T10:00:00+02:00", "2026-01-05T08:00:00Z"),
        ("2026-01-05T10:00:00", "2026-01-05T10:00:00Z"),
        ("2026-01-05", "2026-01-05T00:00:00Z"),
        (None, NEVER),
        ("some day", NEVER),
    ],
)
def test_instants_are_told_in_utc(at: str | None, said: str) -> None:
    assert instant(at) == said


def test_a_removed_event_has_no_link_to_itself() -> None:
    assert link_of(Change("e1", Happened.REMOVED, "gone")) is None
    assert link_of(Change("e1", Happened.MERGED, "in", events=("e2",))) == "/e/e2"
    assert field_line(FieldChange("independent_sources", 1, 2)) == "independent sources: 1 -> 2"


def test_a_record_that_nothing_was_read_into_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "empty.dateline"
    open_record(folder, create=True).add([])
    with TestClient(application(Served(open_record(folder), clock=lambda: ""))) as client:
        assert "no event changed" in client.get("/changes").text
        for path in (
            "/disputes",
            "/actors",
            "/actors?view=matrix",
            "/actors?view=network",
            "/sources",
            "/problems",
        ):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert 'class="notice" data-kind="info"' in answer.text, path
        assert len(words(feed_of(client), "//a:entry")) == 0

"""The review in a browser without script: forms that are answered by redirects to the next event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from litestar.testing import TestClient

from dateline.reviewing.queue import DOUBTS, why
from dateline.serve.app import application
from dateline.serve.served import Served
from dateline.serve.signing_in import OpenDoor
from dateline.serve.users import Connection, Role, User
from dateline.store.decisions import read_decisions
from dateline.types import Decision, Event

Client = TestClient[Any]


def send(client: Client, action: str, event: str | None = None, **fields: Any) -> httpx.Response:
    """The answer to a form; who decides is 'ann' unless it says otherwise. Redirects are not followed."""
    body = {"action": action, "by": "ann", **({"event": event} if event else {}), **fields}
    return client.post("/review/decide", data=body, follow_redirects=False)


def led(answer: httpx.Response) -> str:
    """Where a form that was kept leads."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def in_view(page: str) -> str:
    """The id of the event that a page shows."""
    found = re.search(r'<input type="hidden" name="event" value="(e[0-9a-f]+)">', page)
    assert found, "no event in view"
    return found[1]


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def form_of(page: str) -> dict[str, list[str]]:
    """What the form over the event would send as it stands."""
    form = page[page.index('<form id="decide"') :]
    form = form[: form.index("</form>")]
    inputs = re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', form)
    selects = re.findall(r'<select id="f-[^"]*" name="([^"]+)">(.*?)</select>', form, re.S)
    chosen = [
        (name, value) for name, body in selects for value in re.findall(r'<option value="([^"]*)" selected', body)
    ]
    found: dict[str, list[str]] = {}
    for name, value in [*inputs, *chosen]:
        found.setdefault(name, []).append(unescape(value))
    return found


def event(served: Served, key: str) -> Event:
    with served.ask() as database:
        return database.event(key)


def events(served: Served) -> list[Event]:
    with served.ask() as database:
        return list(database.events())


def lines(served: Served) -> list[Decision]:
    return read_decisions(served.record.folder.decisions)


def balad(served: Served) -> Event:
    """The attack on the air base, which seven claims tell and some dispute."""
    return next(one for one in events(served) if one.place and one.place.name == "Balad air base")


# ---------------------------------------------------------------- the queue
def test_the_queue_begins_with_what_sources_dispute_and_says_why(client: Client) -> None:
    page = client.get("/review").text
    assert "Why look: sources dispute it" in text_of(page)
    assert "32 of 32 events left to review" in text_of(page)
    assert 'data-key="s"' in page


def test_the_words_that_tell_an_event_are_in_view_and_marked(client: Client, served: Served) -> None:
    page = client.get("/review", params={"event": balad(served).id}).text
    assert '<mark data-field="type">' in page
    assert "says: mayor of Balad (GOV)" in text_of(page)
    assert "confirms: Iraqi military (MIL)" in text_of(page)


def test_every_doubt_of_the_index_is_that_of_the_event(served: Served) -> None:
    index = served.index()
    with served.ask() as database:
        for doubt in DOUBTS:
            found = {key for key, is_in in zip(index.ids, index.found(doubt.query).mask, strict=True) if is_in}
            told = {
                one.id
                for one in database.events()
                if doubt.words in why(one, max(claim.confidence for claim in database.claims(one.id)))
            }
            assert found == told, doubt.words


def test_to_skip_leads_through_all_events_once_and_to_the_end(client: Client, served: Served) -> None:
    address, seen = "/review", list[str]()
    while 'data-key="s"' in (page := client.get(address).text):
        seen.append(in_view(page))
        address = f"/review?after={seen[-1]}"
    assert sorted(seen) == sorted(one.id for one in events(served))
    assert "32 events that you passed over are left" in text_of(page)


def test_the_address_is_the_state(client: Client) -> None:
    page = client.get("/review?type=ASSAULT&status=disputed").text
    assert "of 4 events left" in text_of(page)
    skip = re.search(r'href="([^"]+)" data-key="s"', page)
    assert skip
    assert parse_qs(urlsplit(unescape(skip[1])).query) == {
        "type": ["ASSAULT"],
        "status": ["disputed"],
        "after": [in_view(page)],
    }


@pytest.mark.parametrize(
    "address",
    [
        "/review?form=x",
        "/review?coding=triple",
        "/review?share=2",
        "/review?share=nan",
        "/review?done=x",
        "/review?x=1",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_an_event_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/review?event=e00000").status_code == 404
    assert client.get("/review?after=e00000").status_code == 200
    assert client.get("/review?done=999").status_code == 200


# ---------------------------------------------------------------- who
def test_a_name_is_asked_for_once_and_kept(writer: Client) -> None:
    page = writer.get("/review").text
    assert "Your name" in text_of(page)
    assert 'data-key="a"' not in page
    assert (
        led(writer.post("/review/decide", data={"action": "name", "by": "Änn 'x'"}, follow_redirects=False))
        == "/review"
    )
    page = writer.get("/review").text
    assert "Änn &#39;x&#39;" in page
    assert 'data-key="a"' in page
    answer = writer.post("/review/decide", data={"action": "accept", "event": in_view(page)}, follow_redirects=False)
    assert led(answer).startswith("/review?done=1")


def test_a_decision_without_a_name_is_refused(writer: Client, own: Served) -> None:
    answer = send(writer, "accept", balad(own).id, by=" ")
    assert answer.status_code == 422
    assert "give your name" in text_of(answer.text)
    assert send(writer, "name", by="").status_code == 422
    assert send(writer, "name", by="x" * 500).status_code == 422
    assert lines(own) == []


class LettingIn(OpenDoor):
    """A door that lets everybody in as one user."""

    def __init__(self, user: User) -> None:
        self._user = user

    async def who(self, _connection: Connection) -> User | None:
        return self._user


@contextmanager
def signed_in(served: Served, name: str, role: Role = Role.REVIEWER) -> Iterator[Client]:
    """A client whose requests are those of a user."""
    door = LettingIn(User(name, role))
    with TestClient(application(served, door=door), raise_server_exceptions=False) as client:
        yield client


def test_who_signed_in_decides_whatever_name_is_sent(own: Served) -> None:
    with signed_in(own, "eve") as client:
        page = client.get("/review").text
        assert "You decide as eve ." in text_of(page)
        led(send(client, "accept", in_view(page), by="ann"))
        assert "dateline-reviewer" not in client.cookies
    with signed_in(own, "ann") as client:
        refused = send(client, "undo", line="1")
        assert refused.status_code == 422
        assert "line 1 is by eve" in text_of(refused.text)
    assert [(line.action, line.by) for line in lines(own)] == [("accept", "eve")]


def test_who_may_only_look_sees_no_form_to_decide(own: Served) -> None:
    with signed_in(own, "rex", Role.READER) as client:
        page = client.get("/review").text
        assert "You may look, rex ; reviewers decide." in text_of(page)
        assert 'data-key="a"' not in page
        assert send(client, "accept", balad(own).id).status_code == 403
    assert lines(own) == []


def test_an_admin_takes_back_what_another_decided(own: Served) -> None:
    with signed_in(own, "eve") as client:
        led(send(client, "accept", balad(own).id))
    with signed_in(own, "chief", Role.ADMIN) as client:
        led(send(client, "undo", line="1"))
    assert event(own, balad(own).id).review is None


# ---------------------------------------------------------------- one event
def test_what_is_accepted_shows_as_accepted_and_is_undone(writer: Client, own: Served) -> None:
    first = in_view(writer.get("/review").text)
    page = writer.get(led(send(writer, "accept", first))).text
    assert in_view(page) != first
    assert "Kept in line 1: accept" in text_of(page)
    assert "31 of 32 events left" in text_of(page)
    assert event(own, first).review == "accepted"
    assert lines(own)[0].reason == "as its quotes say"
    page = writer.get(led(send(writer, "undo", line="1"))).text
    assert in_view(page) == first
    assert "32 of 32 events left" in text_of(page)
    assert event(own, first).review is None


def test_to_reject_needs_a_reason_and_the_form_comes_back_without_one(writer: Client, own: Served) -> None:
    first = balad(own).id
    answer = send(writer, "reject", first, to="type=ASSAULT")
    assert answer.status_code == 422
    assert "a decision says why" in text_of(answer.text)
    assert in_view(answer.text) == first
    assert led(send(writer, "reject", first, reason="an exercise", to="type=ASSAULT")).startswith(
        "/review?type=ASSAULT"
    )
    assert (event(own, first).review, lines(own)[0].by) == ("rejected", "ann")


def test_a_note_is_kept_and_the_event_stays_in_view(writer: Client, own: Served) -> None:
    first = balad(own).id
    page = writer.get(led(send(writer, "note", first, reason="Ask the <mayor>."))).text
    assert in_view(page) == first
    assert "Ask the &lt;mayor&gt;." in page
    assert event(own, first).review is None


def test_fields_are_corrected_in_words_a_line_each(writer: Client, own: Served) -> None:
    first = balad(own).id
    page = writer.get("/review", params={"event": first, "form": "correct"}).text
    sent = form_of(page)
    assert sent["date"] == ["2020-01-04"]
    assert send(writer, **sent | {"reason": "nothing else"}).status_code == 422  # type: ignore[arg-type]
    changed = sent | {"mode": ["aerial"], "date": ["2020-01-04/2020-01-05"], "actors": ["Kataib Hezbollah"]}
    refused = send(writer, **changed | {"reason": "seen"})  # type: ignore[arg-type]
    assert refused.status_code == 422
    assert "nobody of the event is called 'Kataib Hezbollah'" in text_of(refused.text)
    assert form_of(refused.text)["date"] == ["2020-01-04/2020-01-05"]
    assert lines(own) == []
    led(send(writer, **changed | {"actors": [""], "reason": "seen"}))  # type: ignore[arg-type]
    now = event(own, first)
    assert (now.mode, now.date, now.review) == ("aerial", ("2020-01-04", "2020-01-05"), "corrected")
    assert [(line.action, line.details["field"]) for line in lines(own)] == [("correct", "mode"), ("correct", "date")]


def test_a_field_that_another_corrected_meanwhile_is_not_turned_back(writer: Client, own: Served) -> None:
    first = balad(own).id
    sent = form_of(writer.get("/review", params={"event": first, "form": "correct"}).text)
    led(send(writer, **sent | {"mode": ["aerial"], "reason": "seen"}))  # type: ignore[arg-type]
    led(send(writer, **sent | {"date": ["2020-01-05"], "reason": "seen"}))  # type: ignore[arg-type]
    assert (event(own, first).mode, event(own, first).date) == ("aerial", ("2020-01-05", "2020-01-05"))


def test_events_are_merged_with_one_that_is_offered_or_named(writer: Client, own: Served) -> None:
    first = balad(own)
    page = writer.get("/review", params={"event": first.id, "form": "merge"}).text
    offered = re.findall(r'name="into" value="(e[0-9a-f]+)"', page)
    assert offered
    assert first.id not in offered
    assert send(writer, "merge", first.id, reason="one night").status_code == 422
    led(send(writer, "merge", first.id, into=offered[0], reason="one night"))
    assert len(events(own)) == 31
    led(send(writer, "undo", line="1"))
    led(send(writer, "merge", first.id, other=offered[1][:9], into=offered[0], reason="one night"))
    assert lines(own)[-1].details["into"] == offered[1]


def test_claims_are_split_off(writer: Client, own: Served) -> None:
    first = balad(own)
    page = writer.get("/review", params={"event": first.id, "form": "split"}).text
    offered = re.findall(r'name="claims" value="([0-9a-f]+)"', page)
    assert sorted(offered) == sorted(first.claims)
    for claims, said in (([], "choose the claims"), (offered, "one at least stays")):
        answer = send(writer, "split", first.id, claims=claims, reason="two attacks")
        assert answer.status_code == 422
        assert said in text_of(answer.text)
    led(send(writer, "split", first.id, claims=offered[:2], reason="two attacks"))
    assert len(events(own)) == 33


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "accept", "event": "nothing"},
        {"action": "accept", "event": ""},
        {"action": "acept", "event": "e1"},
        {"action": "", "event": "e1"},
        {"action": "undo", "line": "7"},
        {"action": "undo", "line": "x" * 5000},
        {"action": "code", "event": "e1", "verdict": "perhaps"},
        {"action": "adjudicate", "event": "e1"},
        {"action": "agreed", "event": "all", "page": "/review/compare"},
        {"action": "correct", "event": "EVENT", "type": "ASAULT", "was-type": "x"},
        {"action": "correct", "event": "EVENT", "harm": "[" * 5000, "was-harm": "x"},
        {"action": "correct", "event": "EVENT", "place": '{"name": "X", "lat": 1e999}', "was-place": "x"},
        {"action": "correct", "event": "EVENT", "date": "\x00\ud800", "was-date": "x"},
        {"action": "correct", "event": "EVENT", "harm": "1 killed; " * 5000, "was-harm": "x"},
        {"action": "accept", "event": "EVENT", "by": "x" * 200},
        {"action": "accept", "event": "EVENT", "reason": "x" * 5000},
    ],
)
@pytest.mark.parametrize("reason", ["", "seen"])
def test_wrong_input_gives_the_page_back_with_a_refusal(
    writer: Client, own: Served, fields: dict[str, str], reason: str
) -> None:
    known = {name: value.replace("EVENT", balad(own).id) for name, value in fields.items()}
    body = {
        name: value.encode("utf-8", "surrogatepass") for name, value in {"by": "ann", "reason": reason, **known}.items()
    }
    answer = writer.post("/review/decide", data=body, follow_redirects=False)
    assert answer.status_code == 422, answer.text
    assert 'role="alert"' in answer.text
    assert lines(own) == []


def test_a_form_that_is_none_is_refused(writer: Client, own: Served) -> None:
    for body in (b"\xff\xfe", b"a=" * 500, b"to=form%3Dx&action=accept", b"&".join([b"a=1"] * 1000)):
        assert 400 <= writer.post("/review/decide", content=body).status_code < 500
    assert lines(own) == []


def test_another_site_cannot_decide(writer: Client, own: Served) -> None:
    body = {"action": "accept", "event": balad(own).id, "by": "ann"}
    assert writer.post("/review/decide", data=body, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert lines(own) == []
    as_browsers_do = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    assert writer.post("/review/decide", data=body, headers=as_browsers_do, follow_redirects=False).status_code == 303


# ---------------------------------------------------------------- wires
def test_two_reports_are_said_to_be_of_one_wire_and_the_page_of_the_wire_leads_there(
    writer: Client, own: Served
) -> None:
    with own.ask() as database:
        copy, original = next(iter(database.copies().items()))
    page = writer.get(f"/w/{original}").text
    leads = re.search(r'href="(/review/wires[?][^"]+not-same-wire)"', page)
    assert leads
    page = writer.get(unescape(leads[1])).text
    assert 'name="by" value=""' in page
    assert f'value="{copy}"' in page
    assert f'value="{original}"' in page
    assert re.search(r'value="not-same-wire" checked', page)
    carried = {"page": "/review/wires", "report": copy, "with": original}
    assert send(writer, "not-same-wire", **carried).status_code == 422
    answer = send(writer, "same-wire", **carried, reason="the same words")
    assert answer.status_code == 422
    assert "are of one wire already" in text_of(answer.text)
    assert led(send(writer, "not-same-wire", **carried, reason="their own reporter")) == f"/w/{copy}"
    with own.ask() as database:
        assert copy not in database.copies()


def test_reports_that_are_not_there_are_refused(writer: Client, own: Served) -> None:
    begin(writer, "ann")
    assert writer.get("/review/wires?report=zzz&with=%00&x=1").status_code == 200
    answer = send(writer, "same-wire", page="/review/wires", report="zzz", reason="x", **{"with": "/../"})
    assert answer.status_code == 422
    assert "no report begins with" in text_of(answer.text)
    assert lines(own) == []


# ---------------------------------------------------------------- two code, one adjudicates
def begin(client: Client, name: str) -> None:
    """Another reviewer sits down."""
    client.cookies.clear()
    led(send(client, "name", by=name))


def code(client: Client, key: str, by: str, verdict: str = "accept", **changed: str) -> None:
    begin(client, by)
    sent = form_of(client.get("/review", params={"event": key, "coding": "double"}).text)
    led(send(client, **sent | {name: [value] for name, value in changed.items()} | {"by": by, "verdict": verdict}))  # type: ignore[arg-type]


def test_double_coding_is_blind(writer: Client, own: Served) -> None:
    key = balad(own).id
    led(send(writer, "note", key, reason="Looks like rockets.", by="zed"))
    code(writer, key, "ann", mode="aerial")
    begin(writer, "ben")
    page = writer.get("/review", params={"event": key, "coding": "double"}).text
    assert form_of(page)["mode"] == ["heavy-weapons"]
    assert "Looks like rockets" not in page
    assert "zed" not in page
    begin(writer, "ann")
    assert "verdict" not in writer.get(f"/e/{key}").text
    own_page = writer.get("/review", params={"event": key, "coding": "double"}).text
    assert form_of(own_page)["mode"] == ["aerial"]
    assert "You coded it in line 2 already" in text_of(own_page)


def test_what_another_coded_is_to_be_coded_and_then_done(writer: Client, own: Served) -> None:
    key = balad(own).id
    code(writer, key, "ann")
    begin(writer, "ben")
    page = writer.get("/review?coding=double&share=0").text
    assert "1 of 1 event that are coded twice are left for you" in text_of(page)
    assert in_view(page) == key
    code(writer, key, "ben")
    assert "All 1 event are done" in text_of(writer.get("/review?coding=double&share=0").text)
    assert event(own, key).review is None


def test_two_code_their_agreement_is_told_one_adjudicates_and_the_record_follows(writer: Client, own: Served) -> None:
    key = balad(own).id
    code(writer, key, "ann", mode="aerial")
    code(writer, key, "ben", date="2020-01-05")
    table = text_of(writer.get("/review/agreement").text)
    assert "ann and ben" in table
    assert re.search(r"Mode 1 2 0 0\.000 0\.000", table)
    assert re.search(r"Type 1 2 100 none none", table)

    page = writer.get("/review/compare").text
    assert in_view(page) == key
    picks = re.findall(r'name="(pick-[a-z]+)" value="(\d+|other)"', page)
    assert picks == [
        *[("pick-mode", "1"), ("pick-mode", "2"), ("pick-mode", "other")],
        *[("pick-date", "1"), ("pick-date", "2"), ("pick-date", "other")],
    ]
    carried = {"page": "/review/compare", "reason": "read both", "by": "chief"}
    some = send(writer, "adjudicate", key, **carried, **{"pick-mode": "1"})
    assert some.status_code == 422
    assert "say what is right of date too" in text_of(some.text)
    assert re.search(r'name="pick-mode" value="1" checked', some.text)

    chosen = {"pick-mode": "1", "pick-date": "other", "other-date": "2020-01-03/2020-01-04"}
    page = writer.get(led(send(writer, "adjudicate", key, **carried, **chosen))).text
    now = event(own, key)
    assert (now.mode, now.date, now.review) == ("aerial", ("2020-01-03", "2020-01-04"), "corrected")
    assert {line.details["adjudicates"] for line in lines(own)[2:]} == {"1 2"}
    assert "All is settled" in text_of(page)
    led(send(writer, "undo", line="4", **carried))
    assert in_view(writer.get("/review/compare").text) == key


def test_all_that_is_agreed_is_accepted_at_once(writer: Client, own: Served) -> None:
    first, second, third = (one.id for one in events(own)[:3])
    for by in ("ann", "ben"):
        code(writer, first, by)
        code(writer, second, by, "reject")
    code(writer, third, "ann")
    code(writer, third, "ben", "reject")
    assert "3 events not settled, of 3 that several reviewers coded; in 2 nothing differs" in text_of(
        writer.get("/review/compare").text
    )
    carried = {"page": "/review/compare", "reason": "all agree", "by": "chief"}
    led(send(writer, "agreed", "all", **carried))
    assert [event(own, key).review for key in (first, second, third)] == ["accepted", "rejected", None]
    answer = send(writer, "agreed", "all", **carried)
    assert answer.status_code == 422
    assert "nothing is left to settle" in text_of(answer.text)
    led(send(writer, "adjudicate", third, **carried, **{"pick-verdict": "other", "other-verdict": "reject"}))
    assert event(own, third).review == "rejected"


def test_nothing_coded_is_said_so(client: Client) -> None:
    assert "No event was coded by two reviewers yet" in text_of(client.get("/review/compare").text)
    assert "No two reviewers coded events yet" in text_of(client.get("/review/agreement").text)

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from litestar import Litestar, post
from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.testing import TestClient
from litestar.types import Message, Receive, Scope, Send

from dateline.serve.safety import HEADERS, LOOPBACK, OwnHosts, host_of, refuse_other_sites
from dateline.serve.users import ANYBODY
from tests.serve.routes import Route, as_connection, of_method, routes, writing

Client = TestClient[Any]
HOST = "testserver.local"
OTHERS = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "odd"},
    {"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"},
    {"sec-fetch-site": "same-origin", "origin": "http://elsewhere.example"},
    {"origin": "http://elsewhere.example"},
    {"origin": f"http://{HOST}.elsewhere.example"},
    {"origin": f"http://{HOST}:81"},
    {"origin": f"http://user@{HOST}"},
    {"origin": "null"},
    {"origin": ""},
)
"""What browsers send with a request from a page of another site, and what would like to look like it were not."""
OWN: tuple[dict[str, str], ...] = (
    {},
    {"sec-fetch-site": "same-origin", "origin": f"http://{HOST}"},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": f"http://{HOST}"},
)


# ------------------------------------------------------------ writing from other sites
def test_every_route_that_writes_refuses_every_request_of_another_site(writer: Client) -> None:
    for route in writing(writer.app):
        for headers in OTHERS:
            answer = writer.request(route.method, route.at({}), headers=headers)
            assert answer.status_code == 403, (str(route), headers)
            assert "another site" in answer.text


@pytest.mark.parametrize("headers", OTHERS, ids=str)
def test_a_new_route_is_covered_at_once(headers: dict[str, str]) -> None:
    done: list[str] = []

    @post("/do", sync_to_thread=False)
    def do() -> None:
        done.append("done")

    with TestClient(Litestar([do], guards=[refuse_other_sites])) as client:
        assert (client.post("/do", headers=headers).status_code, done) == (403, [])


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_what_a_page_of_ours_or_a_program_sends_is_let_in_by_every_route(
    client: Client, headers: dict[str, str]
) -> None:
    for route in routes(client.app):
        assert _lets_in(route, headers), str(route)


def test_reading_is_let_in_from_a_link_of_another_site(client: Client) -> None:
    for route in of_method(client.app, "GET"):
        assert all(_lets_in(route, headers) for headers in OTHERS), str(route)
    assert client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_no_answer_can_be_read_by_a_page_of_another_site(client: Client) -> None:
    for path in ("/", "/api/v1/events", "/nothing"):
        answer = client.get(path, headers={"Origin": "http://elsewhere.example"})
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def _lets_in(route: Route, headers: dict[str, str]) -> bool:
    pairs = [(b"host", HOST.encode()), *((name.encode(), value.encode()) for name, value in headers.items())]
    scope: Any = as_connection(method=route.method, headers=pairs, user=ANYBODY)
    try:
        asyncio.run(route.handler.authorize_connection(ASGIConnection(scope)))
    except PermissionDeniedException as refusal:
        return "another site" not in refusal.detail
    return True


# ------------------------------------------------------------ headers
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD", "TRACE", "PUT"])
@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/static/nothing.js", "/api/v1/events?type=x", "/api/v1/openapi.json"]
)
def test_every_answer_has_the_headers(client: Client, method: str, path: str) -> None:
    headers = client.request(method, path).headers
    for name in HEADERS:
        assert headers.get(name), (method, path, name)


def test_the_policy_lets_no_script_and_no_style_in_but_ours() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules.pop("img-src") == "'self' data:"
    assert rules.pop("default-src") == "'none'"
    assert set(rules.values()) == {"'self'", "'none'"}


# ------------------------------------------------------------ names of the server
@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8000", "localhost"),
        ("127.0.0.1:65535", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("a@localhost", None),
        ("localhost:x", None),
        ("localhost/x", None),
        ("localhost#x", None),
        ("", None),
        ("[::1", None),
        ("localhost.", "localhost."),
        ("127.1", "127.1"),
        ("evil.example:8000", "evil.example"),
    ],
)
def test_a_host_header_is_read_as_browsers_write_it(given: str, host: str | None) -> None:
    assert host_of(given) == host


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        (["localhost"], 200),
        (["127.0.0.1:8000"], 200),
        (["[::1]:8000"], 200),
        (["evil.example"], 421),
        (["localhost.evil.example"], 421),
        (["localhost."], 421),
        (["127.0.0.1", "evil.example"], 421),
        ([], 421),
    ],
)
def test_a_request_to_another_name_is_refused_before_the_application_hears_of_it(hosts: list[str], status: int) -> None:
    heard: list[str] = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        heard.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    sent = _sent(OwnHosts(app, LOOPBACK), headers=[(b"host", host.encode()) for host in hosts])
    assert (sent[0]["status"], heard) == (status, ["/"] if status == 200 else [])


def test_the_refusal_of_another_name_tells_nothing_of_the_record() -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError

    sent = _sent(OwnHosts(app, ["desk.example"]), headers=[(b"host", b"evil.example")])
    assert "not the name of this server" in sent[1]["body"].decode()
    assert {name.lower().encode() for name in HEADERS} <= {name for name, _ in sent[0]["headers"]}


def _sent(app: Any, **scope: Any) -> list[Any]:
    sent: list[Message] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(as_connection(**scope), receive, send))
    return sent

"""`dateline serve` as a process: what it says, whom it answers, what it costs, how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from litestar import Litestar, get
from litestar.response import ServerSentEvent, Stream

from dateline.cli import main
from dateline.serve.patience import EndingStreams, ImpatientProtocol
from dateline.serve.running import _Plainly, listen
from dateline.serve.users import Role, add_user
from tests.serve.process import Running


@pytest.fixture(scope="module")
def running(made: Path) -> Iterator[Running]:
    running = Running(str(made), "--port", "0")
    yield running
    running.end()


def test_it_says_where_it_is_and_answers_there(running: Running) -> None:
    assert running.url.startswith("http://127.0.0.1:")
    assert "32 events" in httpx.get(running.url).text


def test_it_answers_to_the_names_of_this_machine_alone(running: Running) -> None:
    port = running.url.rsplit(":", 1)[1]
    assert httpx.get(running.url, headers={"Host": f"localhost:{port}"}).status_code == 200
    refused = httpx.get(running.url, headers={"Host": f"rebound.example:{port}"})
    assert (refused.status_code, "january" in refused.text) == (421, False)


def test_saved_pages_are_on_another_port_which_knows_nothing_else(running: Running, made: Path) -> None:
    reports = httpx.get(f"{running.url}/api/v1/events").json()["items"]
    page = httpx.get(f"{running.url}/r/{reports[0]['reports'][0]}/page").text
    address = page.split('<iframe class="saved" sandbox src="')[1].split('"')[0].replace("&amp;", "&")
    assert not address.startswith(running.url + "/")
    answer = httpx.get(address)
    assert (answer.status_code, "sandbox" in answer.headers["content-security-policy"]) == (200, True)
    assert running.url in answer.headers["content-security-policy"]
    origin = "/".join(address.split("/")[:3])
    assert [httpx.get(origin + path).status_code for path in ("/", "/api/v1/events", "/review")] == [404] * 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 700_000 + b"\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 700_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", b"400"),
        (b"GET / HTTP/1.0\r\n\r\n", b"421"),
        (b"GET http://rebound.example/ HTTP/1.1\r\nHost: rebound.example\r\n\r\n", b"421"),
        (b"GET /%00%1b%5b2J HTTP/1.1\r\nHost: localhost\r\n\r\n", b"404"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", b"200"),
    ],
)
def test_what_is_no_proper_request_is_refused_and_serving_goes_on(running: Running, sent: bytes, status: bytes) -> None:
    with _connected(running) as connection:
        connection.sendall(sent)
        assert _status(connection) in (status, None)
    assert httpx.get(running.url).status_code == 200


def _status(connection: socket.socket) -> bytes | None:
    """The status that is answered; null where the connection is closed before all was sent."""
    with contextlib.suppress(ConnectionError):
        return connection.recv(100).split(b" ")[1]
    return None


def test_a_body_beyond_a_megabyte_is_refused(running: Running) -> None:
    for route in ("/review", "/signin"):
        answer = httpx.post(running.url + route, content=b"a" * ((1 << 20) + 1))
        assert answer.status_code in (404, 405, 413), route


def _connected(running: Running) -> socket.socket:
    host, port = running.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


# ------------------------------------------------------------ beginning and ending
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_well_when_told_to_even_while_a_client_holds_on(made: Path, how: signal.Signals) -> None:
    running = Running(str(made), "--port", "0")
    with _connected(running) as idle, _connected(running) as half:
        idle.sendall(b"")
        half.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert httpx.get(running.url).status_code == 200
        assert running.end(how) == (0, "")


def test_a_port_that_is_taken_is_named(made: Path, running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    port = running.url.rsplit(":", 1)[1]
    assert main(["serve", str(made), "--port", port]) == 2
    assert f"port {port} of 127.0.0.1 is taken: give another with --port" in capsys.readouterr().err
    assert main(["serve", str(made), "--port", "0", "--originals-port", port]) == 2
    assert "--originals-port 0 for a free one" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--host", "0.0.0.0"], "give --users FILE"),
        (["--host", "192.0.2.1"], "give --users FILE"),
        (["--host-name", "desk.example"], "give --users FILE"),
        (["--host", "0.0.0.0", "--users", "USERS"], "--host-name"),
        (["--host", "192.0.2.1", "--users", "USERS"], "is no address of this machine"),
        (["--users", "EMPTY"], "has no user"),
        (["--users", "ODD"], "tables [[user]]"),
        (["--users", "NOWHERE"], "No such file"),
    ],
)
def test_what_would_let_everybody_in_or_nobody_is_refused(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], says: str
) -> None:
    add_user(tmp_path / "USERS", "Mina", Role.ADMIN)
    (tmp_path / "EMPTY").write_text("")
    (tmp_path / "ODD").write_text("a = 1")
    words = [str(tmp_path / word) if word.isupper() else word for word in given]
    assert main(["serve", str(made), "--port", "0", *words]) == 2
    assert says in capsys.readouterr().err


def test_with_users_it_answers_to_its_host_name_and_lets_in_who_has_a_token(made: Path, tmp_path: Path) -> None:
    token = add_user(tmp_path / "users.toml", "Mina", Role.READER)
    running = Running(str(made), "--port", "0", "--users", str(tmp_path / "users.toml"), "--host-name", "Desk.example")
    try:
        known = {"Authorization": f"Bearer {token}", "Host": "desk.example"}
        assert httpx.get(f"{running.url}/api/v1/events", headers=known).status_code == 200
        assert httpx.get(f"{running.url}/api/v1/events").status_code == 401
        assert httpx.get(running.url, headers={"Host": "another.example"}).status_code == 421
        cookie = httpx.post(
            f"{running.url}/signin", data={"token": token}, headers={"X-Forwarded-Proto": "https"}
        ).headers["set-cookie"]
        assert not cookie.startswith("__Host-"), "a client is no proxy: what it forwards is not believed"
    finally:
        running.end()


def test_behind_a_proxy_it_knows_that_it_is_reached_by_https(made: Path, tmp_path: Path) -> None:
    token = add_user(tmp_path / "users.toml", "Mina", Role.READER)
    given = ["--users", str(tmp_path / "users.toml"), "--host-name", "desk.example", "--behind-proxy"]
    running = Running(str(made), "--port", "0", *given, "--originals-url", "https://saved.example/")
    try:
        forwarded = {"Host": "desk.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9"}
        own = {"Origin": "https://desk.example", "Sec-Fetch-Site": "same-origin"}
        answer = httpx.post(f"{running.url}/signin", data={"token": token}, headers={**forwarded, **own})
        assert answer.headers["set-cookie"].startswith("__Host-dateline-")
        cookie = answer.headers["set-cookie"].split(";")[0]
        events = httpx.get(f"{running.url}/api/v1/events", headers={**forwarded, "Cookie": cookie})
        report = events.json()["items"][0]["reports"][0]
        page = httpx.get(f"{running.url}/r/{report}/page", headers={**forwarded, "Cookie": cookie})
        assert page.headers["content-security-policy"].endswith("frame-src https://saved.example")
    finally:
        running.end()


# ------------------------------------------------------------ patience
class _Served:
    """An application on a socket of this process, with the limits of a test."""

    def __init__(self, app: Any, protocol: type[ImpatientProtocol]) -> None:
        self.streams = EndingStreams(app)
        self.server = uvicorn.Server(
            uvicorn.Config(self.streams, http=protocol, lifespan="off", log_config=None, timeout_graceful_shutdown=60)
        )
        self.socket = listen("127.0.0.1", 0)
        self.port = self.socket.getsockname()[1]

    @contextlib.asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        serving = asyncio.create_task(self.server._serve([self.socket]))
        try:
            yield
        finally:
            self.streams.stop()
            self.server.should_exit = True
            await serving


class _Hasty(ImpatientProtocol):
    asked_within, read_within = 0.2, 0.2


class _Brisk(ImpatientProtocol):
    asked_within = read_within = 2.0


@contextlib.asynccontextmanager
async def _talking(served: _Served) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port, limit=1024)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@get("/words", sync_to_thread=False)
def _words() -> str:
    return "words"


@get("/much", sync_to_thread=False)
def _much() -> Stream:
    return Stream(b"a" * 65536 for _ in range(1000))


@get("/events", sync_to_thread=False)
def _events() -> ServerSentEvent:
    async def forever() -> AsyncIterator[str]:
        yield "one"
        await asyncio.Event().wait()

    return ServerSentEvent(forever())


APP = Litestar([_words, _much, _events], openapi_config=None, logging_config=None)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /words HT",
        b"POST /words HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf",
        b"GET /words HTTP/1.1\r\nHost: a\r\n\r\nGET /wo",
    ],
    ids=["nothing", "half a head", "half a body", "one and a half"],
)
def test_a_client_that_does_not_finish_its_request_is_dropped(sent: bytes) -> None:
    async def left() -> int:
        served = _Served(APP, _Hasty)
        async with served.run(), _talking(served) as (reader, writer):
            writer.write(sent)
            with contextlib.suppress(ConnectionError):
                await reader.read()
            return len(served.server.server_state.connections)

    assert asyncio.run(left()) == 0


def test_a_client_that_does_not_read_its_answer_is_dropped() -> None:
    async def all_left() -> None:
        served = _Served(APP, _Hasty)
        state = served.server.server_state
        async with served.run(), _talking(served) as (_, writer), asyncio.timeout(60):
            writer.write(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n")
            while not state.tasks:
                await asyncio.sleep(0.01)
            # The connection goes first; the task that wrote to it learns of that in its next turn.
            while state.connections or state.tasks:
                await asyncio.sleep(0.01)

    asyncio.run(all_left())


def test_a_client_that_asks_whole_questions_is_answered_again_and_again() -> None:
    async def statuses() -> list[int]:
        served = _Served(APP, _Brisk)
        async with served.run(), httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}") as client:
            found = []
            for _ in range(4):
                found.append((await client.get("/words")).status_code)
                await asyncio.sleep(0.7)
            return found

    assert asyncio.run(statuses()) == [200] * 4


def test_streams_of_events_end_whole_when_serving_ends() -> None:
    async def told() -> bytes:
        served = _Served(APP, ImpatientProtocol)
        serving = served.run()
        await serving.__aenter__()
        async with _talking(served) as (reader, writer):
            writer.write(b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            await reader.readuntil(b"one")
            await serving.__aexit__(None, None, None)
            return await reader.read()

    assert asyncio.run(told()).endswith(b"0\r\n\r\n")


def test_the_log_shows_no_control_characters_of_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    told = logging.LogRecord("dateline.serve", logging.ERROR, "", 0, "GET /\x1b]0;owned\x07\x1b[31m\u202e", (), None)
    _Plainly().emit(told)
    said = capsys.readouterr().err
    assert "GET /" in said
    assert not set(said) & {"\x1b", "\x07", "\u202e"}

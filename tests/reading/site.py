"""A web of one server on this machine, for tests: names lead to made-up public addresses, all of them to this server.

The real thing is tested but for the last step: `Wire` is asked to connect to a checked address, and connects here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore

from dateline.reading.fetching import Fetcher

PUBLIC = "93.184.216.34"


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Site:
    """What is served at each path (404 elsewhere), and every request that came: path and headers."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Wire(httpcore.NetworkBackend):
    """Connects to the test server whatever the address, and remembers the addresses asked for."""

    def __init__(self, port: int) -> None:
        self.port, self.connected = port, list[str]()

    def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        self.connected.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout)


class Clock:
    """Time that passes only where it is waited for."""

    def __init__(self) -> None:
        self.seconds, self.waited = 100.0, list[float]()

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.seconds += seconds


@contextmanager
def served() -> Iterator[Site]:
    """A site on a port of the loopback address."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = site.answers.get(self.path, Answer(b"gone", 404))
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def fetcher(
    site: Site, resolve: Callable[[str, int], list[str]] = lambda _host, _port: [PUBLIC]
) -> Iterator[tuple[Fetcher, Wire, Clock]]:
    """A fetcher whose every connection ends at `site`."""
    wire, clock = Wire(site.port), Clock()
    made = Fetcher(resolve, wire, clock, clock.wait, lambda: datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))
    try:
        yield made, wire, clock
    finally:
        made.close()

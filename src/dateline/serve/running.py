"""Listening: the pages and the saved pages, each on a socket of its own, until they are told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import uvicorn
from litestar.types import ASGIApp

from dateline.serve.app import application
from dateline.serve.originals import Originals, SavedPages
from dateline.serve.patience import EndingStreams, ImpatientProtocol
from dateline.serve.safety import LOOPBACK, OwnHosts
from dateline.serve.served import Served
from dateline.serve.signing_in import Door, OpenDoor
from dateline.telling import note

LONGEST_STOP = 2
"""Seconds that open requests have to end once it is told to stop."""
MOST_CONNECTIONS = 256
LARGEST_HEAD = 1 << 16
"""Bytes of a request before its body."""
STOPPING = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Site:
    """How the pages are reached: the names they go by, who is let in, whether a proxy before them tells who asks.

    `frames`: the origins by which the pages are shown, which may frame saved pages; `originals`: where these are, null:
    nowhere.
    """

    hosts: frozenset[str] = LOOPBACK
    door: Door = field(default_factory=OpenDoor)
    behind_proxy: bool = False
    originals: Originals | None = None
    frames: tuple[str, ...] = ()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on a port, 0: a free one; OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: only then does asyncio send what is written at once, else an answer waits 40 ms for the client's word.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def run(
    served: Served,
    site: Site,
    *,
    listening: socket.socket,
    originals: socket.socket | None,
    started: Callable[[], None],
) -> None:
    """Serves until SIGINT or SIGTERM; `started` is called once requests are answered. `originals` listens for those."""
    pages = EndingStreams(application(served, door=site.door, originals=site.originals))
    servers = [(_server(OwnHosts(pages, site.hosts), site), listening)]
    if originals is not None and site.originals is not None:
        saved = SavedPages(served.record.folder.archive, site.originals, site.frames)
        servers.append((_server(OwnHosts(saved, site.hosts), site), originals))
    with _logging(), _kept_new(served):
        asyncio.run(_serve(servers, pages, started))


@contextmanager
def _kept_new(served: Served) -> Iterator[None]:
    """Beside what is done within, what changes in the record is taken in."""
    ended = Event()
    Thread(target=served.warm, daemon=True).start()
    Thread(target=served.keep_new, args=(ended,), daemon=True).start()
    try:
        yield
    finally:
        ended.set()


async def _serve(
    servers: Iterable[tuple[_Server, socket.socket]], pages: EndingStreams, started: Callable[[], None]
) -> None:
    def stop() -> None:
        pages.stop()
        for server, _ in servers:
            server.should_exit = True

    for one in STOPPING:
        asyncio.get_running_loop().add_signal_handler(one, stop)
    started()
    await asyncio.gather(*(server.serve(sockets=[listening]) for server, listening in servers))


class _Server(uvicorn.Server):
    """A server that leaves signals to `_serve`, which stops all."""

    @contextmanager
    def capture_signals(self) -> Any:
        yield


def _server(app: ASGIApp, site: Site) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            http=ImpatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=site.behind_proxy,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=LONGEST_STOP,
            h11_max_incomplete_event_size=LARGEST_HEAD,
        )
    )


class _Plainly(logging.Handler):
    """Tells what goes wrong on standard error, without control characters of what was read or asked for."""

    def emit(self, record: logging.LogRecord) -> None:
        for line in self.format(record).splitlines():
            note(line)


@contextmanager
def _logging() -> Any:
    """Warnings of the pages and errors of the server; not that a client sent no HTTP or was cut off."""
    logs = {"dateline": logging.WARNING, "uvicorn.error": logging.ERROR}
    handler = _Plainly()
    for name, level in logs.items():
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(level)
    try:
        yield
    finally:
        for name in logs:
            logging.getLogger(name).removeHandler(handler)

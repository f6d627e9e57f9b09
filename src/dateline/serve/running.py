"""Listening: the application on a port of this machine, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from dateline.serve.app import application
from dateline.serve.served import Served

LONGEST_STOP = 3
"""Seconds that open requests have to end once it is told to stop."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on a port, 0: a free one; OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


class Server(uvicorn.Server):
    """Tells by `stopping` that it is about to stop, so that what has no end of its own ends, and is not waited for."""

    def __init__(self, config: uvicorn.Config, *, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops once all that was asked is answered."""
        self._stopping()
        await super().shutdown(sockets)


def run(served: Served, listening: socket.socket, started: Callable[[], None]) -> None:
    """Serves until SIGINT or SIGTERM; `started` is called once requests are answered."""
    app = application(served)
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_STOP,
        h11_max_incomplete_event_size=1 << 16,
    )
    server = Server(config, stopping=app.state.news.end)
    started()
    server.run(sockets=[listening])

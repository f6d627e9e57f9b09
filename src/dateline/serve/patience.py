"""What a connection may cost: a client that is slow to ask or slow to read is dropped, and streams end when serving ends.

uvicorn waits for ever for the rest of a request and for the reader of an answer; the limits here are on top of its own.
"""

from __future__ import annotations

import asyncio
from typing import Any

from litestar.types import ASGIApp, HTTPDisconnectEvent, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

ASKED_WITHIN = 20.0
"""Seconds from the first byte of a connection or request to its last."""
READ_WITHIN = 60.0
"""Seconds for which a client may let an answer wait."""
_IDLE, _BODY = "IDLE", "SEND_BODY"


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 with those limits."""

    asked_within, read_within = ASKED_WITHIN, READ_WITHIN

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._asking: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Waits for a request from here on."""
        super().connection_made(transport)
        self._asking = self.loop.call_later(self.asked_within, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Waits on where a request is not whole yet."""
        super().data_received(data)
        if str(self.conn.their_state) not in (_IDLE, _BODY):
            _stop(self._asking)
            self._asking = None
        elif self._asking is None and not self.transport.is_closing():
            self._asking = self.loop.call_later(self.asked_within, self.transport.abort)

    def pause_writing(self) -> None:
        """The client does not read: it has so long to begin."""
        super().pause_writing()
        self._reading = self._reading or self.loop.call_later(self.read_within, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read."""
        super().resume_writing()
        _stop(self._reading)
        self._reading = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more to wait for."""
        _stop(self._asking, self._reading)
        super().connection_lost(exc)


def _stop(*timers: asyncio.TimerHandle | None) -> None:
    for timer in timers:
        if timer is not None:
            timer.cancel()


class EndingStreams:
    """An application whose streams of events end when `stop` is called; all other answers go on to their end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._stopping = app, asyncio.Event()

    def stop(self) -> None:
        """Ends the streams."""
        self._stopping.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; once it streams, `receive` tells of the stop as if the client had gone."""
        stream = _Stream(receive, send, self._stopping)
        await self._app(scope, stream.receive, stream.send)
        await stream.finish()


class _Stream:
    """One answer, watched for whether it streams events and whether it ended."""

    def __init__(self, receive: Receive, send: Send, stopping: asyncio.Event) -> None:
        self._receive, self._send, self._stopping = receive, send, stopping
        self._streams, self._open = False, False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            self._open, self._streams = True, bool(kinds) and kinds[0].startswith(b"text/event-stream")
        elif message["type"] == "http.response.body":
            self._open = bool(message.get("more_body"))
        await self._send(message)

    async def receive(self) -> Any:
        if not self._streams:
            return await self._receive()
        told = asyncio.ensure_future(self._receive())
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((told, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not told.done():
                told.cancel()
        return told.result() if told.done() and not told.cancelled() else HTTPDisconnectEvent(type="http.disconnect")

    async def finish(self) -> None:
        if self._streams and self._open and self._stopping.is_set():
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

"""What is new, as it comes: a stream for whoever listens, which ends when the server stops."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest
import uvicorn
from litestar.testing import TestClient

from dateline.deciding.asking import asked
from dateline.serve.app import application
from dateline.serve.patience import EndingStreams
from dateline.serve.running import listen
from dateline.serve.served import Served
from dateline.serve.streaming import News, TooManyListen

PATIENCE = 20
"""Seconds after which a test gives up; none of them waits for as long."""


def accept(own: Served, number: int) -> None:
    with own.ask() as database:
        event = list(database.events())[number]
    own.decide(asked("accept", [event.id], by="desk", at="", reason="read"))


def in_time(listening: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(listening(), PATIENCE))


async def told(stream: AsyncIterator[bytes], wanted: bytes) -> bytes:
    """The next piece that has `wanted` in it."""
    async for piece in stream:
        if wanted in piece:
            return piece
    raise AssertionError(f"the stream ended without {wanted!r}")


def test_whoever_listens_is_told_of_each_making_of_the_record(own: Served) -> None:
    async def listening() -> None:
        news = News(own, every=0.01)
        stream = await news.listen(None)
        assert await anext(stream) == b"retry: 3000\n\n"
        heard = asyncio.create_task(told(stream, b'"changed":1'))
        await asyncio.to_thread(accept, own, 0)
        piece = await heard
        assert piece.startswith(b"id: ")
        assert f'"revision":"{own.index().revision}"'.encode() in piece

    in_time(listening)


def test_whoever_was_away_is_told_what_was_missed(own: Served) -> None:
    accept(own, 0)
    accept(own, 1)

    async def listening() -> None:
        stream = await News(own).listen(1)
        assert b"id: 2\n" in await told(stream, b"id:")
        assert b"id: 3\n" in await told(stream, b"id:")

    in_time(listening)


def test_a_number_that_the_record_has_not_had_is_of_another_record(own: Served) -> None:
    async def listening() -> None:
        assert b"id: 1\n" in await told(await News(own).listen(99), b"id:")

    in_time(listening)


def test_a_stream_without_news_says_that_it_is_alive(own: Served) -> None:
    async def listening() -> None:
        stream = await News(own, heartbeat=0.01).listen(None)
        assert await told(stream, b": nothing") == b": nothing new\n\n"

    in_time(listening)


def test_many_who_listen_look_once(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def listening() -> None:
        news = News(own, every=0.01)
        streams = [await news.listen(None) for _ in range(5)]
        for stream in streams:
            await anext(stream)
        looking = [task for task in asyncio.all_tasks() if "_keep_looking" in repr(task)]
        assert len(looking) == 1
        for stream in streams:
            await stream.aclose()  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        assert not [task for task in asyncio.all_tasks() if "_keep_looking" in repr(task) and not task.cancelling()]

    in_time(listening)


def test_only_so_many_may_listen_at_once(own: Served) -> None:
    async def listening() -> None:
        news = News(own, most=1)
        first = await news.listen(None)
        await anext(first)
        with pytest.raises(TooManyListen):
            await news.listen(None)
        await first.aclose()  # type: ignore[attr-defined]
        await anext(await news.listen(None))

    in_time(listening)


def test_whoever_finds_no_room_is_told_when_to_come_again(own: Served) -> None:
    app = application(own)
    app.state.news = News(own, most=0)
    with TestClient(app) as client:
        answer = client.get("/api/v1/stream")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("asked_for", ["after=x", "after=-1", "colour=red", "after=1&after=2"])
def test_what_the_stream_cannot_mean_is_refused(asked_for: str, own: Served) -> None:
    with TestClient(application(own)) as client:
        assert client.get(f"/api/v1/stream?{asked_for}").status_code == 400


def test_whoever_goes_away_is_not_counted_any_more(own: Served) -> None:
    app = application(own)
    app.state.news = News(own, most=1, heartbeat=0.01)
    pages = EndingStreams(app)
    socket = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(pages, lifespan="off", log_config=None, timeout_graceful_shutdown=PATIENCE))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{socket.getsockname()[1]}/api/v1/stream"
    for _ in range(2):
        with httpx.stream("GET", address, headers={"Last-Event-ID": "0"}, timeout=PATIENCE) as answer:
            lines = answer.iter_lines()
            assert next(line for line in lines if line.startswith("id:")) == "id: 1"
            assert httpx.get(address).status_code == 503
            assert next(line for line in lines if line.startswith(":")) == ": nothing new"
        while app.state.news.listening:
            time.sleep(0.01)
    server.should_exit = True
    thread.join(PATIENCE)
    assert not thread.is_alive()

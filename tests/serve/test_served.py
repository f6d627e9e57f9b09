"""What all requests share: the newest index, and the record as it is now."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from dateline.serve import served as module
from dateline.serve.served import Served
from dateline.store.asking import Query
from dateline.store.sqlite import TookTooLong
from dateline.types import Decision


def decision(served: Served) -> Decision:
    with served.ask() as database:
        event = next(database.events())
    return Decision("accept", event.id, "desk", "", "seen")


def accepted(served: Served) -> int:
    return served.index().found(Query(review="accepted")).tally.events  # type: ignore[arg-type]


def test_a_decision_made_here_is_seen_at_once(own: Served) -> None:
    assert accepted(own) == 0
    assert own.decide(decision(own)).at == "2026-01-05T10:00:00+00:00"
    assert accepted(own) == 1


def test_what_others_write_is_seen_soon(own: Served) -> None:
    assert accepted(own) == 0
    own.record.decide(decision(own))
    until = time.monotonic() + 30
    while accepted(own) == 0 and time.monotonic() < until:
        time.sleep(0.02)
    assert accepted(own) == 1


def test_an_index_that_is_asked_for_nothing_does_not_stay_old(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BETWEEN", 0.02)
    old = own.index()
    ended = Event()
    keeper = Thread(target=own.keep_new, args=(ended,))
    keeper.start()
    own.record.decide(decision(own))
    until = time.monotonic() + 30
    while own._index is old and time.monotonic() < until:
        time.sleep(0.02)
    ended.set()
    keeper.join()
    assert own._index is not old


def test_a_question_that_takes_too_long_is_stopped(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.05)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with own.ask() as database, pytest.raises(TookTooLong, match="ask for less"):
        database.told(endless)

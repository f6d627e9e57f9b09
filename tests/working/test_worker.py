from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dateline.knowledge.packs import PackError, Packs
from dateline.types import Problem
from dateline.working import worker as workers
from dateline.working.frames import send
from dateline.working.serving import Batch
from dateline.working.worker import Sent, Worker, WorkerError, sent
from tests.working.odd import COMMAND, ODD

ROOT = Path(__file__).parents[2]


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr(workers, "COMMAND", COMMAND)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *sys.path]))
    one = Worker()
    yield one
    one.close()


def said(worker: Worker, *words: str) -> list[str]:
    """What a worker makes of a shard of words; of a problem, its code."""
    shard = [one for word in words if isinstance(one := sent(ODD, word), Sent)]
    found = worker.run(ODD, Packs(), shard)
    return [one.code if isinstance(one, Problem) else msgspec.msgpack.decode(one, type=str) for one in found]


def test_each_item_has_its_answer(worker: Worker) -> None:
    assert said(worker, "a", "b", "c") == ["A", "B", "C"]


def test_no_items_have_no_answers(worker: Worker) -> None:
    assert said(worker) == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("end", "coder-crashed"),
        ("spin", "coding-took-too-long"),
        ("fill", "coding-took-too-much-memory"),
        ("raise", "could-not-code"),
    ],
)
def test_only_the_item_at_fault_is_lost(worker: Worker, word: str, code: str) -> None:
    assert said(worker, "a", word, "b", word, "c") == ["A", code, "B", code, "C"]


def test_what_was_raised_is_told_with_its_place(worker: Worker) -> None:
    shard = [one for one in [sent(ODD, "raise")] if isinstance(one, Sent)]
    [found] = worker.run(ODD, Packs(), shard)
    assert isinstance(found, Problem)
    assert found.where == "raise"
    assert found.message.startswith("LookupError: no such thing (odd.py:")


def test_an_item_whose_worker_was_killed_from_outside_is_tried_again(worker: Worker, tmp_path: Path) -> None:
    word = f"once {tmp_path / 'mark'}"
    assert said(worker, "a", word, "b") == ["A", word.upper(), "B"]


def test_a_mistake_in_the_packs_is_raised_and_the_worker_is_of_use_again(worker: Worker) -> None:
    with pytest.raises(PackError, match=r"x\.toml: no"):
        said(worker, "a", "pack", "b", "c")
    assert said(worker, "d") == ["D"]


def test_a_worker_is_used_again_for_the_next_shard(worker: Worker) -> None:
    said(worker, "a")
    pid = worker.pid
    said(worker, "b")
    assert worker.pid == pid


def test_a_worker_that_cannot_start_is_said(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "COMMAND", [sys.executable, "-c", "raise SystemExit(9)"])
    with pytest.raises(WorkerError, match="exit code 9"):
        said(worker, "a")


def test_a_stopped_worker_takes_no_work(worker: Worker) -> None:
    worker.stop()
    with pytest.raises(WorkerError):
        said(worker, "a")


def test_half_a_surrogate_pair_is_a_problem_of_its_item() -> None:
    found = sent(ODD, "\ud800")
    assert isinstance(found, Problem)
    assert found.code == "could-not-code"


# ---------------------------------------------------------------- no orphans
def alone(words: list[str]) -> subprocess.Popen[bytes]:
    """A worker process that was given a shard."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=ROOT, bufsize=0)
    assert process.stdin is not None
    items = tuple(msgspec.msgpack.encode(word) for word in words)
    limits = tuple(ODD.limits(word) for word in words)
    send(process.stdin.fileno(), msgspec.msgpack.encode(Batch("odd", (), items, limits)))
    return process


def test_a_worker_ends_when_its_input_does() -> None:
    with alone(["a"]) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_worker_in_the_middle_of_a_shard_ends_when_nobody_listens() -> None:
    with alone(["nap"] * 600) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.read(1)  # it has begun
        process.stdin.close()
        process.stdout.close()
        assert process.wait(20) == 0


def test_an_interrupt_is_for_the_parent_alone() -> None:
    with alone(["nap"] * 3) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
        process.stdin.close()
        assert b"NAP" in process.stdout.read()
        assert process.wait(30) == 0

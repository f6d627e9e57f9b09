"""Captures: whole or not there, whatever the disk does."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dateline.store import RecordError
from dateline.store.archive import Archive, write_durably
from dateline.types import Capture, Columns, Given, Origin


def capture(data: bytes, source: str = "page.html", given: Given | None = None) -> Capture:
    return Capture(hashlib.sha256(data).hexdigest(), source, data, given or Given())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "archive").mkdir()
    return Archive(tmp_path / "archive")


@settings(max_examples=40, deadline=None)
@for_all(data=st.binary(max_size=300))
def test_any_bytes_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    archive.put(capture(data))
    (kept,) = archive.kept()
    assert archive.load(kept) == capture(data)


def test_a_capture_is_new_once(archive: Archive) -> None:
    assert archive.put(capture(b"one"))
    assert not archive.put(capture(b"one"))
    assert not archive.put(capture(b"one", "elsewhere.html"))
    (kept,) = archive.kept()
    assert [act.source for act in kept.acts] == ["page.html", "elsewhere.html"]
    assert kept.source == "elsewhere.html"


def test_reading_a_folder_again_moves_no_act(archive: Archive) -> None:
    for source in ("b", "a", "b", "a"):
        archive.put(capture(b"one", source))
    assert [act.source for act in archive.kept()[0].acts] == ["b", "a"]


def fetched(at: str, etag: str = "1") -> Capture:
    return Capture(hashlib.sha256(b"one").hexdigest(), "https://gull.test/a", b"one", Given(), Origin(at=at, etag=etag))


def test_what_the_web_said_comes_back_with_the_bytes(archive: Archive) -> None:
    given = Given(columns=Columns(text="Body", day_first=True))
    archive.put(replace(fetched("2024-01-01"), given=given))
    (kept,) = archive.kept()
    assert archive.load(kept) == replace(fetched("2024-01-01"), given=given)


def test_bytes_that_come_again_unchanged_move_no_act(archive: Archive) -> None:
    archive.put(fetched("2024-01-01"))
    archive.put(fetched("2024-01-02"))
    archive.put(capture(b"one", "a.html"))
    (kept,) = archive.kept()
    assert len(kept.acts) == 2
    assert kept.origin == Origin(at="2024-01-01", etag="1")


def test_the_latest_word_on_a_fact_holds_even_if_it_was_said_before(archive: Archive) -> None:
    for day in ("2020-01-01", "2020-01-02", "2020-01-01"):
        archive.put(capture(b"one", given=Given(published=day)))
    assert archive.kept()[0].given.published == "2020-01-01"


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_damaged_bytes_are_named_and_put_right_by_reading_again(archive: Archive, damage: bytes | None) -> None:
    archive.put(capture(b"one"))
    (kept,) = archive.kept()
    place = archive.folder / kept.sha256[:2] / kept.sha256
    place.unlink() if damage is None else place.write_bytes(damage)
    with pytest.raises(RecordError, match=rf"{kept.sha256} \(read from page\.html\): its bytes"):
        archive.load(kept)
    archive.put(capture(b"one"))
    assert archive.load(kept).data == b"one"


def test_other_bytes_under_a_digest_are_found(archive: Archive) -> None:
    archive.put(capture(b"one"))
    archive.put(capture(b"two"))
    one, two = archive.kept()
    place = archive.folder / one.sha256[:2] / one.sha256
    place.write_bytes((archive.folder / two.sha256[:2] / two.sha256).read_bytes())
    with pytest.raises(RecordError, match="not those that were kept"):
        archive.load(one)


def test_what_a_stopped_writer_left_is_swept(archive: Archive) -> None:
    archive.put(capture(b"one"))
    left = archive.folder / "ab" / "abcd.4711.tmp"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"half a pa")
    archive.sweep()
    assert not left.exists()
    assert len(archive.kept()) == 1


def test_bytes_without_a_source_are_orphans_until_they_are_read_again(archive: Archive) -> None:
    archive.put(capture(b"one"))
    (kept,) = archive.kept()
    (archive.folder / kept.sha256[:2] / f"{kept.sha256}.json").unlink()
    assert (archive.kept(), archive.orphans()) == ([], [kept.sha256])
    assert archive.put(capture(b"one"))
    assert archive.orphans() == []


Failing = Callable[[int], None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Makes the Nth call of os.write or os.fsync from now on, and every later one, fail as on a full disk."""

    def fail_from(nth: int) -> None:
        calls = iter(range(10_000))
        for name in ("write", "fsync"):
            monkeypatch.setattr(os, name, _failing(getattr(os, name), lambda: next(calls) >= nth))

    return fail_from


def _failing(real: Callable[..., object], full: Callable[[], bool]) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        if full():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    return call


@pytest.mark.parametrize("nth", range(3))
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, failing: Failing, nth: int) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b"before")
    failing(nth)
    with pytest.raises(OSError, match="No space left"):
        write_durably(path, b"afterwards")
    assert path.read_bytes() in ((b"before",) if nth < 2 else (b"afterwards",))
    assert [entry.name for entry in tmp_path.iterdir()] == ["decisions.jsonl"]


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, bytes(data[:3])))
    write_durably(tmp_path / "file", b"a longer text")
    assert (tmp_path / "file").read_bytes() == b"a longer text"

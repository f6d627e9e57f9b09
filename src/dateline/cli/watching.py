"""`watch`: sources are looked at again and again, and what is new in them is read into a record."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.given import UseError, now
from dateline.cli.options import (
    DEFAULT_RECORD,
    FINE,
    NOTHING_READ,
    BackgroundOption,
    JsonOption,
    KnowledgeOption,
    RecordOption,
    WaitOption,
    WorkersOption,
)
from dateline.cli.told import PROBLEMS_TOLD, asked_of, held, record_option, say
from dateline.telling import count, lines, note, out, out_json, progress

if TYPE_CHECKING:
    from dateline.record import Record, Summary
    from dateline.types import Capture, Problem
    from dateline.watching import Round, Watch


def watch(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Addresses of feeds and pages, sitemap:PLACE, folders, files."),
    ],
    record: RecordOption = DEFAULT_RECORD,
    every: Annotated[float, typer.Option(metavar="MINUTES", help="How long from one round to the next.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
    rounds: Annotated[int | None, typer.Option(metavar="N", min=1, help="So many rounds, then end.")] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Fetch the pages that items link to, and read them in the items' place.")
    ] = False,
    wait: WaitOption = 30,
    workers: WorkersOption = 1,
    knowledge: KnowledgeOption = None,
    background: BackgroundOption = None,
    as_json: JsonOption = False,
) -> int:
    """Looks at feeds, pages, sitemaps and folders again and again, and reads what is new into a record, until stopped.

    Ctrl-C (or SIGTERM) ends it after the page it is at; run it again and it goes on. One problem never stops it.
    """
    from dateline.reading import read
    from dateline.reading.listed import SITEMAP
    from dateline.reading.urls import is_address
    from dateline.record import open_record

    paths = [one for one in sources if not is_address(one) and not one.startswith(SITEMAP)]
    _check(sources, paths, every)
    for path in paths:
        read(path)
    most = 1 if once else rounds
    opened = open_record(
        record, knowledge=knowledge or (), background=background, create=True, wait=wait, workers=workers
    )
    found = _Told(record, as_json=as_json)
    with _stopping() as stopped:
        for one in _watch(opened, sources, every * 60, stopped, follow=follow).rounds(most):
            found.tell(one)
    return found.sum_up()


def _check(sources: Sequence[str], paths: Sequence[str], every: float) -> None:
    if "-" in sources:
        raise UseError("standard input cannot be watched; `dateline read -` reads it")
    if every <= 0:
        raise UseError(f"--every {every:g} is no time; give minutes, for instance 15")
    if every < 1 and len(paths) < len(sources):
        raise UseError(f"--every {every:g} is too often for what is not yours; give 1 minute or more")


def _watch(opened: Record, sources: Sequence[str], seconds: float, stopped: list[bool], *, follow: bool) -> Watch:
    from dateline.reading.urls import shared_fetcher
    from dateline.watching import Clock, Memories, Poller, Watch

    def into(items: Iterable[Capture | Problem], sources: Sequence[str]) -> Summary:
        return replace(opened, progress=progress, at=now()).add_found(items, sources)

    if not opened.folder.is_record():
        into((), ())
    packs = opened.packs
    poller = Poller(shared_fetcher(), lambda capture: opened.steps.clean(capture, packs), Clock(), follow)
    return Watch(
        sources,
        into=into,
        memories=Memories(opened.folder.path / "watch"),
        archive=opened.folder.archive,
        poller=poller,
        every_seconds=seconds,
        stopped=lambda: bool(stopped),
    )


@contextmanager
def _stopping() -> Iterator[list[bool]]:
    """A list that is filled when the user asks to stop; asked a second time, the program ends at once."""
    asked: list[bool] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)
        note(f"{signal.Signals(number).name}: ending after what is being done; once more ends at once")

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Told:
    """What is said of rounds: a line each, each problem when it is new, and at the end what the record holds."""

    def __init__(self, record: Path, *, as_json: bool) -> None:
        self._record, self._as_json = record, as_json
        self._rounds = self._new = self._read = 0
        self._problems: set[Problem] = set()
        self._last: set[Problem] = set()

    def tell(self, one: Round) -> None:
        """A round."""
        fresh = [problem for problem in one.problems if problem not in self._last]
        say(fresh)
        if len(fresh) > PROBLEMS_TOLD:
            note(
                f"...and {len(fresh) - PROBLEMS_TOLD} more: `dateline problems{record_option(self._record)}` lists them"
            )
        self._last = set(one.problems)
        self._problems |= self._last
        self._rounds, self._new = self._rounds + 1, self._new + one.new
        self._read += one.new + one.unchanged + one.waiting
        note(_line(one))
        if self._as_json:
            out_json(lines([one]))

    def sum_up(self) -> int:
        """All rounds, and the exit code."""
        note(f"{count(self._rounds, 'round')}: {count(self._new, 'new item')}, {count(len(self._problems), 'problem')}")
        if not self._as_json:
            with asked_of(self._record) as database:
                totals = database.totals()
            shows = f"`dateline events{record_option(self._record)}` shows them"
            out(f"{self._record} holds {held(totals)}: {shows}\n")
        return NOTHING_READ if self._problems and not self._read else FINE


def _line(one: Round) -> str:
    """'12 sources, 3 not changed, 5 new items, 1 problem, next round at 14:15'."""
    parts = [
        count(one.sources, "source"),
        f"{one.unchanged} not changed",
        count(one.new, "new item"),
        count(len(one.problems), "problem"),
    ]
    parts += [f"{one.resting} left alone for now"] if one.resting else []
    parts += [f"{count(one.waiting, 'page')} still to be fetched"] if one.waiting else []
    parts += [f"{one.unsaved} not yet in the record"] if one.unsaved else []
    parts += [f"next round at {datetime.fromisoformat(one.next_at).astimezone():%H:%M}"] if one.next_at else []
    return ", ".join(parts)

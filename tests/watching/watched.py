"""A watch over a site of this machine, with a clock that passes where it is waited for; the real cleaning, small coding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.cleaning import clean
from dateline.reading.fetching import Fetcher
from dateline.record import Record, Summary, open_record
from dateline.types import Capture, Problem
from dateline.watching import Clock, Memories, Poller, Round, Watch
from tests.reading import site
from tests.record.fakes import FAKES

STEPS = replace(FAKES, clean=clean)
START = datetime(2024, 5, 6, 7, 0, tzinfo=UTC)
DAY = "The strike came at dawn, residents said, and the road to the harbour was closed all day on Monday."


def story(place: str) -> str:
    return f"Reds hit Blues in {place} on 2024-05-06: 3 killed (Mayor). {DAY}"


def item(key: str, text: str, *, link: str = "", more: str = "") -> str:
    address = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid>{key}</guid>{address}<title>News of {key}</title>{more}<description>{text}</description></item>"
    )


def rss(*items: str, built: str = "first") -> bytes:
    """A feed of The Gull; `built` is what changes in it whatever its items."""
    head = f"<title>The Gull</title><lastBuildDate>{built}</lastBuildDate><language>en</language>"
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def feed(*items: str, built: str = "first", **headers: str) -> site.Answer:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.Answer(rss(*items, built=built), headers={"Content-Type": "application/rss+xml", **said})


def page(text: str, more: str = "") -> site.Answer:
    html = f"<html><body><article><h1>News</h1><p>{text}</p><p>{DAY}</p></article><div id=ad>{more}</div></body></html>"
    return site.Answer(html.encode())


@dataclass
class Desk:
    """Where a watch stands: a record, the fetcher of a test, and the time; `refuse` makes adding fail."""

    folder: Path
    fetcher: Fetcher
    time: site.Clock
    skew: timedelta = timedelta()
    refuse: Exception | None = None
    added: list[list[Capture | Problem]] = field(default_factory=list)

    @property
    def record(self) -> Record:
        return open_record(self.folder, create=True, steps=STEPS)

    def now(self) -> datetime:
        return START + timedelta(seconds=self.time.seconds) + self.skew

    def into(self, items: Iterable[Capture | Problem], sources: Sequence[str], /) -> Summary:
        if self.refuse is not None:
            raise self.refuse
        found = list(items)
        self.added.append(found)
        return self.record.add_found(found, sources)

    def watch(
        self, *sources: str, follow: bool = False, stopped: Callable[[], bool] = lambda: False, minutes: float = 15
    ) -> Watch:
        if not self.record.folder.is_record():
            self.into((), ())
        clock = Clock(self.time, self.now, self.time.wait)
        poller = Poller(self.fetcher, lambda capture: clean(capture, self.record.packs), clock, follow)
        return Watch(
            sources,
            into=self.into,
            memories=Memories(self.folder / "watch"),
            archive=self.record.folder.archive,
            poller=poller,
            every_seconds=minutes * 60,
            stopped=stopped,
        )

    def once(self, *sources: str, follow: bool = False) -> Round:
        (one,) = self.watch(*sources, follow=follow).rounds(1)
        return one

    def sources(self) -> list[str]:
        """Of every report where it is from."""
        with self.record.ask() as database:
            return sorted(report.source for report in database.reports())

    def texts(self) -> list[str]:
        with self.record.ask() as database:
            return sorted(report.text.split("\n")[0] for report in database.reports())

    def problems(self) -> list[str]:
        with self.record.ask() as database:
            return sorted(f"{problem.code} {problem.where}" for problem in database.problems())

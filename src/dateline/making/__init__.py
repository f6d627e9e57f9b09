"""Making a record: what has changed since the last time goes through the steps, and nothing else.

First the captures that are new are cleaned and coded, which takes the time; what comes out is kept shard by shard, so
that a run that is stopped goes on where it was. Then all of it is put into the record in one transaction: reports, wires
and versions (`telling`), days of undated reports (`days`), claims and events (`events`), and what became of what was
there (`before`). The outcome is a function of archive, knowledge and decisions, however many makings there were.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from dateline.deciding.standing import bearing, standing
from dateline.knowledge.packs import Packs
from dateline.making.before import Before
from dateline.making.days import Days
from dateline.making.events import Events
from dateline.making.finding import Work, find_work
from dateline.making.items import Items
from dateline.making.tellings import Tellings
from dateline.steps import Steps
from dateline.store.archive import Archive
from dateline.store.shelf import Shelf
from dateline.store.sqlite import Database
from dateline.text import digest
from dateline.types import Decision, Report
from dateline.working import Crew

__all__ = ["Making"]

Progress = Callable[[str, int, int], None]


class Making:
    """One making of a record. `background`: whether history makes events too; `workers`: processes that clean and code."""

    def __init__(
        self,
        steps: Steps,
        packs: Packs,
        archive: Archive,
        database: Database,
        *,
        background: bool = False,
        workers: int = 1,
        progress: Progress = lambda _verb, _done, _total: None,
    ) -> None:
        self._steps, self._packs, self._archive, self._database = steps, packs, archive, database
        self._background, self._workers, self._progress = background, workers, progress
        self.version = digest(steps.version(), packs.digest, str(background))

    def run(self, lines: Sequence[Decision], *, at: str | None = None) -> None:
        """Brings the record up to date with the archive, the knowledge and `lines`, all that was decided."""
        look = self._database.look()
        work = find_work(self._archive, lines, look, version=self.version, now_ns=time.time_ns())
        if not work.nothing:
            with Crew(self._packs, workers=self._workers) as crew:
                items = Items(self._steps, self._packs, self._archive, self._database, version=self.version, crew=crew)
                self._stage(work, items)
                with self._database.shelf() as shelf:
                    self._put_in(work, lines, shelf, items, at=at)

    def _stage(self, work: Work, items: Items) -> None:
        """Cleans and codes what is new; of that nothing is in the record yet."""
        for done, _ in enumerate(items.clean(work.come)):
            self._progress("clean", done, len(work.come))
        for done, _ in enumerate(items.code(self._reports(work, items))):
            self._progress("code", done, max(done + 1, items.reports))

    def _reports(self, work: Work, items: Items) -> Iterator[Report]:
        """The reports to be coded: of captures that only came by another way, those that the record has are not."""
        look = self._database.look()
        failed = set() if work.anew else set(look.failed())
        for kept in work.come:
            known = {} if work.anew or kept.sha256 in failed else look.cleaned(kept.sha256)
            yield from (report for report in items.page(kept).reports if known.get(report.id) is None)

    def _put_in(self, work: Work, lines: Sequence[Decision], shelf: Shelf, items: Items, *, at: str | None) -> None:
        decisions, news = standing(bearing(lines)), bearing(work.lines)
        last = shelf.last_run()
        before = Before(shelf, newer=last is not None and last[0] != self.version)
        if work.anew:
            before.remember_all()
            shelf.forget()
        tellings = Tellings(shelf, self._steps, self._packs, items, before)
        tellings.swap(work)
        tellings.wire(news, decisions)
        days = Days(shelf, self._steps, self._packs, items, before)
        days.settle(tellings.changed, tellings.gone)
        events = Events(shelf, self._steps, self._packs, before, background=self._background)
        events.correct(decisions, news)
        events.gather(tellings, days.changed, days.dropped)
        events.settle()
        for key, value in (("version", self.version), ("decided", work.decided)):
            shelf.set_fact(key, value)
        shelf.set_folders(work.folders)
        shelf.add_run(before.made(lines, at=at), self.version)

"""A record: its verbs, once, top to bottom. Begin to read dateline here.

`Record.add` reads sources and archives their bytes; `_make` then cleans every capture, collapses copies, codes and
grounds every report, dates those that name no day by the others, and merges the claims into events. What a step gave
for the same input is used again, so adding a file to a large record costs little, and a run that was stopped goes on
where it was. What is asked of a record is answered by its database (`Record.ask`) without a step being loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from dateline.deciding.asking import Desk, completed
from dateline.deciding.standing import bearing, standing
from dateline.knowledge.packs import BUILT_IN, Packs
from dateline.making import Making
from dateline.making.events import resolved_in
from dateline.steps import REAL, Steps
from dateline.store.decisions import add_decision, read_decisions
from dateline.store.folder import Folder, Settings
from dateline.store.sqlite import DamagedDatabase, Database, Totals, delete_database
from dateline.types import Capture, Decision, Given, Problem, Reason
from dateline.verifying import verify_folder

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Is told the verb, how many items are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reading gave: `totals` of the record as it stands, all else of what was read now.

    Each file is a capture (the same bytes at two paths are one) or `unread`, and has a report or a problem. `undated`
    reports have no date of publication; `notes` say what was guessed of a table.
    """

    files: int
    captures_new: int
    captures_known: int
    unread: int
    reports: int
    undated: int
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    totals: Totals


def open_record(
    folder: str | Path,
    *,
    knowledge: Sequence[Path] = (),
    background: bool | None = None,
    create: bool = False,
    wait: float = 30,
    workers: int = 1,
    steps: Steps | None = None,
) -> Record:
    """The record in `folder`; with `create`, a new one, made by the first writing. `wait`: seconds for another writer;
    `workers`: processes that clean and code, whose number changes nothing but the time.

    `knowledge`: folders of packs laid over the built-in ones from the next writing on; none: those the record has.
    `background`: whether history makes events, likewise; null: as the record has it.
    Raises `RecordError` (a ValueError) where there is no record, or one that this version cannot use.
    """
    place = Folder(Path(folder))
    settings = Settings() if create and not place.is_record() else place.settings()
    wanted = replace(settings, knowledge=tuple(path.resolve() for path in knowledge)) if knowledge else settings
    wanted = wanted if background is None else replace(wanted, background=background)
    return Record(folder=place, settings=wanted, wait=wait, workers=workers, steps=steps or REAL)


@dataclass(frozen=True)
class Record:
    """A record on disk. Open one with `open_record`."""

    folder: Folder
    settings: Settings
    wait: float
    steps: Steps
    workers: int = 1
    progress: Progress = lambda _verb, _done, _total: None
    at: str | None = None
    """The time to put to what is changed now (ISO 8601), as the caller's clock has it."""

    @cached_property
    def packs(self) -> Packs:
        """The knowledge the record is made with."""
        return Packs((BUILT_IN, *self.settings.knowledge))

    # ------------------------------------------------------------ making it
    def add(self, sources: Sequence[str], given: Given = Given(), stdin: bytes | None = None) -> Summary:  # noqa: B008
        """Reads `sources` (paths, folders, '-' for `stdin`) into the record. Reading again changes nothing.

        Raises FileNotFoundError where a source is no path, before anything is written.
        """
        found = [self.steps.read(source, given, stdin) for source in sources]
        return self.add_found(chain.from_iterable(found), sources)

    def add_found(self, found: Iterable[Capture | Problem], sources: Sequence[str]) -> Summary:
        """Takes captures into the record, and problems of `sources` in the place of those they had."""
        with self._writing() as database:
            read = self._archive(sources, iter(found))
            self._make(database)
            return _summary(database, read)

    def rebuild(self) -> Totals:
        """Makes all that is derived again from the archive, the knowledge and the decisions."""
        with self._writing(anew=True) as database:
            self._make(database)
            return database.totals()

    def decide(self, decision: Decision) -> Decision:
        """Adds a decision and applies it; gives it as it stands in decisions.jsonl.

        `subject` and ids in `details` may be how an id begins. Raises `Refused` (a ValueError) where it makes no sense;
        then nothing is written.
        """
        with self._writing() as database:
            self._make(database)
            desk = Desk(database, read_decisions(self.folder.decisions), self.packs)
            line = add_decision(self.folder.decisions, completed(decision, desk))
            self._make(database)
            return line

    def _archive(self, sources: Sequence[str], found: Iterator[Capture | Problem]) -> _Read:
        archive, read = self.folder.archive, _Read()
        for item in found:
            read.files += 1
            if isinstance(item, Problem):
                read.unread.append(item)
            else:
                new = archive.put(item)
                read.captures[item.sha256] = new or read.captures.get(item.sha256, False)
        others = [problem for problem in archive.unread() if not _is_of(problem, sources)]
        archive.set_unread(others + read.unread)
        return read

    def _make(self, database: Database) -> None:
        """Clean, code, collapse, date, merge: what has changed goes through the steps and into the record."""
        making = Making(
            self.steps,
            self.packs,
            self.folder.archive,
            database,
            background=self.settings.background,
            workers=self.workers,
            progress=self.progress,
        )
        making.run(read_decisions(self.folder.decisions), at=self.at)

    # ------------------------------------------------------------ asking it
    @contextmanager
    def ask(self) -> Iterator[Database]:
        """The record's database, to ask for reports, claims, events, actors, places and problems."""
        with closing(Database.reading(self.folder.database)) as database:
            yield database

    def export(self, form: str) -> Iterator[str]:
        """The record in a form that `dateline.publishing` knows, piece by piece. An unknown form raises ValueError."""
        with self.ask() as database:
            reports, claims = list(database.reports()), list(database.claims())
            events = sorted(database.events(), key=lambda event: event.id)
        return self.steps.publish(form, reports=reports, claims=claims, events=events)

    def explain(self, event: str) -> tuple[Reason, ...]:
        """Why the claims of the event of this id are one; LookupError where there is none."""
        with self.ask() as database:
            found, shelf = database.event(event), database.look()
            decisions = standing(bearing(read_decisions(self.folder.decisions)))
            resolved = resolved_in(shelf, decisions, self.packs)
            return tuple(self.steps.explain(found, resolved.decisions, shelf.gathered, self.packs))

    def verify(self) -> list[Problem]:
        """Whatever of the record is no longer what it was, or does not say what is claimed; nothing: all is well."""
        with self.ask() as database:
            return verify_folder(self.folder, database, lambda capture: self.steps.clean(capture, self.packs))

    # ------------------------------------------------------------ writing
    @contextmanager
    def _writing(self, *, anew: bool = False) -> Iterator[Database]:
        """The database, open for the one writer; what a stopped writer left is swept away first."""
        self.folder.create()
        with self.folder.lock(self.wait):
            self.folder.sweep()
            if not self.folder.is_record() or self.folder.settings() != self.settings:
                self.folder.write_settings(self.settings)
            with closing(self._database(anew)) as database:
                yield database

    def _database(self, anew: bool) -> Database:
        path = self.folder.database
        if not anew:
            return Database.writing(path)
        try:
            with closing(Database.writing(path)) as database:
                database.forget()
        except DamagedDatabase:  # what a rebuild is for
            delete_database(path)
        return Database.writing(path)


@dataclass(slots=True)
class _Read:
    """What one reading found: captures by digest, each with whether it is new, and problems of files without one."""

    files: int = 0
    captures: dict[str, bool] = field(default_factory=dict)
    unread: list[Problem] = field(default_factory=list)


def _is_of(problem: Problem, sources: Sequence[str]) -> bool:
    """Whether an earlier problem is of a source now read again, of a file below it, or of an item in it."""
    return any(
        problem.where == source or problem.where.startswith((source.rstrip("/") + "/", f"{source}#", f"{source}: "))
        for source in sources
    )


def _summary(database: Database, read: _Read) -> Summary:
    reports = [report for sha256 in sorted(read.captures) for report in database.reports_of(sha256)]
    noted = [one for sha256 in sorted(read.captures) for one in database.problems_of(sha256)]
    return Summary(
        files=read.files,
        captures_new=sum(read.captures.values()),
        captures_known=sum(not new for new in read.captures.values()),
        unread=len(read.unread),
        reports=len(reports),
        undated=sum(report.published.start is None for report in reports),
        problems=(*read.unread, *(problem for problem in noted if not problem.is_note)),
        notes=tuple(problem for problem in noted if problem.is_note),
        totals=database.totals(),
    )

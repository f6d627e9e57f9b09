"""One step on one item: looked up if it was done before the run was stopped, and its failure turned into a problem.

This is what a making does around `clean`, `code` and `ground`, so that one bad page never stops a run and is never
lost. The one broad `except` of dateline is here.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from dateline.knowledge.packs import PackError, Packs
from dateline.steps import Cleaned, Steps
from dateline.store import RecordError
from dateline.store.archive import Archive, Kept
from dateline.store.rows import Noted
from dateline.store.sqlite import Database
from dateline.text import digest, verify_claim
from dateline.types import Capture, Claim, Problem, Report
from dateline.working import Crew

T = TypeVar("T")
_REPORTED = "report it with the page, at the address in SECURITY.md or as an issue; the rest of the record is complete"
SHARD = 32
"""Items whose outcome is kept by one transaction."""


class Page(msgspec.Struct, frozen=True):
    """What the cleaning of a capture gave: its reports, and whatever there is to say about it."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    failed: bool = False


class Coded(msgspec.Struct, frozen=True):
    """What the coding of a report gave."""

    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = ()
    failed: bool = False


class Items:
    """The steps on single items, for one making; the steps that dateline has are done by `crew`, if there is one.

    `reports`: how many were cleaned.
    """

    def __init__(
        self,
        steps: Steps,
        packs: Packs,
        archive: Archive,
        database: Database,
        *,
        version: str,
        crew: Crew | None = None,
    ) -> None:
        self._steps, self._packs, self._archive, self._database = steps, packs, archive, database
        self._version, self._crew = version, crew
        self._failed: dict[str, Page | Coded] = {}
        self.reports = 0

    def clean(self, captures: Iterable[Kept]) -> Iterator[None]:
        """Cleans captures and keeps what came out, shard by shard; goes on by one step for each."""
        crew = self._crew if self._steps.cleans_as_usual else None
        if crew is None:
            return self._stage("clean", captures, self._clean_key, lambda wanted: map(self._clean, wanted))
        return self._stage("clean", captures, self._clean_key, lambda wanted: self._clean_all(wanted, crew))

    def code(self, reports: Iterable[Report]) -> Iterator[None]:
        """Codes and grounds reports and keeps what came out, shard by shard; goes on by one step for each."""
        crew = self._crew if self._steps.codes_as_usual else None
        if crew is None:
            return self._stage("code", reports, self._code_key, lambda wanted: map(self._code, wanted))
        return self._stage("code", reports, self._code_key, lambda wanted: self._code_all(wanted, crew))

    def page(self, kept: Kept) -> Page:
        """What came out of a capture."""
        return self._kept("clean", self._clean_key(kept), Page) or self._clean(kept)

    def coded(self, report: Report) -> Coded:
        """What came out of a report; of others, what it copies and is a version of play no part."""
        return self._kept("code", self._code_key(report), Coded) or self._code(report)

    # ------------------------------------------------------------ kept until all of it is in the record
    def _stage(
        self,
        step: str,
        items: Iterable[T],
        key: Callable[[T], str],
        make: Callable[[Iterator[T]], Iterator[Page | Coded]],
    ) -> Iterator[None]:
        names: deque[str] = deque()
        wanted = self._wanted(step, items, key, names)
        shard: list[tuple[str, bytes]] = []
        for made in make(wanted):
            name = names.popleft()
            self.reports += len(made.reports) if isinstance(made, Page) else 0
            if made.failed:
                self._failed[name] = made
            else:
                shard.append((name, msgspec.json.encode(made)))
            if len(shard) == SHARD:
                self._database.cache(step, shard, self._version)
                shard = []
            yield
        self._database.cache(step, shard, self._version)

    def _wanted(self, step: str, items: Iterable[T], key: Callable[[T], str], names: deque[str]) -> Iterator[T]:
        """Those of the items that are not done yet; their names are put behind `names`."""
        for item in items:
            name = key(item)
            if not self._database.is_cached(step, name):
                names.append(name)
                yield item

    def _kept(self, step: str, key: str, kind: type[T]) -> T | None:
        failed = self._failed.get(key)
        return failed if isinstance(failed, kind) else self._database.cached(step, key, kind)

    def _clean_key(self, kept: Kept) -> str:
        return digest(self._version, kept.sha256, msgspec.json.encode((kept.source, kept.given, kept.origin)))

    def _code_key(self, report: Report) -> str:
        return digest(self._version, msgspec.json.encode(alone(report)))

    # ------------------------------------------------------------ done
    def _clean_all(self, captures: Iterator[Kept], crew: Crew) -> Iterator[Page]:
        """Cleans by the crew, which goes ahead with others while one is put down; what cannot be loaded is a problem."""
        damaged: dict[int, Problem] = {}
        sent: deque[Kept] = deque()

        def loaded() -> Iterator[Capture]:
            for number, kept in enumerate(captures):
                sent.append(kept)
                capture = attempt("clean", kept.source, lambda kept=kept: self._archive.load(kept))  # type: ignore[misc]
                if isinstance(capture, Problem):
                    damaged[number] = capture
                    capture = _nothing_of(kept)
                yield capture

        for number, found in enumerate(crew.clean(loaded())):
            problem = damaged.pop(number, None) or (found if isinstance(found, Problem) else None)
            kept = sent.popleft()
            yield Page((), (problem,), _is_failure(problem)) if problem else _page(found, kept)  # type: ignore[arg-type]

    def _code_all(self, reports: Iterator[Report], crew: Crew) -> Iterator[Coded]:
        sent: deque[Report] = deque()

        def given() -> Iterator[Report]:
            for report in reports:
                sent.append(report)
                yield alone(report)

        for found in crew.code(given()):
            report = sent.popleft()
            problem = found if isinstance(found, Problem) else None
            yield Coded((), (problem,), _is_failure(problem)) if problem else _coded(found, report)  # type: ignore[arg-type]

    def _clean(self, kept: Kept) -> Page:
        found = attempt("clean", kept.source, lambda: self._cleaned(kept))
        return Page((), (found,), failed=True) if isinstance(found, Problem) else _page(found, kept)

    def _cleaned(self, kept: Kept) -> Cleaned:
        return self._steps.clean(self._archive.load(kept), self._packs)

    def _code(self, report: Report) -> Coded:
        found = attempt("code", report.source, lambda: self._claims(alone(report)))
        return Coded((), (found,), failed=True) if isinstance(found, Problem) else _coded(found, report)

    def _claims(self, report: Report) -> Sequence[Claim]:
        return self._steps.ground(self._steps.code(report, self._packs), report, self._packs)


def _is_failure(problem: Problem) -> bool:
    """Whether a step raised, or bytes were damaged: it is tried again. What takes too long would take too long again."""
    return problem.code.startswith("could-not-") or problem.code == "capture-damaged"


def _nothing_of(kept: Kept) -> Capture:
    """What is sent in the place of a capture whose bytes are gone."""
    return Capture(kept.sha256, kept.source, b"", kept.given, None)


def alone(report: Report) -> Report:
    """A report without what others make of it."""
    return replace(report, wire=None, copy_of=None, version_of=None)


def _page(found: Cleaned, kept: Kept) -> Page:
    """The reports of a capture, each with an id of its own. A capture with neither report nor problem is a problem."""
    by_id: dict[str, Report] = {}
    problems = [*found.problems, *found.notes]
    for report in found.reports:
        if by_id.setdefault(report.id, report) is not report:
            hint = "give the items of the file ids of their own"
            problems.append(Problem("same-id-twice", report.source, "another report has the same id", hint))
    if not by_id and not problems:
        problems.append(Problem("nothing-found", kept.source, "no report was found in it", "look at the page"))
    return Page(tuple(by_id.values()), tuple(problems))


def _coded(claims: Sequence[Claim], report: Report) -> Coded:
    """The claims whose evidence the text does say; the others are problems."""
    hint = "the coder is at fault: its evidence must be characters of the text"
    checked = {claim.id: (claim, verify_claim(claim, report)) for claim in claims}
    wrong = [replace(one, code="claim-refused", hint=hint) for _, found in checked.values() for one in found]
    return Coded(tuple(claim for claim, found in checked.values() if not found), tuple(wrong))


def noted(sha256: str, problems: Iterable[Problem]) -> list[Noted]:
    """Problems as those of a capture."""
    return [Noted(sha256, problem) for problem in problems]


def attempt(step: str, source: str, make: Callable[[], T]) -> T | Problem:
    """What `make` gives, or the problem that it raised: whatever one page brings about ends here."""
    try:
        return make()
    except PackError:
        raise  # the user's packs are at fault, not this page
    except RecordError as error:
        hint = "read its source again, or restore the file from a copy"
        return Problem("capture-damaged", source, str(error), hint)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return Problem(f"could-not-{step}", source, message, _REPORTED)

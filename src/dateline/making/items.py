"""One step on one item: looked up if it was done before the run was stopped, and its failure turned into a problem.

This is what a making does around `clean`, `code` and `ground`, so that one bad page never stops a run and is never
lost. The one broad `except` of dateline is here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ParamSpec, TypeVar

import msgspec

from dateline.knowledge.packs import PackError, Packs
from dateline.steps import Cleaned, Steps
from dateline.store import RecordError
from dateline.store.archive import Archive, Kept
from dateline.store.rows import Noted
from dateline.store.sqlite import Database
from dateline.text import digest, verify_claim
from dateline.types import Claim, Problem, Report
from dateline.working import Crew
from dateline.working.work import raised

T = TypeVar("T")
F = TypeVar("F")
M = TypeVar("M")
P = ParamSpec("P")
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
        return self._stage("clean", captures, self._clean_key, self._cleaned, _page)

    def code(self, reports: Iterable[Report]) -> Iterator[None]:
        """Codes and grounds reports and keeps what came out, shard by shard; goes on by one step for each."""
        return self._stage("code", reports, self._code_key, self._claims, _coded)

    def page(self, kept: Kept) -> Page:
        """What came out of a capture."""
        return self._kept("clean", self._clean_key(kept), Page) or self._one(kept, self._cleaned, _page)

    def coded(self, report: Report) -> Coded:
        """What came out of a report; of others, what it copies and is a version of play no part."""
        return self._kept("code", self._code_key(report), Coded) or self._one(report, self._claims, _coded)

    # ------------------------------------------------------------ kept until all of it is in the record
    def _stage(
        self,
        step: str,
        items: Iterable[T],
        key: Callable[[T], str],
        do: Callable[[Iterator[T]], Iterator[F | Problem]],
        made_of: Callable[[F | Problem, T], Page | Coded],
    ) -> Iterator[None]:
        """Does a step on those of the items that it was not done on; the crew goes ahead while one is put down."""
        ahead: deque[tuple[str, T]] = deque()
        shard: list[tuple[str, bytes]] = []
        for found in do(self._wanted(step, items, key, ahead)):
            name, item = ahead.popleft()
            made = made_of(found, item)
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

    def _wanted(
        self, step: str, items: Iterable[T], key: Callable[[T], str], ahead: deque[tuple[str, T]]
    ) -> Iterator[T]:
        """Those of the items that are not done yet, which are put behind `ahead` with their names."""
        for item in items:
            name = key(item)
            if not self._database.is_cached(step, name):
                ahead.append((name, item))
                yield item

    def _one(
        self, item: T, do: Callable[[Iterator[T]], Iterator[F | Problem]], made_of: Callable[[F | Problem, T], M]
    ) -> M:
        [found] = do(iter([item]))
        return made_of(found, item)

    def _kept(self, step: str, key: str, kind: type[T]) -> T | None:
        failed = self._failed.get(key)
        return failed if isinstance(failed, kind) else self._database.cached(step, key, kind)

    def _clean_key(self, kept: Kept) -> str:
        return digest(self._version, kept.sha256, msgspec.json.encode((kept.source, kept.given, kept.origin)))

    def _code_key(self, report: Report) -> str:
        return digest(self._version, msgspec.json.encode(alone(report)))

    # ------------------------------------------------------------ done
    def _cleaned(self, captures: Iterator[Kept]) -> Iterator[Cleaned | Problem]:
        loaded = (attempt("clean", kept.source, self._archive.load, kept) for kept in captures)
        if self._crew is not None and self._steps.cleans_as_usual:
            return self._crew.clean(loaded)
        return (
            one if isinstance(one, Problem) else attempt("clean", one.source, self._steps.clean, one, self._packs)
            for one in loaded
        )

    def _claims(self, reports: Iterator[Report]) -> Iterator[Sequence[Claim] | Problem]:
        if self._crew is not None and self._steps.codes_as_usual:
            return self._crew.code(map(alone, reports))
        return (attempt("code", report.source, self._code, alone(report)) for report in reports)

    def _code(self, report: Report) -> Sequence[Claim]:
        return self._steps.ground(self._steps.code(report, self._packs), report, self._packs)


def _is_failure(problem: Problem) -> bool:
    """Whether a step raised, or bytes were damaged: it is tried again. What takes too long would take too long again."""
    return problem.code.startswith("could-not-") or problem.code == "capture-damaged"


def alone(report: Report) -> Report:
    """A report without what others make of it."""
    return replace(report, wire=None, copy_of=None, version_of=None)


def _page(found: Cleaned | Problem, kept: Kept) -> Page:
    """The reports of a capture, each with an id of its own. A capture with neither report nor problem is a problem."""
    if isinstance(found, Problem):
        return Page((), (found,), _is_failure(found))
    by_id: dict[str, Report] = {}
    problems = [*found.problems, *found.notes]
    for report in found.reports:
        if by_id.setdefault(report.id, report) is not report:
            hint = "give the items of the file ids of their own"
            problems.append(Problem("same-id-twice", report.source, "another report has the same id", hint))
    if not by_id and not problems:
        problems.append(Problem("nothing-found", kept.source, "no report was found in it", "look at the page"))
    return Page(tuple(by_id.values()), tuple(problems))


def _coded(claims: Sequence[Claim] | Problem, report: Report) -> Coded:
    """The claims whose evidence the text does say; the others are problems."""
    if isinstance(claims, Problem):
        return Coded((), (claims,), _is_failure(claims))
    hint = "the coder is at fault: its evidence must be characters of the text"
    checked = {claim.id: (claim, verify_claim(claim, report)) for claim in claims}
    wrong = [replace(one, code="claim-refused", hint=hint) for _, found in checked.values() for one in found]
    return Coded(tuple(claim for claim, found in checked.values() if not found), tuple(wrong))


def noted(sha256: str, problems: Iterable[Problem]) -> list[Noted]:
    """Problems as those of a capture."""
    return [Noted(sha256, problem) for problem in problems]


def attempt(step: str, source: str, make: Callable[P, T], *args: P.args, **more: P.kwargs) -> T | Problem:
    """What `make` gives, or the problem that it raised: whatever one page brings about ends here."""
    try:
        return make(*args, **more)
    except PackError:
        raise  # the user's packs are at fault, not this page
    except RecordError as error:
        hint = "read its source again, or restore the file from a copy"
        return Problem("capture-damaged", source, str(error), hint)
    except Exception as error:
        return raised(f"could-not-{step}", source, error)

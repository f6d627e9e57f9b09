"""One step on one item: looked up if its input has not changed, and its failure turned into a problem.

This is what `dateline.record` does around `clean`, `code` and `ground`, so that one bad page never stops a run and is
never lost. The one broad `except` of dateline is here.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from dateline.knowledge.packs import PackError, Packs
from dateline.steps import Steps
from dateline.store import RecordError
from dateline.store.archive import Archive, Kept
from dateline.store.rows import Noted
from dateline.store.sqlite import Database
from dateline.text import digest, verify_claim
from dateline.types import Claim, Decision, Problem, Report

T = TypeVar("T")
_REPORTED = "report it with the page, at the address in SECURITY.md or as an issue; the rest of the record is complete"


class Making:
    """One run of the steps over a record. `problems` gathers what could not be used; `failed`: a step raised."""

    def __init__(self, steps: Steps, packs: Packs, archive: Archive, database: Database) -> None:
        self._steps, self._packs, self._archive, self._database = steps, packs, archive, database
        self.version = digest(steps.version(), packs.digest)
        self.problems: list[Noted] = []
        self.failed = False

    def made_of(
        self, kept: Sequence[Kept], unread: Sequence[Problem], decisions: Sequence[Decision], *, background: bool
    ) -> str:
        """The digest of everything that the record is a function of."""
        captures = [(one.sha256, one.source, one.given, one.origin) for one in kept]
        return digest(self.version, msgspec.json.encode((captures, unread, decisions, background)))

    def clean(self, kept: Kept) -> tuple[Report, ...]:
        """The reports of a capture. A capture with neither report nor problem is itself a problem."""
        key = digest(self.version, kept.sha256, msgspec.json.encode((kept.source, kept.given, kept.origin)))
        found = self._cached("clean", key, _Cleaned, kept.sha256, kept.source, lambda: self._clean(kept))
        if found is None:
            return ()
        self.problems += [Noted(kept.sha256, problem) for problem in found.problems]
        if not found.reports and not found.problems:
            self._note(kept.sha256, "nothing-found", kept.source, "no report was found in it", "look at the page")
        return found.reports

    def code_and_ground(self, report: Report) -> tuple[Claim, ...]:
        """The claims of a report, each with evidence that its text does say; what others copy of it plays no part."""
        alone = replace(report, wire=None, copy_of=None, version_of=None)
        key = digest(self.version, msgspec.json.encode(alone))
        found = self._cached("code", key, tuple[Claim, ...], report.sha256, report.source, lambda: self._code(alone))
        return tuple(claim for claim in found or () if self._verified(claim, report))

    def collapse(self, reports: Sequence[Report]) -> list[Report]:
        """The reports, each with its wire, by id; those that the index of stories knows are not compared again."""
        marks = {report.id: digest(self.version, msgspec.json.encode(report)) for report in reports}
        with self._database.wires(marks) as index:
            return sorted(self._steps.collapse(reports, index), key=lambda report: report.id)

    def unique(self, reports: Iterable[Report]) -> list[Report]:
        """`reports` by id; a second one of the same id, which no store could hold, becomes a problem."""
        by_id: dict[str, Report] = {}
        for report in reports:
            if by_id.setdefault(report.id, report) is not report:
                hint = "give the items of the file ids of their own"
                self._note(report.sha256, "same-id-twice", report.source, "another report has the same id", hint)
        return [by_id[key] for key in sorted(by_id)]

    def _clean(self, kept: Kept) -> _Cleaned:
        cleaned = self._steps.clean(self._archive.load(kept), self._packs)
        return _Cleaned(tuple(cleaned.reports), (*cleaned.problems, *cleaned.notes))

    def _code(self, report: Report) -> tuple[Claim, ...]:
        claims = self._steps.ground(self._steps.code(report, self._packs), report, self._packs)
        return tuple({claim.id: claim for claim in claims}.values())

    def _cached(self, step: str, key: str, kind: type[T], sha256: str, source: str, make: Callable[[], T]) -> T | None:
        known = self._database.cached(step, key, kind)
        if known is not None:
            return known
        made = attempt(step, source, lambda: _Made(value := make(), msgspec.json.encode(value)))
        if isinstance(made, Problem):
            self.failed = True
            self.problems.append(Noted(sha256, made))
            return None
        self._database.cache(step, key, made.raw, self.version)
        return made.value

    def _verified(self, claim: Claim, report: Report) -> bool:
        wrong = verify_claim(claim, report)
        hint = "the coder is at fault: its evidence must be characters of the text"
        self.problems += [Noted(report.sha256, replace(one, code="claim-refused", hint=hint)) for one in wrong]
        return not wrong

    def _note(self, sha256: str, code: str, where: str, message: str, hint: str) -> None:
        self.problems.append(Noted(sha256, Problem(code, where, message, hint)))


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


@dataclass(frozen=True, slots=True)
class _Made(Generic[T]):
    """What a step gave, and as JSON."""

    value: T
    raw: bytes


class _Cleaned(msgspec.Struct, frozen=True):
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]

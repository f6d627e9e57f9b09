"""What of the input could not be used, a page at a time, and the sum of what came in."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.store.rows import Noted
from dateline.store.sqlite import Database
from dateline.types import NOTES, Problem

_NOTES = ", ".join(f"'{code}'" for code in sorted(NOTES))
UNREAD = "unread"
"""What a problem of a file that could not be read at all is of."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What came in: captures and files that could not be read; of the captures some gave reports, some but a problem."""

    captures: int
    unread: int
    reports: int
    with_report: int
    with_problem_alone: int

    @property
    def all(self) -> int:
        """All that came in."""
        return self.captures + self.unread

    @property
    def with_neither(self) -> int:
        """Captures with neither a report nor a problem: an empty table, a feed without items."""
        return self.captures - self.with_report - self.with_problem_alone


@dataclass(frozen=True, slots=True)
class CodeCount:
    """A code of problems and how many there are of it; a note says how something was understood, and nothing was lost."""

    code: str
    problems: int
    is_note: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A problem with its number, by which a list goes on behind it."""

    number: int
    noted: Noted


class ProblemList:
    """The problems of the record that `database` is of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def inputs(self) -> Inputs:
        """The sum of what came in."""
        alone = f"""
            SELECT count(DISTINCT sha256) FROM problems
            WHERE sha256 NOT NULL AND code NOT IN ({_NOTES})
              AND NOT EXISTS (SELECT 1 FROM reports WHERE reports.sha256 = problems.sha256)
        """
        unread = f"SELECT count(*) FROM problems WHERE of = '{UNREAD}' AND of <> 'capture'"
        return Inputs(
            captures=self._number("SELECT count(*) FROM captures"),
            unread=self._number(unread),
            reports=self._number("SELECT count(*) FROM reports"),
            with_report=self._number("SELECT count(DISTINCT sha256) FROM reports"),
            with_problem_alone=self._number(alone),
        )

    def codes(self) -> list[CodeCount]:
        """The codes, the commonest first, those of notes last."""
        sql = "SELECT code, count(*) FROM problems GROUP BY code ORDER BY 2 DESC, 1"
        counts = [CodeCount(code, number, code in NOTES) for code, number in self._database.told(sql)]
        return sorted(counts, key=lambda count: count.is_note)

    def page(self, limit: int, *, code: str | None = None, after: int = 0) -> list[Listed]:
        """At most `limit` problems behind a number, of a code or all."""
        test, given = ("AND code = ?", (code,)) if code is not None else ("", ())
        sql = f"""
            SELECT rowid, sha256, of, code, "where", message, hint FROM problems
            WHERE rowid > ? {test} ORDER BY rowid LIMIT ?
        """
        rows = self._database.told(sql, (after, *given, limit))
        return [Listed(number, Noted(sha256, Problem(*rest), of)) for number, sha256, of, *rest in rows]

    def _number(self, sql: str) -> int:
        ((number,),) = self._database.told(sql)
        return int(number)

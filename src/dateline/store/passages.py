"""The words of the reports by passage, to be searched: the tables `passages` and `passage_words` of schema.sql.

What an event, a claim and a report are found by is one index: the words of passages. A claim knows the one that tells it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.store.tables import Tables
from dateline.text import writable
from dateline.types import Claim, Report

TABLES = ("passages", "passage_words")
TITLE = -1
"""Where a title begins: before the text."""


class Passages(Tables):
    """The passages of the reports of a record."""

    def replace(self, report: Report) -> None:
        """Keeps the words of a report in the place of those that it had."""
        self.drop(report.id)
        for start, words in _passages(report):
            ((number,),) = self._ask(
                "INSERT INTO passages (report, start) VALUES (?, ?) RETURNING number", report.id, start
            )
            self._put("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", [(number, words)])

    def drop(self, report: str) -> None:
        """Forgets the words of a report."""
        numbers = self._ask("SELECT number FROM passages WHERE report = ?", report)
        self._put("DELETE FROM passage_words WHERE rowid = ?", numbers)
        self._put("DELETE FROM passages WHERE number = ?", numbers)

    def of(self, claim: Claim) -> int | None:
        """The passage that tells a claim; null where its report has no words."""
        start = next((one.start for one in claim.evidence if one.field == "type"), 0)
        sql = "SELECT number FROM passages WHERE report = ? AND start <= ? ORDER BY start DESC LIMIT 1"
        return next((int(number) for (number,) in self._ask(sql, claim.report, start)), None)


def _passages(report: Report) -> Iterator[tuple[int, str]]:
    """Where passages begin, and their words; a text that was not cut is one passage."""
    if report.title:
        yield TITLE, _plain(report.title)
    cuts = [(one.start, one.end) for one in report.passages] or [(0, len(report.text))]
    for start, end in cuts:
        if report.text[start:end].strip():
            yield start, _plain(report.text[start:end])


def _plain(words: str) -> str:
    """`words` as SQLite takes them: what UTF-8 cannot write is spelled out, and NUL, which would end them, is a blank."""
    return writable(words).replace("\x00", " ")

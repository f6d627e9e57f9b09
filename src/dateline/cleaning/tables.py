"""Tables as text (.csv, .tsv): separated by commas, semicolons, tabs or bars; cells in quotes may hold lines.

A row with too few or too many cells costs that row. A quotation mark that is never closed would swallow all rows after
it: where the next line is a row of its own, reading goes on there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.cleaning.columns import Row, key_of
from dateline.cleaning.decode import Decoded
from dateline.cleaning.draft import Sources
from dateline.cleaning.items import MAX_ITEMS, Found, Table, bad_row, drafts_of, too_many
from dateline.types import Capture, Problem

_MAX_CELL = 1_000_000
"""Characters of the longest cell that is taken; a report is cut at 400,000."""
_MAX_LINES = 20_000
"""Lines that one row may run over."""
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.I)
"""The line by which spreadsheets say how a file is separated."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A row as it was read from `line` on (from 0), over so many `lines`; `wrong`: why it is none.

    A `loose` one breaks the rules of quotation marks, and may have swallowed others.
    """

    cells: list[str]
    line: int
    lines: int
    wrong: str | None = None
    loose: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be no row, or more than one."""
        return self.loose or self.wrong is not None


def clean_table(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each row of a CSV or TSV file."""
    text, delimiter = _separated(decoded.text, capture.source)
    rows = _rows(text.split("\n"), delimiter)
    header = next(rows, None)
    if header is None:
        return [], []
    problems: list[Problem] = []
    kept: list[Row] = []
    keys = [key_of(name) for name in header.cells]
    for row in rows:
        if row.wrong is not None:
            problems.append(bad_row(capture.source, row.line + 1, row.wrong))
        elif len(kept) < MAX_ITEMS:
            kept.append(dict(reversed([*zip(keys, row.cells, strict=False)])))
        else:
            problems.append(too_many(capture.source))
            break
    return drafts_of(Table(header.cells, kept), capture, sources, problems)


def _separated(text: str, source: str) -> tuple[str, str]:
    """The text and what separates its cells: what it says itself, tabs by the suffix, or the commonest in its first line."""
    said = _SEPARATOR_LINE.match(text)
    if said is not None:
        # A blank line keeps the numbers of the lines.
        return text[said.end() - 1 :], said.group(1)
    if ".tsv" in source.lower().rsplit("/", 1)[-1]:
        return text, "\t"
    first = next((line for line in text.split("\n", 50)[:50] if line.strip()), "")
    return text, max(",;\t|", key=first.count)


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[_Parsed]:
    """The rows that have a cell: the header, then each of as many cells as it, or with what is wrong with it."""
    csv.field_size_limit(_MAX_CELL)
    at, width = 0, 0
    while at < len(lines):
        row = _row(lines, at, delimiter, width)
        if row.is_doubtful and row.lines > 1 and not _row(lines, at + 1, delimiter, width).is_doubtful:
            row = _Parsed(row.cells, at, 1, "a quotation mark is not closed")
        at += row.lines
        if row.wrong is not None or any(cell.strip() for cell in row.cells):
            width = width or len(row.cells)
            yield row


def _row(lines: Sequence[str], at: int, delimiter: str, width: int) -> _Parsed:
    """The row that begins with line `at`, and what is wrong with it if it is not `width` cells wide (0: any)."""
    try:
        cells, used, loose = *_read(lines, at, delimiter, strict=True), False
    except csv.Error:
        try:
            cells, used, loose = *_read(lines, at, delimiter, strict=False), True
        except csv.Error as error:
            return _Parsed([], at, 1, str(error))
    while width and len(cells) > width and not cells[-1].strip():
        cells.pop()
    if not width or len(cells) == width or not any(cell.strip() for cell in cells):
        return _Parsed(cells, at, used, loose=loose)
    return _Parsed(cells, at, used, f"the row has {len(cells)} cells, the header {width}", loose)


def _read(lines: Sequence[str], at: int, delimiter: str, *, strict: bool) -> tuple[list[str], int]:
    """The cells of the row that begins with line `at`, and how many lines it runs over. Raises `csv.Error`."""
    ahead = (f"{lines[n]}\n" for n in range(at, min(len(lines), at + _MAX_LINES)))
    reader = csv.reader(ahead, delimiter=delimiter, strict=strict)
    return next(reader, []), max(1, reader.line_num)

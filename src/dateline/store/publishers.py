"""Publishers as a record knows them: how much each printed, what it copied from whom, what it told first, and its gaps.

A `Publishers` is a value: it is of one revision of the record and never changes. Reading it takes a part of a second for
some hundred thousand reports, so that whoever shows it to people keeps it. No report is decoded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.store.rows import REPORT, report_of
from dateline.store.sqlite import Database
from dateline.store.tables import listed
from dateline.types import NOTES, Report

Numbers = NDArray[np.int64]
_DAY = "coalesce(day, substr(start, 1, 10), '')"
"""Of a report, as schema.sql has it in its indexes."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a report, the first and the last of them (ISO), and how many they are."""

    first: str
    last: str
    days: int


@dataclass(frozen=True, slots=True)
class Publisher:
    """What a record has of one publisher (`name` null: of reports that name none).

    `copies` of its reports are copies, `copied` are copied by others. `told_first`: events that it told on the first day
    on which any report did; `told_alone`: that no other publisher told. `silent`: days between its first and its last
    report on which it has none. `undated`: reports without a day.
    """

    name: str | None
    reports: int
    copies: int
    copied: int
    agencies: Mapping[str, int]
    languages: Mapping[str, int]
    first: str | None
    last: str | None
    undated: int
    silent: int
    longest: Gap | None
    events: int
    told_first: int
    told_alone: int
    problems: int


@dataclass(frozen=True, slots=True)
class Publishers:
    """All publishers of a record, that of the most reports first; `copied`: who copies whom, in how many reports."""

    revision: str
    all: tuple[Publisher, ...]
    copied: Mapping[tuple[str | None, str | None], int]

    def named(self, name: str | None) -> Publisher | None:
        """The publisher of a name; null: the record has none."""
        return next((one for one in self.all if one.name == name), None)

    def copies_from(self, name: str | None) -> list[tuple[str | None, int]]:
        """Whom a publisher copies, each in how many reports, the commonest first."""
        return _ranked({original: count for (copier, original), count in self.copied.items() if copier == name})

    def copied_by(self, name: str | None) -> list[tuple[str | None, int]]:
        """Who copies a publisher, each in how many reports, the commonest first."""
        return _ranked({copier: count for (copier, original), count in self.copied.items() if original == name})


def _ranked(counts: Mapping[str | None, int]) -> list[tuple[str | None, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or ""))


def reports_of(
    database: Database, publisher: str | None, limit: int, *, before: tuple[str, str] | None = None
) -> list[Report]:
    """The reports of a publisher, the newest first, at most `limit`; `before`: day and id of one that they come behind."""
    behind = f"AND ({_DAY}, id) < (?, ?)" if before else ""
    sql = f"SELECT {REPORT} FROM reports WHERE publisher IS ? {behind} ORDER BY {_DAY} DESC, id DESC LIMIT ?"
    return [report_of(row) for row in database.told(sql, (publisher, *(before or ()), limit))]


def events_told(database: Database, reports: Sequence[str]) -> dict[str, int]:
    """Report -> how many events it tells."""
    sql = """
        SELECT report, count(DISTINCT event) FROM claims
        WHERE report IN (SELECT value FROM json_each(?)) AND event NOT NULL GROUP BY report
    """
    return dict(database.told(sql, (listed(reports),)))


def day_of(report: Report) -> str:
    """The day by which `reports_of` sorts a report: '' where it has none."""
    return (report.published.start or "")[:10]


# ---------------------------------------------------------------- read from a database
def read_publishers(database: Database) -> Publishers:
    """The publishers of the record as it is."""
    sql = f"SELECT publisher, {_DAY}, id, copy_of, agency, language FROM reports INDEXED BY reports_by_publisher"
    rows = database.told(sql)
    at = {report: row for row, (_, _, report, *_) in enumerate(rows)}
    told = _told(database, at, rows)
    copied = Counter(
        (publisher, rows[at[original]][0])
        for publisher, _, _, original, *_ in rows
        if original is not None and original in at
    )
    originals = {original for *_, original, _, _ in rows if original is not None}
    by_name: defaultdict[str | None, list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        by_name[row[0]].append(row)
    problems = _problems(database)
    found = (
        _publisher(name, own, originals, told.get(name, _NOTHING), problems.get(name, 0))
        for name, own in by_name.items()
    )
    ordered = sorted(found, key=lambda one: (-one.reports, one.name is None, one.name or ""))
    return Publishers(database.revision(), tuple(ordered), copied)


@dataclass(frozen=True, slots=True)
class _Told:
    """How many events a publisher told, told on their first day, told alone."""

    events: int
    first: int
    alone: int


_NOTHING = _Told(0, 0, 0)


def _publisher(
    name: str | None, rows: Sequence[Sequence[Any]], originals: set[str], told: _Told, problems: int
) -> Publisher:
    days = sorted({day for _, day, *_ in rows if day})
    gaps = [gap for one, other in pairwise(days) if (gap := _gap(one, other)) is not None]
    return Publisher(
        name=name,
        reports=len(rows),
        copies=sum(row[3] is not None for row in rows),
        copied=sum(row[2] in originals for row in rows),
        agencies=dict(Counter(row[4] for row in rows if row[4]).most_common()),
        languages=dict(Counter(row[5] for row in rows if row[5]).most_common()),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        undated=sum(not row[1] for row in rows),
        silent=sum(gap.days for gap in gaps),
        longest=max(gaps, key=lambda gap: gap.days, default=None),
        events=told.events,
        told_first=told.first,
        told_alone=told.alone,
        problems=problems,
    )


def _gap(one: str, other: str) -> Gap | None:
    """The days between two days; null where there is none, or a day that no calendar has."""
    try:
        first, last = np.datetime64(one, "D") + 1, np.datetime64(other, "D") - 1
    except ValueError:
        return None
    days = int((last - first).astype(int)) + 1
    return Gap(str(first), str(last), days) if days > 0 else None


def _told(database: Database, at: Mapping[str, int], rows: Sequence[Sequence[Any]]) -> dict[str | None, _Told]:
    """What each publisher told, by its name."""
    numbers: dict[str | None, int] = {}
    publishers = np.array([numbers.setdefault(row[0], len(numbers)) for row in rows], dtype=np.int64)
    ordinals = {day: _ordinal(day) for day in {row[1] for row in rows}}
    days = np.array([ordinals[row[1]] for row in rows], dtype=np.int64)
    held = database.told("SELECT event, report FROM claims INDEXED BY claims_of_event WHERE event NOT NULL")
    events: dict[str, int] = {}
    pairs = [(events.setdefault(event, len(events)), at[report]) for event, report in held if report in at]
    if not pairs:
        return {}
    event, report = np.array(pairs, dtype=np.int64).T
    first = _first_days(event, days[report], len(events))
    teller = np.unique(np.stack([event, publishers[report]], axis=1), axis=0)
    on_first = (days[report] == first[event]) & (days[report] != _LATEST)
    early = np.unique(np.stack([event, publishers[report]], axis=1)[on_first], axis=0)
    alone = np.bincount(teller[:, 0], minlength=len(events))[teller[:, 0]] == 1
    counts = (np.bincount(some, minlength=len(numbers)) for some in (teller[:, 1], early[:, 1], teller[alone, 1]))
    return {name: _Told(*told) for name, told in zip(numbers, zip(*map(_whole, counts), strict=True), strict=True)}


_LATEST = 1 << 40
"""The day of what has none: it comes behind all days."""


def _whole(counts: NDArray[Any]) -> list[int]:
    return [int(count) for count in counts]


def _ordinal(day: str) -> int:
    """Something that sorts days as they come: '2020-01-04' is 20200104."""
    digits = day.replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isascii() and digits.isdigit() else _LATEST


def _first_days(event: Numbers, days: Numbers, size: int) -> Numbers:
    first = np.full(size, _LATEST, dtype=np.int64)
    np.minimum.at(first, event, days)
    return first


def _problems(database: Database) -> dict[str | None, int]:
    """How many problems the captures of each publisher have; of a capture without a report whose its finder said it is."""
    notes = ", ".join(f"'{code}'" for code in sorted(NOTES))
    sql = f"""
        SELECT coalesce((SELECT publisher FROM reports WHERE reports.sha256 = problems.sha256 LIMIT 1), captures.publisher),
               count(*)
        FROM problems JOIN captures ON captures.sha256 = problems.sha256 WHERE code NOT IN ({notes}) GROUP BY 1
    """
    return dict(database.told(sql))

"""date: give a report without a day of publication the day that the record settles.

'Thousands marched on Wednesday evening, police said Thursday' names no date. If dated reports tell of the same march
on the night of 9 June 2021, a Wednesday, then Thursday is the 10th, and that is the report's day. Only one day may
fit: two candidates, a copy from before that day, or a later day in the report's own text leave it open.

A day found so is marked as inferred and is never evidence for another report. It is a function of reports and claims
alone: a report that is added can settle the day of an earlier one, and one that is taken away unsettles it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dateline.dating.naming import NamedDays, days_named, days_named_in, newest_day
from dateline.dating.ties import Key, Witness, is_news, keys, may_be_one, ties, witness_of
from dateline.knowledge.packs import Packs
from dateline.language.times import TimeGrammar
from dateline.types import Basis, Claim, Published, Report

__all__ = ["date", "ties"]

_AHEAD = 60
"""Days within which a later day of the report's own text is taken for one that it looks back on."""


def date(reports: Iterable[Report], claims: Iterable[Claim], knowledge: Packs) -> list[Report]:
    """`reports` in their order, those without a day with the one that `claims` of all reports settle, if any."""
    given = list(reports)
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if is_news(claim):
            told[claim.report].append(claim)
    dating = _Dating({r.id: r for r in given}, told, TimeGrammar.load(knowledge))
    return [dating.dated(report) if report.published.start is None else report for report in given]


class _Dating:
    """The evidence of a record: its reports, the claims that each tells as news, and those among them that name a day."""

    def __init__(self, reports: Mapping[str, Report], told: Mapping[str, list[Claim]], grammar: TimeGrammar) -> None:
        self._reports, self._told, self._grammar = reports, told, grammar
        self._witnesses: defaultdict[Key, list[Witness]] = defaultdict(list)
        for report in (reports[key] for key in sorted(told.keys() & reports.keys())):
            for witness in (found for claim in told[report.id] if (found := witness_of(claim, report)) is not None):
                for key in keys(witness.claim, report):
                    self._witnesses[key].append(witness)

    def dated(self, report: Report) -> Report:
        """The report with its day, if the evidence leaves exactly one."""
        days = set(self._candidates(report))
        if len(days) != 1 or self._contradicted(report, *days):
            return report
        day = days.pop().isoformat()
        return replace(report, published=Published(day, day, Basis.INFERRED))

    def _candidates(self, report: Report) -> Iterator[datetime.date]:
        """A day of publication for each day that a dated claim of the same event gives to a claim of this report."""
        for claim in self._told.get(report.id, ()):
            named = days_named(claim, self._grammar)
            days = (newest_day(report, day, named) for day in self._days_of(claim, report, named))
            yield from (day for day in days if day is not None)

    def _days_of(self, claim: Claim, report: Report, named: NamedDays) -> Iterator[datetime.date]:
        """The days of an event that `claim` names without a year or week: its own full date, or what others tell."""
        near = (witness for key in keys(claim, report) for witness in self._witnesses.get(key, ()))
        for witness in near if named.any else ():
            fitting = [day for day in dict.fromkeys((witness.first, witness.last)) if named.fit(day)]
            if len(fitting) == 1 and may_be_one(claim, report, witness):
                yield fitting[0]

    def _contradicted(self, report: Report, day: datetime.date) -> bool:
        """Whether the report itself, its original, a copy or another capture of its page says otherwise."""
        if any(0 < (named - day).days <= _AHEAD for named in days_named_in(report, day, self._grammar)):
            return True
        return any(_says_otherwise(report, day, other) for other in self._reports.values())


def _says_otherwise(report: Report, day: datetime.date, other: Report) -> bool:
    """Nothing is printed before its original, and one address has one day."""
    same_page = report.url is not None and other.url == report.url
    if other.published.start is None or not (same_page or report.copy_of == other.id or other.copy_of == report.id):
        return False
    published = datetime.date.fromisoformat(other.published.start[:10])
    if same_page:
        return published != day
    return published > day if report.copy_of == other.id else published < day

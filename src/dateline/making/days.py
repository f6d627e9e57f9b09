"""Days of undated reports, as the others settle them: looked at again when what can settle or contradict them changed."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.knowledge.packs import Packs
from dateline.making.before import Before
from dateline.making.items import Items, noted
from dateline.steps import Steps
from dateline.store.shelf import Shelf
from dateline.types import Claim, Report

MOST_WITNESSES = 200
"""Claims looked at for each key: where more tell of the like, they do not settle one day."""


class Days:
    """The undated reports of one making. `changed`: those that have another day now; `dropped`: claims they had."""

    def __init__(self, shelf: Shelf, steps: Steps, packs: Packs, items: Items, before: Before) -> None:
        self._shelf, self._steps, self._packs, self._items, self._before = shelf, steps, packs, items, before
        self.changed: set[str] = set()
        self.dropped: set[str] = set()

    def settle(self, changed: Iterable[str], gone: Iterable[str]) -> None:
        """Finds the days of undated reports among `changed`, and of others that these or `gone` may settle."""
        listed = sorted(changed)
        keys = {key for report in sorted(set(gone) - set(listed)) for key in self._shelf.ties.replace(report, ())}
        for report in self._shelf.undated_form(listed):
            ties = self._steps.ties(report, self._claims(report))
            keys |= self._shelf.ties.replace(report.id, ((*tie, report.id) for tie in ties))
        asked = self._shelf.undated(listed) | self._shelf.ties.undated(keys) | self._shelf.undated_beside(listed)
        for report in self._shelf.undated_form(sorted(asked)):
            self._settle(report)

    def _settle(self, report: Report) -> None:
        [dated] = [one for one in self._dated(report) if one.id == report.id]
        day, before = dated.published.start, self._shelf.day(report.id)
        if day == before:
            return
        self._before.remember([report.id])
        self.dropped |= self._shelf.claim_ids(report.id)
        self.changed.add(report.id)
        coded = self._items.coded(dated)
        self._shelf.set_day(report.id, day)
        self._shelf.drop_claims(report.id)
        self._shelf.put_claims(coded.claims)
        self._shelf.put_problems(noted(report.sha256, coded.problems))

    def _dated(self, report: Report) -> Iterable[Report]:
        """`report` beside all that can settle its day or contradict it, dated."""
        witnesses = self._shelf.ties.witnesses(report.id, MOST_WITNESSES)
        ids = {report.id, *witnesses, *self._shelf.beside(report)}
        reports = self._shelf.undated_form(sorted(ids))
        claims = [claim for one in reports if one.id in witnesses for claim in self._shelf.coded(one.id)]
        return self._steps.date(reports, [*self._claims(report), *claims], self._packs)

    def _claims(self, report: Report) -> list[Claim]:
        """The claims of a report read without a day from others."""
        if self._shelf.day(report.id) is None:
            return self._shelf.coded(report.id)
        return list(self._items.coded(report).claims)

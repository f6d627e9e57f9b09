"""Reports put in and taken out, and what they make of each other: wires and versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from dateline.deciding.resolving import WIRES
from dateline.knowledge.packs import Packs
from dateline.making.before import Before
from dateline.making.finding import Work
from dateline.making.items import Items, Page, noted
from dateline.steps import Steps
from dateline.store.archive import Kept
from dateline.store.rows import Noted
from dateline.store.shelf import Shelf
from dateline.text import digest
from dateline.types import Decision, Report


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """A report that takes something back: whose, and the day on which it says so ('' where it has none)."""

    publisher: str
    day: str


class Tellings:
    """The reports of one making. `come`: new or changed; `gone`: these and those that went; `changed`: all that are others.

    `dropped`: claims that went with their reports. `around`: reports of whose story or page something changed.
    """

    def __init__(self, shelf: Shelf, steps: Steps, packs: Packs, items: Items, before: Before) -> None:
        self._shelf, self._steps, self._packs, self._items, self._before = shelf, steps, packs, items, before
        self.come: set[str] = set()
        self.gone: set[str] = set()
        self.changed: set[str] = set()
        self.around: set[str] = set()
        self.dropped: set[str] = set()
        self.withdrawing: set[Withdrawing] = set()
        self._spoilt = False

    # ------------------------------------------------------------ in and out
    def swap(self, work: Work) -> None:
        """Puts the reports of captures in the place of those that were there."""
        failed = set(self._shelf.failed())
        for sha256 in work.gone:
            self._take_out(self._shelf.cleaned(sha256))
            self._shelf.drop_capture(sha256)
        for kept in work.come:
            self._put_in(kept, self._items.page(kept), again=kept.sha256 in failed)
        if work.unread is not None:
            self._shelf.drop_problems(["unread"])
            self._shelf.put_problems(Noted(None, problem, "unread") for problem in work.unread)
            self._shelf.set_fact("unread", digest(msgspec.json.encode(work.unread)))

    def _put_in(self, kept: Kept, page: Page, *, again: bool) -> None:
        known = self._shelf.cleaned(kept.sha256)
        self._take_out(known.keys() - {report.id for report in page.reports})
        self._shelf.drop_problems_of(kept.sha256)
        self._shelf.put_problems(noted(kept.sha256, page.problems))
        failed = page.failed
        for report in sorted(page.reports, key=lambda report: report.id):
            raw = msgspec.json.encode(report)
            if again or known.get(report.id) != raw:
                self._take_out([report.id] if report.id in known else [])
                failed |= self._add(report, raw)
        self._shelf.put_capture(kept, failed=failed)

    def _add(self, report: Report, raw: bytes) -> bool:
        """Puts a report and its claims in; whether it could not be coded."""
        self._before.remember([report.id])
        withdraws = self._steps.withdraws(report, self._packs)
        self._shelf.put_report(report, raw, withdraws=withdraws)
        self.come.add(report.id)
        if withdraws:
            self._note_withdrawing(report)
        coded = self._items.coded(report)
        self._shelf.put_claims(coded.claims)
        self._shelf.put_problems(noted(report.sha256, coded.problems))
        return coded.failed

    def _take_out(self, ids: Iterable[str]) -> None:
        listed = sorted(ids)
        self._spoilt |= bool(listed)
        self.around |= self._shelf.related(listed)
        for report in self._shelf.reports(listed):
            self._before.remember([report.id])
            if self._steps.withdraws(report, self._packs):
                self._note_withdrawing(report)
            self.gone.add(report.id)
            self.dropped |= self._shelf.claim_ids(report.id)
            self._shelf.drop_report(report.id)

    def _note_withdrawing(self, report: Report) -> None:
        if report.publisher is not None:
            self.withdrawing.add(Withdrawing(report.publisher, (report.published.start or "")[:10]))

    # ------------------------------------------------------------ wires and versions
    def wire(self, lines: Iterable[Decision], decisions: Sequence[Decision]) -> None:
        """Finds the wires and versions of what came, and of what hangs together with it."""
        about = [line for line in decisions if line.action in WIRES]
        touched = self.come | self.around | self._originals()
        touched |= {key for line in lines if line.action in WIRES for key in _reports_of(line)}
        self.around = self._connected(touched, about)
        labelled = [self._steps.label(report, original) for report, original in self._stories(sorted(self.around))]
        reports = self._steps.rewire(self._steps.version_pages(labelled), about)
        now = {one.id: (one.wire, one.copy_of, one.version_of) for one in reports}
        before = self._shelf.reports(now)
        moved = {one.id for one in before if (one.wire, one.copy_of, one.version_of) != now[one.id]}
        self._before.remember(moved - self.come)
        self._shelf.set_labels({key: now[key] for key in sorted(moved)})
        self.changed = self.come | moved

    def _originals(self) -> set[str]:
        """Places what came among the stories; gives the reports whose original is another now."""
        if self._spoilt:  # no index forgets a story as if it had never been
            self._shelf.wires.forget()
        ids = self._shelf.report_ids() if self._spoilt else sorted(self.come)
        found = self._steps.originals(
            (self._shelf.cleaned_report(key) for key in ids), self._shelf.wires, self._shelf.cleaned_report
        )
        before = self._shelf.originals(found)
        moved = {key: original for key, original in found.items() if before.get(key) != original}
        self._shelf.set_originals(moved)
        return set(moved)

    def _connected(self, touched: set[str], about: Sequence[Decision]) -> set[str]:
        """All that shares a page, a story, a wire or a decision with what was touched, and so on."""
        found = set(self._shelf.originals(touched))
        while True:
            tied = {key for line in about if _reports_of(line) & found for key in _reports_of(line)}
            more = self._shelf.related(found) | set(self._shelf.originals(tied))
            if more <= found:
                return found
            found |= more

    def _stories(self, ids: Sequence[str]) -> Iterator[tuple[Report, str]]:
        originals = self._shelf.originals(ids)
        return ((self._shelf.cleaned_report(key), originals[key] or key) for key in ids)


def _reports_of(line: Decision) -> set[str]:
    return {line.subject, line.details["with"]}

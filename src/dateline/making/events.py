"""Claims as people corrected them, gathered into events; the events that are others than before are put in anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from dateline.deciding.resolving import Resolved, resolve
from dateline.knowledge.correcting import place_of
from dateline.knowledge.packs import Packs
from dateline.making.before import Before
from dateline.making.tellings import Tellings, Withdrawing
from dateline.steps import Steps
from dateline.store.rows import Noted
from dateline.store.shelf import Shelf
from dateline.types import WITHDRAWN_WITHIN, Claim, Decision, Problem, Report, Testimony

AT_ONCE = 500
"""Events that are settled at a time."""


class Events:
    """The events of one making."""

    def __init__(self, shelf: Shelf, steps: Steps, packs: Packs, before: Before, *, background: bool) -> None:
        self._shelf, self._steps, self._packs, self._before = shelf, steps, packs, before
        self._background = background
        self._decisions: Sequence[Decision] = ()
        self._corrected: set[str] = set()
        self._homes: set[str] = set()
        self._gone: set[str] = set()

    # ------------------------------------------------------------ what people decided
    def correct(self, decisions: Sequence[Decision], lines: Iterable[Decision]) -> None:
        """Finds what the decisions are about, and corrects claims; `lines` were added or undone."""
        resolved = resolved_in(self._shelf, decisions, self._packs)
        unfit = {problem.where for problem in resolved.problems}
        again = self._shelf.unfit_lines() - unfit
        self._decisions = resolved.decisions
        self._put_problems(unfit, resolved.problems)
        self._correct_claims(resolved.claims)
        found = {line.line: line for line in resolved.decisions}
        about = [found.get(line.line, line) for line in lines]
        about += [line for line in resolved.decisions if place_of(line.line) in again]
        self._homes |= self._shelf.gathered.homes({one.claim for line in about for one in (*line.claims, *line.into)})
        self._shelf.drop_problems(place_of(line.line) for line in about if place_of(line.line) not in unfit)

    def _correct_claims(self, claims: Iterable[Claim]) -> None:
        """Keeps what people made of claims that are in the record otherwise."""
        before = self._shelf.corrected()
        raw = {claim.id: (claim.report, msgspec.json.encode(claim)) for claim in claims}
        now = {claim: raw[claim] for claim in raw if self._shelf.coded_raw(claim) != raw[claim][1]}
        for claim in sorted(before.keys() | now.keys()):
            if before.get(claim) != now.get(claim):
                report, value = now.get(claim, (before.get(claim, ("", b""))[0], None))
                self._before.remember([report])
                self._corrected.add(report)
                self._shelf.set_corrected(claim, value)

    # ------------------------------------------------------------ gathering
    def gather(self, tellings: Tellings, dated: Iterable[str], dropped: Iterable[str]) -> None:
        """Takes the claims of all reports into the ledger that are others than before, or are told otherwise."""
        read = {*tellings.changed, *tellings.around, *dated, *self._corrected}
        read |= {key for one in tellings.withdrawing for key in self._may_be_withdrawn(one)}
        ids = sorted(self._shelf.originals(read))
        news, others = set[str](), set[str]()
        for told in map(self._testimony, ids):
            for claim in told.claims:
                (others if claim.background else news).add(claim.id)
        self._gone = ({*tellings.dropped, *dropped} - news) | others
        self._homes |= self._steps.gather(
            map(self._testimony, ids), sorted(self._gone), self._shelf.gathered, self._packs
        )

    def _testimony(self, key: str) -> Testimony:
        report, claims = self._shelf.report(key), self._shelf.claims(key)
        if self._background:
            claims = [replace(claim, background=False) for claim in claims]
        return Testimony(report, claims, self._shelf.later(report.id), self._withdrawing(report))

    def _withdrawing(self, report: Report) -> list[Report]:
        """The reports in which the publisher may take back what `report` tells."""
        if report.publisher is None:
            return []
        day = (report.published.start or "")[:10]
        return self._shelf.withdrawing(report.publisher, day, _after(day, WITHDRAWN_WITHIN) if day else "~")

    def _may_be_withdrawn(self, note: Withdrawing) -> set[str]:
        undated = self._shelf.published(note.publisher, "", "")
        if not note.day:
            return undated
        return undated | self._shelf.published(note.publisher, _after(note.day, -WITHDRAWN_WITHIN), note.day)

    # ------------------------------------------------------------ settling
    def settle(self) -> None:
        """Puts the events that changed in the place of those that their claims had, some at a time."""
        for event in sorted(self._before.lost_events):
            self._homes |= self._shelf.gathered.homes(set(self._shelf.claims_of(event)) - self._gone)
            self._drop(event)
        ahead = sorted(self._homes, reverse=True)
        done: set[str] = set()
        while ahead:
            part = {home for home in ahead[-AT_ONCE:] if home not in done}
            del ahead[-AT_ONCE:]
            if part:
                done |= self._settle(part)

    def _settle(self, homes: set[str]) -> frozenset[str]:
        """Settles events, and whatever hangs together with what was there of them; gives all that were settled."""
        while True:
            settled = self._steps.settle(sorted(homes), self._decisions, self._shelf.gathered, self._packs)
            old = self._shelf.events_of(settled.claims)
            stray = {claim for event in sorted(old) for claim in self._shelf.claims_of(event)} - settled.claims
            more = self._shelf.gathered.homes(stray - self._gone)
            if more <= homes:
                break
            homes = homes | more
        for event in sorted(old):
            self._drop(event)
        for one in settled.events:
            self._shelf.put_event(one)
        self._before.events_now += settled.events
        self._put_problems(set(map(place_of, settled.lines)), settled.problems)
        return settled.homes

    def _drop(self, event: str) -> None:
        self._before.remember_event(event)
        self._shelf.drop_event(event)

    def _put_problems(self, lines: Iterable[str], problems: Iterable[Problem]) -> None:
        self._shelf.drop_problems(lines)
        self._shelf.put_problems(Noted(None, problem, problem.where) for problem in problems)


def resolved_in(shelf: Shelf, decisions: Sequence[Decision], packs: Packs) -> Resolved:
    """The decisions resolved against the claims and reports of the record that they are about."""
    anchors = [anchor for line in decisions for anchor in (*line.claims, *line.into)]
    wired = {key for line in decisions for key in (line.subject, line.details.get("with")) if key is not None}
    reports = {one.id: one for one in shelf.reports(sorted({anchor.report for anchor in anchors} | wired))}
    claims = [claim for key in sorted(reports) for claim in shelf.coded(key)]
    return resolve(decisions, sorted(claims, key=lambda claim: claim.id), reports, packs)


def _after(day: str, days: int) -> str:
    """The ISO day so many days after."""
    return f"{date.fromisoformat(day) + timedelta(days)}"

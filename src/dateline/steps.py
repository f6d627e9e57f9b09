"""The verbs that make a record, as one value: the real ones, with a coder of your own, or the small ones of a test.

A step's package is loaded when the step is first called, so that asking a record loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.knowledge.packs import Packs
from dateline.store.versions import code_digest
from dateline.store.wires import WireIndex
from dateline.types import Capture, Claim, Decision, Event, Given, Problem, Reason, Report, Wire


class Cleaned(Protocol):
    """What `clean` gives of one capture."""

    @property
    def reports(self) -> Sequence[Report]:
        """The reports it holds."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be used."""

    @property
    def notes(self) -> Sequence[Problem]:
        """How it was understood, where that is a guess."""


class Merged(Protocol):
    """What `merge` gives: the claims, each with its event's id, and the events."""

    @property
    def claims(self) -> Sequence[Claim]:
        """All claims that were given."""

    @property
    def events(self) -> Sequence[Event]:
        """What they are about."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Decisions that do not fit."""


def _read(source: str, given: Given, stdin: bytes | None) -> Iterator[Capture | Problem]:
    from dateline.reading import read

    return read(source, given=given, stdin=stdin)


def _clean(capture: Capture, packs: Packs) -> Cleaned:
    from dateline.working.guarding import clean_guarded

    return clean_guarded(capture, packs)


def _collapse(reports: Sequence[Report], index: WireIndex) -> Sequence[Report]:
    from dateline.collapsing import collapse

    return collapse(reports, index)


def _trace(reports: Iterable[Report]) -> Sequence[Wire]:
    from dateline.collapsing import trace

    return trace(reports)


def _version(reports: Sequence[Report]) -> Sequence[Report]:
    from dateline.collapsing.versions import versioned

    return versioned(reports)


def _rewire(reports: Sequence[Report], decisions: Sequence[Decision]) -> Sequence[Report]:
    from dateline.collapsing.deciding import rewired

    return rewired(reports, decisions)


def _code(report: Report, packs: Packs) -> Sequence[Claim]:
    from dateline.coding import code

    return code(report, packs)


def _ground(claims: Sequence[Claim], report: Report, packs: Packs) -> Sequence[Claim]:
    from dateline.grounding import ground

    return ground(claims, report, packs)


def _date(reports: Sequence[Report], claims: Sequence[Claim], packs: Packs) -> Sequence[Report]:
    from dateline.dating import date

    return date(reports, claims, packs)


def _merge(claims: Sequence[Claim], reports: Sequence[Report], decisions: Sequence[Decision], packs: Packs) -> Merged:
    from dateline.merging import merge

    return merge(claims, reports, decisions, knowledge=packs)


def _explain(
    event: Event, claims: Sequence[Claim], reports: Sequence[Report], decisions: Sequence[Decision], packs: Packs
) -> Sequence[Reason]:
    from dateline.merging import explain

    return explain(event, claims, reports, decisions, knowledge=packs)


def _publish(
    form: str, *, reports: Sequence[Report], claims: Sequence[Claim], events: Sequence[Event]
) -> Iterator[str]:
    from dateline.publishing import publish

    return publish(form, reports=reports, claims=claims, events=events)


class Publish(Protocol):
    """Gives a record in a form ('jsonl', 'csv', 'geojson'), piece by piece."""

    def __call__(
        self, form: str, /, *, reports: Sequence[Report], claims: Sequence[Claim], events: Sequence[Event]
    ) -> Iterator[str]:
        """The pieces, in order."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What each verb does. `version` changes whenever a step may give something else for the same input."""

    read: Callable[[str, Given, bytes | None], Iterator[Capture | Problem]] = _read
    clean: Callable[[Capture, Packs], Cleaned] = _clean
    collapse: Callable[[Sequence[Report], WireIndex], Sequence[Report]] = _collapse
    trace: Callable[[Iterable[Report]], Sequence[Wire]] = _trace
    version_pages: Callable[[Sequence[Report]], Sequence[Report]] = _version
    rewire: Callable[[Sequence[Report], Sequence[Decision]], Sequence[Report]] = _rewire
    code: Callable[[Report, Packs], Sequence[Claim]] = _code
    ground: Callable[[Sequence[Claim], Report, Packs], Sequence[Claim]] = _ground
    date: Callable[[Sequence[Report], Sequence[Claim], Packs], Sequence[Report]] = _date
    merge: Callable[[Sequence[Claim], Sequence[Report], Sequence[Decision], Packs], Merged] = _merge
    explain: Callable[[Event, Sequence[Claim], Sequence[Report], Sequence[Decision], Packs], Sequence[Reason]] = (
        _explain
    )
    publish: Publish = _publish
    version: Callable[[], str] = code_digest


REAL = Steps()
"""The verbs as dateline has them."""

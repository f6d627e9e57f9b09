"""The verbs that make a record, as one value: the real ones, with a coder of your own, or the small ones of a test.

A step's package is loaded when the step is first called, so that asking a record loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.knowledge.packs import Packs
from dateline.store.gathered import GatheredClaims
from dateline.store.versions import code_digest
from dateline.store.wires import WireIndex
from dateline.types import Capture, Claim, Decision, Event, Given, Problem, Reason, Report, Testimony, Wire


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


class Settled(Protocol):
    """What settling gives."""

    @property
    def events(self) -> Sequence[Event]:
        """The events."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Decisions that do not fit."""

    @property
    def claims(self) -> frozenset[str]:
        """All claims that the events have."""

    @property
    def homes(self) -> frozenset[str]:
        """The first claims of all that was settled."""

    @property
    def lines(self) -> frozenset[int]:
        """The decisions that are about them, by number."""


def _read(source: str, given: Given, stdin: bytes | None) -> Iterator[Capture | Problem]:
    from dateline.reading import read

    return read(source, given=given, stdin=stdin)


def _clean(capture: Capture, packs: Packs) -> Cleaned:
    from dateline.working.guarding import clean_guarded

    return clean_guarded(capture, packs)


def _originals(reports: Iterable[Report], index: WireIndex, report_of: Callable[[str], Report]) -> Mapping[str, str]:
    from dateline.collapsing import place

    return place(reports, index, report_of)


def _label(report: Report, original: str) -> Report:
    from dateline.collapsing import labelled

    return labelled(report, original)


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


def _ties(report: Report, claims: Iterable[Claim]) -> Iterable[tuple[int, bool, str]]:
    from dateline.dating import ties

    return ties(report, claims)


def _withdraws(report: Report, packs: Packs) -> bool:
    from dateline.merging.keeping import withdraws

    return withdraws(report, packs)


def _gather(testimonies: Iterable[Testimony], gone: Iterable[str], rows: GatheredClaims, packs: Packs) -> set[str]:
    from dateline.merging.keeping import take_in

    return take_in(testimonies, gone, rows, packs)


def _settle(homes: Iterable[str], decisions: Sequence[Decision], rows: GatheredClaims, packs: Packs) -> Settled:
    from dateline.merging.keeping import settle_homes

    return settle_homes(homes, decisions, rows, packs)


def _explain(event: Event, decisions: Sequence[Decision], rows: GatheredClaims, packs: Packs) -> Sequence[Reason]:
    from dateline.merging.keeping import explain_kept

    return explain_kept(event, decisions, rows, packs)


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
    originals: Callable[[Iterable[Report], WireIndex, Callable[[str], Report]], Mapping[str, str]] = _originals
    label: Callable[[Report, str], Report] = _label
    trace: Callable[[Iterable[Report]], Sequence[Wire]] = _trace
    version_pages: Callable[[Sequence[Report]], Sequence[Report]] = _version
    rewire: Callable[[Sequence[Report], Sequence[Decision]], Sequence[Report]] = _rewire
    code: Callable[[Report, Packs], Sequence[Claim]] = _code
    ground: Callable[[Sequence[Claim], Report, Packs], Sequence[Claim]] = _ground
    date: Callable[[Sequence[Report], Sequence[Claim], Packs], Sequence[Report]] = _date
    ties: Callable[[Report, Iterable[Claim]], Iterable[tuple[int, bool, str]]] = _ties
    withdraws: Callable[[Report, Packs], bool] = _withdraws
    gather: Callable[[Iterable[Testimony], Iterable[str], GatheredClaims, Packs], set[str]] = _gather
    settle: Callable[[Iterable[str], Sequence[Decision], GatheredClaims, Packs], Settled] = _settle
    explain: Callable[[Event, Sequence[Decision], GatheredClaims, Packs], Sequence[Reason]] = _explain
    publish: Publish = _publish
    version: Callable[[], str] = code_digest

    @property
    def cleans_as_usual(self) -> bool:
        """Whether pages are cleaned by dateline's own step, which a crew has too."""
        return self.clean is _clean

    @property
    def codes_as_usual(self) -> bool:
        """Whether reports are coded and grounded by dateline's own steps, which a crew has too."""
        return self.code is _code and self.ground is _ground


REAL = Steps()
"""The verbs as dateline has them."""

"""A copy beside its original, as far as the time for one request goes: what is too long is compared when asked for alone."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.steps import Steps
from dateline.types import Copy, Report

AT_ONCE = 200_000
"""Characters of two texts that are compared unasked: some tenths of a second."""
LONGEST = 1_000_000
"""Characters that are compared at all for one request: some seconds."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A copy and its original. `copy` is null where they were not compared; `too_long`: nor will they be, here."""

    report: Report
    original: Report
    copy: Copy | None
    too_long: bool


def compared(steps: Steps, report: Report, original: Report, *, asked: bool) -> Compared:
    """What a copy has of its original; `asked`: it is worth a longer wait."""
    size = len(report.text) + len(original.text)
    if size > (LONGEST if asked else AT_ONCE):
        return Compared(report, original, None, size > LONGEST)
    wires = steps.trace([report, original])
    copy = next((one for wire in wires for one in wire.copies if one.report == report.id), None)
    return Compared(report, original, copy, too_long=False)

"""Reads pages into a record with slow steps: `python -m tests.record.slow_reader RECORD PAGES SECONDS`. To be killed."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from dateline.knowledge.packs import Packs
from dateline.record import open_record
from dateline.steps import Steps
from dateline.types import Capture, Claim, Report
from tests.record import fakes


def slow(seconds: float) -> Steps:
    """The small steps, each of which takes its time."""

    def clean(capture: Capture, packs: Packs) -> fakes.Cleaned:
        time.sleep(seconds)
        return fakes.clean(capture, packs)

    def code(report: Report, packs: Packs) -> list[Claim]:
        time.sleep(seconds)
        return fakes.code(report, packs)

    return replace(fakes.FAKES, clean=clean, code=code)


def main(folder: str, pages: str, seconds: float) -> None:
    opened = open_record(folder, create=True, wait=20, steps=slow(seconds))
    print("begins", flush=True)
    opened.add([pages])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))

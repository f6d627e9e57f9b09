"""A process at work on a record with the small steps: `python -m tests.record.at_work RECORD WAIT held|free VERB ARGUMENT`.

It says 'begins' before it does anything. Held, it says 'inside' when it cleans its first page, and goes on when a line
comes in on standard input.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from dateline.deciding.asking import asked
from dateline.knowledge.packs import Packs
from dateline.record import Record, open_record
from dateline.steps import Steps
from dateline.types import Capture
from tests.record import fakes


def held() -> Steps:
    """The small steps, of which the first cleaning waits."""
    waits = [True]

    def clean(capture: Capture, packs: Packs) -> fakes.Cleaned:
        if waits.pop() if waits else False:
            print("inside", flush=True)
            sys.stdin.readline()
        return fakes.clean(capture, packs)

    return replace(fakes.FAKES, clean=clean)


def work(record: Record, verb: str, argument: str) -> None:
    if verb == "read":
        record.add([argument])
    elif verb == "rebuild":
        record.rebuild()
    else:
        record.decide(asked(verb, [argument], by="desk", at="2020-02-01T10:00:00Z", reason="seen"))


def main(folder: str, wait: str, how: str, verb: str, argument: str) -> None:
    steps = held() if how == "held" else fakes.FAKES
    opened = open_record(folder, create=True, wait=float(wait), steps=steps)
    print("begins", flush=True)
    try:
        work(opened, verb, argument)
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])

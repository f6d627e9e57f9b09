"""The examples of the packs that say when and where deeds were, run: bygone deeds, happenings and statements.

An example marks a deed with the time or place that it must get; of a bygone deed the type alone is marked, and no time may
be lent to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dateline.annotate import annotate
from dateline.coding.attribution.examples import Ran
from dateline.coding.bygone import FILE as BYGONE
from dateline.knowledge.happenings import FILE as HAPPENINGS
from dateline.knowledge.notation import Marked, read_marked
from dateline.knowledge.packs import Packs
from dateline.knowledge.statements import FILE as STATEMENTS
from dateline.types import Claim

PUBLISHED = "2022-03-16"
"""The day of every example's report, a Wednesday."""


def check_bygone(packs: Packs) -> Iterator[Ran]:
    """No deed of an example has a time that is inferred; that of a counter-example has one."""
    for row in packs.tables(BYGONE).values():
        for kind, wanted in (("examples", False), ("counter_examples", True)):
            for notation in row[kind]:
                marked = read_marked(notation)
                found = _claim(marked, packs)
                yield Ran(_RAN[kind], marked.text, _complaint(found, wanted=wanted))


_RAN = {"examples": "example", "counter_examples": "counter"}


def _complaint(claim: Claim | None, *, wanted: bool) -> str | None:
    if claim is None:
        return "no claim on the marked words"
    lent = claim.time is not None and claim.time.inferred and claim.time.start is not None
    if lent == wanted:
        return None
    return "has no lent time, and must have one" if wanted else f"is lent the time {claim.time}"


def _claim(marked: Marked, packs: Packs) -> Claim | None:
    """The claim of the marked type on the marked words, background or not."""
    trigger = next(m for m in marked.marks if m.field == "type")
    for claim in annotate(marked.text, packs, published=PUBLISHED).claims:
        words = (e for e in claim.evidence if e.field == "type")
        if claim.type == trigger.value and any(e.start < trigger.end and trigger.start < e.end for e in words):
            return claim
    return None


def check_happenings(packs: Packs) -> Iterator[Ran]:
    """Each deed has the time and place that are marked; no counter-example's has."""
    yield from _marked_examples(packs, packs.tables(HAPPENINGS)["happening"])


def check_statements(packs: Packs) -> Iterator[Ran]:
    """Each statement has the place that is marked; no counter-example's has."""
    yield from _marked_examples(packs, packs.tables(STATEMENTS)["events"])


def _marked_examples(packs: Packs, row: dict[str, Any]) -> Iterator[Ran]:
    for notation in row["examples"]:
        lacks = _lacking(read_marked(notation), packs)
        yield Ran("example", notation, f"without {', '.join(lacks)}" if lacks else None)
    for notation in row["counter_examples"]:
        marked = read_marked(notation)
        kept = len(_lacking(marked, packs)) == len(marked.marks) - 1
        yield Ran("counter", notation, None if kept else "has a time or place that is not its own")


def _lacking(marked: Marked, packs: Packs) -> list[str]:
    """The marked times and places that the claim has not; all marks where there is no claim."""
    claim = _claim(marked, packs)
    asked = [m for m in marked.marks if m.field in ("time", "place")]
    if claim is None:
        return [marked.text[m.start : m.end] for m in marked.marks]
    had = [(e.field, e.start, e.end) for e in claim.evidence]
    lacks = [m for m in asked if not any(f == m.field and s < m.end and m.start < e for f, s, e in had)]
    return [marked.text[m.start : m.end] for m in lacks]


RUNNERS: dict[str, Callable[[Packs], Iterator[Ran]]] = {
    BYGONE: check_bygone,
    HAPPENINGS: check_happenings,
    STATEMENTS: check_statements,
}
"""What runs the examples of each of these packs."""

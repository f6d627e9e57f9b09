"""CSV (RFC 4180): one row an event, safe to open in a spreadsheet, and reversible.

A text cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that begins with an
apostrophe, so that `unescape_cell` gives back every cell as it was. Numbers stay numbers: '-33.9' is no formula.

>>> escape_cell("=1+1"), unescape_cell(escape_cell("'quoted'"))
("'=1+1", "'quoted'")
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from dateline.publishing.encoding import joined
from dateline.publishing.jsonl import in_time
from dateline.types import Actor, Claim, Event, EventHarm, HarmKind, Report

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters of what a spreadsheet may run (OWASP, 'CSV Injection'), full-width ones included."""

OWN_VOICE = "reports"
"""Who says a toll that the reports give in their own voice."""

Cell = str | float | int | None


def escape_cell(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith((*DANGEROUS, "'")) else text


def unescape_cell(cell: str) -> str:
    """The text that `escape_cell` was given."""
    return cell[1:] if cell.startswith("'") else cell


def table(
    *,
    reports: Iterable[Report],  # noqa: ARG001 - all publishers take the whole record
    claims: Iterable[Claim],  # noqa: ARG001
    events: Iterable[Event],
) -> Iterator[str]:
    """The header and a row for each event, by date; lines end in CR LF."""
    yield line(COLUMNS)
    for event in in_time(events):
        yield line(column(event) for column in COLUMNS.values())


def line(cells: Iterable[Cell]) -> str:
    """A row of a table, each cell safe and reversible."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return escape_cell(value) if isinstance(value, str) else str(value)


def toll(event: Event, kind: HarmKind) -> str:
    """The tolls of one kind, each with who says it: 'army: 3-3; reports: 5-' ('5-' is at least five)."""
    return joined([_said(harm) for harm in event.harm if harm.kind is kind])


def _said(harm: EventHarm) -> str:
    low, high = ("" if n is None else n for n in (harm.low, harm.high))
    who = f" ({harm.who})" if harm.who else ""
    return f"{harm.said_by or OWN_VOICE}: {low}-{high}{who}"


def _names(parties: Iterable[Actor]) -> str:
    return joined([party.name for party in parties])


COLUMNS: Mapping[str, Callable[[Event], Cell]] = {
    "id": lambda e: e.id,
    "type": lambda e: e.type.value,
    "mode": lambda e: e.mode,
    "modality": lambda e: e.modality.value,
    "first": lambda e: e.date[0] if e.date else None,
    "last": lambda e: e.date[1] if e.date else None,
    "precision": lambda e: e.precision.value,
    "place": lambda e: e.place.name if e.place else None,
    "country": lambda e: e.place.country if e.place else None,
    "lat": lambda e: e.place.lat if e.place else None,
    "lon": lambda e: e.place.lon if e.place else None,
    "place_precision": lambda e: e.place.precision.value if e.place and e.place.precision else None,
    "actors": lambda e: _names(e.actors),
    "targets": lambda e: _names(e.targets),
    "killed": partial(toll, kind=HarmKind.KILLED),
    "injured": partial(toll, kind=HarmKind.INJURED),
    "status": lambda e: e.status.value,
    "independent_sources": lambda e: e.independent_sources,
    "reports": lambda e: len(e.reports),
    "review": lambda e: e.review,
    "summary": lambda e: e.summary,
    "date_inferred": lambda e: "yes" if e.date_inferred else None,
    "place_inferred": lambda e: "yes" if e.place and e.place.inferred else None,
}
"""Column name -> its value."""

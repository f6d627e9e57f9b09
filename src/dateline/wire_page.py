"""Wires as trees for the terminal: the original, below it each copy with what it has of it, added and left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from dateline.phrasing import ID_SHOWN
from dateline.showing import cell
from dateline.types import Copy, Evidence, Report, Wire

SHOWN = 3
"""Differences of a kind that are shown of a copy where not all are asked for, the longest first ..."""
LETTERS = 90
"""... and how many letters of each."""


def wire_trees(wires: Iterable[Wire], reports: Mapping[str, Report], *, in_full: bool) -> RenderableType:
    """A tree for each wire."""
    return Group(*(_tree(wire, reports, in_full=in_full) for wire in wires))


def _tree(wire: Wire, reports: Mapping[str, Report], *, in_full: bool) -> Tree:
    head = Text(f"wire {wire.id[: ID_SHOWN + 1]}, {_copies(len(wire.copies))}\n", style="bold")
    tree = Tree(head.append_text(_line(reports[wire.original])))
    for copy in wire.copies:
        branch = tree.add(_line(reports[copy.report]).append_text(_shares(copy)))
        for sign, style, quotes in (("+", "green", copy.added), ("-", "red", copy.left_out)):
            for line in _told(quotes, in_full=in_full):
                branch.add(cell(f"{sign} {line}", style))
    return tree


def _copies(count: int) -> str:
    return f"{count} {'copy' if count == 1 else 'copies'}"


def _line(report: Report) -> Text:
    """'5f3a9c21: Estuary Post, 2031-05-06, agency NW: Lorry blast in Orlu (page.html); credits: republished from NW'."""
    agency = f"agency {report.agency}" if report.agency else None
    about = ", ".join(filter(None, (report.publisher, report.published.start or "no date", agency)))
    titled = f"{report.title} ({report.source})" if report.title else report.source
    credited = ", ".join(f"{credit.role.value} {credit.name}" for credit in report.credits)
    return cell(f"{report.id[:ID_SHOWN]}: {about}: {titled}" + (f"; credits: {credited}" if credited else ""))


def _shares(copy: Copy) -> Text:
    line = f"{copy.share:.0%} of it stands in the original, {copy.kept:.0%} of the original in it"
    return Text("\n").append_text(cell(line, "dim"))


def _told(quotes: Sequence[Evidence], *, in_full: bool) -> list[str]:
    """The quotes in the order of the text, or the longest of them, shortened, and how many more there are."""
    if in_full:
        return [f"“{one.quote}” {one.start}-{one.end}" for one in quotes]
    longest = sorted(quotes, key=lambda one: (one.start - one.end, one.start))[:SHOWN]
    shown = [f"“{_short(one.quote)}”" for one in sorted(longest, key=lambda one: one.start)]
    return shown + ([f"and {len(quotes) - SHOWN} more"] if len(quotes) > SHOWN else [])


def _short(quote: str) -> str:
    return quote if len(quote) <= LETTERS else quote[: LETTERS - 1].rstrip() + "…"

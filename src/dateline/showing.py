"""What the command line shows: values of a record as tables and pages for the terminal.

Words of a page are shown as letters only (`phrasing.plain`): no markup of theirs has a say.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.knowledge.wording import Wording
from dateline.phrasing import (
    AGAINST,
    ID_SHOWN,
    STATUS_WORDS,
    days,
    place_name,
    plain,
    sides,
    sources,
    stances,
    tolls,
    what,
)
from dateline.store.sqlite import ActorCount, PlaceCount
from dateline.types import (
    Event,
    PlaceChoice,
    PlaceExplained,
    Problem,
    Report,
    ScorePart,
)

WIDTH_OF_A_FILE = 150
"""Columns when the output is no terminal; COLUMNS overrides."""

STYLES = {"disputed": "red", "corroborated": "green", "retracted": "strike"}


def printed(shown: RenderableType) -> str:
    """`shown` as it is to be written: in the terminal's width and colours, or plain for a file or pipe."""
    terminal = sys.stdout.isatty()
    width = None if terminal else int(os.environ.get("COLUMNS") or WIDTH_OF_A_FILE)
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, highlight=False)
    if terminal:
        console.width = Console().width
    with console.capture() as captured:
        console.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


# ---------------------------------------------------------------- tables
def timeline(events: Iterable[Event], copies: Mapping[str, str], wording: Wording) -> RenderableType:
    """Events in the order given, each with its day, what is said to have happened, and who says so."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0), expand=False)
    table.add_column("day", no_wrap=True)
    table.add_column("what, where, who -> whom, harm (who says)", overflow="fold", ratio=5)
    table.add_column("how well known it is, who says so", overflow="fold", ratio=4)
    for event in events:
        table.add_row(_when(event), _what(event, wording), _known(event, copies))
    return table


def _when(event: Event) -> Text:
    text = cell(days(event).replace(" to ", "\n"), None if event.date else "yellow")
    return _lines(text, cell("inferred" if event.date_inferred else "", "dim"), cell(event.id[:ID_SHOWN], "dim"))


def _what(event: Event, wording: Wording) -> Text:
    head = cell(what(event, wording), "bold")
    if event.place:
        head.append(f", {plain(place_name(event.place))}{' (inferred)' if event.place.inferred else ''}")
    return _lines(head, cell(sides(event, wording)), *(cell(toll) for toll in tolls(event.harm)))


def _known(event: Event, copies: Mapping[str, str]) -> Text:
    status = cell(STATUS_WORDS.get(event.status.value, event.status.value), STYLES.get(event.status.value))
    status.append(f": {sources(event, copies)}", style="")
    if event.review:
        status.append(f" [{plain(event.review)}]")
    said = [cell(line, "red" if line.startswith(AGAINST) else None) for line in stances(event)]
    return _lines(status, *said)


def _lines(*lines: Text) -> Text:
    return Text("\n").join(line for line in lines if line.plain)


def report_table(reports: Iterable[Report]) -> RenderableType:
    """Reports, one a row; a copy names its original."""
    table = columns("report", "published", "publisher", "agency", "title", "source", "copy of")
    for report in sorted(reports, key=lambda one: (one.published.start or "9", one.source, one.id)):
        published = f"{report.published.start[:10]} ({report.published.basis})" if report.published.start else "?"
        cells = (report.id[:ID_SHOWN], published, report.publisher, report.agency, report.title, report.source)
        table.add_row(*map(cell, cells), cell((report.copy_of or "")[:ID_SHOWN]))
    return table


def actor_table(actors: Iterable[ActorCount]) -> RenderableType:
    """Actors, one a row."""
    table = columns("actor", "id", "country", "acts in", "acted on in")
    for actor in actors:
        table.add_row(*map(cell, (actor.name, actor.id, actor.country, str(actor.acts), str(actor.acted_on))))
    return table


def place_table(places: Iterable[PlaceCount]) -> RenderableType:
    """Places, one a row."""
    table = columns("place", "country", "events", "first", "last")
    for place in places:
        table.add_row(*map(cell, (place.name, place.country, str(place.events), place.first, place.last)))
    return table


def explained_places(explained: Iterable[PlaceExplained]) -> RenderableType:
    """What names may mean: under each, its places, the likeliest first, with the parts of their scores."""
    return Group(*(part for one in explained for part in (_meaning(one), _choices(one.choices))))


def _meaning(one: PlaceExplained) -> Text:
    where = f" at {one.start}-{one.end}" if one.start is not None else ""
    meant = place_name(one.place) if one.place else "no place"
    return Text(f"{plain(one.name)}{where}: {plain(meant)}; {plain(one.why)}", style="bold")


CHOICES_SHOWN = 10
"""Places of a name that are shown; JSON gives all."""


def _choices(choices: Sequence[PlaceChoice]) -> RenderableType:
    if not choices:
        return Text("")
    table = columns("", "place", "kind", "in", "people", "point", "score", "why")
    for choice in choices[:CHOICES_SHOWN]:
        place = choice.place
        point = "" if place.lat is None else f"{place.lat}, {place.lon}"
        within = ", ".join(filter(None, (place.admin1, place.country)))
        table.add_row(*map(cell, (
            "*" if choice.chosen else "", place.name, place.kind, within, f"{choice.population:,}" if choice.population
            else "", point, f"{choice.score:.2f}", "; ".join(_part(part) for part in choice.parts if part.value),
        )))  # fmt: skip
    return table


def _part(part: ScorePart) -> str:
    says = f" ({', '.join(part.says)})" if part.says else ""
    return f"{part.name} {part.value:.2f}{says}"


def problem_table(problems: Iterable[Problem]) -> RenderableType:
    """Problems, one a row."""
    table = columns("problem", "where", "what", "what to do")
    for problem in problems:
        table.add_row(*map(cell, (problem.code, problem.where, problem.message, problem.hint)))
    return table


def columns(*heads: str) -> Table:
    """An empty table with these heads."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in ("event", "report", "day", "status"))
    return table


def cell(value: str | None, style: str | None = None) -> Text:
    """The words of a cell, in a style."""
    return Text(plain(value or ""), style=style or "")

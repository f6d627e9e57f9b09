"""Explore: the events that the filters ask for, as a list, on a map, over time; all of it is in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Redirect, Template

import dateline.phrasing as phrasing
from dateline.querying import LONGEST, parameters
from dateline.serve.charts import Histogram, histogram
from dateline.serve.facets import Choices, title
from dateline.serve.naming import TITLES, Names
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.serve.spots import places
from dateline.serve.viewing import SIZES, View, Way, view_in
from dateline.store.asking import EVERYTHING
from dateline.store.event_index import FACETS, EventIndex, Span
from dateline.store.turning import Leaf
from dateline.types import Event

BARS = 60
"""Of a histogram, at most."""
TALL, LOW = 120, 36
"""Heights of a histogram, in its own view and above a list."""
LINES = {TALL: 4, LOW: 1}
"""Lines across a histogram, at most."""
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, slots=True)
class Day:
    """Events of one day, or of one span of days, under its name."""

    name: str
    datetime: str | None
    events: Sequence[Event]


@get("/", include_in_schema=False, sync_to_thread=True)
def explore(request: Request[Any, Any, Any], served: TheRecord) -> Template | Redirect:
    """The events found, or what cannot be meant in the address."""
    read = view_in(request.query_params.dict())
    if not read.problems and not read.is_short:
        return Redirect(read.view.address(), status_code=303)
    choices = _choices(served, read.view)
    chips, index = choices.chips(), choices.index
    shown: dict[str, Any] = {} if read.problems else _found(served, choices)
    made = page(
        request,
        "explore.html",
        title=title(chips),
        view=read.view,
        problems=read.problems,
        chips=chips,
        facets=choices.facets(),
        flags=choices.flags(),
        tally=index.found(read.view.query).tally,
        in_all=len(index.ids),
        sizes=SIZES,
        everything=read.view.asking(EVERYTHING).address(),
        site=str(request.base_url).rstrip("/"),
        **shown,
    )
    made.status_code = 400 if read.problems else 200
    return made


def _choices(served: Served, view: View) -> Choices:
    return Choices(served.index(), view, Names(served.record.packs, served.wording))


def _found(served: Served, choices: Choices) -> dict[str, Any]:
    """What the template shows of the events found."""
    index, view = choices.index, choices.view
    if not index.found(view.query).tally.events:
        return {"looser": choices.loosened()}
    if view.way is Way.MAP:
        unplaced = View(replace(view.query, unplaced=True), turn=view.paged().turn)
        return {"places": places(index, view, names=choices.names), "unplaced": unplaced.address()}
    leaf = index.found(view.query).leaf(view.turn)
    days, copies = _fetched(served, leaf)
    return {"leaf": leaf, "days": days, "copies": copies, "whole": _whole(index, view), "part": _part(index, view)}


# ---------------------------------------------------------------- the list
def _fetched(served: Served, leaf: Leaf) -> tuple[list[Day], dict[str, str]]:
    """The events of a page by day, and which of their reports are copies."""
    with served.ask() as database:
        by_id = {event.id: event for event in database.events_of(leaf.ids)}
        events = [by_id[key] for key in leaf.ids if key in by_id]
        copies = database.copies_among({report for event in events for report in event.reports})
    return [_day(list(same)) for _, same in groupby(events, key=phrasing.days)], copies


def _day(events: Sequence[Event]) -> Day:
    one = events[0]
    name = phrasing.days(one)
    if one.date is None:
        return Day("Without a day", None, events)
    if one.date[0] != one.date[1]:
        return Day(name, None, events)
    return Day(f"{name}, {WEEKDAYS[date.fromisoformat(name[:10]).weekday()]}", name, events)


# ---------------------------------------------------------------- over time
def _whole(index: EventIndex, view: View) -> Histogram | None:
    """All days of what else is asked for, to choose among them."""
    every_day = index.found(replace(view.query, first=None, last=None)).spans(BARS)
    return _drawn(every_day, view, height=TALL if view.way is Way.TIME else LOW)


def _part(index: EventIndex, view: View) -> Histogram | None:
    """The days asked for, more finely, in the view over time."""
    if view.way is not Way.TIME or not (view.query.first or view.query.last):
        return None
    return _drawn(index.found(view.query).spans(BARS), view, height=TALL)


def _drawn(spans: Sequence[Span], view: View, *, height: int) -> Histogram | None:
    return histogram(spans, height=height, lines=LINES[height], narrowed=lambda *days: _narrowed(view, days))


def _narrowed(view: View, days: tuple[str, str]) -> str:
    return view.asking(replace(view.query, first=days[0], last=days[1], undated=False)).address()


# ---------------------------------------------------------------- all values of a facet
@get("/facet/{field:str}", include_in_schema=False, sync_to_thread=True)
def facet(field: FromPath[str], request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """All values of a facet in a view, to be searched and chosen from."""
    if field not in FACETS:
        raise LookupError(f"no facet {field!r}: there are {', '.join(FACETS)}")
    read = view_in(request.query_params.dict(), ("find",))
    part = next((word.strip()[:LONGEST] for word in request.query_params.getall("find", []) if word.strip()), None)
    made = page(
        request,
        "explore_values.html",
        title=f"{TITLES[field]}: all values",
        view=read.view,
        problems=read.problems,
        facet=_choices(served, read.view).values(field, part),
        part=part,
        kept=[*parameters(read.view.query), *read.view.besides().items()],
    )
    made.status_code = 400 if read.problems else 200
    return made

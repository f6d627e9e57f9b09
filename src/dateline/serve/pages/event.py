"""One event: what is said of it, who says so and who disputes it, in which words of which reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from dateline.phrasing import shortened
from dateline.serve.citing import Citation, citation
from dateline.serve.decided import decided_on
from dateline.serve.fields import rows
from dateline.serve.harm import chart, clashes, ladders
from dateline.serve.numbers import number_in
from dateline.serve.quoting import cited
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.serve.voices import by_report, stands, voiced
from dateline.serve.whole_ids import lead_to
from dateline.store.asking import EVERYTHING, EXACTLY, Query
from dateline.store.looking import Dated, Imprint, history, imprints, run_of
from dateline.store.rows import point
from dateline.store.sqlite import Database
from dateline.types import Event, Reason

CLAIMS_SHOWN = 100
"""Claims that are shown at a time."""
EXPLAINED = 300
"""Claims of an event up to which it is said at once why they are one; of a larger one that is asked for."""
CHANGES_SHOWN = 50
RUNS_SEARCHED = 20_000
"""Newest runs among which that of a revision is looked for."""
READ = 300
"""Reports of an event whose titles are read; more are told by their imprints."""


@get("/e/{prefix:str}", include_in_schema=False, sync_to_thread=True)
def event(request: Request[Any, Any, Any], served: TheRecord, prefix: FromPath[str]) -> Template | Redirect:
    """An event; how its id begins, or an id that it had before, leads to it."""
    with served.ask() as database:
        found = database.event(prefix)
        if found.id != prefix:
            return lead_to(request, f"/e/{found.id}")
        return _page(request, served, database, found)


def _page(request: Request[Any, Any, Any], served: Served, database: Database, event: Event) -> Template:
    known = imprints(database, event.reports)
    told = voiced(event, database.claims(event.id), known)
    skip = number_in(request, "from", default=0)
    found, taken = ladders(event, told), stands(event, told)
    shown = told[skip : skip + CLAIMS_SHOWN]
    return page(
        request,
        "event.html",
        title=shortened(event.summary),
        event=event,
        copies={one.id: one.copy_of for one in known.values() if one.copy_of},
        told=shown,
        claims_from=skip,
        claims_shown=CLAIMS_SHOWN,
        rows=rows(event, told, served.wording),
        ladders=[(one, chart(one)) for one in found],
        clashes=clashes(found),
        stands=taken,
        reports={one.id: one for one in database.reports_in(_read_in_full(event, known))},
        cited=cited,
        by_report=by_report,
        sources=_sources(event, known),
        point=point(event.place),
        place_query=Query(place=(EXACTLY + event.place.name,)) if event.place else EVERYTHING,
        why=_why(request, served, event),
        history=history(database, event.id, CHANGES_SHOWN),
        decided=decided_on(served.record.folder.decisions, event),
        since=_since(request, database, event),
        cite=_citation(request, served, database, event),
    )


def _read_in_full(event: Event, known: Mapping[str, Imprint]) -> list[str]:
    """The reports that are shown with their titles: originals before copies."""
    return sorted(event.reports, key=lambda key: (key in known and bool(known[key].copy_of), key))[:READ]


# ---------------------------------------------------------------- sources
@dataclass(frozen=True, slots=True)
class Source:
    """A story that tells of the event: the report that counts, and its copies, which do not count again."""

    report: Imprint
    copies: tuple[Imprint, ...]


def _sources(event: Event, known: Mapping[str, Imprint]) -> list[Source]:
    stories: dict[str, list[Imprint]] = {}
    for one in sorted((known[key] for key in event.reports if key in known), key=_printed):
        stories.setdefault(one.story, []).append(one)
    return [Source(first, tuple(rest)) for first, *rest in stories.values()]


def _printed(one: Imprint) -> tuple[object, ...]:
    return bool(one.copy_of), one.day or "~", one.publisher or "", one.id


# ---------------------------------------------------------------- why it is one event
def _why(request: Request[Any, Any, Any], served: Served, event: Event) -> Sequence[Reason] | None:
    """Why its claims are one; null where they are too many to be told unasked."""
    if len(event.claims) > EXPLAINED and "why" not in request.query_params:
        return None
    return served.record.explain(event.id)


# ---------------------------------------------------------------- citing
@dataclass(frozen=True, slots=True)
class Since:
    """What has become of an event since the state of the record at which it was cited.

    `known`: whether the record remembers that state; `same`: it is the state it has now.
    """

    revision: str
    known: bool
    same: bool
    changes: tuple[Dated, ...]


def _since(request: Request[Any, Any, Any], database: Database, event: Event) -> Since | None:
    asked = request.query_params.get("at")
    if not asked:
        return None
    if asked == database.revision():
        return Since(asked, known=True, same=True, changes=())
    run = run_of(database, asked, RUNS_SEARCHED)
    changes = history(database, event.id, CHANGES_SHOWN) if run is not None else []
    return Since(asked, known=run is not None, same=False, changes=tuple(_after(changes, run or 0)))


def _after(changes: Iterable[Dated], run: int) -> Iterable[Dated]:
    return (one for one in changes if one.run > run)


def _citation(request: Request[Any, Any, Any], served: Served, database: Database, event: Event) -> Citation:
    return citation(
        event,
        record=served.record.folder.path.name,
        revision=database.revision(),
        root=str(request.base_url).rstrip("/"),
        day=served.clock()[:10],
    )

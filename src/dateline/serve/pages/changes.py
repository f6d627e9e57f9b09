"""Changes: what each making of the record added, changed, merged, split, retracted or removed, and why; a page and a feed.

Runs come newest first; of a run as many changes as a page holds, the rest by its own address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.response import Template

from dateline.phrasing import difference
from dateline.serve.feed import Entry, atom
from dateline.serve.pages.asked import number, only, text, word
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.store.decisions import read_decisions
from dateline.store.run_log import Logged, RunHead, RunLog
from dateline.text import digest
from dateline.types import Change, Decision, FieldChange, Happened

RUNS, OF_EACH, OF_ONE, IN_FEED = 10, 20, 100, 100
"""Runs of a page; changes shown of each of them, of one run alone, and in the feed."""
SHOWN = 12
"""Fields, parts of a field, and reasons that are shown of a change."""
NAMES = ("run", "kind", "event", "since", "before", "after")
YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run with the decisions that it was the first to apply, and some of its changes. `rest`: where the others are."""

    head: RunHead
    decisions: Sequence[Decision]
    changes: Sequence[Logged]
    rest: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the log."""

    run: int | None
    kind: Happened | None
    event: str | None
    since: int | None
    before: int | None
    after: int | None

    @staticmethod
    def of(given: Mapping[str, str]) -> Asked:
        """What is asked; what cannot be meant is refused (400)."""
        only(given, NAMES)
        kind = word(given, "kind", Happened)
        return Asked(
            run=number(given, "run"),
            kind=Happened(kind) if kind else None,
            event=text(given, "event"),
            since=number(given, "since"),
            before=number(given, "before"),
            after=number(given, "after"),
        )

    def address(self, **changed: object) -> str:
        """The address of this view with something else in it; null takes away."""
        held = {name: getattr(self, name) for name in NAMES} | changed
        pairs = [(name, str(value)) for name, value in held.items() if value is not None]
        return f"/changes?{urlencode(pairs)}" if pairs else "/changes"


@get("/changes", include_in_schema=False, sync_to_thread=True)
def changes(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """What became of events: by run, of one run, or of one event."""
    asked = Asked.of(_single(request))
    with served.ask() as database:
        log = RunLog(database)
        if asked.event is not None:
            return _of_event(request, log, asked)
        if asked.run is not None:
            return _of_run(request, served, log, asked)
        return _feed(request, served, log, asked)


def _single(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Each parameter once, the last of them."""
    return {name: values[-1] for name, values in request.query_params.dict().items()}


def _feed(request: Request[Any, Any, Any], served: Served, log: RunLog, asked: Asked) -> Template:
    heads = log.heads(RUNS + 1, since=asked.since or 0, before=asked.before, kind=asked.kind)
    decisions, newest = _decisions(served), log.newest()
    runs = [_shown(log, head, decisions, asked) for head in heads[:RUNS]]
    older = asked.address(before=heads[RUNS - 1].number) if len(heads) > RUNS else None
    seen = _seen(request, served)
    shown = page(
        request,
        "changes.html",
        title="Changes",
        asked=asked,
        runs=runs,
        older=older,
        seen=seen if seen is not None and seen < newest and asked == Asked.of({}) else None,
        newest=newest,
        **_WITH,
    )
    if asked.before is None:
        shown.set_cookie(
            key=_cookie(served), value=str(newest), path="/changes", max_age=YEAR_S, httponly=True, samesite="strict"
        )
    return shown


def _of_run(request: Request[Any, Any, Any], served: Served, log: RunLog, asked: Asked) -> Template:
    head = log.head(asked.run or 0)
    found = log.changes(head.number, OF_ONE + 1, kind=asked.kind, after=-1 if asked.after is None else asked.after)
    rest = asked.address(after=found[OF_ONE - 1].place) if len(found) > OF_ONE else None
    run = ShownRun(head, _applied(head, _decisions(served)), found[:OF_ONE], rest)
    title = f"Changes of run {head.number}"
    return page(request, "changes_run.html", title=title, asked=asked, run=run, **_WITH)


def _of_event(request: Request[Any, Any, Any], log: RunLog, asked: Asked) -> Template:
    found = log.of_event(asked.event or "", OF_ONE + 1, before=asked.before)
    shown = [one for one in found[:OF_ONE] if asked.kind in (None, one.change.what)]
    older = asked.address(before=found[OF_ONE - 1].run) if len(found) > OF_ONE else None
    title = "Changes of an event"
    return page(request, "changes_event.html", title=title, asked=asked, changes=shown, older=older, **_WITH)


def _shown(log: RunLog, head: RunHead, decisions: Sequence[Decision], asked: Asked) -> ShownRun:
    shown = log.changes(head.number, OF_EACH, kind=asked.kind)
    total = sum(count for kind, count in head.counts.items() if asked.kind in (None, kind))
    rest = asked.address(run=head.number, since=None, before=None) if total > len(shown) else None
    return ShownRun(head, _applied(head, decisions), shown, rest)


def _decisions(served: Served) -> list[Decision]:
    return read_decisions(served.record.folder.decisions)


def _applied(head: RunHead, decisions: Sequence[Decision]) -> Sequence[Decision]:
    """The decisions that a run was the first to apply."""
    return decisions[head.before : head.decided]


def link_of(change: Change) -> str | None:
    """Where the event is now; null: it is no more."""
    return None if change.what is Happened.REMOVED else f"/e/{(*change.events, change.event)[0]}"


def field_line(field: FieldChange) -> str:
    """'status: single-source -> corroborated'."""
    return f"{field.field.replace('_', ' ')}: {difference(field)}"


_WITH: Mapping[str, Any] = {"link_of": link_of, "kinds": tuple(Happened), "shown": SHOWN}
"""What all pages of changes use."""


# ---------------------------------------------------------------- the last visit
def _cookie(served: Served) -> str:
    """Its name, of this record: a browser gives the cookies of one port to all others of the machine."""
    return f"dateline-seen-{digest(str(served.record.folder.path.resolve()))[:8]}"


def _seen(request: Request[Any, Any, Any], served: Served) -> int | None:
    """The newest run at the last visit, if the browser kept it."""
    said = request.cookies.get(_cookie(served), "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else None


# ---------------------------------------------------------------- Atom
@get("/changes.atom", include_in_schema=False, sync_to_thread=True)
def changes_atom(request: Request[Any, Any, Any], served: TheRecord) -> Response[bytes]:
    """The newest changes as an Atom feed, of all events or of one."""
    given = _single(request)
    only(given, ("event",))
    event = text(given, "event")
    with served.ask() as database:
        log = RunLog(database)
        found = log.of_event(event, IN_FEED) if event else log.latest(IN_FEED)
    site, name = str(request.base_url).rstrip("/"), served.record.folder.path.name
    own = f"{site}/changes.atom" + (f"?{urlencode({'event': event})}" if event else "")
    title = f"{name}: changes" + (f" of event {event}" if event else "")
    feed = atom(title, own, f"{site}/changes", _entries(found, site, name))
    return Response(feed, media_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _entries(found: Iterable[Logged], site: str, record: str) -> list[Entry]:
    return [
        Entry(
            key=f"{record} {one.run} {one.place} {one.change.event} {one.at}",
            title=f"{one.change.what.value}: {one.change.summary}",
            link=site + (link_of(one.change) or f"/changes?run={one.run}"),
            updated=one.at,
            lines=("run " + str(one.run) + ("" if one.at else ", nobody said when"), *_lines(one.change)),
        )
        for one in found
    ]


def _lines(change: Change) -> list[str]:
    became = [f"now: {', '.join(change.events)}"] if change.events else []
    return [*became, *map(field_line, change.fields[:SHOWN]), *(f"because of {why}" for why in change.why[:SHOWN])]

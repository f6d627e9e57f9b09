"""Sources: the publishers of the reports, what each printed and copied, what it told first, when it was silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Template

from dateline.serve.newest import Newest
from dateline.serve.pages.asked import number, only, text, word
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.store.asking import EXACTLY, NONE, is_part
from dateline.store.publishers import Publisher, Publishers, day_of, events_told, read_publishers, reports_of
from dateline.types import Report

ROWS, REPORTS, OTHERS = 100, 50, 20
"""Publishers of a page; reports of a page of one publisher; others that it copies or is copied by."""
ORDERS = ("reports", "copies", "first", "alone", "name", "silent")
_KEYS: Mapping[str, Callable[[Publisher], Any]] = {
    "reports": lambda one: -one.reports,
    "copies": lambda one: -one.copies,
    "first": lambda one: -one.told_first,
    "alone": lambda one: -one.told_alone,
    "name": lambda one: (one.name is None, (one.name or "").casefold()),
    "silent": lambda one: -one.silent,
}
"""Word of an order -> what sorts publishers so; `sorted` keeps those alike in the order of their reports."""
_KEPT: WeakKeyDictionary[Served, Newest[Publishers]] = WeakKeyDictionary()


def publishers_of(served: Served) -> Publishers:
    """The publishers of the record that is served, as far as they are read."""
    newest = _KEPT.get(served)
    if newest is None:
        newest = _KEPT.setdefault(served, Newest(read_publishers))
    return newest.of(served)


@get("/sources", include_in_schema=False, sync_to_thread=True)
def sources(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """All publishers."""
    given = {name: values[-1] for name, values in request.query_params.dict().items()}
    only(given, ("name", "order", "after"))
    part, order, after = text(given, "name"), word(given, "order", ORDERS), number(given, "after") or 0
    known = publishers_of(served)
    having = [one for one in known.all if part is None or is_part(part, one.name)]
    ordered = sorted(having, key=_KEYS[order or "reports"])
    asked = {"name": part, "order": order}
    return page(
        request,
        "sources.html",
        title="Sources",
        shown=ordered[after : after + ROWS],
        total=len(having),
        reports=sum(one.reports for one in having),
        copies=sum(one.copies for one in having),
        part=part,
        order=order or "reports",
        orders=ORDERS,
        after=after,
        more=listing(**asked, after=after + ROWS) if after + ROWS < len(having) else None,
        listing=listing,
        path_of=path_of,
    )


def listing(**asked: object) -> str:
    """The address of a view of the publishers."""
    pairs = [(name, str(value)) for name, value in asked.items() if value is not None]
    return f"/sources?{urlencode(pairs)}" if pairs else "/sources"


def path_of(publisher: str | None) -> str:
    """Where the page of a publisher is; that of reports without one is at 'none', so that '=' stands before that name, and
    before one that a browser would take for the folder above.
    """
    if publisher is None:
        return f"/sources/{NONE}"
    name = f"{EXACTLY}{publisher}" if publisher == NONE or publisher.startswith(_TAKEN) else publisher
    return f"/sources/{quote(name, safe='')}"


_TAKEN = (EXACTLY, "/", ".")
"""How a name may not begin as a path."""


def _publisher_at(path: str) -> str | None:
    name = path.removeprefix("/")
    return None if name == NONE else name.removeprefix(EXACTLY)


@get("/sources/{publisher:path}", include_in_schema=False, sync_to_thread=True)
def source(request: Request[Any, Any, Any], served: TheRecord, publisher: FromPath[str]) -> Template:
    """One publisher and its reports, the newest first."""
    given = {name: values[-1] for name, values in request.query_params.dict().items()}
    only(given, ("before",))
    name, known = _publisher_at(publisher), publishers_of(served)
    before = _cursor(text(given, "before"))
    one = known.named(name)
    if one is None:
        raise LookupError(
            f"no report of this record is of the publisher {(name or 'none')[:80]!r}: /sources lists them"
        )
    with served.ask() as database:
        found = reports_of(database, name, REPORTS + 1, before=before)
        events = events_told(database, [report.id for report in found])
    shown = found[:REPORTS]
    return page(
        request,
        "source.html",
        title=_named(one),
        one=one,
        reports=shown,
        events=events,
        copies_from=known.copies_from(name)[:OTHERS],
        copied_by=known.copied_by(name)[:OTHERS],
        before=before,
        more=f"{path_of(name)}?{urlencode({'before': _place(shown[-1])})}" if len(found) > REPORTS else None,
        path_of=path_of,
    )


def _named(one: Publisher) -> str:
    return one.name or "Reports without a publisher"


def _place(report: Report) -> str:
    return f"{day_of(report)} {report.id}".strip()


def _cursor(before: str | None) -> tuple[str, str] | None:
    """Day and id of the report that a page comes behind; of one without a day the id alone."""
    if before is None:
        return None
    day, _, report = before.rpartition(" ")
    return day, report

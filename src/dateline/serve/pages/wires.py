"""Wires: the stories that are printed more than once, and one of them as a tree of what each copy made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, get
from litestar.exceptions import ValidationException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from dateline.phrasing import headline
from dateline.serve.comparing import AT_ONCE, Compared, compared
from dateline.serve.numbers import number_in
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.serve.whole_ids import lead_to
from dateline.store.looking import BIGGEST, ORDERS, Imprint, Story, copied, copies_of, lengths, original_of, stories
from dateline.store.sqlite import Database
from dateline.types import Evidence, Report

STORIES_SHOWN = 50
COPIES_SHOWN = 20
PUBLISHERS_SHOWN = 5
FOLDED = 3
"""Differences of a kind that are shown at once ..."""
LETTERS = 400
"""... and how many letters they may have together."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A story of the list: its original (null: no longer in the record) and the first of those who copied it."""

    story: Story
    original: Report | None
    copies: tuple[Imprint, ...]


@get("/wires", include_in_schema=False, sync_to_thread=True)
def wires(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """The stories that have copies, those with the most first, or the newest."""
    order = request.query_params.get("order") or BIGGEST
    if order not in ORDERS:
        raise ValidationException(detail=f"no order {order[:20]!r}: it is one of {', '.join(ORDERS)}")
    skip = number_in(request, "from", default=0)
    with served.ask() as database:
        found = stories(database, order, skip=skip, most=STORIES_SHOWN + 1)
        originals = {one.id: one for one in database.reports_in(story.original for story in found)}
        listed = [_listed(database, story, originals.get(story.original)) for story in found[:STORIES_SHOWN]]
        total = copied(database)
    return page(
        request,
        "wires.html",
        title="Wires",
        listed=listed,
        order=order,
        skip=skip,
        shown=STORIES_SHOWN,
        more=len(found) > STORIES_SHOWN,
        stories=total[0],
        copies=total[1],
        publishers_shown=PUBLISHERS_SHOWN,
    )


def _listed(database: Database, story: Story, original: Report | None) -> Listed:
    return Listed(story, original, tuple(copies_of(database, story.original)[:COPIES_SHOWN]))


# ---------------------------------------------------------------- one of them
@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of difference of a copy: those that are shown at once, and those that are folded away."""

    first: tuple[Evidence, ...]
    rest: tuple[Evidence, ...]

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Both."""
        return (*self.first, *self.rest)


@dataclass(frozen=True, slots=True)
class Branch:
    """A copy in the tree: compared with its original, as far as that was done for this request."""

    compared: Compared
    added: Shown
    left_out: Shown


@get("/w/{prefix:str}", include_in_schema=False, sync_to_thread=True)
def wire(request: Request[Any, Any, Any], served: TheRecord, prefix: FromPath[str]) -> Template | Redirect:
    """A wire; how its id begins, or how that of a report of it begins, leads to it."""
    with served.ask() as database:
        original = _original(database, prefix)
        if original.wire is not None and original.wire != prefix:
            return lead_to(request, f"/w/{original.wire}")
        copies = copies_of(database, original.id)
        skip = number_in(request, "from", default=0)
        shown = copies[skip : skip + COPIES_SHOWN]
        asked = request.query_params.get("copy")
        branches = _branches(served, database, original, shown, asked)
    return page(
        request,
        "wire.html",
        title=headline(original),
        wire=original.wire or original.id,
        original=original,
        copies=len(copies),
        branches=branches,
        skip=skip,
        shown=COPIES_SHOWN,
        reports={one.compared.report.id: one.compared.report for one in branches},
    )


def _original(database: Database, prefix: str) -> Report:
    """The original of a wire, found at once where the whole id is given."""
    whole = original_of(database, prefix)
    report = database.report(whole) if whole else None
    if report is not None:
        return report
    reports = database.wire(prefix)
    return next((one for one in reports if one.copy_of is None), reports[0])


def _branches(
    served: Served, database: Database, original: Report, copies: Sequence[Imprint], asked: str | None
) -> list[Branch]:
    """The copies, each beside the original, until the time for a request is used up; the one asked for in any case."""
    sizes = lengths(database, [one.id for one in copies])
    left = AT_ONCE
    found = []
    for report in _in_order(database, copies):
        size = sizes.get(report.id, 0) + len(original.text)
        wanted = asked is not None and report.id.startswith(asked)
        if wanted or size <= left:
            left -= size
            beside = compared(served.record, report, original, asked=True)
        else:
            beside = Compared(report, original, None, too_long=False)
        found.append(_branch(beside))
    return found


def _in_order(database: Database, copies: Sequence[Imprint]) -> list[Report]:
    by_id = {one.id: one for one in database.reports_in(one.id for one in copies)}
    return [by_id[one.id] for one in copies if one.id in by_id]


def _branch(beside: Compared) -> Branch:
    copy = beside.copy
    return Branch(beside, _shown(copy.added if copy else ()), _shown(copy.left_out if copy else ()))


def _shown(quotes: Sequence[Evidence]) -> Shown:
    letters, count = 0, 0
    for one in quotes[:FOLDED]:
        letters += len(one.quote)
        if count and letters > LETTERS:
            break
        count += 1
    return Shown(tuple(quotes[:count]), tuple(quotes[count:]))

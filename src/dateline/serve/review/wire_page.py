"""The page on which two reports are said to be of one wire, or not of one."""

from __future__ import annotations

from collections import defaultdict

from litestar.response import Template

from dateline.serve.rendering import page
from dateline.serve.review.deciding import Form
from dateline.serve.review.queueing import lines_of
from dateline.serve.review.state import State
from dateline.serve.review.told import common
from dateline.serve.review.who import AnyRequest
from dateline.serve.served import Served
from dateline.store.sqlite import Database
from dateline.types import Report

LONGEST_ID = 64


def wire_page(
    request: AnyRequest, served: Served, state: State, *, form: Form | None = None, refusal: str | None = None
) -> Template:
    """The form, with the reports that it or the address names."""
    shown = dict(common(request, state, lines_of(served), form=form, refusal=refusal))
    typed = shown["typed"] if form else defaultdict(str, request.query_params)
    with served.ask() as database:
        reports = [_report(typed[name][:LONGEST_ID], database) for name in ("report", "with")]
    return page(request, "review_wires.html", title="Of one wire?", **(shown | {"typed": typed, "reports": reports}))


def _report(prefix: str, database: Database) -> Report | None:
    """The report of an id; null where there is none, or several."""
    try:
        return database.report_like(prefix)
    except LookupError:
        return None

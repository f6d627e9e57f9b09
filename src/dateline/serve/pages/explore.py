"""Explore: the events that the filters ask for, as a list, on a map, over time."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.response import Template

from dateline.serve.filters import query_in
from dateline.serve.rendering import page
from dateline.serve.served import TheRecord


@get("/", include_in_schema=False, sync_to_thread=True)
def explore(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """The list of events."""
    query = query_in(request.query_params, ("view", "after", "before"))
    found = served.index().found(query)
    with served.ask() as database:
        events, copies = database.events_of(found.page(None, 50)), database.copies()
    return page(request, "explore.html", title="Events", query=query, tally=found.tally, events=events, copies=copies)

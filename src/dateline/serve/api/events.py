"""Events by the API."""

from __future__ import annotations

from typing import Any

from litestar import Request, get

from dateline.serve.filters import query_in
from dateline.serve.served import TheRecord
from dateline.types import Event


@get("/api/v1/events", sync_to_thread=True)
def events(request: Request[Any, Any, Any], served: TheRecord) -> list[Event]:
    """The first events that the filters ask for."""
    found = served.index().found(query_in(request.query_params))
    with served.ask() as database:
        return database.events_of(found.page(None, 50))

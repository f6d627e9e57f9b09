"""Disputes: the disputed events that the filters ask for, each with its speakers side by side and its tolls over time.

A policy says which toll is shown of many; it is named above the numbers and changes no claim.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar import Request, get
from litestar.response import Template

from dateline.serve.disputing import Dispute, dispute_of, looked_at
from dateline.serve.filters import query_in
from dateline.serve.pages.asked import NARROWING, text, word
from dateline.serve.rendering import page
from dateline.serve.served import TheRecord
from dateline.serve.toll_chart import charts
from dateline.serve.tolling import MEANS, Policy, settled
from dateline.store.by_id import claims_by_id, reports_by_id
from dateline.store.rows import position
from dateline.store.sqlite import Database

EVENTS, SIDES, TOLLS = 10, 12, 20
"""Events of a page; speakers and tolls that are shown of each: the event's own page has all."""
NAMES = ("policy", "after")


@get("/disputes", include_in_schema=False, sync_to_thread=True)
def disputes(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """The disputed events, in the order of time."""
    given = {name: values[-1] for name, values in request.query_params.dict().items()}
    query = query_in(request.query_params, NAMES)
    policy = Policy(word(given, "policy", Policy) or Policy.RANGE)
    after = text(given, "after")
    found = served.index().found(replace(query, disputed=True))
    ids = found.page(after, EVENTS + 1)
    with served.ask() as database:
        shown = _disputes(database, ids[:EVENTS])
    more = position(shown[-1].event) if len(ids) > EVENTS and shown else None
    return page(
        request,
        "disputes.html",
        title="Disputes",
        query=query,
        policy=policy,
        policies=MEANS,
        shown=shown,
        total=found.tally.events,
        after=after,
        more=more,
        chosen=policy if policy is not Policy.RANGE else None,
        settled=lambda dispute: settled(policy, dispute.event.harm, dispute.days),
        charts=charts,
        most_sides=SIDES,
        most_tolls=TOLLS,
        **NARROWING,
    )


def _disputes(database: Database, ids: list[str]) -> list[Dispute]:
    events = database.events_of(ids)
    claims = claims_by_id(database, (claim for event in events for claim in looked_at(event)))
    reports = reports_by_id(database, {claim.report for claim in claims.values()})
    return [dispute_of(event, claims, reports) for event in events]

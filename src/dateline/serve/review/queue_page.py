"""The page of the queue: one event, what is proposed of it, the form that is open over it, and what is left."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from litestar.response import Template

from dateline.deciding.coded import CODED
from dateline.deciding.writing import Known, in_words
from dateline.querying import parameters
from dateline.reviewing.codings import Coding
from dateline.serve.facets import Chip, Choices
from dateline.serve.filters import query_in
from dateline.serve.naming import Names
from dateline.serve.rendering import page
from dateline.serve.review.deciding import Form
from dateline.serve.review.fields import LABELS, NOT_STATED, coded_inputs, inputs, words_of
from dateline.serve.review.looking import near, trigger, view_of
from dateline.serve.review.queueing import codings_of, lines_of, queue_of
from dateline.serve.review.state import State
from dateline.serve.review.told import common
from dateline.serve.review.who import AnyRequest, reviewer_of
from dateline.serve.served import Served
from dateline.serve.viewing import View
from dateline.store.sqlite import Database
from dateline.types import Claim, Decision, Event, EventType, Status


def queue_page(
    request: AnyRequest, served: Served, state: State, *, form: Form | None = None, refusal: str | None = None
) -> Template:
    """The next event, or the one that is asked for; `form` comes back with its `refusal`."""
    lines, reviewer = lines_of(served), form.by if form else reviewer_of(request)
    with served.ask() as database:
        said = codings_of(lines, database)
        queue = queue_of(served, state, said, reviewer)
        key = (form.event if form else None) or state.event or queue.next(state.after)
        event = database.event(key) if key else None
        shown = _event(event, database, lines, served, state, _own(said, event, reviewer), form) if event else _NOTHING
    return page(
        request,
        "review.html",
        title="Code twice" if state.is_double else "Review",
        queue=queue,
        chips=list(_chips(served, state)),
        choices=_CHOICES,
        kept=[pair for pair in parameters(state.query) if pair[0] not in _IN_FORM],
        **common(request, state, lines, form=form, refusal=refusal),
        **shown,
    )


_NOTHING: Mapping[str, Any] = {"view": None, "fields": (), "facts": (), "near": (), "own": None, "quotes": {}}
_IN_FORM = frozenset({"type", "status", "from", "to", "text"})
"""Filters that the form of the page has; it carries the others along."""
_CHOICES = {"type": [str(kind) for kind in EventType], "status": [str(status) for status in Status]}
"""What there is to choose of filters."""


def _event(
    event: Event,
    database: Database,
    lines: Sequence[Decision],
    served: Served,
    state: State,
    own: Coding | None,
    form: Form | None,
) -> Mapping[str, Any]:
    """What the page shows of the event in view. Where it is coded, what others decided and said of it is not shown."""
    view, packs = view_of(event, database, () if state.is_double else lines), served.record.packs
    given = form.words if form else _as_coded(own, event, view.claims)
    if state.is_double:
        fields = coded_inputs(event, view.claims, packs, given)
    else:
        fields = inputs(event, view.claims, packs, given=given) if state.form == "correct" else []
    return {
        "view": view,
        "own": own,
        "fields": fields,
        "facts": _facts(event, view.claims),
        "near": near(event, served, database) if state.form == "merge" else (),
        "quotes": {claim.id: trigger(claim).quote for claim in view.claims},
    }


def _facts(event: Event, claims: Sequence[Claim]) -> list[tuple[str, str, str]]:
    """The proposed fields: name, label, words."""
    known = Known.of_event(event, claims)
    return [(name, LABELS[name], words_of(event, name, known) or NOT_STATED) for name in CODED]


def _own(said: Sequence[Coding], event: Event | None, reviewer: str) -> Coding | None:
    """What the reviewer said of the event before."""
    return next((one for one in said if event and one.event == event.id and one.reviewer == reviewer), None)


def _as_coded(own: Coding | None, event: Event, claims: Sequence[Claim]) -> Mapping[str, str]:
    """The fields in the words of an earlier coding, beside those that are proposed."""
    known = Known.of_event(event, claims)
    return {name: in_words(name, json.loads(value), known) for name, value in own.values.items()} if own else {}


def _chips(served: Served, state: State) -> Iterator[Chip]:
    """The filters that hold, each with the queue without it."""
    names = Names(served.record.packs, served.wording)
    for chip in Choices(served.index(), View(state.query), names).chips():
        left = query_in(parse_qs(urlsplit(chip.address).query))
        yield Chip(chip.text, replace(state.from_start(), query=left).address())

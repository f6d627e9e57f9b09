"""The page on which what reviewers said of one event stands side by side, and the page of their agreement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from litestar.response import Template

from dateline.deciding.writing import Known, in_words
from dateline.reviewing.agreement import agreements
from dateline.reviewing.comparing import Compared
from dateline.reviewing.comparing import Field as ComparedField
from dateline.serve.rendering import page
from dateline.serve.review.deciding import ALL, Form, compared
from dateline.serve.review.fields import LABELS, NOT_STATED
from dateline.serve.review.looking import view_of
from dateline.serve.review.queueing import codings_of, lines_of
from dateline.serve.review.state import State
from dateline.serve.review.told import common
from dateline.serve.review.who import AnyRequest
from dateline.serve.served import Served
from dateline.types import Claim

MOST_SETTLED = 100
"""Settled events that the page of comparison lists."""


def agreement_page(request: AnyRequest, served: Served, state: State) -> Template:
    """How far reviewers agree on each field, all of them and two by two."""
    with served.ask() as database:
        said = codings_of(lines_of(served), database)
    tables = [(names, list(rows)) for names, rows in groupby(agreements(said), lambda one: one.reviewers)]
    return page(
        request, "agreement.html", title="Agreement", state=state, tables=tables, labels=LABELS, coded=len(said)
    )


@dataclass(frozen=True, slots=True)
class Says:
    """What a reviewer says of a field, in words, in the coding of this line."""

    reviewer: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A field in words: as the record has it, and as each reviewer does."""

    name: str
    label: str
    record: str
    said: tuple[Says, ...]
    field: ComparedField


def compare_page(
    request: AnyRequest, served: Served, state: State, *, form: Form | None = None, refusal: str | None = None
) -> Template:
    """The first event that is not settled, or the one that is asked for."""
    lines = lines_of(served)
    with served.ask() as database:
        found = compared(lines, codings_of(lines, database), database)
        one = _chosen(found, (form.event if form else None) or state.event, state.after)
        view = view_of(one.event, database, lines) if one else None
    open_ones = [other for other in found if not other.is_settled]
    return page(
        request,
        "compare.html",
        title="Compare",
        **common(request, state, lines, form=form, refusal=refusal),
        one=one,
        view=view,
        rows=[_row(field, one, view.claims) for field in one.fields] if one and view else [],
        counts=(len(found), len(open_ones), sum(not other.differing for other in open_ones)),
        settled=[other for other in found if other.is_settled][:MOST_SETTLED],
    )


def _chosen(found: Sequence[Compared], event: str | None, after: str | None) -> Compared | None:
    """The one that is asked for, else the first that is not settled behind `after`."""
    if event and event != ALL:
        return next((one for one in found if one.event.id.startswith(event)), None)
    ids = [one.event.id for one in found]
    behind = found[ids.index(after) + 1 :] if after in ids else found
    return next((one for one in behind if not one.is_settled), None)


def _row(field: ComparedField, one: Compared, claims: Sequence[Claim]) -> Row:
    """A field as the record and each reviewer have it, in words."""
    known = Known.of_event(one.event, claims)
    said = [
        Says(coding.reviewer, coding.line, _words(field.name, coding.value(field.name), known))
        for coding in one.codings
    ]
    return Row(field.name, LABELS[field.name], _words(field.name, field.record, known), tuple(said), field)


def _words(name: str, value: str | None, known: Known) -> str:
    """A value (JSON) in words."""
    if value is None:
        return "nothing: it is no event"
    return in_words(name, json.loads(value), known) or NOT_STATED

"""The review: a queue with one event at a time, events that several reviewers coded side by side, and their agreement.

Everything works by plain forms: what is sent is answered by a redirect to the next event, or, where it makes no sense, by
the same page with the refusal in words (422) and what was typed. Who decides is who signed in, else the name in a cookie.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol, cast
from urllib.parse import quote, unquote

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import RawBody
from litestar.response import Redirect, Template

from dateline.deciding.asking import Refused
from dateline.deciding.coded import CODED
from dateline.deciding.writing import Known, in_words
from dateline.reviewing.agreement import agreements
from dateline.reviewing.codings import Coding
from dateline.reviewing.comparing import Compared
from dateline.reviewing.comparing import Field as ComparedField
from dateline.serve.rendering import page
from dateline.serve.review.deciding import LONGEST_NAME, Form, compared, decide, form_in, is_of_event, last_line
from dateline.serve.review.fields import LABELS, NOT_STATED, coded_inputs, inputs, words_of
from dateline.serve.review.looking import near, trigger, view_of
from dateline.serve.review.queueing import codings_of, lines_of, queue_of
from dateline.serve.review.state import AGREEMENT, COMPARE, REVIEW, State, state_in
from dateline.serve.served import Served, TheRecord
from dateline.store.sqlite import Database
from dateline.text import writable
from dateline.types import Claim, Decision, Event, EventType, Status

COOKIE = "dateline-reviewer"
YEAR = 365 * 24 * 3600
MOST_SETTLED = 100
"""Settled events that the page of comparison lists."""

AnyRequest = Request[Any, Any, Any]


class Signed(Protocol):
    """Who signed in, as the request has it: `name` is null where nobody signs in."""

    @property
    def name(self) -> str | None:
        """The name that decisions bear."""

    @property
    def may_review(self) -> bool:
        """Whether they may decide at all."""

    def may_undo(self, by: str) -> bool:
        """Whether they may take back what `by` decided."""


# ---------------------------------------------------------------- routes
@get(REVIEW, include_in_schema=False, sync_to_thread=True)
def review(request: AnyRequest, served: TheRecord) -> Template:
    """The next event of the queue, or the one that the address names."""
    return _review(request, served, state_in(request.query_params))


@get(COMPARE, include_in_schema=False, sync_to_thread=True)
def compare(request: AnyRequest, served: TheRecord) -> Template:
    """The next event of which reviewers said different things, or the one that the address names."""
    return _compare(request, served, state_in(request.query_params, COMPARE))


@get(AGREEMENT, include_in_schema=False, sync_to_thread=True)
def agreement(request: AnyRequest, served: TheRecord) -> Template:
    """How far reviewers agree on each field."""
    state = state_in(request.query_params, AGREEMENT)
    with served.ask() as database:
        said = codings_of(lines_of(served), database)
    tables = [(names, list(rows)) for names, rows in groupby(agreements(said), lambda one: one.reviewers)]
    return page(
        request, "agreement.html", title="Agreement", state=state, tables=tables, labels=LABELS, coded=len(said)
    )


@post(f"{REVIEW}/decide", include_in_schema=False, sync_to_thread=True)
def sent(request: AnyRequest, served: TheRecord, body: RawBody) -> Response[Any]:
    """Keeps what a reviewer decides, and leads on."""
    form = _by(form_in(body), request)
    if form.action == "name":
        return _named(form, request, served)
    try:
        state = decide(form, served)
    except Refused as refused:
        return _again(request, served, form, str(refused))
    return _led(state, form.by if _signed_name(request) is None else None)


ROUTES = (review, compare, agreement, sent)


# ---------------------------------------------------------------- who
def _signed(request: AnyRequest) -> Signed | None:
    return cast("Signed | None", request.scope.get("user"))


def _signed_name(request: AnyRequest) -> str | None:
    signed = _signed(request)
    return signed.name if signed is not None else None


def _reviewer(request: AnyRequest) -> str:
    """Who decides: who signed in, else the name in the cookie; nothing where nobody is known who may."""
    signed = _signed(request)
    if signed is not None and not signed.may_review:
        return ""
    return _signed_name(request) or writable(unquote(request.cookies.get(COOKIE, "")))[:LONGEST_NAME].strip()


def _by(form: Form, request: AnyRequest) -> Form:
    """The form by who signed in, else by whom it says, else by whom the cookie says."""
    signed = _signed(request)
    by = _signed_name(request) or form.by or _reviewer(request)
    may: Callable[[str], bool] = signed.may_undo if signed is not None else form.may_undo
    return Form(form.values, form.state, by, may)


def _named(form: Form, request: AnyRequest, served: Served) -> Response[Any]:
    """Keeps a name in the cookie."""
    given = form.value("by")
    if not 0 < len(given) <= LONGEST_NAME:
        return _again(request, served, form, f"give a name of 1 to {LONGEST_NAME} letters")
    return _led(form.state, given)


def _led(state: State, name: str | None) -> Response[Any]:
    """A redirect to a state, with the name for the cookie."""
    value = (
        None if name is None else Cookie(COOKIE, REVIEW, quote(name), max_age=YEAR, httponly=True, samesite="strict")
    )
    return Redirect(state.address(), status_code=303, cookies=[value] if value else None)


def _again(request: AnyRequest, served: Served, form: Form, refusal: str) -> Response[Any]:
    """The page that a form came from, with what was typed and why it is refused; 422."""
    show = _compare if form.state.path == COMPARE else _review
    try:
        shown: Template = show(request, served, form.state, form, refusal)
    except LookupError as error:  # its event is gone: the queue goes on, and says so
        shown = show(request, served, form.state.from_start(), None, f"{refusal}; {error}")
    shown.status_code, shown.media_type = 422, MediaType.HTML
    return shown


# ---------------------------------------------------------------- the queue
def _review(
    request: AnyRequest, served: Served, state: State, form: Form | None = None, refusal: str | None = None
) -> Template:
    lines, reviewer = lines_of(served), form.by if form else _reviewer(request)
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
        state=state,
        reviewer=reviewer,
        signed=_signed_name(request),
        queue=queue,
        choices=_CHOICES,
        refusal=refusal,
        typed=_typed(form),
        **_done(lines, state.done),
        last=last_line(lines, reviewer),
        **shown,
    )


_NOTHING: Mapping[str, Any] = {"view": None, "fields": (), "facts": (), "near": (), "own": None, "quotes": {}}
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


def _typed(form: Form | None) -> Mapping[str, str]:
    """What was typed into the form that comes back; nothing for what it has not."""
    return defaultdict(str, form.words if form else {})


def _done(lines: Sequence[Decision], number: int | None) -> Mapping[str, Any]:
    """The line that was kept just now."""
    line = lines[number - 1] if number is not None and number <= len(lines) else None
    return {"done": line, "done_is_of_event": line is not None and is_of_event(line)}


# ---------------------------------------------------------------- side by side
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


def _compare(
    request: AnyRequest, served: Served, state: State, form: Form | None = None, refusal: str | None = None
) -> Template:
    lines, reviewer = lines_of(served), form.by if form else _reviewer(request)
    with served.ask() as database:
        found = compared(lines, codings_of(lines, database), database)
        one = _chosen(found, (form.event if form else None) or state.event, state.after)
        view = view_of(one.event, database, lines) if one else None
    open_ones = [other for other in found if not other.is_settled]
    return page(
        request,
        "compare.html",
        title="Compare",
        state=state,
        reviewer=reviewer,
        signed=_signed_name(request),
        refusal=refusal,
        typed=_typed(form),
        **_done(lines, state.done),
        last=last_line(lines, reviewer),
        one=one,
        view=view,
        rows=[_row(field, one, view.claims) for field in one.fields] if one and view else [],
        counts=(len(found), len(open_ones), sum(not other.differing for other in open_ones)),
        settled=[other for other in found if other.is_settled][:MOST_SETTLED],
    )


def _chosen(found: Sequence[Compared], event: str | None, after: str | None) -> Compared | None:
    """The one that is asked for, else the first that is not settled behind `after`."""
    if event and event != "all":
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

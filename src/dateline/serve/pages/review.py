"""The review: a queue with one event at a time, events that several reviewers coded side by side, and their agreement.

Everything works by plain forms: what is sent is answered by a redirect to what comes next, or, where it makes no sense,
by the same page with the refusal in words (422) and what was typed.
"""

from __future__ import annotations

from typing import Any

from litestar import MediaType, Response, get, post
from litestar.params import RawBody
from litestar.response import Redirect, Template

from dateline.deciding.asking import Refused
from dateline.serve.review.compare_page import agreement_page, compare_page
from dateline.serve.review.deciding import LONGEST_NAME, Form, decide, form_in
from dateline.serve.review.queue_page import queue_page
from dateline.serve.review.state import AGREEMENT, COMPARE, REVIEW, WIRES, State, state_in
from dateline.serve.review.who import AnyRequest, cookies_for, signed
from dateline.serve.review.wire_page import wire_page
from dateline.serve.served import Served, TheRecord


@get(REVIEW, include_in_schema=False, sync_to_thread=True)
def review(request: AnyRequest, served: TheRecord) -> Template:
    """The next event of the queue, or the one that the address names."""
    return queue_page(request, served, state_in(request.query_params))


@get(COMPARE, include_in_schema=False, sync_to_thread=True)
def compare(request: AnyRequest, served: TheRecord) -> Template:
    """The next event of which reviewers said different things, or the one that the address names."""
    return compare_page(request, served, state_in(request.query_params, COMPARE))


@get(AGREEMENT, include_in_schema=False, sync_to_thread=True)
def agreement(request: AnyRequest, served: TheRecord) -> Template:
    """How far reviewers agree on each field."""
    return agreement_page(request, served, state_in(request.query_params, AGREEMENT))


@get(WIRES, include_in_schema=False, sync_to_thread=True)
def wires(request: AnyRequest, served: TheRecord) -> Template:
    """Whether two reports are of one wire: `report`, `with` and `action` of the address fill the form."""
    return wire_page(request, served, State(path=WIRES))


@post(f"{REVIEW}/decide", include_in_schema=False, sync_to_thread=True)
def sent(request: AnyRequest, served: TheRecord, body: RawBody) -> Response[Any]:
    """Keeps what a reviewer decides, and leads on."""
    form = signed(form_in(body), request)
    try:
        address = _named(form) if form.action == NAME else decide(form, served)
    except Refused as refused:
        return _again(request, served, form, str(refused))
    return Redirect(address, status_code=303, cookies=cookies_for(form.by, request))


ROUTES = (review, compare, agreement, wires, sent)

NAME = "name"
"""The action by which a reviewer says who decides; it is kept in a cookie, not in the record."""

_PAGES = {REVIEW: queue_page, COMPARE: compare_page, WIRES: wire_page}
"""The pages that forms come from."""


def _named(form: Form) -> str:
    """Where a name leads that may be one."""
    if not 0 < len(form.by) <= LONGEST_NAME:
        raise Refused(f"give a name of 1 to {LONGEST_NAME} letters")
    return form.state.address()


def _again(request: AnyRequest, served: Served, form: Form, refusal: str) -> Response[Any]:
    """The page that a form came from, with what was typed and why it is refused; 422."""
    show = _PAGES[form.state.path]
    try:
        shown: Template = show(request, served, form.state, form=form, refusal=refusal)
    except LookupError as error:  # its event is gone: the queue goes on, and says so
        shown = show(request, served, form.state.from_start(), refusal=f"{refusal}; {error}")
    shown.status_code, shown.media_type = 422, MediaType.HTML
    return shown

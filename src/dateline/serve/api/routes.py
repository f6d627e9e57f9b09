"""The addresses of the API: a list and, where it has ids, one of each noun; what belongs to an event; counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from litestar import Request, route
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse
from litestar.response.streaming import ASGIStreamingResponse

from dateline.publishing.encoding import to_json
from dateline.serve.api import answers, listings
from dateline.serve.api.answers import List, tagged
from dateline.serve.api.asked import Asked, asked, form_of, refuse_long, refuse_parameters, single, whole
from dateline.serve.api.listings import Question
from dateline.serve.api.nouns import NOUNS, Find, Noun
from dateline.serve.api.parameters import FACET_ROWS, MOST_FACET_ROWS, MOST_SPANS, SPANS, Own
from dateline.serve.api.schema import openapi
from dateline.serve.api.values import Counted, Facets
from dateline.serve.filters import query_in
from dateline.serve.served import Served, TheRecord
from dateline.serve.streaming import TooManyListen
from dateline.store.asking import EVERYTHING
from dateline.store.event_index import FACETS
from dateline.text import digest

API = "/api/v1"
READING = [HttpMethod.GET, HttpMethod.HEAD]
Asking = Request[Any, Any, Any]
NOTHING = Asked(EVERYTHING, Own(), None, None)


def reading(fn: Callable[..., ASGIResponse], *paths: str) -> list[HTTPRouteHandler]:
    """The routes by which a function is read, one for each path of the API."""
    return [
        route(f"{API}{path}", http_method=READING, sync_to_thread=True, include_in_schema=False)(fn) for path in paths
    ]


# ---------------------------------------------------------------- lists
def list_of(noun: Noun) -> list[HTTPRouteHandler]:
    """The list of a noun, with or without a suffix."""

    def listed(request: Asking, served: TheRecord) -> ASGIResponse:
        _, dot, suffix = request.scope["path"].rpartition("/")[2].partition(".")
        return a_list(request, served, noun, suffix=suffix if dot else None)

    return reading(listed, f"/{noun.name}", *(f"/{noun.name}.{form}" for form in noun.forms))


def a_list(
    request: Asking,
    served: Served,
    noun: Noun,
    *,
    suffix: str | None,
    how: List | None = None,
    own: Own = Own(),  # noqa: B008
) -> ASGIResponse:
    """A list of a noun. `own`: what the path has narrowed already; `how`: how it is listed, if otherwise."""
    form = form_of(request, suffix, noun.forms)
    given = asked(request, [name for name in noun.narrowed if getattr(own, name) is None])
    marked = tagged(request, _revision(served, noun), form, vary=suffix is None)
    if marked.is_known():
        return answers.not_modified(marked)
    narrowed = replace(given, own=_both(given.own, own))
    with served.ask() as database:
        return answers.listed(marked, form, noun.rows, how or noun.list, Question(served, database, narrowed))


def _both(given: Own, by_path: Own) -> Own:
    return replace(given, **{name: word for name in _OWN if (word := getattr(by_path, name)) is not None})


_OWN = tuple(Own.__dataclass_fields__)


def _revision(served: Served, noun: Noun) -> str:
    """What names the state of the record that a list is of; decisions are kept beside it."""
    revision = served.index().revision
    if noun.name != "decisions":
        return revision
    kept = served.record.folder.decisions
    return digest(revision, kept.read_bytes() if kept.exists() else b"")


# ---------------------------------------------------------------- one
def one_of(noun: Noun, find: Find) -> list[HTTPRouteHandler]:
    """One of a noun, by its id."""

    def found(request: Asking, served: TheRecord, id: FromPath[str]) -> ASGIResponse:  # noqa: A002 - the field's name
        return an_item(request, served, noun, find, id)

    return reading(found, f"/{noun.name}/{{id:path}}")


def an_item(request: Asking, served: Served, noun: Noun, find: Find, path: str) -> ASGIResponse:
    """One of a noun, of the id that a path ends with."""
    refuse_parameters(request)
    key, suffix = _split(path, noun.forms)
    form = form_of(request, suffix, noun.forms)
    with served.ask() as database:
        question = Question(served, database, NOTHING)
        marked = tagged(request, _state(question, noun), form, vary=suffix is None)
        if marked.is_known():
            return answers.not_modified(marked)
        return answers.one(marked, form, noun.rows, find(question, key))


def _state(question: Question, noun: Noun) -> str:
    return digest(question.database.revision(), _revision(question.served, noun))


def _split(path: str, forms: Sequence[str]) -> tuple[str, str | None]:
    """The id and the suffix of the last part of a path; what is no suffix is of the id."""
    key, _, suffix = path.lstrip("/").rpartition(".")
    return (key, suffix) if key and suffix in forms else (path.lstrip("/"), None)


# ---------------------------------------------------------------- events
def event(request: Asking, served: TheRecord, id: FromPath[str]) -> ASGIResponse:  # noqa: A002 - the field's name
    """One event; an id that it had before is sent on to the one that it has."""
    noun = NOUNS["events"]
    refuse_parameters(request)
    key, suffix = _split(id, noun.forms)
    form = form_of(request, suffix, noun.forms)
    with served.ask() as database:
        marked = tagged(request, database.revision(), form, vary=suffix is None)
        if marked.is_known():
            return answers.not_modified(marked)
        found = database.event(key)
    if not found.id.startswith(key.lower()):
        return _moved(request, f"{API}/events/{found.id}{f'.{suffix}' if suffix else ''}")
    return answers.one(marked, form, noun.rows, found)


def _moved(request: Asking, address: str) -> ASGIResponse:
    """Where what was asked for is now; it may be elsewhere later, so that the old address stays worth asking."""
    head = request.method == "HEAD"
    return ASGIResponse(
        body=b"" if head else to_json({"moved": address}),
        status_code=307,
        headers={"Location": address, "Cache-Control": "no-cache"},
        is_head_response=head,
    )


def history(request: Asking, served: TheRecord, id: FromPath[str]) -> ASGIResponse:  # noqa: A002 - the field's name
    """What became of an event, and of those that went into it, the newest first."""
    suffix = request.scope["path"].rpartition("/history")[2].removeprefix(".") or None
    return a_list(request, served, NOUNS["changes"], suffix=suffix, own=Own(event=id))


def why(request: Asking, served: TheRecord, id: FromPath[str]) -> ASGIResponse:  # noqa: A002 - the field's name
    """Why the claims of an event are one."""
    refuse_parameters(request)
    form = form_of(request, None, ("json",))
    with served.ask() as database:
        marked = tagged(request, database.revision(), form, vary=False)
        if marked.is_known():
            return answers.not_modified(marked)
        found = database.event(id)
    reasons = b",".join(map(to_json, served.record.explain(found.id))).decode("utf-8")
    return answers.whole(marked, form, f'{{"event":"{found.id}","reasons":[{reasons}]}}')


# ---------------------------------------------------------------- by name and by number
def place(request: Asking, served: TheRecord, name: FromPath[str]) -> ASGIResponse:
    """The places of a name."""
    noun = NOUNS["places"]
    key, suffix = _split(name, noun.forms)
    return a_list(request, served, noun, suffix=suffix, how=listings.places_named(key))


def run(request: Asking, served: TheRecord, run: FromPath[str]) -> ASGIResponse:
    """The changes of one making of the record."""
    noun = NOUNS["changes"]
    key, suffix = _split(run, noun.forms)
    with served.ask() as database:
        if not listings.is_run(database, key):
            raise NotFoundException(detail=f"no run {key!r}; {API}/changes has their numbers, `run`")
    return a_list(request, served, noun, suffix=suffix, own=Own(run=key))


# ---------------------------------------------------------------- counts
def facets(request: Asking, served: TheRecord) -> ASGIResponse:
    """The events asked for, counted."""
    form = form_of(request, None, ("json",))
    counted = _counting(request)
    marked = tagged(request, served.index().revision, form, vary=False)
    if marked.is_known():
        return answers.not_modified(marked)
    return answers.whole(marked, form, to_json(counted(served)).decode("utf-8"))


def _counting(request: Asking) -> Callable[[Served], Counted]:
    query = query_in(request.query_params, ("limit", "spans"))
    limit = _number(request, "limit", FACET_ROWS, 1, MOST_FACET_ROWS)
    spans = _number(request, "spans", SPANS, 1, MOST_SPANS)

    def counted(served: Served) -> Counted:
        index = served.index()
        found = index.found(query)
        values = Facets(**{name: tuple(found.facet(name, limit)) for name in FACETS})
        return Counted(found.tally, values, tuple(found.spans(spans)), index.revision)

    return counted


def _number(request: Asking, name: str, usual: int, least: int, most: int) -> int:
    value = single(request, name)
    return usual if value is None else whole(name, value, least, most)


# ---------------------------------------------------------------- what is new
@route(f"{API}/stream", http_method=READING, include_in_schema=False)
async def stream(request: Asking) -> ASGIResponse:
    """What is new, as it comes."""
    last = _last(request)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        return ASGIResponse(headers={**headers, "content-type": EVENT_STREAM}, is_head_response=True)
    try:
        told = await request.app.state.news.listen(last)
    except TooManyListen:
        raise HTTPException(
            status_code=503, detail="as many listen as there may be: ask again later", headers={"Retry-After": "30"}
        ) from None
    return ASGIStreamingResponse(iterator=told, headers=headers, media_type=EVENT_STREAM)


EVENT_STREAM = "text/event-stream"


def _last(request: Asking) -> int | None:
    """The run that was heard of last: as a browser says it when it comes back, or a program in the address."""
    refuse_long(request)
    for name in request.query_params:
        if name != "after":
            raise ValidationException(detail=f"no parameter {name!r}: there is after")
    given = request.headers.get("last-event-id", "").strip() or single(request, "after")
    return None if not given else whole("after", given, 0, 10**15 - 1)


# ---------------------------------------------------------------- what there is, and is not
def described(request: Asking) -> ASGIResponse:
    """The API described in OpenAPI."""
    refuse_parameters(request)
    form = form_of(request, None, ("json",))
    marked = tagged(request, "", form, vary=False)
    return answers.not_modified(marked) if marked.is_known() else answers.whole(marked, form, openapi().decode())


def nowhere(request: Asking, path: FromPath[str]) -> ASGIResponse:
    """Says what there is in the place of what there is not."""
    name, _, suffix = path.strip("/").partition(".")
    if suffix and name in NOUNS:
        form_of(request, suffix, NOUNS[name].forms)
    raise NotFoundException(detail=f"nothing at {path!r}: there are {', '.join(NOUNS)}, facets, stream, openapi.json")


ROUTES: list[HTTPRouteHandler] = [
    *(route for noun in NOUNS.values() for route in list_of(noun)),
    *(route for noun in NOUNS.values() if noun.find for route in one_of(noun, noun.find)),
    *reading(event, "/events/{id:str}"),
    *reading(
        history, "/events/{id:str}/history", *(f"/events/{{id:str}}/history.{form}" for form in NOUNS["changes"].forms)
    ),
    *reading(why, "/events/{id:str}/why"),
    *reading(place, "/places/{name:path}"),
    *reading(run, "/changes/{run:str}"),
    *reading(facets, "/facets", "/events/facets"),
    stream,
    *reading(described, "/openapi.json"),
    *reading(nowhere, "/{path:path}"),
]

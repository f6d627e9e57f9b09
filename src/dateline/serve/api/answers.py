"""Answers: a page of a list, a stream of rows, one value; each with its `ETag`, so that what is known is not sent again.

An answer is a function of the record's state and of the address; its tag is a digest of both. Long answers are made and
sent some rows at a time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.response.base import ASGIResponse
from litestar.response.streaming import ASGIStreamingResponse

from dateline.publishing.encoding import to_json
from dateline.serve.api.asked import Asked, cursor, key_of
from dateline.serve.api.forms import FORMS, Form, Rows
from dateline.serve.api.listings import Listing, Question
from dateline.serve.api.parameters import MOST_ROWS, MOST_STREAMED, ROWS
from dateline.serve.served import Served
from dateline.store.listing import Key
from dateline.store.sqlite import Database
from dateline.text import digest

PIECE = 200
"""Rows of a long answer that are in memory at a time."""
STREAM_SECONDS = 60.0
"""That a long answer may ask the database; one that takes longer is broken off, which HTTP tells from a whole one."""

Asking = Request[Any, Any, Any]
List = Callable[[Question], Listing]


@dataclass(frozen=True, slots=True)
class Tagged:
    """What every answer to a request has: `tag` is its `ETag`; `vary`: whether `Accept` had a say in its form."""

    request: Asking
    tag: str
    vary: bool
    more: dict[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        vary = {"Vary": "Accept"} if self.vary else {}
        return {"ETag": self.tag, "Cache-Control": "no-cache", **vary, **self.more}

    def is_known(self) -> bool:
        """Whether whoever asks has this answer (RFC 9110, 13.1.2)."""
        known = self.request.headers.get("if-none-match", "")
        return self.tag in (tag.strip() for tag in known.split(","))

    def is_wanted(self) -> bool:
        """Whether it is to be sent, now that it is known to be there: '*' asks for what is not there yet."""
        return self.request.headers.get("if-none-match", "").strip() != "*"


def tagged(request: Asking, revision: str, form: Form, *, vary: bool) -> Tagged:
    """The tag of a request's answer in a form, of a state of the record. It is weak: of the state, not of the bytes."""
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    return Tagged(request, f'W/"{digest(version("dateline"), revision, form.name, path, query)[:24]}"', vary)


def not_modified(tagged: Tagged) -> ASGIResponse:
    """The answer to whoever has it already."""
    return ASGIResponse(status_code=304, headers=tagged.headers())


def whole(tagged: Tagged, form: Form, body: str) -> ASGIResponse:
    """An answer that is at hand."""
    if not tagged.is_wanted():
        return not_modified(tagged)
    raw = body.encode("utf-8", "backslashreplace")
    head = tagged.request.method == "HEAD"
    headers = {**tagged.headers(), **({"content-length": str(len(raw)), "content-type": _typed(form)} if head else {})}
    return ASGIResponse(body=b"" if head else raw, headers=headers, media_type=form.media_type, is_head_response=head)


def one(tagged: Tagged, form: Form, rows: Rows[Any], value: object) -> ASGIResponse:
    """One value."""
    return whole(tagged, form, form.opening(rows) + form.row(rows, value) + form.closing)


def listed(tagged: Tagged, form: Form, rows: Rows[Any], how: List, question: Question) -> ASGIResponse:
    """The rows of a list: a page of JSON, or all there are, up to a limit, in another form."""
    if not tagged.is_wanted():
        return not_modified(tagged)
    asked, listing = question.asked, how(question)
    most, usual = (MOST_ROWS, ROWS) if form is FORMS["json"] else (MOST_STREAMED, MOST_STREAMED)
    limit = min(asked.limit or usual, most)
    keys = listing.keys(key_of(asked.after, listing.shape), limit + 1)
    following = _next(tagged.request, keys[limit - 1]) if len(keys) > limit else None
    if following:
        tagged.more["Link"] = f'<{following}>; rel="next"'
    if form is FORMS["json"]:
        return whole(tagged, form, _page(form, rows, listing.values(keys[:limit]), following))
    return _stream(tagged, form, rows, _Rows(question.served, asked, how, keys[:limit]))


def _page(form: Form, rows: Rows[Any], values: Sequence[Any], following: str | None) -> str:
    items = form.between.join(form.row(rows, value) for value in values)
    return f'{{"items":[{items}],"next":{to_json(following).decode("utf-8")}}}'


def _next(request: Asking, key: Key) -> str:
    """The address of what comes behind a row."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{quote(request.scope['path'])}?{urlencode([*kept, ('after', cursor(key))])}"


def _typed(form: Form) -> str:
    return f"{form.media_type}; charset=utf-8" if form.media_type.startswith("text/") else form.media_type


# ---------------------------------------------------------------- some rows at a time
@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a long answer, by their keys."""

    served: Served
    asked: Asked
    how: List
    keys: Sequence[Key]

    def pieces(self) -> Iterator[list[Any]]:
        """Some rows at a time, asked of a database of their own, whichever thread goes on."""
        with closing(Database.reading(self.served.record.folder.database, shared=True)) as database:
            database.limit(STREAM_SECONDS)
            listing = self.how(Question(self.served, database, self.asked))
            for at in range(0, len(self.keys), PIECE):
                yield listing.values(self.keys[at : at + PIECE])


def _stream(tagged: Tagged, form: Form, rows: Rows[Any], wanted: _Rows) -> ASGIResponse:
    head = tagged.request.method == "HEAD"
    return ASGIStreamingResponse(
        iterator=iter(()) if head else _sent(_text(form, rows, wanted)),
        headers={**tagged.headers(), **({"content-type": _typed(form)} if head else {})},
        media_type=form.media_type,
        is_head_response=head,
    )


def _text(form: Form, rows: Rows[Any], wanted: _Rows) -> Iterator[bytes]:
    """The bytes of a long answer, piece by piece."""
    yield form.opening(rows).encode()
    between = ""
    for values in wanted.pieces():
        if values:
            text = between + form.between.join(form.row(rows, value) for value in values)
            yield text.encode("utf-8", "backslashreplace")
            between = form.between
    yield form.closing.encode()


async def _sent(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each made off the event loop; whoever goes away before the end leaves nothing open."""
    try:
        while (piece := await sync_to_thread(next, pieces, None)) is not None:
            if piece:
                yield piece
    finally:
        pieces.close()  # type: ignore[attr-defined]  # a generator

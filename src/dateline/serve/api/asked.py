"""What a request asks: filters, what narrows the noun, how many rows, where to go on, and in which form.

Whatever cannot be meant is refused with what is allowed: 400 for a parameter, 404 for a suffix, 406 for `Accept`, 414
for an address that is too long.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException, ValidationException

from dateline.querying import LONGEST, one_of
from dateline.serve.api.forms import FORMS, Form
from dateline.serve.api.parameters import (
    LONGEST_CURSOR,
    MOST_STREAMED,
    NARROWING,
    Own,
)
from dateline.serve.filters import query_in
from dateline.store.asking import Query
from dateline.store.listing import Key

LONGEST_ADDRESS = 8000
"""Bytes of a path and its query; browsers and servers between take about as many."""

Number = Annotated[int, msgspec.Meta(ge=0, le=1 << 62)]
"""A number in a key, as SQLite takes them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a noun; `limit` null: as many as the form has."""

    query: Query
    own: Own
    limit: int | None
    after: str | None


def asked(request: Request[Any, Any, Any], own: Sequence[str]) -> Asked:
    """What the parameters of a request ask; `own`: those that narrow the noun."""
    refuse_long(request)
    query = query_in(request.query_params, (*own, "limit", "after"))
    return Asked(
        query,
        Own(**{name: value for name in own if (value := single(request, name))}),
        _limit(single(request, "limit")),
        single(request, "after") or None,
    )


def refuse_long(request: Request[Any, Any, Any]) -> None:
    """Refuses (414) an address that is too long."""
    length = len(request.scope["raw_path"]) + len(request.scope["query_string"])
    if length > LONGEST_ADDRESS:
        raise HTTPException(
            status_code=414, detail=f"the address has {length:,} bytes: at most {LONGEST_ADDRESS:,} are taken"
        )


def refuse_parameters(request: Request[Any, Any, Any]) -> None:
    """Refuses (400) parameters where none is taken, and an address that is too long."""
    refuse_long(request)
    for name in request.query_params:
        raise ValidationException(detail=f"no parameter {name!r}: none is taken here")


def single(request: Request[Any, Any, Any], name: str) -> str | None:
    """The one value of a parameter, without blanks around it; null where it is not there."""
    values = request.query_params.getall(name, [])
    if len(values) > 1:
        raise ValidationException(detail=f"{name} is given {len(values)} times: it takes one value")
    if not values:
        return None
    value = values[0].strip()
    longest = LONGEST_CURSOR if name == "after" else LONGEST
    if len(value) > longest:
        raise ValidationException(detail=f"{name} has {len(value):,} letters: at most {longest:,} are taken")
    words = NARROWING[name].schema.get("enum") if name in NARROWING else None
    return _word(name, value, words) if value and words else value


def _word(name: str, value: str, allowed: Sequence[str]) -> str:
    try:
        return one_of(value, [word for word in allowed if word], name)
    except ValueError as error:
        raise ValidationException(detail=str(error)) from None


def _limit(value: str | None) -> int | None:
    return None if value is None else whole("limit", value, 1, MOST_STREAMED)


def whole(name: str, value: str, least: int, most: int) -> int:
    """The number that `value` is."""
    if not (value.isascii() and value.isdecimal() and len(value) <= 15 and least <= int(value) <= most):
        raise ValidationException(detail=f"{name} {value!r} is not a whole number from {least} to {most:,}")
    return int(value)


# ---------------------------------------------------------------- where to go on
def cursor(key: Key) -> str:
    """A key as `after` has it."""
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def key_of(after: str | None, shape: Any) -> Key | None:
    """The key of a cursor, if it is of this shape (a type of tuple)."""
    if after is None:
        return None
    try:
        raw = urlsafe_b64decode(after + "=" * (-len(after) % 4))
        key: Key = msgspec.json.decode(raw, type=shape)
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise ValidationException(
            detail="after is not of this list: take it from `next` of an answer to the same question"
        ) from None
    return key


# ---------------------------------------------------------------- in which form
def form_of(request: Request[Any, Any, Any], suffix: str | None, forms: Sequence[str]) -> Form:
    """The form that is asked for by the suffix of the path, or else by `Accept`: the first that it takes best."""
    if suffix is not None:
        if suffix not in forms:
            raise HTTPException(status_code=404, detail=f"no form .{suffix}: there are {_dotted(forms)}")
        return FORMS[suffix]
    offered = [FORMS[name] for name in forms]
    best = max(offered, key=lambda form: _wish(request.headers.get("accept", ""), form.media_type))
    if _wish(request.headers.get("accept", ""), best.media_type) <= 0:
        types = ", ".join(form.media_type for form in offered)
        raise HTTPException(status_code=406, detail=f"no form that Accept asks for: there are {types}")
    return best


def _dotted(forms: Sequence[str]) -> str:
    return ", ".join(f".{name}" for name in forms)


def _wish(accept: str, media_type: str) -> float:
    """How much a media type is wished for (RFC 9110, 12.5.1), from 0 to 1; the most specific range counts."""
    if not accept.strip():
        return 1.0
    ranges = [_range(part) for part in accept.split(",")[:MOST_RANGES]]
    patterns = media_type, f"{media_type.split('/')[0]}/*", "*/*"
    return next((wish for one in patterns for name, wish in ranges if name == one), 0.0)


MOST_RANGES = 100
"""Media ranges of `Accept` that are looked at."""


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip().lower() for word in part.split(";"))
    wishes = [word[2:] for word in parameters if word.startswith("q=")]
    try:
        return name, min(1.0, max(0.0, float(wishes[0]))) if wishes else 1.0
    except ValueError:
        return name, 0.0

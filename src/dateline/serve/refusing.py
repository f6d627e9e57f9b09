"""What is answered where a request cannot be: in words that say what to do, as a page or as JSON, never a traceback.

JSON has the form of RFC 9457 (problem details): `type`, `title`, `status`, `detail`.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request
from litestar.exceptions import HTTPException
from litestar.response import Response, Template

from dateline.deciding.asking import Refused
from dateline.serve.rendering import page
from dateline.store import RecordError
from dateline.store.sqlite import TookTooLong

LOG = logging.getLogger("dateline.serve")
API = "/api/"


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The answer to a request that raised `error`."""
    status, detail = _status(error), _detail(error)
    if status >= 500:
        fault = error if status == HTTPStatus.INTERNAL_SERVER_ERROR else None  # all others say what is to be done
        LOG.error("%s %s: %s", request.method, request.scope["path"], error, exc_info=fault)
    made = _json(status, detail) if request.scope["path"].startswith(API) else _page(request, status, detail)
    made.headers.update(error.headers or {} if isinstance(error, HTTPException) else {})
    return made


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    kinds: tuple[tuple[type[Exception], int], ...] = (
        (LookupError, 404),
        (Refused, 422),
        (TookTooLong, 503),
        (RecordError, 503),
    )
    return next((status for kind, status in kinds if isinstance(error, kind)), 500)


def _detail(error: Exception) -> str:
    if isinstance(error, HTTPException):
        return error.detail
    if isinstance(error, KeyError | IndexError) or not isinstance(error, LookupError | Refused | RecordError):
        return "something went wrong here that should not have; the log of `dateline serve` tells what"
    return str(error)


def _json(status: int, detail: str) -> Response[Any]:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(body, status_code=status, media_type="application/problem+json")


def _page(request: Request[Any, Any, Any], status: int, detail: str) -> Response[Any]:
    shown: Template = page(request, "refused.html", title=HTTPStatus(status).phrase, status=status, detail=detail)
    shown.status_code, shown.media_type = status, MediaType.HTML
    return shown

"""Who decides: whoever signed in, else the name that was given once and is kept in a cookie."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from litestar import Request
from litestar.datastructures import Cookie

from dateline.serve.review.deciding import LONGEST_NAME, Form
from dateline.serve.review.state import REVIEW
from dateline.serve.users import User, signed_in
from dateline.text import writable

COOKIE = "dateline-reviewer"
YEAR = 365 * 24 * 3600
AnyRequest = Request[Any, Any, Any]


def user_of(request: AnyRequest) -> User:
    """Who asks."""
    return signed_in(request)


def reviewer_of(request: AnyRequest) -> str:
    """The name that decisions bear; nothing where nobody is known who may decide."""
    user = user_of(request)
    if not user.may_review:
        return ""
    return user.signs(writable(unquote(request.cookies.get(COOKIE, "")))[:LONGEST_NAME].strip())


def signed(form: Form, request: AnyRequest) -> Form:
    """The form by who signed in, else by whom it says, else by whom the cookie says."""
    user = user_of(request)
    return replace(form, by=user.signs(form.by or reviewer_of(request)), may_undo=user.may_undo)


def cookies_for(name: str, request: AnyRequest) -> list[Cookie]:
    """The cookie that keeps a name; none where people sign in."""
    if user_of(request).name is not None:
        return []
    return [Cookie(COOKIE, REVIEW, quote(name), max_age=YEAR, httponly=True, samesite="strict")]

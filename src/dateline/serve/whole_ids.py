"""An address with the beginning of an id, or an id of before, leads to the one with the whole id of now."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.response import Redirect


def lead_to(request: Request[Any, Any, Any], path: str) -> Redirect:
    """The redirect to another path, with what was asked besides."""
    query = request.url.query
    return Redirect(f"{path}?{query}" if query else path, status_code=302)

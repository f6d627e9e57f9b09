"""What every answer and every request must hold to: headers that let no page run or load what is not ours, and the
refusal of writing from other sites.

The rules: Content Security Policy level 3, Fetch Metadata (`Sec-Fetch-Site`), and `Origin` where a browser sends no
Fetch Metadata. A request without either is no browser's.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import PermissionDeniedException
from litestar.types import Message, Scope

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})


async def add_headers(message: Message, _scope: Scope) -> None:
    """Gives an answer that begins the headers that all answers have; what a route set itself stays."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)


def refuse_other_sites(request: Request[Any, Any, Any]) -> None:
    """Refuses (403) a request that writes and comes from a page of another site."""
    if request.method in READING:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none") or (origin is not None and not _is_own(origin, site, request)):
        raise PermissionDeniedException(detail="this was sent from a page of another site, and is not done")


def _is_own(origin: str, site: str | None, request: Request[Any, Any, Any]) -> bool:
    """Browsers write 'null' for a form of a page that sends no referrer, such as ours: then the site tells."""
    if origin == "null":
        return site == "same-origin"
    return urlsplit(origin).netloc == request.headers.get("host")

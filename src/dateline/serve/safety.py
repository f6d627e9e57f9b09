"""What every answer and every request must hold to: headers that let no page run or load what is not ours, the refusal
of writing from other sites, and of requests to a name that is not this server's.

The rules: Content Security Policy level 3, Fetch Metadata (`Sec-Fetch-Site`), and `Origin` where a browser sends no
Fetch Metadata. A request without either is no browser's. A name that is not ours is how DNS rebinding shows: a page of
another site whose name was made to mean this machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from dateline.serve.users import Connection

RULES = (
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
POLICY = "; ".join(RULES)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "private, no-cache",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""The names of this machine for itself."""


def policy_with_frames(origin: str) -> str:
    """The policy of a page that shows a frame of another origin."""
    return "; ".join((*RULES, f"frame-src {origin}"))


async def add_headers(message: Message, _scope: Scope) -> None:
    """Gives an answer that begins the headers that all answers have; what a route set itself stays."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)


def refuse_other_sites(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Refuses (403) a request that writes and comes from a page of another site; guards the whole application."""
    if connection.scope.get("method") in READING:
        return
    site, origin = connection.headers.get("sec-fetch-site"), connection.headers.get("origin")
    if site not in (None, "same-origin", "none") or (origin is not None and not _is_own(origin, site, connection)):
        raise PermissionDeniedException(detail="this was sent from a page of another site, and is not done")


def _is_own(origin: str, site: str | None, connection: Connection) -> bool:
    """Browsers write 'null' for a form of a page that sends no referrer, such as ours: then the site tells."""
    if origin == "null":
        return site == "same-origin"
    return urlsplit(origin).netloc == connection.headers.get("host")


class OwnHosts:
    """An application that is reached by its own names alone, whatever the port: 421 for all others, without a word of it."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on a request to one of the names."""
        if self._is_meant(scope):
            await self._app(scope, receive, send)
        else:
            await refuse(send, 421, "this is not the name of this server; see --host-name of `dateline serve`\n")

    def _is_meant(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"host"]
        return len(given) == 1 and host_of(given[0].decode("latin-1")) in self._hosts


def host_of(given: str) -> str | None:
    """The name or address in a `Host` header, small and without the port; null where it is none.

    >>> host_of("Localhost:8000"), host_of("[::1]:8000"), host_of("a@127.0.0.1")
    ('localhost', '::1', None)
    """
    try:
        parts = urlsplit(f"//{given}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname if parts.netloc == given and "@" not in given else None


async def refuse(send: Send, status: int, words: str) -> None:
    """A whole answer in plain words."""
    headers = {**HEADERS, "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(words.encode()))}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": words.encode(), "more_body": False})

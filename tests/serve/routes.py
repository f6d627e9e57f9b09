"""Every route of the application, so that a test covers a new one at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

READING = ("GET", "HEAD", "OPTIONS")
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Route:
    """A method of a path, whose parameters stand in braces ('/e/{event:str}')."""

    method: str
    path: str
    handler: HTTPRouteHandler

    @property
    def open(self) -> bool:
        """Whether it is for those who have not signed in as well."""
        return bool(self.handler.opt.get("open"))

    def at(self, samples: Mapping[str, str]) -> str:
        """Its path with a sample for each parameter; '1' for one that has none."""
        return _PARAMETER.sub(lambda match: samples.get(match[1], "1"), self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes(app: Litestar) -> list[Route]:
    """All of them, in order."""
    return sorted(_routes(app), key=str)


def _routes(app: Litestar) -> Iterator[Route]:
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            yield from (Route(str(method), route.path, handler) for method in handler.http_methods)


def of_method(app: Litestar, *methods: str) -> list[Route]:
    """Those of some methods."""
    return [route for route in routes(app) if route.method in methods]


def writing(app: Litestar) -> list[Route]:
    """Those that may change something."""
    return [route for route in routes(app) if route.method not in READING]


def as_connection(**scope: Any) -> dict[str, Any]:
    """The scope of a request, as far as guards look at it."""
    return {"type": "http", "headers": [], "method": "GET", "path": "/", "query_string": b"", **scope}

"""The pages of a site: every address that links lead to, by the route that answers it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
from litestar import Litestar
from lxml import html

from tests.serve.routes import of_method

VIEWS = 3
"""Addresses of one route that are looked at: each with other parameters."""
MOST = 1500
"""Addresses that are asked for."""


def page_routes(app: Litestar) -> list[str]:
    """The paths of the pages, with their parameters in braces."""
    found = {route.path for route in of_method(app, "GET") if not route.path.startswith(("/api/", "/static/"))}
    return sorted(path for path in found if not path.endswith(".atom"))


def route_of(address: str, routes: Sequence[str]) -> str | None:
    """The route that answers an address; the one with fewest parameters where several would."""
    path = urlsplit(address).path
    fitting = [route for route in routes if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", route), path)]
    return min(fitting, key=lambda route: route.count("{"), default=None)


def found(url: str, routes: Sequence[str]) -> Mapping[str, list[str]]:
    """Addresses of each route, by following links from the first page on."""
    pages: dict[str, list[str]] = {route: [] for route in routes}
    kinds: set[tuple[str, frozenset[str]]] = set()
    new, like, seen = deque(["/"]), deque[str](), {"/"}
    with httpx.Client(base_url=url, timeout=30) as client:
        for _ in range(MOST):
            if not new and (not like or all(pages.values())):
                break
            address = new.popleft() if new else like.popleft()
            answer = client.get(address, follow_redirects=True)
            if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
                continue
            for link in _links(answer.text, url + address, url):
                route = route_of(link, routes)
                if route is not None and link not in seen:
                    seen.add(link)
                    kind = (route, _parameters(link))
                    is_new = kind not in kinds and len(pages[route]) < VIEWS
                    kinds.add(kind)
                    pages[route] += [link] if is_new else []
                    (new if is_new else like).append(link)
    return {route: addresses for route, addresses in sorted(pages.items()) if addresses}


def _parameters(address: str) -> frozenset[str]:
    """What makes one view of a route another: which parameters it has, and the values of those that choose a view."""
    given = parse_qs(urlsplit(address).query)
    return frozenset(name if name not in ("view", "form", "coding") else f"{name}={given[name][0]}" for name in given)


def _links(text: str, base: str, site: str) -> Iterator[str]:
    for link in html.fromstring(text).xpath("//a/@href"):
        whole = urljoin(base, str(link)).split("#")[0]
        if whole.startswith(site + "/"):
            yield whole.removeprefix(site)

"""The pages, each made on the server and readable without script."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from dateline.serve.pages import review
from dateline.serve.pages.about import about
from dateline.serve.pages.explore import explore, facet

ROUTES: tuple[ControllerRouterHandler, ...] = (explore, facet, about, *review.ROUTES)

"""The pages, each made on the server and readable without script."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from dateline.serve.pages.changes import changes, changes_atom
from dateline.serve.pages.explore import explore

ROUTES: tuple[ControllerRouterHandler, ...] = (explore, changes, changes_atom)

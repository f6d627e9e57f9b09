"""The REST API, version 1: `/api/v1/events`, `/claims`, `/reports`... with the filters of the pages."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from dateline.serve.api.events import events

ROUTES: tuple[ControllerRouterHandler, ...] = (events,)

"""The REST API, version 1: `/api/v1/events`, `/claims`, `/reports`... with the filters of the pages.

`nouns` says what there is, `routes` where, `asked` what a request asks, `listings` and `finding` what answers it, `forms`
and `answers` how it is sent, `schema` tells all of it in OpenAPI.
"""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from dateline.serve.api import routes

ROUTES: tuple[ControllerRouterHandler, ...] = (*routes.ROUTES,)

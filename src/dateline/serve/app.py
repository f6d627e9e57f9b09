"""The parts put together: routes, templates, headers, refusals."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from dateline.serve.api import ROUTES as API
from dateline.serve.pages import ROUTES as PAGES
from dateline.serve.refusing import answer
from dateline.serve.rendering import environment
from dateline.serve.safety import add_headers, refuse_other_sites
from dateline.serve.served import Served
from dateline.serve.static import Static
from dateline.serve.streaming import News

LARGEST_REQUEST = 1 << 20
"""Bytes of a request's body."""


def application(served: Served) -> Litestar:
    """The API and the pages of a record, as an ASGI application."""
    static = Static()

    @get("/static/{name:str}", include_in_schema=False, sync_to_thread=False)
    def built(name: FromPath[str]) -> Response[bytes]:
        """A built file of the pages; its name changes with its bytes."""
        found = static.file(name)
        if found is None:
            raise NotFoundException(detail=f"no file {name!r}")
        return Response(
            found.data,
            media_type=found.media_type,
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    return Litestar(
        route_handlers=[built, *API, *PAGES],
        dependencies={"served": Provide(lambda: served, sync_to_thread=False)},
        template_config=TemplateConfig(
            instance=JinjaTemplateEngine.from_environment(environment(static, served)),
        ),
        exception_handlers={Exception: answer},
        before_request=_before,
        before_send=[add_headers],
        state=State({"news": News(served)}),
        openapi_config=None,  # told by `api.schema`
        request_max_body_size=LARGEST_REQUEST,
        logging_config=None,
        debug=False,
    )


def _before(request: Request[Any, Any, Any]) -> None:
    refuse_other_sites(request)

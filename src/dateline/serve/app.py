"""The parts put together: routes, templates, headers, refusals, who is let in."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect
from litestar.template import TemplateConfig

from dateline.serve.api import ROUTES as API
from dateline.serve.originals import Originals
from dateline.serve.pages import ROUTES as PAGES
from dateline.serve.refusing import answer
from dateline.serve.rendering import environment
from dateline.serve.safety import add_headers, refuse_other_sites
from dateline.serve.served import Served
from dateline.serve.signing_in import Door, GuardedDoor, OpenDoor, Recognising, sign_in_address
from dateline.serve.static import CACHE_CONTROL, Static
from dateline.serve.streaming import News
from dateline.serve.users import OPEN, may_read

LARGEST_REQUEST = 1 << 20
"""Bytes of a request's body."""
API_PATH = "/api/"


def application(served: Served, *, door: Door | None = None, originals: Originals | None = None) -> Litestar:
    """The API and the pages of a record, as an ASGI application. `door`: who is let in, null: everybody, to review.

    `originals`: where saved pages are to be had, null: nowhere. Which names it may be reached by is for who runs it.
    """
    static, door = Static(), door or OpenDoor()
    templates = environment(static, served)
    templates.globals["original_url"] = originals.url if originals else _nowhere

    @get("/static/{name:str}", include_in_schema=False, sync_to_thread=False, opt=OPEN)
    def built(name: FromPath[str]) -> Response[bytes]:
        """A built file of the pages; its name changes with its bytes."""
        found = static.file(name)
        if found is None:
            raise NotFoundException(detail=f"no file {name!r}")
        return Response(
            found.data,
            media_type=found.media_type,
            headers={"Cache-Control": CACHE_CONTROL},
        )

    def refuse(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        """The refusal. Whoever has not signed in is led there, be there such a page or not."""
        if isinstance(door, GuardedDoor) and not request.scope.get("user"):
            request.scope["user"] = door.session(request)
            if request.scope["user"] is None and not request.scope["path"].startswith(API_PATH):
                return _to_sign_in(request) if _wants_page(request) else _in_few_words(error)
        return answer(request, error)

    return Litestar(
        route_handlers=[built, *door.routes(), *API, *PAGES],
        dependencies={
            "served": Provide(lambda: served, sync_to_thread=False),
            "originals": Provide(lambda: originals, sync_to_thread=False),
        },
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(templates)),
        exception_handlers={Exception: refuse},
        middleware=[Recognising(door)],
        guards=[refuse_other_sites, may_read],
        before_send=[add_headers],
        state=State({"news": News(served)}),
        openapi_config=None,  # told by `api.schema`
        request_max_body_size=LARGEST_REQUEST,
        logging_config=None,
        debug=False,
    )


def _wants_page(request: Request[Any, Any, Any]) -> bool:
    whole = request.method == "GET" and "x-partial" not in request.headers
    return whole and not request.scope["path"].startswith(("/static/", "/signin"))


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    return Redirect(sign_in_address(request), status_code=303, headers={"Cache-Control": "no-store"})


def _in_few_words(error: Exception) -> Response[Any]:
    status, words, headers = 500, "something went wrong here", {}
    if isinstance(error, HTTPException):
        status, words, headers = error.status_code, error.detail, error.headers or {}
    return Response(words, status_code=status, media_type="text/plain", headers=headers)


def _nowhere(_sha256: str) -> None:
    """Saved pages are not shown."""

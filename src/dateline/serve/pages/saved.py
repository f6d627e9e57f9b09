"""The page as it was saved: a frame that shows what `originals` gives."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from dateline.serve.originals import Originals
from dateline.serve.rendering import page
from dateline.serve.safety import policy_with_frames
from dateline.serve.served import TheRecord


@get("/r/{report:str}/page", include_in_schema=False, sync_to_thread=True)
def saved(
    request: Request[Any, Any, Any],
    served: TheRecord,
    report: FromPath[str],
    originals: NamedDependency[Originals | None],
) -> Template:
    """The page that a report was read from."""
    with served.ask() as database:
        found = database.report_like(report)
    url = originals.url(found.sha256) if originals else None
    shown = page(request, "saved_page.html", title="The page as it was saved", report=found, address_of_original=url)
    if originals:
        shown.headers["Content-Security-Policy"] = policy_with_frames(originals.origin)
    shown.headers["Cache-Control"] = "private, no-store"
    return shown

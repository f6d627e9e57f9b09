"""Problems: what of the input could not be used, where, why, and what to do about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, get
from litestar.response import Template

from dateline.serve.pages.asked import number, only, text
from dateline.serve.rendering import page
from dateline.serve.served import TheRecord
from dateline.store.problem_list import ProblemList

ROWS = 50
NAMES = ("code", "after")


@get("/problems", include_in_schema=False, sync_to_thread=True)
def problems(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """The problems of one code, or all, with the sum of what came in."""
    given = {name: values[-1] for name, values in request.query_params.dict().items()}
    only(given, NAMES)
    code, after = text(given, "code"), number(given, "after") or 0
    with served.ask() as database:
        listed = ProblemList(database)
        inputs, codes, found = listed.inputs(), listed.codes(), listed.page(ROWS + 1, code=code, after=after)
    return page(
        request,
        "problems.html",
        title="Problems",
        inputs=inputs,
        codes=codes,
        found=found[:ROWS],
        code=code,
        after=after,
        more=problems_address(code, found[ROWS - 1].number) if len(found) > ROWS else None,
        problems_address=problems_address,
    )


def problems_address(code: str | None = None, after: int | None = None) -> str:
    """Where the problems of a code are, those behind a number."""
    pairs = [(name, str(value)) for name, value in (("code", code), ("after", after)) if value is not None]
    return f"/problems?{urlencode(pairs)}" if pairs else "/problems"

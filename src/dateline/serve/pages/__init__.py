"""The pages, each made on the server and readable without script."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from dateline.serve.pages import review
from dateline.serve.pages.about import about
from dateline.serve.pages.actors import actor, actors
from dateline.serve.pages.changes import changes, changes_atom
from dateline.serve.pages.disputes import disputes
from dateline.serve.pages.event import event
from dateline.serve.pages.explore import explore, facet
from dateline.serve.pages.problems import problems
from dateline.serve.pages.reader import reader, report_versions
from dateline.serve.pages.saved import saved
from dateline.serve.pages.sources import source, sources
from dateline.serve.pages.wires import wire, wires

ROUTES: tuple[ControllerRouterHandler, ...] = (
    explore,
    facet,
    event,
    reader,
    report_versions,
    saved,
    wires,
    wire,
    disputes,
    actors,
    actor,
    sources,
    source,
    problems,
    changes,
    changes_atom,
    about,
    *review.ROUTES,
)

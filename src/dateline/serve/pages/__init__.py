"""The pages, each made on the server and readable without script."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from dateline.serve.pages.event import event
from dateline.serve.pages.explore import explore
from dateline.serve.pages.reader import reader, report_versions
from dateline.serve.pages.wires import wire, wires

ROUTES: tuple[ControllerRouterHandler, ...] = (explore, event, reader, report_versions, wires, wire)

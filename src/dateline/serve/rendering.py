"""Pages: a template and what it shows, with what all pages have in common.

Templates escape all they are given, and whatever they ask for and was not given is an error. The words of a record reach
them as they are or through `dateline.phrasing`; no template marks anything as safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request
from litestar.response import Template

import dateline.phrasing as phrasing
from dateline.serve.filters import address
from dateline.serve.served import Served
from dateline.serve.static import Static
from dateline.telling import count


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the site: its path and its name."""

    path: str
    name: str


SECTIONS = (
    Section("/", "Events"),
    Section("/disputes", "Disputes"),
    Section("/actors", "Actors"),
    Section("/sources", "Sources"),
    Section("/wires", "Wires"),
    Section("/changes", "Changes"),
    Section("/review", "Review"),
    Section("/about", "About"),
)


def environment(static: Static, served: Served) -> Environment:
    """The templates, with the words and addresses that they use."""
    made = Environment(
        loader=PackageLoader("dateline.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        static=static.url,
        address=address,
        sections=SECTIONS,
        say=phrasing,
        wording=served.wording,
        record_name=served.record.folder.path.name,
    )
    made.filters["counted"] = count
    return made


def page(request: Request[Any, Any, Any], name: str, *, title: str, **shown: Any) -> Template:
    """The page of a template. `title` is of the view, not of the site."""
    partial = request.headers.get("x-partial")
    return Template(
        template_name=name,
        context={
            "title": title,
            "path": request.url.path,
            "user": request.scope.get("user"),
            "partial": partial,
            **shown,
        },
        headers={"Cache-Control": "no-cache", "Vary": "X-Partial"},
    )

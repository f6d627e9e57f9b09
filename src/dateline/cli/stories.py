"""Stories that are printed more than once: `wires`, copies of one text; `versions`, texts of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.given import UseError
from dateline.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from dateline.cli.told import asked_of, found_by, show_page
from dateline.telling import lines, out_json

if TYPE_CHECKING:
    from dateline.store.sqlite import Database


def wires(
    wire: Annotated[
        str | None, typer.Argument(metavar="WIRE-OR-REPORT", help="One wire in full: how its id or a report's begins.")
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    as_json: JsonOption = False,
) -> None:
    """Which reports print one story: the original, its copies, and what each of them added and left out."""
    from dateline.record import open_record

    opened = open_record(record)
    with opened.ask() as database:
        reports = list(database.wired()) if wire is None else found_by(database.wire, wire)
    found = opened.steps.trace(reports)
    if as_json:
        return out_json(lines(found))
    from dateline.wire_page import wire_trees

    trees = wire_trees(found, {report.id: report for report in reports}, in_full=wire is not None)
    return show_page(trees, found, "no report of the record is a copy of another")


def versions(
    page: Annotated[
        str | None, typer.Argument(metavar="[URL|REPORT]", help="One page, or that of a report; else all.")
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    as_json: JsonOption = False,
) -> None:
    """What was changed, added and taken out in the versions of a page; edits that the page does not own up to."""
    from dateline.editing import versions as versions_of

    with asked_of(record) as database:
        found = versions_of(database.reports())
        wanted = None if page is None else _page(database, page)
    shown = [one for one in found if wanted in (None, one.page)]
    if as_json:
        return out_json(lines(shown))
    from dateline.versions_page import versions_page

    return show_page(
        versions_page(shown), shown, "no page was read in several versions" if page is None else "one version"
    )


def _page(database: Database, given: str) -> str | None:
    """The page of an address or of a report's id."""
    from dateline.knowledge.addresses import page_of

    page = page_of(given)
    if page is not None:
        return page
    try:
        return page_of(database.report_like(given).url)
    except LookupError as error:
        raise UseError(f"{error}; a page is given by its address or by a report of it") from None

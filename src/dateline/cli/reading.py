"""Making a record: `read` sources into it, `rebuild` it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.given import day, now
from dateline.cli.options import (
    DEFAULT_RECORD,
    FINE,
    NOTHING_READ,
    BackgroundOption,
    JsonOption,
    KnowledgeOption,
    RecordOption,
    WaitOption,
    WorkersOption,
    column,
)
from dateline.cli.told import PROBLEMS_TOLD, held, record_option, say
from dateline.telling import count, lines, note, out, out_json, progress

if TYPE_CHECKING:
    from dateline.record import Summary


def read(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, addresses; - is standard input."),
    ],
    record: RecordOption = DEFAULT_RECORD,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When they were published: YYYY-MM-DD.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published them.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page came from; for a single file.")] = None,
    captured: Annotated[
        str | None, typer.Option(metavar="DATE", help="When they were saved: tells which version of a page is later.")
    ] = None,
    text_column: Annotated[str | None, column("the text")] = None,
    title_column: Annotated[str | None, column("the title")] = None,
    date_column: Annotated[str | None, column("the day of publication")] = None,
    publisher_column: Annotated[str | None, column("the publisher")] = None,
    url_column: Annotated[str | None, column("the address")] = None,
    id_column: Annotated[str | None, column("each row's own id")] = None,
    day_first: Annotated[
        bool | None,
        typer.Option(
            "--day-first/--month-first",
            help="How a table means 3/4/2020; else its whole column is asked.",
            show_default=False,
        ),
    ] = None,
    wait: WaitOption = 30,
    workers: WorkersOption = 1,
    knowledge: KnowledgeOption = None,
    background: BackgroundOption = None,
    as_json: JsonOption = False,
) -> int:
    """Reads pages, texts, feeds, tables, mail and archives into a record. Reading again changes nothing.

    A SOURCE is a file, a folder, an address (https://...), the pages of a sitemap (sitemap:PLACE), or - for standard input.
    """
    from dateline.record import open_record
    from dateline.types import Columns, Given

    columns = Columns(id_column, text_column, title_column, date_column, publisher_column, url_column, day_first)
    given = Given(
        published=day(published, "--published", instant=True),
        publisher=publisher,
        url=url,
        captured=day(captured, "--captured", instant=True),
        columns=columns if columns != Columns() else None,
    )
    stdin = sys.stdin.buffer.read() if "-" in sources else None
    opened = open_record(
        record, knowledge=knowledge or (), background=background, create=True, wait=wait, workers=workers
    )
    summary = replace(opened, progress=progress, at=now()).add(sources, given, stdin=stdin)
    say(summary.notes)
    say(summary.problems)
    if len(summary.problems) > PROBLEMS_TOLD:
        note(
            f"...and {len(summary.problems) - PROBLEMS_TOLD} more: `dateline problems{record_option(record)}` lists them"
        )
    _tell(summary, record, as_json=as_json)
    return FINE if summary.reports else NOTHING_READ


def rebuild(
    record: RecordOption = DEFAULT_RECORD,
    wait: WaitOption = 30,
    workers: WorkersOption = 1,
    knowledge: KnowledgeOption = None,
    background: BackgroundOption = None,
) -> None:
    """Makes all that is derived again, from the archive, the knowledge and the decisions."""
    from dateline.record import open_record

    opened = open_record(record, knowledge=knowledge or (), background=background, wait=wait, workers=workers)
    totals = replace(opened, progress=progress, at=now()).rebuild()
    note(f"{record}: {held(totals)}")


def _tell(summary: Summary, record: Path, *, as_json: bool) -> None:
    known = f" ({summary.captures_known} known already)" if summary.captures_known else ""
    note(
        f"read {count(summary.files, 'file')}{known}: {count(summary.reports, 'report')}, "
        f"{count(len(summary.problems), 'problem')}"
    )
    if summary.undated:
        verb, whose = ("has", "its") if summary.undated == 1 else ("have", "their")
        note(
            f"{count(summary.undated, 'report')} {verb} no publication date: {whose} weekdays stay open; "
            "give it with --published YYYY-MM-DD"
        )
    if as_json:
        return out_json(lines([summary]))
    return out(f"{record} holds {held(summary.totals)}: `dateline events{record_option(record)}` shows them\n")

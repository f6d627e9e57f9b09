"""Is all as it was, and for others to use: `verify`, `publish`, `check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.given import load_packs, one_of
from dateline.cli.options import DEFAULT_RECORD, FINE, PROBLEMS, JsonOption, KnowledgeOption, RecordOption
from dateline.cli.told import show_problems
from dateline.telling import count, lines, note, out, out_json, out_pieces


def verify(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> int:
    """Does the archive still hold what was read, and do the texts still say what is claimed? 1: something is wrong."""
    from dateline.record import open_record

    found = open_record(record).verify()
    show_problems(found, f"{record}: every capture, text, quote and decision is as it was", as_json=as_json)
    return PROBLEMS if found else FINE


def publish(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, csv or geojson.")],
    record: RecordOption = DEFAULT_RECORD,
    file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Else standard output.")] = None,
) -> None:
    """The record for other tools."""
    from dateline.publishing import formats
    from dateline.record import open_record
    from dateline.saving import save

    chosen = one_of(form, formats(), "format")
    pieces = open_record(record).export(chosen)
    if file is None:
        return out_pieces(pieces)
    save(file, "".join(pieces).encode("utf-8", "backslashreplace"))
    return note(f"written to {file}")


def check(knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> int:
    """Runs every example and counter-example of the knowledge packs. 1: some do not come out as they should."""
    from dateline.checking import check as check_packs
    from dateline.phrasing import plain

    results = list(check_packs(load_packs(knowledge)))
    failed = [result for result in results if result.complaint]
    if as_json:
        out_json(lines(results))
    for result in () if as_json else failed:
        out(plain(f"{result.file}: {result.kind} {result.number}: {result.complaint}: {result.text!r}") + "\n")
    note(f"{count(len(results), 'example')} run, {len(failed)} not as they should be")
    return PROBLEMS if failed else FINE

"""What people decide, and what became of events: `decide`, `changes`, `diff`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.given import day, now
from dateline.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, WaitOption
from dateline.cli.told import asked_of, show_page
from dateline.telling import lines, note, out_json

if TYPE_CHECKING:
    from dateline.types import Change, Run

ACTIONS = "accept, reject, correct, merge, split, same-wire, not-same-wire, note, code, undo"
"""Those of `dateline.deciding.asking.USE`, written out so that help loads nothing."""


def decide(
    action: Annotated[str, typer.Argument(metavar="ACTION", help=f"{ACTIONS}.")],
    given: Annotated[
        list[str], typer.Argument(metavar="SUBJECT...", help="What the action takes; ids may be cut short.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; of a note, the note.")],
    adjudicates: Annotated[
        str | None,
        typer.Option(metavar="LINES", help="Of accept, reject, correct: the lines of the codings that it settles."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    wait: WaitOption = 30,
    as_json: JsonOption = False,
) -> None:
    """Keeps what a person decides, applies it, and tells what changed. `undo LINE` takes a decision back.

    accept EVENT, reject EVENT, correct EVENT|CLAIM FIELD VALUE, merge EVENT INTO, split EVENT CLAIM...,
    same-wire REPORT REPORT, not-same-wire REPORT REPORT, note EVENT,
    code EVENT accept|reject [FIELD=VALUE...], undo LINE.

    A note and a coding change nothing of the event and are no review of it.
    """
    from dateline.deciding.asking import asked
    from dateline.record import open_record

    opened = replace(open_record(record, wait=wait), at=now())
    line = opened.decide(asked(action, given, by=by, at=opened.at or "", reason=reason, adjudicates=adjudicates))
    with opened.ask() as database:
        run = database.runs()[-1]
    note(f"line {line.line} of {opened.folder.decisions}: {line.action} {line.subject}")
    _show_runs([run], as_json=as_json)


def changes(
    record: RecordOption = DEFAULT_RECORD,
    since: Annotated[
        str | None, typer.Option(metavar="DATE|RUN", help="From this day on, or after this run; else the last run.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What the runs of dateline added to the record, changed, merged, split or retracted, and why."""
    with asked_of(record) as database:
        runs = database.runs()
    _show_runs(_since(runs, since), as_json=as_json)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A record's folder, or its export in JSON Lines.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same of the other record.")],
    as_json: JsonOption = False,
) -> None:
    """What is added, changed, merged, split, retracted or removed in NEW, event by event and field by field."""
    from dateline.comparing import Causes, compare
    from dateline.states import state_at

    found = compare(state_at(old), state_at(new), Causes(newer=True))
    _show_changes(found, as_json=as_json)


def _since(runs: Sequence[Run], since: str | None) -> list[Run]:
    """The runs after a number or from a day on; without either the last."""
    if since is None:
        return list(runs[-1:])
    if since.isdigit() and len(since) < 8:
        return [run for run in runs if run.number > int(since)]
    first = day(since, "--since", instant=True) or ""
    return [run for run in runs if run.at is not None and run.at >= first]


def _show_runs(runs: Sequence[Run], *, as_json: bool) -> None:
    if as_json:
        return out_json(lines(runs))
    from dateline.change_page import run_page

    return show_page(run_page(runs), runs, "nothing was changed since")


def _show_changes(found: Sequence[Change], *, as_json: bool) -> None:
    if as_json:
        return out_json(lines(found))
    from dateline.change_page import change_page

    return show_page(change_page(found), found, "no event differs")

"""What several commands say: tables, problems, what a record holds. Pages are loaded when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dateline.cli.given import UseError
from dateline.cli.options import DEFAULT_RECORD
from dateline.telling import count, lines, note, out, out_json

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dateline.store.sqlite import Database, Totals
    from dateline.types import Problem

T = TypeVar("T")
PROBLEMS_TOLD = 20


def say(found: Sequence[Problem]) -> None:
    """The first problems, a line each."""
    for problem in found[:PROBLEMS_TOLD]:
        note(f"{problem.where}: {problem.message} ({problem.code}); {problem.hint}")


def held(totals: Totals) -> str:
    """'3 reports (1 of them copies), 4 claims and 2 events'."""
    reports = f"{count(totals.reports, 'report')} ({totals.copies:,} of them copies)"
    return f"{reports}, {count(totals.claims, 'claim')} and {count(totals.events, 'event')}"


def record_option(record: Path) -> str:
    """The option that names `record`, for a command that is recommended."""
    return "" if record == DEFAULT_RECORD else f" --record {record}"


def show_problems(found: Sequence[Problem], none: str, *, as_json: bool) -> None:
    """Problems as a table; `none` is said where there is none."""
    if as_json:
        return out_json(lines(found))
    from dateline.showing import problem_table

    return show_page(problem_table(found), found, none)


def show_page(shown: RenderableType, values: Sequence[object], none: str) -> None:
    """A table or page of `values`; `none` is said where there are none."""
    from dateline.showing import printed

    if values:
        out(printed(shown))
    else:
        note(none)


@contextmanager
def asked_of(record: Path) -> Iterator[Database]:
    """The database of `record`, to be asked."""
    from dateline.record import open_record

    with open_record(record).ask() as database:
        yield database


def found_by(look_up: Callable[[str], T], prefix: str) -> T:
    """What begins with `prefix`; a `UseError` where that is nothing or several."""
    try:
        return look_up(prefix)
    except LookupError as error:
        raise UseError(str(error)) from None

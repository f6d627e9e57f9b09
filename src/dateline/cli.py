"""The command line: arguments in, calls of a record, tables out.

What is asked for goes to standard output, everything else to standard error. Words of pages reach the terminal only
through `dateline.showing.plain` or as JSON strings without control characters.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dateline.record import Summary, open_record
from dateline.store import RecordError
from dateline.store.archive import write_durably
from dateline.store.sqlite import Database, Query, Totals
from dateline.telling import count, lines, note, out, out_json, out_pieces, progress, speak_utf8
from dateline.types import Event, EventType, Given, Modality, Problem, Status

if TYPE_CHECKING:
    from rich.console import RenderableType

T = TypeVar("T")
DEFAULT_RECORD = Path("record.dateline")

PROBLEMS_TOLD = 20
FINE, PROBLEMS, WRONG_USE, NOTHING_READ, STOPPED = 0, 1, 2, 3, 130
EXIT_CODES = (
    "Exit codes: 0 fine; 1 problems were found (verify, check); 2 wrong use, or a record that cannot be used; "
    "3 nothing could be read."
)

NEXT = """\
dateline reads news reports and keeps the record: who did what to whom, where, when, and who says so.

  dateline read PAGE.html FOLDER --published 2020-01-04   read saved pages and texts into ./record.dateline
  dateline events                                         the timeline
  dateline show EVENT                                     one event: who says what, in which words
  dateline publish jsonl --out record.jsonl               the record for other tools (csv, geojson)
  dateline --help                                         all commands
"""

app = typer.Typer(name="dateline", add_completion=False, rich_markup_mode=None, epilog=EXIT_CODES)

_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What the errors of the command line's own grammar have in common; Typer has no public name for it."""

RecordOption = Annotated[Path, typer.Option("--record", metavar="DIR", help="The record's folder.")]
JsonOption = Annotated[
    bool, typer.Option("--json", help="JSON Lines instead of a table; docs/record.md has the fields.")
]
KnowledgeOption = Annotated[
    list[Path] | None, typer.Option("--knowledge", metavar="DIR", help="A folder of your own packs; may be repeated.")
]
BackgroundOption = Annotated[
    bool | None,
    typer.Option(
        "--background/--no-background", help="Whether what is told as history makes events too.", show_default=False
    ),
]
WaitOption = Annotated[float, typer.Option(metavar="SECONDS", min=0, help="How long to wait for another writer.")]


class UseError(ValueError):
    """Something the user gave that cannot be used: what was given and what is allowed, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit code."""
    from dateline.knowledge.packs import PackError

    speak_utf8()
    try:
        code = app(args=None if arguments is None else list(arguments), prog_name="dateline", standalone_mode=False)
        return code if isinstance(code, int) else FINE
    except _UsageError as error:
        return _fail(_usage(error))
    except (RecordError, PackError, UseError, FileNotFoundError) as error:
        return _fail(_in_words(error))
    except OSError as error:
        return _fail(f"{_in_words(error)}; nothing is half-written: put it right and run the same command again")
    except typer.Abort:
        return STOPPED


# ---------------------------------------------------------------- making a record
@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Reads news reports and keeps the record: who did what to whom, where and when, who says so, who disputes it."""
    if version:
        from importlib.metadata import version as version_of

        out(f"dateline {version_of('dateline')}\n")
    elif context.invoked_subcommand is None:
        out(NEXT)
        if DEFAULT_RECORD.is_dir():
            with _asked(DEFAULT_RECORD) as database:
                totals = database.totals()
            held = f"{count(totals.events, 'event')} from {count(totals.reports, 'report')}"
            out(f"\n./{DEFAULT_RECORD} holds {held}.\n")


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders; - is standard input.")],
    record: RecordOption = DEFAULT_RECORD,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When they were published: YYYY-MM-DD.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published them.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page came from; for a single file.")] = None,
    wait: WaitOption = 30,
    knowledge: KnowledgeOption = None,
    background: BackgroundOption = None,
    as_json: JsonOption = False,
) -> int:
    """Reads saved pages and texts into a record. Reading again changes nothing."""
    given = Given(published=_day(published, "--published", instant=True), publisher=publisher, url=url)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    opened = open_record(record, knowledge=knowledge or (), background=background, create=True, wait=wait)
    summary = replace(opened, progress=progress).add(paths, given, stdin=stdin)
    for problem in summary.problems[:PROBLEMS_TOLD]:
        note(f"{problem.where}: {problem.message} ({problem.code}); {problem.hint}")
    if len(summary.problems) > PROBLEMS_TOLD:
        note(f"...and {len(summary.problems) - PROBLEMS_TOLD} more: `dateline problems{_option(record)}` lists them")
    _tell(summary, record, as_json=as_json)
    return FINE if summary.reports else NOTHING_READ


@app.command(short_help="Make all that is derived again.")
def rebuild(
    record: RecordOption = DEFAULT_RECORD,
    wait: WaitOption = 30,
    knowledge: KnowledgeOption = None,
    background: BackgroundOption = None,
) -> None:
    """Makes all that is derived again, from the archive, the knowledge and the decisions."""
    opened = open_record(record, knowledge=knowledge or (), background=background, wait=wait)
    totals = replace(opened, progress=progress).rebuild()
    note(f"{record}: {_held(totals)}")


# ---------------------------------------------------------------- asking it
@app.command(short_help="The timeline, with filters.")
def events(
    record: RecordOption = DEFAULT_RECORD,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="PLOVER event type: ASSAULT, CONSULT...")] = None,  # noqa: A002
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Part of a name, an actor's id, or a country (IRN).")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Part of a name, or a country (IQ).")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="On this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="On this day or earlier.")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="single-source, corroborated, disputed, retracted.")
    ] = None,
    modality: Annotated[str | None, typer.Option(metavar="MODALITY", help="happened, planned, denied...")] = None,
    as_json: JsonOption = False,
) -> None:
    """The timeline: who did what to whom, where and when, with what harm, and on how many sources."""
    query = Query(
        type=_choice(type, EventType, "--type"),
        actor=actor,
        place=place,
        first=_day(first, "--from"),
        last=_day(last, "--to"),
        status=_choice(status, Status, "--status"),
        modality=_choice(modality, Modality, "--modality"),
    )
    if first and last and first > last:
        raise UseError(f"--from {first} is after --to {last}")
    opened = open_record(record)
    with opened.ask() as database:
        found, copies = list(database.events(query)), database.copies()
        held = database.totals().events
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=(), claims=(), events=found))
    from dateline.knowledge.packs import Packs
    from dateline.knowledge.wording import Wording
    from dateline.showing import timeline

    _show(timeline(found, copies, Wording.load(Packs())), found, _nothing(held))
    _footnote(found)
    return None


@app.command(short_help="One event: who says what, in which words.")
def show(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or how it begins.")],
    record: RecordOption = DEFAULT_RECORD,
    as_json: JsonOption = False,
) -> None:
    """One event: each claim with its speaker, each field with its quote and the report it is in."""
    opened = open_record(record)
    with opened.ask() as database:
        found = _found(database.event, event)
        claims = list(database.claims(found.id))
        ids = dict.fromkeys([*found.reports, *(claim.report for claim in claims)])
        reports = [report for id in ids if (report := database.report(id))]  # noqa: A001
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=reports, claims=claims, events=[found]))
    from dateline.event_page import event_page
    from dateline.knowledge.packs import Packs
    from dateline.knowledge.wording import Wording

    page = event_page(found, claims, {report.id: report for report in reports}, Wording.load(Packs()))
    return _show(page, claims, "no claims")


@app.command(short_help="What was read, and what is a copy of what.")
def reports(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """The reports, by date of publication, with what is a copy of what."""
    opened = open_record(record)
    with opened.ask() as database:
        found = list(database.reports())
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=found, claims=(), events=()))
    from dateline.showing import report_table

    return _show(report_table(found), found, "the record has no reports")


@app.command(short_help="Which reports print one story, and how they differ.")
def wires(
    wire: Annotated[
        str | None, typer.Argument(metavar="WIRE-OR-REPORT", help="One wire in full: how its id or a report's begins.")
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    as_json: JsonOption = False,
) -> None:
    """Which reports print one story: the original, its copies, and what each of them added and left out."""
    opened = open_record(record)
    with opened.ask() as database:
        reports = list(database.wired()) if wire is None else _found(database.wire, wire)
    found = opened.steps.trace(reports)
    if as_json:
        return out_json(lines(found))
    from dateline.wire_page import wire_trees

    trees = wire_trees(found, {report.id: report for report in reports}, in_full=wire is not None)
    return _show(trees, found, "no report of the record is a copy of another")


@app.command()
def actors(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """Who acts and who is acted on, and in how many events."""
    with _asked(record) as database:
        found = database.actors()
    if as_json:
        return out_json(lines(found))
    from dateline.showing import actor_table

    return _show(actor_table(found), found, "the record has no actors")


@app.command()
def places(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """Where events are, and how many."""
    with _asked(record) as database:
        found = database.places()
    if as_json:
        return out_json(lines(found))
    from dateline.showing import place_table

    return _show(place_table(found), found, "the record has no places")


@app.command(short_help="What could not be used, why, and what to do.")
def problems(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """What could not be used of what was read, why, and what to do."""
    with _asked(record) as database:
        found = list(database.problems())
    _show_problems(found, "no problems", as_json=as_json)


@app.command(short_help="Is all that was read and quoted still as it was?")
def verify(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> int:
    """Does the archive still hold what was read, and do the texts still say what is claimed? 1: something is wrong."""
    found = open_record(record).verify()
    _show_problems(found, f"{record}: every capture, text, quote and decision is as it was", as_json=as_json)
    return PROBLEMS if found else FINE


# ---------------------------------------------------------------- giving it away
@app.command()
def publish(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, csv or geojson.")],
    record: RecordOption = DEFAULT_RECORD,
    file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Else standard output.")] = None,
) -> None:
    """The record for other tools."""
    from dateline.publishing import formats

    chosen = _one_of(form, formats(), "format")
    pieces = open_record(record).export(chosen)
    if file is None:
        return out_pieces(pieces)
    write_durably(file, "".join(pieces).encode("utf-8", "backslashreplace"))
    return note(f"written to {file}")


# ---------------------------------------------------------------- without a record
@app.command(short_help="What is said in texts, without a record.")
def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON Lines of {id, text, published, publisher}.")] = "-",
    knowledge: KnowledgeOption = None,
) -> None:
    """What is said in texts, without a record: JSON Lines in, JSON Lines out, in the order read."""
    with closing(sys.stdin.buffer if file == "-" else Path(file).open("rb")) as texts:
        from dateline.annotate import annotate_lines
        from dateline.knowledge.packs import BUILT_IN, Packs

        packs = Packs((BUILT_IN, *(knowledge or ())))
        out_pieces(line.decode("utf-8") + "\n" for line in annotate_lines(texts, packs))


@app.command(short_help="Run the examples of the knowledge packs.")
def check(knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> int:
    """Runs every example and counter-example of the knowledge packs. 1: some do not come out as they should."""
    from dateline.checking import check as check_packs
    from dateline.knowledge.packs import BUILT_IN, Packs
    from dateline.showing import plain

    results = list(check_packs(Packs((BUILT_IN, *(knowledge or ())))))
    failed = [result for result in results if result.complaint]
    if as_json:
        out_json(lines(results))
    for result in () if as_json else failed:
        out(plain(f"{result.file}: {result.kind} {result.number}: {result.complaint}: {result.text!r}") + "\n")
    note(f"{count(len(results), 'example')} run, {len(failed)} not as they should be")
    return PROBLEMS if failed else FINE


# ---------------------------------------------------------------- what was given
def _day(value: str | None, option: str, *, instant: bool = False) -> str | None:
    """`value` if it is a day in ISO 8601 (with `instant`, also a day with a time)."""
    if value is None:
        return None
    try:
        date.fromisoformat(value[:10] if instant and value[10:11] in ("", "T") else value)
    except ValueError:
        raise UseError(f"{option} {value!r} is not a date; write it as YYYY-MM-DD, for instance 2020-01-04") from None
    return value


def _choice(value: str | None, allowed: type[StrEnum], option: str) -> str | None:
    return None if value is None else _one_of(value, [str(member) for member in allowed], option)


def _one_of(value: str, allowed: list[str], what: str) -> str:
    by_small = {name.lower(): name for name in allowed}
    if value.lower() in by_small:
        return by_small[value.lower()]
    raise UseError(f"{what} {value!r} is not one of {', '.join(allowed)}{_meant(value.lower(), by_small, by_small)}")


def _meant(value: str, allowed: Iterable[str], spelled: dict[str, str] | None = None) -> str:
    near = difflib.get_close_matches(value, list(allowed), n=1)
    return f"; did you mean {(spelled or {}).get(near[0], near[0])}?" if near else ""


def _found(look_up: Callable[[str], T], prefix: str) -> T:
    try:
        return look_up(prefix)
    except LookupError as error:
        raise UseError(str(error)) from None


@contextmanager
def _asked(record: Path) -> Iterator[Database]:
    with open_record(record).ask() as database:
        yield database


# ---------------------------------------------------------------- what is said
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
    return out(f"{record} holds {_held(summary.totals)}: `dateline events{_option(record)}` shows them\n")


def _held(totals: Totals) -> str:
    held = f"{count(totals.reports, 'report')} ({totals.copies:,} of them copies)"
    return f"{held}, {count(totals.claims, 'claim')} and {count(totals.events, 'event')}"


def _option(record: Path) -> str:
    return "" if record == DEFAULT_RECORD else f" --record {record}"


def _nothing(held: int) -> str:
    if held:
        return f"none of the record's {count(held, 'event')} is asked for by these filters"
    return (
        "the record has no events; `dateline reports` shows what was read, `dateline problems` what could not be used"
    )


def _footnote(found: Sequence[Event]) -> None:
    open_days = sum(event.date is None for event in found)
    if open_days:
        note(
            f"undated: the day of {count(open_days, 'event')} stays open: the report gives a weekday or no day, and "
            "nothing says when it was published; read it again with --published YYYY-MM-DD"
        )


def _show_problems(found: Sequence[Problem], none: str, *, as_json: bool) -> None:
    if as_json:
        return out_json(lines(found))
    from dateline.showing import problem_table

    return _show(problem_table(found), found, none)


def _show(shown: RenderableType, values: Sequence[object], none: str) -> None:
    from dateline.showing import printed

    if values:
        out(printed(shown))
    else:
        note(none)


def _fail(text: str) -> int:
    note(f"dateline: {text}")
    return WRONG_USE


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _usage(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "dateline"
    return f"{getattr(error, 'format_message', error.__str__)()} (see `{command} --help`)"


if __name__ == "__main__":
    sys.exit(main())

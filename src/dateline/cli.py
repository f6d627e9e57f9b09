"""The command line: arguments in, calls of a record, tables out.

What is asked for goes to standard output, everything else to standard error. Words of pages reach the terminal only
through `dateline.showing.plain` or as JSON strings without control characters.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from dateline.deciding.asking import USE, Refused, asked
from dateline.record import Summary, open_record
from dateline.saving import save
from dateline.store import RecordError
from dateline.store.sqlite import Database, Query, Totals
from dateline.telling import count, lines, note, out, out_json, out_pieces, progress, speak_utf8
from dateline.types import (
    Change,
    Claim,
    Columns,
    Event,
    EventType,
    Given,
    Modality,
    Problem,
    Reason,
    Report,
    Run,
    Status,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dateline.knowledge.packs import Packs

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

  dateline read PAGE.html FOLDER --published 2020-01-04   read pages, texts, tables, feeds into ./record.dateline
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


def _column(what: str) -> Any:
    """The option that names the column of a table in which `what` stands."""
    return typer.Option(metavar="NAME", help=f"The column of a table that holds {what}; else guessed and shown.")


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
    except (RecordError, PackError, UseError, Refused, FileNotFoundError) as error:
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


@app.command(short_help="Read pages, texts, tables, feeds, mail, archives.")
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
    text_column: Annotated[str | None, _column("the text")] = None,
    title_column: Annotated[str | None, _column("the title")] = None,
    date_column: Annotated[str | None, _column("the day of publication")] = None,
    publisher_column: Annotated[str | None, _column("the publisher")] = None,
    url_column: Annotated[str | None, _column("the address")] = None,
    id_column: Annotated[str | None, _column("each row's own id")] = None,
    day_first: Annotated[
        bool | None,
        typer.Option(
            "--day-first/--month-first",
            help="How a table means 3/4/2020; else its whole column is asked.",
            show_default=False,
        ),
    ] = None,
    wait: WaitOption = 30,
    knowledge: KnowledgeOption = None,
    background: BackgroundOption = None,
    as_json: JsonOption = False,
) -> int:
    """Reads pages, texts, feeds, tables, mail and archives into a record. Reading again changes nothing.

    A SOURCE is a file, a folder, an address (https://...), the pages of a sitemap (sitemap:PLACE), or - for standard input.
    """
    columns = Columns(id_column, text_column, title_column, date_column, publisher_column, url_column, day_first)
    given = Given(
        published=_day(published, "--published", instant=True),
        publisher=publisher,
        url=url,
        captured=_day(captured, "--captured", instant=True),
        columns=columns if columns != Columns() else None,
    )
    stdin = sys.stdin.buffer.read() if "-" in sources else None
    opened = open_record(record, knowledge=knowledge or (), background=background, create=True, wait=wait)
    summary = replace(opened, progress=progress, at=_now()).add(sources, given, stdin=stdin)
    _say(summary.notes)
    _say(summary.problems)
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
    totals = replace(opened, progress=progress, at=_now()).rebuild()
    note(f"{record}: {_held(totals)}")


@app.command(short_help="Accept, correct, reject, merge or split by hand.")
def decide(
    action: Annotated[str, typer.Argument(metavar="ACTION", help=f"{', '.join(USE)}.")],
    given: Annotated[
        list[str], typer.Argument(metavar="SUBJECT...", help="What the action takes; ids may be cut short.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    record: RecordOption = DEFAULT_RECORD,
    wait: WaitOption = 30,
    as_json: JsonOption = False,
) -> None:
    """Keeps what a person decides, applies it, and tells what changed. `undo LINE` takes a decision back.

    accept EVENT, reject EVENT, correct EVENT|CLAIM FIELD VALUE, merge EVENT INTO, split EVENT CLAIM...,
    same-wire REPORT REPORT, not-same-wire REPORT REPORT, undo LINE.
    """
    opened = replace(open_record(record, wait=wait), at=_now())
    line = opened.decide(asked(action, given, by=by, at=opened.at or "", reason=reason))
    with opened.ask() as database:
        run = database.runs()[-1]
    note(f"line {line.line} of {opened.folder.decisions}: {line.action} {line.subject}")
    _show_runs([run], as_json=as_json)


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
    why: Annotated[bool, typer.Option("--why", help="Why these claims are one event.")] = False,
    as_json: JsonOption = False,
) -> None:
    """One event: each claim with its speaker, each field with its quote and the report it is in."""
    opened = open_record(record)
    with opened.ask() as database:
        found = _event(database, event)
        claims = list(database.claims(found.id))
        ids = dict.fromkeys([*found.reports, *(claim.report for claim in claims)])
        reports = [report for id in ids if (report := database.report(id))]  # noqa: A001
    by_id = {report.id: report for report in reports}
    if why:
        return _show_why(found, opened.explain(found.id), claims, by_id, as_json=as_json)
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=reports, claims=claims, events=[found]))
    from dateline.event_page import event_page
    from dateline.knowledge.packs import Packs
    from dateline.knowledge.wording import Wording

    return _show(event_page(found, claims, by_id, Wording.load(Packs())), claims, "no claims")


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


@app.command(short_help="Pages that were read in several versions.")
def versions(
    page: Annotated[
        str | None, typer.Argument(metavar="[URL|REPORT]", help="One page, or that of a report; else all.")
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    as_json: JsonOption = False,
) -> None:
    """What was changed, added and taken out in the versions of a page; edits that the page does not own up to."""
    from dateline.editing import versions as versions_of

    with _asked(record) as database:
        found = versions_of(database.reports())
        wanted = None if page is None else _page(database, page)
    shown = [one for one in found if wanted in (None, one.page)]
    if as_json:
        return out_json(lines(shown))
    from dateline.versions_page import versions_page

    return _show(versions_page(shown), shown, "no page was read in several versions" if page is None else "one version")


@app.command(short_help="What became of events, when and why.")
def changes(
    record: RecordOption = DEFAULT_RECORD,
    since: Annotated[
        str | None, typer.Option(metavar="DATE|RUN", help="From this day on, or after this run; else the last run.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What the runs of dateline added to the record, changed, merged, split or retracted, and why."""
    with _asked(record) as database:
        runs = database.runs()
    _show_runs(_since(runs, since), as_json=as_json)


@app.command(short_help="Two records, event by event.")
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


@app.command()
def actors(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """Who acts and who is acted on, and in how many events."""
    with _asked(record) as database:
        found = database.actors()
    if as_json:
        return out_json(lines(found))
    from dateline.showing import actor_table

    return _show(actor_table(found), found, "the record has no actors")


@app.command(short_help="Where events are; what place a NAME means, and why.")
def places(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A place's name to explain.")] = None,
    record: RecordOption = DEFAULT_RECORD,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The text that uses NAME; - for standard input.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="WHO", help="The text's publisher, by name or host.")] = None,
    knowledge: KnowledgeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where events are, and how many; with NAME, every place of that name, its score and why, and which is meant."""
    if name is not None:
        return _explain_place(name, text, publisher, knowledge, as_json=as_json)
    if text is not None or publisher is not None:
        raise UseError("--text and --publisher explain a name; give it: dateline places NAME --text TEXT")
    with _asked(record) as database:
        found = database.places()
    if as_json:
        return out_json(lines(found))
    from dateline.showing import place_table

    return _show(place_table(found), found, "the record has no places")


def _explain_place(
    name: str, text: str | None, publisher: str | None, knowledge: list[Path] | None, *, as_json: bool
) -> None:
    from dateline.annotate import explain_place

    given = None if text is None else _read_text(text)
    found = explain_place(name, _packs(knowledge), text=given, publisher=publisher)
    if as_json:
        return out_json(lines(found))
    from dateline.showing import explained_places

    return _show(explained_places(found), found, "nothing to explain")


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
    save(file, "".join(pieces).encode("utf-8", "backslashreplace"))
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

        packs = _packs(knowledge)
        out_pieces(line.decode("utf-8") + "\n" for line in annotate_lines(texts, packs))


@app.command(short_help="What the times in a text mean, and why.")
def when(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or a whole text; - is standard input.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When it was published: YYYY-MM-DD.")] = None,
    knowledge: KnowledgeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the time expressions of a text mean: TIMEX3 value, days, the rule that read them so, what was put aside."""
    day = _day(published, "--published", instant=True)
    from dateline.when import when as explained
    from dateline.when import when_objects, when_page

    found = explained(_read_text(text), _packs(knowledge), published=day)
    if as_json:
        return out_json(lines(when_objects(found)))
    return _show(when_page(found), found, "no time expression in this text")


@app.command(short_help="Run the examples of the knowledge packs.")
def check(knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> int:
    """Runs every example and counter-example of the knowledge packs. 1: some do not come out as they should."""
    from dateline.checking import check as check_packs
    from dateline.showing import plain

    results = list(check_packs(_packs(knowledge)))
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


def _event(database: Database, prefix: str) -> Event:
    found = _found(database.event, prefix)
    if not found.id.startswith(prefix.lower()):
        note(f"{prefix} is now part of {found.id}")
    return found


def _found(look_up: Callable[[str], T], prefix: str) -> T:
    try:
        return look_up(prefix)
    except LookupError as error:
        raise UseError(str(error)) from None


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


@contextmanager
def _asked(record: Path) -> Iterator[Database]:
    with open_record(record).ask() as database:
        yield database


def _packs(knowledge: Sequence[Path] | None) -> Packs:
    """The built-in knowledge with the user's own packs laid over it."""
    from dateline.knowledge.packs import BUILT_IN, Packs

    return Packs((BUILT_IN, *(knowledge or ())))


def _read_text(given: str) -> str:
    """The text of an argument; '-' is standard input."""
    return sys.stdin.buffer.read().decode("utf-8", "replace") if given == "-" else given


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _since(runs: Sequence[Run], since: str | None) -> list[Run]:
    """The runs after a number or from a day on; without either the last."""
    if since is None:
        return list(runs[-1:])
    if since.isdigit() and len(since) < 8:
        return [run for run in runs if run.number > int(since)]
    first = _day(since, "--since", instant=True) or ""
    return [run for run in runs if run.at is not None and run.at >= first]


# ---------------------------------------------------------------- what is said
def _show_why(
    event: Event, reasons: Sequence[Reason], claims: Sequence[Claim], reports: Mapping[str, Report], *, as_json: bool
) -> None:
    if as_json:
        return out_json(lines(reasons))
    from dateline.why_page import why_page

    return _show(why_page(event, reasons, {claim.id: claim for claim in claims}, reports), reasons, "no claims")


def _show_runs(runs: Sequence[Run], *, as_json: bool) -> None:
    if as_json:
        return out_json(lines(runs))
    from dateline.change_page import run_page

    return _show(run_page(runs), runs, "nothing was changed since")


def _show_changes(found: Sequence[Change], *, as_json: bool) -> None:
    if as_json:
        return out_json(lines(found))
    from dateline.change_page import change_page

    return _show(change_page(found), found, "no event differs")


def _say(found: Sequence[Problem]) -> None:
    for problem in found[:PROBLEMS_TOLD]:
        note(f"{problem.where}: {problem.message} ({problem.code}); {problem.hint}")


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

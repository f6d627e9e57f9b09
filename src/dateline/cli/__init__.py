"""The command line: arguments in, calls of a record, tables out.

What is asked for goes to standard output, everything else to standard error. Words of pages reach the terminal only
through `dateline.showing.plain` or as JSON strings without control characters. A command loads what it needs when it
runs: help and `--version` load no part of dateline but this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from dateline.cli import asking, deciding, keeping, reading, reviewing, serving, stories, texts, watching
from dateline.cli.given import UseError
from dateline.cli.options import DEFAULT_RECORD, EXIT_CODES, FINE, STOPPED, WRONG_USE
from dateline.cli.told import asked_of
from dateline.telling import count, note, out, speak_utf8

__all__ = ["app", "main"]

NEXT = """\
dateline reads news reports and keeps the record: who did what to whom, where, when, and who says so.

  dateline read PAGE.html FOLDER --published 2020-01-04   read pages, texts, tables, feeds into ./record.dateline
  dateline events                                         the timeline
  dateline show EVENT                                     one event: who says what, in which words
  dateline serve                                          pages and an API: look, check, decide
  dateline publish jsonl --out record.jsonl               the record for other tools (csv, geojson)
  dateline --help                                         all commands
"""

COMMANDS: tuple[tuple[Callable[..., int | None], str | None], ...] = (
    (reading.read, "Read pages, texts, tables, feeds, mail, archives."),
    (serving.serve, "Pages and a REST API, to look, check and decide."),
    (serving.users, "Who may use what `serve` serves."),
    (watching.watch, "Look at feeds and folders again and again."),
    (reading.rebuild, "Make all that is derived again."),
    (deciding.decide, "Accept, correct, reject, merge or split by hand."),
    (reviewing.agreement, "How far reviewers agree, field by field."),
    (asking.events, "The timeline, with filters."),
    (asking.show, "One event: who says what, in which words."),
    (asking.reports, "What was read, and what is a copy of what."),
    (stories.wires, "Which reports print one story, and how they differ."),
    (stories.versions, "Pages that were read in several versions."),
    (deciding.changes, "What became of events, when and why."),
    (deciding.diff, "Two records, event by event."),
    (asking.actors, None),
    (texts.places, "Where events are; what place a NAME means, and why."),
    (asking.problems, "What could not be used, why, and what to do."),
    (keeping.verify, "Is all that was read and quoted still as it was?"),
    (keeping.publish, None),
    (texts.annotate, "What is said in texts, without a record."),
    (texts.when, "What the times in a text mean, and why."),
    (keeping.check, "Run the examples of the knowledge packs."),
)
"""All commands in the order of the help, each with its line there (null: the first of its own help)."""

app = typer.Typer(name="dateline", add_completion=False, rich_markup_mode=None, epilog=EXIT_CODES)
for _command, _short in COMMANDS:
    app.command(short_help=_short)(_command)

_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What the errors of the command line's own grammar have in common; Typer has no public name for it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit code."""
    speak_utf8()
    try:
        code = app(args=None if arguments is None else list(arguments), prog_name="dateline", standalone_mode=False)
        return code if isinstance(code, int) else FINE
    except _UsageError as error:
        return _fail(_usage(error))
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            return _fail(_in_words(error))
        return _fail(f"{_in_words(error)}; nothing is half-written: put it right and run the same command again")
    except typer.Abort:
        return STOPPED
    except _refusals() as error:
        return _fail(str(error))


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
            with asked_of(DEFAULT_RECORD) as database:
                totals = database.totals()
            held = f"{count(totals.events, 'event')} from {count(totals.reports, 'report')}"
            out(f"\n./{DEFAULT_RECORD} holds {held}.\n")


def _refusals() -> tuple[type[Exception], ...]:
    """What is raised where a record, a pack, a decision or an argument cannot be used: its words are for the user."""
    from dateline.deciding.asking import Refused
    from dateline.knowledge.packs import PackError
    from dateline.store import RecordError

    return RecordError, PackError, UseError, Refused


def _fail(text: str) -> int:
    note(f"dateline: {text}")
    return WRONG_USE


def _in_words(error: OSError) -> str:
    if not error.strerror:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _usage(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "dateline"
    return f"{getattr(error, 'format_message', error.__str__)()} (see `{command} --help`)"

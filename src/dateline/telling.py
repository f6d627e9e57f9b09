"""What the command line says: the asked for on standard output, everything else on standard error.

Nothing that was read can steer the terminal: control characters and marks that turn the writing round are left out of
notes and escaped in JSON.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator

import typer

PIPE_CLOSED = 141
"""The exit code when the reader of standard output has gone away: 128 + SIGPIPE, as of a program ended by it."""

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def speak_utf8() -> None:
    """Makes the standard streams write UTF-8 whatever the locale, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def out(text: str) -> None:
    """Writes `text` to standard output."""
    out_pieces([text])


def out_pieces(pieces: Iterable[str]) -> None:
    """Writes to standard output; a reader that has gone away (`| head`) ends the command quietly."""
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None


def out_json(pieces: Iterable[str]) -> None:
    """JSON in which control characters and marks that turn the writing round are escaped: the terminal obeys none."""
    out_pieces(re.sub(_ODD, lambda match: f"\\u{ord(match.group()):04x}", piece) for piece in pieces)


def lines(values: Iterable[object]) -> Iterator[str]:
    """A JSON object a line."""
    import msgspec  # here: help needs none of it

    return (msgspec.json.encode(value).decode("utf-8") + "\n" for value in values)


def note(text: str) -> None:
    """A line on standard error, without control characters of what was read."""
    sys.stderr.write(_ODD.sub("", text.replace("\n", " ")) + "\n")


def progress(verb: str, done: int, total: int) -> None:
    """Where a long run is, on a terminal; nothing in a log."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{verb} {done + 1} of {total}\x1b[K" + ("\r\x1b[K" if done + 1 == total else ""))
        sys.stderr.flush()


def count(number: int, noun: str) -> str:
    """'1 report', '1,200 reports'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

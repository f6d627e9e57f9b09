"""What was given on the command line: days, choices, texts, packs; and the error of what cannot be used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dateline.knowledge.packs import Packs
    from dateline.store.asking import Query

T = TypeVar("T")


class UseError(ValueError):
    """Something the user gave that cannot be used: what was given and what is allowed, in one line."""


def day(value: str | None, option: str, *, instant: bool = False) -> str | None:
    """`value` if it is a day in ISO 8601 (with `instant`, also a day with a time)."""
    if value is None:
        return None
    try:
        date.fromisoformat(value[:10] if instant and value[10:11] in ("", "T") else value)
    except ValueError:
        raise UseError(f"{option} {value!r} is not a date; write it as YYYY-MM-DD, for instance 2020-01-04") from None
    return value


def one_of(value: str, allowed: list[str], what: str) -> str:
    """The name of `allowed` that is meant; a `UseError` with the nearest where there is none."""
    from dateline.querying import one_of as found

    return _usable(lambda: found(value, allowed, what))


def asked_for(**options: str | bool | Sequence[str] | None) -> Query:
    """The query of the filters of a command, by the names of `dateline.querying.PARAMETERS`."""
    from dateline.querying import query_of

    words = {name: _words(value) for name, value in options.items()}
    return _usable(lambda: query_of(words, lambda name: f"--{name.replace('_', '-')}"))


def _words(value: str | bool | Sequence[str] | None) -> Sequence[str]:
    if isinstance(value, bool):
        return ["yes"] if value else []
    return [value] if isinstance(value, str) else value or []


def _usable(read: Callable[[], T]) -> T:
    try:
        return read()
    except ValueError as error:
        raise UseError(str(error)) from None


def load_packs(knowledge: Sequence[Path] | None) -> Packs:
    """The built-in knowledge with the user's own packs laid over it."""
    from dateline.knowledge.packs import BUILT_IN, Packs

    return Packs((BUILT_IN, *(knowledge or ())))


def read_text(given: str) -> str:
    """The text of an argument; '-' is standard input."""
    return sys.stdin.buffer.read().decode("utf-8", "replace") if given == "-" else given


def now() -> str:
    """The instant, as records keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")

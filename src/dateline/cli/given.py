"""What was given on the command line: days, choices, texts, packs; and the error of what cannot be used."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.knowledge.packs import Packs


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


def choice(value: str | None, allowed: type[StrEnum], option: str) -> str | None:
    """The value of `allowed` that is meant, in whatever case it was written."""
    return None if value is None else one_of(value, [str(member) for member in allowed], option)


def one_of(value: str, allowed: list[str], what: str) -> str:
    """The name of `allowed` that is meant; a `UseError` with the nearest where there is none."""
    by_small = {name.lower(): name for name in allowed}
    if value.lower() in by_small:
        return by_small[value.lower()]
    raise UseError(f"{what} {value!r} is not one of {', '.join(allowed)}{_meant(value.lower(), by_small, by_small)}")


def _meant(value: str, allowed: Iterable[str], spelled: dict[str, str] | None = None) -> str:
    near = get_close_matches(value, list(allowed), n=1)
    return f"; did you mean {(spelled or {}).get(near[0], near[0])}?" if near else ""


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

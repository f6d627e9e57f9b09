"""Parameters of addresses that are no filters: numbers, and one of several words. What cannot be meant is refused (400)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from litestar.exceptions import ValidationException

from dateline.querying import LONGEST, one_of, parameters
from dateline.store.asking import EVERYTHING
from dateline.types import EventType

NARROWING: Mapping[str, Any] = {"held": parameters, "types": tuple(EventType), "everything": EVERYTHING}
"""What the form of `narrowing.html` uses."""
LARGEST = 1 << 53
"""Numbers beyond are no numbers of anything here."""


def only(given: Iterable[str], allowed: Iterable[str]) -> None:
    """Refuses names of parameters that are not allowed."""
    unknown = set(given) - set(allowed)
    if unknown:
        raise ValidationException(detail=f"no parameter {min(unknown)!r}: there are {', '.join(allowed)}")


def number(given: Mapping[str, str], name: str) -> int | None:
    """A whole number, 0 or more; null: it is not given."""
    said = given.get(name, "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or int(said[:20]) > LARGEST:
        raise ValidationException(detail=f"{name} {said[:40]!r} is not a whole number")
    return int(said)


def word(given: Mapping[str, str], name: str, allowed: Iterable[str]) -> str | None:
    """One of the words that are allowed; null: it is not given."""
    try:
        return one_of(given[name], allowed, name) if given.get(name) else None
    except ValueError as error:
        raise ValidationException(detail=str(error)) from None


def text(given: Mapping[str, str], name: str) -> str | None:
    """Words, not too many; null: they are not given."""
    said = given.get(name, "").strip()
    if len(said) > LONGEST:
        raise ValidationException(detail=f"{name} has {len(said):,} letters: at most {LONGEST} are taken")
    return said or None

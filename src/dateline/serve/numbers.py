"""Whole numbers in addresses, where a list goes on from one."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import ValidationException

LARGEST = 10_000_000


def number_in(request: Request[Any, Any, Any], name: str, *, default: int) -> int:
    """The number that a parameter gives, from 0; what is none is refused (400)."""
    given = request.query_params.get(name)
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and int(given[:9]) <= LARGEST and len(given) <= len(str(LARGEST))):
        raise ValidationException(detail=f"{name} {given[:20]!r} is no whole number up to {LARGEST:,}")
    return int(given)

"""Filters in addresses: the query that an address asks for, and the address that asks for a query.

The address is the state of a page: whoever opens it sees the same view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from litestar.datastructures import MultiDict
from litestar.exceptions import ValidationException

from dateline.querying import PARAMETERS, parameters, query_of
from dateline.store.asking import Query


def query_in(given: MultiDict[str] | Mapping[str, Sequence[str]], others: Iterable[str] = ()) -> Query:
    """The query of an address. `others`: names of parameters that are no filters. What cannot be meant is refused (400)."""
    words = given.dict() if isinstance(given, MultiDict) else given
    unknown = set(words) - set(PARAMETERS) - set(others)
    try:
        if unknown:
            name = min(unknown)
            raise ValueError(f"no parameter {name!r}: there are {', '.join([*PARAMETERS, *others])}")
        return query_of({name: values for name, values in words.items() if name in PARAMETERS})
    except ValueError as error:
        raise ValidationException(detail=str(error)) from None


def address(path: str, query: Query, **others: object) -> str:
    """The address of a view; `others` are parameters besides filters, left out where null."""
    pairs = [*parameters(query), *((name, str(value)) for name, value in others.items() if value is not None)]
    return f"{path}?{urlencode(pairs)}" if pairs else path

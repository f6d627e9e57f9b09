"""Shards as Arrow tables, for engines that map a function over the shards of a cluster: `clean_shard`, `code_shard`.

They are pure: a table in, a table of as many rows out, in their order, each with what the step gave or with a problem, both
as JSON. Time and memory are for the engine to limit. Arrow is an extra: `dateline[parquet]`.

>>> from dateline.reading import capture
>>> done = clean_shard(captures_table([capture("a.txt", b"It rained in the capital all day on Monday and on Tuesday.")]))
>>> reports_table(report for found in cleaned_of(done) for report in found.reports).num_rows
1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.knowledge.packs import PackError, Packs
from dateline.types import Capture, Claim, Given, Origin, Problem, Report
from dateline.working.work import CLEAN, CODE, Work

if TYPE_CHECKING:
    from arro3.core import Table

    from dateline.cleaning import Cleaned

_TEXT, _BYTES = "utf8", "binary"


def clean_shard(table: Table, packs: Packs = Packs()) -> Table:  # noqa: B008
    """A table of captures cleaned: `sha256`, `source`, and either `cleaned` or `problem`."""
    captures = list(captures_of(table))
    keys = {"sha256": [one.sha256 for one in captures], "source": [one.source for one in captures]}
    return _done(CLEAN, captures, keys, "cleaned", packs)


def code_shard(table: Table, packs: Packs = Packs()) -> Table:  # noqa: B008
    """A table of reports coded and grounded: `report` (its id), and either `claims` or `problem`."""
    reports = list(reports_of(table))
    return _done(CODE, reports, {"report": [one.id for one in reports]}, "claims", packs)


def _done(work: Work[Any, Any], items: Sequence[Any], keys: dict[str, list[str]], column: str, packs: Packs) -> Table:
    found = [_attempt(work, item, packs) for item in items]
    problems = [_json(one) if isinstance(one, Problem) else None for one in found]
    values = [None if isinstance(one, Problem) else _json(one) for one in found]
    if sum(one is None for one in problems) != sum(one is not None for one in values) or len(found) != len(items):
        raise RuntimeError("a shard must give a value or a problem for each of its rows")
    texts: dict[str, Sequence[str | None]] = {**keys, column: values, "problem": problems}
    return _table({name: (_TEXT, cells) for name, cells in texts.items()})


def _attempt(work: Work[Any, Any], item: Any, packs: Packs) -> Any:
    """What a piece of work gives, or the problem that it raised. The one broad `except` of a shard."""
    try:
        return work.do(item, packs)
    except (PackError, MemoryError):
        raise  # the packs or the machine are at fault, not this item
    except Exception as error:
        return work.failing.raised(work.source(item), error)


# ---------------------------------------------------------------- values to tables and back
def captures_table(captures: Iterable[Capture]) -> Table:
    """A table of captures: `sha256`, `source`, `data`, and as JSON `given` and `origin`."""
    listed = list(captures)
    return _table(
        {
            "sha256": (_TEXT, [one.sha256 for one in listed]),
            "source": (_TEXT, [one.source for one in listed]),
            "data": (_BYTES, [one.data for one in listed]),
            "given": (_TEXT, [_json(one.given) for one in listed]),
            "origin": (_TEXT, [None if one.origin is None else _json(one.origin) for one in listed]),
        }
    )


def captures_of(table: Table) -> Iterator[Capture]:
    """The captures of a table of such."""
    given, origin = msgspec.json.Decoder(Given).decode, msgspec.json.Decoder(Origin).decode
    for sha256, source, data, said, web in _rows(table, "sha256", "source", "data", "given", "origin"):
        yield Capture(sha256, source, data, given(said), None if web is None else origin(web))


def reports_table(reports: Iterable[Report]) -> Table:
    """A table of reports: `id`, `source`, and as JSON `report`."""
    listed = list(reports)
    columns = {"id": [r.id for r in listed], "source": [r.source for r in listed], "report": list(map(_json, listed))}
    return _table({name: (_TEXT, cells) for name, cells in columns.items()})


def reports_of(table: Table) -> Iterator[Report]:
    """The reports of a table of such."""
    read = msgspec.json.Decoder(Report).decode
    return (read(report) for (report,) in _rows(table, "report"))


def cleaned_of(table: Table) -> Iterator[Cleaned | Problem]:
    """What `clean_shard` gave, row by row."""
    return _values(table, "cleaned", msgspec.json.Decoder(CLEAN.gives()).decode)


def claims_of(table: Table) -> Iterator[tuple[Claim, ...] | Problem]:
    """What `code_shard` gave, row by row."""
    return _values(table, "claims", msgspec.json.Decoder(CODE.gives()).decode)


def _values(table: Table, column: str, read: Callable[[str], Any]) -> Iterator[Any]:
    problem = msgspec.json.Decoder(Problem).decode
    for value, wrong in _rows(table, column, "problem"):
        yield read(value) if wrong is None else problem(wrong)


def _rows(table: Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def _table(columns: dict[str, tuple[str, Sequence[Any]]]) -> Table:
    from arro3.core import Array, DataType, Table

    types = {_TEXT: DataType.utf8(), _BYTES: DataType.binary()}
    arrays = [Array(cells, types[kind]) for kind, cells in columns.values()]
    return Table.from_arrays(arrays, names=list(columns))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")

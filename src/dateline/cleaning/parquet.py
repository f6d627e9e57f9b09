"""Parquet tables, read batch by batch and no further than they may unpack. The reader is an extra: `dateline[parquet]`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from dateline.cleaning.columns import Row, key_of
from dateline.cleaning.draft import Sources
from dateline.cleaning.items import MAX_ITEMS, Found, Table, as_text, drafts_of, too_many
from dateline.types import Capture, Problem

MAX_UNPACKED = 64 * 1024 * 1024
"""The most bytes that the cells of one file may come to, 64 MiB."""
_BATCH = 128
_MAGIC = b"PAR1"


class _ParquetError(ValueError):
    """Why a file cannot be read to its end; the code of its problem is the first argument."""


def clean_parquet(capture: Capture, sources: Sources) -> Found:
    """A draft for each row of a Parquet file."""
    try:
        import arro3.io
    except ImportError:
        message, hint = "Parquet files need a reader that is not installed", "pip install 'dateline[parquet]'"
        return [], [Problem("reader-missing", capture.source, message, hint)]
    problems: list[Problem] = []
    rows: list[Row] = []
    header: list[str] = []
    try:
        for names, row in _rows(capture.data, arro3.io.read_parquet):
            header = names
            rows.append(row)
    except _ParquetError as error:
        code, message = error.args
        problems.append(Problem(code, capture.source, message, "make the file again, or give the table as .csv"))
    if len(rows) >= MAX_ITEMS:
        problems.append(too_many(capture.source))
    return drafts_of(Table(header, rows), capture, sources, problems)


def _rows(data: bytes, read: Any) -> Iterator[tuple[list[str], Row]]:
    """Each row with the names of the columns. Raises `_ParquetError` where the file is damaged or a bomb."""
    if not (data.startswith(_MAGIC) and data.endswith(_MAGIC)):
        raise _ParquetError("damaged", "it does not begin and end as a Parquet file")
    unpacked = count = 0
    for batch in _batches(data, read):
        unpacked += batch.nbytes
        if unpacked > MAX_UNPACKED:
            raise _ParquetError("bomb", f"its cells come to more than {MAX_UNPACKED:,} bytes; the rest was not read")
        names = list(batch.schema.names)
        columns = [[_cell(value.as_py()) for value in batch.column(n)] for n in range(len(names))]
        for cells in zip(*columns, strict=True):
            count += 1
            if count > MAX_ITEMS:
                return
            yield names, dict(zip(map(key_of, names), cells, strict=True))


def _batches(data: bytes, read: Any) -> Iterator[Any]:
    try:
        yield from read(BytesIO(data), batch_size=_BATCH)
    except (_ParquetError, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader, written in Rust, is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _ParquetError("damaged", f"the reader stopped: {str(error)[:200]}") from None
        raise


def _cell(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else as_text(value)

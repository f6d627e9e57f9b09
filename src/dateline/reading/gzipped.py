"""A packed file (.gz): the document in it is the capture, named by the file and read as the suffix within says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.reading.captures import MAX_BYTES, capture, too_large
from dateline.reading.unpacking import UnpackError, unpack
from dateline.types import Capture, Given, Problem


def read_gzip(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """The document in a .gz file, or why it cannot be had."""
    where = str(path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        yield too_large(where, size)
        return
    try:
        yield capture(where, unpack(path.read_bytes(), "gzip"), given)
    except UnpackError as error:
        yield Problem(error.code, where, str(error), "get the file again, or unpack it yourself if you trust it")

"""Bytes as a capture, or the problem that keeps them from being one: too large, empty, binary, a mere list of pages."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from dateline.reading.sitemaps import is_sitemap, sitemap_problem
from dateline.types import Capture, Given, Origin, Problem

MAX_BYTES = 20 * 1024 * 1024
"""The largest document that is taken, 20 MB: the longest newspaper pages saved with all their scripts stay below 5."""

MAX_TABLE_BYTES = 64 * 1024 * 1024
"""The largest table that is taken: 64 MiB, as much as may be unpacked at all. It holds many documents."""
_TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})

MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!",
    b"\x28\xb5\x2f\xfd", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\x7fELF", b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"OggS", b"ID3", b"RIFF", b"PAR1",
)  # fmt: skip
"""First bytes of documents, archives, images, sound and programs (from the formats' own specifications)."""

UTF16 = (b"\xff\xfe", b"\xfe\xff")


def capture(
    source: str,
    data: bytes,
    given: Given = Given(),  # noqa: B008
    origin: Origin | None = None,
) -> Capture | Problem:
    """`data` as the capture of a text, or the problem that keeps it from being one."""
    if len(data) <= most_bytes(source) and _is_binary(data):
        return Problem("binary", source, "the file is not text", "give the text or the saved page (.txt, .html)")
    if is_sitemap(data):
        return sitemap_problem(source, data)
    return any_capture(source, data, given, origin)


def any_capture(
    source: str,
    data: bytes,
    given: Given = Given(),  # noqa: B008
    origin: Origin | None = None,
) -> Capture | Problem:
    """`data` as a capture, be it text or not."""
    if len(data) > most_bytes(source):
        return too_large(source, len(data))
    if not data.strip():
        return Problem("empty", source, "the file has no characters", "save the page or text again")
    return Capture(hashlib.sha256(data).hexdigest(), source, data, given, origin)


def most_bytes(source: str) -> int:
    """The size up to which a source is taken."""
    return MAX_TABLE_BYTES if PurePath(source.lower()).suffix in _TABLES else MAX_BYTES


def too_large(where: str, size: int) -> Problem:
    """The problem of a document of `size` bytes."""
    message = f"the file has {size:,} bytes; the most that is taken is {most_bytes(where):,}"
    return Problem("too-large", where, message, "split it, or save the page without its pictures and scripts")


def _is_binary(data: bytes) -> bool:
    if data.startswith(MAGIC):
        return True
    return b"\0" in data and not data.startswith(UTF16)

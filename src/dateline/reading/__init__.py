"""Read: the bytes as they came, with where they came from. A path or a folder gives captures and problems.

Every file of a folder gives a capture or a problem: nothing is lost in silence. What the bytes say is left to
`dateline.cleaning`; here they are only measured, looked at for a binary beginning, and hashed.

>>> [type(one).__name__ for one in read("-", stdin=b"KYIV (Reuters) - It rained.")]
['Capture']
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from dateline.types import Capture, Given, Problem

Reader = Callable[[Path, Given], Iterator[Capture | Problem]]

MAX_BYTES = 20 * 1024 * 1024
"""The largest file that is taken, 20 MB: the longest newspaper pages saved with all their scripts stay below 5."""

MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!",
    b"\x28\xb5\x2f\xfd", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\x7fELF", b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"OggS", b"ID3", b"RIFF",
)  # fmt: skip
"""First bytes of documents, archives, images, sound and programs (from the formats' own specifications)."""

UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(source: str, *, given: Given = Given(), stdin: bytes | None = None) -> Iterator[Capture | Problem]:  # noqa: B008
    """The captures and problems of `source`: a file, a folder (all files below it, sorted) or '-' for `stdin`.

    Raises `FileNotFoundError` where `source` is no path, and `ValueError` for '-' without bytes.
    """
    if source == "-":
        if stdin is None:
            raise ValueError("'-' reads standard input, but no bytes were given; pass stdin=...")
        return iter((capture("-", stdin, given),))
    path = Path(source)
    if not path.exists():
        raise FileNotFoundError(_not_found(path))
    return _folder(path, given) if path.is_dir() else _file(path, given)


def capture(source: str, data: bytes, given: Given = Given()) -> Capture | Problem:  # noqa: B008
    """`data` as a capture, or the problem that keeps it from being one: too large, empty, binary."""
    if len(data) > MAX_BYTES:
        return _too_large(source, len(data))
    if not data.strip():
        return Problem("empty", source, "the file has no characters", "save the page or text again")
    if _is_binary(data):
        return Problem("binary", source, "the file is not text", "give the text or the saved page (.txt, .html)")
    return Capture(sha256=hashlib.sha256(data).hexdigest(), source=source, data=data, given=given)


def read_text_file(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """One file, one capture: the size is looked at before a byte is read."""
    where = str(path)
    try:
        size = path.stat().st_size
        yield _too_large(where, size) if size > MAX_BYTES else capture(where, path.read_bytes(), given)
    except OSError as error:
        yield Problem(
            "unreadable", where, error.strerror or str(error), "check that the file may be read, then read it again"
        )


SUFFIXES = (".txt", ".text", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".jsonl", ".ndjson", ".xml", ".rss", ".atom")

READERS: dict[str, Reader] = dict.fromkeys(SUFFIXES, read_text_file)
"""The reader of each suffix. Packages add theirs under the entry point group 'dateline.readers', named by suffix."""


@cache
def readers() -> dict[str, Reader]:
    """The built-in readers and, over them, those of installed packages."""
    found: dict[str, Reader] = {point.name: point.load() for point in entry_points(group="dateline.readers")}
    return READERS | found


def _file(path: Path, given: Given) -> Iterator[Capture | Problem]:
    reader = readers().get(path.suffix.lower())
    if reader is not None:
        return reader(path, given)
    message = f"dateline does not read {path.suffix or 'files without a suffix'}"
    known = " ".join(sorted(readers()))
    return iter((Problem("unsupported-format", str(path), message, f"save it as one of: {known}"),))


def _folder(folder: Path, given: Given) -> Iterator[Capture | Problem]:
    root = folder.resolve()
    for path in _files_below(folder):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            hint = "copy the file into the folder, or read it by its own path"
            yield Problem(
                "link-leaves-folder", str(path), "the link leads out of the folder and was not followed", hint
            )
        else:
            yield from _file(path, given)


def _files_below(folder: Path) -> list[Path]:
    """All files below `folder`, in one order on every machine; hidden files and hidden folders left out."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    shown = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return sorted((path for path in shown if not path.is_dir()), key=lambda path: path.as_posix())


def _is_binary(data: bytes) -> bool:
    if data.startswith(MAGIC):
        return True
    return b"\0" in data and not data.startswith(UTF16)


def _too_large(where: str, size: int) -> Problem:
    message = f"the file has {size:,} bytes; the most that is taken is {MAX_BYTES:,}"
    return Problem("too-large", where, message, "split it, or save the page without its pictures and scripts")


def _not_found(path: Path) -> str:
    try:
        beside = [other.name for other in path.parent.iterdir()]
    except OSError:
        beside = []
    near = get_close_matches(path.name, beside, n=1)
    return f"{path}: no such file or folder" + (f"; did you mean {path.parent / near[0]}?" if near else "")

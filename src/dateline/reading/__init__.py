"""Read: the bytes as they came, with where they came from. A path or a folder gives captures and problems.

Every file of a folder gives a capture or a problem: nothing is lost in silence. What the bytes say is left to
`dateline.cleaning`; here they are only measured, looked at for a binary beginning, and hashed.

>>> [type(one).__name__ for one in read("-", stdin=b"KYIV (Reuters) - It rained.")]
['Capture']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from dateline.reading.captures import MAX_BYTES, any_capture, capture, most_bytes, too_large
from dateline.reading.gzipped import read_gzip
from dateline.reading.listed import SITEMAP, read_listed
from dateline.reading.urls import is_address, read_url
from dateline.reading.wacz import read_wacz
from dateline.reading.warc import read_warc
from dateline.types import Capture, Given, Problem

__all__ = ["MAX_BYTES", "READERS", "capture", "read", "readers"]

Reader = Callable[[Path, Given], Iterator[Capture | Problem]]


def read(source: str, *, given: Given = Given(), stdin: bytes | None = None) -> Iterator[Capture | Problem]:  # noqa: B008
    """The captures and problems of `source`: a file, a folder (all files below it, sorted), an address, '-' for `stdin`.

    An address of the web ('https://...') is fetched when its turn comes, as are the pages that 'sitemap:PLACE' lists;
    nothing else is ever fetched.

    Raises `FileNotFoundError` where `source` is no path, and `ValueError` for '-' without bytes.
    """
    if source == "-":
        if stdin is None:
            raise ValueError("'-' reads standard input, but no bytes were given; pass stdin=...")
        return iter((capture("-", stdin, given),))
    if source.startswith(SITEMAP):
        return read_listed(source, given)
    if is_address(source):
        return (read_url(one, given) for one in (source,))
    path = Path(source)
    if not path.exists():
        raise FileNotFoundError(_not_found(path))
    return _folder(path, given) if path.is_dir() else _file(path, given)


def read_text_file(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """One file, one capture: the size is looked at before a byte is read."""
    size = path.stat().st_size
    yield too_large(str(path), size) if size > most_bytes(str(path)) else capture(str(path), path.read_bytes(), given)


def read_any_file(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """The same of a format that is no text."""
    size = path.stat().st_size
    yield (
        too_large(str(path), size) if size > most_bytes(str(path)) else any_capture(str(path), path.read_bytes(), given)
    )


TEXTS = (
    ".txt", ".text", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom",
)  # fmt: skip

READERS: dict[str, Reader] = {
    **dict.fromkeys(TEXTS, read_text_file),
    ".gz": read_gzip,
    **dict.fromkeys((".eml", ".parquet"), read_any_file),
    **dict.fromkeys((".warc", ".warc.gz"), read_warc),
    ".wacz": read_wacz,
}
"""The reader of each suffix. Packages add theirs under the entry point group 'dateline.readers', named by suffix."""


@cache
def readers() -> dict[str, Reader]:
    """The built-in readers and, over them, those of installed packages."""
    found: dict[str, Reader] = {point.name: point.load() for point in entry_points(group="dateline.readers")}
    return READERS | found


def _file(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """What the reader of the file's suffix finds; a file that the system does not let be read is a problem."""
    try:
        yield from _reader(path)(path, given)
    except OSError as error:
        message = error.strerror or str(error)
        yield Problem("unreadable", str(path), message, "check that the file may be read, then read it again")


def _reader(path: Path) -> Reader:
    """The reader of 'a.warc.gz', 'a.html'; of 'a.html.gz' that of packed files, if it would read what is packed."""
    known, last, within = readers(), path.suffix.lower(), Path(path.stem).suffix.lower()
    if last == ".gz" and within and within not in known:
        return _unsupported
    return known.get(within + last) or known.get(last, _unsupported)


def _unsupported(path: Path, _given: Given) -> Iterator[Problem]:
    message = f"dateline does not read {''.join(path.suffixes[-2:]) or 'files without a suffix'}"
    known = " ".join(sorted(readers()))
    yield Problem("unsupported-format", str(path), message, f"save it as one of: {known}")


def _folder(folder: Path, given: Given) -> Iterator[Capture | Problem]:
    for path in files_below(folder):
        yield from read_below(folder, path, given)


def read_below(folder: Path, path: Path, given: Given = Given()) -> Iterator[Capture | Problem]:  # noqa: B008
    """What the file `path` of `folder` gives; a link that leads out of the folder is not followed."""
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        hint = "copy the file into the folder, or read it by its own path"
        yield Problem("link-leaves-folder", str(path), "the link leads out of the folder and was not followed", hint)
    else:
        yield from _file(path, given)


def files_below(folder: Path) -> list[Path]:
    """All files below `folder`, in one order on every machine; hidden files and hidden folders left out."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    shown = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return sorted((path for path in shown if not path.is_dir()), key=lambda path: path.as_posix())


def _not_found(path: Path) -> str:
    try:
        beside = [other.name for other in path.parent.iterdir()]
    except OSError:
        beside = []
    near = get_close_matches(path.name, beside, n=1)
    return f"{path}: no such file or folder" + (f"; did you mean {path.parent / near[0]}?" if near else "")

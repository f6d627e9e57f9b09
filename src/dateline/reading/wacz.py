"""Web archives in a package (.wacz, a zip file): the pages of the WARC files in it.

Nothing is unpacked to disk. Members whose names lead out of the package, and bombs, are refused and told.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import RawIOBase
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, BinaryIO, cast

from dateline.reading.unpacking import MAX_RATIO, UnpackError, allowed
from dateline.reading.warc import Opened, pages
from dateline.types import Capture, Given, Problem

_ARCHIVES = (".warc", ".warc.gz")
_ENCRYPTED = 1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SHOWN = 100
"""Characters of a name or of an error that are shown."""


def read_wacz(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """The captures and problems of the WARC files in a WACZ package."""
    where = str(path)
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield Problem("damaged", where, f"the package cannot be opened ({error})", "make or fetch it again")
        return
    with package:
        refused = [problem for member in package.infolist() if (problem := _refused(member, where))]
        yield from refused
        yield from pages(_archives(package), where, given)


def _archives(package: zipfile.ZipFile) -> list[Opened]:
    return [
        partial(_opened, package, member)
        for member in package.infolist()
        if member.filename.lower().endswith(_ARCHIVES) and _refused(member, "") is None
    ]


def _opened(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    try:
        return cast(BinaryIO, _Member(package.open(member)))
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise UnpackError("damaged", f"{member.filename[:_SHOWN]} cannot be opened ({str(error)[:_SHOWN]})") from None


def _refused(member: zipfile.ZipInfo, where: str) -> Problem | None:
    """The problem of a member that is not opened: its name climbs out, it is a bomb, or it needs a password."""
    place, hint = f"{where}#{member.filename[:_SHOWN]}", "look at where the package is from"
    if _climbs(member.orig_filename):
        return Problem("unsafe-name", place, "its name leads out of the package; it was not opened", hint)
    if member.file_size > max(allowed(member.compress_size), MAX_RATIO * member.compress_size):
        message = f"it says that it unpacks to {member.file_size:,} bytes, and was not opened"
        return Problem("bomb", place, message, hint)
    if member.compress_type not in _PACKINGS:
        message = f"it is packed in a way that dateline does not unpack (number {member.compress_type})"
        return Problem("packing-unknown", place, message, "unpack the package and pack it anew")
    if member.flag_bits & _ENCRYPTED:
        return Problem(
            "encrypted", place, "it needs a password; it was not opened", "unpack the package and pack it anew"
        )
    return None


def _climbs(name: str) -> bool:
    r"""Whether a name would leave the folder it is unpacked into, on any system: '../x', '/x', 'C:\x'."""
    paths = (PurePosixPath(name), PureWindowsPath(name))
    return any(path.anchor or ".." in path.parts for path in paths)


class _Member(RawIOBase):
    """A member of a package as bytes to read; damage in it is an `UnpackError`."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnpackError("damaged", f"the package is damaged ({error})") from None

    def close(self) -> None:
        """Ends reading."""
        self._stream.close()
        super().close()

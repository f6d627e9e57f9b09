"""The records of a WARC file, one after another; a damaged one costs itself, and says so.

Common readers end the file at the first damage, or hand on cut records in silence (measured: warcio 1.8, FastWARC 2.0).
Here the members of a .warc.gz are read apart, and after damage the next record is looked for.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from dateline.reading.captures import MAX_BYTES
from dateline.reading.http_message import parse_headers
from dateline.reading.unpacking import MAX_RATIO, UnpackError, bomb

_PIECE = 256 * 1024
_SMALL = 4 * 1024
"""Packed bytes taken at once: what stands before damage among them is lost with it."""
_GZIP = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31
_MAX_HEAD = 64 * 1024
_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_NEXT = re.compile(rb"(?:\A|(?<=\n))WARC/\d\.\d{1,2}\r?\n")
_HEAD = re.compile(rb"(?:\r?\n)*(WARC/\d\.\d{1,2}\r?\n.*?)\r?\n\r?\n", re.S)
_LONGEST_START = 16
"""Bytes that hold any first line of a record."""
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its headers by their small names, and its block, null where it is longer than a document may be."""

    headers: Mapping[str, str]
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a record, and what of its headers could be read."""

    message: str
    headers: Mapping[str, str]
    code: str = "damaged"


def records(file: BinaryIO) -> Iterator[Record | Damage]:
    """The records of a WARC file, packed record by record or as a whole, or not at all."""
    beginning = file.read(_PIECE)
    if not beginning.startswith(_GZIP):
        yield from _records(_Bytes(_pieces(beginning, file)))
        return
    yield from _packed_records(_Members(beginning, file))


def _packed_records(members: _Members) -> Iterator[Record | Damage]:
    """The records of all members; bytes between them are damage, unless they are the rest of a record told already."""
    told = False
    while (found := members.find()) or members.passed:
        if members.passed and not told:
            yield Damage("bytes in which no record begins were passed over", {})
        if not found:
            return
        for record in _records(_Bytes(members.unpacked())):
            told = isinstance(record, Damage)
            yield record


def _pieces(beginning: bytes, file: BinaryIO) -> Iterator[bytes]:
    while beginning:
        yield beginning
        beginning = file.read(_PIECE)


class _Bytes:
    """Bytes that come in pieces, taken from the front; `broken` says why they ended, where it was no proper end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.held = b""
        self.broken: UnpackError | None = None

    def at_least(self, size: int) -> bool:
        """Whether `size` bytes could be held ready."""
        parts, have = [self.held], len(self.held)
        try:
            while have < size and (piece := next(self._pieces, None)) is not None:
                parts.append(piece)
                have += len(piece)
        except UnpackError as error:
            self.broken = error
        self.held = b"".join(parts) if len(parts) > 1 else self.held
        return have >= size

    def take(self, size: int) -> bytes:
        """The first `size` bytes of those held."""
        taken, self.held = self.held[:size], self.held[size:]
        return taken

    def skip(self, size: int) -> bool:
        """Whether `size` bytes were there to be passed over."""
        while size > 0 and self.at_least(1):
            size -= len(self.take(size))
        return size == 0

    def find(self, form: re.Pattern[bytes]) -> bool:
        """Whether `form` comes; what stands before it is passed over."""
        while True:
            more = self.at_least(_PIECE)
            match = form.search(self.held)
            if match is not None:
                self.take(match.start())
                return True
            self.take(len(self.held) - _LONGEST_START)
            if not more:
                return False

    def ended(self) -> bool:
        """Whether nothing is left but line ends."""
        while self.at_least(1):
            self.held = self.held.lstrip(b"\r\n")
            if self.held:
                return False
        return True


def _records(stream: _Bytes) -> Iterator[Record | Damage]:
    """The records of one stretch of bytes; after damage in it, from the next line that begins a record."""
    told = False
    while not stream.ended():
        found = _record(stream)
        last = stream.ended()
        if stream.broken is not None and last:
            found = Damage(str(stream.broken), found.headers, stream.broken.code)
        told = True
        yield found
        if isinstance(found, Damage) and (last or not stream.find(_NEXT)):
            return
    if stream.broken is not None and not told:
        yield Damage(str(stream.broken), {}, stream.broken.code)


def _record(stream: _Bytes) -> Record | Damage:
    """The record at the front of `stream`."""
    stream.at_least(_MAX_HEAD)
    head = _HEAD.match(stream.held[:_MAX_HEAD])
    if head is None:
        stream.take(max(1, _last_beginning(stream.held[:_MAX_HEAD])))
        return Damage("no record begins here, or its head is cut", {})
    headers = parse_headers(head.group(1))
    stream.take(head.end())
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < _DIGITS):
        return Damage(f"its length is no number: {length[:40]!r}", headers)
    return _with_block(stream, int(length), headers)


def _last_beginning(ahead: bytes) -> int:
    """Where the last record begins in bytes of which the first one has a head without end; else the front.

    A head ends at an empty line; where there is none ahead, no record but the last can have its end behind them.
    """
    if _VERSION.match(ahead.lstrip(b"\r\n")) is None:
        return 0
    return max((match.start() for match in _NEXT.finditer(ahead)), default=0)


def _with_block(stream: _Bytes, size: int, headers: Mapping[str, str]) -> Record | Damage:
    if size > MAX_BYTES:
        whole, block = stream.skip(size), None
    else:
        whole, block = stream.at_least(size), stream.take(size)
    if whole and (not stream.at_least(1) or stream.held.startswith((b"\r", b"\n"))):
        return Record(headers, block)
    begins = _NEXT.search(block) if block else None
    if block is not None and begins is not None:
        stream.held = b"\n" + block[begins.start() :] + stream.held
        return Damage("it is shorter than it says: another record begins within it", headers)
    return Damage("it is longer than it says" if whole else "it is cut: fewer bytes follow than it says", headers)


class _Members:
    """The members of a gzip file, each unpacked by itself; after a damaged one the next that holds a record is found."""

    def __init__(self, beginning: bytes, file: BinaryIO) -> None:
        self._packed, self._at, self._file = beginning, 0, file
        self.passed = False
        """Whether the last search passed over bytes that are no padding."""

    def find(self) -> bool:
        """Whether another member that begins with a record was found."""
        self.passed = False
        while self._more(len(_GZIP)):
            at = self._packed.find(_GZIP, self._at)
            self._pass(at if at >= 0 else len(self._packed) - len(_GZIP) + 1)
            if at >= 0 and self._begins_record():
                return True
            if at >= 0:
                self._pass(at + 1)
        self._pass(len(self._packed))
        return False

    def _pass(self, at: int) -> None:
        self.passed = self.passed or bool(self._packed[self._at : at].strip(b"\0"))
        self._at = at

    def _begins_record(self) -> bool:
        self._more(_SMALL)
        front = self._packed[self._at : self._at + _SMALL]
        try:
            beginning = zlib.decompressobj(_GZIP_WINDOW).decompress(front, _LONGEST_START)
        except zlib.error:
            return False
        return _VERSION.match(beginning) is not None

    def unpacked(self) -> Iterator[bytes]:
        """The bytes of the member at the front. Raises `UnpackError` where they are damaged or a bomb."""
        machine = zlib.decompressobj(_GZIP_WINDOW)
        packed = given = 0
        while not machine.eof:
            if not self._more(1):
                raise UnpackError("damaged", "its packed bytes end too early")
            front = self._packed[self._at : self._at + _SMALL]
            try:
                piece = machine.decompress(front, _PIECE)
            except zlib.error as error:
                self._at += packed == 0  # else the same member would be found again
                raise UnpackError("damaged", f"its packed bytes are damaged ({error})") from None
            taken = len(front) - len(machine.unconsumed_tail) - len(machine.unused_data)
            self._at, packed, given = self._at + taken, packed + taken, given + len(piece)
            if given > max(MAX_BYTES, MAX_RATIO * packed):
                raise bomb(max(MAX_BYTES, MAX_RATIO * packed))
            yield piece

    def _more(self, size: int) -> bool:
        """Whether `size` packed bytes are ahead; reads on for them."""
        while len(self._packed) - self._at < size and (piece := self._file.read(_PIECE)):
            self._packed, self._at = self._packed[self._at :] + piece, 0
        return len(self._packed) - self._at >= size

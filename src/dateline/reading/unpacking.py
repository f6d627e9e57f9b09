"""Packed bytes unpacked, never to more than they may become: a small file that grows without bound is a bomb.

>>> unpack(zlib.compress(b"It rained."), "deflate")
b'It rained.'
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_UNPACKED = 64 * 1024 * 1024
"""The most that packed bytes may become, 64 MiB."""
MAX_RATIO = 200
"""... and how many times their own size; text packs to a tenth, rarely to a hundredth."""
ALWAYS = 1024 * 1024
"""What even the smallest packed bytes may become, 1 MiB: a page of one repeated line is no bomb."""
_PIECE = 64 * 1024
_GZIP = 31
"""zlib's number for gzip with its header and checksum."""
_RAW = -15


class UnpackError(ValueError):
    """Packed bytes that are damaged, of no known packing, or a bomb; `code` is that of the problem they make."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def allowed(packed: int) -> int:
    """How many bytes `packed` bytes may become."""
    return min(MAX_UNPACKED, max(ALWAYS, MAX_RATIO * packed))


def unpack(data: bytes, encoding: str) -> bytes:
    """`data` without its content encodings ('gzip', 'gzip, br'), the last first. Raises `UnpackError`."""
    most = allowed(len(data))
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        unpacker = _UNPACKERS.get(name)
        if unpacker is None:
            raise UnpackError("packing-unknown", f"it is packed as {name!r}, which dateline does not unpack")
        data = unpacker(data, most)
    return data


def _gunzip(data: bytes, most: int) -> bytes:
    """All members of a gzip file; zeros after the last are padding."""
    parts: list[bytes] = []
    while data.strip(b"\0"):
        part, data = _inflate(data, most - sum(map(len, parts)), _GZIP)
        parts.append(part)
    return b"".join(parts)


def _deflated(data: bytes, most: int) -> bytes:
    """'deflate' of HTTP: with zlib's header as the standard says, or without it as some servers send it."""
    try:
        return _inflate(data, most, zlib.MAX_WBITS)[0]
    except UnpackError as error:
        if error.code == "bomb":
            raise
        return _inflate(data, most, _RAW)[0]


def _inflate(data: bytes, most: int, kind: int) -> tuple[bytes, bytes]:
    """One stream of zlib's, and the bytes after its end."""
    machine = zlib.decompressobj(kind)
    try:
        unpacked = machine.decompress(data, most + 1)
    except zlib.error as error:
        raise UnpackError("damaged", f"its packed bytes are damaged ({error})") from None
    if len(unpacked) > most:
        raise bomb(most)
    if not machine.eof:
        raise UnpackError("damaged", "its packed bytes end too early")
    return unpacked, machine.unused_data


def _unbrotli(data: bytes, most: int) -> bytes:
    machine = brotli.Decompressor()
    parts, size = [], 0
    try:
        piece = machine.process(data, output_buffer_limit=_PIECE)
        while piece:
            parts.append(piece)
            size += len(piece)
            if size > most:
                raise bomb(most)
            piece = machine.process(b"", output_buffer_limit=_PIECE)
    except brotli.error as error:
        raise UnpackError("damaged", f"its packed bytes are damaged ({error})") from None
    if not machine.is_finished():
        raise UnpackError("damaged", "its packed bytes end too early")
    return b"".join(parts)


def _unzstd(data: bytes, most: int) -> bytes:
    """All frames of Zstandard."""
    parts: list[bytes] = []
    while data:
        machine = zstd.ZstdDecompressor()
        rest = most - sum(map(len, parts))
        try:
            parts.append(machine.decompress(data, rest + 1))
        except zstd.ZstdError as error:
            raise UnpackError("damaged", f"its packed bytes are damaged ({error})") from None
        if len(parts[-1]) > rest:
            raise bomb(most)
        if not machine.eof:
            raise UnpackError("damaged", "its packed bytes end too early")
        data = machine.unused_data
    return b"".join(parts)


def bomb(most: int) -> UnpackError:
    """The error of bytes that become more than `most`."""
    return UnpackError("bomb", f"it unpacks to more than {most:,} bytes and was not read further")


def _as_it_is(data: bytes, _most: int) -> bytes:
    return data


_UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflated,
    "br": _unbrotli,
    "zstd": _unzstd,
    "identity": _as_it_is,
}

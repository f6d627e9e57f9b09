"""Frames over a pipe: eight bytes of length, then as many bytes. Read and written past Python's buffers, which `select`
does not see.
"""

from __future__ import annotations

import os
from select import select
from time import monotonic

_HEADER = 8
_PIECE = 1 << 18


def send(pipe: int, data: bytes) -> None:
    """Writes one frame to the file descriptor `pipe`; BrokenPipeError where nobody reads it any more."""
    rest = memoryview(len(data).to_bytes(_HEADER, "big") + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


class Incoming:
    """The frames that come in over one pipe."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._held = bytearray()

    def frame(self, within: float | None = None) -> bytes:
        """The next frame; EOFError where the other side is gone, TimeoutError after `within` seconds."""
        until = None if within is None else monotonic() + within
        size = int.from_bytes(self._take(_HEADER, until), "big")
        return self._take(size, until)

    def _take(self, size: int, until: float | None) -> bytes:
        while len(self._held) < size:
            if until is not None and not select([self._pipe], [], [], max(0.0, until - monotonic()))[0]:
                raise TimeoutError
            piece = os.read(self._pipe, _PIECE)
            if not piece:
                raise EOFError
            self._held += piece
        taken = bytes(memoryview(self._held)[:size])
        del self._held[:size]
        return taken

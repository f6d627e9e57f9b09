import gzip
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest

from dateline.reading.unpacking import ALWAYS, MAX_RATIO, MAX_UNPACKED, UnpackError, allowed, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
TEXT = b"It rained in the harbour town all day on Monday, the port authority said.\n" * 50


@pytest.mark.parametrize("encoding", PACKERS)
def test_what_was_packed_comes_back(encoding: str) -> None:
    assert unpack(PACKERS[encoding](TEXT), encoding) == TEXT
    assert unpack(PACKERS[encoding](gzip.compress(TEXT)), f"gzip, {encoding.upper()}") == TEXT


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_bomb_is_stopped(encoding: str) -> None:
    with pytest.raises(UnpackError) as error:
        unpack(PACKERS[encoding](bytes(ALWAYS * 80)), encoding)
    assert error.value.code == "bomb"


@pytest.mark.parametrize("encoding", PACKERS)
@pytest.mark.parametrize("cut", [0, 1, 9, -1])
def test_a_cut_is_damage(encoding: str, cut: int) -> None:
    packed = PACKERS[encoding](TEXT)[:cut]
    if not packed and encoding in ("gzip", "zstd"):
        assert unpack(packed, encoding) == b""
        return
    with pytest.raises(UnpackError) as error:
        unpack(packed, encoding)
    assert error.value.code == "damaged"


def test_small_bytes_may_grow_to_a_mebibyte_and_none_beyond_the_most() -> None:
    assert allowed(10) == ALWAYS
    assert allowed(100_000) == MAX_RATIO * 100_000
    assert allowed(10**9) == MAX_UNPACKED

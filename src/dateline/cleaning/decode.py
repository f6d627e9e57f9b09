"""Bytes to characters: what the bytes say of themselves first, then UTF-8, then a guess that says it is one.

>>> decode("Córdoba".encode("utf-8"))
Decoded(text='Córdoba', encoding='utf-8', sure=True)
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,100}?encoding\s*=\s*["'])([A-Za-z0-9_.:-]{2,40})""", re.I
)
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\xad\u200b\u2060\ufeff]")
_LINES = re.compile(r"\r\n?|[\x0c\x85\u2028]")
_HALF_PAIRS = re.compile(r"[\ud800-\udfff]")
_NOT_FOR_PAGES = re.compile(r"escape|punycode|idna|undefined|utf.?7", re.I)
_ESCAPES = ((b"\x1b$B", "iso2022_jp_2"), (b"\x1b$@", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr"))
_BROKEN = 0.1
"""Share of the characters beyond ASCII that may be broken in what is still UTF-8: in text of another encoding all are."""
_HEAD = 4096
_SAMPLE = 20_000
_SURE = 0.8
"""Confidence of the guess from which it is taken without a word (chardet's own scale, 0 to 1)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, by which encoding, and whether the bytes left no doubt of it."""

    text: str
    encoding: str
    sure: bool


def decode(data: bytes, *, charset: str | None = None) -> Decoded:
    """The characters of `data`; an encoding that is declared and that the bytes contradict is not believed.

    `charset`: the encoding that the server or the letter says, which goes before the page's own word.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(tidy(data.decode(encoding, "replace")), encoding, sure=True)
    return (
        _seven_bit(data)
        or _strict(data, "utf-8")
        or _named(data, charset)
        or _named(data, _declared(data))
        or _nearly_utf8(data)
        or _guessed(data)
    )


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    return match.group(1).decode("ascii") if match else None


def _named(data: bytes, name: str | None) -> Decoded | None:
    name = (name or "").strip().lower()
    if not name or _NOT_FOR_PAGES.search(name):
        return None
    return _strict(data, "windows-1252" if name in _LATIN else name)


def _seven_bit(data: bytes) -> Decoded | None:
    """Japanese, Chinese and Korean mail encodings, whose bytes are all ASCII: their escapes give them away."""
    shift = next((name for escape, name in _ESCAPES if escape in data[:_SAMPLE]), None)
    return _strict(data, shift) if shift else None


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bytes broken, as where a page was cut: it is no other encoding if most of it is right."""
    text = data.decode("utf-8", "replace")
    broken, foreign = text.count("\ufffd"), sum(c > "\x7f" for c in text)
    return Decoded(tidy(text), "utf-8", sure=True) if broken <= _BROKEN * foreign else None


def _guessed(data: bytes) -> Decoded:
    import chardet

    guess = chardet.detect(_sample(data))
    encoding = str(guess.get("encoding") or "windows-1252")
    sure = float(guess.get("confidence") or 0.0) >= _SURE
    found = _strict(data, encoding) or _strict(data, "windows-1252")
    if found is None:
        return Decoded(tidy(data.decode("latin-1")), "latin-1", sure=False)
    return Decoded(found.text, found.encoding, sure)


def _sample(data: bytes) -> bytes:
    """The stretch around the first byte that is not ASCII: what a guess can rest on."""
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]", data)), 0)
    return data[max(0, first - 1000) : first + _SAMPLE]


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(tidy(data.decode(encoding)), encoding, sure=True)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def tidy(text: str) -> str:
    """One kind of line end; no control characters, soft hyphens, zero-width blanks or halves of a surrogate pair."""
    return _HALF_PAIRS.sub("\ufffd", _LINES.sub("\n", _CONTROL.sub("", text)))

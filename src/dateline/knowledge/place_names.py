"""Place names as they are looked up: without what their spelling varies in.

>>> key("Saint-Jean d’Acre"), key("São Tomé"), keys("el-Obeid")
('st jean dacre', 'sao tome', ('el obeid', 'al obeid', 'obeid'))
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ß": "ss",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "&": " and ",
        "ə": "a",
    }
)
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
_DROPPED = re.compile(r"['’‘ʻʼʿʾ`´.]")
_BLANKS = re.compile(r"[\s\-‐‑–_/]+")


def key(name: str) -> str:
    """`name` without what spelling varies in: case, accents, hyphens, apostrophes, full stops; 'Saint' is 'st'."""
    small = name.lower().strip()
    if not small.isascii():
        small = unicodedata.normalize("NFKD", small.casefold().translate(_LETTERS))
        small = "".join(c for c in small if not unicodedata.combining(c)).casefold()
    words = _BLANKS.sub(" ", _DROPPED.sub("", small)).split()
    if len(words) > 1 and words[0] in _SHORT:
        words[0] = _SHORT[words[0]]
    return " ".join(words)


ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})
"""The Arabic article as gazetteers and newspapers write it, with its consonant taken over or not."""


def keys(name: str) -> tuple[str, ...]:
    """The keys to look `name` up by, the exact one first: 'el-Obeid' is 'al Obeid' too, and 'Obeid'."""
    exact = key(name)
    first, _, rest = exact.partition(" ")
    if rest and first in ARTICLES:
        return tuple(dict.fromkeys((exact, f"al {rest}", rest)))
    if exact.startswith("the "):
        return (exact, exact[4:])
    return (exact,)

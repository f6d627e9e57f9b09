"""Place names as they are looked up: without what their spelling varies in.

>>> key("Saint-Jean d’Acre"), key("São Tomé"), keys("el-Obeid")
('st jean dacre', 'sao tome', ('el obeid', 'al obeid', 'obeid'))
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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
        "ə": "a",
    }
)
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
_SIGNS = str.maketrans(dict.fromkeys("'’‘ʻʼʿʾ`´.") | dict.fromkeys("-‐‑–_/", " ") | {"&": " and "})
"""What is left out of a name, and what parts its words."""

REMEMBERED = 10_000
"""Names whose key is kept in memory: a text says the same ones again and again."""


@lru_cache(maxsize=REMEMBERED)
def key(name: str) -> str:
    """`name` without what spelling varies in: case, accents, hyphens, apostrophes, full stops; 'Saint' is 'st'."""
    small = name.lower()
    if not small.isascii():
        small = unicodedata.normalize("NFKD", small.casefold().translate(_LETTERS))
        small = "".join([c for c in small if not unicodedata.combining(c)]).casefold()
    words = small.translate(_SIGNS).split()
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

"""Place names as they are looked up: without what their spelling varies in.

>>> key("Saint-Jean d’Acre"), key("São Tomé"), key("Tall ash-Shaykh"), keys("el-Obeid")
('st jean dacre', 'sao tome', 'tel al shaykh', ('el obeid', 'al obeid', 'obeid'))
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
_FIRST = {
    "saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt",
    "tall": "tel", "tell": "tel", "dayr": "deir", "dair": "deir", "bayt": "beit", "bait": "beit", "ayn": "ain",
    "ein": "ain", "jebel": "jabal", "djebel": "jabal", "um": "umm", "bani": "beni", "abou": "abu",
}  # fmt: skip
"""First words of longer names in the one spelling that stands for all: 'Mount', and the Arabic hill, house and spring."""
_SIGNS = str.maketrans(dict.fromkeys("'’‘ʻʼʿʾ`´.") | dict.fromkeys("-‐‑–_/", " ") | {"&": " and "})
"""What is left out of a name, and what parts its words."""

ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})
"""The Arabic article as gazetteers and newspapers write it, with its consonant taken over or not."""

_INNER = ARTICLES | {"ed", "er", "es", "ez"}
"""The article inside a name, all of which are one: 'Deir ez-Zor' is 'Dayr az-Zawr' but for its vowels."""

REMEMBERED = 10_000
"""Names whose key is kept in memory: a text says the same ones again and again."""


@lru_cache(maxsize=REMEMBERED)
def key(name: str) -> str:
    """`name` without what spelling varies in: case, accents, hyphens, apostrophes, full stops; 'Saint' is 'st'.

    The Arabic article inside a name is 'al'; that at its beginning stays as it is (see `keys`).
    """
    small = name.lower()
    if not small.isascii():
        small = unicodedata.normalize("NFKD", small.casefold().translate(_LETTERS))
        small = "".join([c for c in small if not unicodedata.combining(c)]).casefold()
    first, *rest = small.translate(_SIGNS).split() or [""]
    if not rest:
        return first
    return " ".join([_FIRST.get(first, first), *("al" if word in _INNER else word for word in rest)])


def keys(name: str) -> tuple[str, ...]:
    """The keys to look `name` up by, the exact one first: 'el-Obeid' is 'al Obeid' too, and 'Obeid'."""
    exact = key(name)
    first, _, rest = exact.partition(" ")
    if rest and first in ARTICLES:
        return tuple(dict.fromkeys((exact, f"al {rest}", rest)))
    if exact.startswith("the "):
        return (exact, exact[4:])
    return (exact,)

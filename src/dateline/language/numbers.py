"""Counts as newspapers write them: words and digits, bounds and roundings, each as a range with its characters.

A count is of people or things. Ages, times of day, years, money, percentages, distances and ordinals are none. What a
noun without a number means ('a policeman' one, 'policemen' unsaid) is left to the caller, the article excepted.

>>> from dateline.knowledge.packs import Packs
>>> Numbers.load(Packs()).of_text("at least two dozen herders")
Number(low=24, high=None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.knowledge.packs import Packs
from dateline.types import Number

if TYPE_CHECKING:
    from spacy.tokens import Span

FILE = "english/numbers.toml"

_PIECE = re.compile(
    r"\d+(?:st|nd|rd|th)\b|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:[.'][^\W\d_]+)*|[^\w\s]|_"
)
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\Z")
_HYPHENS = frozenset("-–—")
_ARTICLES = frozenset({"a", "an"})
_LONGEST = 6
"""Digits of a count written without commas; a longer run is a date, a file's name or a telephone number."""
_ROUNDING = 10
"""'About 50' is a tenth less to a tenth more: 45 to 55 (RECORD.md)."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count and the characters `start` to `end` of the text it was read from; `article`: 'a guard' says one."""

    number: Number
    start: int
    end: int
    article: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    glued: bool
    """Nothing stands between it and the word before: '3-5', '24-year-old'."""


Affixes = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Phrases by their first word, the longest first, with the bound they set."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number words of a pack, ready for reading."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, tuple[int, int | None]]
    before: Affixes
    after: Affixes
    collective: frozenset[str]
    units: frozenset[str]
    currency: frozenset[str]
    plurals: frozenset[str]
    names: frozenset[str]

    @staticmethod
    def load(packs: Packs) -> Numbers:
        """The number words of `packs`."""
        return _load(packs)

    def of_text(self, text: str) -> Number | None:
        """How many `text`, a noun phrase, speaks of; null where it does not say."""
        found = self.find(text)
        return found.number if found is not None else None

    def of_phrase(self, phrase: Span) -> Number | None:
        """How many the noun phrase `phrase` speaks of; null where it does not say."""
        return self.of_text(phrase.text)

    def find(self, text: str) -> Count | None:
        """The first count of `text`, a noun phrase: what stands before 'of' goes before what stands after it."""
        words = _words(text)
        article: Count | None = None
        i = 0
        while i < len(words):
            if words[i].text == "of":
                if article is None or (i > 0 and words[i - 1].text not in self.collective):
                    break
                article = None
            read = self._count(words, i)
            if read is not None:
                return read
            if i == 0 and words[i].text in _ARTICLES and not self._collective_next(words):
                article = Count(Number(1, 1), words[0].start, words[0].end, article=True)
            elif i == 0 and words[i].text in _ARTICLES:
                article = Count(Number(None, None), 0, 0)
            i = self._next(words, i)
        return article if article is not None and article.article else None

    def value(self, text: str) -> int | None:
        """The number that the whole of `text` is, whatever it counts or measures: 'two hundred', '1,000'."""
        words = _words(text)
        read = self._cardinal(words, 0)
        return read[0].low if read is not None and read[1] == len(words) and read[0].low == read[0].high else None

    def is_number(self, word: str) -> bool:
        """Whether `word`, in small letters, can be or begin a count: '12', 'twelve', 'dozens', 'no'."""
        return word in self.cardinals or word in self.vague or word in self.scales or _DIGITS.match(word) is not None

    def is_collective(self, word: str) -> bool:
        """'a group of men': the article counts the group and not the men."""
        return word in self.collective

    # ------------------------------------------------------------ one count
    def _collective_next(self, words: list[_Word]) -> bool:
        """'a group', 'a small armed group of': the collective noun ends the phrase or stands before its 'of'."""
        for i, word in enumerate(words):
            if word.text == "of":
                return words[i - 1].text in self.collective
        return bool(words) and words[-1].text in self.collective

    def _next(self, words: list[_Word], i: int) -> int:
        """The place after word `i`, skipping words hyphened to it: of '24-year-old' nothing is a count."""
        if not self.is_number(words[i].text):
            return i + 1
        j = i + 1
        while j + 1 < len(words) and words[j].text in _HYPHENS and words[j].glued:
            j += 2
        return j

    def _count(self, words: list[_Word], i: int) -> Count | None:
        """The count that begins with word `i`, with the words before and after that bound it."""
        bound, at = _affix(self.before, words, i)
        if bound is None and i and words[i - 1].text in self.names:
            return None
        if _text(words, at) == "between":
            return self._between(words, i, at + 1)
        core = self._range(words, at)
        if core is None:
            return None
        number, end = core
        if bound is None or bound == "exact":
            later, after = _affix(self.after, words, end + (_text(words, end) in _HYPHENS))
            if later is not None:
                bound, end = later, after
        if self._measures(words, at, end):
            return None
        return Count(_bounded(number, bound), words[i].start, words[end - 1].end)

    def _between(self, words: list[_Word], i: int, at: int) -> Count | None:
        """'between 3 and 5'"""
        low = self._cardinal(words, at)
        if low is None or _text(words, low[1]) not in ("and", "to"):
            return None
        high = self._cardinal(words, low[1] + 1)
        if high is None or self._measures(words, at, high[1]):
            return None
        return Count(Number(low[0].low, high[0].high), words[i].start, words[high[1] - 1].end)

    def _range(self, words: list[_Word], i: int) -> tuple[Number, int] | None:
        """'12', '3-5', '3 to 5', 'two or three', 'tens of thousands': the number and the place after it."""
        first = self._cardinal(words, i)
        if first is None:
            return None
        number, j = first
        joint = _text(words, j)
        if joint in ("to", "or") or (joint in _HYPHENS and _digit(words, i) and _digit(words, j + 1)):
            second = self._cardinal(words, j + 1)
            if second is not None and number.low and second[0].low and number.low < second[0].low:
                return Number(number.low, second[0].high), second[1]
        return first

    def _cardinal(self, words: list[_Word], i: int) -> tuple[Number, int] | None:
        word = _text(words, i)
        if word in ("a", "half") and self._scale_at(words, i):
            return self._article_scale(words, i)
        if word in self.vague:
            return self._vague(words, i)
        if word in self.cardinals or _DIGITS.match(word):
            return self._plain(words, i)
        return None

    def _scale_at(self, words: list[_Word], i: int) -> bool:
        """'a dozen', 'half a million', 'a few', 'a couple', 'a hundred'"""
        word = _text(words, i + 1)
        if _text(words, i) == "half":
            return word in ("a", "an") and _text(words, i + 2) in self.scales
        return (word in self.scales and word not in ("k", "m", "mn")) or word in ("few", "couple", "handful")

    def _article_scale(self, words: list[_Word], i: int) -> tuple[Number, int]:
        if _text(words, i) == "half":
            half = self.scales[_text(words, i + 2)] // 2
            return Number(half, half), i + 3
        word = _text(words, i + 1)
        if word in self.vague:
            return self._vague(words, i + 1)
        scale, j = self.scales[word], i + 2
        while (further := self.scales.get(_text(words, j))) is not None:
            scale, j = scale * further, j + 1
        return Number(scale, scale), j

    def _vague(self, words: list[_Word], i: int) -> tuple[Number, int]:
        """'dozens', 'several hundred', 'a few dozen', 'hundreds of thousands'; 'tens of thousands': 20,000 or more."""
        low, high = self.vague[words[i].text]
        j = i + 1
        scale = self.scales.get(_text(words, j))
        if scale is not None and low:
            return Number(low * scale, None if high is None else high * scale), j + 1
        if _text(words, j) == "of" and _text(words, j + 1) in ("thousands", "millions", "hundreds"):
            return Number(low * self.vague[_text(words, j + 1)][0] // 2, None), j + 2
        return Number(low, high), j

    def _plain(self, words: list[_Word], i: int) -> tuple[Number, int]:
        """Digits or spelled: '1,200', '1.2 million', 'twenty-one', 'two hundred and five'."""
        total, group, j = 0.0, 0.0, i
        while True:
            word = _text(words, j)
            if _DIGITS.match(word) and (j == i or _text(words, j - 1) == "and"):
                group += float(word.replace(",", ""))
            elif word in self.cardinals and not (group and _DIGITS.match(_text(words, j - 1))):
                group += self.cardinals[word]
            elif word in self.scales and j > i and self._scales(words, j):
                total, group = (
                    (total, group * self.scales[word])
                    if word == "hundred"
                    else (
                        total + group * self.scales[word],
                        0,
                    )
                )
            else:
                break
            j += 1
            j += self._joint(words, j, group)
        value = int(total + group)
        return Number(value, value), j

    def _scales(self, words: list[_Word], j: int) -> bool:
        """'5m' and '5k' only when glued to the digits."""
        return words[j].text not in ("k", "m", "mn") or (words[j].glued and words[j - 1].text[-1].isdigit())

    def _joint(self, words: list[_Word], j: int, group: float) -> int:
        """1 if the hyphen of 'twenty-one' or the 'and' of 'two hundred and five' is at `j`, to be skipped, else 0."""
        joint, following = _text(words, j), self.cardinals.get(_text(words, j + 1))
        if following is None:
            return 0
        tens = 20 <= group % 100 <= 90 and group % 10 == 0
        if joint in _HYPHENS and tens and 0 < following < 10:
            return 1
        after_scale = _text(words, j - 1) in ("hundred", "thousand")
        return 1 if joint == "and" and after_scale and following < 100 else 0

    def _measures(self, words: list[_Word], start: int, end: int) -> bool:
        """Whether the number from `start` to `end` is an age, time, year, sum or distance, or part of a compound."""
        following = _text(words, end)
        if following in self.units or (start and words[start - 1].text in self.currency):
            return True
        if following in _HYPHENS and end + 1 < len(words) and words[end].glued and words[end + 1].glued:
            return True
        if following == ":" and words[end].glued and _digit(words, end + 1):
            return True
        digits = words[start].text
        if digits.isdigit() and len(digits) > _LONGEST:
            return True
        if end == start + 1 and len(digits) == 4 and digits.isdigit() and digits[:2] in ("19", "20"):
            return not self._plural_follows(words, end)
        return False

    def _plural_follows(self, words: list[_Word], end: int) -> bool:
        return any(w.text in self.plurals or (w.text.endswith("s") and len(w.text) > 3) for w in words[end : end + 3])


# ---------------------------------------------------------------- words
def _words(text: str) -> list[_Word]:
    made: list[_Word] = []
    end = 0
    for match in _PIECE.finditer(text):
        made.append(_Word(match.group().lower(), match.start(), match.end(), match.start() == end))
        end = match.end()
    return made


def _text(words: list[_Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def _digit(words: list[_Word], i: int) -> bool:
    return _text(words, i)[:1].isdigit()


def _affix(affixes: Affixes, words: list[_Word], i: int) -> tuple[str | None, int]:
    """The bound that the phrase at `i` sets and the place after it; 'just over' and 'well above' are one phrase."""
    for phrase, bound in affixes.get(_text(words, i), ()):
        if all(_text(words, i + k) == word for k, word in enumerate(phrase)):
            return bound, i + len(phrase)
    return None, i


def _bounded(number: Number, bound: str | None) -> Number:
    low, high = number.low or 0, number.high
    if bound == "about" and high is not None:
        return Number(-(-low * (_ROUNDING - 1) // _ROUNDING), high * (_ROUNDING + 1) // _ROUNDING)
    if bound == "nearly" and high is not None:
        return Number(-(-low * (_ROUNDING - 1) // _ROUNDING), high)
    if bound == "least":
        return Number(low, None)
    if bound == "most":
        return Number(0, high)
    if bound == "fewer":
        return Number(0, max(low - 1, 0))
    return number


# ---------------------------------------------------------------- loading
@lru_cache(maxsize=4)
def _load(packs: Packs) -> Numbers:
    table = packs.tables(FILE)
    return Numbers(
        cardinals=table["cardinals"],
        scales=table["scales"],
        vague={word: (pair[0], pair[1] if len(pair) > 1 else None) for word, pair in table["vague"].items()},
        before=_affixes(table["before"]),
        after=_affixes(table["after"]),
        **{name: frozenset(table["words"][name]) for name in ("collective", "units", "currency", "plurals", "names")},
    )


def _affixes(table: Mapping[str, list[str]]) -> Affixes:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for bound, phrases in table.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            by_first.setdefault(words[0], []).append((words, bound))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in by_first.items()}

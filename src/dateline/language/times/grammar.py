"""The words of time expressions as the packs give them, ready for the lexer.

`TimeGrammar.load` reads `english/times.toml` once for each set of packs. A word can have several senses ('second' is an
ordinal and a unit); each set of kinds has one character, its code, so that a text becomes a short string of codes and a
phrase is a regular expression over kinds ('MONTH DAY'), which `TimeGrammar.phrase` compiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from dateline.knowledge.packs import PackError, Packs

Senses = Mapping[str, Any]
"""The kinds of a word and what it stands for in each: {'MONTH': 2}, {'ORD': 2, 'UNIT': 'second'}."""


class Entry(NamedTuple):
    """A set of senses and the character that stands for its kinds."""

    senses: Senses
    code: str


_NUMBERED = {
    "numbers": "CARD",
    "ordinals": "ORD",
    "months": "MONTH",
    "short_months": "SHORTMONTH",
    "weekdays": "WEEKDAY",
    "short_weekdays": "SHORTDAY",
    "units": "UNIT",
    "parts": "PART",
    "seasons": "SEASON",
    "clock_words": "NOON",
    "day_words": "DAYWORD",
    "directions": "WAY",
    "sets": "SET",
    "zones": "ZONE",
}
_WITH_PLURAL = frozenset({"CARD", "WEEKDAY", "UNIT", "SEASON"})

_NUMERALS = r"""
  (?=['\d])(?:
    (?P<stamp>\d{4}([-/])\d\d\2\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))
  | (?P<slashed>(?<!\d[-/.])\d{1,2}(?:(?P<sep>[/.])\d{1,2}(?P=sep)(?:\d{4}|\d\d)|-\d{1,2}-\d{4})(?![\d/]))
  | (?P<military>\d{6}[a-z](?:[ ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ ]?(?:\d{4}|\d\d)?)?\b)
  | (?P<clock>\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:])|\d{1,2}\.[0-5]\d(?=\s?[ap]\.?m\b)|(?:[01]?\d|2[0-3])h[0-5]\d\b)
  | (?P<point>(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|\.\d))
  | (?P<decade>\d{3}0s\b|'\d0s\b|(?<=the[ ])\d0s\b|(?<=s[-–])\d0s\b|(?<=mid-)\d0s\b)
  | (?P<nth>\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<shortyear>'\d\d\b)
  | (?P<fraction>\d/\d(?![\d/]))
  | (?P<quarter>\b[1-4][QH](?:[ ]?(?:FY)?[ ]?'?(?:\d{4}|\d\d))?\b)
  | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
  )
| (?P<fiscal>\bFY[ ]?'?(?:\d{4}|\d\d)(?:[-/](?:\d{4}|\d\d))?\b)
| (?P<span>\b[QH][1-4](?:[ ]?(?:FY)?[ ]?'?(?:\d{4}|\d\d))?\b)
| (?P<offset>(?:(?<=GMT|UTC)[ ]?[+-][01]?\d(?::?[0-5]\d)?|(?<=\d[ ])[+-][01]\d:?[0-5]\d)(?!\d))
| (?P<meridiem>[ap]\.m\b\.?|[ap]m\b)
"""
_WORDS = r"| (?P<word>[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?) | (?P<mark>'s\b|['\-–—,.()&/\n]) | (?P<other>[^\w\s])"
_MARKS = {
    "'s": "POSS",
    "'": "POSS",
    "-": "DASH",
    "–": "DASH",
    "—": "LONGDASH",
    ",": "COMMA",
    ".": "DOT",
    "(": "OPEN",
    ")": "CLOSE",
    "&": "AND",
    "/": "SLASH",
    "\n": "BREAK",
}
_NUMERAL_KINDS = (
    ("STAMP",), ("SLASHED",), ("MILITARY",), ("CLOCK",), ("NUMBER", "POINT"), ("DECADE",), ("NTH", "ORD"),
    ("NTH", "ORD", "DAY"), ("SHORTYEAR",), ("FRACTION",), ("OFFSET",), ("NUMBER",), ("NUMBER", "DAY"),
    ("NUMBER", "YEAR"), ("NUMBER", "FOUR"), ("NUMBER", "YEAR", "FOUR"), ("NUMBER", "TWO"), ("NUMBER", "DAY", "TWO"),
    ("MERIDIEM",), ("OTHER",), ("MONTH", "ABBR"), ("SPOKEN", "YEAR"), ("SPAN",),
)  # fmt: skip


_TRIGGERS = frozenset({
    "MONTH", "WEEKDAY", "WEEKDAYS", "UNIT", "UNITS", "QUARTER", "QUARTERS", "PERIOD", "PART", "SEASON", "SEASONS",
    "NOON", "DAYWORD", "OVERNIGHT", "SET", "HOLIDAY", "REF", "PAST", "YEAR", "FOUR", "STAMP", "SLASHED", "MILITARY",
    "CLOCK", "POINT", "SPAN", "DECADE", "CARDS", "NTH", "SHORTYEAR", "MERIDIEM", "OCLOCK", "YEARAGO", "BC",
})  # fmt: skip
"""Kinds without one of which there is no time expression."""


@dataclass(frozen=True, slots=True)
class TenseWords:
    """Verbs and prepositions that say on which side of the report a day lies."""

    ahead: frozenset[str]
    scheduling: frozenset[str]
    done: frozenset[str]
    limits: frozenset[str]
    own_limits: frozenset[str]
    coming: frozenset[str]
    granting: frozenset[str]
    bygone: frozenset[str]


@dataclass(frozen=True, eq=False)
class TimeGrammar:
    """Every word with its senses, the expression that cuts a text into pieces, the words of traps, tenses and reasons."""

    entries: Mapping[str, Entry]
    pieces: re.Pattern[str]
    stretches: re.Pattern[str]
    codes: Mapping[frozenset[str], str]
    traps: Mapping[str, frozenset[str]]
    tense: TenseWords
    why: Mapping[str, str]

    @classmethod
    def load(cls, packs: Packs) -> TimeGrammar:
        """The grammar of these packs."""
        return _load(packs)

    def entry(self, **senses: Any) -> Entry:
        """An entry for senses that are not a word's own: a number, an abbreviation understood."""
        return Entry(senses, self.codes[frozenset(senses)])

    def phrase(self, pattern: str) -> re.Pattern[str]:
        """A pattern over kinds ('MONTH DAY', blanks ignored, groups in small letters) as one over codes."""
        return re.compile(re.sub(r"\b[A-Z]{2,}\b", lambda m: self._any_of(m.group(0)), pattern), re.VERBOSE)

    def _any_of(self, kind: str) -> str:
        codes = [code for kinds, code in self.codes.items() if kind in kinds]
        if not codes:
            raise PackError(f"english/times.toml has no word of the kind {kind}")
        return f"[{''.join(codes)}]"


@lru_cache(maxsize=4)
def _load(packs: Packs) -> TimeGrammar:
    tables = packs.tables("english/times.toml")
    senses: dict[str, dict[str, Any]] = {mark: {kind: mark} for mark, kind in _MARKS.items()}
    for word, kind, value in _entries(tables):
        senses.setdefault(word, {})[kind] = value
    codes = _codes(senses)
    return TimeGrammar(
        entries={word: Entry(kinds, codes[frozenset(kinds)]) for word, kinds in senses.items()},
        pieces=_pieces(senses),
        stretches=_stretches(codes),
        codes=codes,
        traps={name: frozenset(words) for name, words in tables["traps"].items()},
        tense=TenseWords(**{name: frozenset(words) for name, words in tables["tense"].items()}),
        why=tables["why"],
    )


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for table, kind in _NUMBERED.items():
        if table not in tables:
            raise PackError(f"english/times.toml: the table [{table}] is missing")
        for word, value in tables[table].items():
            yield word, kind, value
            if kind in _WITH_PLURAL and not word.endswith("s"):
                yield (f"{word[:-1]}ies" if word.endswith(("ury", "ty")) else f"{word}s"), f"{kind}S", value
    for reckoning, feasts in tables["holidays"].items():
        yield from ((name, "HOLIDAY", (reckoning, rule)) for name, rule in feasts.items())
    for value, words in tables["references"].items():
        yield from ((word, "REF", value) for word in words)
    for kind, words in tables["kinds"].items():
        yield from ((word, kind, word) for word in words)


def _pieces(senses: Mapping[str, Senses]) -> re.Pattern[str]:
    """Numerals, then expressions of several words (by their first letter, the longest first), then words and marks."""
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted((w for w in senses if w[0].isalpha() and not w.isalpha()), key=lambda w: (-len(w), w)):
        by_letter.setdefault(phrase[0], []).append(re.escape(phrase[1:]).replace(r"\ ", "[ ]"))
    phrases = "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in sorted(by_letter.items()))
    return re.compile(
        rf"{_NUMERALS}| {_spoken_years(senses)} | (?P<phrase>\b(?:{phrases})(?!\w)) {_WORDS}",
        re.VERBOSE | re.IGNORECASE,
    )


def _spoken_years(senses: Mapping[str, Senses]) -> str:
    """'nineteen ninety-six' as it stands in transcripts of broadcasts."""
    cards = {word: kinds["CARD"] for word, kinds in senses.items() if "CARD" in kinds}
    tens = "|".join(w for w, n in cards.items() if 10 <= n < 100)
    ones = "|".join(w for w, n in cards.items() if n < 10)
    hundreds = "|".join(w for w, n in cards.items() if 16 <= n <= 20)
    of_a_century = rf"\b(?:{hundreds})[ ](?:{tens})(?:[ -](?:{ones}))?\b(?![ -](?:year|month|week|day|hour|minute))"
    of_the_millennium = rf"(?<=year[ ])two[ ]thousand(?:[ ](?:and[ ])?(?:{ones}|{tens})(?:[ -](?:{ones}))?)?\b"
    return rf"(?P<spoken>{of_a_century}|{of_the_millennium})"


def _stretches(codes: Mapping[frozenset[str], str]) -> re.Pattern[str]:
    """Codes without an OTHER among them and with a trigger, and the OTHER that ends them.

    Every repetition over codes has a bound, so that the time taken is linear in the text whatever it says.
    """
    other = codes[frozenset({"OTHER"})]
    triggers = "".join(code for kinds, code in codes.items() if kinds & _TRIGGERS)
    return re.compile(f"[^{other}{triggers}]{{0,12}}[{triggers}][^{other}]*{other}?")


def _codes(senses: Mapping[str, Senses]) -> dict[frozenset[str], str]:
    """A character of the private use area for each set of kinds, in a fixed order."""
    sets = {frozenset(kinds) for kinds in _NUMERAL_KINDS} | {frozenset(s) for s in senses.values()}
    sets |= {frozenset({"MONTH"}), frozenset({"WEEKDAY"})}
    return {kinds: chr(0xE000 + i) for i, kinds in enumerate(sorted(sets, key=sorted))}

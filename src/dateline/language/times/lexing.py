"""Cutting a text into the words that time expressions are made of.

What cannot be part of one is a single OTHER, however long. Words that are times only in some company ('may', 'march',
'sat', 'fall') are settled here, by the parser's tags and by the neighbours, before any phrase is sought.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dateline.language.times.grammar import Entry, Senses, TimeGrammar

Tags = Callable[[int], str]
"""The part-of-speech tag (Penn Treebank) of the word at an offset; '' where there is no parse."""


class Lexeme(NamedTuple):
    """A word or number: its span, its text in small letters, its senses."""

    start: int
    end: int
    text: str
    senses: Senses


@dataclass(frozen=True, slots=True)
class Lexed:
    """The words of a text and, one character for each, their codes."""

    text: str
    words: tuple[Lexeme, ...]
    codes: str


def lex(text: str, grammar: TimeGrammar, tags: Tags) -> Lexed:
    """The pieces of `text` with their codes."""
    entries, other = grammar.entries, grammar.entry(OTHER=None)
    words: list[Lexeme] = []
    codes: list[str] = []
    for match in grammar.pieces.finditer(text):
        group = match.lastgroup
        if group in _SPELLED:
            piece = match.group().lower()
            entry = entries.get(piece, other)
            if piece in _GATES and not _GATES[piece](match, tags):
                entry = other
            elif "SHORTMONTH" in entry.senses or "SHORTDAY" in entry.senses:
                entry = _spelled_out(entry, match, grammar, other)
        else:
            piece = match.group().lower()
            entry = _numeral(group or "", piece, grammar)
        if entry.code == other.code and codes and codes[-1] == other.code:
            continue
        words.append(Lexeme(match.start(), match.end(), piece, entry.senses))
        codes.append(entry.code)
    return _with_triggers(Lexed(text, tuple(words), "".join(codes)), grammar)


def _with_triggers(lexed: Lexed, grammar: TimeGrammar) -> Lexed:
    """The words between two OTHERs only where one of them can make a time expression: 'of the' alone cannot."""
    words: list[Lexeme] = []
    codes: list[str] = []
    for match in grammar.stretches.finditer(lexed.codes):
        words += lexed.words[match.start() : match.end()]
        codes.append(match.group())
    return Lexed(lexed.text, tuple(words), "".join(codes))


_SPELLED = frozenset({"word", "phrase", "mark"})


# ---------------------------------------------------------------- numerals
def _numeral(group: str, piece: str, grammar: TimeGrammar) -> Entry:
    if group == "number":
        return _number(piece, grammar)
    if group == "other":
        return grammar.entry(OTHER=None)
    if group == "point":
        return grammar.entry(NUMBER=float(piece), POINT=piece)
    if group == "quarter":
        return grammar.entry(SPAN=piece)
    if group == "fiscal":
        return grammar.entry(SPOKEN=piece, YEAR=_fiscal_year(piece))
    if group == "spoken":
        return _spoken_year(piece, grammar)
    if group == "nth":
        value = int(piece[:-2])
        return grammar.entry(NTH=value, ORD=value, **({"DAY": value} if 1 <= value <= 31 else {}))
    return grammar.entry(**{group.upper(): piece})


def _number(piece: str, grammar: TimeGrammar) -> Entry:
    value = float(piece.replace(",", ""))
    kinds: dict[str, float] = {"NUMBER": value}
    if piece.isdigit():
        whole = int(piece)
        if len(piece) <= 2 and 1 <= whole <= 31:
            kinds["DAY"] = whole
        if len(piece) == 2:
            kinds["TWO"] = whole
        if len(piece) == 4:
            kinds |= {"FOUR": whole} if whole % 100 < 60 and whole <= 2400 else {}
            kinds |= {"YEAR": whole} if 1000 <= whole < 2200 else {}
    return grammar.entry(**kinds)


def _fiscal_year(piece: str) -> int:
    """'FY2021' is 2021, 'FY 2021/22' the year in which it ends."""
    first, *second = (int(digits) for digits in re.findall(r"\d+", piece))
    year = second[0] if second else first
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _spoken_year(piece: str, grammar: TimeGrammar) -> Entry:
    words = [word for word in re.split(r"[ -]", piece) if word not in ("and", "thousand")]
    hundreds, *rest = (grammar.entries[word].senses["CARD"] for word in words)
    hundreds = 20 if "thousand" in piece else hundreds
    return grammar.entry(SPOKEN=piece, YEAR=hundreds * 100 + sum(rest))


# ---------------------------------------------------------------- abbreviations: 'Jan 4', 'Sat., Mar. 5', '4 Dec'
_NUMBER_AFTER = re.compile(r"\.?[ ]?\d")
_DATE_AFTER = re.compile(r"[.,] ?(?:\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|\.[ ,](?![A-Z])")
_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?[ -]?$")


def _spelled_out(entry: Entry, match: re.Match[str], grammar: TimeGrammar, other: Entry) -> Entry:
    text, end = match.string, match.end()
    numbered = _NUMBER_AFTER.match(text, end) or _NUMBER_BEFORE.search(text, max(0, match.start() - 5), match.start())
    dotted = match.group()[0].isupper() and text[end : end + 1] == "."
    if "SHORTMONTH" in entry.senses:
        return grammar.entry(MONTH=entry.senses["SHORTMONTH"], ABBR=None) if numbered or dotted else other
    named = match.group()[0].isupper() and (_NUMBER_AFTER.match(text, end) or _DATE_AFTER.match(text, end))
    return grammar.entry(WEEKDAY=entry.senses["SHORTDAY"]) if named else other


# ---------------------------------------------------------------- words that are times only in some company
Gate = Callable[[re.Match[str], Tags], bool]

_BEFORE_SEASON = re.compile(
    r"(?i)\b(?:the|last|next|this|that|in|early|late|mid|each|every|by|since|until|previous|following|same|past|coming)"
    r"[ -]$"
)
_AFTER_SEASON = re.compile(r"(?i) (?:of (?:\d{4}|that|last|this|next)|\d{4}\b)")
_FALL_OF = re.compile(r"(?i) (?:of (?!\d{4}|that|last|this|next)|in\b|from\b)")
_MARCH_ON = re.compile(r"(?i) (?:on|against|madness|to|of the (?!year|same|previous|following))\b(?! \d)")


_LEADS = re.compile(r"(?i)\b(?:last|next|in|since|early|late|mid|until|during)[ -]$")
_LONG = re.compile(r"(?i)\blong $")


def _is_month(match: re.Match[str], tags: Tags) -> bool:
    """'in May', 'May 5', but neither 'they may leave' nor 'the March on Rome'."""
    if _NUMBER_AFTER.match(match.string, match.end()) or _NUMBER_BEFORE.search(match.string[: match.start()][-5:]):
        return True
    named = match.group().lower() == "march"
    if named and (
        _MARCH_ON.match(match.string, match.end())
        or _LONG.search(match.string[max(0, match.start() - 5) : match.start()])
    ):
        return False
    if match.group()[0].isupper() and _LEADS.search(match.string[max(0, match.start() - 8) : match.start()]):
        return True
    tag = tags(match.start())
    return match.group()[0].isupper() and (tag.startswith("NN") or not tag)


def _is_season(match: re.Match[str], tags: Tags) -> bool:
    """'last fall', 'the spring of 1942', but neither 'the fall of Saigon' nor 'prices fall'."""
    if tags(match.start())[:1] == "V":
        return False
    if _AFTER_SEASON.match(match.string, match.end()):
        return True
    before = match.string[max(0, match.start() - 12) : match.start()]
    return bool(_BEFORE_SEASON.search(before)) and not (
        before.endswith(("the ", "The ")) and _FALL_OF.match(match.string, match.end())
    )


def _tagged(*allowed: str) -> Gate:
    """Only where the parser's tag begins so (or there is no parse)."""

    def gate(match: re.Match[str], tags: Tags) -> bool:
        tag = tags(match.start())
        return not tag or tag.startswith(allowed)

    return gate


_MONTH_NAME = re.compile(r" (?:January|February|March|April|June|July|August|September|October|November|December)")


def _after_determiner(match: re.Match[str]) -> bool:
    """'the following day', but not 'the week following the vote'."""
    return match.string[max(0, match.start() - 4) : match.start()].lower().endswith("the ")


_GATES: dict[str, Gate] = {
    "may": _is_month,
    "march": _is_month,
    "fall": _is_season,
    "falls": _is_season,
    "spring": _is_season,
    "springs": _is_season,
    "last": _tagged("JJ", "RB", "NN"),
    "past": _tagged("JJ", "NN"),
    "following": lambda match, _: _after_determiner(match),
    "preceding": lambda match, _: _after_determiner(match),
    "ensuing": lambda match, _: _after_determiner(match),
    "recent": _tagged("JJ"),
    "that": lambda match, tags: bool(_MONTH_NAME.match(match.string, match.end())) or tags(match.start()) in ("DT", ""),
    "minute": _tagged("NN"),
    "current": _tagged("JJ"),
    "quarterly": _tagged("RB"),
    "august": lambda match, _: match.group()[0].isupper() or bool(_NUMBER_AFTER.match(match.string, match.end())),
    "long": _tagged("JJ", "RB"),
}

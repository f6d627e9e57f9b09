"""The words of a report as its copies would keep them: shingles of five, passage by passage, quotations told apart.

What a copying desk changes without a thought (case, quotation marks, metres for meters, 'percent' for 'per cent') is
made the same here, so that it costs no likeness. Headings and editors' notes are no part of the story and are left out.

>>> [w for w, _ in words('The Centre is 40 Kilometres off, he said: "Stay!"')]
['the', 'center', 'is', '40', 'kilometers', 'off', 'he', 'said', 'stay']
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.text import view
from dateline.types import Passage, PassageKind, Report

SHINGLE = 5
"""Words in a shingle. Five in a row are seldom shared by texts written apart (Broder 1997 used 10, Potthast 3 to 8)."""

_TOKEN = re.compile(r"[^\W_]+(?:['.][^\W_]+)*|\"")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ ]*\n)[^\n]+)*")
_SPELLINGS = (
    (re.compile(r"(?<=[bt])re(s?)$"), r"er\1"),  # centre, metres
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able)?$"), r"or\1"),  # labour, harboured
    (re.compile(r"(?<=[a-z]{2})is(e[sd]?|ing|ation|ations)$"), r"iz\1"),  # organise, neutralised
    (re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers)$"), r"l\1"),  # shelled, cancelled
    (re.compile(r"ence(s?)$"), r"ense\1"),  # defence
)
_QUOTE_REACH = 150
"""Words after which a quotation that nobody closed is taken to have ended."""


@dataclass(frozen=True, slots=True)
class Part:
    """The shingles of one passage: those of the reporter's own words and those inside quotations."""

    told: tuple[int, ...]
    quoted: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many shingles it has."""
        return len(self.told) + len(self.quoted)


@dataclass(frozen=True, slots=True)
class Cut:
    """A report cut into parts; `whole` has the shingles over the edges of passages too, `figures` its numbers."""

    report: Report
    parts: tuple[Part, ...]
    whole: frozenset[int]
    figures: frozenset[str]

    @property
    def size(self) -> int:
        """How many shingles its parts have."""
        return sum(part.size for part in self.parts)


def cut(report: Report) -> Cut:
    """The shingles of `report`'s story."""
    passages = [list(words(report.text[p.start : p.end])) for p in story(report)]
    flowing = [word for passage in passages for word in passage]
    parts = tuple(part for part in map(_part, passages) if part.size)
    return Cut(
        report=report,
        parts=parts,
        whole=frozenset(shingle for shingle, _ in _shingles(flowing)),
        figures=frozenset(word for word, _ in flowing if len(word) > 1 and word[0].isdigit()),
    )


def story(report: Report) -> list[Passage]:
    """The passages that tell the story; a report that was never cut into passages is cut at its blank lines."""
    if report.passages:
        start = report.dateline.end if report.dateline else 0
        told = [p for p in report.passages if p.kind is PassageKind.STORY]
        return [Passage(max(p.start, start), p.end) if p.start <= start < p.end else p for p in told]
    return [Passage(m.start(), m.end()) for m in _PARAGRAPH.finditer(report.text)]


def words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word of `text`, made the same however it is spelled, and whether it stands in a quotation."""
    opened: int | None = None
    for at, match in enumerate(_TOKEN.finditer(view(unicodedata.normalize("NFKC", text)))):
        token = match.group(0)
        if token == '"':
            opened = at if opened is None else None
            continue
        if opened is not None and at - opened > _QUOTE_REACH:
            opened = None
        yield _spelled(token.casefold()), opened is not None


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> str:
    if len(word) > 4 and word.isalpha():
        for pattern, instead in _SPELLINGS:
            word = pattern.sub(instead, word)
    return word


def _part(passage: list[tuple[str, bool]]) -> Part:
    shingles = _shingles(passage)
    return Part(
        told=tuple(shingle for shingle, quoted in shingles if not quoted),
        quoted=tuple(shingle for shingle, quoted in shingles if quoted),
    )


def _shingles(told: list[tuple[str, bool]]) -> list[tuple[int, bool]]:
    """Each run of five words as a number, and whether most of it is quoted."""
    return [
        (_number([word for word, _ in run]), 2 * sum(quoted for _, quoted in run) > SHINGLE)
        for run in (told[i : i + SHINGLE] for i in range(len(told) - SHINGLE + 1))
    ]


def _number(run: list[str]) -> int:
    return int.from_bytes(
        hashlib.blake2b(" ".join(run).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )

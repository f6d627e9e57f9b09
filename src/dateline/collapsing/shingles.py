"""The words of a report as its copies would keep them: shingles of five, passage by passage, quotations told apart.

What a copying desk changes without a thought (case, quotation marks, metres for meters, 'percent' for 'per cent') is
made the same here, so that it costs no likeness. Headings and editors' notes are no part of the story and are left out,
save the headline of a brief.

>>> [word for word, _ in words('The Centre is 40 Kilometres off, he said: "Stay!"')]
['the', 'center', 'is', '40', 'kilometers', 'off', 'he', 'said', 'stay']
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from dateline.text import view
from dateline.types import Passage, PassageKind, Report, Span

SHINGLE = 5
"""Words in a shingle. Five in a row are seldom shared by texts written apart (Broder 1997 used 10, Potthast 3 to 8)."""

Shingles = npt.NDArray[np.uint64]
"""One number for each run of five words."""
Marks = npt.NDArray[np.bool_]
"""What is true of each shingle."""

BRIEF = 24
"""Words from which a text tells its story without its headline."""

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
_STEP = np.uint64(0x9E3779B97F4A7C15)
"""What tells a word's place in its shingle: an odd number without pattern (2**64 over the golden ratio, Knuth)."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A report cut into shingles. `sizes` has how many each passage gives; `quoted` says which stand in quotations and
    `figured` which have a number in them.

    A passage of fewer than five words is read as one with that before it. `flow` has the shingles over the edges of
    passages too, in the order of the text; `figures` its numbers.
    """

    report: Report
    sizes: npt.NDArray[np.intp]
    shingles: Shingles
    quoted: Marks
    figured: Marks
    flow: Shingles
    figures: frozenset[str]

    @property
    def size(self) -> int:
        """How many shingles its passages have."""
        return len(self.shingles)

    @cached_property
    def whole(self) -> Shingles:
        """Each shingle of the text once, in ascending order."""
        return np.unique(self.flow)

    @cached_property
    def owner(self) -> npt.NDArray[np.intp]:
        """For each shingle, which passage it is of."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def passage_keys(self) -> tuple[int, ...]:
        """A number for each passage, the same wherever its words are the same."""
        edges = np.cumsum(self.sizes)[:-1]
        pieces = zip(np.split(self.shingles, edges), np.split(self.quoted, edges), strict=True)
        return tuple(number(shingles.tobytes(), quoted.tobytes()) for shingles, quoted in pieces) if self.size else ()

    @cached_property
    def key(self) -> int:
        """A number for the story: the same for two reports whose passages have the same words."""
        if not self.size:
            return number(self.report.id.encode("utf-8", "surrogatepass"))
        return number(self.flow.tobytes(), self.sizes.tobytes(), self.quoted.tobytes())


def cut(report: Report) -> Cut:
    """The shingles of `report`'s story."""
    told = _passages(report)
    flowing = [word for passage in told for word in passage]
    flow = _shingles([word for word, _ in flowing])
    lengths = np.array([len(passage) for passage in told], dtype=np.intp)
    sizes = np.maximum(lengths - SHINGLE + 1, 0)
    within = _runs(np.cumsum(lengths) - lengths, sizes)
    return Cut(
        report=report,
        sizes=sizes[sizes > 0],
        shingles=flow[within],
        quoted=(2 * _counted([quoted for _, quoted in flowing]) > SHINGLE)[within],
        figured=(_counted([word[0].isdigit() for word, _ in flowing]) > 0)[within],
        flow=flow,
        figures=frozenset(word for word, _ in flowing if len(word) > 1 and word[0].isdigit()),
    )


def _passages(report: Report) -> list[list[tuple[str, bool]]]:
    """The words of the passages, those too short for a shingle ('Pay April 15') joined to the one before.

    A brief is read with its headline: who pays the 25 cents stands only there.
    """
    told: list[list[tuple[str, bool]]] = []
    pieces = [words(report.text[passage.start : passage.end]) for passage in story(report)]
    if sum(map(len, pieces)) < BRIEF:
        pieces = [words(report.title or ""), *pieces]
    for found in pieces:
        if told and min(len(found), len(told[-1])) < SHINGLE:
            told[-1] += found
        else:
            told.append(found)
    return told


def story(report: Report) -> list[Passage]:
    """The passages that tell the story; a report that was never cut into passages is cut at its blank lines."""
    if report.passages:
        start = report.dateline.end if report.dateline else 0
        told = [p for p in report.passages if p.kind is PassageKind.STORY]
        return [Passage(max(p.start, start), p.end) if p.start <= start < p.end else p for p in told]
    return [Passage(m.start(), m.end()) for m in _PARAGRAPH.finditer(report.text)]


def words(text: str) -> list[tuple[str, bool]]:
    """Each word of `text`, made the same however it is spelled, and whether it stands in a quotation."""
    found: list[tuple[str, bool]] = []
    opened: int | None = None
    for at, token in enumerate(_TOKEN.findall(view(text))):
        if opened is not None and at - opened > _QUOTE_REACH:
            opened = None
        if token == '"':
            opened = at if opened is None else None
        else:
            found.append((_spelled(token), opened is not None))
    return found


def word_spans(text: str) -> list[Span]:
    """Where each of the `words` of `text` stands in it."""
    return [Span(match.start(), match.end()) for match in _TOKEN.finditer(view(text)) if match[0] != '"']


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> str:
    word = unicodedata.normalize("NFKC", word).casefold()
    if len(word) > 4 and word.isalpha():
        for pattern, instead in _SPELLINGS:
            word = pattern.sub(instead, word)
    return word


def number(*parts: bytes) -> int:
    """A number of 64 bits, signed as SQLite keeps them, for `parts`."""
    hashed = hashlib.blake2b(digest_size=8)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big") + part)
    return int.from_bytes(hashed.digest(), "big", signed=True)


@lru_cache(maxsize=1 << 16)
def _word_number(word: str) -> int:
    return number(word.encode("utf-8", "surrogatepass")) % (1 << 64)


def _shingles(told: Sequence[str]) -> Shingles:
    """Each run of five words as a number."""
    numbers = np.array([_word_number(word) for word in told], np.uint64)
    runs = np.zeros(max(0, len(told) - SHINGLE + 1), np.uint64)
    for at in range(SHINGLE):
        runs = runs * _STEP + numbers[at : at + len(runs)]
    return _mixed(runs)


def _counted(marks: Sequence[bool]) -> npt.NDArray[np.int8]:
    """How many of the words of each run of five are marked."""
    flags = np.array(marks, np.int8)
    runs = np.zeros(max(0, len(flags) - SHINGLE + 1), np.int8)
    for at in range(SHINGLE):
        runs += flags[at : at + len(runs)]
    return runs


def _runs(starts: npt.NDArray[np.intp], counts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """`counts` places from each of `starts` on, one run after the other."""
    before = np.cumsum(counts) - counts
    at: npt.NDArray[np.intp] = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    return at


def _mixed(runs: Shingles) -> Shingles:
    """Every bit of each number made to hang on every other (the finish of splitmix64): the least are a fair sample."""
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return runs ^ (runs >> np.uint64(31))

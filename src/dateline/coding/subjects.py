"""Subjects: what a report is about, from its words alone, before it is parsed.

Most of what newspapers print tells of matches, markets, films and recipes, and parsing it costs a hundred times what reading
its words does. A report whose words of another subject are many, and whose words of what the codebook codes are none or few,
gives no claims. Short texts are always coded. The words and the weights are in `packs/english/subjects.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.knowledge.packs import PackError, Packs

FILE = "english/subjects.toml"

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENTRY = re.compile(r"([^\s()]+)(?:\(([^\s()]*)\))?")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words that tell of what is coded, strongly and weakly, those of each other subject, and how they are weighed."""

    enabled: bool
    strong: frozenset[str]
    weak: frozenset[str]
    others: Mapping[str, frozenset[str]]
    weights: tuple[float, float]
    margin: float
    ratio: float
    most: float
    shortest: int

    def other_than_coded(self, text: str) -> str | None:
        """The other subject that `text` is about; null where it may tell of what the codebook codes."""
        words = _WORD.findall(text.lower())
        if not self.enabled or len(words) < self.shortest:
            return None
        different = set(words).union(*(word.split("-") for word in set(words) if "-" in word))
        telling = self._telling(different)
        if telling > self.most:
            return None
        name, count = max(((name, len(different & of)) for name, of in self.others.items()), key=lambda one: one[1])
        if count >= self.margin + self.ratio * telling:
            return name
        return NOTHING if not telling and len(words) >= 2 * self.shortest else None

    def _telling(self, words: set[str]) -> float:
        strong, weak = self.weights
        return strong * len(words & self.strong) + weak * len(words & self.weak)


NOTHING = "none"
"""The subject of a longer text that has no telling word, whatever it is about."""


def is_screened_out(text: str, packs: Packs) -> bool:
    """Whether `text` is about another subject, so that nothing of it is coded."""
    return load_subjects(packs).other_than_coded(text) is not None


@lru_cache(maxsize=4)
def load_subjects(packs: Packs) -> Subjects:
    """The subjects of `packs`."""
    tables = packs.tables(FILE)
    screen: dict[str, Any] = tables["screen"]
    strong, weak = (frozenset().union(*map(_forms, tables["telling"][name].values())) for name in ("strong", "weak"))
    return Subjects(
        enabled=bool(screen["enabled"]),
        strong=strong,
        weak=weak - strong,
        others={name: _forms(words) - strong for name, words in tables["subjects"].items()},
        weights=(float(screen["strong"]), float(screen["weak"])),
        margin=float(screen["margin"]),
        ratio=float(screen["ratio"]),
        most=float(screen["most"]),
        shortest=int(screen["shortest"]),
    )


def _forms(words: str) -> frozenset[str]:
    """The words of a list in which 'bomb(s|ed)' stands for bomb, bombs and bombed."""
    rest = _ENTRY.sub("", words).strip()
    if rest or words != words.lower():
        raise PackError(f"{FILE}: {rest or words[:40]!r} is not a list of words such as 'bomb(s|ed) truce'")
    return frozenset(_spelled(_ENTRY.findall(words)))


def _spelled(entries: Iterable[tuple[str, str]]) -> Iterable[str]:
    for stem, ends in entries:
        yield stem
        yield from (stem + end for end in ends.split("|") if end)

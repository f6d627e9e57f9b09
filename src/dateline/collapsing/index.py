"""What has to be kept of the reports placed so far, so that one more can be placed without reading them again.

Numbers stand for things throughout: a *text* is a story whatever report prints it, a *band* one of its signature's, a
*passage* one as a publisher prints it. An index only keeps; what counts as a copy is decided in `placing`.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

Link = tuple[int, int, float]
"""A text that copies another, that other, and what share of the first stands in it."""


class Index(Protocol):
    """What `place` asks of an index and puts into it. `most` is how many are enough to know."""

    def knows(self, report: str) -> bool:
        """Whether the report was placed."""

    def add_report(self, report: str, text: int, standing: str) -> None:
        """Keeps that a report prints a text, and how it stands among others."""

    def head(self, text: int) -> tuple[str, str] | None:
        """The standing and the id of the first of the reports that print a text; null: none does."""

    def add_text(self, text: int, size: int, bands: Iterable[int]) -> None:
        """Keeps a text of `size` shingles and its bands."""

    def sizes(self, texts: Iterable[int]) -> Mapping[int, int]:
        """How many shingles texts have."""

    def holding(self, band: int, most: int) -> list[int]:
        """Texts that have a band."""

    def add_passage(self, passage: int, opening: int, text: int) -> None:
        """Keeps that a passage stands in a text below an opening."""

    def openings(self, passage: int, most: int) -> int:
        """Below how many different openings a passage stands."""

    def printing(self, passage: int) -> list[int]:
        """The texts that a passage stands in."""

    def links(self, text: int) -> list[Link]:
        """The links of a text to its originals and from its copies."""

    def add_links(self, links: Iterable[Link]) -> None:
        """Keeps links, each in the place of one between the same two."""

    def drop_links(self, text: int) -> None:
        """Forgets the links of a text."""

    def set_originals(self, originals: Mapping[int, int]) -> None:
        """Keeps for texts which text is the original of each."""

    def original(self, report: str) -> str:
        """The id of the original of a report, its own if it has none."""

    def prints(self, text: int) -> list[str]:
        """The reports that print a text."""


class MemoryIndex:
    """An index that lasts as long as the program."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._reports: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        self._sizes: dict[int, int] = {}
        self._holding: defaultdict[int, list[int]] = defaultdict(list)
        self._passages: defaultdict[int, dict[tuple[int, int], None]] = defaultdict(dict)
        self._links: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
        self._originals: dict[int, int] = {}

    def knows(self, report: str) -> bool:
        """Whether the report was placed."""
        return report in self._texts

    def add_report(self, report: str, text: int, standing: str) -> None:
        """Keeps that a report prints a text, and how it stands among others."""
        self._texts[report] = text
        insort(self._reports[text], (standing, report))

    def head(self, text: int) -> tuple[str, str] | None:
        """The standing and the id of the first of the reports that print a text; null: none does."""
        reports = self._reports.get(text)
        return reports[0] if reports else None

    def add_text(self, text: int, size: int, bands: Iterable[int]) -> None:
        """Keeps a text of `size` shingles and its bands."""
        self._sizes[text] = size
        for band in bands:
            self._holding[band].append(text)

    def sizes(self, texts: Iterable[int]) -> Mapping[int, int]:
        """How many shingles texts have."""
        return {text: self._sizes[text] for text in texts}

    def holding(self, band: int, most: int) -> list[int]:
        """Texts that have a band."""
        return self._holding[band][:most]

    def add_passage(self, passage: int, opening: int, text: int) -> None:
        """Keeps that a passage stands in a text below an opening."""
        self._passages[passage][opening, text] = None

    def openings(self, passage: int, most: int) -> int:
        """Below how many different openings a passage stands."""
        return min(most, len({opening for opening, _ in self._passages.get(passage, ())}))

    def printing(self, passage: int) -> list[int]:
        """The texts that a passage stands in."""
        return [text for _, text in self._passages.get(passage, ())]

    def links(self, text: int) -> list[Link]:
        """The links of a text to its originals and from its copies."""
        return [(copy, original, share) for (copy, original), share in self._links.get(text, {}).items()]

    def add_links(self, links: Iterable[Link]) -> None:
        """Keeps links, each in the place of one between the same two."""
        for copy, original, share in links:
            self._links[copy][copy, original] = self._links[original][copy, original] = share

    def drop_links(self, text: int) -> None:
        """Forgets the links of a text."""
        for copy, original in self._links.pop(text, {}):
            self._links[original if copy == text else copy].pop((copy, original), None)

    def set_originals(self, originals: Mapping[int, int]) -> None:
        """Keeps for texts which text is the original of each."""
        self._originals |= originals

    def original(self, report: str) -> str:
        """The id of the original of a report, its own if it has none."""
        return self._reports[self._originals[self._texts[report]]][0][1]

    def prints(self, text: int) -> list[str]:
        """The reports that print a text."""
        return [report for _, report in self._reports.get(text, ())]

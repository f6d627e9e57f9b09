"""Titles that only the <title> and a line of the page together tell: 'The Eastern Mail: Bomb on the airport road'.

Where the page has the one part as a line near its story, that is the title, and the other part the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.cleaning.sifting import words_of
from dateline.cleaning.tree import PageLine

_MARKS = re.compile(r"\s+[|–—\-·•»:]+\s+|\s*\|\s*|:\s+")
_FEWEST = 3
"""Words of a title that a line can be known by."""


def title_in_parts(full_title: str, lines: Sequence[PageLine], start: int) -> tuple[int, str] | None:
    """The number of the line that is the title, and what else the <title> says: the site's name. Null: no such line.

    Of a title and a site's name that both stand on the page, the title is the line nearest above the story.
    """
    halves = {words_of(half): other for half, other in _halves(full_title)}
    near = [n for n, line in enumerate(lines[: start + 6]) if _may_be_title(line)]
    known = [n for n in near if len(lines[n].text) <= 300 and words_of(lines[n].text) in halves]
    found = [n for n in known if len(lines[n].text.split()) >= _FEWEST]
    return (found[-1], halves[words_of(lines[found[-1]].text)]) if found else None


def _may_be_title(line: PageLine) -> bool:
    """Whether a line may be a title: no link of a menu, and in no footer."""
    heads = line.tag in ("h1", "h2", "h3")
    return (heads or line.linked < 0.9) and not any(
        mark.element.tag in ("footer", "nav", "aside") for mark in line.marks
    )


def _halves(full_title: str) -> Iterator[tuple[str, str]]:
    """Each half before or after a mark, and the part at the other end."""
    for mark in _MARKS.finditer(full_title):
        before, after = full_title[: mark.start()].strip(), full_title[mark.end() :].strip()
        if before and after:
            yield after, _MARKS.split(before)[0]
            yield before, _MARKS.split(after)[-1]

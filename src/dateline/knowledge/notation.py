"""The marked-up notation of packs, docs and tests: a sentence and what must come out of it, in one line.

>>> marked = read_marked("[Gunmen](actor) [shot](type:ASSAULT) [a judge](target).")
>>> marked.text
'Gunmen shot a judge.'
>>> [(m.field, m.value, marked.text[m.start:m.end]) for m in marked.marks][:2]
[('actor', None, 'Gunmen'), ('type', 'ASSAULT', 'shot')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELDS = frozenset("actor target type place time means speaker modality harm demand stance mode".split())
"""What a mark may name. `harm:killed=2`, `modality:planned`, `stance:denies` and `type:ASSAULT` carry a value."""

_MARK = re.compile(r"\[([^\[\]]+)\]\(([a-z]+)(?::([^()]*))?\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the plain text are evidence for `field`, with `value` where one is asked for."""

    field: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A plain text and its marks, in the order of the text."""

    text: str
    marks: tuple[Mark, ...]


def read_marked(notation: str) -> Marked:
    """The text and marks of `notation`; an unknown field raises `ValueError` with the fields there are."""
    text: list[str] = []
    marks: list[Mark] = []
    length, last = 0, 0
    for match in _MARK.finditer(notation):
        words, field, value = match.groups()
        if field not in FIELDS:
            raise ValueError(f"a mark names {field!r}; there are {', '.join(sorted(FIELDS))}")
        before = notation[last : match.start()]
        start = length + len(before)
        marks.append(Mark(field=field, value=value, start=start, end=start + len(words)))
        text += [before, words]
        length, last = start + len(words), match.end()
    return Marked(text="".join([*text, notation[last:]]), marks=tuple(marks))

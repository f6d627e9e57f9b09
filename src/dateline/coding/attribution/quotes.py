"""Quotations: where quotation marks open and close, over paragraphs too.

A quotation that its paragraph does not close ends with it; when the next one opens with a mark again, it `continues`.

>>> [q.end - q.start for q in find_quotes('He said "no". She said “yes, of course”.')]
[4, 16]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"''|’’|``|‘‘|[\"“”„«»‘’'`\n]")
_DOUBLE_OPEN = frozenset({"“", "„", "«", "``", "‘‘"})
_DOUBLE_CLOSE = frozenset({"”", "»"})
_DOUBLE_EITHER = frozenset({'"', "''", "’’"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks: characters `start` to `end`; `single` for quotes in single marks.

    `closed`: its closing mark is in the paragraph; `continues`: it goes on from the paragraph above.
    """

    start: int
    end: int
    single: bool = False
    closed: bool = True
    continues: bool = False


def find_quotes(text: str, paragraphs: str | None = None) -> tuple[Quote, ...]:
    """The quotations of `text`, the outer ones only; `paragraphs` is a view of it whose newlines end paragraphs."""
    quotes: list[Quote] = []
    opened: tuple[int, str] | None = None
    running = False
    for mark in _MARK.finditer(text):
        sign, at = mark.group(), mark.start()
        if sign == "\n":
            if (paragraphs or text)[at] != "\n" or opened is None:
                continue
            if opened[1] == '"':
                running = _close(quotes, opened[0], at, closed=False, continues=running)
            opened = None
        elif opened is None:
            kind = _opening(text, sign, mark.end(), at)
            if kind:
                opened = (at, kind)
                running = running and _starts_paragraph(text, at)
        elif _closes(text, sign, opened[1], mark.end()):
            _close(quotes, opened[0], mark.end(), single=opened[1] == "'", continues=running)
            opened, running = None, False
    if opened is not None and opened[1] == '"':
        _close(quotes, opened[0], len(text), closed=False, continues=running)
    return tuple(quotes)


def _close(
    quotes: list[Quote], start: int, end: int, *, single: bool = False, closed: bool = True, continues: bool = False
) -> bool:
    quotes.append(Quote(start, end, single=single, closed=closed, continues=continues))
    return True


def _opening(text: str, sign: str, after: int, at: int) -> str | None:
    """'"' or "'" when `sign` opens a quotation there: a mark that can do either opens before a word and after a gap."""
    if sign in _DOUBLE_OPEN:
        return '"'
    before, following = text[at - 1 : at], text[after : after + 1]
    gap = not before.isalnum() and before not in (".", ",", "!", "?")
    if sign in _DOUBLE_EITHER:
        return '"' if gap and following and not following.isspace() else None
    if sign in ("‘", "'", "`") and gap and (following.isupper() or (sign != "'" and following.isalpha())):
        return "'"
    return None


def _closes(text: str, sign: str, kind: str, after: int) -> bool:
    if kind == '"':
        return sign in _DOUBLE_CLOSE or sign in _DOUBLE_EITHER
    return sign in ("’", "'") and not text[after : after + 1].isalnum() and text[after - 2 : after - 1] != "s"


def _starts_paragraph(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return not text[line:at].strip()

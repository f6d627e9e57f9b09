"""Sifting: which lines of a page are its story, whatever the format they came in.

A `Line` is a paragraph, heading or stray line with what its format knew of it. `sift` leaves out the furniture, ends
the story where comments begin, marks headings and editor's notes, and keeps what it left out, for the credits in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.cleaning.dates import is_date_line
from dateline.cleaning.draft import Block
from dateline.cleaning.furniture import Furniture
from dateline.types import PassageKind

_LONG = 80
"""Characters from which a line that ends as a sentence does is prose, and ends a box of links before it."""
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_DASHED = re.compile(r"^\s*(?:[-–—]{1,3}|\*{1,3}|={2,}|_{2,}) ?\S.{0,100}?\S? ?(?:[-–—]{1,3}|\*{1,3}|={2,}|_{2,})\s*$")
_BYLINE = re.compile(r"^(?:(?:story|words|reported|written|posted|report)\s)?by:?\s+(?=\S)(.{2,120})$", re.I)
_POSTED_BY = re.compile(r"^(?:posted|published|written|updated|filed|submitted)\b.{0,60}?\bby:?\s+(.{2,80})$", re.I)
_DATE_BY = re.compile(r"^(.{6,60}?)[\s,]+by:? (?=\S)(.{2,80})$", re.I)
_BREAKS = re.compile(r"\s*(?:[|·•]|\s[-–—]\s|\t)\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a page; `linked` is the share of them that are links, the rest is as the format marks them.

    Lines of one `place` stand in one element; 0 where the format has none.
    """

    text: str
    heading: bool = False
    note: bool = False
    strong: bool = False
    linked: float = 0.0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Sifted:
    """The blocks of the story, and the lines left out of it; of a press release, who issued it where it says so."""

    blocks: tuple[Block, ...]
    aside: tuple[str, ...]
    issuer: str | None = None
    release: bool = False


def sift(lines: Sequence[Line], furniture: Furniture, *, title: str | None = None, above: Sequence[str] = ()) -> Sifted:
    """The story of `lines`; `title` is not repeated in it. `above` are lines over it that may say that it is a release."""
    blocks: list[Block] = []
    aside: list[str] = []
    box: Line | None = None
    told: set[int] = set()
    wanted = words_of(title) if title else None
    release = is_release((*above, *(line.text for line in lines)), furniture)
    for line in lines:
        does = None if line.note else _does(line, furniture, release=release)
        if does == "end" and blocks:
            break
        if does == "box":
            box = line
        elif box is not None and _is_beyond(line, box, told):
            box = None
        if does or box or _is_stray(line, wanted, begun=bool(blocks)):
            aside.append(line.text)
        else:
            told.add(line.place)
            blocks.append(Block(line.text, kind_of(line, furniture)))
    issuer = _issuer(lines, furniture) if release else None
    return Sifted(tuple(_without_loose_headings(blocks)), tuple(aside), issuer, release)


def _does(line: Line, furniture: Furniture, *, release: bool) -> str | None:
    """What a line of furniture does; an appeal that is a sentence of its own heads no box."""
    if (line.heading or line.strong) and furniture.ends_story(line.text):
        return "end"
    if release and furniture.release.contact.fullmatch(line.text):
        return "drop"
    if release and furniture.release.ends.fullmatch(line.text):
        return "end"
    does = furniture.of_line(line.text)
    return "drop" if does == "box" and not line.heading and line.text[-1] in ".!?" else does


def _is_beyond(line: Line, box: Line, told: set[int]) -> bool:
    """Whether a line stands below a box of links: it is prose, or back in an element that has told of the story."""
    return is_prose(line) or (line.place != box.place and line.place in told)


def is_release(lines: Iterable[str], furniture: Furniture) -> bool:
    """Whether a text is a press release: it says so, or is dated as the wires that carry them do."""
    return any(furniture.release.signs.fullmatch(line) for line in lines)


def _issuer(lines: Sequence[Line], furniture: Furniture) -> str | None:
    found = (furniture.release.issuer.fullmatch(line.text) for line in lines)
    return next((match["name"] for match in found if match), None)


def is_prose(line: Line) -> bool:
    """Whether a line is a paragraph of running text: long, ending as sentences do, hardly linked."""
    return not line.heading and line.linked < 0.5 and len(line.text) >= _LONG and _ENDS.search(line.text) is not None


def kind_of(line: Line, furniture: Furniture) -> PassageKind:
    """What a line of the story is: 'CORRECTION, 12 May: ...' a note, '– Old rivals –' a heading, else the story."""
    if line.note or furniture.is_note(line.text):
        return PassageKind.NOTE
    if line.heading or _DASHED.match(line.text) or (line.strong and is_title_like(line.text)):
        return PassageKind.HEADING
    return PassageKind.STORY


def is_title_like(text: str) -> bool:
    """Whether `text` could be a heading: short, and no sentence."""
    return 2 < len(text) <= 140 and not re.search(r"[.,;:]$", text)


def words_of(text: str) -> str:
    """The words of `text` alone, small: for 'is this line the title?'."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def byline_of(line: str, furniture: Furniture) -> str | None:
    """Who wrote it, of a line under the title: 'By A. Writer | 3 May 2021' is 'A. Writer'.

    Of a line that is parted by bars and has a date, the first part that is no date counts without 'By' as well.
    """
    if len(line) > 220:
        return None
    posted = posted_by(line)
    if posted is not None:
        return posted
    dated = _after_date(line)
    if dated is not None:
        return dated
    parts = [part for part in _BREAKS.split(line) if part]
    named = next((match.group(1) for part in parts if (match := _BYLINE.match(part))), None)
    if named is not None:
        return _without_date(named)
    if len(parts) < 2 or not any(is_date_line(part) for part in parts):
        return None
    first = parts[0]
    usable = len(first.split()) <= 6 and first.lower() not in furniture.sections and not is_date_line(first)
    return first if usable and furniture.of_line(first) is None else None


def posted_by(line: str) -> str | None:
    """'Posted by A. Writer at 7:45 AM' is 'A. Writer'."""
    match = _POSTED_BY.match(line) if len(line) <= 220 else None
    return _without_date(match.group(1)) if match else None


def _after_date(line: str) -> str | None:
    """'Tuesday, September 30, 2014 By A. Writer' is 'A. Writer'."""
    match = _DATE_BY.match(line)
    return _without_date(match[2]) if match and is_date_line(match[1]) else None


def _without_date(name: str) -> str | None:
    cut = re.split(r",? (?:on|at|published|updated|posted)\b|,? \d|\s{2,}", name)[0].strip(" ,.;")
    return cut or None


def _is_stray(line: Line, title: str | None, *, begun: bool) -> bool:
    if line.note:
        return False
    if line.linked >= 0.6 and len(line.text) < 250:
        return True
    if title and words_of(line.text) == title:
        return True
    return is_date_line(line.text) or (not begun and _BYLINE.match(line.text) is not None and len(line.text) < 120)


def _without_loose_headings(blocks: list[Block]) -> Iterator[Block]:
    """The blocks without headings that stand over nothing, but for those in dashes, which an agency's own copy has."""
    last = max((n for n, block in enumerate(blocks) if block.kind is not PassageKind.HEADING), default=-1)
    for n, block in enumerate(blocks):
        if n <= last or _DASHED.match(block.text):
            yield block

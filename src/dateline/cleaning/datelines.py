"""The dateline of a report, 'BAGHDAD, Jan 4 (AFP) -': where it was filed, on which day, by which agency.

>>> found = find_dateline("KYIV (Reuters) - The rain stopped.", 0, is_agency=lambda name: name == "Reuters")
>>> found.place, found.agency, found.end
('KYIV', 'Reuters', 16)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dateline.cleaning.dates import MONTH, WEEKDAY, day_of
from dateline.cleaning.furniture import Furniture
from dateline.knowledge.outlets import Outlets
from dateline.types import Dateline

_DASHES = "-_\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SOURCE = re.compile(rf" ?[(\[](?P<source>[^()\[\]\n]{{2,60}})[)\]] ?(?P<dash>[{_DASHES}:]{{1,3}})?(?=\s|$|[^\W_])")
_DASH = re.compile(rf"\s?(?P<dash>--|[\u2012-\u2015]|(?<=\s)[{_DASHES}]{{1,2}}(?=\s|$)|:(?=\s))")
_DAY = re.compile(
    rf"[,.]?\s?\b(?:{WEEKDAY},?\s)?(?:(?P<month>{MONTH})\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?|"
    rf"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\s(?P<month2>{MONTH}))(?:,?\s(?P<year>(?:19|20)\d\d|'?\d\d))?,?$",
    re.I,
)
_SMALL = frozenset(
    ("al", "el", "de", "la", "las", "los", "da", "do", "dos", "du", "del", "of", "and", "the", "ad", "as", "es", "y")
)
_LAND = re.compile(r"^(\s*[^\W\d_][^()\[\]\n]{1,40}) \(([^()\n]{2,30})\)(?=,\s?\d)")
"""'MOSCOW (USSR), 10 Sep 89': the bracket before the day holds the town's country, no agency."""
_LONGEST = 130
_LONGEST_PLACE = 60
_ACRONYM = re.compile(r"[A-Z.]{2,4}$")
_NAME_WORD = r"(?![A-Z]{1,3}-[A-Z])[^\W\d_a-z][^\W_]*(?:[.'’&-][^\W_]+)*\.?"
_NAME = re.compile(rf"(?:[Tt]he )?{_NAME_WORD}(?: (?:(?:of|and|&) )?{_NAME_WORD}){{0,3}}$")
"""An agency's or paper's name: one to four words with capitals. 'left', '2' and a member's 'D-Ohio' are none."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The parts of a line's beginning that may be a dateline: it ends at `end`."""

    place: str
    day: re.Match[str] | None
    source: str | None
    dash: str
    end: int


def find_dateline(
    text: str, start: int, *, is_agency: Callable[[str], bool], is_other: Callable[[str], bool] = lambda _: False
) -> Dateline | None:
    """The dateline with which the paragraph at `start` of `text` begins, dash and all, or null.

    A name in brackets counts where `is_agency` knows it, or where day or capitals make the form plain: then a name that
    nobody knows is the agency as it is written, unless `is_other` knows that it names something else ('Syria').
    """
    line = _LAND.sub(r"\1, \2 ", text[start : start + _LONGEST].split("\n", 1)[0])
    for find in (_SOURCE, _DASH):
        match = find.search(line)
        head = _head(line, match) if match else None
        if head is not None and _is_plain(head, is_agency):
            return _dateline(head, start, is_agency, is_other)
    return None


def first_dateline(text: str, starts: Iterable[int], outlets: Outlets, furniture: Furniture) -> Dateline | None:
    """The dateline of the first paragraph, of those at `starts`, that has one."""
    found = (
        find_dateline(text, at, is_agency=lambda name: outlets.agency(name) is not None, is_other=furniture.is_other)
        for at in starts
    )
    return next((one for one in found if one is not None), None)


def _head(line: str, match: re.Match[str]) -> _Head | None:
    before = line[: match.start()].rstrip()
    day = _DAY.search(before)
    place = (before[: day.start()] if day else before).strip(" ,")
    if len(place) > _LONGEST_PLACE or not _is_place_like(place):
        return None
    return _Head(place, day, match.groupdict().get("source"), match["dash"] or "", match.end())


def _is_place_like(place: str) -> bool:
    """'N'DJAMENA', 'GENEVA/NEW YORK', 'TRIPOLI, Lebanon', 'Rio de Janeiro': at most three parts, seven words."""
    words = [word for word in re.split(r"[\s/,]+", place) if word]
    if len(words) > 7 or place.count(",") > 2:
        return False
    return all(word[0].isupper() or word.lower() in _SMALL or word.lower().startswith("al-") for word in words)


def _is_plain(head: _Head, is_agency: Callable[[str], bool]) -> bool:
    """Whether the parts make a dateline: 'ISIS — the group —', 'The Police (PD) - it' and 'A (AP) man' make none."""
    known = any(is_agency(part) for part in _parts(head.source or ""))
    if not head.place:
        return known and bool(head.dash)
    capitals = _shouted(head.place)
    if head.source is not None:
        return (bool(head.dash) and (known or head.day is not None or capitals)) or (
            known and (capitals or head.day is not None)
        )
    if head.day is not None:
        return capitals or head.dash != ":"
    return capitals and not _ACRONYM.match(head.place)


def _shouted(place: str) -> bool:
    """Whether the town stands in capitals, as agencies write it: 'RIO DE JANEIRO', 'TRIPOLI, Lebanon', 'AL-HASAKAH'."""
    town = place.split(",")[0]
    return town.isupper() and sum(c.isalpha() for c in town) >= 3


def _dateline(head: _Head, start: int, is_agency: Callable[[str], bool], is_other: Callable[[str], bool]) -> Dateline:
    agency = next((part for part in _parts(head.source or "") if is_agency(part)), None)
    if agency is None and _names_agency(head) and not is_other(head.source or ""):
        agency = head.source
    place = " ".join(head.place.split()) or None
    return Dateline(start=start, end=start + head.end, place=place, day=_day(head.day), agency=agency)


def _names_agency(head: _Head) -> bool:
    """Whether an unknown name in the bracket can be an agency's: a name's initials ('BLUE DOVE PARTY (BDP)') are none."""
    if head.source is None or not head.place or head.dash in ("", ":") or not _NAME.match(head.source):
        return False
    place, source = head.place.split(",")[0], head.source
    return not _is_short_for(place, source) and not _is_short_for(source, place)


def _is_short_for(short: str, full: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", full)
    initials = "".join(word[0] for word in words if word not in _SMALL).casefold()
    return len(words) > 1 and short.replace(".", "").casefold() == initials


def _parts(source: str) -> list[str]:
    return [part.strip() for part in re.split(r"[/,]| - ", source) if part.strip()]


def _day(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return day_of(match["month"] or match["month2"], match["day"] or match["day2"], _year(match["year"]))


def _year(year: str | None) -> str | None:
    """'90' of old copy is 1990, '04' is 2004: no wire service is read here from before 1970."""
    if year is None or len(year.strip("'")) == 4:
        return year
    short = int(year.strip("'"))
    return str(short + (1900 if short >= 70 else 2000))

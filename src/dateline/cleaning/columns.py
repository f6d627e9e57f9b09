"""Which column of a table holds what: guessed from its usual names, shown, and overruled by what the user says.

Whether '3/4/2020' is the third of April or the fourth of March is asked of the whole column: one '25/4/2020' in it
tells it of all. A column in which some dates can only be read one way and some only the other tells nothing.

>>> day_order(["3/4/2020", "25/4/2020"]).month_first
False
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dateline.cleaning.dates import machine_date
from dateline.knowledge.packs import Packs
from dateline.types import Columns, Problem

Row = Mapping[str, str]
"""The cells of a row by the keys of their columns."""

_OPTIONS = {
    "id": "--id-column",
    "text": "--text-column",
    "title": "--title-column",
    "published": "--date-column",
    "publisher": "--publisher-column",
    "url": "--url-column",
}
_OF_SEVERAL = ("id", "text")
"""Fields of which several columns are looked at: ids for the first that is unique, texts row by row."""
_SHOWN = 12
_SHORT_DATE = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_TURN = 69
"""Years of two figures: 69 is 1969, 68 is 2068 (POSIX, strptime)."""


def key_of(name: str) -> str:
    """A column's name as names are compared: small, without accents, blanks and hyphens as underscores."""
    letters = (c for c in unicodedata.normalize("NFKD", name.strip().lower()) if not unicodedata.combining(c))
    return re.sub(r"[\s-]+", "_", "".join(letters))


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The usual names of columns, by field ('text', 'published'...), as keys in order of trust."""

    by_field: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, packs: Packs) -> ColumnNames:
        """The names of 'world/columns.toml'."""
        tables = packs.tables("world/columns.toml")
        return cls({field: tuple(map(key_of, names)) for field, names in tables.items() if isinstance(names, list)})


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How a column writes its days: `month_first` null where it contradicts itself; `why` in words."""

    month_first: bool | None
    why: str

    def read(self, cell: str) -> str | None:
        """The day (or instant) of a cell; null where it is none, or could be either of two."""
        match = _SHORT_DATE.match(cell)
        if match is None:
            return machine_date(cell)
        first, mark, second, year = match.groups()
        if self.month_first is None and int(first) <= 12 and int(second) <= 12 and first != second:
            return None
        whole = f"{first}{mark}{second}{mark}{_century(year)}{cell[match.end() :]}"
        return machine_date(whole, month_first=bool(self.month_first))


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table hold: the keys for each field, the best first, and how days are written."""

    keys: Mapping[str, tuple[str, ...]]
    days: DayOrder

    def cell(self, row: Row, field: str) -> str | None:
        """What `row` says of `field`; of several columns the first that says anything."""
        return next((cell for key in self.keys[field] if (cell := row.get(key, "").strip())), None)


def day_order(cells: Iterable[str], given: bool | None = None) -> DayOrder:
    """How a column of dates is to be read; `given`: the user says that the day comes first, or that it does not."""
    dates = [(int(m[1]), int(m[3])) for cell in cells if (m := _SHORT_DATE.match(cell))]
    day_first = sum(first > 12 >= second for first, second in dates)
    month_first = sum(second > 12 >= first for first, second in dates)
    if not dates:
        return DayOrder(False, "")
    if given is not None:
        return DayOrder(not given, f"the {'day' if given else 'month'} first, as given")
    if day_first and month_first:
        return DayOrder(
            None,
            f"the day first ({day_first}) and with the month first ({month_first}): what could be either is left open",
        )
    if day_first or month_first:
        return DayOrder(
            month_first > 0,
            f"the {'month' if month_first else 'day'} first: {day_first or month_first} can be read no other way",
        )
    return DayOrder(False, "the day first, though all could be read either way: --month-first turns them")


def layout_of(
    header: Sequence[str], rows: Sequence[Row], names: ColumnNames, said: Columns
) -> tuple[Layout, list[str]]:
    """The layout of a table with these columns, and the names that the user gave and it does not have."""
    there = {key_of(name) for name in header}
    wanted = {field: str(name) for field in _OPTIONS if (name := getattr(said, field)) is not None}
    known = names.by_field | {field: (key_of(name),) for field, name in wanted.items()}
    found = {field: tuple(key for key in keys if key in there) for field, keys in known.items()}
    keys = {field: found[field] if field in _OF_SEVERAL else found[field][:1] for field in found}
    days = day_order((row.get(key, "") for key in keys["published"] for row in rows), said.day_first)
    return Layout(keys, days), [name for name in wanted.values() if key_of(name) not in there]


def note(source: str, header: Sequence[str], layout: Layout, id_key: str | None) -> Problem:
    """What was taken for what, so that a reader can correct it."""
    by_key = {key_of(name): name for name in reversed(header)}
    used = {**layout.keys, "id": (id_key,) if id_key else ()}
    parts = [f"{field} from {' or '.join(repr(by_key[key]) for key in keys)}" for field, keys in used.items() if keys]
    left = [name for key, name in by_key.items() if not any(key in keys for keys in used.values())]
    message = f"columns: {', '.join(parts)}; not used: {_list(left) or 'none'}"
    days = f"; dates with {layout.days.why}" if layout.days.why else ""
    return Problem("columns-guessed", source, message + days, f"name others with {', '.join(_OPTIONS.values())}")


def no_text(source: str, header: Sequence[str], names: ColumnNames) -> Problem:
    """The problem of a table in which no column is called a text."""
    message = f"no column holds the text; the columns are {_list(header)}"
    hint = f"say which one does with --text-column, or name it {', '.join(names.by_field['text'][:4])}"
    return Problem("no-text-column", source, message, hint)


def no_such_column(source: str, name: str, header: Sequence[str]) -> Problem:
    """The problem of a column that the user names and the table does not have."""
    near = get_close_matches(name, header, n=1)
    message = f"it has no column {name!r}; the columns are {_list(header)}"
    return Problem("no-such-column", source, message, f"did you mean {near[0]!r}?" if near else "name one of these")


def _list(names: Iterable[str]) -> str:
    shown = [name[:60] for name in names]
    return ", ".join(shown[:_SHOWN]) + (f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else "")


def _century(year: str) -> str:
    return year if len(year) == 4 else f"{19 if int(year) >= _TURN else 20}{year}"

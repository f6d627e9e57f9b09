"""A view of the events: what is asked for, as list, map or over time, and which page of it. All of it is in its address.

`view_in` reads an address as far as it can be meant and says what cannot; `View.address` writes one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from litestar.exceptions import ValidationException

from dateline.querying import PARAMETERS, one_of
from dateline.serve.filters import address, query_in
from dateline.store.asking import EVERYTHING, SEVERAL, Query
from dateline.store.turning import FIRST, POSITION, Order, Turn

Given = Mapping[str, Sequence[str]]
"""The parameters of an address, each with its values."""

SIZES = (25, 50, 100, 200)
"""Events on a page."""
SIDES = ("west", "south", "east", "north")
"""The fields of a form that together are a box."""
MOST_PROBLEMS = 5
"""That are looked for in one address."""


class Way(StrEnum):
    """The three ways to show the events found."""

    LIST = "list"
    MAP = "map"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class View:
    """A view: the events of a query, shown in one way, at one page."""

    query: Query = EVERYTHING
    way: Way = Way.LIST
    turn: Turn = FIRST

    def address(self, path: str = "/") -> str:
        """Where this view is; what is as it is without being asked for is left out."""
        return address(path, self.query, **self.besides(), after=self.turn.after, before=self.turn.before)

    def besides(self) -> dict[str, str]:
        """The parameters that are no filters and stay when the filters change."""
        kept = {"view": self.way.value, "order": self.turn.order.value, "size": str(self.turn.size)}
        return {name: value for name, value in kept.items() if value != _USUAL[name]}

    def asking(self, query: Query) -> View:
        """The same view of other events, from its beginning."""
        return replace(self, query=query, turn=Turn(self.turn.size, self.turn.order))

    def shown(self, way: str) -> View:
        """The same events in another way."""
        return replace(self.asking(self.query), way=Way(way))

    def paged(self, *, order: str | None = None, size: int | None = None) -> View:
        """The same view in another order or with pages of another size, from its beginning."""
        return replace(self, turn=Turn(size or self.turn.size, Order(order or self.turn.order)))

    def after(self, position: str) -> View:
        """The page behind a position."""
        return replace(self, turn=Turn(self.turn.size, self.turn.order, after=position))

    def before(self, position: str) -> View:
        """The page before a position."""
        return replace(self, turn=Turn(self.turn.size, self.turn.order, before=position))


_USUAL = {"view": Way.LIST.value, "order": FIRST.order.value, "size": str(FIRST.size)}
"""What is meant where an address does not say."""


def without(query: Query, field: str, value: str | None = None) -> Query:
    """The query without what a field asks for, or without one value of it."""
    left = tuple(one for one in getattr(query, field) if one != value) if value is not None and field in SEVERAL else ()
    return replace(query, **{field: left or getattr(EVERYTHING, field)})  # type: ignore[arg-type]  # by its name


# ---------------------------------------------------------------- read
@dataclass(frozen=True, slots=True)
class Read:
    """What an address says: the view as far as it can be meant, what cannot and why, and whether it says it in short."""

    view: View
    problems: tuple[str, ...] = ()
    is_short: bool = True


def view_in(given: Given, others: Sequence[str] = ()) -> Read:
    """The view of an address. `others`: names of more parameters that it may have."""
    problems: list[str] = []
    known = {**_boxed(given, problems), **{name: given[name] for name in others if name in given}}
    query = _query(known, (*_READERS, *others), problems)
    said = {name: _single(name, known[name], problems) for name in _READERS if known.get(name)}
    view = View(
        query,
        Way(said.get("view") or _USUAL["view"]),
        Turn(
            int(said.get("size") or _USUAL["size"]),
            Order(said.get("order") or _USUAL["order"]),
            said.get("after"),
            said.get("before") if not said.get("after") else None,
        ),
    )
    empty = any(not value.strip() for values in given.values() for value in values)
    return Read(view, tuple(problems), is_short=not empty and not set(SIDES) & set(given))


def _boxed(given: Given, problems: list[str]) -> Given:
    """The parameters with the four fields of a box as one; without a script a form gives the old box beside them."""
    if not set(SIDES) & set(given):
        return given
    rest = {name: values for name, values in given.items() if name not in (*SIDES, "bbox")}
    sides = [next((one.strip() for one in given.get(side, ()) if one.strip()), "") for side in SIDES]
    missing = [side for side, value in zip(SIDES, sides, strict=True) if not value]
    if len(missing) == len(SIDES):
        return rest
    if missing:
        problems.append(f"a box needs its four sides: {', '.join(missing)} not given")
        return rest
    return {**rest, "bbox": [",".join(sides)]}


def _query(given: Given, others: Sequence[str], problems: list[str]) -> Query:
    """The query of those parameters that can be meant together."""
    meant: dict[str, Sequence[str]] = {}
    query = EVERYTHING
    for name in sorted(given, key=lambda name: (name not in PARAMETERS, name)):
        if len(problems) == MOST_PROBLEMS:
            break
        try:
            query = query_in({**meant, name: given[name]}, others)
        except ValidationException as error:
            problems.append(error.detail)
        else:
            meant[name] = given[name]
    return query


def _single(name: str, values: Sequence[str], problems: list[str]) -> str | None:
    """What a parameter that is no filter says; null: nothing that can be meant."""
    said = [value.strip() for value in values if value.strip()]
    try:
        if len(said) > 1:
            raise ValueError(f"{name} is given {len(said)} times: it takes one value")
        return _READERS[name](said[0], name) if said else None
    except ValueError as error:
        problems.append(str(error))
        return None


def _cursor(value: str, name: str) -> str:
    if not POSITION.fullmatch(value):
        raise ValueError(f"{name} {value[:80]!r} is no place in the list: go there by the links of its pages")
    return value


def _of(allowed: Sequence[str]) -> Callable[[str, str], str]:
    return lambda value, name: one_of(value, allowed, name)


_READERS: Mapping[str, Callable[[str, str], str]] = {
    "view": _of(tuple(Way)),
    "order": _of(tuple(Order)),
    "size": _of([str(size) for size in SIZES]),
    "after": _cursor,
    "before": _cursor,
}
"""The parameters that are no filters, each with what reads it."""

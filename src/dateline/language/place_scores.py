"""How well each place of a name fits into a text: by itself, and by the company of the other names.

Every name votes for the countries and provinces of its candidates, as surely as it can be told itself. A candidate is
liked for its own size, for lying where the text says ('Tripoli, Lebanon'), for the votes of the other names, for being
near what they may be, and for being of a kind with the names listed beside it. Each part of a score has its name.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.place_names import key
from dateline.language.distance import kilometres
from dateline.types import PlaceKind

COUNTRY, NATION, PROVINCE, NEIGHBOUR, NEAR, LISTED = 1.4, 2.0, 1.0, 0.25, 1.5, 2.0
"""What counts how much: votes for the country that a place lies in, for the country itself, for the province, for a
bordering country, nearness, being of a kind with the names of its list. Set on LGL and GeoVirus (acc161)."""

SHARP = 1.5
"""How much likelier a candidate is for a point of score more (as the exponent)."""

CAPITAL, OWN, MANY_LANDS = 0.8, 2.2, 5.5
"""What being a country's capital adds; what a settlement is worth that we list and whose inhabitants nobody counted;
what a sea or region of several countries is worth, which no country can vote for."""

KM_SCALE = 60.0
"""Kilometres over which nearness falls to a third."""

NARROW_KM = 150.0
"""How far a region reaches at most whose point still says something of the places beside it ('Negros island')."""

ROUNDS = 3
"""Times that every name hears the others."""

_PRIOR = {
    PlaceKind.COUNTRY: 5.2, PlaceKind.DISTRICT: 2.4, PlaceKind.REGION: 3.6, PlaceKind.WATER: 3.4,
    PlaceKind.SITE: 2.6, PlaceKind.NEIGHBOURHOOD: 2.0,
}  # fmt: skip
_BY_RANK = (0.0, 0.3, 1.3)
"""What a place loses by its name: its own, derived by rule, of another language."""

FAMOUS = 500_000
"""Inhabitants from which a name of another language is as good as one derived: 'Mecca', 'Medina'."""


@dataclass(frozen=True, slots=True)
class Score:
    """Why a candidate is liked: the parts of its score in the order in which they are told."""

    size: float
    said: float = 0.0
    home: float = 0.0
    country: float = 0.0
    neighbours: float = 0.0
    province: float = 0.0
    near: float = 0.0
    listed: float = 0.0

    @property
    def total(self) -> float:
        """The sum of the parts."""
        alone = self.size + self.said + self.home
        return alone + self.country + self.neighbours + self.province + self.near + self.listed


@dataclass(frozen=True, slots=True)
class Sense:
    """A name of the text: its candidates with what speaks for each alone, and how many times the name stands there.

    `mates` are the senses, by index, that a list sets beside it.
    """

    name: str
    candidates: tuple[Candidate, ...]
    alone: tuple[Score, ...]
    times: int
    mates: tuple[int, ...] = ()

    @property
    def weight(self) -> float:
        """How much the name counts among those of the text."""
        return 1.0 + 0.5 * math.log(self.times)


@dataclass(frozen=True, slots=True)
class Votes:
    """How much the names of a text speak for countries and provinces."""

    countries: Mapping[str, float]
    provinces: Mapping[tuple[str, str], float]


def size(c: Candidate) -> float:
    """How likely a place is meant by its name when nothing else is known: by its kind and its number of inhabitants."""
    base = _PRIOR.get(c.kind)
    if c.country is None:
        base = MANY_LANDS
    elif c.kind is PlaceKind.PROVINCE:
        base = 0.6 + 0.5 * math.log10(c.population + 1000)
    elif base is None:
        base = 0.62 * math.log10(c.population + 30) + (CAPITAL if c.capital else 0.0)
        base = base if c.population else OWN
    return base - _BY_RANK[min(c.rank, 1) if c.population >= FAMOUS else c.rank]


def settled(senses: Sequence[Sense], gazetteer: Gazetteer) -> list[tuple[Score, ...]]:
    """The scores of the candidates of each sense, when every name has heard the others."""
    scores = [sense.alone for sense in senses]
    for _ in range(ROUNDS):
        company = _Company(senses, scores, gazetteer)
        scores = [company.scored(i) for i in range(len(senses))]
    return scores


def likeliest(sense: Sense, scores: Sequence[Score]) -> Candidate:
    """The candidate that a sense speaks for most."""
    return sense.candidates[max(range(len(scores)), key=lambda i: scores[i].total)]


def shares(scores: Sequence[Score]) -> list[float]:
    """How likely each candidate is by its score, adding up to 1."""
    powers = _powers(scores)
    whole = sum(powers)
    return [p / whole for p in powers]


def _powers(scores: Sequence[Score]) -> list[float]:
    """How likely each candidate is beside the likeliest."""
    totals = [s.total for s in scores]
    top = max(totals)
    return [math.exp(SHARP * (t - top)) for t in totals]


def votes(senses: Sequence[Sense], shared: Sequence[Sequence[float]]) -> Votes:
    """What the senses speak for, each candidate with its share."""
    countries: dict[str, float] = defaultdict(float)
    provinces: dict[tuple[str, str], float] = defaultdict(float)
    for sense, share in zip(senses, shared, strict=True):
        weight = sense.weight
        for c, p in zip(sense.candidates, share, strict=True):
            if c.country is not None and p > 0.001:
                countries[c.country] += p * weight
                if c.admin1 is not None:
                    provinces[c.country, c.admin1] += p * weight
    return Votes(countries, provinces)


class _Company:
    """The names of a text in one round: what they speak for and where they may lie."""

    def __init__(self, senses: Sequence[Sense], scores: Sequence[Sequence[Score]], gazetteer: Gazetteer) -> None:
        self.senses = senses
        self.gazetteer = gazetteer
        self.shared = [shares(s) for s in scores]
        self.total = votes(senses, self.shared)
        self.around = _around(senses, scores)
        self.namesakes = _namesakes(senses)

    def scored(self, i: int) -> tuple[Score, ...]:
        """The scores of a sense's candidates by what the other senses say."""
        sense = self.senses[i]
        if len(sense.candidates) == 1:
            return sense.alone
        same = self.namesakes[key(sense.name)]
        own = votes([self.senses[j] for j in same], [self.shared[j] for j in same])
        return tuple(self._score(i, c, score, own) for c, score in zip(sense.candidates, sense.alone, strict=True))

    def _score(self, i: int, c: Candidate, alone: Score, own: Votes) -> Score:
        listed = self._listed(i, c)
        if c.country is None:
            return replace(alone, listed=listed)
        total, mine = self.total.countries, own.countries
        home = total[c.country] - mine.get(c.country, 0.0) if c.country in total else 0.0
        around = sum(total.get(n, 0.0) - mine.get(n, 0.0) for n in self.gazetteer.neighbours(c.country))
        return Score(
            size=alone.size,
            said=alone.said,
            home=alone.home,
            country=(NATION if c.kind is PlaceKind.COUNTRY else COUNTRY) * math.log1p(max(0.0, home)),
            neighbours=NEIGHBOUR * math.log1p(max(0.0, around)),
            province=self._province(c, own),
            near=self._near(i, c),
            listed=listed,
        )

    def _province(self, c: Candidate, own: Votes) -> float:
        if c.country is None or c.admin1 is None:
            return 0.0
        place = (c.country, c.admin1)
        said = self.total.provinces.get(place, 0.0) - own.provinces.get(place, 0.0)
        return PROVINCE * math.log1p(max(0.0, said))

    def _near(self, i: int, c: Candidate) -> float:
        """Nearness to what the other names may be, of each the candidate that is likeliest and nearest."""
        if c.lat is None or c.lon is None or c.kind is PlaceKind.COUNTRY:
            return 0.0
        best: dict[int, float] = {}
        same = self.namesakes[key(self.senses[i].name)]
        for j, lat, lon, weight in self._cells(c.lat, c.lon):
            if j not in same:
                near = weight * math.exp(-kilometres(c.lat, c.lon, lat, lon) / KM_SCALE)
                best[j] = max(best.get(j, 0.0), near)
        return NEAR * math.log1p(sum(best.values()))

    def _cells(self, lat: float, lon: float) -> list[_Spot]:
        row, column = _cell(lat, lon)
        return [
            spot for x in (row - 1, row, row + 1) for y in (column - 1, column, column + 1)
            for spot in self.around.get((x, y), ())
        ]  # fmt: skip

    def _listed(self, i: int, c: Candidate) -> float:
        """How far the names listed beside it are of its kind: countries with countries, states with states."""
        if c.kind not in _KINDRED or not self.senses[i].mates:
            return 0.0
        kindred = [self._kindred(j, c) for j in self.senses[i].mates]
        return LISTED * sum(kindred) / len(kindred)

    def _kindred(self, j: int, c: Candidate) -> float:
        return sum(
            p
            for other, p in zip(self.senses[j].candidates, self.shared[j], strict=True)
            if other.kind is c.kind and (c.kind is PlaceKind.COUNTRY or other.country == c.country)
        )


def _namesakes(senses: Sequence[Sense]) -> dict[str, list[int]]:
    """The open senses of each name: 'the city of Elm' and 'Elm Has Light' say nothing of which Elm the other is."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, sense in enumerate(senses):
        if len(sense.candidates) > 1:
            found[key(sense.name)].append(i)
    return found


_KINDRED = (PlaceKind.COUNTRY, PlaceKind.PROVINCE)
"""Kinds of which there are few: in a list with others of them a name is of them too."""

_Spot = tuple[int, float, float, float]
"""A place that a sense may mean: the sense, its point, how likely and weighty it is."""

CELL = 5.0
"""Degrees of a cell: nearness is looked for in a cell and those around it."""


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // CELL), int(lon // CELL)


def _around(senses: Sequence[Sense], scores: Sequence[Sequence[Score]]) -> dict[tuple[int, int], list[_Spot]]:
    """The points that the senses may mean, by cell: not those of provinces and wide regions."""
    cells: dict[tuple[int, int], list[_Spot]] = defaultdict(list)
    for i, (sense, scored) in enumerate(zip(senses, scores, strict=True)):
        for c, power in zip(sense.candidates, _powers(scored), strict=True):
            if power < FAINT or c.lat is None or c.lon is None:
                continue
            if c.kind is not PlaceKind.PROVINCE and c.within_km <= NARROW_KM:
                cells[_cell(c.lat, c.lon)].append((i, c.lat, c.lon, power * sense.weight))
    return cells


FAINT = 0.05
"""The likelihood beside the likeliest below which a candidate draws no other to it."""

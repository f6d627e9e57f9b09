"""Which of the places that bear a name a text means: by what it says of them, by their company and by their size.

Every name of the text votes for the countries and provinces of its candidates, as surely as it can be told itself; a
candidate is liked for its own size, for lying where the text says ('Tripoli, Lebanon'), for the votes of the other
names and for being near their places. A name keeps one sense through a text unless the text says otherwise.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.place_names import key
from dateline.language.containment import cities_first, contains
from dateline.language.distance import kilometres
from dateline.language.scanning import Toponym
from dateline.types import PlaceKind

MOST = 40
"""Candidates of one name that are weighed, the likeliest by name and size first."""

SAID, SAID_ONCE, COUNTRY, PROVINCE, NEIGHBOUR, NEAR = 6.0, 3.0, 1.1, 1.6, 0.25, 1.5
"""What counts how much: said to lie there, so in another sentence, votes for the country, the province, a bordering
country, nearness. Set on LGL (acc161)."""

CAPITAL, OWN, MANY_LANDS = 0.8, 2.2, 5.5
"""What being a country's capital adds; what a settlement is worth that we list and whose inhabitants nobody counted;
what a sea or region of several countries is worth, which no country can vote for."""

KM_SCALE = 150.0
"""Kilometres over which nearness falls to a third."""

_PRIOR = {
    PlaceKind.COUNTRY: 5.2, PlaceKind.DISTRICT: 2.4, PlaceKind.REGION: 3.6, PlaceKind.WATER: 3.4,
    PlaceKind.SITE: 2.6, PlaceKind.NEIGHBOURHOOD: 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sense:
    """One name of the text: its candidates, their own likelihood, and how many times it stands there."""

    candidates: tuple[Candidate, ...]
    priors: tuple[float, ...]
    times: int


@dataclass(frozen=True, slots=True)
class _Votes:
    countries: Mapping[str, float]
    provinces: Mapping[tuple[str, str], float]


NARROW_KM = 150.0
"""How far a region reaches at most whose point still says something of the places beside it ('Negros island')."""

STRANGE, KNOWN = 50_000, 2.0
"""A town of fewer inhabitants, in a country that the text does not otherwise touch, is taken for another of that name
which no gazetteer knows, where names of other countries speak for `KNOWN` votes or more. Of a name in other spelling or
language the limit is ten times that."""


def choose(
    found: Sequence[Toponym], gazetteer: Gazetteer, *, dateline_place: str | None = None, country: str | None = None
) -> list[Candidate | None]:
    """For each name the place that it means, or null where the gazetteer has none of that name."""
    groups: dict[tuple[str, PlaceKind | None], list[int]] = defaultdict(list)
    for i, t in enumerate(found):
        groups[key(t.name), t.kind].append(i)
    said = [found[t.inside].candidates if t.inside is not None else () for t in found]
    senses = {name: _sense([found[i] for i in at], [said[i] for i in at], country) for name, at in groups.items()}
    senses = {name: sense for name, sense in senses.items() if sense.candidates}
    extra = _dateline_sense(gazetteer, dateline_place)
    scores = _settled(list(senses.values()) + extra, gazetteer)
    total = _votes(list(senses.values()) + extra, [_shares(s) for s in scores])
    chosen: list[Candidate | None] = [None] * len(found)
    for name, score in zip(senses, scores, strict=False):
        own = _votes([senses[name]], [_shares(score)])
        for i in groups[name]:
            best = _best(senses[name].candidates, score, said[i])
            chosen[i] = None if _is_strange(best, total, own) and not said[i] else best
    return chosen


def _is_strange(c: Candidate, total: _Votes, own: _Votes) -> bool:
    """Whether a small town is alone in its country, in a text of other countries: hardly the one that is meant."""
    limit = STRANGE if c.rank == 0 else 10 * STRANGE
    if c.kind is not PlaceKind.SETTLEMENT or c.population >= limit or c.country is None:
        return False
    others = {k: v - own.countries.get(k, 0.0) for k, v in total.countries.items()}
    return others.get(c.country, 0.0) < 0.2 and sum(others.values()) >= KNOWN


def _best(candidates: Sequence[Candidate], scores: Sequence[float], said: Sequence[Candidate]) -> Candidate:
    own = [s + (SAID if any(contains(o, c) for o in said) else 0.0) for c, s in zip(candidates, scores, strict=True)]
    return candidates[max(range(len(own)), key=own.__getitem__)]


def _sense(toponyms: Sequence[Toponym], said: Sequence[Sequence[Candidate]], country: str | None) -> _Sense:
    candidates = cities_first(toponyms[0])[:MOST]
    outer = [o for s in said for o in s[:5]]
    priors = tuple(
        prior(c)
        + (SAID_ONCE if any(contains(o, c) for o in outer) else 0.0)
        + (0.4 if country and c.country == country else 0.0)
        for c in candidates
    )
    return _Sense(candidates, priors, len(toponyms))


def _dateline_sense(gazetteer: Gazetteer, dateline_place: str | None) -> list[_Sense]:
    """The report's dateline counts like a name that stands twice."""
    candidates = gazetteer.lookup(dateline_place)[:MOST] if dateline_place else ()
    return [_Sense(candidates, tuple(map(prior, candidates)), 2)] if candidates else []


def prior(c: Candidate) -> float:
    """How likely a place is meant by its name when nothing else is known: by its kind and its number of inhabitants."""
    base = _PRIOR.get(c.kind)
    if c.country is None:
        base = MANY_LANDS
    elif c.kind is PlaceKind.PROVINCE:
        base = 0.6 + 0.5 * math.log10(c.population + 1000)
    elif base is None:
        base = 0.62 * math.log10(c.population + 30) + (CAPITAL if c.capital else 0.0)
        base = base if c.population else OWN
    return base - (0.0, 0.3, 1.6)[c.rank]


# ---------------------------------------------------------------- names that vote
def _settled(senses: Sequence[_Sense], gazetteer: Gazetteer) -> list[list[float]]:
    """The candidates' scores after two rounds: by votes alone, then by votes and nearness to what won."""
    scores = [list(s.priors) for s in senses]
    for nearness in (False, True, True):
        shares = [_shares(s) for s in scores]
        anchors = [_anchor(s, share) for s, share in zip(senses, shares, strict=True)] if nearness else []
        total = _votes(senses, shares)
        scores = [_rescored(i, sense, shares[i], total, anchors, gazetteer) for i, sense in enumerate(senses)]
    return scores


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(2.0 * (s - top)) for s in scores]
    whole = sum(powers)
    return [p / whole for p in powers]


def _votes(senses: Sequence[_Sense], shares: Sequence[Sequence[float]]) -> _Votes:
    countries: dict[str, float] = defaultdict(float)
    provinces: dict[tuple[str, str], float] = defaultdict(float)
    for sense, share in zip(senses, shares, strict=True):
        weight = _weight(sense)
        for c, p in zip(sense.candidates, share, strict=True):
            if c.country is not None:
                countries[c.country] += p * weight
                if c.admin1 is not None:
                    provinces[c.country, c.admin1] += p * weight
    return _Votes(countries, provinces)


def _weight(sense: _Sense) -> float:
    return 1.0 + 0.5 * math.log(sense.times)


def _rescored(
    index: int,
    sense: _Sense,
    share: Sequence[float],
    total: _Votes,
    anchors: Sequence[tuple[float, float, float] | None],
    gazetteer: Gazetteer,
) -> list[float]:
    if len(sense.candidates) == 1:
        return list(sense.priors)
    own = _votes([sense], [share])
    others = [a for i, a in enumerate(anchors) if a is not None and i != index]
    return [
        prior_ + _liked(c, total, own, gazetteer) + _nearness(c, others)
        for c, prior_ in zip(sense.candidates, sense.priors, strict=True)
    ]


def _liked(c: Candidate, total: _Votes, own: _Votes, gazetteer: Gazetteer) -> float:
    """What the other names of the text say for a candidate's country and province."""
    if c.country is None:
        return 0.0
    home = total.countries[c.country] - own.countries.get(c.country, 0.0)
    around = sum(total.countries.get(n, 0.0) - own.countries.get(n, 0.0) for n in gazetteer.neighbours(c.country))
    liked = COUNTRY * math.log1p(max(0.0, home)) + NEIGHBOUR * math.log1p(max(0.0, around))
    if c.admin1 is not None:
        province = (c.country, c.admin1)
        liked += PROVINCE * math.log1p(max(0.0, total.provinces.get(province, 0.0) - own.provinces.get(province, 0.0)))
    return liked


def _anchor(sense: _Sense, share: Sequence[float]) -> tuple[float, float, float] | None:
    """The point of a name's likeliest place and how surely it is meant; null for countries and wide regions."""
    best = max(range(len(share)), key=share.__getitem__)
    c = sense.candidates[best]
    if c.lat is None or c.lon is None or c.kind is PlaceKind.PROVINCE or c.within_km > NARROW_KM:
        return None
    return c.lat, c.lon, share[best] * _weight(sense)


def _nearness(c: Candidate, others: Sequence[tuple[float, float, float]]) -> float:
    if c.lat is None or c.lon is None or not others:
        return 0.0
    near = sum(weight * math.exp(-kilometres(c.lat, c.lon, lat, lon) / KM_SCALE) for lat, lon, weight in others)
    return NEAR * math.log1p(near)

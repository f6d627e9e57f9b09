"""Which of the places that bear a name a text means: by what it says of them, by their company and by their size.

`judge` gives for each name its candidates with the parts of their scores (see `place_scores`), and the one that is
chosen. A name keeps one sense through a text unless the text says otherwise; a small town alone in its country, in a
text of other countries, is left: the name then is another place's, which no gazetteer knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.place_names import key
from dateline.language.containment import cities_first, contains
from dateline.language.place_scores import Score, Sense, Votes, likeliest, settled, shares, size, votes
from dateline.language.scanning import Toponym
from dateline.types import PlaceKind, PlaceUse

MOST = 40
"""Candidates of one name that are weighed, the likeliest by name and size first."""

SAID, SAID_ONCE, DEMONYM, HOME = 6.0, 3.0, 2.0, 1.0
"""What counts how much: said to lie there, so in another sentence, being the land of a people that the text names, lying
in the publisher's country."""

CITY_FIRST = 1.5
"""What a province or district loses that is called after a city in it."""

STRANGE, KNOWN = 50_000, 2.0
"""A town of fewer inhabitants, in a country that the text does not otherwise touch, is taken for another of that name
which no gazetteer knows, where names of other countries speak for `KNOWN` votes or more. Of a name in other spelling or
language the limit is ten times that."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a name of a text may mean: its candidates with their scores, and the one chosen, null where it is `strange`.

    `voices` are all names of the text with the candidate that each speaks for most.
    """

    candidates: tuple[Candidate, ...] = ()
    scores: tuple[Score, ...] = ()
    chosen: Candidate | None = None
    strange: bool = False
    voices: tuple[tuple[str, Candidate], ...] = ()


def judge(
    found: Sequence[Toponym], gazetteer: Gazetteer, *, dateline_place: str | None = None, country: str | None = None
) -> list[Judgement]:
    """For each name what it may mean; without candidates where the gazetteer has none of that name."""
    groups = _groups(found)
    said = _said(found)
    senses = [_sense(found, at, said, country) for at in groups]
    senses = _with_demonyms(senses, groups, found)
    senses = _with_mates(senses, groups, found) + _dateline_sense(gazetteer, dateline_place)
    scores = settled(senses, gazetteer)
    total = votes(senses, [shares(s) for s in scores])
    voices = tuple((sense.name, likeliest(sense, scored)) for sense, scored in zip(senses, scores, strict=True))
    judged = [Judgement()] * len(found)
    for at, sense, scored in zip(groups, senses, scores, strict=False):
        own = votes([sense], [shares(scored)])
        for i in at:
            judged[i] = replace(_judged(sense, scored, said[i], total, own), voices=voices)
    return judged


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says of one mention: what lies in it, and what it lies in."""

    inner: tuple[Candidate, ...] = ()
    outer: tuple[Candidate, ...] = ()

    def fits(self, c: Candidate) -> bool:
        """Whether a candidate is where, or around what, the text says."""
        return any(contains(o, c) for o in self.outer) or any(contains(c, i) for i in self.inner)


def _groups(found: Sequence[Toponym]) -> list[list[int]]:
    """The mentions that are of one sense: of one name, one kind, one use; those without candidates in none."""
    groups: dict[tuple[str, PlaceKind | None, bool], list[int]] = defaultdict(list)
    for i, t in enumerate(found):
        if t.candidates:
            groups[key(t.name), t.kind, t.use in _DEMONYM].append(i)
    return list(groups.values())


_DEMONYM = (PlaceUse.ADJECTIVE, PlaceUse.PEOPLE)


def _said(found: Sequence[Toponym]) -> list[_Said]:
    said = [_Said(outer=found[t.inside].candidates[:5] if t.inside is not None else ()) for t in found]
    for t in found:
        if t.inside is not None:
            said[t.inside] = replace(said[t.inside], inner=said[t.inside].inner + t.candidates[:MOST])
    return said


def _sense(found: Sequence[Toponym], at: Sequence[int], said: Sequence[_Said], country: str | None) -> Sense:
    first = found[at[0]]
    contained = [s for s in (said[i] for i in at) if s.inner or s.outer]
    kept = cities_first(first)
    candidates = first.candidates[:MOST]
    alone = tuple(
        Score(
            size=size(c) - (0.0 if c in kept else CITY_FIRST),
            said=SAID_ONCE if any(s.fits(c) for s in contained) else 0.0,
            home=HOME if country and c.country == country else 0.0,
        )
        for c in candidates
    )
    return Sense(first.name, candidates, alone, len(at))


def _with_demonyms(senses: Sequence[Sense], groups: Sequence[Sequence[int]], found: Sequence[Toponym]) -> list[Sense]:
    """A text that says 'Georgian' means the Georgia of the Georgians."""
    areas = {found[at[0]].candidates[0] for at in groups if found[at[0]].use in _DEMONYM}
    return [
        replace(sense, alone=tuple(
            replace(s, said=s.said + DEMONYM) if c in areas and len(sense.candidates) > 1 else s
            for c, s in zip(sense.candidates, sense.alone, strict=True)
        ))
        for sense in senses
    ]  # fmt: skip


def _with_mates(senses: Sequence[Sense], groups: Sequence[Sequence[int]], found: Sequence[Toponym]) -> list[Sense]:
    sense_of = {i: number for number, at in enumerate(groups) for i in at}
    mates: dict[int, set[int]] = defaultdict(set)
    for i, t in enumerate(found):
        if t.listed is not None and i in sense_of and t.listed in sense_of:
            mates[sense_of[i]].add(sense_of[t.listed])
            mates[sense_of[t.listed]].add(sense_of[i])
    return [replace(sense, mates=tuple(sorted(mates[n] - {n}))) for n, sense in enumerate(senses)]


def _dateline_sense(gazetteer: Gazetteer, dateline_place: str | None) -> list[Sense]:
    """The report's dateline counts like a name that stands twice."""
    candidates = gazetteer.lookup(dateline_place)[:MOST] if dateline_place else ()
    alone = tuple(Score(size(c)) for c in candidates)
    return [Sense(str(dateline_place), candidates, alone, 2)] if candidates else []


def _judged(sense: Sense, scores: Sequence[Score], said: _Said, total: Votes, own: Votes) -> Judgement:
    scored = tuple(
        replace(s, said=s.said + SAID) if said.fits(c) else s for c, s in zip(sense.candidates, scores, strict=True)
    )
    best = max(range(len(scored)), key=lambda i: scored[i].total)
    chosen = sense.candidates[best]
    strange = not said.outer and _is_strange(chosen, total, own)
    return Judgement(sense.candidates, scored, None if strange else chosen, strange)


def _is_strange(c: Candidate, total: Votes, own: Votes) -> bool:
    """Whether a small town is alone in its country, in a text of other countries: hardly the one that is meant."""
    limit = STRANGE if c.rank == 0 else 10 * STRANGE
    if c.kind is not PlaceKind.SETTLEMENT or c.population >= limit or c.country is None:
        return False
    others = {k: v - own.countries.get(k, 0.0) for k, v in total.countries.items()}
    return others.get(c.country, 0.0) < 0.2 and sum(others.values()) >= KNOWN

"""Why a name was resolved as it was: every place that bears it, with the parts of its score and who speaks for it.

What is told is what `placing` reckons with; nothing is weighed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.place_names import key
from dateline.language.between import ways
from dateline.language.distance import kilometres
from dateline.language.parse import Parse
from dateline.language.place_scores import Score
from dateline.language.place_words import PlaceWords
from dateline.language.places import names_in, placed
from dateline.language.placing import Judgement, judge
from dateline.language.scanning import Toponym
from dateline.types import PlaceChoice, PlaceExplained, ScorePart

UNKNOWN = "unknown: no gazetteer knows it"
NOT_HERE = "the text does not use it as a place's name"
STRANGE = "unknown: the likeliest is a small town alone in its country, in a text of other countries"
ALONE = "the only place of that name"

HEARD_KM = 200.0
"""How far off a name still is named among those that a place is near to."""


def explain_name(name: str, gazetteer: Gazetteer, *, country: str | None = None) -> PlaceExplained:
    """What a name means by itself, to a publisher of `country` (alpha-2)."""
    toponym = Toponym(0, 0, name, gazetteer.lookup(name), 0.0)
    [judged] = judge([toponym], gazetteer, country=country)
    return _explained(toponym, judged, name, None)


def explain_in_text(
    name: str, parse: Parse, gazetteer: Gazetteer, *, country: str | None = None
) -> tuple[PlaceExplained, ...]:
    """What a name means where a text first uses it, and again wherever it means something else or for other reasons."""
    found = names_in(parse, gazetteer, ways(parse.doc, PlaceWords.load(gazetteer.packs)))
    judged = judge(found, gazetteer, country=country)
    told: dict[tuple[PlaceChoice, ...], PlaceExplained] = {}
    for t, j in zip(found, judged, strict=True):
        quote = parse.doc[t.first : t.last + 1].text
        if key(name) in (key(t.name), key(quote)):
            one = _explained(t, j, quote, parse.doc[t.first].idx)
            told.setdefault(one.choices, one)
    return tuple(told.values()) or (PlaceExplained(name, None, None, None, NOT_HERE, ()),)


def _explained(t: Toponym, judged: Judgement, quote: str, start: int | None) -> PlaceExplained:
    weighed = zip(judged.candidates, judged.scores, strict=True)
    choices = [_choice(t, c, score, judged) for c, score in weighed]
    choices.sort(key=attrgetter("score"), reverse=True)
    place = placed(t, judged.chosen) if judged.chosen is not None else None
    end = None if start is None else start + len(quote)
    return PlaceExplained(quote, start, end, place, _why(judged, choices), tuple(choices))


def _why(judged: Judgement, choices: Sequence[PlaceChoice]) -> str:
    if not choices:
        return UNKNOWN
    if judged.strange:
        return STRANGE
    if len(choices) == 1:
        return ALONE
    best, second = choices[:2]
    parts = zip(best.parts, second.parts, strict=True)
    ahead, part = max(((p.value - q.value, p) for p, q in parts), key=lambda one: one[0])
    who = f" ({', '.join(part.says)})" if part.says else ""
    return f"highest score: {best.score:.2f} before {second.score:.2f}, by {part.name}{who} +{ahead:.2f}"


def _choice(t: Toponym, c: Candidate, score: Score, judged: Judgement) -> PlaceChoice:
    place, parts = placed(t, c), tuple(_parts(t, c, score, judged.voices))
    return PlaceChoice(place, c.population, round(score.total, 2), parts, c is judged.chosen)


def _parts(t: Toponym, c: Candidate, score: Score, voices: Sequence[tuple[str, Candidate]]) -> Iterator[ScorePart]:
    others = [(name, other) for name, other in voices if key(name) != key(t.name)]
    says = {
        "country": [name for name, other in others if other.country == c.country],
        "province": [name for name, other in others if (other.country, other.admin1) == (c.country, c.admin1)],
        "near": [name for name, other in others if _is_near(c, other)],
    }
    for part in fields(Score):
        value = round(getattr(score, part.name), 2)
        yield ScorePart(part.name, value, tuple(dict.fromkeys(says.get(part.name, ()))) if value else ())


def _is_near(c: Candidate, other: Candidate) -> bool:
    if c.lat is None or c.lon is None or other.lat is None or other.lon is None:
        return False
    return kilometres(c.lat, c.lon, other.lat, other.lon) <= HEARD_KM

"""What events are asked for, and how the database is asked: the one meaning of every filter, whoever asks.

The command line, the API and the pages all make a `Query`; `conditions` turns it into SQL, one condition a field, so
that a page may count what each field alone leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

Words = tuple[str, ...]
"""What is asked for, any of it; nothing asks nothing."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; a box whose west is greater than its east lies across the 180th meridian."""

EXACTLY = "="
"""Before a name: this whole name or id, not a part of names."""
NONE = "none"
"""Asks for what has no value."""
REPORTS = "reports"
"""As a speaker: the reports themselves, in their own voice."""


UNSURE = 0.6
"""Confidence below which the coder is not sure of a claim: most have above 0.8."""


@dataclass(frozen=True, slots=True)
class Query:
    """What events are asked for. Several values of one field ask for any of them; several fields for all of them.

    `actor`, `acting`, `target` (either side; who acts; who is acted on), `speaker` and `place` are part of a name, or an id
    or country code (of a place ISO 3166-1 alpha-2, of a party alpha-3); case and accents do not count; '=' before it asks
    for the whole name or id. `country` is of the place, alpha-2. `first` and `last` are ISO days, both included. `bbox`:
    the place has a point in it. `precision` is of the days. `text`: words that one passage telling the event has, all of
    them; "in quotation marks" side by side; '-word' is not in it. `unsure`: the coder is not sure of any of its claims.
    `mode`, `country`, `review` may be 'none', `speaker` 'reports'.
    """

    type: Words = ()
    mode: Words = ()
    actor: Words = ()
    acting: Words = ()
    target: Words = ()
    speaker: Words = ()
    place: Words = ()
    country: Words = ()
    bbox: Box | None = None
    first: str | None = None
    last: str | None = None
    status: Words = ()
    modality: Words = ()
    precision: Words = ()
    place_precision: Words = ()
    review: Words = ()
    disputed: bool = False
    undated: bool = False
    unplaced: bool = False
    unsure: bool = False
    text: str | None = None

    def __post_init__(self) -> None:
        """One word may be given as it is."""
        for name in SEVERAL:
            if isinstance(given := getattr(self, name), str):
                object.__setattr__(self, name, (given,))

    def asked(self) -> Mapping[str, object]:
        """The fields that ask for something, in order."""
        held = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in held if value not in (None, (), False)}


SEVERAL = tuple(one.name for one in fields(Query) if one.type == "Words")
"""Fields that may ask for several values."""


EVERYTHING = Query()


@dataclass(frozen=True, slots=True)
class Condition:
    """What one field asks, in SQL over the columns of `events`, with what stands for its parameters."""

    field: str
    sql: str
    given: Mapping[str, object]


def conditions(query: Query) -> Iterator[Condition]:
    """The conditions of a query, one a field that asks for something."""
    for name, value in query.asked().items():
        if isinstance(value, tuple) and name != "bbox":
            given = {f"{name}_{at}": _given(name, word) for at, word in enumerate(value)}
            tests = (_word(name, str(word)).replace(":it", f":{name}_{at}") for at, word in enumerate(value))
            yield Condition(name, f"({' OR '.join(tests)})", given)
        elif name == "bbox":
            yield _in_box(query.bbox or (-180, -90, 180, 90))
        elif name == "text":
            yield Condition(name, _TEXT, {"text": matching(str(value))})
        else:
            yield Condition(name, _PLAIN[name], {} if value is True else {name: value})


def where(query: Query) -> tuple[str, dict[str, object]]:
    """All conditions of a query as one, for WHERE, and its parameters."""
    found = list(conditions(query))
    given = {key: value for one in found for key, value in one.given.items()}
    return " AND ".join(one.sql for one in found) or "1", given


_COLUMNS = frozenset("type mode country status modality precision place_precision review".split())
"""Fields that are compared with the column of their name."""

_PLAIN: Mapping[str, str] = {
    "first": "last >= :first",
    "last": "first <= :last",
    "disputed": "status = 'disputed'",
    "undated": "first IS NULL",
    "unplaced": "place IS NULL",
    "unsure": f"id IN (SELECT event FROM claims GROUP BY event HAVING max(confidence) < {UNSURE})",
}

_TEXT = (
    "id IN (SELECT event FROM claims WHERE passage IN"
    " (SELECT rowid FROM passage_words WHERE passage_words MATCH :text))"
)

_OF_SIDE = {"acting": "side = 'actor' AND ", "target": "side = 'target' AND "}
_SIDE = "id IN (SELECT event FROM sides WHERE {side}({test}))"
_EVERY = (
    "WITH RECURSIVE every(word) AS (SELECT min({column}) FROM {table} UNION ALL"
    " SELECT (SELECT min({column}) FROM {table} WHERE {column} > word) FROM every WHERE word NOT NULL)"
    " SELECT word FROM every WHERE is_part(:it, word)"
)
"""The different words of a column of which `:it` is part. Each is a step in the column's index, where DISTINCT would read
a row for each time that it stands there: of a hundred thousand events a millisecond, not half a second."""


def _is_part(column: str, table: str) -> str:
    return f"{column} IN ({_EVERY.format(column=column, table=table)})"


_PARTY = f"{_is_part('name', 'sides')} OR id = lower(:it) OR country = upper(:it)"
_PARTY_EXACTLY = "id = :it OR (name = :it AND id IS NULL)"
_SPEAKER_IS_PART = _is_part("speaker", "voices")
_PLACE_IS_PART = f"{_is_part('place', 'events')} OR {_is_part('within', 'events')} OR country = upper(:it)"


def _word(name: str, word: str) -> str:
    """The condition for one word of a field; ':it' stands for the word."""
    exactly = word.startswith(EXACTLY)
    if name in _COLUMNS:
        return f"{name} IS NULL" if word == NONE else f"{name} = :it"
    if name == "place":
        return "place = :it" if exactly else f"({_PLACE_IS_PART})"
    if name == "speaker":
        test = "speaker IS NULL" if word == REPORTS else "speaker = :it" if exactly else _SPEAKER_IS_PART
        return f"id IN (SELECT event FROM voices WHERE {test})"
    return _SIDE.format(side=_OF_SIDE.get(name, ""), test=_PARTY_EXACTLY if exactly else _PARTY)


def _given(name: str, word: object) -> str:
    return str(word).removeprefix(EXACTLY) if name not in _COLUMNS else str(word)


def _in_box(box: Box) -> Condition:
    west, south, east, north = box
    across = "lon >= :west OR lon <= :east" if west > east else "lon BETWEEN :west AND :east"
    given = {"west": west, "south": south, "east": east, "north": north}
    return Condition("bbox", f"(lat BETWEEN :south AND :north AND ({across}))", given)


# ---------------------------------------------------------------- words
_ASKED = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


def matching(text: str) -> str:
    """`text` in the language of FTS5, every word of it quoted, so that none is an operator; '' asks for nothing there.

    >>> matching('rockets -drone "air base"')
    '("rockets" AND "air base") NOT ("drone")'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _ASKED.findall(text.replace("\x00", " ")):
        said = " ".join(re.findall(r"\w+", phrase or word))
        if said:
            (unwanted if minus else wanted).append(f'"{said}"')
    if not wanted:
        return '""'
    return f"({' AND '.join(wanted)})" + (f" NOT ({' OR '.join(unwanted)})" if unwanted else "")


# ---------------------------------------------------------------- names
def is_part(part: str, whole: str | None) -> bool:
    """Whether a name has another in it; case and accents do not count."""
    return whole is not None and folded(part) in folded(whole)


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """A name without case and accents."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()

"""The actors that have a name, and an index that finds them, countries and role nouns in the words of a text.

Names come from `world/actors.csv` and `world/countries.csv`, role nouns from `english/roles.toml`. A text is read once,
word by word; at each word the longest name wins. What a phrase as a whole stands for is left to
`dateline.knowledge.actors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from dateline.knowledge.packs import PackError, Packs, Row
from dateline.knowledge.roles import RoleNoun, Roles, Word, fold_words, read_words
from dateline.types import ActorKind

ACTORS, COUNTRIES = "world/actors.csv", "world/countries.csv"

INTERNATIONAL = frozenset({"IGO", "NGO", "MNC", "ISM"})
"""Codes of bodies that belong to no country (PLOVER manual, actor codes)."""

DIED = "died in office"
"""How the note of a holder begins who held the last office until death."""

HOLDS_OFFICE = frozenset({"GOV", "LEG", "JUD", "SPY", "MIL", "COP"})
"""Sectors of which one who has left them is ELI (PLOVER manual, sectors)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of an actor's life: the sector from `start` to `end` (ISO dates or years, '' = open)."""

    start: str
    end: str
    role: str
    office: str

    def covers(self, on: str) -> bool:
        """Whether the day `on` (ISO) falls into it."""
        return (not self.start or on[: len(self.start)] >= self.start) and not self.over(on)

    def over(self, on: str) -> bool:
        """Whether it has ended before the day `on`."""
        return bool(self.end) and on[: len(self.end)] > self.end


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor with a name of its own: a row of actors.csv."""

    id: str
    name: str
    also: tuple[str, ...]
    kind: ActorKind
    country: str | None
    part_of: str | None
    roles: tuple[str, ...]
    terms: tuple[Term, ...]
    died: bool = False
    """In the last office: a minister who was killed is no former minister."""

    def roles_on(self, on: str | None) -> tuple[str, ...]:
        """The sectors on the day `on`, the primary first: ELI after the last office; the latest known without a day."""
        if not self.terms:
            return self.roles
        if on is None:
            return self._with(self.terms[-1].role)
        held = [term for term in self.terms if term.covers(on)]
        if held:
            return self._with(held[-1].role)
        past = [term for term in self.terms if term.over(on)]
        if not past:
            return ()
        last = past[-1].role
        left = last in HOLDS_OFFICE and self.kind is ActorKind.PERSON and not self.died
        return ("ELI",) if left else self._with(last)

    def lives_on(self, on: str | None) -> bool:
        """Whether one of its terms covers the day `on`, or nothing is known of days."""
        return on is None or not self.terms or any(term.covers(on) for term in self.terms)

    def _with(self, role: str) -> tuple[str, ...]:
        return (role, *(r for r in self.roles if r != role)) if role else self.roles


class Use(StrEnum):
    """How a country is named: 'Iraq', 'Iraqi', 'Iraqis', 'Baghdad', 'Anbar'."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Land:
    """A country (alpha-3; null: a people of several countries) and how it is named."""

    country: str | None
    use: Use


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one name or noun can mean."""

    entries: tuple[Entry, ...] = ()
    land: Land | None = None
    noun: RoleNoun | None = None
    modifier: str | None = None
    former: bool = False
    acronym: bool = False
    """Its entries bear it as an acronym."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (exclusive) of a text have `meaning`; `start` and `end` are its characters."""

    first: int
    last: int
    start: int
    end: int
    meaning: Meaning


@dataclass(frozen=True)
class Index:
    """Every known name and noun by its folded words."""

    meanings: Mapping[tuple[str, ...], Meaning]
    lengths: Mapping[str, tuple[int, ...]]
    surnames: Mapping[str, tuple[Entry, ...]]
    entries: Mapping[str, Entry]
    countries: Mapping[str, str]
    """Names of countries by alpha-3."""
    alpha3: Mapping[str, str]
    ordinary: frozenset[str]

    @staticmethod
    def load(packs: Packs) -> Index:
        """The index over the names and nouns of `packs`."""
        return _load(packs)

    def scan(self, text: str, *, cased: bool | None = None) -> tuple[list[Word], list[Hit]]:
        """The words of `text` and what is known among them, in order, the longest at each place.

        `cased`: whether capitals mean something in the text that this is cut from; null: `text` says so itself.
        """
        words = read_words(text)
        folds = tuple(word.fold for word in words)
        hits: list[Hit] = []
        i, n = 0, len(words)
        while i < n:
            hit = self._longest(text, words, folds, i) if folds[i] in self.lengths else None
            if hit is None:
                i += 1
            else:
                hits.append(hit)
                i = hit.last
        sure = _without_doubtful(text, words, hits, self.ordinary, cased=cased)
        return words, _without_namesakes(text, words, sure)

    def _longest(self, text: str, words: list[Word], folds: tuple[str, ...], i: int) -> Hit | None:
        for length in self.lengths[folds[i]]:
            meaning = self.meanings.get(folds[i : i + length]) if i + length <= len(folds) else None
            if meaning is not None and (length == 1 or _unbroken(text, words, i, i + length)):
                return Hit(i, i + length, words[i].start, words[i + length - 1].end, meaning)
        return None


def _unbroken(text: str, words: list[Word], first: int, last: int) -> bool:
    """Whether no comma, bracket or new paragraph stands between the words: 'the Islamic, State officials said'."""
    gaps = (text[words[k].end : words[k + 1].start] for k in range(first, last - 1))
    return not any(c in gap for gap in gaps for c in ',;:()\n"')


def _without_doubtful(
    text: str, words: list[Word], hits: list[Hit], ordinary: frozenset[str], *, cased: bool | None
) -> list[Hit]:
    """`hits` without common words taken for names: 'us', 'who', 'begin' and 'turkey' in small letters."""
    one_case = not cased if cased is not None else text.islower() or text.isupper()
    kept = []
    for k, hit in enumerate(hits):
        if hit.last - hit.first == 1 and (hit.meaning.entries or hit.meaning.land):
            common = words[hit.first].fold in ordinary
            follows = k + 1 < len(hits) and hits[k + 1].first == hit.last
            if not (
                _fits_one_case(text, hit, follows)
                if one_case and common
                else one_case or _is_written(text, hit, common)
            ):
                hit = replace(hit, meaning=replace(hit.meaning, entries=(), land=None))
                if hit.meaning == _NOTHING:
                    continue
        kept.append(hit)
    return kept


def _without_namesakes(text: str, words: list[Word], hits: list[Hit]) -> list[Hit]:
    """`hits` without surnames that follow another first name: 'Jairo Ortega' is not Daniel Ortega."""
    kept = []
    for k, hit in enumerate(hits):
        if hit.last - hit.first == 1 and any(e.kind is ActorKind.PERSON for e in hit.meaning.entries):
            before = _unknown_before(text, words, hits[k - 1].last if k else 0, hit.first)
            own = tuple(e for e in hit.meaning.entries if not before or before & set(fold_words(e.name)))
            hit = replace(hit, meaning=replace(hit.meaning, entries=own))
            if hit.meaning == _NOTHING:
                continue
        kept.append(hit)
    return kept


def _unknown_before(text: str, words: list[Word], first: int, last: int) -> frozenset[str]:
    """The unknown words with capitals that stand right before word `last`: the first names of whoever it is."""
    found = []
    for k in range(last - 1, first - 1, -1):
        gap = text[words[k].end : words[k + 1].start]
        if not text[words[k].start].isupper() or gap.strip(" .-"):
            break
        if len(words[k].fold) > 1:
            found.append(words[k].fold)
    return frozenset(found)


_NOTHING = Meaning()
_SHORT = 3
"""Letters up to which a common word in a text of one case is no country: 'us'."""


def _is_written(text: str, hit: Hit, common: bool) -> bool:
    """Whether a word of a text in both cases is written as the name it may be."""
    raw = text[hit.start : hit.end]
    if not common:
        return raw[:1].isupper() or not raw[:1].isalpha()
    if raw.isupper() and len(raw) > 1:
        return True
    begins = text[: hit.start].rstrip(" \"'“‘").endswith((".", "!", "?", "\n")) or not text[: hit.start].strip(" \"'“‘")
    whole = hit.start == 0 and hit.end == len(text)
    return raw[:1].isupper() and not hit.meaning.acronym and (whole or not begins or hit.meaning.land is not None)


def _fits_one_case(text: str, hit: Hit, follows: bool) -> bool:
    """Whether a common word of a text in one case is a name after all: 'a us destroyer', 'turkey'."""
    articled = text[: hit.start].lower().endswith(("the ", "a ", "an ")) or (hit.start == 0 and hit.end == len(text))
    return articled or follows or (hit.end - hit.start > _SHORT and hit.meaning.land is not None)


# ---------------------------------------------------------------- building
@lru_cache(maxsize=4)
def _load(packs: Packs) -> Index:
    roles = Roles.load(packs)
    entries = tuple(_entry(row) for row in packs.rows(ACTORS))
    countries = packs.rows(COUNTRIES)
    meanings: dict[tuple[str, ...], Meaning] = {}
    _add_nouns(meanings, roles)
    _add_lands(meanings, countries, roles)
    _add_entries(meanings, entries)
    return Index(
        meanings=meanings,
        lengths=_lengths(meanings),
        surnames=_surnames(entries),
        entries={entry.id: entry for entry in entries},
        countries={row["alpha3"]: row["name"] for row in countries},
        alpha3={row["alpha2"]: row["alpha3"] for row in countries},
        ordinary=roles.ordinary,
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|")) if cell else ()


def _entry(row: Row) -> Entry:
    try:
        kind = ActorKind(row["kind"])
    except ValueError as error:
        allowed = ", ".join(ActorKind)
        raise PackError(f"{ACTORS}: {row['id']}: kind {row['kind']!r}; allowed are {allowed}") from error
    terms = _terms(row)
    roles = dict.fromkeys((*(term.role for term in terms[-1:] if term.role), *_split(row["roles"])))
    return Entry(
        id=row["id"],
        name=row["name"],
        also=_split(row["also"]),
        kind=kind,
        country=row["country"] or None,
        part_of=row["part_of"] or None,
        roles=tuple(roles) if terms else (*_split(row["role"])[:1], *_split(row["roles"])),
        terms=terms,
        died=row["note"].startswith(DIED),
    )


def _terms(row: Row) -> tuple[Term, ...]:
    """The terms of a row: the `|` lists of from, to, role and office go in step; a shorter list repeats its last."""
    columns = [_split(row[name]) for name in ("from", "to", "role", "office")]
    if not columns[0] and not columns[1]:
        return ()
    count = max(map(len, columns))
    starts, ends, sectors, offices = (_filled(column, count, "") for column in columns)
    sectors = _filled(columns[2], count, columns[2][-1] if columns[2] else "")
    return tuple(map(Term, starts, ends, sectors, offices))


def _filled(cells: tuple[str, ...], count: int, with_: str) -> tuple[str, ...]:
    return (*cells, *[with_] * (count - len(cells)))


def _add_nouns(meanings: dict[tuple[str, ...], Meaning], roles: Roles) -> None:
    for key, noun in roles.nouns.items():
        meanings[key] = Meaning(noun=noun)
    for key, sector in roles.modifiers.items():
        meanings[key] = replace(meanings.get(key, Meaning()), modifier=sector)
    for key in roles.former:
        meanings[key] = replace(meanings.get(key, Meaning()), former=True)


def _add_lands(meanings: dict[tuple[str, ...], Meaning], countries: Iterable[Row], roles: Roles) -> None:
    for key in roles.stateless:
        meanings[key] = replace(meanings.get(key, Meaning()), land=Land(None, Use.PEOPLE))
    for key, country in roles.regions.items():
        meanings[key] = replace(meanings.get(key, Meaning()), land=Land(country, Use.REGION))
    for key, country in roles.capitals.items():
        meanings[key] = replace(meanings.get(key, Meaning()), land=Land(country, Use.CAPITAL))
    for row in countries:
        for names, use in _land_names(row):
            for name in names:
                key = fold_words(name)
                known = meanings.get(key, Meaning())
                if key and (known.land is None or known.land.use in (Use.REGION, Use.CAPITAL)):
                    meanings[key] = replace(known, land=Land(row["alpha3"], use))


def _land_names(row: Row) -> Iterator[tuple[tuple[str, ...], Use]]:
    yield (row["name"], *_split(row["also"])), Use.NAME
    yield _split(row["adjectives"]), Use.ADJECTIVE
    yield _split(row["people"]), Use.PEOPLE
    yield _split(row["capital"]), Use.CAPITAL


def _add_entries(meanings: dict[tuple[str, ...], Meaning], entries: Iterable[Entry]) -> None:
    for entry in entries:
        for key, name in {fold_words(name): name for name in (entry.name, *entry.also)}.items():
            if not key:
                raise PackError(f"{ACTORS}: {entry.id}: a name without a letter")
            known = meanings.get(key, Meaning())
            acronym = name.isupper() and (known.acronym or not known.entries)
            meanings[key] = replace(known, entries=(*known.entries, entry), acronym=acronym)


def _lengths(meanings: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for key in meanings:
        found.setdefault(key[0], set()).add(len(key))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _surnames(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        if entry.kind is ActorKind.PERSON:
            for name in (entry.name, *entry.also):
                found.setdefault(fold_words(name)[-1], {})[entry.id] = entry
    return {surname: tuple(people.values()) for surname, people in found.items()}

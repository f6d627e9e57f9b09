"""Role nouns: what a common noun says an actor is ('soldiers', 'the foreign ministry', 'a union leader').

The words are those of `packs/english/roles.toml`, which a domain expert edits; this module gives them in every form
(singular and plural) by their folded words, and leaves to `dateline.knowledge.actors` which of them rules a phrase.

>>> fold_words("the Defence Ministry's spokesmen")
('defence', 'ministry', 's', 'spokesmen')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.knowledge.packs import Packs
from dateline.types import ActorKind

FILE = "english/roles.toml"

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]\b|[^\W_]+(?:['’ʼ](?!s\b)[^\W_]+)*|['’]s\b", re.IGNORECASE
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ə": "a"})
_DROPPED = re.compile(r"['’ʼʻʿʾ`.]")
ARTICLES = frozenset({"the", "a", "an", "al", "el", "ul"})
HYPHENED_ARTICLES = frozenset({"ad", "an", "ar", "as", "ash", "at", "az"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, with its characters."""

    fold: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """`word` without what spelling varies in: case, accents, apostrophes, full stops."""
    small = _DROPPED.sub("", word.casefold())
    if small.isascii():
        return small
    plain = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def read_words(text: str) -> list[Word]:
    """The words of `text` that count in a name: articles are left out, English and Arabic ('al-', 'as-')."""
    found = []
    for match in _WORD.finditer(text):
        word = fold(match.group())
        end = match.end()
        if word in HYPHENED_ARTICLES and text[end : end + 1] == "-":
            continue
        if word in ARTICLES and not text.startswith("Salvador", end + 1):  # El Salvador keeps its article
            continue
        found.append(Word(word, match.start(), end))
    return found


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, articles left out: the key that names are looked up by."""
    return tuple(word.fold for word in read_words(text))


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """What a noun says of an actor (the fields of `[[nouns]]` in roles.toml).

    `yields` are the sectors that a word beside it may give it, `open` whether that is any; `unit` is what the id of a
    state's own body ends in.
    """

    word: str
    role: str | None
    roles: tuple[str, ...]
    kind: ActorKind
    yields: frozenset[str] | None
    open: bool
    member: bool
    plural: bool
    unit: str | None


@dataclass(frozen=True, slots=True)
class References:
    """Words that point back to an actor: pronouns, 'the' and the like, and the sectors that a noun after them wants."""

    he: frozenset[str]
    they: frozenset[str]
    it: frozenset[str]
    definite: frozenset[str]
    people: frozenset[str]
    sectors: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Roles:
    """The tables of roles.toml, ready for looking up; keys are folded words."""

    nouns: Mapping[tuple[str, ...], RoleNoun]
    modifiers: Mapping[tuple[str, ...], str]
    former: frozenset[tuple[str, ...]]
    former_of: frozenset[str]
    partitive: frozenset[str]
    regions: Mapping[tuple[str, ...], str]
    capitals: Mapping[tuple[str, ...], str]
    stateless: frozenset[tuple[str, ...]]
    fronts: frozenset[str]
    distant: frozenset[str]
    near: frozenset[str]
    belonging: frozenset[str]
    cameo: Mapping[str, str]
    ordinary: frozenset[str]
    breaks: frozenset[str]
    not_names: frozenset[tuple[str, ...]]
    references: References

    @staticmethod
    def load(packs: Packs) -> Roles:
        """The role words of `packs`."""
        return _load(packs)


@lru_cache(maxsize=4)
def _load(packs: Packs) -> Roles:
    table = packs.tables(FILE)
    compounds = table["compounds"]
    return Roles(
        nouns=_nouns(table),
        modifiers={fold_words(w): sector for sector, words in table["modifiers"].items() for w in words},
        former=frozenset(map(fold_words, table["former"]["words"])),
        former_of=frozenset(table["former"]["of"]),
        partitive=frozenset(table["partitive"]["words"]),
        regions={fold_words(w): country for country, words in table["regions"].items() for w in words},
        capitals={fold_words(w): country for country, words in table["capitals"].items() for w in words},
        stateless=frozenset(map(fold_words, table["stateless"]["words"])),
        fronts=frozenset(compounds["fronts"]),
        distant=frozenset(compounds["distant"]),
        near=frozenset(compounds["near"]),
        belonging=frozenset(table["tails"]["belonging"]),
        cameo=dict(table["cameo"]),
        ordinary=frozenset(table["ordinary"]["words"]),
        breaks=frozenset(table["breaks"]["words"]),
        not_names=frozenset(map(fold_words, table["not_names"]["words"])),
        references=_references(table["references"]),
    )


def _references(table: Mapping[str, Any]) -> References:
    words = {name: frozenset(table[name]) for name in ("he", "they", "it", "definite", "people")}
    return References(**words, sectors={noun: frozenset(codes) for noun, codes in table["sectors"].items()})


def _nouns(table: Mapping[str, Any]) -> dict[tuple[str, ...], RoleNoun]:
    sectors = frozenset(block["role"] for block in table["nouns"]) - {""} | frozenset(table["modifiers"])
    units = {word: unit for unit, words in table["units"].items() for word in words}
    plurals: dict[str, str] = table["plurals"]
    unchanging = frozenset(table["unchanging"]["words"])
    nouns: dict[tuple[str, ...], RoleNoun] = {}
    for block in table["nouns"]:
        for word in block["words"]:
            for form, plural in _forms(word, plurals, unchanging):
                nouns.setdefault(fold_words(form), _noun(block, word, sectors, plural=plural, unit=units.get(word)))
    return nouns


def _noun(block: Mapping[str, Any], word: str, sectors: frozenset[str], *, plural: bool, unit: str | None) -> RoleNoun:
    kind = ActorKind(block["kind"])
    role = block["role"] or None
    return RoleNoun(
        word=word,
        role=role,
        roles=(role, *block.get("roles", ())) if role else (),
        kind=ActorKind.GROUP if plural and kind is ActorKind.PERSON else kind,
        yields=_yields(block.get("yields", False), sectors),
        open=block.get("yields") is True,
        member=block.get("member", False),
        plural=plural,
        unit=unit,
    )


def _yields(value: bool | list[str], sectors: frozenset[str]) -> frozenset[str] | None:
    """The sectors that a word beside the noun may give it; null where the noun stands firm."""
    if isinstance(value, list):
        return frozenset(value)
    return sectors if value else None


def _forms(word: str, plurals: Mapping[str, str], unchanging: frozenset[str]) -> Iterator[tuple[str, bool]]:
    if word in unchanging:
        yield word, True
        return
    yield word, False
    yield plurals.get(word) or _plural(word, plurals), True


def _plural(word: str, plurals: Mapping[str, str]) -> str:
    head, of, tail = word.partition(" of ")
    if of and not head.startswith("minister of religion"):
        return _plural(head, plurals) + of + tail
    front, blank, last = head.rpartition(" ")
    return front + blank + (plurals.get(last) or _plural_word(last))


def _plural_word(word: str) -> str:
    if word.endswith("man") and word not in ("human", "shaman"):
        return word[:-3] + "men"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")

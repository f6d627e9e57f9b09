"""Furniture: the words and classes by which a page's surroundings are told from its story ('english/furniture.toml').

>>> from dateline.knowledge.packs import Packs
>>> furniture = Furniture.load(Packs())
>>> furniture.of_line("Leave a Reply"), furniture.of_line("Three men were shot.")
('end', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import Packs

_LONGEST_LINE = 420
_LONGEST_BUTTONS = 120
_WORDS = re.compile(r"[^\W_]+")
_TOKENS = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class Release:
    """What tells a press release: `signs` that it is one, whom to call (`contact`), where its story `ends`, its `issuer`."""

    signs: re.Pattern[str]
    contact: re.Pattern[str]
    ends: re.Pattern[str]
    issuer: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Furniture:
    """Compiled lists; `of_line` and `of_class` are the questions that pages ask."""

    lines: tuple[tuple[str, re.Pattern[str]], ...]
    classes: frozenset[str]
    joined: re.Pattern[str]
    note: frozenset[str]
    story: re.Pattern[str]
    standfirst: frozenset[str]
    published: tuple[str, ...]
    author: tuple[str, ...]
    site: tuple[str, ...]
    sections: frozenset[str]
    notes: re.Pattern[str]
    credit: re.Pattern[str]
    other: frozenset[str]
    buttons: frozenset[str]
    release: Release
    neutral: frozenset[str]

    @classmethod
    def load(cls, packs: Packs, agencies: Iterable[str] = ()) -> Furniture:
        """The furniture of the packs; a line that is nothing but a credit to `agencies` is furniture too."""
        tables = packs.tables("english/furniture.toml")
        classes, meta = tables["classes"], tables["meta"]
        return cls(
            lines=_by_deed(
                [*tables["line"], _credit_line(agencies), {"pattern": tables["credit"]["pattern"], "does": "drop"}]
            ),
            classes=frozenset(classes["furniture"]),
            joined=_any_of(classes["joined"]),
            note=frozenset(_LETTERS.sub("", word) for word in classes["note"]),
            story=_any_of(classes["story"]),
            standfirst=frozenset(_LETTERS.sub("", word) for word in classes["standfirst"]),
            published=tuple(meta["published"]),
            author=tuple(meta["author"]),
            site=tuple(meta["site"]),
            sections=frozenset(tables["zones"]["sections"]),
            buttons=frozenset(tables["buttons"]["words"]),
            notes=re.compile(tables["notes"]["pattern"], re.I),
            credit=re.compile(tables["credit"]["pattern"]),
            neutral=frozenset(classes["neutral"]),
            other=_other(tables["brackets"]["other"], packs),
            release=Release(
                **{name: re.compile(tables["release"][name], re.I) for name in ("signs", "contact", "ends", "issuer")}
            ),
        )

    def of_line(self, line: str) -> str | None:
        """What a line of furniture does ('end', 'box', 'drop'), or null where the line is none."""
        if len(line) > _LONGEST_LINE:
            return None
        if len(line) < _LONGEST_BUTTONS and self._is_buttons(line):
            return "drop"
        return next((does for does, pattern in self.lines if pattern.fullmatch(line)), None)

    def _is_buttons(self, line: str) -> bool:
        """Whether a line is marks alone, or names buttons and nothing else."""
        words = _WORDS.findall(line.lower())
        return not words or (all(word in self.buttons for word in words) and line[-1] not in ".?!")

    def ends_story(self, line: str) -> bool:
        """Whether a heading stands over what is no story any more: 'Comments', 'Leave a Reply'."""
        return any(does == "end" and pattern.fullmatch(line) for does, pattern in self.lines)

    def is_note(self, line: str) -> bool:
        """Whether a paragraph begins as an editor's note on the story does."""
        return self.notes.match(line) is not None

    def is_credit(self, line: str) -> bool:
        """Whether a line credits an agency that need not be known: 'With Meridian News Agency'."""
        return self.credit.fullmatch(line) is not None

    def is_other(self, words: str) -> bool:
        """Whether the words of a dateline's bracket are a country, a month or a newsroom's word, and no agency."""
        return any(word in self.other for word in (words.casefold(), words.casefold().split()[0]))

    def of_class(self, names: str) -> str | None:
        """What an element's class and id mark it as: 'note', 'standfirst', 'story', 'furniture', or null."""
        return _class_of(self, names)


def _by_deed(rows: list[dict[str, str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    deeds = ("end", "box", "drop")
    joined = {does: "|".join(f"(?:{row['pattern']})" for row in rows if row["does"] == does) for does in deeds}
    return tuple((does, re.compile(pattern, re.I)) for does, pattern in joined.items() if pattern)


def _credit_line(agencies: Iterable[str]) -> dict[str, str]:
    """'With Agence France-Presse', '— Reuters', '(AFP)', 'AP and Reuters' as a whole line."""
    names = "|".join(re.escape(name) for name in sorted(set(agencies), key=lambda name: (-len(name), name))) or r"(?!)"
    one = rf"(?:the )?(?:{names}|agencies|news agencies)"
    by = r"(?:(?:with|from|by|source:?|via|credit:?|additional reporting by)(?: inputs? from)? )?"
    pattern = rf"[-–—(\[/]{{0,2}} ?{by}{one}(?:(?:, and|,|/| and| &) ?{one}){{0,4}}[)\].]?"
    return {"pattern": pattern, "does": "drop"}


def _other(words: Iterable[str], packs: Packs) -> frozenset[str]:
    names = (name for row in packs.rows("world/countries.csv") for name in (row["name"], *row["also"].split("|")))
    return frozenset(name.casefold() for name in (*words, *names) if name)


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


@lru_cache(maxsize=20_000)
def _class_of(furniture: Furniture, names: str) -> str | None:
    said = [name for name in names.split() if name.lower() not in furniture.neutral]
    words = [word.lower() for word in _TOKENS.split(" ".join(said)) if word]
    whole = {_LETTERS.sub("", name.lower()) for name in said}
    joined = " ".join(whole)
    if any(name in furniture.note for name in whole) or furniture.note.intersection(words):
        return "note"
    if furniture.standfirst & whole or furniture.standfirst.intersection(words):
        return "standfirst"
    if furniture.joined.search(joined) or furniture.classes.intersection(words):
        return "furniture"
    return "story" if furniture.story.search(joined) else None

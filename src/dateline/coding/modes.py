"""Modes that a pattern leaves open: an attack's by its weapon, a request's, refusal's or threat's by what it is about.

'Fired on two cars' from a drone is a drone's deed (`packs/plover/means_modes.toml`); 'demanded the release' asks to yield
and 'demanded talks' to meet (`packs/plover/content_modes.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from dateline.coding.roles import levels_below
from dateline.knowledge.packs import PackError, Packs
from dateline.types import EventType, MeansType

CONTENTS = "plover/content_modes.toml"
_DEPTH = 4
"""How far below its trigger a word may hang and still say what is asked: 'called for an end to the siege'."""

_NOT_BELOW = frozenset({"nsubj", "nsubjpass", "agent", "aux", "advcl", "punct", "parataxis"})
"""Who speaks, and clauses of their own, do not say what is asked."""


@dataclass(frozen=True, slots=True)
class Modes:
    """`means` by type of means; `overruled` are modes that a weapon's own goes before; `contents` by type and lemma."""

    means: Mapping[MeansType, str]
    overruled: frozenset[str]
    contents: Mapping[EventType, Mapping[str, str]]

    def of_content(self, kind: EventType, triggers: Iterable[Token]) -> str | None:
        """The mode that the word nearest below the trigger gives."""
        words = self.contents.get(kind)
        if words is None:
            return None
        return next((words[lemma] for lemma in _below(list(triggers)) if lemma in words), None)


def _below(triggers: list[Token]) -> Iterator[str]:
    """The lemmas that hang on the trigger, level by level, each level in the order of the text."""
    own = {t.i for t in triggers}
    for level in levels_below(triggers, depth=_DEPTH, follows=lambda c: c.dep_ not in _NOT_BELOW and c.i not in own):
        level.sort(key=lambda c: c.dep_ == "compound")  # 'aid workers with expulsion': what they are called comes last
        yield from (c.lemma_.lower() for c in level)


@lru_cache(maxsize=4)
def load_modes(packs: Packs) -> Modes:
    """The modes of `packs`; a word under two modes of one type raises `PackError`."""
    table = packs.tables("plover/means_modes.toml")
    return Modes(
        means={MeansType(name): mode for name, mode in table["modes"].items()},
        overruled=frozenset(table["overruled"]["modes"]),
        contents={EventType(name): _turned(name, rows) for name, rows in packs.tables(CONTENTS).items()},
    )


def _turned(kind: str, rows: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for mode, words in rows.items():
        for word in words:
            if found.setdefault(word, mode) != mode:
                raise PackError(f"{CONTENTS}: {kind}: {word!r} is under {found[word]} and {mode}")
    return found

"""Hints: the types of event that a word can say at all, from `packs/english/lexicon.toml`.

A hint decides nothing; the scorer weighs it against the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from dateline.knowledge.packs import Packs

FILE = "english/lexicon.toml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Groups ('ASSAULT.kill') by lemma, and for phrases by the lemma of their verb with the words that hang on it."""

    verbs: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    modes: Mapping[str, str]

    def knows(self, token: Token) -> bool:
        """Whether `token` can say an event at all."""
        return any(not g.startswith("none") for g in (*self._groups(token), *self._phrases(token)))

    def types_of(self, token: Token) -> set[str]:
        """The types that `token` can say."""
        return {g.partition(".")[0] for g in (*self._groups(token), *self._phrases(token))} - {"none"}

    def mode_of(self, token: Token, kind: str) -> str | None:
        """The mode that the groups of `token` have for an event of type `kind`, if they have one."""
        groups = (g for g in (*self._phrases(token), *self._groups(token)) if g.partition(".")[0] == kind)
        return next((self.modes[g] for g in groups if g in self.modes), None)

    def _groups(self, token: Token) -> list[str]:
        lemma = token.lemma_.lower()
        groups = list((self.verbs if token.pos_ == "VERB" else self.nouns).get(lemma, ()))
        if token.pos_ != "VERB" and lemma.endswith("ing"):  # 'the torching of'
            groups += [g for verb in _verbs_of(lemma) for g in self.verbs.get(verb, ())]
        return groups

    def _phrases(self, token: Token) -> list[str]:
        known = self.phrases.get(token.lemma_.lower(), ())
        below = _below(token) if known else frozenset()
        return [group for words, group in known if words <= below]

    def signs(self, token: Token) -> Iterator[str]:
        """The hints on `token`, as signs for the scorer."""
        groups, phrases = self._groups(token), self._phrases(token)
        for group in dict.fromkeys(groups):
            yield f"H={group}"
            yield f"H={group.partition('.')[0]}"
        for group in dict.fromkeys(phrases):
            yield f"HP={group}"
            yield f"HP={group.partition('.')[0]}"
        if not groups and not phrases:
            yield "H-"
        types = {g.partition(".")[0] for g in (*groups, *phrases)}
        yield f"Hn={min(len(types), 3)}"


def _verbs_of(gerund: str) -> tuple[str, ...]:
    stem = gerund[:-3]
    return (stem, stem + "e", stem[:-1]) if len(stem) > 2 and stem[-1] == stem[-2] else (stem, stem + "e")


def _below(token: Token) -> frozenset[str]:
    """The words that hang on `token`, at most two steps down."""
    near = [c for c in token.children if c.pos_ != "PUNCT"]
    near += [
        g for c in near if c.dep_ in ("prep", "dobj", "prt", "agent", "dative", "xcomp", "ccomp") for g in c.children
    ]
    return frozenset(w for t in near for w in (t.lemma_.lower(), t.lower_))


@lru_cache(maxsize=4)
def load_lexicon(packs: Packs) -> Lexicon:
    """The hints of `packs`."""
    table = packs.tables(FILE)
    verbs: dict[str, list[str]] = {}
    nouns: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[frozenset[str], str]]] = {}
    for group, words in table["verbs"].items():
        for word in words.split():
            head, *rest = word.split("-")
            if rest:
                phrases.setdefault(head, []).append((frozenset(rest), group))
            verbs.setdefault(word if rest else head, []).append(group)
    for group, words in table["nouns"].items():
        for word in words.split():
            nouns.setdefault(word, []).append(group)
    for group, entries in table["phrases"].items():
        for entry in entries:
            head, *rest = entry.split()
            phrases.setdefault(head, []).append((frozenset(rest), group))
    return Lexicon(
        verbs={k: tuple(v) for k, v in verbs.items()},
        nouns={k: tuple(v) for k, v in nouns.items()},
        phrases={k: tuple(v) for k, v in phrases.items()},
        modes=table["modes"],
    )

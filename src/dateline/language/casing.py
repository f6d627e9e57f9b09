"""The ordinary case of a text that came in capitals: which of its words are names, and which are letters to be kept.

The pipeline's lemmatizer carries a dictionary of English. A word that is neither in it nor made of its words is a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.language import Language

from dateline.knowledge.packs import Packs
from dateline.text import WORD, restore_case

_PREFIXES = re.compile(
    r"^(?:non|neo|anti|counter|re|pre|multi|over|under|inter|super|semi|co|un|de|mis|sub|pseudo|pro)-?"
)
_ENDINGS = ("ing", "ed", "er", "ers", "est", "ly", "al", "able", "ism", "ist", "ists", "ness")
_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_LETTERS = re.compile(r"[\[(]([A-Z]{2,7})[\])]")
_NO_VOWEL = re.compile(r"[^AEIOUY\W\d_]{3,6}$")
_DAY = re.compile(r"(?:\d|\bEARLY |\bLATE |\bLAST |\bIN )\s*$")
_HALF = 3
"""Letters of each half at least, where a word is two words written as one."""


@dataclass(frozen=True, slots=True)
class Casing:
    """The dictionary's words, the rules that make its forms, and the words of `english/case.toml`."""

    dictionary: frozenset[str]
    rules: tuple[tuple[str, str], ...]
    names: frozenset[str]
    articles: frozenset[str]

    def is_ordinary(self, word: str) -> bool:
        """Whether `word`, in small letters, is a word of English or made of such."""
        bare = _CONTRACTED.sub("", word)
        if bare in self.names:
            return False
        return self._is_form(bare) or self._is_form(_PREFIXES.sub("", bare)) or self._is_compound(bare)

    def _is_form(self, word: str) -> bool:
        if word in self.dictionary:
            return True
        stems = (word[: -len(old)] + new for old, new in self.rules if word.endswith(old))
        return len(word) > 1 and (any(s in self.dictionary for s in stems) or any(map(self._is_stem, _cut(word))))

    def _is_stem(self, stem: str) -> bool:
        doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in self.dictionary
        return len(stem) > _HALF and (stem in self.dictionary or stem + "e" in self.dictionary or doubled)

    def _is_compound(self, word: str) -> bool:
        cuts = range(_HALF + 1, len(word) - _HALF + 1)
        return len(word) >= 2 * _HALF + 2 and any(
            word[:k] in self.dictionary and self._is_simple(word[k:]) for k in cuts
        )

    def _is_simple(self, word: str) -> bool:
        return word in self.dictionary or (
            word.endswith("s") and word[:-1] in self.dictionary and len(word) > _HALF + 1
        )


def _cut(word: str) -> Iterator[str]:
    return (word[: -len(end)] for end in _ENDINGS if word.endswith(end))


@lru_cache(maxsize=2)
def casing_of(nlp: Language, packs: Packs) -> Casing:
    """The casing of a pipeline's dictionary and the packs; made once for each."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    tables = {name: lemmatizer.lookups.get_table(name) for name in ("lemma_index", "lemma_exc", "lemma_rules")}
    forms = (w for name in ("lemma_index", "lemma_exc") for words in tables[name].values() for w in words)
    words = packs.tables("english/case.toml")
    known = frozenset(forms) | nlp.Defaults.stop_words | frozenset(words["ordinary"]["words"])
    rules = {(old, new) for pairs in tables["lemma_rules"].values() for old, new in pairs if old}
    return Casing(
        dictionary=known,
        rules=tuple(sorted(rules)),
        names=frozenset(words["names"]["words"]),
        articles=frozenset(words["articles"]["words"]),
    )


def in_ordinary_case(text: str, casing: Casing, is_name: Callable[[str], bool]) -> str:
    """`text`, all capitals, in ordinary case; `is_name` knows more names, in small letters, than the dictionary can tell."""
    letters = {w for w in _LETTERS.findall(text) if not casing.is_ordinary(w.lower())}
    names: dict[str, bool] = {}

    def named(word: str) -> bool:
        if word not in names:
            names[word] = is_name(word) or not casing.is_ordinary(word)
        return names[word]

    def kept(word: str) -> bool:
        bare = _CONTRACTED.sub("", word.lower()).upper()
        return bare in letters or (bool(_NO_VOWEL.match(bare)) and not casing.is_ordinary(bare.lower()))

    seen = restore_case(text, named, kept)
    return _with_articles(_with_months(seen, text), casing, named)


def _with_months(seen: str, text: str) -> str:
    """'11 March', 'in May': the two months that are words besides."""

    def cased(match: re.Match[str]) -> str:
        return match.group(0).title() if _DAY.search(text, max(0, match.start() - 8), match.start()) else match.group(0)

    return re.sub(r"\b(?:march|may)\b", cased, seen)


def _with_articles(seen: str, casing: Casing, named: Callable[[str], bool]) -> str:
    words = list(WORD.finditer(seen))
    chars = list(seen)
    for before, word, after in zip([None, *words], words, words[1:], strict=False):
        behind_de = before is not None and before.group(0) == "de"
        if word.group(0) in casing.articles and not behind_de and named(after.group(0).lower()):
            chars[word.start()] = word.group(0)[0].upper()
    return "".join(chars)

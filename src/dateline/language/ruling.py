"""What the pipeline's rules on single words say, remembered: most words come again with the same tag and dependency.

spaCy's attribute ruler tries its every pattern on every word. Nearly all of them look at one word alone, its tag, its small
letters and its dependency, so what they say of these three is asked once; patterns over several words are tried as before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc

_LOOKED_AT = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""What of a word these rules may ask; whether it is a blank its letters tell."""

_MOST = 100_000
"""Words remembered before all are forgotten."""

Match = tuple[int, int, int, int]
"""The rule's number, its name in the vocabulary, and the first and last token (exclusive)."""


def remember(ruler: Any) -> None:
    """Has an attribute ruler match by memory; one whose rules ask for more of a word stays as it is."""
    rules = [(number, pattern) for number, row in enumerate(ruler.patterns) for pattern in row["patterns"]]
    if all(word.keys() <= _LOOKED_AT for _, pattern in rules for word in pattern):
        ruler.match = _remembering(ruler, rules)


def _remembering(ruler: Any, rules: list[tuple[int, list[dict[str, Any]]]]) -> Callable[[Doc], list[Match]]:
    single = _matcher(ruler, [rule for rule in rules if len(rule[1]) == 1])
    several = _matcher(ruler, [rule for rule in rules if len(rule[1]) > 1])
    strings = ruler.vocab.strings
    known: dict[tuple[int, ...], list[tuple[int, int]]] = {}

    def match(doc: Doc) -> list[Match]:
        if len(known) > _MOST:
            known.clear()
        found = [(int(strings[name]), name, start, end) for name, start, end in several(doc, allow_missing=True)]
        for i, word in enumerate(map(tuple, doc.to_array(["TAG", "LOWER", "DEP"]).tolist())):
            if word not in known:
                known[word] = [(int(strings[name]), name) for name, _, _ in single(doc[i : i + 1], allow_missing=True)]
            found += [(number, name, i, i + 1) for number, name in known[word]]
        return sorted(found)

    return match


def _matcher(ruler: Any, rules: list[tuple[int, list[dict[str, Any]]]]) -> Matcher:
    matcher = Matcher(ruler.vocab, validate=False)
    for number, pattern in rules:
        matcher.add(str(number), [pattern])
    return matcher

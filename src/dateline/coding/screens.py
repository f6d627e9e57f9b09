"""Screens: stretches of a report that tell no event, whatever their words: headings, sport, price wars.

A paragraph that speaks the language of sport is screened out whole: there a team is 'ambushed' and a goal 'a rocket'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Token

from dateline.coding.patterns import word_classes
from dateline.knowledge.packs import Packs
from dateline.language.parse import Parse
from dateline.types import Passage, PassageKind, Span

_ENOUGH = 2
"""Different words of sport that make a paragraph one of sport ('club' or 'team' alone does not)."""

_WHOLE_REPORT = 5
"""Different words of sport that make the whole report one of sport."""

_SCORE_MARK = "score"
_SCORE = re.compile(r"(?<![\w/.-])\d{1,3}[-–]\d{1,3}(?![\w/.-])")
"""'4-0', '88-85': two numbers with a dash, as results are written."""


@lru_cache(maxsize=4)
def _figures(packs: Packs) -> tuple[str, ...]:
    return tuple(packs.tables("english/screens.toml")["figures"]["phrases"])


def screened(parse: Parse, passages: Sequence[Passage], packs: Packs) -> list[Span]:
    """The stretches of the text in which nothing is coded."""
    sport = word_classes(packs)["sport"]
    paragraphs, text = _paragraphs(parse), parse.doc.text  # which spaCy puts together anew each time
    words = [_sport_words(tokens, text, sport) for tokens in paragraphs]
    whole = len(set().union(*words)) >= _WHOLE_REPORT if words else False
    closed = [Span(p.start, p.end) for p in passages if p.kind is not PassageKind.STORY]
    for tokens, found in zip(paragraphs, words, strict=True):
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        if len(found) >= _ENOUGH or (whole and found) or _has_figure(text[start:end], packs):
            closed.append(Span(start, end))
    return closed


def _paragraphs(parse: Parse) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in parse.doc:
        if token.is_space and "\n" in token.text:
            found.append([])
        elif not token.is_space:
            found[-1].append(token)
    return [tokens for tokens in found if tokens]


def _sport_words(tokens: list[Token], text: str, sport: frozenset[str]) -> set[str]:
    words = set(sport.intersection(t.lemma_.lower() for t in tokens))
    if tokens and _SCORE.search(text, tokens[0].idx, tokens[-1].idx + len(tokens[-1])):
        words.add(_SCORE_MARK)
    return words


def _has_figure(paragraph: str, packs: Packs) -> bool:
    low = paragraph.lower()
    return any(figure in low for figure in _figures(packs))

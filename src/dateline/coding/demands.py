"""Demands: what a threat or request asks for, how far off somebody must keep (in metres), the words of its deadline.

The deadline is given as characters; which instant it is, is for the reader of times to say.

>>> from dateline.language.parse import parse
>>> from dateline.knowledge.packs import Packs
>>> text = "The rebels demanded that all monitors leave the valley by Friday."
>>> read = demand_of(parse(text, packs=Packs()), 2)
>>> text[read.text.start : read.text.end], text[read.deadline.start : read.deadline.end]
('all monitors leave the valley by Friday', 'Friday')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span as Words
from spacy.tokens import Token

from dateline.knowledge.packs import Packs
from dateline.language.numbers import Numbers
from dateline.language.parse import Parse
from dateline.types import Span

FILE = "english/demands.toml"
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "relcl"})
_CLOSERS = frozenset("\"”'’,;:.!?—–-")
_NAUTICAL_MILE = 1852


@dataclass(frozen=True, slots=True)
class DemandRead:
    """The demanded words, the distance to keep in metres, and the words of the deadline; spans are of the text."""

    text: Span
    area_m: int | None = None
    deadline: Span | None = None


@dataclass(frozen=True, slots=True)
class DemandWords:
    """Metres to a unit, and the word lists of `english/demands.toml` by name."""

    metres: Mapping[str, float]
    sets: Mapping[str, frozenset[str]]
    numbers: Numbers

    @staticmethod
    def load(packs: Packs) -> DemandWords:
        """The words of demands in `packs`."""
        return _load(packs)


def demand_of(parse: Parse, token_index: int, words: DemandWords | None = None) -> DemandRead | None:
    """What the threat or request at `token_index` asks for, or null. Without `words`, the built-in pack is used."""
    words = words or DemandWords.load(Packs())
    trigger = parse.doc[token_index]
    demanded = _demanded(trigger, words)
    if demanded is None:
        return None
    span = _trimmed(demanded)
    if span is None:
        return None
    deadline = _deadline(span, words) or _deadline_beside(trigger, words)
    return DemandRead(
        text=Span(span.start_char, span.end_char),
        area_m=area_of(span.text, words),
        deadline=Span(deadline.start_char, deadline.end_char) if deadline is not None else None,
    )


# ---------------------------------------------------------------- the demanded words
def _demanded(trigger: Token, words: DemandWords) -> Words | None:
    """The clause or phrase that the trigger governs; under a threat the condition that would avert it."""
    condition = _condition(trigger, words)
    if condition is not None:
        return condition
    threat = trigger.lemma_ in ("threaten", "threat", "vow", "swear", "promise")
    if threat:
        return None
    return _clause(trigger) or _clause_of_message(trigger) or _object(trigger, words)


def _condition(trigger: Token, words: DemandWords) -> Words | None:
    """'threatened to shell the port unless the garrison left'; after 'if' only what is denied: 'if they do not go'."""
    for token in trigger.subtree:
        if token.i <= trigger.i or token.dep_ not in ("advcl", "ccomp", "xcomp"):
            continue
        mark = next(
            (c for c in token.children if c.dep_ in ("mark", "advmod") and c.lower_ in words.sets["conditions"]), None
        )
        if (
            mark is None
            or mark.i < trigger.i
            or (mark.lower_ == "until" and trigger.lemma_ not in ("threaten", "threat", "vow"))
        ):
            continue
        if mark.lower_ == "if" and not any(c.dep_ == "neg" for c in token.children):
            continue
        return trigger.doc[mark.i + 1 : token.right_edge.i + 1]
    return None


def _clause(trigger: Token) -> Words | None:
    """'asked the guards [to leave]', 'demanded that [all monitors leave]', 'a call [to lay down arms]'"""
    for child in trigger.children:
        if child.i > trigger.i and child.dep_ in _CLAUSES and child.pos_ in ("VERB", "AUX"):
            return _clause_words(child)
    return None


def _clause_words(verb: Token) -> Words:
    to = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "TO"), None)
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    start = to.i if to is not None else (mark.i + 1 if mark is not None else verb.left_edge.i)
    return verb.doc[start : verb.right_edge.i + 1]


def _clause_of_message(trigger: Token) -> Words | None:
    """'issued an order to ...', 'gave them until Friday to ...': the clause hangs on the verb above a noun."""
    above = trigger.head
    if trigger.pos_ != "NOUN" or above.pos_ != "VERB" or trigger.dep_ != "dobj":
        return None
    for child in above.children:
        if child.i > trigger.i and child.dep_ in ("xcomp", "advcl") and any(c.tag_ == "TO" for c in child.children):
            return _clause_words(child)
    return None


def _object(trigger: Token, words: DemandWords) -> Words | None:
    """'demanded [the release of the crew]', 'called for [a truce]'"""
    for child in trigger.children:
        if child.i < trigger.i:
            continue
        if child.dep_ == "prep" and child.lower_ in words.sets["prepositions"]:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    return _subtree(inner)
        if child.dep_ == "dobj" and trigger.lemma_ in (
            "demand",
            "request",
            "seek",
            "want",
            "urge",
            "require",
            "propose",
        ):
            return _subtree(child)
    return None


def _subtree(token: Token) -> Words:
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def _trimmed(span: Words) -> Words | None:
    """Without quotation marks and stops at its edges, and nothing beyond a closing quotation mark or the sentence."""
    doc, start, end = span.doc, span.start, min(span.end, span.sent.end)
    while start < end and (doc[start].lower_ in _CLOSERS or doc[start].is_space):
        start += 1
    closing = next(
        (i for i in range(start + 1, end) if doc[i].text in ('"', "”") and doc[i - 1].text in (",", ".", "!")), None
    )
    end = closing if closing is not None else end
    while end > start and (doc[end - 1].text in _CLOSERS or doc[end - 1].is_space):
        end -= 1
    return doc[start:end] if start < end else None


# ---------------------------------------------------------------- how far
def area_of(text: str, words: DemandWords) -> int | None:
    """The distance that `text` names, in metres: '1.5 km', 'a mile', 'five hundred yards', 'half a mile'."""
    low = text.lower()
    for match in re.finditer(r"[a-z]+", low):
        unit = words.metres.get(match.group())
        if unit is None:
            continue
        nautical = low[: match.start()].rstrip().endswith("nautical")
        before = low[: match.start()].rstrip().removesuffix("nautical").rstrip(" -")
        amount = _amount(before, words)
        if amount is not None and (match.group() != "m" or before[-1:].isdigit()):
            return round(amount * (_NAUTICAL_MILE if nautical and unit > 1000 else unit))
    return None


def _amount(before: str, words: DemandWords) -> float | None:
    """The number that ends `before`: '1,000', '1.5', 'a', 'half a', 'two hundred'."""
    digits = re.search(r"(\d[\d,]*(?:\.\d+)?)$", before)
    if digits:
        return float(digits.group(1).replace(",", ""))
    spelled = before.split()
    if spelled[-2:] in (["half", "a"], ["half", "an"]) or spelled[-1:] == ["half"]:
        return 0.5
    for length in (5, 4, 3, 2, 1):
        if len(spelled) >= length and (value := words.numbers.value(" ".join(spelled[-length:]))) is not None:
            return float(value)
    return 1.0 if spelled[-1:] in (["a"], ["an"]) else None


# ---------------------------------------------------------------- by when
def _deadline(span: Words, words: DemandWords) -> Words | None:
    """The time after the first word of a deadline: 'by [Friday]', 'starting on [Sunday at 5:00pm (1400 GMT)]'."""
    for token in span:
        if token.lower_ in words.sets["markers"]:
            found = _time_after(token, span.end, words)
            if found is not None:
                return found
    return None


def _deadline_beside(trigger: Token, words: DemandWords) -> Words | None:
    """'gave the garrison 48 hours to leave', 'a 48-hour ultimatum': the deadline stands outside the demanded words."""
    sentence = trigger.sent
    for token in sentence:
        if token.lower_ in words.sets["markers"] and token.lower_ not in words.sets["loose"]:
            found = _time_after(token, sentence.end, words)
            if found is not None:
                return found
    return None


def _time_after(marker: Token, end: int, words: DemandWords) -> Words | None:
    doc, i = marker.doc, marker.i + 1
    last = None
    limit = min(end, i + 12)
    while i < limit and (kind := _time_kind(doc[i], words)):
        if kind == "time":
            last = i
        i += 1
    if last is None:
        return None
    start = marker.i if marker.lower_ in words.sets["lasting"] else marker.i + 1
    while start < last and doc[start].lower_ in ("on", "at", "the", "than", "of") and start > marker.i:
        start += 1
    if last + 1 < len(doc) and doc[last + 1].text == ")" and "(" in doc[start : last + 1].text:
        last += 1
    return doc[start : last + 1]


def _time_kind(token: Token, words: DemandWords) -> str:
    """A word of time is "time", what may stand between two of them "joint", what ends a time empty."""
    low = token.lower_
    if low in words.sets["times"] or re.fullmatch(r"\d{1,2}(?::\d\d)?(?:[ap]\.?m\.?)?|\d{1,2}:\d\d|\d{3,4}", low):
        return "time" if not low.isdigit() else "joint"
    return "joint" if low in words.sets["joints"] or token.like_num or low in words.numbers.cardinals else ""


# ---------------------------------------------------------------- loading
@lru_cache(maxsize=4)
def _load(packs: Packs) -> DemandWords:
    table = packs.tables(FILE)
    return DemandWords(
        metres=table["metres"],
        sets={name: frozenset(found) for name, found in table["words"].items()},
        numbers=Numbers.load(packs),
    )

"""Nouns of harm and whom they are about: deaths and injuries, casualties, wounds, lives, tolls, bodies, custody.

'the killing of two men', '12 deaths', 'no casualties', 'suffered gunshot wounds', 'claimed 12 lives', 'the toll rose to
five'. Verbs and states are read in `harm`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from dateline.coding.factuality import is_none
from dateline.coding.harm_words import HarmWords, NounRule
from dateline.coding.victims import (
    Find,
    Group,
    Reader,
    bearer,
    fits,
    group_of_span,
    groups_of,
    of_noun,
    of_verb,
    undergoer,
)
from dateline.types import HarmKind, Number

_NOBODY = Number(0, 0)
_OF_WHOM = frozenset({"of", "the", "those", "people", "all", "confirmed", "reported"})
_REPORTS = frozenset({"report", "word", "detail", "information", "news", "figure", "record"})
_TOLL_REACH, _NUMBER_REACH, _LEAD = 14, 6, 12
"""Tokens from 'toll' to its verb, tokens from there to the end of the number, characters before the number."""


def of_harm_noun(noun: Token, reader: Reader) -> Iterator[Find]:
    """What `noun` says of harm, by every rule that has its lemma."""
    lemma = noun.lemma_.lower()
    rule = reader.words.nouns.get(lemma)
    if rule is not None:
        yield from _of_noun(noun, rule, reader)
    for name, read in _LISTED:
        if lemma in reader.words.sets[name]:
            yield from read(noun, reader)


def _of_noun(noun: Token, rule: NounRule, reader: Reader) -> Iterator[Find]:
    """'the killing of two men', 'Reyes's death', '12 deaths', 'no injuries'"""
    words = reader.words
    if noun.lemma_ == "death" and noun.head.lower_ == "to":
        yield from _of_to_death(noun, reader)
        return
    fatal = any(c.lower_ in words.sets["fatal_nouns"] for c in noun.children)
    kind = HarmKind.KILLED if fatal and rule.implied else rule.kind
    own = _own_group(noun, reader) if rule.counted else None
    if own is not None and (noun.tag_ == "NNS" or own.number == _NOBODY):
        if not _is_of_reports(noun):
            yield Find(kind, noun, (own,))
        return
    groups = groups_of(of_noun(noun), "" if rule.kind is not HarmKind.INJURED else "person", words, reader.numbers)
    groups = [g for g in groups if g.head.dep_ != "poss" or fits(g.head, "person", words)]
    if groups and noun.lemma_ != "injury":
        yield Find(kind, noun, tuple(groups), implied=rule.implied and not fatal)


def _of_to_death(noun: Token, reader: Reader) -> Iterator[Find]:
    """'was stabbed to death', 'beat the clerk to death', 'two climbers froze to death'; not 'sentenced to death'"""
    verb = noun.head.head
    if verb.pos_ != "VERB" or verb.lemma_ in reader.words.sets["not_to_death"]:
        return
    groups = groups_of(undergoer(verb), "person", reader.words, reader.numbers)
    if groups:
        yield Find(HarmKind.KILLED, noun, tuple(groups))


def _own_group(noun: Token, reader: Reader) -> Group | None:
    """The group that a counted noun is itself: '12 deaths', 'no injuries', 'without casualties'."""
    span = noun.doc[noun.left_edge.i : noun.i + 1]
    group = group_of_span(span, noun, reader.words, reader.numbers)
    if group.counted:
        return group
    if noun.lemma_ not in ("arrest", "detention") and is_none(noun):
        return Group(_NOBODY, None, span.start_char, span.end_char, noun)
    return None


def _of_casualties(noun: Token, reader: Reader) -> Iterator[Find]:
    """'no casualties' is nobody killed and nobody hurt; '12 casualties' does not say which, and is left."""
    own = _own_group(noun, reader)
    if own is not None and own.number == _NOBODY and not _is_of_reports(noun):
        yield Find(HarmKind.INJURED, noun, (own,), general=True)


def _is_of_reports(noun: Token) -> bool:
    """'no reports of casualties', 'no word on injuries': nothing is said of the toll."""
    return noun.head.dep_ == "prep" and noun.head.head.lemma_ in _REPORTS


# ---------------------------------------------------------------- nouns that need their verb
def _of_wound(noun: Token, reader: Reader) -> Iterator[Find]:
    """'suffered gunshot wounds', 'a man with a gunshot wound'; 'died of his wounds' is no wounding."""
    words = reader.words
    verb = _governor(noun)
    if verb is None or verb.lemma_ in words.sets["gone"] or is_none(noun):
        return
    if noun.dep_ == "dobj" and verb.lemma_ in words.sets["suffering"]:
        heads = of_verb(verb, "subject")
    elif noun.head.dep_ == "prep" and noun.head.lower_ in ("with", "from", "for", "of"):
        heads = bearer(noun)
        if heads and heads[0].pos_ == "NOUN" and not fits(heads[0], "person", words):
            heads = undergoer(verb) if verb.lemma_ in words.sets["treating"] else []
    else:
        heads = [c for c in noun.children if c.dep_ == "poss"] if noun.dep_ in ("nsubj", "nsubjpass") else []
    groups = groups_of(heads, "person", words, reader.numbers)
    if groups:
        yield Find(HarmKind.INJURED, noun, tuple(groups), implied=True)


def _of_condition(noun: Token, reader: Reader) -> Iterator[Find]:
    """'was in critical condition', 'is listed in a stable condition'"""
    words = reader.words
    if not any(c.lower_ in words.sets["conditions"] for c in noun.children) or noun.head.dep_ != "prep":
        return
    groups = groups_of(bearer(noun), "person", words, reader.numbers)
    if groups:
        yield Find(HarmKind.INJURED, noun, tuple(groups), implied=True)


def _of_life(noun: Token, reader: Reader) -> Iterator[Find]:
    """'claimed 12 lives', 'took the lives of two nuns', 'nine men lost their lives', 'no lives were lost'"""
    words = reader.words
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return
    verb = noun.head
    losing, taking = verb.lemma_ in words.sets["life_losing"], verb.lemma_ in words.sets["life_taking"]
    if losing and noun.dep_ == "dobj":
        groups = groups_of(of_verb(verb, "subject"), "", words, reader.numbers)
    elif losing or taking:
        own = _own_group(noun, reader)
        people = groups_of(of_noun(noun), "person", words, reader.numbers)
        groups = people or ([own] if own is not None else [])
    else:
        return
    if groups:
        yield Find(HarmKind.KILLED, noun, tuple(groups))


def _of_toll(noun: Token, reader: Reader) -> Iterator[Find]:
    """'the death toll rose from three to five', 'a toll of nine', 'put the toll at 12'"""
    yield from _stated_toll(noun, noun.i, HarmKind.KILLED, reader)


def _of_number(noun: Token, reader: Reader) -> Iterator[Find]:
    """'the number of dead rose to 31', 'the number of people killed in the blast stood at 60'"""
    if any(c.lower_ == "a" for c in noun.children):
        return
    for token in noun.doc[noun.i + 1 : min(noun.i + 7, noun.sent.end)]:
        kind = _kind_of_word(token, reader.words)
        if kind is not None:
            yield from _stated_toll(noun, _before_verb(noun, token.i), kind, reader)
            return
        if token.lower_ not in _OF_WHOM and token.tag_ not in ("NNS", "JJ"):
            return


def _before_verb(noun: Token, last: int) -> int:
    """The token before the verb whose subject `noun` is: 'the number of men killed at two mills [rose] to nine'."""
    verb = noun.head
    return verb.i - 1 if noun.dep_ in ("nsubj", "nsubjpass") and verb.i > last and verb.pos_ != "NOUN" else last


def _kind_of_word(token: Token, words: HarmWords) -> HarmKind | None:
    if token.lower_ in words.states:
        return words.states[token.lower_]
    rule = words.nouns.get(token.lemma_.lower())
    return rule.kind if rule is not None and rule.counted else None


def _stated_toll(noun: Token, last: int, kind: HarmKind, reader: Reader) -> Iterator[Find]:
    """The number after 'to', 'at', 'of', 'reached'... within reach of token `last`."""
    words, doc, sentence_end = reader.words, noun.doc, noun.sent.end
    for i in range(last + 1, min(sentence_end, last + 1 + _TOLL_REACH)):
        if doc[i].lower_ not in words.sets["toll_verbs"] and doc[i].lemma_ not in words.sets["toll_verbs"]:
            continue
        end = next((j for j in range(i + 1, sentence_end) if doc[j].is_punct and doc[j].lower_ != "-"), sentence_end)
        rest = doc[i + 1 : min(end, i + 1 + _NUMBER_REACH)]
        count = reader.numbers.find(rest.text) if len(rest) else None
        if count is None or count.article or count.start > _LEAD:
            continue
        at = (rest.start_char + count.start, rest.start_char + count.end)
        if not _another_state(doc, at[1], words):
            yield Find(kind, noun, (Group(count.number, at, at[0], at[1], noun),), total=True)
        return


def _another_state(doc: Doc, end: int, words: HarmWords) -> bool:
    """'a toll of nine dead, twelve wounded': the states after the numbers say it themselves."""
    following = next((t for t in doc if t.idx >= end and not t.is_space), None)
    return following is not None and following.lower_ in words.states


def _of_body(noun: Token, reader: Reader) -> Iterator[Find]:
    """'found the bodies of two men', 'pulled nine bodies from the rubble'"""
    verb = _governor(noun)
    if verb is None or verb.lemma_ not in reader.words.sets["finding"] or noun.dep_ not in ("dobj", "nsubjpass"):
        return
    own = _own_group(noun, reader)
    groups = groups_of(of_noun(noun), "person", reader.words, reader.numbers) or ([own] if own is not None else [])
    groups = [g for g in groups if g.number != _NOBODY]
    if groups:
        yield Find(HarmKind.KILLED, noun, tuple(groups))


def _of_throat(noun: Token, reader: Reader) -> Iterator[Find]:
    """'cut the throats of three guards', 'a herder's throat was slit'"""
    verb = _governor(noun)
    if (
        verb is None
        or verb.lemma_ not in reader.words.sets["cutting"]
        or noun.dep_ not in ("dobj", "nsubj", "nsubjpass")
    ):
        return
    groups = groups_of((t for t in of_noun(noun) if t.tag_ != "PRP$"), "person", reader.words, reader.numbers)
    if groups:
        yield Find(HarmKind.KILLED, noun, tuple(groups))


def _of_custody(noun: Token, reader: Reader) -> Iterator[Find]:
    """'took two men into custody'"""
    verb = _governor(noun)
    if verb is not None and verb.lemma_ == "take" and noun.head.lower_ == "into":
        groups = groups_of(undergoer(verb), "person", reader.words, reader.numbers)
        if groups:
            yield Find(HarmKind.CAPTURED, noun, tuple(groups))


_LISTED: tuple[tuple[str, Callable[[Token, Reader], Iterator[Find]]], ...] = (
    ("wounds", _of_wound),
    ("casualties", _of_casualties),
    ("life", _of_life),
    ("tolls", _of_toll),
    ("numbers", _of_number),
    ("bodies", _of_body),
    ("custody", _of_custody),
    ("throats", _of_throat),
    ("condition", _of_condition),
)


def _governor(noun: Token) -> Token | None:
    """The verb that `noun` depends on, through prepositions, nouns and conjuncts."""
    above = noun.head
    for _ in range(6):
        if above.pos_ in ("VERB", "AUX"):
            return above
        if above.head.i == above.i:
            return None
        above = above.head
    return None

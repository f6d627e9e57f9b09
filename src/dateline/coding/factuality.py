"""Whether a word of harm is said to have come true: denied, or only feared, planned, tried or supposed.

'did not kill' is denied; 'threatened to kill', 'could kill', 'feared dead' and 'if two men die' are hypothetical; 'is
believed to have killed' and 'managed to kill' are neither.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coding.harm_words import HarmWords

_CHAIN = frozenset({"xcomp", "ccomp", "pcomp", "prep", "acl", "oprd", "acomp", "dobj", "pobj", "conj", "advcl"})
_REACH = 4
"""Words climbed at most: a denial further up is of something else."""


def is_none(noun: Token) -> bool:
    """'no injuries', 'without casualties', 'caused no deaths', 'did not cause any injuries', 'nobody', 'none'"""
    if any(c.lower_ in ("no", "zero", "neither") for c in noun.children) or noun.lower_ in ("nobody", "none", "no-one"):
        return True
    if noun.head.lower_ == "without" or (noun.dep_ == "conj" and is_none(noun.head)):
        return True
    verb = noun.head
    if noun.dep_ == "dobj" and verb.head.lower_ == "without":
        return True
    return noun.dep_ in ("dobj", "attr") and any(c.dep_ == "neg" for c in verb.children)


def is_denied(trigger: Token, words: HarmWords) -> bool:
    """Whether the deed is said not to have been done: 'did not kill', 'denied having killed'."""
    if is_negated(trigger) or (trigger.head.lower_ == "without" and trigger.dep_ == "pcomp"):
        return True
    for above in _above(trigger):
        if above.lemma_ in words.sets["denying"]:
            return True
        if above.lemma_ in ("fail", "refuse", "avoid") or (above.dep_ in ("oprd", "xcomp") and is_negated(above)):
            return True
    carrier = trigger.head
    return trigger.dep_ in ("acomp", "oprd", "dobj", "attr") and is_negated(carrier)


def is_hypothetical(trigger: Token, words: HarmWords) -> bool:
    """Whether the deed is only possible: feared, planned, tried, threatened, or under a condition."""
    verb = _verb_of(trigger)
    if _under_modal(verb, words) or _under_condition(verb, words):
        return True
    if verb.i != trigger.i and verb.lemma_ in words.sets["doubting"]:
        return True
    return _is_aim(verb, words)


def _verb_of(trigger: Token) -> Token:
    """The verb that carries a state or noun of harm: 'were feared dead', 'could cause deaths'."""
    above = trigger
    for _ in range(_REACH):
        if above.pos_ in ("VERB", "AUX") or above.head.i == above.i:
            return above
        above = above.head
    return above


def _under_modal(verb: Token, words: HarmWords) -> bool:
    if any(c.dep_ == "aux" and c.lower_ in words.sets["modals"] for c in verb.children):
        return True
    joined = verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN") and verb.head.pos_ == "VERB" and not _own_subject(verb)
    return joined and _under_modal(verb.head, words)


def _own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _under_condition(verb: Token, words: HarmWords) -> bool:
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in words.sets["conditional"] for c in verb.children)


def _is_aim(verb: Token, words: HarmWords) -> bool:
    """'threatened to kill', 'a plot to kill', 'tried killing'; not 'is said to have killed' or 'managed to kill'."""
    infinitive = any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
    above = verb.head
    if above.i == verb.i:
        return False
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if infinitive and not perfect:
        return above.lemma_ not in words.sets["asserting"]
    if verb.dep_ in ("xcomp", "pcomp", "ccomp", "acl", "conj"):
        governor = above.head if above.dep_ == "prep" or above.pos_ == "ADP" else above
        return governor.lemma_ in words.sets["failing" if governor.pos_ == "VERB" else "trying"] and verb.tag_ == "VBG"
    return False


def is_negated(token: Token) -> bool:
    """Whether 'not' or 'never' stands with the word itself."""
    return any(c.dep_ == "neg" or c.lower_ in ("not", "n't", "never", "nor") for c in token.children if c.i < token.i)


def _above(token: Token) -> list[Token]:
    found: list[Token] = []
    while token.dep_ in _CHAIN and token.head.i != token.i and len(found) < _REACH:
        token = token.head
        found.append(token)
    return found

"""On which side of the report a clause lies: its tense, read off the parse.

'They met on Friday' looks back, 'they will meet on Friday' and 'the vote is due on Friday' look ahead; where the tense
leaves it open ('talks begin Monday') the caller takes the nearest day.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.language.times.grammar import TenseWords

_MODALS_AHEAD = frozenset({"will", "shall", "'ll", "wo", "would", "should", "must", "may", "might"})
_PRESENT = frozenset({"is", "are", "'s", "'re", "being", "be"})
_CLIMB = 10


def tense_of(token: Token, words: TenseWords) -> str | None:
    """'past', 'future' or None for the clause that `token` belongs to."""
    if _follows_past_verb(token, words):
        return "past"
    limited, noun, said = False, False, token
    for step in range(_CLIMB):
        if token.lower_ in words.limits and token.dep_ in ("prep", "acl", "advcl", "mark", "advmod"):
            limited = limited or _limits(token, said, words)
        elif token.lower_ in words.bygone and token.dep_ in ("prep", "mark"):
            return "past"
        elif token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            side = _side(token, words, limited=limited, noun=noun, behind=said.i > token.i)
            if side != "climb":
                return side
        elif token.pos_ in ("NOUN", "ADJ", "PROPN"):
            if token.lower_ == "due" or (token.pos_ == "ADJ" and token.lemma_ in words.ahead):
                return "past" if _was_to_be(token) else "future"
            if token.lower_ in words.coming and token.dep_ != "acomp":  # but 'became effective on Monday'
                return "future"
            noun = bool(step) and token.dep_ in ("dobj", "pobj", "nsubjpass")
        if token.head is token or token.head.i == token.i:
            break
        token = token.head
    return "future" if limited else "past"


def _limits(preposition: Token, said: Token, words: TenseWords) -> bool:
    """'until the vote on Monday' limits Monday; 'from $29 in March' does not limit March."""
    return preposition.lower_ not in words.own_limits or said.head.i == preposition.i


def _side(verb: Token, words: TenseWords, *, limited: bool, noun: bool, behind: bool) -> str | None:
    """'past', 'future', None (open) or 'climb' where the verb has no tense of its own."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    names = {h.lower_ for h in helpers}
    perfect = any(h.lemma_ == "have" for h in helpers)
    if names & _MODALS_AHEAD:
        return "past" if perfect else "future"
    if "could" in names or "can" in names:
        return "past" if perfect else None
    if "had" in names:
        return "past"
    looks_ahead = verb.lemma_ in words.ahead
    if verb.tag_ == "VBN" and not perfect and looks_ahead:
        return None if verb.dep_ == "acl" and _is_over(verb.head) else "future"
    if verb.tag_ == "VBN" and any(h.lower_ in _PRESENT for h in helpers) and not perfect:
        return "future" if limited else None
    if verb.tag_ in ("VBD", "VBN") or perfect or any(h.tag_ == "VBD" for h in helpers):
        return (
            "future"
            if _reaches_ahead(verb, words, limited=limited, noun=noun, perfect=perfect, behind=behind)
            else "past"
        )
    if verb.tag_ == "VB":
        return _infinitive(verb, words, to="to" in names)
    if verb.tag_ == "VBG" and not helpers:
        return "climb" if verb.head.i != verb.i else ("future" if limited else "past")
    return "future" if limited or looks_ahead else None


def _follows_past_verb(token: Token, words: TenseWords) -> bool:
    """'said on Monday it will march': the day stands right behind the verb it belongs to, whatever the parse says."""
    left = token.i - 1
    if left >= 0 and token.doc[left].pos_ == "ADP" and token.doc[left].lower_ not in words.limits:
        left -= 1
    verb = token.doc[left] if left >= 0 else token
    return verb.tag_ == "VBD" and verb.lemma_ not in words.ahead and verb.lemma_ not in words.scheduling


def _was_to_be(word: Token) -> bool:
    """'had been due to expire on Friday': it lies before what is told."""
    verb = word if word.pos_ in ("VERB", "AUX") else word.head
    return any(c.lower_ == "had" for c in verb.children if c.dep_ in ("aux", "auxpass"))


def _is_over(noun: Token) -> bool:
    """'the rally planned for Saturday was called off': Saturday may be over."""
    return (noun.dep_ in ("nsubj", "nsubjpass") and noun.head.tag_ == "VBD") or any(
        c.tag_ == "VBD" and c.dep_ in ("aux", "auxpass") for c in noun.head.children
    )


def _reaches_ahead(verb: Token, words: TenseWords, *, limited: bool, noun: bool, perfect: bool, behind: bool) -> bool:
    """'has given them until Monday', 'planned a rally on Saturday': what was done is past, the day named is not."""
    if limited and (perfect or verb.lemma_ in words.ahead or verb.lemma_ in words.granting):
        return True
    if verb.lemma_ in words.scheduling and any(c.dep_ == "dobj" and c.ent_type_ != "PERSON" for c in verb.children):
        return behind  # 'on Saturday the union called a strike'
    return noun and verb.lemma_ in words.ahead


def _infinitive(verb: Token, words: TenseWords, *, to: bool) -> str | None:
    """'agreed to meet on Monday' is ahead; 'managed to escape on Monday' is as past as its verb."""
    governor = verb.head
    if governor.i == verb.i:
        return "future"
    if governor.pos_ not in ("VERB", "AUX", "ADJ"):
        return None  # 'the third country to join on Friday'
    if _was_to_be(governor):
        return "past"
    if governor.lemma_ in words.done or not to:
        return "climb"
    if governor.tag_ == "VBD" and governor.lemma_ not in words.ahead and verb.dep_ != "xcomp":
        return None  # 'held a rally to mark the pact signed on Friday'
    return "future"

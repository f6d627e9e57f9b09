"""Harm: who was killed, hurt, taken, driven out or spared, how many, and in which words the report says so.

One mention is one toll of one group of people (or things). Whether it is denied, only possible, or history is
flagged here; to which event it belongs, and on whose word, is for the coder to say. `tolls.total_of` adds mentions up.

>>> from dateline.knowledge.packs import Packs
>>> from dateline.language.parse import parse
>>> packs = Packs()
>>> found = find_harm(parse("A mine killed two herders.", packs=packs), HarmWords.load(packs), Numbers.load(packs))
>>> [(m.kind.value, m.number.low, m.number.high) for m in found]
[('killed', 2, 2)]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.coding.factuality import is_denied, is_hypothetical, is_negated
from dateline.coding.harm_nouns import of_harm_noun
from dateline.coding.harm_words import HarmWords, VerbRule
from dateline.coding.roles import is_passive, slot
from dateline.coding.tolls import HarmMention
from dateline.coding.victims import (
    Find,
    Reader,
    attributive,
    before,
    fits,
    group_of_span,
    groups_of,
    head_of,
    is_of_number,
    of_verb,
    undergoer,
)
from dateline.language.numbers import Numbers
from dateline.language.parse import Parse
from dateline.types import HarmKind, Number, Span

__all__ = ["HarmMention", "HarmWords", "find_harm"]


def find_harm(parse: Parse, words: HarmWords, numbers: Numbers) -> tuple[HarmMention, ...]:
    """The tolls that a text states, in the order of the words that state them."""
    reader = Reader(words, numbers)
    made: list[HarmMention] = []
    for index, sentence in enumerate(parse.doc.sents):
        finds = [f for token in sentence for f in _finds(token, reader)]
        if finds:
            history = words.is_history(sentence.text)
            mentions = [m for f in _distinct(finds) for m in _mentions(f, index, history, words)]
            made += _as_either(_distinct_mentions(mentions), parse.doc)
    return tuple(sorted(made, key=lambda m: (m.i, m.who.start if m.who else 0)))


# ---------------------------------------------------------------- one word
def _finds(token: Token, reader: Reader) -> Iterator[Find]:
    """What `token` says of harm, by the first rule that its word has."""
    words, tag = reader.words, token.tag_
    lemma, low = token.lemma_.lower(), token.lower_
    if tag[:1] == "V":
        rule = words.verbs.get(lemma)
        found = list(_of_verb(token, rule, reader)) if rule is not None else []
        if lemma in ("let", "set"):
            yield from _of_letting_go(token, reader)
        stated = low in words.states and tag != "VBD" and not any(c.dep_ == "dobj" for c in token.children)
        yield from found or (_of_state(token, words.states[low], reader) if stated else ())
    elif low in words.states and tag[:1] in ("J", "N", "I", "R", "W"):
        yield from _of_state(token, words.states[low], reader)
    if tag[:1] == "N":
        yield from of_harm_noun(token, reader)
    elif low in ("fatally", "mortally"):
        yield from _of_fatally(token, reader)
    elif low in words.sets["parting"]:
        yield from _of_part(token, reader)


def _of_verb(verb: Token, rule: VerbRule, reader: Reader) -> Iterator[Find]:
    """'killed two men', 'two men were killed', 'two men died', 'shot dead', 'fatally wounded'"""
    words = reader.words
    if _is_longing(verb) or (rule.negated and not is_negated(verb)) or not _is_meant(verb, rule, words):
        return
    if rule.instead is not None:
        kind, needs = rule.instead
        if others := groups_of(of_verb(verb, rule.victim), needs, words, reader.numbers):
            yield Find(kind, verb, tuple(others))
    bare = verb.tag_ == "VBN" and not _has_auxiliary(verb) and not any(attributive(verb))
    near = before(verb, reader.numbers) if bare else None
    if near is not None and fits(head_of(near), rule.needs, words):
        groups = [group_of_span(near, head_of(near), words, reader.numbers)]
    else:
        groups = groups_of(of_verb(verb, rule.victim), rule.needs, words, reader.numbers)
    if rule.needs == "civilian":
        groups = [g for g in groups if g.counted or _below(verb, words.sets["homes"])]
    if rule.counted and not is_passive(verb):
        groups = [g for g in groups if g.counted]
    if rule.goal or rule.by:  # 'the dead were taken to hospital' hurts nobody
        groups = [g for g in groups if g.counted or g.head.lower_ not in words.states]
        groups = [g for g in groups if words.states.get(g.head.lower_) is not HarmKind.KILLED]
    groups = [g for g in groups if g.counted or not is_of_number(g.head, words)]
    if groups:
        fatal = rule.kind is HarmKind.INJURED and _is_fatal(verb, words)
        kind = HarmKind.KILLED if fatal else rule.kind
        implied = rule.implied and not fatal
        yield Find(
            kind, verb, tuple(groups), implied=implied, general=rule.general, negated=rule.negated, part=rule.part
        )


def _is_fatal(verb: Token, words: HarmWords) -> bool:
    """'fatally wounded', 'shot dead', 'burnt alive'"""
    if verb.lemma_ in words.sets["burning"] and any(c.lower_ == "alive" for c in verb.children):
        return True
    return any(c.lower_ in words.sets["fatal"] for c in verb.children)


def _is_meant(verb: Token, rule: VerbRule, words: HarmWords) -> bool:
    """Whether what a verb of many meanings needs stands with it: 'hit in the leg', 'taken to hospital'."""
    if rule.past and (verb.tag_ == "VBZ" or (verb.tag_ == "VBP" and not _has_auxiliary(verb))):
        return False
    if rule.goal and not any(_goes_to(c, rule.goal) for c in verb.children):
        return False
    if rule.unless and _below(verb, rule.unless):
        return False
    if (rule.origin and not _below(verb, rule.origin)) or (rule.past and _is_for_else(verb, words)):
        return False
    if rule.by and any(t.lemma_.lower() in rule.by for t in slot(verb, "subject")):
        return True
    if rule.beside:
        return _below(verb, rule.beside)
    return not rule.by or (is_passive(verb) and not any(c.dep_ == "agent" for c in verb.children))


def _goes_to(preposition: Token, goals: frozenset[str]) -> bool:
    return preposition.lower_ in ("to", "into") and any(c.lemma_.lower() in goals for c in preposition.children)


def _is_for_else(verb: Token, words: HarmWords) -> bool:
    """'treated for cholera', 'lost two men to desertion': no wounds, no fallen."""
    for preposition in verb.children:
        if preposition.lower_ in ("for", "to") and preposition.dep_ in ("prep", "dative"):
            objects = {c.lemma_.lower() for c in preposition.children if c.dep_ == "pobj"}
            if objects and not objects & words.sets["hurts"]:
                return True
    return False


def _of_letting_go(verb: Token, reader: Reader) -> Iterator[Find]:
    """'let three of the nurses go', 'let go most of the men', 'set the captives free'; not 'let them go to school'"""
    words = reader.words
    wanted = "go" if verb.lemma_ == "let" else "free"
    end = next((c for c in verb.children if c.lower_ == wanted), None)
    if end is None or any(c.dep_ == "prep" and c.lower_ in words.sets["onward"] for c in end.children):
        return
    if any(t.lemma_.lower() in words.sets["employers"] for t in slot(verb, "subject")):
        return
    own = [c for c in end.children if c.dep_ in ("nsubj", "dobj")]
    heads = [t for c in own for t in (c, *c.conjuncts)] or of_verb(verb, "object")
    groups = groups_of(heads, "person", words, reader.numbers)
    groups = [g for g in groups if g.head.lemma_.lower() not in words.sets["hired"]]
    if groups:
        yield Find(HarmKind.FREED, verb, tuple(groups))


def _of_state(state: Token, kind: HarmKind, reader: Reader) -> Iterator[Find]:
    """'left three dead', 'twelve wounded', 'was found dead', 'two injured guards', 'escaped unhurt'"""
    words, numbers = reader.words, reader.numbers
    if kind is HarmKind.CAPTURED and state.lower_ not in ("detained", "arrested") and not _is_taking(state, words):
        return
    heads = [h for h in attributive(state) if fits(h, "person", words)]
    near = before(state, numbers) if not heads and not _has_auxiliary(state) else None
    if near is not None and fits(head_of(near), "person", words):
        yield Find(kind, state, (group_of_span(near, head_of(near), words, numbers),))
        return
    groups = [g for g in groups_of(heads, "person", words, numbers) if g.counted or g.single or g.none]
    if not heads:
        groups = groups_of(_carried(state, words), "person", words, numbers)
    groups = [g for g in groups if g.counted or not is_of_number(g.head, words)]
    if groups:
        yield Find(kind, state, tuple(groups))


def _is_taking(state: Token, words: HarmWords) -> bool:
    return state.head.lemma_ in words.sets["taking"] or state.head.head.lemma_ in words.sets["taking"]


def _carried(state: Token, words: HarmWords) -> list[Token]:
    """Of whom a verb says the state: 'was pronounced dead', 'left him dead', 'is dead', 'took the clerks hostage'."""
    own = [c for c in state.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < state.i]
    if own:
        return [t for c in own for t in (c, *c.conjuncts)]
    verb = state.head
    if state.dep_ == "prep" or verb.lemma_ not in words.sets["carriers"] or verb.i > state.i:
        return []
    if state.dep_ in ("acomp", "oprd", "advmod", "ccomp", "xcomp", "advcl", "attr", "amod", "acl", "prt"):
        return undergoer(verb)
    if state.dep_ == "dobj" and state.lower_ not in ("dead",):
        inside = [c for c in state.children if c.dep_ in ("compound", "nmod") and c.i < state.i]
        own = [state] if state.tag_ == "NNS" or any(c.dep_ in ("det", "nummod") for c in state.children) else []
        return inside or own or undergoer_of_passive(verb)
    return []


def undergoer_of_passive(verb: Token) -> list[Token]:
    """'were taken hostage', the state parsed as an object."""
    return [c for c in verb.children if c.dep_ == "nsubjpass"]


# ---------------------------------------------------------------- parts
def _of_fatally(adverb: Token, reader: Reader) -> Iterator[Find]:
    """'two officers were shot, one of them fatally'"""
    if adverb.head.lemma_ in reader.words.verbs and adverb.dep_ == "advmod":
        return
    doc = adverb.doc
    for start in range(adverb.i - 1, max(adverb.sent.start, adverb.i - 6) - 1, -1):
        if doc[start].tag_ == "CD" or doc[start].lower_ in ("both", "several"):
            group = group_of_span(doc[start : adverb.i], doc[start], reader.words, reader.numbers)
            if group.counted:
                yield Find(HarmKind.KILLED, adverb, (group,))
            return


def _of_part(word: Token, reader: Reader) -> Iterator[Find]:
    """'14 people died, including two children', 'among them 11 novices': a part of the toll said before."""
    words = reader.words
    kind = _kind_in_force(word, reader)
    start = word.i + 1
    if start < word.sent.end and word.doc[start].lower_ in ("them", "whom"):
        start += 1
    elif word.lower_ in ("among", "amongst"):
        return
    heads = [t for t in word.doc[start : word.sent.end] if t.head.i < start and t.pos_ in ("NOUN", "PROPN", "NUM")][:1]
    if kind is None or not heads:
        return
    heads += [t for t in heads[0].conjuncts if t.i > heads[0].i]
    groups = [g for g in groups_of(heads, "person", words, reader.numbers) if g.counted or g.single]
    if groups:
        yield Find(kind, word, tuple(groups), part=True)


def _kind_in_force(word: Token, reader: Reader) -> HarmKind | None:
    """The harm that the words before (or the verb above) `word` speak of."""
    doc, words = word.doc, reader.words
    near = [doc[i] for i in range(word.i - 1, word.sent.start - 1, -1)]
    ahead = [doc[i] for i in range(word.i + 1, min(word.sent.end, word.i + 15))]
    for token in [*near, *ahead]:
        rule = words.verbs.get(token.lemma_.lower()) if token.tag_[:1] == "V" else None
        if rule is not None and (not rule.beside and not rule.origin):
            return rule.kind
        if token.lower_ in words.states:
            return words.states[token.lower_]
    return None


# ---------------------------------------------------------------- small questions
def _is_longing(verb: Token) -> bool:
    """'dying to see the sea', 'dying for a coffee'"""
    wish = any(c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in verb.children)
    return verb.lemma_ == "die" and (wish or (verb.tag_ == "VBG" and any(c.lower_ == "for" for c in verb.children)))


def _below(verb: Token, wanted: frozenset[str]) -> bool:
    """Whether one of `wanted` is the object of `verb` or of a preposition below it."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent", "dobj", "advmod", "prt", "npadvmod", "auxpass") and (
            child.lower_ in wanted or any(t.lower_ in wanted or t.lemma_ in wanted for t in child.children)
        ):
            return True
        if child.dep_ in ("prep", "agent") and any(
            g.lower_ in wanted for c in child.children for g in c.children if g.dep_ in ("compound", "prep", "conj")
        ):
            return True
    return False


def _has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)


# ---------------------------------------------------------------- mentions
def _distinct(finds: list[Find]) -> list[Find]:
    """Without what another word says as well: 'shot and killed', 'shot dead', 'wounded men were shot'."""
    firm = {(f.kind, g.head.i) for f in finds if not f.implied for g in f.groups}
    gone = {g.head.i for f in finds if f.kind is HarmKind.KILLED and not f.implied for g in f.groups}
    hurt = {head for kind, head in firm if kind is HarmKind.INJURED}
    late = max((f.trigger.i for f in finds for g in f.groups if f.kind is HarmKind.KILLED and g.is_pronoun), default=-1)
    made = []
    for find in finds:
        if find.implied and find.part and find.trigger.i < late:  # 'was taken to hospital, where he died'
            continue
        if find.implied:
            left = tuple(g for g in find.groups if g.head.i not in gone and g.head.i not in hurt)
            find = replace(find, groups=left)
        if find.groups:
            made.append(find)
    return made


def _mentions(find: Find, sentence: int, history: bool, words: HarmWords) -> Iterator[HarmMention]:
    denied = not find.negated and is_denied(find.trigger, words)
    hypothetical = is_hypothetical(find.trigger, words)
    for group in find.groups:
        number = group.number
        if number == Number(0, 0) and denied and not group.counted:
            denied = False
        first = HarmMention(
            kind=find.kind,
            number=number,
            who=Span(group.start, group.end),
            number_span=Span(*group.number_at) if group.number_at else None,
            i=find.trigger.i,
            span=Span(find.trigger.idx, find.trigger.idx + len(find.trigger)),
            victim=group.head.i,
            sentence=sentence,
            total=find.total or group.total,
            part=find.part,
            among=_is_among(group.head, words),
            denied=denied,
            hypothetical=hypothetical,
            background=history,
            implied=find.implied,
        )
        if find.general and number == Number(0, 0):
            yield replace(first, kind=HarmKind.KILLED)
        yield first


def _is_among(head: Token, words: HarmWords) -> bool:
    """'three of the wounded', 'one of the drivers hurt on Friday': some of those who were counted before."""
    of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    whole = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if whole is None or not any(c.lower_ in ("the", "those") for c in whole.children):
        return False
    return any(t.lower_ in words.states for t in (whole, *(c for c in whole.children if c.dep_ in ("acl", "amod"))))


def _distinct_mentions(mentions: list[HarmMention]) -> list[HarmMention]:
    """One mention of one kind for one phrase of victims; the first word that says so is kept."""
    seen: set[tuple[HarmKind, int | None]] = set()
    made = []
    for mention in sorted(mentions, key=lambda m: m.part):
        key = (mention.kind, mention.victim)
        if key not in seen:
            seen.add(key)
            made.append(mention)
    return made


def _as_either(mentions: list[HarmMention], doc: Doc) -> list[HarmMention]:
    """'1,200 were killed or wounded': up to 1,200 of each, how many of which is not said."""
    return [
        replace(one, number=Number(0, one.number.high)) if any(_is_or(one, other, doc) for other in mentions) else one
        for one in mentions
    ]


def _is_or(one: HarmMention, other: HarmMention, doc: Doc) -> bool:
    if one.victim != other.victim or one.kind is other.kind:
        return False
    first, second = sorted((one.i, other.i))
    return doc[second].head.i == first and any(c.lower_ == "or" and c.i < second for c in doc[first].children)

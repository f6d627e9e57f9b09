"""Signs: what the scorer sees of a word that may tell an event, and of a word that may be its party.

Signs are short strings ('subject=rebel', 'in>city') that are hashed into numbers. Vectors of words beside them were tried
(the parser's own and those of a sentence encoder) and gave nothing on the part of the corpus that was held back.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from dateline.coding.roles import is_passive, slot, subject
from dateline.coding.scoring.lexicon import Lexicon
from dateline.coding.triggers import Candidate, Surroundings

BUCKETS = 1 << 15
"""Numbers that signs are hashed into."""

_SKIPPED = frozenset({"punct", "cc", "conj", "case", "dep", "preconj", "intj", "meta"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "relcl", "acl"})


def hashed(signs: Sequence[str]) -> list[int]:
    """The numbers of `signs`, each once."""
    return sorted({zlib.crc32(s.encode()) % BUCKETS for s in signs})


def sort_of(token: Token, around: Surroundings) -> str:
    """What sort of thing a word names: a party that bears arms, a country, a place, a person, a weapon..."""
    if token.i in around.time_tokens:
        return "time"
    if token.i in around.armed_tokens:
        return "armed"
    if token.i in around.nation_tokens:
        return "nation"
    if token.i in around.actor_tokens:
        return "actor"
    if token.i in around.place_tokens:
        return "place"
    lemma = token.lemma_.lower()
    for name in ("people", "weapons", "vehicles", "buildings", "deeds", "disaster", "abstract", "business", "sport"):
        if lemma in around.codebook.classes[name]:
            return name
    if token.ent_type_:
        return str(token.ent_type_)
    return str(token.pos_)


# ---------------------------------------------------------------- a word that may tell an event
def trigger_signs(token: Token, around: Surroundings, ruled: Sequence[Candidate], lexicon: Lexicon) -> list[str]:
    """The signs of `token` as an event's word; `ruled` are the rules' candidates on it."""
    lemma = token.lemma_.lower()
    signs = [f"L={lemma}", f"T={token.tag_}", f"D={token.dep_}", f"L={lemma}|{token.tag_}", f"X={lemma[-4:]}"]
    signs += lexicon.signs(token)
    signs += _ruled_signs(lemma, around, ruled)
    signs += _around_signs(token)
    for child in token.children:
        signs += _child_signs(child, lemma, around)
    signs += _party_signs(token, lemma, around)
    signs += _above_signs(token, around)
    signs += _quoting_signs(token)
    return signs


def _ruled_signs(lemma: str, around: Surroundings, ruled: Sequence[Candidate]) -> Iterator[str]:
    for one in ruled:
        kind = one.pattern.type
        yield f"R={kind}"
        yield f"R={kind}|{round(one.pattern.confidence, 1)}"
        yield f"R={kind}|{bool(one.actors)}{bool(one.targets)}"
        yield f"R={kind}|{lemma}"
    if ruled:
        return
    known = around.codebook.types_of(lemma)
    yield "R0" if known else "R-"
    for kind in known:
        yield f"RL={kind}"


def _around_signs(token: Token) -> Iterator[str]:
    doc, at = token.doc, token.i
    for step in (-2, -1, 1, 2):
        if 0 <= at + step < len(doc):
            yield f"W{step}={doc[at + step].lower_}"
    if at + 1 < len(doc):
        yield f"N={token.lemma_.lower()} {doc[at + 1].lower_}"
    if token.is_title and not token.is_sent_start:
        yield "Title"


def _child_signs(child: Token, lemma: str, around: Surroundings) -> Iterator[str]:
    dep = child.dep_
    if dep in _SKIPPED:
        return
    if dep in ("prep", "agent", "dative") and child.pos_ == "ADP":
        word = child.lower_
        yield f"p={word}"
        yield f"L={lemma}|{word}"
        for inner in child.children:
            if inner.dep_ in ("pobj", "pcomp"):
                yield f"{word}>{inner.lemma_.lower()}"
                yield f"{word}~{sort_of(inner, around)}"
        return
    own = child.lemma_.lower()
    yield f"{dep}"
    if dep in ("aux", "neg", "mark", "prt", "advmod", "det", "auxpass"):
        yield f"{dep}={child.lower_}"
        yield f"L={lemma}|{child.lower_}"
        return
    yield f"{dep}={own}"
    yield f"{dep}~{sort_of(child, around)}"
    if dep in ("dobj", "nsubjpass", "attr", "compound", "amod"):
        yield f"L={lemma}|{dep}={own}"


def _party_signs(token: Token, lemma: str, around: Surroundings) -> Iterator[str]:
    if token.pos_ != "VERB":
        return
    passive = is_passive(token)
    yield f"V={passive}"
    for name in ("subject", "object"):
        heads = slot(token, name)
        if not heads:
            yield f"{name}-none"
        for head in heads[:2]:
            kind = sort_of(head, around)
            yield f"{name}={head.lemma_.lower()}"
            yield f"{name}~{kind}"
            yield f"L={lemma}|{name}~{kind}"


def _above_signs(token: Token, around: Surroundings) -> Iterator[str]:
    above, label = token.head, token.dep_
    for step in range(3):
        if above.i == token.i or (step and above.head.i == above.i and label == "ROOT"):
            break
        yield f"U{step}={above.lemma_.lower()}"
        yield f"U{step}={label}|{above.lemma_.lower()}"
        if above.pos_ in ("VERB", "AUX"):
            for child in above.children:
                if child.dep_ in ("aux", "neg", "mark"):
                    yield f"Ua{step}={child.lower_}"
            if step == 0:
                found = subject(above)
                if found is not None:
                    yield f"US~{sort_of(found, around)}"
        if above.head.i == above.i:
            break
        above, label = above.head, above.dep_


def _quoting_signs(token: Token) -> Iterator[str]:
    sentence = token.sent
    if sentence[-1].text == "?":
        yield "?"
    quotes = sum(t.text in _QUOTES for t in token.doc[sentence.start : token.i])
    if quotes % 2:
        yield "quoted"


_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


def event_rows(
    tokens: Sequence[Token], around: Surroundings, ruled: Mapping[int, Sequence[Candidate]], lexicon: Lexicon
) -> list[list[int]]:
    """A row of numbers for each of `tokens`: its own signs, and the words of its sentence; `ruled` by trigger."""
    sentences = {token.sent.start: token.sent for token in tokens}
    words = {start: _sentence_signs(sentence) for start, sentence in sentences.items()}
    return [hashed(trigger_signs(t, around, ruled.get(t.i, ()), lexicon)) + words[t.sent.start] for t in tokens]


def _sentence_signs(sentence: Span) -> list[int]:
    """The numbers of the words of a sentence, one a sign, the same for all of its triggers."""
    return hashed([f"B={t.lemma_.lower()}" for t in sentence if t.pos_ in _TELLING])


# ---------------------------------------------------------------- a word that may be its party
_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_LONGEST_PATH = 6


def possible_parties(token: Token, around: Surroundings) -> list[Token]:
    """The heads of phrases in the sentence that may be a party of the event `token` tells."""
    return [t for t in token.sent if t.i != token.i and _may_be_party(t, token, around)]


def _may_be_party(token: Token, trigger: Token, around: Surroundings) -> bool:
    if token.i in around.time_tokens or token.dep_ in ("expl", "punct"):
        return False
    if token.pos_ in _HEADS and token.dep_ not in ("compound", "nmod", "npadvmod", "nummod"):
        return True
    near = token.dep_ in ("amod", "compound", "nmod") and token.head.i == trigger.i
    return near and (token.i in around.actor_tokens or token.i in around.nation_tokens)


def path_between(trigger: Token, party: Token) -> str:
    """The way from a trigger to a word over the parse: '^relcl' up, 'nsubj' down, prepositions by name."""
    above = {t.i: k for k, t in enumerate([trigger, *trigger.ancestors])}
    down: list[str] = []
    token = party
    while token.i not in above:
        down.append(_label(token))
        if token.head.i == token.i or len(down) > _LONGEST_PATH:
            return "far"
        token = token.head
    up: list[str] = []
    climbing = trigger
    while climbing.i != token.i:
        up.append("^" + _label(climbing))
        climbing = climbing.head
    if len(up) + len(down) > _LONGEST_PATH:
        return "far"
    return "/".join([*up, *reversed(down)])


def _label(token: Token) -> str:
    if token.dep_ in ("prep", "agent", "prt"):
        return f"{token.dep_}:{token.lower_}"
    if token.dep_ in _CLAUSES:
        return f"{token.dep_}:{token.tag_}"
    return str(token.dep_)


def party_rows(
    trigger: Token, around: Surroundings, *, kind: str, actors: Collection[int], targets: Collection[int]
) -> Iterator[tuple[Token, list[int]]]:
    """Each possible party of the event that `trigger` tells, with its row of numbers.

    `actors` and `targets` are the tokens that the rules have in these slots.
    """
    filled = _slots_of(trigger)
    for order, party in enumerate(possible_parties(trigger, around)):
        ruled = (party.i in actors, party.i in targets)
        yield party, hashed(party_signs(trigger, party, around, kind=kind, ruled=ruled, order=order, filled=filled))


SLOTS = ("subject", "object", "by", "with", "of", "possessive")
Slots = Mapping[int, tuple[str, ...]]
"""By token: the slots of a trigger that it fills."""


def _slots_of(trigger: Token) -> Slots:
    """Which words fill which slots of `trigger`."""
    found: dict[int, tuple[str, ...]] = {}
    for name in SLOTS:
        for token in slot(trigger, name):
            found[token.i] = (*found.get(token.i, ()), name)
    return found


def party_signs(
    trigger: Token,
    party: Token,
    around: Surroundings,
    *,
    kind: str,
    ruled: tuple[bool, bool],
    order: int,
    filled: Slots,
) -> list[str]:
    """The signs of `party` as a party of the `kind` of event that `trigger` tells; `ruled`: in the rules' slots."""
    path = path_between(trigger, party)
    sort = sort_of(party, around)
    lemma = trigger.lemma_.lower()
    voice = "passive" if trigger.pos_ == "VERB" and is_passive(trigger) else str(trigger.pos_)
    side = "before" if party.i < trigger.i else "after"
    slots = filled.get(party.i, ())
    signs = [
        f"P={path}",
        f"P={path}|{voice}",
        f"P={path}|{kind}",
        f"P={path}|{kind}|{voice}",
        f"P={path}|{lemma}",
        f"C={sort}",
        f"C={sort}|{kind}",
        f"C={sort}|{path}",
        f"C={sort}|{kind}|{party.dep_}|{side}",
        f"d={party.dep_}|{side}",
        f"d={party.dep_}|{side}|{kind}",
        f"w={party.lemma_.lower()}",
        f"w={party.lemma_.lower()}|{kind}",
        f"R={ruled[0]}{ruled[1]}",
        f"R={ruled[0]}{ruled[1]}|{kind}",
        f"R={ruled[0]}{ruled[1]}|{sort}",
        f"o={min(order, 6)}|{side}",
        f"K={kind}",
    ]
    signs += [f"s={name}" for name in slots] + [f"s={name}|{kind}" for name in slots]
    signs += [f"s={name}|{lemma}" for name in slots] + [f"s={name}|{sort}" for name in slots]
    above = party.head
    if above.dep_ in ("prep", "agent") or above.pos_ == "ADP":
        signs += [f"pp={above.lower_}|{kind}", f"pp={above.lower_}|{lemma}", f"pp={above.lower_}|{sort}"]
    return signs

"""Who stands where in a clause: the words that fill the slots a pattern asks for, found by syntax and not by nearness.

A slot is "subject", "object", "possessive", "modifier" or a preposition. Passives are turned about, relative pronouns
give way to what they stand for, participles and infinitives borrow the subject that controls them, and conjuncts are
all given: in 'rebels who ambushed the convoy and killed its guards', 'rebels' is the subject of both verbs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Token

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_OBJECT_CONTROL = frozenset(
    (
        "ask urge tell order force allow permit call invite press warn advise want expect help let make enable "
        "instruct command compel persuade convince require request encourage beg authorise authorize direct"
    ).split()
)

HARM_VERBS = frozenset("kill wound injure hurt die murder slay slaughter massacre maim damage destroy".split())
"""Verbs that say what a deed did to its victims: beside another trigger they tell of its outcome."""


def slot(trigger: Token, name: str) -> list[Token]:
    """The heads of the phrases that fill slot `name` of `trigger`, conjuncts included, in the order of the text."""
    found = _verb_slot(trigger, name) if trigger.pos_ in ("VERB", "AUX") else _noun_slot(trigger, name)
    return [token for head in found for token in _all_meant(head)]


def levels_below(heads: Iterable[Token], *, depth: int, follows: Callable[[Token], bool]) -> Iterator[list[Token]]:
    """The words that hang on `heads`, level by level, each in the order of the text, without what does not follow."""
    level = list(heads)
    for _ in range(depth):
        level = [c for t in level for c in t.children if follows(c)]
        yield level


def is_passive(verb: Token) -> bool:
    """Whether `verb` is in the passive: 'was killed', 'the men killed by', 'were found and shot'."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod"):
        return True
    if is_reduced(verb):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ == "conj"
        and not any(c.dep_ in ("nsubj", "aux") for c in verb.children)
        and verb.head.tag_ == "VBN"
        and is_passive(verb.head)
    )


_UNDERGONE = (HARM_VERBS - {"die"}) | frozenset("shoot seize abduct kidnap arrest detain capture stab behead".split())


def is_reduced(verb: Token) -> bool:
    """'The priest killed on Monday was buried', where the parser takes 'killed' for what the priest did."""
    if verb.tag_ != "VBD" or verb.lemma_ not in _UNDERGONE:
        return False
    below = {c.dep_ for c in verb.children}
    if not any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children) or below & {"dobj", "ccomp", "cc", "aux"}:
        return False
    if verb.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass"):
        return True
    later = (c for c in verb.children if c.dep_ == "conj" and c.i > verb.i)
    return any(a.dep_ in ("aux", "auxpass") for c in later for a in c.children)


def subject(verb: Token) -> Token | None:
    """The grammatical subject of `verb`, its own or the one that it shares with or borrows from the verb above."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl"):
            return None if child.dep_ in ("csubj", "expl") else child
    return _borrowed_subject(verb)


def clause_verb(token: Token) -> Token:
    """The verb of the clause `token` stands in, or the top of its sentence."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _borrowed_subject(verb: Token) -> Token | None:
    above = told(verb, verb.head)
    if above.i == verb.i:
        return None
    if verb.dep_ == "conj" and above.pos_ in ("VERB", "AUX"):
        return subject(above) if is_passive(verb) == is_passive(above) or verb.tag_ != "VBN" else None
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and above.pos_ in ("VERB", "AUX") and verb.tag_ in ("VB", "VBG", "VBN"):
        if verb.dep_ == "xcomp" and above.lemma_ in _OBJECT_CONTROL:
            controlled = _child(above, "dobj") or _child(above, "dative")
            if controlled is not None:
                return controlled
            return _child(above, "nsubjpass") if is_passive(above) else None
        return _child(above, "nsubjpass") if is_passive(above) else subject(above)
    if verb.dep_ == "relcl" and not is_passive(verb):
        return None if _has_object_gap(verb) else above
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VB"):
        return above
    if verb.dep_ == "pcomp" and above.dep_ == "prep":
        outer = clause_verb(above)
        return subject(outer) if outer.i != verb.i and outer.pos_ in ("VERB", "AUX") else None
    return None


_OUTCOMES = HARM_VERBS | frozenset("leave set send cause hit strike burn trigger spark force".split())
_TELLING = frozenset({"say", "tell", "report", "announce", "add", "state"})


def told(verb: Token, above: Token) -> Token:
    """What a participle after a verb of saying goes on with: 'hit' in 'Rockets hit it, two sources said, wounding one'."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.lemma_ not in _OUTCOMES or above.lemma_ not in _TELLING:
        return above
    if above.dep_ == "parataxis":
        return above.head
    return next((c for c in above.children if c.dep_ == "ccomp" and c.i < above.i), above)


def _has_object_gap(verb: Token) -> bool:
    """'the base (that) rebels attacked' has its own subject and lacks the object; 'that hit it' lacks none."""
    return any(c.dep_ == "nsubj" and c.tag_ not in _RELATIVE for c in verb.children)


def _child(token: Token, *deps: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def _verb_slot(verb: Token, name: str) -> Iterator[Token]:
    if name == "subject":
        yield from _logical_subject(verb)
    elif name == "object":
        yield from _logical_object(verb)
    elif name == "dative":
        for child in verb.children:
            if child.dep_ == "dative":
                yield from (c for c in child.children if c.dep_ == "pobj") if child.pos_ == "ADP" else (child,)
    elif name == "grammatical-subject":
        found = subject(verb)
        if found is not None:
            yield found
    else:
        yield from list(_prepositional(verb, name)) or _beside_object(verb, name)


def _beside_object(verb: Token, name: str) -> Iterator[Token]:
    """'fired missiles at two bases', where the parser hangs the bases on the missiles; 'of' is the object's own."""
    if name != "of":
        yield from (t for c in verb.children if c.dep_ == "dobj" for t in _prepositional(c, name))


def _logical_subject(verb: Token) -> Iterator[Token]:
    if is_passive(verb):
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                yield from (c for c in child.children if c.dep_ == "pobj")
        return
    found = subject(verb)
    if found is not None:
        yield found


def _logical_object(verb: Token) -> Iterator[Token]:
    if is_passive(verb):
        found = _child(verb, "nsubjpass")
        if is_reduced(verb):  # the nearest: a dateline may stand before it
            found = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i][-1]
        if found is None and verb.dep_ in ("acl", "amod"):
            found = verb.head
        if found is None and verb.dep_ == "conj":
            found = _child(verb.head, "nsubjpass")
            if found is None and verb.head.dep_ == "acl":
                found = verb.head.head
        if found is None and verb.dep_ in ("xcomp", "advcl", "relcl"):
            found = _borrowed_subject(verb) if verb.dep_ != "relcl" else verb.head
        if found is not None:
            yield found
        return
    direct = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ not in ("ADP", "PUNCT")]
    if direct:
        yield direct[-1]  # the pieces of a hyphened name may all hang on the verb: 'hit Ain al-Asad'
    elif (indirect := _child(verb, "dative")) is not None and indirect.pos_ != "ADP":
        yield indirect
    elif verb.dep_ == "relcl" and _has_object_gap(verb):
        yield verb.head


def _prepositional(head: Token, name: str) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ in ("prep", "agent", "prt", "advmod", "dative") and child.lower_ == name:
            yield from _objects_of(child)
        elif child.dep_ in ("prep", "agent"):
            yield from (
                o for p in child.children if p.dep_ in ("prep", "conj") and p.lower_ == name for o in _objects_of(p)
            )
        elif child.dep_ in ("prt", "advmod"):  # 'away from the base', 'out of the city'
            yield from (o for p in child.children if p.dep_ == "prep" and p.lower_ == name for o in _objects_of(p))


def _objects_of(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield child
        elif child.dep_ == "prep":
            yield from _objects_of(child)


def _noun_slot(noun: Token, name: str) -> Iterator[Token]:
    if name == "possessive":
        yield from (c for c in noun.children if c.dep_ == "poss")
    elif name == "modifier":
        yield from (c for c in noun.children if c.dep_ in ("compound", "amod", "nmod", "npadvmod") and c.i < noun.i)
    elif name in ("subject", "object"):
        return
    else:
        yield from _prepositional(noun, name)


def _all_meant(head: Token) -> list[Token]:
    if head.tag_ not in _RELATIVE:
        return _with_conjuncts(head)
    meant = _antecedent(head)
    if head.i > 0 and head.nbor(-1).text == ",":  # 'Ruritania and Graustark, which has sworn revenge': the nearest
        return [t for t in (meant, *meant.conjuncts) if t.i < head.i][-1:] or [meant]
    return _with_conjuncts(meant)


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun whose clause it opens."""
    if token.tag_ not in _RELATIVE:
        return token
    verb = token.head
    while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
        if verb.dep_ == "ccomp" and verb.head.lemma_ == "be" and (told := _child(verb.head, "attr")) is not None:
            return told if told.i < token.i else token  # 'it was they who killed him'
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else token


def _with_conjuncts(head: Token) -> list[Token]:
    return [head, *(t for t in head.conjuncts if t.i > head.i and t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"))]

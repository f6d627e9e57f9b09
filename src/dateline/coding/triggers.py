"""Triggers: the words of a text that may say an event, with the words that fill the pattern's slots.

A `Candidate` is not yet a claim: whether it happened, was planned or never was is `modality`'s question, and which
candidates speak of one event is `folding`'s.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dateline.coding.patterns import Codebook, Pattern
from dateline.coding.roles import is_passive, slot, subject
from dateline.language.words import Words
from dateline.types import EventType, PlaceKind, PlaceMention, PlaceUse, Span

ARMED = frozenset({"MIL", "REB", "UAF", "PRM"})
"""PLOVER sectors that bear arms without being police."""

NO_DATELINE = Span(0, 0)
LIGHT_VERBS = "light_verbs"
UNDERGO_VERBS = "undergo_verbs"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger that matched a pattern: token indices of the trigger's words, the actors' and the targets' heads."""

    pattern: Pattern
    head: int
    trigger: tuple[int, ...]
    actors: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the matcher may ask of a text: its words, the word classes, and which tokens name actors and places.

    `places` are those named outside the report's `dateline`, `filed` the one that the dateline names.
    """

    words: Words
    codebook: Codebook
    actor_tokens: frozenset[int]
    armed_tokens: frozenset[int]
    nation_tokens: frozenset[int]
    place_tokens: frozenset[int]
    time_tokens: frozenset[int]
    places: tuple[PlaceMention, ...]
    filed: PlaceMention | None
    dateline: Span = NO_DATELINE

    def names(self, token: Token) -> bool:
        """Whether `token` is of the name of an actor, a country or a place."""
        return token.i in self.actor_tokens or token.i in self.nation_tokens or token.i in self.place_tokens


def surroundings(words: Words, codebook: Codebook, dateline: Span = NO_DATELINE) -> Surroundings:
    """The surroundings of a text, made once for all its triggers; what its dateline names is no event's."""
    words = replace(words, times=tuple(t for t in words.times if not dateline.start <= t.start < dateline.end))
    filed = [p for p in words.places if dateline.start <= p.start < dateline.end]
    doc = words.parse.doc
    index = {token.idx: token.i for token in doc}
    at = sorted(index)
    return Surroundings(
        words=words,
        codebook=codebook,
        actor_tokens=frozenset(_tokens_in(((a.start, a.end) for a in words.actors), at, index)),
        armed_tokens=frozenset(
            _tokens_in(((a.start, a.end) for a in words.actors if a.codes.role in ARMED), at, index)
        ),
        nation_tokens=frozenset(
            _tokens_in(((p.start, p.end) for p in words.places if p.place.kind is PlaceKind.COUNTRY), at, index)
        ),
        place_tokens=frozenset(
            _tokens_in(((p.start, p.end) for p in words.places if p.use is PlaceUse.PLACE), at, index)
        ),
        time_tokens=frozenset(_tokens_in(((t.start, t.end) for t in words.times), at, index)),
        places=tuple(p for p in words.places if p not in filed),
        filed=next((p for p in filed if p.place.kind is not PlaceKind.COUNTRY), None),
        dateline=dateline,
    )


def _tokens_in(spans: Iterator[tuple[int, int]], at: list[int], index: dict[int, int]) -> Iterator[int]:
    for start, end in spans:
        for k in range(bisect_left(at, start), bisect_left(at, end)):
            yield index[at[k]]


def find_candidates(around: Surroundings) -> list[Candidate]:
    """Every candidate of the text, in its order; of the types that a word can say, the surest is taken."""
    book = around.codebook
    found = []
    for token in around.words.parse.doc:
        lemma = token.lemma_.lower()
        if (
            lemma not in book.lemmas or token.dep_ == "amod" or _is_name_word(token)
        ):  # 'two captured soldiers' tells no capture
            continue
        if token.pos_ in ("VERB", "AUX"):
            found += _best(token, book.verbs.get(lemma, ()), around)
        elif token.pos_ in ("NOUN", "PROPN") and not _inside_name(token):
            found += _best(token, book.nouns.get(lemma, ()), around)
    return found


def by_head(candidates: list[Candidate]) -> dict[int, list[Candidate]]:
    """The candidates by the token that heads their trigger."""
    found: dict[int, list[Candidate]] = {}
    for one in candidates:
        found.setdefault(one.head, []).append(one)
    return found


def _is_name_word(token: Token) -> bool:
    """'the Group to Support Islam': a verb with a capital inside a sentence is a word of a name."""
    if not token.is_title or token.is_sent_start or token.pos_ not in ("VERB", "AUX"):
        return False
    before = token.nbor(-1) if token.i else token
    return before.text not in ('"', "'", ":") and not before.is_space


def _inside_name(token: Token) -> bool:
    """'the Strike Bureau', 'Attack of the Clones': a capitalised noun within a capitalised phrase is a name's."""
    if token.is_lower or token.is_sent_start:
        return False
    neighbours = [token.nbor(k) for k in (-1, 1) if 0 <= token.i + k < len(token.doc)]
    return token.pos_ == "PROPN" and any(n.pos_ == "PROPN" and n.is_title for n in neighbours)


def _best(token: Token, patterns: tuple[Pattern, ...], around: Surroundings) -> list[Candidate]:
    """The candidate of the surest pattern that matches, the one that asks for more before the one that asks for less."""
    if not patterns:
        return []
    below = {w for c in token.children for w in (c.lemma_.lower(), c.lower_)}
    likely = (p for p in patterns if p.noun or len(p.phrase) == 1 or p.phrase[1] in below)
    found = [c for c in (_match(token, p, around) for p in likely) if c is not None]
    if not found:
        return []
    return [max(found, key=lambda c: (len(c.pattern.phrase), c.pattern.confidence, len(c.pattern.where)))]


def _match(token: Token, pattern: Pattern, around: Surroundings) -> Candidate | None:
    rest = _noun_phrase(token, pattern) if pattern.noun else _verb_phrase(token, pattern)
    if rest is None or _is_of_time(token, rest, around) or not _conditions_hold(token, pattern, around, rest):
        return None
    used = {token.i, *rest}
    actors = _fill(token, pattern.actor, around, used)
    if pattern.together:
        actors = tuple(dict.fromkeys([*actors, *_fill(token, pattern.target, around, used)]))
    targets = () if pattern.together else _fill(token, pattern.target, around, used)
    targets = tuple(t for t in targets if t not in actors)
    return Candidate(pattern=pattern, head=token.i, trigger=tuple(sorted(used)), actors=actors, targets=targets)


def _is_of_time(token: Token, rest: list[int], around: Surroundings) -> bool:
    """'called for Sunday': the preposition of the phrase takes a time, and the phrase is another."""
    words = (token.doc[i] for i in rest if token.doc[i].pos_ == "ADP")
    return any(c.i in around.time_tokens for w in words for c in w.children if c.dep_ == "pobj")


# ---------------------------------------------------------------- phrases of several words
def _verb_phrase(verb: Token, pattern: Pattern) -> list[int] | None:
    """The other words of 'open fire', 'call for', 'carry out', each a child of the verb or of the word before."""
    found: list[int] = []
    above = [verb]
    for word in pattern.phrase[1:]:
        hit = next((c for a in above for c in a.children if c.lemma_.lower() == word or c.lower_ == word), None)
        if hit is None and is_passive(verb):
            hit = next((c for c in verb.children if c.dep_ == "nsubjpass" and c.lemma_.lower() == word), None)
        if hit is None:
            return None
        found.append(hit.i)
        above = [hit, *above]
    return found


def _noun_phrase(noun: Token, pattern: Pattern) -> list[int] | None:
    """The words before the noun of 'air strike', 'peace talks'."""
    words = pattern.phrase[:-1]
    start = noun.i - len(words)
    if start < 0:
        return None
    before = [noun.doc[k] for k in range(start, noun.i)]
    if any(t.lemma_.lower() != w and t.lower_ != w for t, w in zip(before, words, strict=True)):
        return None
    return [t.i for t in before]


def is_vetoed(token: Token, kind: EventType, around: Surroundings) -> bool:
    """Whether the codebook knows the word for events of `kind` and says that here it tells none (`unless`)."""
    book = around.codebook.verbs if token.pos_ in ("VERB", "AUX") else around.codebook.nouns
    known = (p for p in book.get(token.lemma_.lower(), ()) if p.type is kind and p.unless)
    return any(
        rest is not None and any(_any_is(token, name, words, around, rest) for name, words in p.unless)
        for p in known
        for rest in [_noun_phrase(token, p) if p.noun else _verb_phrase(token, p)]
    )


# ---------------------------------------------------------------- slots
def _fill(token: Token, slots: tuple[str, ...], around: Surroundings, used: set[int]) -> tuple[int, ...]:
    """The fillers of the first slot that has any; 'on+at' asks for both."""
    for name in slots:
        heads = [whole(t) for part in name.split("+") for t in fillers(token, part, around) if t.i not in used]
        heads = [t for t in heads if t.pos_ != "PUNCT" and t.dep_ != "expl" and t.i not in around.time_tokens]
        if heads:
            return tuple(dict.fromkeys(t.i for t in heads))
    return ()


_PARTITIVE = frozenset(
    "total number handful majority rest most dozen score hundred thousand ten lot couple order bulk half".split()
)


def whole(token: Token) -> Token:
    """The phrase's own head: 'a number of rioters' are rioters; 'by order of the governor' is the governor's doing."""
    if token.lemma_.lower() not in _PARTITIVE:
        return token
    inner = [c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
    return inner[0] if inner else token


def fillers(token: Token, name: str, around: Surroundings) -> list[Token]:
    """The heads in slot `name` of `token`: those of `roles.slot`, the subject of a light verb, and modifiers that act."""
    if name == "light-subject":
        return light_subjects(token, around)
    if name == "light-object":
        return _undergoers(token, around)
    if name == "modifier":
        return [t for t in slot(token, name) if t.i in around.actor_tokens or _is_body(t, around)]
    if name == "modifier-thing":
        return [t for t in slot(token, "modifier") if t.pos_ in ("NOUN", "PROPN") and t.i not in around.actor_tokens]
    if name == "struck":
        return _struck(token)
    if name == "any-modifier":
        return slot(token, "modifier")
    if name == "object-actor":
        return [
            t for o in slot(token, "object") for n in ("possessive", "by", "modifier") for t in fillers(o, n, around)
        ]
    if name == "complement-subject":
        return [t for c in _complements(token) for t in _complement_subjects(c)]
    if name == "complement-object":
        return [t for c in _complements(token) for t in slot(c, "object")]
    if name == "complement-party":
        return [t for c in _complements(token) for p in _PARTY_OF for t in slot(c, p) if _is_party(t, around)]
    if name == "object-party":
        return [t for o in slot(token, "object") for t in _parties_below(o, around)]
    return slot(token, name)


def _is_body(token: Token, around: Surroundings) -> bool:
    """A people, state or body; not the town where it was: 'the Strelsau bombing'."""
    here = token.i in around.place_tokens and token.i not in around.nation_tokens
    return token.ent_type_ in ("NORP", "GPE", "ORG") and not here


def governing_verb(noun: Token) -> Token | None:
    """The verb whose object `noun` is, also through 'a series of attacks'."""
    head = noun
    while head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN":
        head = head.head.head
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    if head.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and head.head.pos_ in ("VERB", "AUX"):
        return head.head
    if head.dep_ == "pobj" and head.head.head.pos_ in ("VERB", "AUX"):
        return head.head.head
    if head.dep_ in ("nsubjpass", "nsubj") and head.head.pos_ in ("VERB", "AUX") and is_passive(head.head):
        return head.head
    return None


def light_subjects(noun: Token, around: Surroundings) -> list[Token]:
    """'Rebels carried out an attack', 'an attack carried out by rebels', 'the two held talks'."""
    verb = governing_verb(noun)
    light = around.codebook.classes[LIGHT_VERBS]
    if verb is not None and verb.lemma_.lower() in light and noun.dep_ != "pobj":
        return slot(verb, "subject")
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in light:
            return slot(child, "subject")
    return []


def _undergoers(noun: Token, around: Surroundings) -> list[Token]:
    """'The convoy came under attack', 'the town suffered a raid'."""
    verb = governing_verb(noun)
    if verb is None or verb.lemma_.lower() not in around.codebook.classes[UNDERGO_VERBS]:
        return []
    if verb.lemma_ in _BY_PREPOSITION and noun.head.lower_ not in _BY_PREPOSITION[verb.lemma_]:
        return []
    found = subject(verb)
    return [found] if found is not None else []


_BY_PREPOSITION = {"come": ("under",), "fall": ("into", "in"), "run": ("into",), "walk": ("into",), "drive": ("into",)}
"""Verbs that undergo only with their preposition: 'came under attack', 'fell into an ambush'; not 'the move comes after'."""


def _struck(noun: Token) -> list[Token]:
    """'An attack that targeted the mosque', 'the strikes hit a school': the object of the verb it is the subject of."""
    verbs = [noun.head] if noun.dep_ == "nsubj" else []
    verbs += [c for c in noun.children if c.dep_ in ("relcl", "acl")]
    wanted = ("hit", "target", "strike", "destroy", "damage", "aim", "kill", "wound", "injure")
    return [t for v in verbs if v.lemma_.lower() in wanted for t in slot(v, "object")]


def _complements(verb: Token) -> list[Token]:
    below = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "pcomp", "advcl")]
    return [c for c in below if c.pos_ in ("VERB", "AUX") or (c.dep_ == "ccomp" and _has_subject(c))]


def _has_subject(token: Token) -> bool:
    """'found the man guilty', 'demanded that he resign': what the parser takes for no verb has a subject all the same."""
    return any(c.dep_ == "nsubj" for c in token.children)


def _complement_subjects(verb: Token) -> list[Token]:
    if verb.pos_ in ("VERB", "AUX"):
        return slot(verb, "subject")
    return [c for c in verb.children if c.dep_ == "nsubj"]


_PARTY_OF = ("with", "to", "from", "on", "against", "for", "of", "by")
"""What joins the other side to what is given, cut or asked: 'ties with Oslo', 'aid to Kabul', 'an appeal from the king'."""


def _is_party(token: Token, around: Surroundings) -> bool:
    return _is_actor(token, around) or around.names(token)


def _parties_below(noun: Token, around: Surroundings) -> list[Token]:
    """'rejected an appeal for a loan from its neighbour': the party may hang on the noun below the object."""
    found = [t for p in _PARTY_OF for t in slot(noun, p)]
    deeper = [t for n in found if n.pos_ == "NOUN" and not _is_party(n, around) for p in _PARTY_OF for t in slot(n, p)]
    return [t for t in (*found, *deeper) if _is_party(t, around)]


# ---------------------------------------------------------------- conditions
def _conditions_hold(token: Token, pattern: Pattern, around: Surroundings, rest: list[int]) -> bool:
    return all(_any_is(token, name, words, around, rest) for name, words in pattern.where) and not any(
        _any_is(token, name, words, around, rest) for name, words in pattern.unless
    )


def _any_is(token: Token, name: str, words: frozenset[str], around: Surroundings, rest: list[int]) -> bool:
    if name == "complement":
        return any(c.lemma_.lower() in words for c in _complements(token))
    if name == "sentence":
        return any(t.lemma_.lower() in words for t in token.sent)
    if name == "child":
        return any(c.lemma_.lower() in words or c.lower_ in words for c in token.children)
    if name == "governor":
        verb = governing_verb(token) if token.pos_ in ("NOUN", "PROPN") else token.head
        return verb is not None and verb.lemma_.lower() in words
    if name == "any-modifier":
        return any(t.lemma_.lower() in words or t.lower_ in words for t in slot(token, "modifier"))
    found = [t for part in name.split("+") for t in fillers(token, part, around) if t.i not in rest]
    found = [t for t in found if t.i not in around.time_tokens]
    if not found:
        return "#none" in words
    meant = [m for t in found for m in (t, whole(t))]
    meant += [speaking_of_itself(t) for t in found if t.head.i != token.i or not _is_said_of(token, around)]
    return any(is_of(m, words, around) for m in meant)


def _is_said_of(verb: Token, around: Surroundings) -> bool:
    """Whether the codebook has 'say' with this verb as one phrase: 'said it would allow'."""
    said = around.codebook.verbs.get(verb.head.lemma_.lower(), ())
    return any(verb.lemma_.lower() in p.phrase[1:] for p in said)


def speaking_of_itself(token: Token) -> Token:
    """'The ministry said it had opened an inquiry': it is the ministry; any other word is itself."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "nsubjpass") or verb.dep_ != "ccomp":
        return token
    return subject(verb.head) or token


def is_of(token: Token, words: frozenset[str], around: Surroundings) -> bool:
    """Whether the phrase headed by `token` is one of `words`: lemmas, or kinds (#actor, #armed, #person, #place, #name)."""
    if token.lemma_.lower() in words or token.lower_ in words:
        return True
    if any(c.dep_ == "compound" and f"{c.lower_} {token.lemma_.lower()}" in words for c in token.children):
        return True
    return any(kind in words and holds(token, around) for kind, holds in KINDS.items())


def _is_person(token: Token, around: Surroundings) -> bool:
    if token.ent_type_ in ("PERSON", "NORP") or token.lemma_.lower() in around.codebook.classes["people"]:
        return True
    if any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in token.children):
        return True  # 'his rival Mara Lindqvist'
    return token.pos_ == "PRON" and token.lower_ in (
        "he",
        "him",
        "she",
        "her",
        "they",
        "them",
        "who",
        "us",
        "we",
        "me",
        "i",
    )


def _is_actor(token: Token, around: Surroundings) -> bool:
    return token.i in around.actor_tokens or _is_person(token, around) or token.ent_type_ in ("ORG", "GPE")


KINDS: dict[str, Callable[[Token, Surroundings], bool]] = {
    "#person": _is_person,
    "#actor": _is_actor,
    "#place": lambda t, around: t.i in around.place_tokens or t.ent_type_ in ("GPE", "LOC", "FAC"),
    "#armed": lambda t, around: t.i in around.armed_tokens,
    "#name": lambda t, _: t.pos_ == "PROPN",
    "#any": lambda _, __: True,
    "#number": lambda t, _: t.pos_ == "NUM",
}
"""What a condition may ask of a filler besides its lemma."""

"""Whom a word of harm is about, and how many they are: the phrases of the victims, group by group.

'five guards and six drivers' are two groups; 'a man and a woman' and 'Aldo Reyes and Bruno Paz' are one group of two.
What is no person (or no thing, where a thing is asked for) is no victim: 'killed the bill', 'shot a film'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from dateline.coding.harm_words import HarmWords
from dateline.coding.roles import is_passive, slot, subject
from dateline.language.numbers import Count, Numbers
from dateline.language.parse import phrase
from dateline.types import HarmKind, Number

UNSAID = Number(None, None)
NOBODY = Number(0, 0)
_PLACES = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "DATE", "TIME", "MONEY", "PERCENT"})
_NO_ONE = frozenset({"it", "itself", "which", "this", "that", "what", "there", "nothing", "everything"})
_OPEN = frozenset({"CD", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "NN", "RB", "HYPH", "RBR", "RBS", "SYM", "NFP"})
_NOT_ONE = frozenset({"not", "n't", "nor"})
_BETWEEN = frozenset({"of", "than", "at", "least", "no", "a", "confirmed", "up", "to", "or", "nobody", "none"})
_SORTS = {"civilian": "civilians", "fighter": "fighters", "bereaving": "bereaving"}
"""Sorts of victims that a verb may need, by the list of words that are of that sort."""

_WINDOW = 8
"""Tokens looked back at for the people of whom a state is said: 'more than 30 people seriously wounded'."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The words that a text is read with."""

    words: HarmWords
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Group:
    """Victims counted together: `number` (both ends null: unsaid), its characters, those of the phrase, its head."""

    number: Number
    number_at: tuple[int, int] | None
    start: int
    end: int
    head: Token
    total: bool = False

    @property
    def counted(self) -> bool:
        """Whether a number word or digits say how many."""
        return self.number_at is not None

    @property
    def single(self) -> bool:
        """One person, without a number word but perhaps 'one'."""
        return self.number == Number(1, 1)

    @property
    def is_pronoun(self) -> bool:
        """Somebody spoken of before: 'he', 'they'."""
        return self.head.pos_ == "PRON"

    @property
    def none(self) -> bool:
        """Nobody: 'no guard', 'not one guard'."""
        return self.number == NOBODY


@dataclass(frozen=True, slots=True)
class Find:
    """A word of harm (`trigger`) and the groups it is about; with `general`, a toll of none is of the killed too.

    With `negated` it is the denial that says so: 'did not survive'.
    """

    kind: HarmKind
    trigger: Token
    groups: tuple[Group, ...]
    implied: bool = False
    general: bool = False
    total: bool = False
    part: bool = False
    negated: bool = False


# ---------------------------------------------------------------- what a victim must be
def fits(head: Token, needs: str, words: HarmWords) -> bool:
    """Whether the phrase of `head` can be what the word of harm needs: a person, a thing, or anyone not ruled out."""
    head = _measured(head, words)
    if head.pos_ == "PRON" or head.tag_ in ("PRP", "WP", "CD", "EX") or head.like_num:
        return needs != "thing" and head.lower_ not in _NO_ONE
    known = words.sets["none"] | words.sets["many_pronouns"]  # 'several were wounded'
    if head.lower_ in known or head.lower_ in words.states:
        return needs != "thing"
    if needs == "thing":
        return _lemma(head) in words.sets["things"]
    if _lemma(head) in words.sets["not_persons"] or head.lower_ in words.sets["not_persons"]:
        return False
    if needs in _SORTS:
        return _lemma(head) in words.sets[_SORTS[needs]]
    return needs != "person" or is_person(head, words)


def _measured(head: Token, words: HarmWords) -> Token:
    """What an amount is of: 'dozens of [shops]', 'two of the [tanks]'; any other noun is itself."""
    if head.tag_ == "CD" or _lemma(head) in words.sets["amounts"]:
        return _of(head) or head
    return head


def _of(head: Token) -> Token | None:
    for preposition in head.children:
        if preposition.lower_ == "of":
            return next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return None


def is_person(head: Token, words: HarmWords) -> bool:
    """A noun of people or a name that is not known to be a place."""
    if head.tag_ in ("NNP", "NNPS"):
        return head.ent_type_ not in _PLACES
    lemma = _lemma(head)
    return lemma in words.sets["persons"] or lemma.endswith(("man", "woman", "men", "women", "people", "year-old"))


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


# ---------------------------------------------------------------- groups
def groups_of(heads: Iterable[Token], needs: str, words: HarmWords, numbers: Numbers) -> list[Group]:
    """The groups of victims whose phrases `heads` head, conjuncts among them; single persons are counted together."""
    every = [t for head in heads for t in _spread(head)]
    found = [_group(head, words, numbers) for head in every if fits(head, needs, words) and not _is_age(head)]
    if len(found) < 2:
        return found
    found = [Group(g.number, g.number_at, g.start, g.end, g.head) for g in found]
    return [_together(found)] if all(g.single for g in found) else found


def _spread(head: Token) -> list[Token]:
    """'a total of four guards and six drivers': the second group is parsed below the first. In '70 families, about
    350 persons' the persons are counted.
    """
    persons = next((c for c in head.children if c.dep_ == "appos" and _numbered(c) and c.tag_ == "NNS"), None)
    if persons is not None and _lemma(head) in ("family", "household", "home"):
        return [persons]
    measured = _of(head) if head.lemma_ == "total" else None
    return [head] if measured is None else [head, *(t for t in measured.conjuncts if _numbered(t))]


def _together(groups: list[Group]) -> Group:
    n, start = len(groups), min(g.start for g in groups)
    return Group(Number(n, n), None, start, max(g.end for g in groups), groups[0].head)


def _is_age(head: Token) -> bool:
    """'Aldo Reyes, 24, and Bruno Paz, 31, were killed': the ages are parsed as conjuncts of the names."""
    return (
        head.tag_ == "CD"
        and head.dep_ in ("conj", "appos")
        and head.head.tag_ in ("NNP", "NN")
        and head.lower_.isdigit()
    )


def _group(head: Token, words: HarmWords, numbers: Numbers) -> Group:
    span = phrase(head)
    return group_of_span(span, head, words, numbers)


def group_of_span(span: Span, head: Token, words: HarmWords, numbers: Numbers) -> Group:
    """The group that the words of `span` stand for."""
    text = span.text
    count = _count(span, head, numbers)
    total = bool(words.total.search(text.lower()))
    if is_not_one(span, head):
        return Group(NOBODY, None, span.start_char, span.end_char, head)
    if count is not None and not count.article:
        at = (span.start_char + count.start, span.start_char + count.end)
        return Group(count.number, at, span.start_char, span.end_char, head, total)
    return Group(_unwritten(head, count, words), None, span.start_char, span.end_char, head, total)


def is_not_one(span: Span, head: Token) -> bool:
    """'not one guard', 'not a single clerk', 'there is not one dead man, nor one wounded'; 'not one but two' are two."""
    doc, first = span.doc, span.start
    if doc[first].lower_ not in _NOT_ONE and first > head.sent.start:
        first -= 1
    if doc[first].lower_ not in _NOT_ONE or first + 1 >= len(doc):
        return False
    one = doc[first + 1].lower_ in ("one", "a", "an") and (doc[first].lower_ != "nor" or doc[first + 1].lower_ == "one")
    return one and not any(t.lower_ == "but" for t in doc[first : min(head.right_edge.i + 2, head.sent.end)])


def is_of_number(head: Token, words: HarmWords) -> bool:
    """'the number of people killed': how many they are, the number says; 'a number of people' are some people."""
    number = head.head.head
    if head.head.lower_ != "of" or number.lemma_ not in words.sets["numbers"]:
        return False
    return not any(c.lower_ == "a" for c in number.children)


def _count(span: Span, head: Token, numbers: Numbers) -> Count | None:
    """The count of a phrase stands before its head ('two sons of three victims'), or after it where the head is a
    number or a collective ('a group of 12'). Digits beside one name are an age or a date.
    """
    whole = numbers.is_number(head.lower_) or numbers.is_collective(head.lower_)
    text = span.text if whole else span.text[: max(0, head.idx + len(head) - span.start_char)]
    count = numbers.find(text)
    if count is not None and text[:4].lower() == "not " and " but " in text:  # 'not one but two guards'
        at = text.index(" but ") + len(" but ")
        later = numbers.find(text[at:])
        count = later and Count(later.number, later.start + at, later.end + at, later.article)
    one_name = head.tag_ == "NNP" and not head.lower_.endswith("s")
    return None if count is not None and not count.article and one_name else count


def _unwritten(head: Token, count: Count | None, words: HarmWords) -> Number:
    """The number of a phrase without a number word: 'a guard', 'the guard' and a name are one; 'guards' is unsaid."""
    low = head.lower_
    if low in words.sets["none"]:
        return Number(0, 0)
    if head.tag_ in ("PRP", "PRP$", "WP") or head.pos_ == "PRON":
        return Number(1, 1) if low in words.sets["one_pronouns"] else UNSAID
    if low in words.sets["groups"] or _lemma(head) in words.sets["groups"]:
        return UNSAID
    if head.tag_ == "NNP":
        many = head.ent_type_ in ("NORP", "GPE") or (head.ent_type_ == "ORG" and _has_article(head))
        return UNSAID if many else Number(1, 1)
    singular = head.tag_ == "NN" or count is not None
    return Number(1, 1) if singular and head.tag_ not in ("NNS", "NNPS") else UNSAID


def _has_article(head: Token) -> bool:
    return any(c.dep_ == "det" for c in head.children)


# ---------------------------------------------------------------- who it is about
def of_verb(verb: Token, victim: str) -> list[Token]:
    """The heads of the victims of `verb`, whose `victim` says where they stand, conjuncts included."""
    if victim == "subject":
        return _people_of(slot(verb, "subject"), verb)
    found = _nearest_subject(verb) if is_passive(verb) else [t for t in slot(verb, "object") if t.dep_ != "attr"]
    found = found or _headline_subject(verb) or _shared_object(verb)
    return _people_of(found, verb)


def _nearest_subject(verb: Token) -> list[Token]:
    """The subject of a passive; of two, the nearer: 'LAGOS (AP) - Four men were killed' is parsed with both."""
    own = [c for c in verb.children if c.dep_ == "nsubjpass" and c.i < verb.i]
    if not own:
        return slot(verb, "object")
    first = own[-2:-1] if own[-1].left_edge.i > 0 and own[-1].left_edge.nbor(-1).dep_ == "cc" else []
    return [*first, *_resolved(own[-1])]  # 'ten men and two cars were' is parsed with two subjects as well


def _people_of(heads: list[Token], verb: Token) -> list[Token]:
    """'shot himself' is about who did it; 'his lives' and the like stay as they are."""
    made: list[Token] = []
    for head in heads:
        if head.lower_ in ("himself", "herself", "themselves"):
            made += slot(verb, "subject") or [head]
        else:
            made.append(head)
    return made


def _headline_subject(verb: Token) -> list[Token]:
    """'Three killed, 12 wounded in blast': a participle without its auxiliary, its subject parsed as if it acted."""
    if any(c.dep_ in ("dobj", "ccomp", "prt") or (c.dep_ == "aux" and c.lemma_ == "have") for c in verb.children):
        return []
    found = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if found is None or found.tag_ in ("PRP", "WDT", "WP") or (verb.tag_ != "VBN" and not _numbered(found)):
        return []
    if any(c.dep_ == "conj" and c.pos_ == "VERB" and _own_object(c) for c in verb.children):
        return []
    return [found, *found.conjuncts]


def _numbered(noun: Token) -> bool:
    return noun.tag_ == "CD" or any(c.tag_ == "CD" for c in noun.children)


def _own_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _shared_object(verb: Token) -> list[Token]:
    """'killed or wounded dozens of cadets': the object stands with the last verb."""
    if verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children):
        return []
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i <= 3 and _own_object(child):
            return list(slot(child, "object"))
    return []


def of_noun(noun: Token) -> list[Token]:
    """'the killing of two men', 'Reyes's death', 'his murder'"""
    return slot(noun, "of") or [c for c in noun.children if c.dep_ == "poss"]


def bearer(token: Token) -> list[Token]:
    """Who bears a state that stands in a preposition phrase or as an object: 'a man with a wound', 'he was taken to
    hospital in critical condition', 'officers found a girl with a wound'.
    """
    above = token.head
    while (
        above.dep_ in ("pobj", "pcomp", "prep", "conj")
        and above.head.i != above.i
        and above.pos_ not in ("VERB", "AUX")
    ):
        if above.pos_ in ("NOUN", "PROPN", "PRON") and above.dep_ != "conj":
            return [above]
        above = above.head
    if above.pos_ in ("NOUN", "PROPN", "PRON"):
        return [above]
    return undergoer(above) if above.pos_ in ("VERB", "AUX") else []


def undergoer(verb: Token) -> list[Token]:
    """Whom `verb` leaves in a state: its object, or the subject of its passive or of 'be'."""
    direct = slot(verb, "object") if verb.lemma_ not in ("be", "suffer", "sustain", "have") else []
    if direct:
        return _people_of(direct, verb)
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i]
    found = own[-1] if own else subject(verb)
    if found is None and verb.dep_ in ("acl", "relcl"):
        found = verb.head
    return _resolved(found) if found is not None else []


def _resolved(head: Token) -> list[Token]:
    if head.tag_ in ("WP", "WDT"):
        above = head.head
        while above.dep_ not in ("relcl", "ROOT") and above.head.i != above.i:
            above = above.head
        return [above.head] if above.dep_ == "relcl" else []
    return [head, *(t for t in head.conjuncts if t.i > head.i)]


# ---------------------------------------------------------------- by nearness, where the parse of headlines fails
def before(state: Token, numbers: Numbers) -> Span | None:
    """The counted phrase that runs up to `state`: 'leaving [one] dead and [more than 30 people] seriously wounded'."""
    doc, start = state.doc, state.i
    first = max(state.sent.start, state.i - _WINDOW)
    while start > first and _may_stand(doc[start - 1]):
        start -= 1
    while start < state.i and doc[start].lower_ in ("of", "or"):  # 'spoke of two dozen dead'
        start += 1
    span = doc[start : state.i]
    if len(span) == 0 or not any(numbers.is_number(t.lower_) for t in span):
        return None
    count = numbers.find(span.text)
    if count is None or count.article:
        return None
    return doc.char_span(span.start_char + count.start, span.end_char, alignment_mode="expand")


def _may_stand(token: Token) -> bool:
    if token.tag_ in _OPEN:
        return token.lower_ not in ("not", "n't", "now", "then")
    return token.lower_ in _BETWEEN


def head_of(span: Span) -> Token:
    """The noun or number that a counted phrase is about: its last."""
    fitting = [t for t in span if t.tag_ in ("CD", "NN", "NNS", "NNP", "NNPS")]
    return fitting[-1] if fitting else span[-1]


def attributive(state: Token) -> Iterator[Token]:
    """'two wounded guards', 'the injured pilot': the noun that an adjective of harm stands before."""
    if state.dep_ in ("amod", "nmod", "compound") and state.head.i > state.i and state.head.pos_ in ("NOUN", "PROPN"):
        yield state.head

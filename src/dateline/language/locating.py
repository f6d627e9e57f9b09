"""Where an event is, by syntax: the places that a trigger word or its arguments are said to be in, at, near.

'Mortars hit an area near the embassy in Baghdad' is at the embassy, in Baghdad. Who spoke from where, and where the
victims came from, is no place of the event: 'a spokesman in Geneva said', 'soldiers from Ohio'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from dateline.language.parse import Parse
from dateline.types import PlaceKind, PlaceMention, PlaceUse

_SPECIFIC = {
    kind: rank
    for rank, kind in enumerate(
        (
            PlaceKind.SITE, PlaceKind.NEIGHBOURHOOD, PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.PROVINCE,
            PlaceKind.WATER, PlaceKind.REGION, PlaceKind.COUNTRY,
        )
    )
}  # fmt: skip

_AT = frozenset((
    "in", "at", "near", "on", "outside", "across", "inside", "around", "into", "through", "along", "off", "within",
    "throughout", "toward", "towards", "over", "above", "upon", "onto", "beside", "between", "beyond", "against",
    "targeting", "hitting", "under", "by", "to",
))  # fmt: skip
_OF_PLACE = frozenset((
    "in", "at", "near", "on", "outside", "across", "inside", "around", "along", "off", "within", "throughout",
    "beside", "between", "of",
))  # fmt: skip
_SPEAKING = frozenset((
    "say", "tell", "add", "announce", "report", "state", "claim", "confirm", "deny", "warn", "write", "note",
    "declare", "believe", "think", "according",
))  # fmt: skip
_VERBAL = ("VERB", "AUX")
_MOST_STEPS = 10


def places_of(token: Token, mentions: Sequence[PlaceMention], parse: Parse) -> tuple[PlaceMention, ...]:
    """The mentions that locate the event that `token` names, the most specific and best attached first."""
    sentence = token.sent
    start, end = sentence.start_char, sentence.end_char
    ranked = []
    for mention in mentions:
        if mention.use is PlaceUse.PLACE and start <= mention.start < end:
            tier = _attached(token, mention, parse)
            if tier is not None:
                ranked.append((tier, specificity(mention), mention.start, mention))
    return tuple(mention for *_, mention in sorted(ranked, key=lambda r: r[:3]))


def specificity(mention: PlaceMention) -> int:
    """0 for a site, more for what is wider; what kind a place is may be unknown: then as a settlement."""
    return _SPECIFIC[mention.place.kind or PlaceKind.SETTLEMENT]


_SOMEWHERE = frozenset({"in", "at", "near", "to", "for", "outside", "on", "from", "into", "around", "of"})


def says_where(mention: PlaceMention, parse: Parse) -> bool:
    """Whether a name tells where things are: 'fled to Ban', 'a market in Ban'; not 'Ban denied', 'an envoy in Ban said'."""
    span = parse.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if mention.use is not PlaceUse.PLACE or span is None or span.root.dep_ != "pobj":
        return False
    path = list(_upwards(span.root))
    somewhere = path[1].lower_ in _SOMEWHERE
    spoken = any(t.lemma_ in _SPEAKING and t.pos_ in _VERBAL for t in path[2:4])
    return somewhere and not spoken and all(t.dep_ not in ("nsubj", "csubj", "poss") for t in path)


def _attached(trigger: Token, mention: PlaceMention, parse: Parse) -> int | None:
    """How a mention locates the trigger: 0 by itself or its arguments, 1 by the verb above it, 2 by a clause of the same
    moment; null if it does not.
    """
    span = parse.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.start <= trigger.i < span.end or _is_opponent(span.root, mention):
        return None
    path = list(_upwards(span.root))
    if span.root.i in _antecedents(trigger):
        return 0
    for tier, anchors in ((2, _meanwhile(trigger)), (0, _own(trigger)), (1, _above(trigger))):
        for step, token in enumerate(path):
            if token.i in anchors:
                return tier if _locates(path[: step + 1]) else None
    return None


def _is_opponent(root: Token, mention: PlaceMention) -> bool:
    """'chanted against the United States': whom it was against; an attack against Kar is in Kar."""
    return root.head.lower_ == "against" and mention.place.kind is PlaceKind.COUNTRY


def _antecedents(trigger: Token) -> frozenset[int]:
    """'Kar, where gunmen attacked a bank', 'a village in Kar where': what a clause of place says it of."""
    verb = next((t for t in (trigger, *_up_to_clause(trigger)) if t.dep_ == "relcl"), None)
    if verb is None or not any(c.lower_ == "where" and c.dep_ == "advmod" for c in verb.children):
        return frozenset()
    noun = verb.head
    inner = [t for c in noun.children if c.dep_ == "prep" and c.lower_ in _OF_PLACE for t in c.children]
    return frozenset(t.i for t in (noun, noun.head.head if noun.dep_ == "pobj" else noun, *inner) if t.i < verb.i)


def _up_to_clause(token: Token) -> Iterator[Token]:
    """The words above `token` up to the verb of its own clause."""
    while token.head.i != token.i and token.dep_ not in ("relcl", "ccomp", "advcl", "csubj", "parataxis"):
        token = token.head
        yield token


def _meanwhile(trigger: Token) -> frozenset[int]:
    """The verbs of clauses of the same moment as the trigger's."""
    verbs = (trigger, *(trigger.doc[i] for i in sorted(_above(trigger))))
    return frozenset(c.i for verb in verbs for c in verb.children if is_same_moment(c))


def is_same_moment(verb: Token) -> bool:
    """'was shot as he got out of his car in Kar', 'killed while on leave in Kar': a clause that says where as well."""
    return verb.dep_ == "advcl" and any(m.lower_ in _SAME_MOMENT for m in verb.children)


_SAME_MOMENT = frozenset({"as", "while", "when"})


def _upwards(token: Token) -> Iterator[Token]:
    yield token
    for _ in range(_MOST_STEPS):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def _own(trigger: Token) -> frozenset[int]:
    return frozenset({trigger.i})


def _above(trigger: Token) -> frozenset[int]:
    """The verbs whose place is the trigger's: of 'carried out an attack', of 'stormed the bank and killed a guard'."""
    found, token = set(), trigger
    for _ in range(4):
        head = token.head
        if head.i == token.i or token.dep_ in ("ccomp", "relcl", "csubj", "parataxis"):
            break
        if head.lemma_ in _SPEAKING and head.pos_ in _VERBAL:
            break
        found.add(head.i)
        token = head
    return frozenset(found)


def _locates(path: Sequence[Token]) -> bool:
    """Whether the path from a place's name up to the trigger or its verb says where: every link must."""
    anchor = path[-1]
    if len(path) == 1:
        return False
    if len(path) > 2 and anchor.lemma_ in _SPEAKING and path[-2].dep_ == "nsubj":
        return False
    return not _is_topic(path) and all(_link(low, high, high.i == anchor.i) for low, high in pairwise(path))


TOPICS = frozenset({"over", "about", "against", "for", "after", "following", "since", "before"})


def _is_topic(path: Sequence[Token]) -> bool:
    """'detained over the raid on Kar', 'marched against the war in Kar': what it is about, unless it is the place itself."""
    about = next((k for k, t in enumerate(path[:-1]) if t.dep_ == "prep" and t.lower_ in TOPICS), None)
    if about is None or about < 2 or path[about + 1].pos_ not in _VERBAL:
        return False
    told = path[about - 1]
    somewhere = any(t.dep_ == "prep" and (t.lower_ != "of" or is_a_doing(told)) for t in path[:about])
    return somewhere and not _is_thing(told)


_DOINGS = frozenset(
    "attack raid blast explosion strike shelling murder massacre ambush assault death abduction".split()
)


def is_a_doing(noun: Token) -> bool:
    """'the bombing of the hotel', 'the raid on it': a noun that says what was done, not what stands there."""
    return noun.lemma_.lower() in _DOINGS or (
        noun.tag_ == "NN" and noun.lower_.endswith("ing") and noun.lower_ != "building"
    )


def _is_thing(noun: Token) -> bool:
    """A person or a crowd can be fought where it is: 'an offensive against rebels in Kar'."""
    return noun.tag_ in ("NNS", "NNPS", "NNP")


def _link(low: Token, high: Token, last: bool) -> bool:
    """Whether one step up keeps the place: a preposition of place, a compound, an apposition, an argument."""
    dep = low.dep_
    if low.pos_ == "ADP" or dep == "prep":
        return _preposition(low, high, last)
    if dep in ("pobj", "compound", "appos", "nmod", "conj", "npadvmod", "pcomp", "advmod"):
        return not (dep == "conj" and low.pos_ in _VERBAL and not last)
    if dep in ("dobj", "nsubjpass", "nsubj", "poss", "attr", "dative"):
        return last or low.pos_ in ("NOUN", "PROPN")
    if dep == "acl":
        return low.lemma_ in ("locate", "situate", "base", "lie", "near", "include")
    return False


def _preposition(low: Token, high: Token, last: bool) -> bool:
    """'in Mosul' of a verb or noun; 'of' only of a noun that is the event or its argument ('the siege of Homs')."""
    word = low.lower_
    if high.pos_ in _VERBAL:
        return word in _AT and not (word == "by" or (word == "to" and not last))
    if last and high.pos_ in ("NOUN", "PROPN"):
        return word in _AT or word == "of"
    return word in _OF_PLACE or (word in ("to",) and high.pos_ == "ADP") or high.pos_ == "ADV"

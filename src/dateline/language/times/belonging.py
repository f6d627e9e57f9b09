"""Which time belongs to which word: the times of an event's clause, and the deadline a demand names.

'Police said on Sunday that Friday's attack killed nine': Sunday is the saying's, Friday the attack's. The parse says
what a time expression hangs on; clauses are crossed only where the grammar shares the time ('exploded on Friday,
killing nine', 'began shelling at dawn').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from dateline.language.parse import Parse
from dateline.types import TimeMention, TimePrecision

_DATED = frozenset({"DATE", "TIME"})
_REFERENCES = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})

_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis", "csubj", "pcomp"})
"""Dependencies at which a clause of its own begins."""

_AT_ONCE = frozenset({"as", "while", "when"})
"""Words at the head of a clause that happens together with its governor: 'shells hit the square as people shopped'."""

_LINKS = frozenset({"prep", "pcomp", "advmod", "mark", "agent"})
_FINENESS = {
    TimePrecision.MINUTE: 0, TimePrecision.PART_OF_DAY: 1, TimePrecision.DAY: 2, TimePrecision.WEEK: 3,
    TimePrecision.MONTH: 4, TimePrecision.YEAR: 5, TimePrecision.UNKNOWN: 6,
}  # fmt: skip


def times_of(token: Token, mentions: Sequence[TimeMention], parse: Parse) -> tuple[TimeMention, ...]:
    """The dates and times that belong to the clause of `token`, best first; none where each belongs elsewhere."""
    sentence = token.sent
    dated = [m for m in mentions if sentence.start_char <= m.start < sentence.end_char and _is_dated(m)]
    near = [m for m in dated if not is_limit(m, parse) and not _is_fronted(m, token) and not is_compared(m, parse)]
    if not near:
        return ()
    roots = [_root(parse.doc, m) for m in near]
    inside = {t.i for m in near for t in _tokens(parse.doc, m)}
    scored = []
    for mention, root in zip(near, roots, strict=True):
        site = _site(root, inside)
        closeness = _closeness(site, token, own=_owned(root, site)) or (20 if _ends_the_list(root, site, token) else 0)
        if closeness:
            scored.append((-closeness, _FINENESS[mention.precision], abs(root.i - token.i), mention))
    found = _agreeing([item[-1] for item in sorted(scored, key=lambda item: item[:3])])
    return _with_both_ends(found, dated, parse.text)


def _with_both_ends(found: tuple[TimeMention, ...], dated: Sequence[TimeMention], text: str) -> tuple[TimeMention, ...]:
    """The times with the day at the other end of a stretch: 'from 12 to 14 June', 'overnight Monday to Tuesday'."""
    stretches = [(one, other) for one in dated for other in dated if is_stretch(one, other, text)]
    for one, other in stretches:
        if any(_leads_to(m, one, text) for m in found):
            return (one, other)
        if one in found and other not in found:
            return (*found, other)
        if other in found and one not in found and _FROM.search(text, 0, one.start) is not None:
            return (one, *found)
    return found


_FROM = re.compile(r"(?i)\b(?:from|between)\s+(?:the\s+)?$")


def _leads_to(time: TimeMention, one: TimeMention, text: str) -> bool:
    """'overnight', right before the days that it lies between."""
    return time.precision is TimePrecision.PART_OF_DAY and _NEXT.fullmatch(text[time.end : one.start]) is not None


_NEXT = re.compile(r"\s+(?:from\s+|of\s+|between\s+)?")


def in_clause(token: Token, mentions: Sequence[TimeMention], parse: Parse) -> list[TimeMention]:
    """The times of any kind that stand in the clause of `token`, in the order of the text: 'in recent weeks' as well."""
    sentence = token.sent
    near = [m for m in mentions if sentence.start_char <= m.start < sentence.end_char]
    return [m for m in near if _closeness(site_of(m, parse), token, own=False)]


def site_of(mention: TimeMention, parse: Parse) -> Token:
    """The word that a time hangs on: of 'They fled on Sunday' the verb."""
    return _site(_root(parse.doc, mention), {t.i for t in _tokens(parse.doc, mention)})


def is_stretch(one: TimeMention, other: TimeMention, text: str) -> bool:
    """Whether `other` ends the stretch of days that `one` begins: 'the night of 9 to 10 June', 'Friday until Sunday'."""
    days = {one.precision, other.precision} <= _DAYS
    return days and one.end < other.start and _THROUGH.fullmatch(text[one.end : other.start]) is not None


_DAYS = frozenset({TimePrecision.DAY, TimePrecision.PART_OF_DAY})
_THROUGH = re.compile(r"\s*(?:to|and|until|till|through|into|[-–—])\s+(?:the\s)?(?:(?:early|late)\s)?|[-–—]")


def deadline_in(mentions: Sequence[TimeMention], start: int, end: int) -> str | None:
    """By when, of what characters `start` to `end` say: an instant ('2020-01-05T14:00Z'), else a day, else None.

    'by the end of March' is its last day; 'within 48 hours' has no day to count from and stays None.
    """
    inside = [m for m in mentions if start <= m.start < end and m.type in _DATED and m.last is not None]
    if not inside:
        return None
    return min(inside, key=lambda m: (_FINENESS[m.precision], m.start)).last


def _agreeing(mentions: list[TimeMention]) -> tuple[TimeMention, ...]:
    """The best one, and those that say it finer or coarser: a day and its hour, never two days."""
    kept = mentions[:1]
    for mention in mentions[1:]:
        if all(m.precision is not mention.precision and _meet(m, mention) for m in kept):
            kept.append(mention)
    return tuple(kept)


def _meet(one: TimeMention, two: TimeMention) -> bool:
    """Whether the days of two mentions overlap; an open one agrees with all, and UTC may move an hour over midnight."""
    if one.first is None or one.last is None or two.first is None or two.last is None:
        return True
    if TimePrecision.MINUTE in (one.precision, two.precision):
        return True
    return one.first[:10] <= two.last[:10] and two.first[:10] <= one.last[:10]


def is_limit(mention: TimeMention, parse: Parse) -> bool:
    """'until Sunday': by when it ends, and not when it is."""
    first = _tokens(parse.doc, mention)[0]
    return first.i > first.sent.start and parse.doc[first.i - 1].lower_ in _UNTIL


def is_since(mention: TimeMention, text: str) -> bool:
    """'since August': from then on, and so on no one day."""
    return _SINCE.search(text, max(0, mention.start - 12), mention.start) is not None


def is_compared(mention: TimeMention, parse: Parse) -> bool:
    """'the first attack since January', 'the deadliest since 2014': January is when the one before it was."""
    if not is_since(mention, parse.text):
        return False
    ahead = (t for t in _tokens(parse.doc, mention)[0].sent if t.idx < mention.start)
    return any(t.lower_ in ("first", "last") or t.tag_ in ("JJS", "RBS") for t in ahead)


_SINCE = re.compile(r"(?i)\bsince\s+$")


def _is_fronted(mention: TimeMention, token: Token) -> bool:
    """'After the raid on Monday, police held six men', whatever the parse hangs Monday on: it stands before the comma."""
    ahead = token.doc[token.sent.start : token.i]
    if not len(ahead) or ahead[0].lower_ not in APART or mention.start >= token.idx:
        return False
    comma = next((t for t in ahead if t.text == ","), None)
    return comma is not None and mention.start < comma.idx


_UNTIL = frozenset({"until", "till"})


def _is_dated(mention: TimeMention) -> bool:
    return mention.type in _DATED and mention.value not in _REFERENCES


# ---------------------------------------------------------------- what a time hangs on
def _tokens(doc: Doc, mention: TimeMention) -> Sequence[Token]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return list(span) if span is not None else []


def _root(doc: Doc, mention: TimeMention) -> Token:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    assert span is not None
    return span.root


def _site(root: Token, inside: set[int]) -> Token:
    """The word that the time hangs on: up through prepositions and through other times ('at 5 on Sunday')."""
    site = _verb_in_front(root) or root
    while site.head.i != site.i and (
        site.i in inside or site.dep_ in _LINKS or site.pos_ == "ADP" or _is_in_a_row(site)
    ):
        if site.i in inside and site.dep_ in ("ROOT", "conj") and site.pos_ in ("VERB", "AUX"):
            break
        site = site.head
    return site


def _is_in_a_row(word: Token) -> bool:
    """'for the second night running on Thursday': the word counts nights, and nothing runs."""
    return word.lower_ == "running" and word.i > word.sent.start and word.nbor(-1).lemma_ in _COUNTED


_COUNTED = frozenset({"night", "day", "week", "month", "year", "morning", "evening"})


def _verb_in_front(root: Token) -> Token | None:
    """The verb right before 'on Sunday', whatever the parse says: 'said on Sunday it would march'."""
    if root.dep_ == "poss":
        return None  # 'claimed Tuesday's ambush'
    left = root.left_edge.i - 1
    if left >= root.sent.start and root.doc[left].pos_ == "ADP":
        left -= 1
    verb = root.doc[left] if left >= root.sent.start else root
    return verb if verb.tag_ == "VBD" and verb.i not in (root.i, root.head.i) else None


# ---------------------------------------------------------------- how close it is to the event
def _owned(root: Token, site: Token) -> bool:
    """Whether a noun has the time for itself: to condemn Friday's attack is not to condemn it on Friday."""
    return root.dep_ in ("poss", "compound", "nmod") and root.head.i == site.i and not site.dep_.startswith("nsubj")


def _closeness(site: Token, token: Token, *, own: bool) -> int:
    """0 where the time belongs to another clause; the higher, the surer that it is the token's own."""
    if site.i == token.i:
        return 100
    if own:
        return 0
    if _below(site, token):
        return 80
    steps = list(_shared_upwards(token))
    for rank, word in enumerate(steps):
        if word.i == site.i:
            return 70 - rank
    if any(_below(site, word) and not _heads_noun(site, token) for word in steps):
        return 40
    return 0


def _below(site: Token, token: Token) -> bool:
    """Whether `site` stands under `token` within its clause: 'wounded nine in an ambush on Friday'."""
    word = site
    while word.head.i != word.i:
        own = word.dep_ in _CLAUSES and not _is_at_once(word)
        if own or _is_apart(word, site) or (word.dep_ == "conj" and word.pos_ in ("VERB", "AUX")):
            return False
        word = word.head
        if word.i == token.i:
            return True
    return False


APART = frozenset({"after", "before", "since", "following", "despite", "over", "because"})
"""Words that set a deed apart from what happened at another time: 'held six men after the raid on Monday'."""


def _is_apart(word: Token, site: Token) -> bool:
    return word.lower_ in APART and word.dep_ in ("prep", "mark") and word.i != site.i


def _shared_upwards(token: Token) -> Iterator[Token]:
    """The words above an event whose time is its own too."""
    word = token
    while word.head.i != word.i:
        told_of_noun = word.dep_ == "relcl" or (word.dep_ == "acl" and word.tag_ == "VBN")
        if told_of_noun or word.dep_ in ("ccomp", "parataxis", "csubj") or _has_own_clause(word):
            if told_of_noun and word.head.pos_ in ("NOUN", "PROPN"):
                yield word.head  # 'the attack on Friday that killed nine', not 'the term set by them ended on Friday'
            return
        if _is_counted(word) or _is_a_cause(word):
            return
        word = word.head
        yield word


def _is_counted(word: Token) -> bool:
    """'a week after the shelling': the shelling is not of the day that the week is counted to."""
    return word.lower_ in ("after", "before") and any(c.dep_ == "npadvmod" for c in word.children)


def _is_a_cause(word: Token) -> bool:
    """'were held on Friday over the bombing': the bombing was before."""
    return word.lower_ == "over" and word.dep_ == "prep" and word.head.pos_ == "VERB"


def _has_own_clause(word: Token) -> bool:
    """'after he fled' has a time of its own; 'killing nine' and 'as he fled' have that of their verb."""
    if word.dep_ != "advcl" or _is_at_once(word):
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass", "mark", "aux") for c in word.children)


def _is_at_once(word: Token) -> bool:
    return word.dep_ == "advcl" and any(c.lower_ in _AT_ONCE and c.dep_ in ("mark", "advmod") for c in word.children)


def _ends_the_list(root: Token, site: Token, token: Token) -> bool:
    """Whether a time closes a list of verbs of one subject that `token` opens: 'hit a man and hurt a girl on Friday'."""
    verbs = [t for t in token.conjuncts if t.i > token.i and t.pos_ == "VERB"]
    if token.pos_ != "VERB" or not verbs or site.i != verbs[-1].i or root.i < site.i:
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass") for v in verbs for c in v.children)


def _heads_noun(site: Token, token: Token) -> bool:
    """Whether the time hangs on a noun that is not on the way: 'Friday's vote' is not when the crowd was shelled."""
    return site.pos_ in ("NOUN", "PROPN") and site.i != token.i

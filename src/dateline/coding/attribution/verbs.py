"""Attributions made by verbs: 'X said that', 'X promised to', 'X accused Y of', '..., Y said'.

Who the source is follows syntax (`roles.subject`); what the content is follows from what the verb takes. Quotation
marks are none of this module's business: see `quoted`.
"""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coding.attribution.closings import closing
from dateline.coding.attribution.contents import complements, content_of, estimate
from dateline.coding.attribution.cues import AttributionCues, Cue, companions
from dateline.coding.attribution.spans import RELATIVES, Found, of_tokens, subtree, trimmed
from dateline.coding.roles import is_passive, subject
from dateline.types import Span, Stance

_LEFT_OF_CUE = frozenset({"aux", "auxpass", "neg", "advmod"})
_CLAUSE_DEPS = frozenset(
    {"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "csubj", "ROOT", "dep"}
)
_CLOSING = frozenset("\"'”’»,")
_INSIDE_NAME = frozenset({"det", "compound", "amod", "poss", "nummod", "nmod", "advmod", "quantmod", "case"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_FAR = 12


_ESTIMATE = Cue(("put",), "speech", Stance.ASSERTS, frozenset({"object"}))


def by_estimate(text: str, verb: Token) -> Found | None:
    """'He put the toll at forty', 'losses were put at $3 million by the bank'; 'put the kettle at the edge' says nothing.

    The parser may hang the 'at' on any word of the object, so the content is what stands between them.
    """
    passive = is_passive(verb)
    pieces = estimate(text, verb, passive=passive)
    if not pieces:
        return None
    found = Found(verb, of_tokens(text, [*(c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb]), _ESTIMATE)
    found.source = _source(text, verb, _ESTIMATE, passive=passive)
    found.content = pieces
    return found


def by_verb(text: str, verb: Token, cues: AttributionCues) -> Found | None:
    """The attribution that `verb` makes, or null where it takes no content that it can take.

    Content may still be missing where the verb can take a quotation: the quotations of the text decide.
    """
    entry = cues.verb(verb)
    if entry is None or _is_modifier(verb):
        return None
    beside = companions(verb, entry) or []
    passive = _is_bare_participle(verb) or (is_passive(verb) and not _is_perfect(verb))
    if (
        passive
        and verb.dep_ == "acl"
        and "object-as" in entry.takes
        and not any(c.dep_ == "agent" for c in verb.children)
    ):
        return None  # 'a beer called Swan' is named so, nobody says it
    found = Found(verb, _cue(text, verb, beside, cues), entry, beside=frozenset(t.i for t in beside))
    found.source = None if "raised" in entry.takes else _source(text, verb, entry, passive=passive)
    speaker = _inverted_subject(text, verb, entry)
    parts = [p for p in complements(verb, entry, beside) if p != speaker and not _is_cut_off(text, verb, p)]
    if "raised" in entry.takes and not parts:
        return None
    found.told = _told(text, verb, entry, parts, passive=passive)
    found.content = content_of(text, verb, entry, parts, passive=passive)
    if (tail := closing(text, verb, entry)) is not None:
        found.source, found.content = tail
    if found.content and _is_aim(verb, parts):
        return None
    return found if found.content or "quote" in entry.takes else None


def _is_cut_off(text: str, verb: Token, part: Token) -> bool:
    """'Forty were taken, the army said; the rebels doubt it': what follows the semicolon is said by others."""
    if part.dep_ != "ccomp":
        return False
    between = text[verb.idx : part.left_edge.idx] if part.i > verb.i else text[part.idx : verb.idx]
    return ";" in between and '"' not in between and "”" not in between


def _is_bare_participle(verb: Token) -> bool:
    """'Asked about the raid, he smiled', 'when told of it'."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)


def _is_perfect(verb: Token) -> bool:
    """'what he has said', and 'He's said it before' with a contracted 'has' that the parser takes for 'is'."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return any(c.dep_ == "auxpass" and c.text in ("'s", "’s") for c in verb.children)
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _is_aim(verb: Token, parts: list[Token]) -> bool:
    """'flew in to address the crowd': an infinitive with a bare object is a purpose more often than a saying."""
    if verb.tag_ != "VB" or any(p.dep_ in ("ccomp", "xcomp") for p in parts):
        return False
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_modifier(verb: Token) -> bool:
    """'the reported attack', 'the said person', and nouns tagged as verbs."""
    return verb.dep_ in ("amod", "compound", "aux", "auxpass", "prep", "nmod", "punct", "case", "pobj", "dobj", "nsubj")


# ---------------------------------------------------------------- the cue and the source
def _cue(text: str, verb: Token, beside: list[Token], cues: AttributionCues) -> Span | None:
    """'has also said', 'did not deny', 'pointed out', 'said in a statement'."""
    doc, first = verb.doc, verb.i
    while (
        first > 0
        and doc[first - 1].dep_ in _LEFT_OF_CUE
        and doc[first - 1].head.i in (verb.i, first)
        and _joins(doc[first - 1])
    ):
        first -= 1
    last = [verb, *beside]
    for prep in (c for c in verb.children if c.dep_ == "prep" and c.i == last[-1].i + 1 and c.lower_ == "in"):
        last += [o for o in prep.children if o.dep_ == "pobj" and o.lemma_ in cues.lists["with_cue"]]
    return of_tokens(text, [doc[first], *last])


def _joins(token: Token) -> bool:
    return token.tag_ not in ("WRB", "IN") and token.lower_ not in ("when", "as", "so", "then", "however")


def _source(text: str, verb: Token, entry: Cue, *, passive: bool) -> Span | None:
    if passive and "subject-speaks" not in entry.takes:
        agent = next((c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
        head = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    else:
        head = (
            _inverted_subject(text, verb, entry)
            or speaking_subject(verb)
            or _misread_apposition(verb)
            or _subject_above(verb)
        )
        if head is not None and head.lower_ == "it" and verb.tag_ == "VB":
            return None  # 'it is hard to imagine that'
    return source_span(text, head, verb)


def speaking_subject(verb: Token) -> Token | None:
    """The subject of a verb of saying, also where the parser joins it to a clause below the one it goes on with.

    'The mayor told them to leave and blamed the army' (a finite verb goes on with a finite one), 'The army said three
    were hurt and denied firing' (the hurt say nothing), 'Men, most of them young, witnesses told us' (the nearest).
    """
    own = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    if len(own) > 1 and own[-1].left_edge.nbor(-1).text == ",":
        return own[-1]
    above = verb.head
    if not own and verb.dep_ == "conj" and verb.tag_ in _FINITE_ONLY and above.dep_ in ("xcomp", "ccomp"):
        infinitive = above.tag_ == "VB" and above.dep_ == "xcomp"
        suffered = above.dep_ == "ccomp" and is_passive(above) and above.head.i < above.i
        if infinitive or suffered:
            return subject(above.head)
    return subject(verb)


_FINITE_ONLY = frozenset({"VBD", "VBZ", "VBP"})


def _misread_apposition(verb: Token) -> Token | None:
    """'... in the port of Kar, the head of the council said': the parser takes the speaker for what Kar is."""
    if verb.i == 0 or verb.tag_ not in _FINITE:
        return None
    token = verb.nbor(-1)
    for _ in range(_FAR):
        if token.dep_ == "appos" and token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ",":
            return token if token.right_edge.i == verb.i - 1 else None
        if token.head.i == token.i or token.head.i > verb.i:
            return None
        token = token.head
    return None


def _subject_above(verb: Token) -> Token | None:
    """The subject of a verb above, where the parser lost the thread of a list of verbs."""
    above = verb
    while (
        verb.tag_ in _FINITE and above.dep_ in ("conj", "dep", "advcl", "ccomp", "parataxis") and above.head.i < above.i
    ):
        above = above.head
        own = next((c for c in above.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i), None)
        if own is not None:
            return own
    return None


def _inverted_subject(text: str, verb: Token, entry: Cue) -> Token | None:
    """'"..." said Erica Gaston', where the parser may take the speaker for an object or a clause's subject."""
    before = text[max(verb.idx - 3, 0) : verb.idx].rstrip()[-1:]
    if "quote" not in entry.takes or before not in _CLOSING or verb.i + 1 >= len(verb.doc) or not before:
        return None
    if (
        verb.tag_ == "VBG"
        or verb.text[:1].isupper()
        or (before == "," and _is_listed(verb))
        or any(c.dep_ in ("nsubj", "nsubjpass", "aux") and c.i < verb.i for c in verb.children)
    ):
        return None
    head = verb.doc[verb.i + 1]
    while head.dep_ in _INSIDE_NAME and verb.i < head.head.i <= verb.i + _FAR:
        head = head.head
    return (
        head if head.pos_ in ("PROPN", "PRON", "NOUN") and head.dep_ != "dative" and head.ent_type_ != "DATE" else None
    )


def _is_listed(verb: Token) -> bool:
    """'barred them, let them in and scolded their chief': one of several deeds, with an object and no speaker."""
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and any(c.dep_ == "dobj" for c in verb.children)


def source_span(text: str, head: Token | None, verb: Token) -> Span | None:
    """The whole phrase of a source, with its appositions and relative clauses, that does not take in `verb`."""
    if head is None:
        return None
    if head.lower_ in RELATIVES:
        between = _between(head, verb)
        if between:
            return of_tokens(text, between)
        return Span(head.idx, head.idx + len(head))
    first, last = head.left_edge.i, head.right_edge.i
    if first < verb.i <= last and head.i < verb.i:  # the verb hangs on its source: 'a man claiming to be'
        last = verb.left_edge.i - 1 if verb.left_edge.i > head.i else head.i
    doc = head.doc
    last = _without_clause(head, last)
    if doc[last].tag_ == "POS":
        last -= 1
    return trimmed(text, doc[first].idx, doc[last].idx + len(doc[last]))


def _between(relative: Token, verb: Token) -> list[Token]:
    """'a session which [the Veiled] have demanded must be held': the words that the parser passed over for 'which'."""
    first = next((c.i for c in verb.children if c.dep_ == "aux" and c.i > relative.i), verb.i)
    words = list(relative.doc[relative.i + 1 : first])
    named = bool(words) and (words[0].pos_ in ("DET", "PROPN", "PRON") or words[0].tag_ == "NNS")
    return words if named and words[-1].pos_ in ("PROPN", "NOUN", "ADJ", "PRON", "VERB") else []


def _without_clause(head: Token, last: int) -> int:
    """A verb that the parser wrongly hung on a source ends it, unless it opens a relative clause."""
    for child in head.children:
        if (
            child.i > head.i
            and child.dep_ in ("conj", "parataxis", "ccomp")
            and child.pos_ == "VERB"
            and child.tag_ != "VBG"
        ):
            return min(last, max(head.i, child.left_edge.i - 1))
    return last


# ---------------------------------------------------------------- the hearer
def _told(text: str, verb: Token, entry: Cue, parts: list[Token], *, passive: bool) -> Span | None:
    if "told" not in entry.takes:
        return None
    if passive:
        head = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    else:
        head = next(
            (c for c in verb.children if c.dep_ in ("dative", "dobj") and c.i > verb.i and c not in parts), None
        )
        head = head if head is None or head.pos_ != "ADP" else next(iter(head.children), None)
        if head is None:
            head = next((s for p in parts if p.dep_ == "ccomp" for s in p.children if _is_hearer(s, p, verb)), None)
    return subtree(text, head) if head is not None else None


def _is_hearer(token: Token, clause: Token, verb: Token) -> bool:
    """'told reporters that': the parser may take the hearer into the clause, before its 'that'."""
    return token.i > verb.i and any(c.dep_ == "mark" and c.i > token.i for c in clause.children)

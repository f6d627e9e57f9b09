"""What a verb says: the spans of its content, from what the verb takes.

A content is a clause, an infinitive, an object with what is said of it, the clause that a parenthesis hangs on
('Prices, the bank said, will rise') or the noun before a relative clause ('the deal that she promised').
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from dateline.coding.attribution.cues import Cue
from dateline.coding.attribution.spans import RELATIVES, runs, subtree, trimmed
from dateline.types import Span


# ---------------------------------------------------------------- the content
def content_of(text: str, verb: Token, entry: Cue, parts: list[Token], *, passive: bool) -> list[Span]:
    """The pieces of the content whose heads are `parts`; without parts, what the verb stands beside or hangs on."""
    pieces = [_without_aside(text, part, s) for part in parts for s in _piece(text, part, verb)]
    if not pieces and (gap := _gap_clause(text, verb, entry)) is not None:
        return [gap]
    if not pieces:
        return _after_colon(text, verb, entry) or _host_clause(text, verb, entry) or _antecedent(verb, entry, text)
    joined = _joined(_without_front(text, pieces, verb), verb)
    if "raised" in entry.takes or (passive and not entry.takes & {"subject-speaks", "told"}):
        joined = [*_passive_subject(text, verb), *joined]
    elif entry.takes & {"object", "object-as"}:
        joined = [*_antecedent(verb, entry, text), *joined]
    return joined


def _after_colon(text: str, verb: Token, entry: Cue) -> list[Span]:
    """'told the Gazette another story: the men had fired first'; a quotation after a colon is found with the others."""
    at = verb.right_edge.i + 1
    if "quote" not in entry.takes or at + 1 >= len(verb.doc) or verb.doc[at].text != ":" or at - verb.i > _COLON_REACH:
        return []
    first = verb.doc[at + 1]
    if first.is_quote or first.is_space:
        return []
    last = first.sent[-1]
    said = trimmed(text, first.idx, last.idx + len(last))
    return [said] if said is not None else []


_COLON_REACH = 15


def _gap_clause(text: str, verb: Token, entry: Cue) -> Span | None:
    """'a session that the bloc has demanded [should be held]', where the parser hangs the clause somewhere else."""
    if verb.dep_ != "relcl" or "clause" not in entry.takes or verb.i + 1 >= verb.sent.end:
        return None
    modal = verb.nbor(1)
    if modal.tag_ != "MD" or modal.head.i <= modal.i or modal.head.pos_ not in ("VERB", "AUX"):
        return None
    last = modal.head.right_edge
    return trimmed(text, modal.idx, last.idx + len(last))


def estimate(text: str, verb: Token, *, passive: bool) -> list[Span]:
    """What 'put' puts at which number: 'the toll at forty', or 'losses' and 'at $3 million' around a passive."""
    below = "nsubjpass" if passive else "dobj"
    thing = next((c for c in verb.children if c.dep_ == below), None)
    if thing is None:
        return []
    end = verb.sent.end
    first = verb.i if passive else thing.i
    inside = {verb.i, *(t.i for t in thing.subtree)}
    at = next((t for t in verb.doc[first + 1 : end] if t.lower_ == "at" and t.head.i in inside), None)
    count = next((c for c in at.children if c.dep_ == "pobj"), None) if at is not None else None
    if at is None or count is None or not (_is_amount(count) or (count.tag_ == "CD" and thing.lemma_ in _TOLLS)):
        return []
    if passive:
        pieces = [subtree(text, thing), subtree(text, at)]
    else:
        pieces = [trimmed(text, thing.left_edge.idx, count.right_edge.idx + len(count.right_edge))]
    return [p for p in pieces if p is not None]


_TOLLS = frozenset({"number", "toll", "count", "figure", "dead", "wounded", "injured", "loss", "casualty"})


def _is_amount(head: Token) -> bool:
    """'forty', '$3 million', '9 per cent', 'more than 30 people'; not a time of day or a place."""
    if head.ent_type_ in ("TIME", "DATE", "GPE", "FAC", "LOC"):
        return False
    return head.tag_ == "CD" or any(c.tag_ in ("CD", "$") for c in head.children)


def _piece(text: str, part: Token, verb: Token) -> list[Span]:
    if part.dep_ == "prep" and not any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children):
        inner = next((c for c in part.children if c.dep_ in ("pobj", "pcomp")), None)
        return [s for s in (subtree(text, inner),) if s] if inner is not None else []
    return runs(text, part, verb)


def _without_front(text: str, pieces: list[Span], verb: Token) -> list[Span]:
    """'In the rain, people feared the dam would burst': the front is the reporter's, but for 'A, he said, B'."""
    after = [p for p in pieces if p.start > verb.idx]
    if not after or len(after) == len(pieces) or "," in text[verb.idx + len(verb) : after[0].start]:
        return pieces
    return after


def _without_aside(text: str, part: Token, piece: Span) -> Span:
    """Without a last relative clause after a comma: 'the base, which was hit twice' is the reporter's addition."""
    for token in part.subtree:
        if token.dep_ == "relcl" and token.right_edge.i == part.right_edge.i and token.i > part.i:
            opening = token.left_edge
            comma = opening.i > 0 and part.doc[opening.i - 1].text == ","
            if comma and opening.idx > piece.start and '"' not in part.doc.text[piece.start : opening.idx]:
                return trimmed(text, piece.start, opening.idx) or piece
    return piece


def _joined(pieces: list[Span], verb: Token) -> list[Span]:
    """Pieces on one side of the verb are one: 'accused [the army] [of shelling a school]'."""
    out: list[Span] = []
    for side in ([p for p in pieces if p.start < verb.idx], [p for p in pieces if p.start > verb.idx]):
        for piece in side:
            if out and out[-1] in side and piece.start - out[-1].end <= 2:
                out[-1] = Span(out[-1].start, max(piece.end, out[-1].end))
            else:
                out.append(piece)
    return out


def _passive_subject(text: str, verb: Token) -> list[Span]:
    head = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    if head is None and verb.dep_ in ("acl", "relcl"):
        return _noun_before(text, verb.head, verb)
    empty = head is not None and head.lower_ == "it" and any(c.dep_ == "ccomp" for c in verb.children)
    span = subtree(text, head) if head is not None and head.dep_ != "expl" and not empty else None
    return [span] if span else []


def _host_clause(text: str, verb: Token, entry: Cue) -> list[Span]:
    """The clause that a parenthesis hangs on: 'Prices, the bank said, will rise', 'as the bank said'."""
    host = verb.head
    if not entry.takes & {"clause", "quote"} or host.i == verb.i or host.pos_ not in ("VERB", "AUX"):
        return []
    opens = [c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in ("mark", "advmod")]
    aside = verb.dep_ == "parataxis" or (verb.dep_ in ("ccomp", "advcl") and "as" in opens)
    if not aside and not (verb.dep_ == "ccomp" and verb.i > host.i and verb.doc[verb.left_edge.i - 1].text == ","):
        return []
    return runs(text, host, verb)


def _antecedent(verb: Token, entry: Cue, text: str) -> list[Span]:
    """'the deal that she promised', 'what he called a lie': the content's head is the noun before."""
    if not entry.takes & {"object", "object-as", "clause"}:
        return []
    if any(c.dep_ in ("dobj", "ccomp") and c.i > verb.i for c in verb.children):
        return []
    if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c.lower_ not in RELATIVES for c in verb.children):
        return _noun_before(text, verb.head, verb)
    what = next(
        (c for c in verb.children if c.lower_ == "what" and c.i < verb.i and c.dep_ in ("dobj", "pobj", "attr")), None
    )
    return [Span(what.idx, what.idx + len(what))] if what is not None else []


def _noun_before(text: str, noun: Token, verb: Token) -> list[Span]:
    last = min(noun.right_edge.i, verb.left_edge.i - 1)
    if last < noun.i:
        return []
    span = trimmed(text, noun.left_edge.idx, noun.doc[last].idx + len(noun.doc[last]))
    return [span] if span else []


# ---------------------------------------------------------------- what a verb takes
def complements(verb: Token, entry: Cue, beside: list[Token]) -> list[Token]:
    """The heads of the verb's content, in the order of the text."""
    joined = {t.i for t in beside}
    own = [c for c in verb.children if c.i not in joined and c.dep_ in _TAKEN and _TAKEN[c.dep_](c, entry)]
    return own + [c for b in beside for c in b.children if c.dep_ in _BELOW_BESIDE and c.i not in joined]


def _clause(child: Token, entry: Cue) -> bool:
    if child.tag_ == "VB" and _has_to(child):
        return "to" in entry.takes
    if child.tag_ == "VBG" and not any(c.dep_ in ("nsubj", "aux") for c in child.children):
        return bool(entry.takes & {"ing", "clause"})
    return bool(entry.takes & {"clause", "quote"})


def _open_clause(child: Token, entry: Cue) -> bool:
    if _has_to(child):
        return "to" in entry.takes
    if child.tag_ == "VBG" or any(c.dep_ == "aux" and c.tag_ == "VBG" for c in child.children):
        return "ing" in entry.takes
    return "as" in entry.takes


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _object(child: Token, entry: Cue) -> bool:
    if "object" not in entry.takes and "object-as" in entry.takes and not _has_second_predicate(child.head):
        return False
    return bool(entry.takes & {"object", "object-as"})


def _has_second_predicate(verb: Token) -> bool:
    """'called it a lie', 'described it as a lie', 'called that "a lie"'."""
    if any(c.dep_ in _SECOND or (c.dep_ == "prep" and c.lower_ == "as") for c in verb.children):
        return True
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    return thing is not None and any(t.is_quote for t in verb.doc[thing.left_edge.i + 1 : thing.i])


def _predicate(_: Token, entry: Cue) -> bool:
    return bool(entry.takes & {"as", "object-as", "object"})


def _interjection(child: Token, entry: Cue) -> bool:
    """'said no'."""
    return "quote" in entry.takes and child.i > child.head.i


def _preposition(child: Token, entry: Cue) -> bool:
    return ("to-prep" if child.lower_ == "to" else child.lower_) in entry.takes


_BELOW_BESIDE = frozenset({"pobj", "pcomp", "ccomp", "xcomp", "acl"})
_SECOND = frozenset({"oprd", "ccomp", "xcomp", "attr"})
_TAKEN: Mapping[str, Callable[[Token, Cue], bool]] = {
    "ccomp": _clause,
    "xcomp": _open_clause,
    "dobj": _object,
    "attr": _predicate,
    "oprd": _predicate,
    "acomp": _predicate,
    "prep": _preposition,
    "intj": _interjection,
}
"""By its relation to the verb: whether a child is content."""

"""Whose statement a whole report is: 'The General Staff informs the public that ...', 'The command issued the following:'.

A communique is told in its issuer's voice, so what no other source in it says is on the issuer's word. It is known by how
it opens: a body that does by saying ('announces that', in the present) and goes on so, or 'issued the following'.
Newspapers tell of statements in the past, and headlines ('Army announces truce') leave out the article and the stop.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.coding.attribution import AttributionCues
from dateline.coding.attribution.spans import subtree
from dateline.coding.roles import subject
from dateline.coding.speakers import SpeakerRead, speaker_kind
from dateline.language.parse import Parse
from dateline.types import Span

_OPENING = 3
"""Sentences in which a communique says whose it is."""

_THAT = 5
"""Words within which 'that' follows: 'informs public opinion that', wherever the parser hangs the clause."""

_PRESENT = frozenset({"VBZ", "VBP"})
_OURS = frozenset({"we", "our", "us"})


def issuer(parse: Parse, cues: AttributionCues) -> SpeakerRead | None:
    """The body whose statement the text is; null of any other text."""
    verb = _issuing(parse.doc, cues)
    head = subject(verb) if verb is not None else None
    source = subtree(parse.text, head) if head is not None else None
    if verb is None or source is None:
        return None
    cue = Span(verb.idx, verb.idx + len(verb))
    return SpeakerRead(source, cue, verb.lemma_, kind=speaker_kind(source, parse, cues))


def _issuing(doc: Doc, cues: AttributionCues) -> Token | None:
    for number, sentence in enumerate(doc.sents):
        if number >= _OPENING:
            return None
        for token in sentence:
            if token.pos_ == "VERB" and (_gives_out(token, cues) or (_announces(token, cues) and _goes_on(token))):
                return token
    return None


def _gives_out(verb: Token, cues: AttributionCues) -> bool:
    """'Army Command issued the following:', and a new line or a colon before what it says."""
    if verb.lemma_ not in cues.lists["giving_out"]:
        return False
    return any(c.dep_ == "dobj" and "following" in (c.lower_, *(t.lower_ for t in c.children)) for c in verb.children)


def _announces(verb: Token, cues: AttributionCues) -> bool:
    """'The General Staff informs the public that': a body with its article, in the present, and a clause with 'that'."""
    head = subject(verb)
    if verb.lemma_ not in cues.lists["announcing"] or verb.tag_ not in _PRESENT or head is None:
        return False
    article = any(c.dep_ == "det" and c.lower_ == "the" for c in head.children)
    clause = any(t.lower_ == "that" and t.dep_ == "mark" for t in verb.doc[verb.i + 1 : verb.sent.end][:_THAT])
    return article and clause and head.pos_ in ("NOUN", "PROPN")


def _goes_on(verb: Token) -> bool:
    """Whether later sentences say 'we', or have the same body do something in the present: 'The Staff denies'."""
    head, quoted = subject(verb), False
    for token in verb.doc[verb.sent.end :]:
        quoted = not quoted if token.is_quote else quoted
        if quoted or head is None:
            continue
        same = token.lemma_ == head.lemma_ and token.dep_ == "nsubj" and token.head.tag_ in _PRESENT
        if token.lower_ in _OURS or same:
            return True
    return False

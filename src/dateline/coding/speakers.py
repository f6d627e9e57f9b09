"""On whose word: the speaker of any characters of a text, found among its attributions, and the speaker as a value.

Only communications make speakers: what people think, want or favour is no claim of theirs. What no attribution covers
is in the report's own voice: 'The council said A. Their names were not published.' leaves B to the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Phrase

from dateline.coding.attribution import AttributionCues
from dateline.language.parse import Parse, clean_name
from dateline.types import ActorCodes, Attribution, Speaker, SpeakerKind, Stance
from dateline.types import Span as Chars

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_TELLING = frozenset({"NOUN", "ADJ", "PROPN", "VERB"})
_MOST = 0.5
"""Share of the asked characters that a content must cover."""


@dataclass(frozen=True, slots=True)
class SpeakerRead:
    """Whose word characters of a text are: the innermost attribution that covers them; in `outer` those around it.

    `source` is null where nobody is named ('reportedly'); `told` is set for a named outlet or agency only.
    """

    source: Chars | None
    cue: Chars | None
    lemma: str
    stance: Stance = Stance.ASSERTS
    told: Chars | None = None
    kind: SpeakerKind = SpeakerKind.DESCRIBED
    outer: tuple[SpeakerRead, ...] = ()

    @classmethod
    def of_stance(cls, taken: StanceTaken) -> SpeakerRead:
        """The speaker who takes a stance on a deed."""
        return cls(taken.source, taken.cue, "", stance=taken.stance or Stance.ASSERTS, kind=taken.kind)


class StanceTaken(Protocol):
    """What `dateline.coding.stances` finds."""

    @property
    def source(self) -> Chars | None:
        """Who takes it."""

    @property
    def cue(self) -> Chars:
        """By which word."""

    @property
    def stance(self) -> Stance | None:
        """Which stance."""

    @property
    def kind(self) -> SpeakerKind:
        """Whether the source is named, described or anonymous."""


class Resolved(Protocol):
    """What an actor lexicon says of a phrase."""

    @property
    def codes(self) -> ActorCodes:
        """The PLOVER codes."""


class Lexicon(Protocol):
    """Anything that resolves a noun phrase to an actor."""

    def resolve(self, phrase: str) -> Resolved:
        """What `phrase` stands for."""


class Referent(Protocol):
    """The actor that a pronoun or a bare noun goes back to."""

    @property
    def name(self) -> str:
        """Its name."""


_FULL_NAME = 3
"""Words from which a name as written says who it is: 'Group to Support Islam', not 'GSIM' or 'Kyiv'."""


def _as_written(phrase: Phrase, known: Referent) -> str:
    """A full name as the report writes it, else the actor's own: one reader knows it by this name, one by that."""
    written = _ARTICLE.sub("", phrase.text)
    words = written.split()
    proper = all(w[:1].isupper() or w in ("of", "to", "for", "and", "the", "al", "in") for w in words)
    full = len(words) >= _FULL_NAME and proper
    titled = written.endswith(known.name)  # 'President Jane Doe' is Jane Doe
    return clean_name(written) if full and not titled else known.name


_ARTICLE = re.compile(r"^(?:[Tt]he|THE)\s+")


# ---------------------------------------------------------------- who says these characters
def speaker_for(
    start: int, end: int, attributions: Sequence[Attribution], parse: Parse, cues: AttributionCues
) -> SpeakerRead | None:
    """The speaker of characters `start` to `end`, the innermost first; null where the report speaks for itself."""
    covering = [a for a in attributions if _covers(a, start, end) and not _says_nothing(a, parse.doc, cues)]
    covering.sort(key=lambda a: sum(c.end - c.start for c in a.content))
    spoken = [(a, lemma) for a in covering if cues.is_speech(lemma := cue_lemma(a, parse, cues))]
    if any(a.source is not None for a, _ in spoken):  # 'denied a report that its men had fired': nobody's report
        spoken = [(a, lemma) for a, lemma in spoken if a.source is not None]
    reads: tuple[SpeakerRead, ...] = ()
    for attribution, lemma in reversed(spoken):
        reads = (_read(attribution, lemma, parse, cues, reads), *reads)
    return reads[0] if reads else None


def _covers(attribution: Attribution, start: int, end: int) -> bool:
    """Whether most of the characters are its content and none is its own cue."""
    if attribution.cue is not None and attribution.cue.start < end and start < attribution.cue.end:
        return False
    inside = sum(max(0, min(c.end, end) - max(c.start, start)) for c in attribution.content)
    return inside > _MOST * (end - start)


def _says_nothing(attribution: Attribution, doc: Doc, cues: AttributionCues) -> bool:
    """'No one claimed the raid', 'the army could not confirm it': words that make nobody a speaker."""
    source = _phrase(attribution.source, doc)
    if source is not None and is_nobody(source.root, cues.lists["nobody"]):
        return True
    verb = next((t for t in reversed(_tokens(attribution.cue, doc)) if t.pos_ == "VERB"), None)
    return verb is not None and is_negated(verb)


def is_nobody(token: Token, nobody: frozenset[str]) -> bool:
    """'no one', 'nobody', 'no group', 'none of the factions'."""
    return token.lower_ in nobody or any(
        c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in token.children
    )


def is_negated(verb: Token) -> bool:
    """'has not claimed', 'could not confirm', 'neither confirmed nor denied', 'declined to confirm'."""
    if any(c.dep_ == "neg" or c.lower_ in ("neither", "nor", "never") for c in verb.children):
        return True
    above = verb.head
    if verb.dep_ == "conj" and above.i != verb.i:
        return any(c.lower_ in ("neither", "nor") for c in above.children)
    return (
        verb.dep_ == "xcomp"
        and above.i != verb.i
        and (above.lemma_ in ("decline", "refuse", "fail") or is_negated(above))
    )


def _read(
    attribution: Attribution, lemma: str, parse: Parse, cues: AttributionCues, outer: tuple[SpeakerRead, ...]
) -> SpeakerRead:
    source = antecedent(attribution.source, parse.doc)
    return SpeakerRead(
        source=source,
        cue=attribution.cue,
        lemma=lemma,
        stance=attribution.stance,
        told=attribution.told if _is_outlet(attribution.told, parse.doc, cues) else None,
        kind=speaker_kind(source, parse, cues),
        outer=outer,
    )


def cue_lemma(attribution: Attribution, parse: Parse, cues: AttributionCues) -> str:
    """The dictionary form of an attribution's cue: 'say', 'call for', 'claim', 'according', ':'."""
    tokens = _tokens(attribution.cue, parse.doc)
    for token in reversed(tokens):
        if token.pos_ in ("VERB", "AUX") and (verb := cues.verb(token)) is not None:
            return verb.lemma
    for token in tokens:
        found = cues.noun(token) if token.pos_ == "NOUN" else cues.adjective(token)
        if found is not None:
            return found.lemma
    for token in tokens:
        if token.lemma_ in cues.lists["estimating"]:
            return token.lemma_
    return tokens[0].lower_ if tokens else ""


def _tokens(span: Chars | None, doc: Doc) -> list[Token]:
    phrase = _phrase(span, doc)
    return list(phrase) if phrase is not None else []


def _phrase(span: Chars | None, doc: Doc) -> Phrase | None:
    return None if span is None else doc.char_span(span.start, span.end, alignment_mode="expand")


def antecedent(source: Chars | None, doc: Doc) -> Chars | None:
    """A relative pronoun's noun: in 'the envoy, who said', the envoy; any other source as it is."""
    tokens = _tokens(source, doc)
    if not tokens or tokens[-1].tag_ not in _RELATIVE or (len(tokens) > 1 and not _is_share(tokens)):
        return source
    if len(tokens) > 1:
        groups = _groups_before(tokens[0])
        return source if groups is None else groups
    verb = tokens[0].head
    while verb.dep_ != "relcl" and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ != "relcl":
        return source
    noun = verb.head
    last = max(noun.i, verb.left_edge.i - 1)
    while last > noun.i and doc[last].is_punct:
        last -= 1
    return Chars(noun.left_edge.idx, doc[last].idx + len(doc[last]))


def _is_share(tokens: list[Token]) -> bool:
    """'each of which', 'both of whom', 'two of which'"""
    return len(tokens) == 3 and tokens[1].lower_ == "of" and tokens[0].pos_ in ("DET", "PRON", "NUM", "ADJ")


def _groups_before(share: Token) -> Chars | None:
    """The groups that 'each of which' shares out: 'the clan and the guild', 'the miners' union against the owners'.

    They end where it begins, whatever the parser hangs its clause on; a single group before it is the last of several.
    """
    doc, last = share.doc, share.i - 1
    while last > share.sent.start and doc[last].is_punct:
        last -= 1
    nearest = doc[last]
    while nearest.dep_ in ("compound", "conj", "appos", "case") and nearest.head.i < nearest.i:
        nearest = nearest.head
    several = nearest.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in nearest.children)
    first = nearest if several else _opponent(nearest.head) or nearest
    if first.pos_ not in ("NOUN", "PROPN"):
        return None
    return Chars(first.left_edge.idx, doc[last].idx + len(doc[last]))


def _opponent(preposition: Token) -> Token | None:
    """'pits [the union] against the guild', whether the parser hangs 'against' on the union or on the verb."""
    if preposition.lower_ not in ("against", "with", "versus"):
        return None
    above = preposition.head
    if above.pos_ in ("NOUN", "PROPN"):
        return above
    return next((c for c in above.children if c.dep_ == "dobj" and c.i < preposition.i), None)


def _is_outlet(told: Chars | None, doc: Doc, cues: AttributionCues) -> bool:
    """'told AFP', 'told the Times of Malta'; not 'told reporters', 'told parliament'."""
    names = [t for t in _tokens(told, doc) if t.text[:1].isupper()]
    return any(t.lower_ in cues.lists["outlet_words"] for t in names) or any(
        t.ent_type_ == "ORG" and t.text.isupper() for t in names
    )


# ---------------------------------------------------------------- the speaker as a value
def make_speaker(
    read: SpeakerRead | None,
    parse: Parse,
    lexicon: Lexicon,
    refers: Callable[[Phrase], Referent | None] | None = None,
) -> Speaker:
    """The speaker that `read` stands for; `refers` says which actor a pronoun ('he said') goes back to.

    A source is "named" with a proper name of its own, "described" with any words that say who it is, and "anonymous"
    where there are none ('sources said', 'reportedly') or where its anonymity is stated.
    """
    if read is None:
        return Speaker(name=None, kind=SpeakerKind.REPORT)
    told = clean_name(parse.text[read.told.start : read.told.end]) if read.told is not None else None
    phrase = _phrase(read.source, parse.doc)
    if phrase is None:
        return Speaker(name=None, kind=SpeakerKind.ANONYMOUS, told=told)
    several = _speaking_together(phrase)
    known = refers(phrase) if refers is not None and not several else None
    if known is not None:
        kind = SpeakerKind.NAMED if known.name[:1].isupper() else read.kind
        return Speaker(
            name=_as_written(phrase, known), kind=kind, role=lexicon.resolve(known.name).codes.role, told=told
        )
    name = _together(several, parse.text) if several else _name(phrase, parse.text)
    whole = clean_name(parse.text[phrase.start_char : phrase.end_char])
    role = lexicon.resolve(name).codes.role or lexicon.resolve(whole).codes.role
    return Speaker(name=name, kind=read.kind, role=role, told=told)


def speaker_kind(source: Chars | None, parse: Parse, cues: AttributionCues) -> SpeakerKind:
    """Whether a source is named, described or anonymous."""
    phrase = _phrase(source, parse.doc)
    if phrase is None:
        return SpeakerKind.ANONYMOUS
    said = phrase.text.lower()
    if any(words in said for words in cues.lists["unnamed"]):
        return SpeakerKind.ANONYMOUS
    root = phrase.root
    if root.pos_ == "PROPN" or _name_beside(root, phrase) is not None:
        return SpeakerKind.NAMED
    bare = root.lower_ in cues.lists["bare_sources"] and not any(t.i != root.i and t.pos_ in _TELLING for t in phrase)
    return SpeakerKind.ANONYMOUS if bare else SpeakerKind.DESCRIBED


def _name(phrase: Phrase, text: str) -> str:
    words = _who(phrase.root, phrase)
    return clean_name(text[words[0].idx : words[-1].idx + len(words[-1])])


def _who(root: Token, phrase: Phrase) -> list[Token]:
    head = _name_beside(root, phrase) or root
    return _name_words(head, phrase) if head.pos_ == "PROPN" else _described(_says_more(root, phrase), phrase)


def _speaking_together(phrase: Phrase) -> list[list[Token]]:
    """The words of each speaker of 'two officers and a local mayor said'; empty where one speaks alone."""
    root = phrase.root
    heads = [root, *(t for t in root.conjuncts if phrase.start <= t.i < phrase.end and t.ent_iob_ != "I")]
    joined = any(c.dep_ == "cc" and c.lower_ == "and" for t in heads for c in t.children)
    if len(heads) == 1 or not joined or any(t.pos_ not in ("NOUN", "PROPN") for t in heads):
        return []
    return [_who(t, phrase) for t in sorted(heads, key=lambda t: t.i)]


def _together(several: list[list[Token]], text: str) -> str:
    """'two officers and local mayor': every speaker by its name, as the text joins them."""
    names = [clean_name(text[words[0].idx : words[-1].idx + len(words[-1])]) for words in several]
    return " and ".join([", ".join(names[:-1]), names[-1]])


def _name_beside(root: Token, phrase: Phrase) -> Token | None:
    """The person named beside a description: 'a spokesman for the army, Col. Ali Omar'."""
    if root.pos_ == "PROPN":
        return None
    beside = (
        c for c in root.children if _is_beside(c, root) and c.pos_ == "PROPN" and phrase.start <= c.i < phrase.end
    )
    return next(beside, None)


def _is_beside(child: Token, root: Token) -> bool:
    """'the director of the hospital, Dr Jane Doe': a name that only a comma joins is no second speaker."""
    if child.dep_ == "appos":
        return True
    alone = child.dep_ == "conj" and child.ent_type_ == "PERSON" and child.left_edge.nbor(-1).text == ","
    return alone and not any(c.dep_ == "cc" for c in root.children)


def _says_more(root: Token, phrase: Phrase) -> Token:
    """'a rival organisation, the local branch of the Northern Front': the apposition, where it alone has a name."""
    if any(t.pos_ == "PROPN" for c in root.children if c.dep_ != "appos" for t in c.subtree):
        return root
    beside = (c for c in root.children if c.dep_ == "appos" and c.pos_ == "NOUN" and phrase.start <= c.i < phrase.end)
    return next((c for c in beside if any(t.pos_ == "PROPN" for t in c.subtree)), root)


def _name_words(head: Token, phrase: Phrase) -> list[Token]:
    """The words of a proper name: its head, what is compounded with it, and 'of the ...' where that is named too."""
    left = head.i
    while left > phrase.start and _in_name(head.doc[left - 1]):
        left -= 1
    right = head.i
    of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ in ("of", "for") and c.i == right + 1), None)
    inner = next((c for c in of.children if c.dep_ == "pobj" and c.pos_ == "PROPN"), None) if of is not None else None
    if inner is not None and head.ent_type_ != "PERSON":
        right = min(inner.i, phrase.end - 1)
    return list(head.doc[left : right + 1])


def _in_name(token: Token) -> bool:
    """'Kataeb' of 'Kataeb Hezbollah', 'Iranian' of 'the Iranian Foreign Ministry'; not the 'spokesman' of a name."""
    if token.pos_ == "PROPN" or (token.text[:1].isupper() and token.dep_ in ("compound", "amod", "nmod")):
        return True
    return token.text in ("-", "'s", "’s") or (
        token.lower_ in ("al", "bin", "ben", "van", "von", "de") and token.dep_ != "prep"
    )


def _described(root: Token, phrase: Phrase) -> list[Token]:
    """The head of a description with the words that say who it is: 'security sources', 'governor of the region'."""
    left = min([root.i, *(c.left_edge.i for c in root.children if c.i < root.i and c.dep_ != "punct")])
    right = root.i
    for child in root.children:
        closer = child.dep_ == "prep" or (child.dep_ == "amod" and any(c.dep_ == "prep" for c in child.children))
        if closer and child.i > root.i and child.i == right + 1:  # 'a source close to the governor'
            right = max(right, *(t.i for t in child.subtree))
    return list(root.doc[max(left, phrase.start) : min(right + 1, phrase.end)])

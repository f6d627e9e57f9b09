"""Who takes a stance on a deed: claims it or disclaims it, confirms or denies it, or lays it at another's door.

Here the object is a deed's noun or verb, not a clause that someone says: 'claimed Tuesday's ambush', 'denied any link
with the operation', 'confirmed the raid', 'blamed the rebels for the attack'. Where nobody is the subject ('No group
has claimed the attack') there is a mention without a stance, so that nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.coding.attribution import AttributionCues
from dateline.coding.attribution.verbs import source_span, speaking_subject
from dateline.coding.roles import is_passive, subject
from dateline.coding.speakers import antecedent, is_negated, is_nobody, speaker_kind
from dateline.language.parse import Parse
from dateline.types import About, Attribution, Span, SpeakerKind, Stance


@dataclass(frozen=True, slots=True)
class StanceMention:
    """One voice's stance on one deed: `object_index` is the token that heads the deed's phrase.

    `stance` null: the words deny that anyone took it ('nobody claimed the attack').
    """

    source: Span | None
    cue: Span
    object_index: int
    stance: Stance | None
    about: About = About.EVENT
    kind: SpeakerKind = SpeakerKind.DESCRIBED


Words = Mapping[str, frozenset[str]]


def responsibility(
    parse: Parse, attributions: Sequence[Attribution], cues: AttributionCues
) -> tuple[StanceMention, ...]:
    """The stances on deeds in a text, in its order."""
    words = cues.stances
    found: list[StanceMention] = []
    for token in parse.doc:
        if token.lemma_ not in words["any"]:
            continue
        found += [_mention(read, parse, cues) for read in _stances(token, words)]
    found += [_mention(read, parse, cues) for a in attributions for read in _own_deeds(a, parse, words)]
    return tuple(sorted(found, key=lambda m: (m.cue.start, m.object_index)))


@dataclass(frozen=True, slots=True)
class _Read:
    """A stance still in tokens: `by` is the head of the source, `verb` the cue."""

    by: Token | None
    verb: Token
    deed: Token
    stance: Stance | None
    about: About = About.EVENT


def _mention(read: _Read, parse: Parse, cues: AttributionCues) -> StanceMention:
    nobody = read.by is not None and is_nobody(read.by, cues.lists["nobody"])
    source = None if nobody else antecedent(source_span(parse.text, read.by, read.verb), parse.doc)
    return StanceMention(
        source=source,
        cue=Span(read.verb.idx, read.verb.idx + len(read.verb)),
        object_index=read.deed.i,
        stance=None if nobody or is_negated(read.verb) else read.stance,
        about=read.about,
        kind=speaker_kind(source, parse, cues),
    )


# ---------------------------------------------------------------- by a verb and its object
def _stances(token: Token, words: Words) -> Iterator[_Read]:
    if token.pos_ == "NOUN":
        yield from _no_claim(token, words)
        return
    if token.pos_ != "VERB":
        return
    for rule in _RULES:
        reads = list(rule(token, words))
        if reads:
            yield from reads
            return


def _no_claim(noun: Token, words: Words) -> Iterator[_Read]:
    """'There was no claim of responsibility'; 'a claim of responsibility by the group'."""
    of = _object_of(noun, "of")
    if noun.lemma_ != "claim" or of is None or of.lemma_ not in words["responsibility"]:
        return
    if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        yield _Read(noun, noun, _deed_below(of, words) or of, None)
    elif (
        by := _object_of(noun, "by") or _object_of(noun, "from") or _object_of(of, "by") or _object_of(of, "from")
    ) is not None:
        yield _Read(by, noun, _deed_below(of, words) or of, Stance.CLAIMS_RESPONSIBILITY)


def _claims(verb: Token, words: Words) -> Iterator[_Read]:
    """'claimed the ambush', 'took responsibility for the raid'; both also in the passive."""
    for thing in _things(verb):
        if thing.lemma_ in words["responsibility"] and verb.lemma_ in words["take"]:
            deed = _deed_below(thing, words) or _for_object(verb, words) or thing
            yield _Read(_by(verb), verb, deed, Stance.CLAIMS_RESPONSIBILITY)
        elif verb.lemma_ in words["claim"] and thing.lemma_ in words["deeds"]:
            yield _Read(_by(verb), verb, thing, Stance.CLAIMS_RESPONSIBILITY)


def _disclaims(verb: Token, words: Words) -> Iterator[_Read]:
    """'denied any part in the raid', 'denied having used force', 'denied that its men had fired'."""
    if verb.lemma_ not in words["disclaim"]:
        return
    for thing in _things(verb):
        if thing.lemma_ in words["part_in"]:
            deed = _deed_below(thing, words) or _for_object(verb, words) or thing
            yield _Read(_by(verb), verb, deed, Stance.DISCLAIMS_RESPONSIBILITY, About.ACTOR)
    for clause in (c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "pcomp") and c.i > verb.i):
        own = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if (own is None and _is_gerund(clause)) or (own is not None and _is_own(own, words)):
            told = _deed_of_clause(clause, words) or clause
            yield _Read(_by(verb), verb, told, Stance.DISCLAIMS_RESPONSIBILITY, About.ACTOR)


def _is_gerund(verb: Token) -> bool:
    """'firing', 'having fired'."""
    return verb.tag_ == "VBG" or any(c.dep_ == "aux" and c.tag_ == "VBG" for c in verb.children)


def _confirms(verb: Token, words: Words) -> Iterator[_Read]:
    """'confirmed the raid', 'confirmed reports of a raid'."""
    if verb.lemma_ in words["confirm"]:
        yield from _on_deeds(verb, words, Stance.CONFIRMS)


def _calls(verb: Token, words: Words) -> Iterator[_Read]:
    """'called that "a lie"', 'dismissed the report as baseless', 'rejected as a lie the claims of a strike'."""
    predicates = list(_predicates(verb))
    if verb.lemma_ not in words["call"] or not any(t.lemma_.lower() in words["falsehood"] for t in predicates):
        return
    clause = _extraposed(verb, predicates)
    for thing in _things(verb) or _called(verb):
        if clause is not None:
            thing = clause
        elif thing.lemma_.lower() in words["falsehood"]:
            thing = next((c for c in thing.children if c.lower_ in ("that", "this")), thing)
        deed = thing if thing.pos_ == "VERB" else _deed_below(thing, words) or thing
        yield _Read(_by(verb), verb, deed, Stance.DENIES, _about(thing, deed, words))


def _extraposed(verb: Token, predicates: Sequence[Token]) -> Token | None:
    """'called it a lie that its men had fired': the clause that 'it' stands for."""
    if not any(c.lower_ == "it" and c.i > verb.i for t in (verb, *predicates) for c in t.children):
        return None
    below = (c for t in (verb, *predicates) for c in t.children if c.dep_ in ("ccomp", "acl", "relcl", "advcl"))
    return next((c for c in below if c.pos_ in ("VERB", "AUX") and c.left_edge.lower_ == "that"), None)


def _about(thing: Token, deed: Token, words: Words) -> About:
    """'denied the figure', 'dismissed the claim of American deaths': about the toll; 'denied the raid': the event."""
    counted = (c.lemma_ for c in thing.children if thing.pos_ == "NUM")  # 'the claim of 80 dead'
    return About.HARM if {thing.lemma_, deed.lemma_, *counted} & words["tolls"] else About.EVENT


def _denies(verb: Token, words: Words) -> Iterator[_Read]:
    """'denied the attack', 'denied it'; 'dismissed the report of an attack', but not 'dismissed the attack'."""
    if verb.lemma_ in words["deny"]:
        yield from _on_deeds(verb, words, Stance.DENIES)
        for thing in (t for t in _things(verb) if t.lower_ in POINTING or t.lemma_ in words["tolls"]):
            yield _Read(_by(verb), verb, thing, Stance.DENIES, _about(thing, thing, words))
    elif verb.lemma_ in words["dismiss"]:
        yield from _on_tidings(verb, words, Stance.DENIES)


def _differs(verb: Token, words: Words) -> Iterator[_Read]:
    """'told a different story', 'gave another version': against what was told before."""
    if verb.lemma_ not in words["give_version"]:
        return
    for thing in (t for t in _things(verb) if t.lemma_ in words["versions"]):
        if any(c.lower_ in words["differing"] for c in thing.children):
            yield _Read(_by(verb), verb, thing, Stance.DENIES)


def _doubts(verb: Token, words: Words) -> Iterator[_Read]:
    """'questioned the account of the raid', 'doubts the figure'."""
    if verb.lemma_ in words["doubt"]:
        yield from _on_tidings(verb, words, Stance.DOUBTS)


def _blames(verb: Token, words: Words) -> Iterator[_Read]:
    """'blamed smugglers for the attack', 'accused the army of shelling it', 'attributed the blast to rebels'."""
    if verb.lemma_ in words["attribute"]:
        deeds = [t for t in _things(verb) if t.lemma_ in words["deeds"] and laid_on(verb)]
    elif verb.lemma_ in words["blame"]:
        deeds = [d for d in (_for_object(verb, words),) if d is not None]
        laid = verb.lemma_ in _LAYING and bool(laid_on(verb))
        deeds += [t for t in _things(verb) if t.lemma_ in words["deeds"] and laid]
    else:
        return
    by = _by(verb)
    for deed in deeds if by is not None else ():  # 'often blamed for such attacks': by whom is unsaid
        yield _Read(by, verb, deed, Stance.ASSERTS, About.ACTOR)


_LAYING = frozenset({"blame", "charge"})
"""'blamed the raid on the town on rebels'; who 'condemned the raid on the town' lays it on nobody."""


def laid_on(verb: Token) -> list[Token]:
    """Whom 'blamed it on' or 'attributed it to' brings in: the last such words, also where they hang on the deed.

    'blamed the raid on the town on [rebels]', 'attributed the bombing of a bank to [them]'.
    """
    places = [verb, *(c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))]
    after = [p for place in places for p in place.children if p.dep_ in ("prep", "dative") and p.lower_ in ("to", "on")]
    last = max((p for p in after if p.i > verb.i), key=lambda p: p.i, default=None)
    found = [c for c in last.children if c.dep_ == "pobj"] if last is not None else []
    return [t for t in found if t.ent_type_ not in ("DATE", "TIME")]


def _by_phrase(verb: Token, words: Words) -> Iterator[_Read]:
    """'put its name to the hijack', 'owned up to torching it', 'washed its hands of the beating'."""
    for kind, stance, about in _PHRASES:
        for entry in words[kind]:
            *beside, preposition = entry.split()[1:]
            if entry.split(" ", 1)[0] != verb.lemma_ or not _has_beside(verb, beside):
                continue
            deed = _under_phrase(verb, beside, preposition)
            if deed is not None:
                yield _Read(_by(verb), verb, deed, stance, about)
                return


_PHRASES = (
    ("claim_phrases", Stance.CLAIMS_RESPONSIBILITY, About.EVENT),
    ("disclaim_phrases", Stance.DISCLAIMS_RESPONSIBILITY, About.ACTOR),
    ("doubt_phrases", Stance.DOUBTS, About.EVENT),
)


def _has_beside(verb: Token, beside: Sequence[str]) -> bool:
    return all(any(c.lemma_ == w or c.lower_ == w for c in verb.children if c.i > verb.i) for w in beside)


def _under_phrase(verb: Token, beside: Sequence[str], preposition: str) -> Token | None:
    """What the last preposition brings in, whether it hangs on the verb or on the word before it."""
    for place in (verb, *(c for c in verb.children if c.i > verb.i and c.lemma_ in beside)):
        found = _object_of(place, preposition)
        if found is not None:
            return found
        nested = next((c for c in place.children if c.dep_ in ("prep", "prt", "advmod") and c.i > verb.i), None)
        found = _object_of(nested, preposition) if nested is not None else None
        if found is not None:
            return found
    return None


_RULES = (_claims, _by_phrase, _disclaims, _calls, _confirms, _denies, _differs, _doubts, _blames)
"""In this order: the first that finds anything settles a verb."""


def _on_deeds(verb: Token, words: Words, stance: Stance) -> Iterator[_Read]:
    for thing in _things(verb):
        deed = (
            thing
            if thing.lemma_ in words["deeds"]
            else _deed_below(thing, words)
            if thing.lemma_ in words["tidings"]
            else None
        )
        if deed is not None:
            yield _Read(_by(verb), verb, deed, stance)


def _on_tidings(verb: Token, words: Words, stance: Stance) -> Iterator[_Read]:
    for thing in _things(verb):
        if thing.lemma_ in words["tidings"] or (thing.lemma_ in words["tolls"] and stance is not Stance.CONFIRMS):
            deed = thing if thing.lemma_ in words["tolls"] else _deed_below(thing, words) or _told_clause(verb) or thing
            toll = _object_of(thing, "of")
            yield _Read(_by(verb), verb, deed, stance, _about(thing if toll is None else toll, deed, words))


def _told_clause(verb: Token) -> Token | None:
    """'rejected accounts in the press that it was hit', where the parser hangs the clause on the verb."""
    clauses = (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.left_edge.lower_ == "that")
    return next((c for c in clauses if c.pos_ == "VERB"), None)


POINTING = frozenset({"it", "this", "that"})
"""Words that go back to what was said last."""


# ---------------------------------------------------------------- 'said it had fired the rockets'
def _own_deeds(attribution: Attribution, parse: Parse, words: Words) -> Iterator[_Read]:
    """A source that tells its own deed claims it, and one that tells it did not, disclaims it."""
    if attribution.cue is None or attribution.source is None or attribution.stance not in _TELLING:
        return
    cue = parse.doc.char_span(attribution.cue.start, attribution.cue.end, alignment_mode="expand")
    verb = next((t for t in reversed(list(cue or ())) if t.pos_ == "VERB" and t.lemma_ in words["telling"]), None)
    if verb is None or is_negated(verb):
        return
    for clause in (c for c in verb.children if c.dep_ == "ccomp" or (c.dep_ == "xcomp" and _is_gerund(c))):
        own = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if own is not None and clause.lemma_ == "be" and _is_ours(clause):
            yield _Read(subject(verb), verb, own, Stance.CLAIMS_RESPONSIBILITY)
        if own is None and _is_gerund(clause) and verb.lemma_ in words["take"]:  # 'admitted leaving a bomb'
            yield _Read(subject(verb), verb, _deed_of_clause(clause, words) or clause, Stance.CLAIMS_RESPONSIBILITY)
        if (
            own is None
            or not _is_own(own, words)
            or _is_of_others(own, attribution, parse.text)
            or any(c.dep_ == "aux" and c.lemma_ in _UNREAL for c in clause.children)
        ):
            continue
        deed = _deed_of_clause(clause, words) or clause
        if is_passive(clause) or deed.pos_ == "AUX":
            continue
        denied = any(c.dep_ == "neg" for c in clause.children)
        stance = Stance.DISCLAIMS_RESPONSIBILITY if denied else Stance.CLAIMS_RESPONSIBILITY
        yield _Read(subject(verb), verb, deed, stance, About.ACTOR if denied else About.EVENT)


_TELLING = frozenset({Stance.ASSERTS, Stance.CONFIRMS})
_UNREAL = frozenset({"will", "would", "could", "may", "might", "should", "can", "must", "shall"})


def _is_ours(clause: Token) -> bool:
    """'the attack was its own work', 'it was theirs'."""
    said = (c for c in clause.children if c.dep_ in ("attr", "acomp", "nsubj") and c.i > clause.i)
    return any(
        c.lower_ in _OURS or (c.lemma_ in _WORK and any(p.tag_ == "PRP$" for p in c.children)) for c in said
    ) and not any(c.dep_ == "neg" for c in clause.children)


_OURS = frozenset({"theirs", "ours", "its"})
_WORK = frozenset({"work", "doing", "operation", "deed", "handiwork", "answer"})


def _is_own(token: Token, words: Words) -> bool:
    """'it', 'they', 'its fighters', 'our forces'."""
    if token.lower_ in words["pronouns"]:
        return True
    return token.lemma_ in words["own_side"] and any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in token.children)


def _is_of_others(own: Token, attribution: Attribution, text: str) -> bool:
    """'"They fired at us," he said': in a quotation only 'we' and 'our men' are those who speak."""
    piece = next((c for c in attribution.content if c.start <= own.idx < c.end), None)
    if piece is None or text[piece.start] not in _QUOTES:
        return False
    whose = [c.lower_ for c in own.children if c.dep_ == "poss"] or [own.lower_]
    return not any(word in _FIRST_PERSON for word in whose)


_QUOTES = frozenset('"“„«')
_FIRST_PERSON = frozenset({"we", "i", "our", "my", "us"})


def _deed_of_clause(clause: Token, words: Words) -> Token | None:
    """The deed that a clause tells: its verb, or the noun of 'carried out the attack', 'was behind the attack'."""
    nouns = [
        d
        for c in clause.children
        if c.dep_ in ("dobj", "attr")
        for d in (c, _deed_below(c, words))
        if d is not None and d.lemma_ in words["deeds"]
    ]
    if clause.lemma_ == "be":
        return _object_of(clause, "behind") or next(
            (
                d
                for c in clause.children
                if c.dep_ == "acomp" and c.lower_ == "responsible"
                for d in [_object_of(c, "for")]
                if d
            ),
            None,
        )
    if nouns and clause.lemma_ in _LIGHT:
        return nouns[0]
    return clause if clause.lemma_ in words["deed_verbs"] else None


_LIGHT = frozenset(
    "carry conduct stage mount launch commit order plan have take lay set spring make do undertake perpetrate".split()
)


# ---------------------------------------------------------------- reading the parse
def _by(verb: Token) -> Token | None:
    if is_passive(verb):
        agent = next((c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    return speaking_subject(verb)


def _things(verb: Token) -> list[Token]:
    """The objects of an active verb, the subjects of a passive one, with what is coordinated with them."""
    wanted = ("nsubjpass",) if is_passive(verb) else ("dobj",)
    heads = [c for c in verb.children if c.dep_ in wanted]
    if not heads and verb.dep_ == "acl" and is_passive(verb):
        heads = [verb.head]
    return [t for h in heads for t in (h, *(c for c in h.conjuncts if c.i > h.i))]


def _called(verb: Token) -> list[Token]:
    """The object of 'called that a lie', which the parser may take for a subject or an article of the lie."""
    said = [c for c in verb.children if c.dep_ in ("ccomp", "oprd", "xcomp", "dobj") and c.i > verb.i]
    below = [s for c in said for s in c.children]
    return [s for s in below if s.dep_ == "nsubj" or (s.dep_ == "det" and s.lower_ in ("that", "this"))][:1]


def _predicates(verb: Token) -> Iterator[Token]:
    """The words of what something is called: 'pure invention', 'as baseless'."""
    for child in verb.children:
        if child.i > verb.i and (
            child.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp", "dobj") or child.lower_ == "as"
        ):
            yield from (
                t
                for t in child.subtree
                if t.dep_ in ("oprd", "attr", "pobj", "acomp", "ccomp", "xcomp", "dobj", "amod", "conj", "pcomp")
            )


def _object_of(token: Token, preposition: str) -> Token | None:
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ == preposition:
            return next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
    return None


def _for_object(verb: Token, words: Words) -> Token | None:
    """The deed after 'for' or 'of': 'blamed X for the raid', 'accused X of carrying out the raid'."""
    for place in (verb, *(c for c in verb.children if c.dep_ == "dobj")):
        for preposition in ("for", "of", "over", "with"):
            inner = _object_of(place, preposition)
            if inner is None:
                continue
            deed = (
                _deed_of_clause(inner, words) or inner
                if inner.pos_ == "VERB"
                else inner
                if inner.lemma_ in words["deeds"]
                else _deed_below(inner, words)
            )
            if deed is not None:
                return deed
    return None


def _deed_below(token: Token, words: Words) -> Token | None:
    """The deed inside a noun phrase: 'a part in the attack', 'the claims of a strike', 'reports that it had fired'."""
    for child in token.children:
        if child.i < token.i:
            continue
        if child.dep_ in ("acl", "relcl", "ccomp") and child.pos_ == "VERB":
            return child
        if child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                return inner if inner.lemma_ in words["deeds"] or inner.pos_ == "VERB" else _deed_below(inner, words)
    return None

"""Drafts: what a sentence says of one event, still in tokens and mentions, before it is written out as a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.coding.background import BackgroundWords, is_background, is_old
from dateline.coding.folding import Deed
from dateline.coding.harm import HarmMention
from dateline.coding.means import MeansMention
from dateline.coding.modality import Holding, ModalityWords, holding
from dateline.coding.modes import Modes
from dateline.coding.roles import HARM_VERBS, clause_verb, is_passive
from dateline.coding.speakers import SpeakerRead
from dateline.coding.triggers import Candidate, Surroundings, fillers, speaking_of_itself
from dateline.knowledge.statements import Statements
from dateline.language.locating import TOPICS, is_a_doing, is_same_moment, places_of
from dateline.language.parse import phrase
from dateline.language.times import is_compared, times_of
from dateline.types import About, EventType, Modality, PlaceKind, PlaceMention, PlaceUse, Stance, TimeMention

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as one passage tells it. `thread` numbers the event within the report.

    `actors` and `targets` are token indices of heads; `speaker` is null where the report speaks for itself; `said_at` is
    the first token of the sentence in which a voice of its own is raised (a toll told apart from its deed). `aside`: told
    in a clause that only says who is meant ('the general killed in May'); `outcome_only`: only what a deed did is told;
    `of_the_day`: nothing says when, and a statement is told on its day or the day after.
    """

    type: EventType
    head: int
    trigger: tuple[int, ...]
    actors: tuple[int, ...]
    targets: tuple[int, ...]
    holding: Holding
    mode: str | None
    context: tuple[str, ...]
    confidence: float
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    harm: tuple[HarmMention, ...] = ()
    means: tuple[MeansMention, ...] = ()
    speaker: SpeakerRead | None = None
    stance: Stance = Stance.ASSERTS
    about: About = About.EVENT
    background: bool = False
    thread: int = 0
    noun: bool = False
    definite: bool = False
    outcome_only: bool = False
    aside: bool = False
    inferred_time: bool = False
    inferred_place: bool = False
    of_the_day: bool = False
    said_at: int | None = None


def draft(
    deed: Deed,
    around: Surroundings,
    *,
    means: Sequence[MeansMention],
    modality: ModalityWords,
    background: BackgroundWords,
    modes: Modes,
    statements: Statements,
    published: str | None,
) -> Draft:
    """The draft of `deed`: its parties without weapons and without other triggers, how it is held, when and where."""
    doc = around.words.parse.doc
    lead = deed.candidates[0]
    triggers = tuple(sorted({i for c in deed.candidates for i in c.trigger}))
    heads = [doc[c.head] for c in deed.candidates]
    arms = _means_of(deed, doc, means)
    weapons = {m.i for m in arms}
    held = holding(heads[0], modality)
    said = held.modality is Modality.HAPPENED or deed.type in statements.pacts
    times = _own_times(_first_times(heads, around), published, looks_ahead=said and statements.looks_ahead(deed.type))
    wielders = _wielders([i for c in deed.candidates for i in c.actors], arms, around)
    actors = _parties([*(c.actors for c in deed.candidates), wielders], triggers, weapons, around)
    targets = _parties((c.targets for c in _deeds_first(deed.candidates)), triggers, weapons, around)
    actors = tuple(i for i in actors if i not in _victims(deed))
    return Draft(
        type=deed.type,
        head=lead.head,
        trigger=triggers,
        actors=actors,
        targets=tuple(i for i in targets if deed.type is not EventType.ASSAULT or not _is_where(doc[i], around)),
        holding=_held(held, times, published),
        mode=_mode(deed, arms, modes, heads),
        context=tuple(dict.fromkeys(x for c in deed.candidates for x in c.pattern.context)),
        confidence=max(c.pattern.confidence for c in deed.candidates),
        times=times,
        places=_first_places(heads, actors, around),
        means=arms,
        background=is_background(heads[0], deed.type, times, published, background)
        or _is_tally(heads[0], around)
        or (not times and any(is_old(t, published, background) for t in _times_around(heads[0], around))),
        noun=lead.pattern.noun,
        definite=lead.pattern.noun and _is_definite(heads[0]),
        aside=heads[0].dep_ in ("relcl", "acl"),
        outcome_only=all(c.pattern.phrase[0] in HARM_VERBS for c in deed.candidates),
    )


def _victims(deed: Deed) -> frozenset[int]:
    """'A man killed in the raid on Kar': who fell to a deed has not done it."""
    outcomes = (c for c in deed.candidates if c.pattern.phrase[0] in HARM_VERBS)
    return frozenset(i for c in outcomes for i in c.targets if i not in c.actors)


def _deeds_first(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """What was attacked stands before who was killed by it."""
    return sorted(candidates, key=lambda c: c.pattern.phrase[0] in HARM_VERBS)


_COUNTING = frozenset("series wave string spate number round barrage rash flurry campaign set pair dozen".split())


def _asked(heads: list[Token]) -> list[Token]:
    """The words to ask for a time and place: the triggers and, for 'a series of attacks in May', what counts them."""
    counting = [
        h.head.head for h in heads if h.dep_ == "pobj" and h.head.lower_ == "of" and h.head.head.lemma_ in _COUNTING
    ]
    return [*heads, *counting]


def _times_around(head: Token, around: Surroundings) -> list[TimeMention]:
    """The times of clauses on a trigger or around it: 'seized by rebels who rose in 2012', 'a war of 2006 in which'."""
    above = head
    held: list[TimeMention] = []
    while above.dep_ in ("relcl", "acl", "advcl", "conj") and above.head.i != above.i and not held:
        above = above.head
        held = list(times_of(above, around.words.times, around.words.parse))
    below = [c for c in head.children if c.dep_ in ("advcl", "relcl", "prep", "npadvmod") and c.i > head.i]
    spans = [(c.left_edge.idx, c.right_edge.idx) for c in below]
    inside = [t for t in around.words.times if any(a <= t.start <= b for a, b in spans)]
    return held + [t for t in inside if not is_compared(t, around.words.parse)]


def _is_tally(head: Token, around: Surroundings) -> bool:
    """'a series of attacks in recent weeks': a count of many over a stretch of time tells of no single one."""
    top = _asked([head])[-1]
    if head.pos_ not in ("NOUN", "PROPN") or top.i == head.i:
        return False
    start, end = top.left_edge.idx, top.right_edge.idx
    return any(t.type == "DURATION" and start <= t.start <= end for t in around.words.times)


def _own_times(times: tuple[TimeMention, ...], published: str | None, *, looks_ahead: bool) -> tuple[TimeMention, ...]:
    """'warned them to leave from Sunday', told on a Saturday: Sunday is the deadline's, not the warning's."""
    if not looks_ahead or published is None:
        return times
    return tuple(t for t in times if t.first is None or t.first[:10] <= published[:10])


def _held(held: Holding, times: Sequence[TimeMention], published: str | None) -> Holding:
    """'The session on Sunday', told on a Saturday, is still to come."""
    if published is None or held.modality is not Modality.HAPPENED or not times or times[0].first is None:
        return held
    return replace(held, modality=Modality.PLANNED) if times[0].first[:10] > published[:10] else held


def _first_times(heads: list[Token], around: Surroundings) -> tuple[TimeMention, ...]:
    found = (times_of(h, around.words.times, around.words.parse) for h in _asked(heads))
    return next((times for times in found if times), ())


def _first_places(heads: list[Token], actors: tuple[int, ...], around: Surroundings) -> tuple[PlaceMention, ...]:
    """The places of the first trigger that has any, without those that name an actor ('Washington blamed')."""
    doc = around.words.parse.doc
    acting = [(p.start_char, p.end_char) for p in (phrase(doc[i]) for i in actors)]
    for head in _asked(heads):
        places = places_of(head, around.places, around.words.parse)
        kept = tuple(
            p for p in places if not any(start <= p.start < end for start, end in acting) and _in_clause(p, head, doc)
        )
        if kept:
            return kept
    return tuple(p for p in around.places if p.use is PlaceUse.PLACE and _is_about(p, heads[0], acting, doc))[:2]


_WHERE = frozenset({"in", "at", "near", "outside", "on", "above", "around", "inside", "across", "off", "of", "between"})


def _is_about(place: PlaceMention, head: Token, acting: list[tuple[int, int]], doc: Doc) -> bool:
    """'clashed with troops in the city of Kar': where the parser hangs the place on a party, it still is the place."""
    if not head.sent.start_char <= place.start < head.sent.end_char or any(a <= place.start < b for a, b in acting):
        return False
    span = doc.char_span(place.start, place.end, alignment_mode="expand")
    token = span.root if span is not None else head
    while token.head.i != token.i and token.i != head.i:
        if token.pos_ == "ADP" and token.lower_ not in _WHERE and token.head.i != head.i:
            return False
        if token.lower_ in TOPICS and token.head.i == head.i and any(is_a_doing(c) for c in token.children):
            return False  # 'arrested over the raid on Kar'
        if token.dep_ in _OTHER_CLAUSES or (token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")):
            return False
        token = token.head
    return token.i == head.i and token.i != (span.root.i if span is not None else -1) and place.place.kind not in _WIDE


_OWN_CLAUSES = frozenset({"acl", "xcomp", "pcomp", "relcl"})
_OTHER_CLAUSES = frozenset("nsubj poss amod relcl acl ccomp advcl appos parataxis".split())
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


def _in_clause(place: PlaceMention, head: Token, doc: Doc) -> bool:
    """Whether the first verb above the place is the trigger's own, and the place is no clause's subject."""
    span = doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        if token.dep_ in ("nsubj", "csubj") and token.i != head.i and not is_passive(token.head):
            return False
        token = token.head
    verb = clause_verb(head)
    hangs_on = token.dep_ in _OWN_CLAUSES and head.is_ancestor(token)
    return token.i in (head.i, verb.i) or hangs_on or (is_same_moment(token) and verb.is_ancestor(token))


def _mode(deed: Deed, arms: Sequence[MeansMention], modes: Modes, heads: list[Token]) -> str | None:
    """The mode that the pattern gives; of an attack with a weapon that is named, the weapon's; else the content's."""
    said = next((c.pattern.mode for c in deed.candidates if c.pattern.mode), None)
    if deed.type is not EventType.ASSAULT:
        return said or modes.of_content(deed.type, heads)
    if said is not None and said not in modes.overruled:
        return said
    return next((modes.means[m.type] for m in arms if m.type in modes.means), said)


def _wielders(actors: Sequence[int], named: Sequence[MeansMention], around: Surroundings) -> tuple[int, ...]:
    """'An Iranian missile shot down the plane', 'a United States drone fired': whose weapon it is, did it."""
    doc = around.words.parse.doc
    arms = around.codebook.classes["weapons"] | around.codebook.classes["vehicles"]
    tools = [doc[i] for i in actors if doc[i].lemma_.lower() in arms]
    found = (t for tool in tools for name in ("possessive", "modifier") for t in fillers(tool, name, around))
    own = [(m.span.start, m.span.end) for m in named]  # 'Katyusha rockets': the maker's name is the weapon's
    known = (t for t in found if t.i in around.actor_tokens or t.i in around.nation_tokens)
    return tuple(t.i for t in known if not any(start <= t.idx < end for start, end in own))


def _means_of(deed: Deed, doc: Doc, means: Sequence[MeansMention]) -> tuple[MeansMention, ...]:
    """The weapons that hang on the deed's triggers: 'two rockets hit', 'fired mortars', 'a precision drone strike'."""
    heads = {c.head for c in deed.candidates}
    sentence = doc[deed.head].sent
    near = [m for m in means if sentence.start <= m.i < sentence.end]
    return tuple(m for m in near if heads & {m.i, *(t.i for t in _two_above(doc[m.i]))})


def _two_above(token: Token) -> list[Token]:
    """The words that `token` hangs on, over at most one preposition and one noun."""
    found = []
    for _ in range(3):
        if token.head.i == token.i or token.dep_ in ("relcl", "advcl", "ccomp"):
            break
        token = token.head
        found.append(token)
        if token.pos_ in ("VERB", "AUX"):
            break
    return found


def _parties(
    groups: Iterable[tuple[int, ...]], triggers: tuple[int, ...], weapons: set[int], around: Surroundings
) -> tuple[int, ...]:
    doc = around.words.parse.doc
    arms = around.codebook.classes["weapons"] | around.codebook.classes["debris"]
    found = list(dict.fromkeys(_meant(doc[i]).i for group in groups for i in group))
    papers = [i for i in found if doc[i].lemma_.lower() in around.codebook.classes["papers"]]
    return tuple(
        i
        for i in (found if len(papers) == len(found) else [i for i in found if i not in papers])
        if i not in triggers
        and i not in weapons
        and not _is_deed(doc[i], around)
        and not _is_amount(doc[i], around)
        and (doc[i].lemma_.lower() not in arms or i in around.actor_tokens)
        and (doc[i].lower_ not in _NOBODY or _is_of_somebody(doc[i]))
        and not _is_label(doc[i], around)
    )


def _is_of_somebody(token: Token) -> bool:
    """'One of the farmers' is somebody, 'one of them' nobody yet."""
    return any(t.pos_ in ("NOUN", "PROPN") for c in token.children if c.lower_ == "of" for t in c.children)


def _meant(token: Token) -> Token:
    """'In front of a bank' is at the bank."""
    if token.lower_ == "front" and token.dep_ == "pobj" and token.head.lower_ == "in":
        return next((t for c in token.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"), token)
    return speaking_of_itself(token)


def _is_label(token: Token, around: Surroundings) -> bool:
    """'SELBAN - Two men', 'Police: Two men': what stands before a report or headline has no part in what it tells."""
    if around.dateline.start <= token.idx < around.dateline.end:
        return True
    return bool(token.is_sent_start) and token.i + 1 < len(token.doc) and token.nbor().text == ":"


_ROUND = _WHERE - {"on", "of", "between"}


def _is_where(token: Token, around: Surroundings) -> bool:
    """'Exploded in Selban', 'the shooting on Mill Road': a place that says where it was, not whom it hit."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ != "pobj":
        return False
    if first.head.lower_ == "on":
        roads = around.codebook.classes["roads"]
        return any(t.pos_ == "PROPN" and t.lemma_.lower() in roads for t in phrase(token))
    named = token.i in around.place_tokens or token.i in around.nation_tokens
    return first.head.lower_ in _ROUND and named and not _is_site(token, around)


def _is_site(token: Token, around: Surroundings) -> bool:
    """'The bombing at the Selban Hotel' hits the hotel, too."""
    return any(p.start <= token.idx < p.end and p.place.kind is PlaceKind.SITE for p in around.places)


_NOBODY = frozenset(
    {
        "it",
        "this",
        "that",
        "there",
        "what",
        "which",
        "who",
        "whom",
        "those",
        "these",
        "other",
        "each",
        "one",
        "another",
        "some",
        "others",
    }
)
"""Words that point without naming: as a party they say nothing."""


def _is_amount(token: Token, around: Surroundings) -> bool:
    """'will receive 200 million euros': a sum is nobody."""
    return token.pos_ != "PROPN" and token.lemma_.lower() in around.codebook.classes["money"]


def _is_deed(token: Token, around: Surroundings) -> bool:
    """An event noun is no party: 'the attack killed three'; 'a patrol' is one, though 'a joint patrol' is a deed."""
    if token.pos_ == "VERB":
        return True
    deeds = around.codebook.nouns.get(token.lemma_.lower(), ()) if token.pos_ == "NOUN" else ()
    return token.i not in around.actor_tokens and any(len(p.phrase) == 1 for p in deeds)


def _is_definite(noun: Token) -> bool:
    """'the attack', 'Thursday's ambush', 'their raid': a mention of a deed that was told already."""
    return any((c.dep_ == "det" and c.lower_ in _DEFINITE) or c.dep_ == "poss" for c in noun.children)

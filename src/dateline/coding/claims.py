"""Writing out: a draft as a claim, each field with the characters it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Phrase

from dateline.coding.crosswalk import Crosswalk
from dateline.coding.demands import DemandRead, DemandWords, demand_of
from dateline.coding.drafts import Draft
from dateline.coding.harm import HarmMention
from dateline.coding.linking import source_head
from dateline.coding.roles import slot
from dateline.coding.scoring import Calibration
from dateline.coding.speakers import SpeakerRead, make_speaker
from dateline.coding.triggers import Surroundings
from dateline.knowledge.actors import ActorLexicon
from dateline.language.actors import Antecedents, actor_of, resolve_reference
from dateline.language.parse import phrase
from dateline.text import digest, evidence
from dateline.types import (
    TOGETHER,
    Actor,
    ActorKind,
    ActorMention,
    Claim,
    Demand,
    EventType,
    Evidence,
    Harm,
    HarmKind,
    Means,
    Number,
    Place,
    Report,
    Span,
    Speaker,
    Time,
    TimePrecision,
)

_SAYS_WE = frozenset({"we", "us", "i", "me", "our", "my"})
_DEMANDING = frozenset({EventType.THREATEN, EventType.REQUEST})
_NEAR = 600
"""Characters that a pronoun's speaker may stand before it: about two paragraphs."""

_SURE = 0.95
"""No rule is surer than this: one reading in twenty of the best is wrong."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing needs of the report at hand."""

    report: Report
    around: Surroundings
    lexicon: ActorLexicon
    antecedents: Antecedents
    sources: tuple[Span, ...]
    quotes: tuple[Span, ...]
    crosswalk: Crosswalk
    demands: DemandWords
    published: str | None
    calibration: Calibration | None


def write_claims(drafts: Sequence[Draft], desk: Desk) -> list[Claim]:
    """The claims of a report, in the order of the text; drafts of one event share their thread's first id."""
    firsts: dict[int, str] = {}
    found: dict[str, Claim] = {}
    for one in sorted(drafts, key=lambda d: (d.head, d.type, d.about)):
        claim = _claim(one, desk)
        if _is_business(claim):
            continue
        firsts.setdefault(one.thread, claim.id)
        found.setdefault(claim.id, replace(claim, thread=firsts[one.thread]))
    return list(found.values())


_COMPANY = frozenset({"BUS", "MNC"})
_FIRM = re.compile(
    r"\b(?:Inc|Corp|Ltd|Plc|PLC|Co|Cos|LLC|AG|GmbH|SA|NV|Bhd|Holdings|Industries|Bancorp|Brothers)\b\.?$|<[A-Z.]+>$"
)


def _is_business(claim: Claim) -> bool:
    """Firms that agree, talk or quarrel with one another: no politics (PLOVER leaves firms' own affairs out)."""
    if claim.type in _DEEDS:
        return False
    parties = [*claim.actors, *claim.targets]
    return bool(parties) and all(p.codes.role in _COMPANY or _FIRM.search(p.quote) for p in parties)


_DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.MOBILIZE, EventType.RETREAT})


def _claim(draft: Draft, desk: Desk) -> Claim:
    actors = _apart([_party(i, draft, desk) for i in draft.actors])
    targets = tuple(t for t in _apart([_party(i, draft, desk) for i in draft.targets]) if not _is_same(t, actors))
    if draft.type in TOGETHER:
        actors, targets = (*actors, *targets), ()
    speaker = _speaker(draft, desk)
    demand = demand_of(desk.around.words.parse, draft.head, desk.demands) if draft.type in _DEMANDING else None
    harm = tuple(_harm(h, targets, desk) for h in draft.harm if _is_counted(h, desk))
    means = tuple(Means(name=m.name, type=m.type) for m in draft.means)
    text = desk.report.text
    proof = tuple(_evidence(draft, actors, targets, demand, desk))
    trigger = "".join(f"{e.start}-{e.end}," for e in proof if e.field == "type")
    place = "".join(f"{p.start}," for p in draft.places)
    return Claim(
        id=digest("claim", desk.report.id, draft.type, trigger, place, speaker.name or "", draft.stance, draft.about)[
            :16
        ],
        report=desk.report.id,
        type=draft.type,
        modality=draft.holding.modality,
        speaker=speaker,
        evidence=proof,
        mode=draft.mode,
        context=draft.context,
        outcome=draft.holding.outcome,
        actors=actors,
        targets=targets,
        harm=harm,
        means=means,
        codes=desk.crosswalk.codes(
            draft.type,
            draft.mode,
            actors=actors,
            targets=targets,
            means=means,
            words=_words_of(draft, desk.around.words.parse.doc),
            context=draft.context,
        ),
        demand=Demand(text=text[demand.text.start : demand.text.end], area_m=demand.area_m) if demand else None,
        stance=draft.stance,
        about=draft.about,
        confidence=_confidence(draft, actors, targets, desk),
        background=draft.background,
        place=Place(name=draft.places[0].place.name, inferred=draft.inferred_place) if draft.places else None,
        time=_time(draft),
    )


def _time(draft: Draft) -> Time | None:
    """What is left to `ground`: a time that words say, or the report's own day for what is told as of the day."""
    if not draft.times and not draft.of_the_day:
        return None
    return Time(None, None, TimePrecision.UNKNOWN, inferred=draft.inferred_time)


def _words_of(draft: Draft, doc: Doc) -> set[str]:
    """The lemmas of a deed's trigger and of what hangs on it, its doer apart: 'dropped', 'sanctions', 'on'."""
    hanging = {c for i in draft.trigger for c in doc[i].children if c.dep_ not in ("nsubj", "agent", "advcl")}
    below = {c for t in hanging if t.dep_ in ("prep", "xcomp", "dobj", "compound") for c in t.children}
    return {t.lemma_.lower() for t in (*(doc[i] for i in draft.trigger), *hanging, *below)}


def _confidence(draft: Draft, actors: tuple[Actor, ...], targets: tuple[Actor, ...], desk: Desk) -> float:
    """How many of ten such claims are right: the scorer's chance, calibrated.

    Where the rules code alone, the pattern's own figure, raised for each party that is named and for a stated time.
    """
    if desk.calibration is not None:
        return round(desk.calibration.of(draft.confidence), 2)
    sure = (
        draft.confidence
        + 0.05 * bool(actors)
        + 0.05 * bool(targets)
        + 0.03 * bool(draft.times and not draft.inferred_time)
    )
    sure -= 0.1 * bool(draft.background)
    return round(min(sure, _SURE), 2)


# ---------------------------------------------------------------- parties
def _apart(parties: list[Actor]) -> tuple[Actor, ...]:
    """`parties` without those that only stand inside another, and a name that a pronoun beside it stands for again."""
    outer = [p for p in parties if not any(_stands_in(p, other) for other in parties)]
    pronouns = _PRONOUNS | _SAYS_WE
    named = {(p.name, p.id) for p in outer if p.quote.lower() not in pronouns}
    return tuple(p for p in outer if p.quote.lower() not in pronouns or (p.name, p.id) not in named)


def _stands_in(inner: Actor, outer: Actor) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner.end - inner.start < outer.end - outer.start


def _is_same(party: Actor, others: tuple[Actor, ...]) -> bool:
    """'The agency gave rice to them': what a pronoun is taken for cannot be who does it."""
    return any(party.name == o.name and party.id == o.id for o in others)


def _party(index: int, draft: Draft, desk: Desk) -> Actor:
    doc = desk.around.words.parse.doc
    token = doc[index]
    if token.dep_ == "appos" and token.head.pos_ == "PROPN" and token.pos_ == "NOUN":
        token = token.head  # 'Kar Front, a faction that': the faction is the Front
    if token.lower_ in _SAYS_WE:
        return _ourselves(token, draft, desk)
    made = actor_of(phrase(token), desk.lexicon, on=desk.published, text=desk.report.text)
    adjective = token.tag_ == "JJ" and made.kind is ActorKind.STATE  # 'an Iranian missile': Iran's
    if made.id is not None and (made.quote.isupper() or adjective):  # copy in capitals: a name has its own letters
        made = replace(made, name=desk.lexicon.name_of(made.id) or made.name)
    named = _in_apposition(token, made, desk)
    if named is not None:
        return named
    known = resolve_reference(phrase(token), desk.antecedents)
    if known is None or made.id is not None:
        return made
    return replace(made, name=known.name, id=known.id, kind=known.kind, codes=known.codes, description=made.name)


def _in_apposition(token: Token, made: Actor, desk: Desk) -> Actor | None:
    """'the supreme leader, Ali Omar, promised': the name stands beside the office, and the office describes it."""
    if token.pos_ == "PROPN":
        return None
    beside = next(
        (c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.ent_type_ == "PERSON"), None
    )
    if beside is None:
        return None
    name = actor_of(phrase(beside), desk.lexicon, on=desk.published, text=desk.report.text)
    end = max(made.end, name.end)
    return replace(
        made,
        name=name.name,
        description=made.quote,
        id=name.id or made.id,
        kind=ActorKind.PERSON,
        codes=name.codes if name.id else made.codes,
        quote=desk.report.text[made.start : end],
        end=end,
    )


def _ourselves(token: Token, draft: Draft, desk: Desk) -> Actor:
    """'We' of a quotation: whoever is quoted; of a statement, whose statement it is, if that is said."""
    made = actor_of(phrase(token), desk.lexicon, on=desk.published, text=desk.report.text)
    source = draft.speaker.source if draft.speaker is not None else None
    head = source_head(source.start, source.end, token.doc) if source is not None else None
    if head is None or token.doc[head].lower_ in _SAYS_WE:
        return made
    said = token.doc[head]
    if said.lemma_.lower() in desk.around.codebook.classes["papers"]:
        owner = next((t for name in ("possessive", "by", "from", "of") for t in slot(said, name)), None)
        if owner is None:
            return made
        said = owner
    found = actor_of(phrase(said), desk.lexicon, on=desk.published, text=desk.report.text)
    known = None if found.id else resolve_reference(phrase(said), desk.antecedents)
    meant = known if known is not None else found
    return replace(made, name=meant.name, id=meant.id, kind=meant.kind, codes=meant.codes, description=found.quote)


def _speaker(draft: Draft, desk: Desk) -> Speaker:
    read, words = draft.speaker, desk.around.words
    if read is not None and read.source is not None:
        said = words.parse.doc.char_span(read.source.start, read.source.end, alignment_mode="expand")
        if said is not None and _known(said, desk) is None:
            read = _meant(read, desk)
    return make_speaker(read, words.parse, desk.lexicon, lambda said: _known(said, desk))


def _known(said: Phrase, desk: Desk) -> ActorMention | None:
    """The named actor that heads a source, or that its pronoun goes back to."""
    at = said.root.idx
    named = (m for m in desk.around.words.actors if m.id is not None and m.start <= at < m.end)
    own = next((m for m in named if m.start <= said.start_char + 4 and m.end >= said.end_char - 2), None)
    if own is not None and said.root.pos_ == "PROPN":
        return own
    meant = resolve_reference(said, desk.antecedents)
    if meant is not None and any(q.start <= meant.start < q.end <= said.start_char for q in desk.quotes):
        return None  # '"No officer was hurt," he said': who speaks is named before the quotation
    if meant is not None and said.root.lower_ in ("he", "she") and meant.kind is not ActorKind.PERSON:
        return None  # 'The figure is false'; he put it at six: a figure says nothing
    if meant is None or meant.id is not None or (meant.kind is ActorKind.PERSON and " " in meant.name):
        return meant
    return meant if said.root.pos_ == "PRON" else None  # 'the army' is not the 'soldiers' named before it


_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who", "which"})


def _meant(read: SpeakerRead, desk: Desk) -> SpeakerRead:
    """A speaker that is only a pronoun, by the last source before it that is not: 'He said' goes on with who spoke."""
    source = read.source
    text = desk.report.text
    if source is None or text[source.start : source.end].lower() not in _PRONOUNS:
        return read
    before = [s for s in desk.sources if s.end <= source.start and text[s.start : s.end].lower() not in _PRONOUNS]
    near = [s for s in before if source.start - s.end < _NEAR]
    return replace(read, source=near[-1]) if near else read


_THINGS = frozenset({HarmKind.DAMAGED, HarmKind.DESTROYED})
_SEVERAL = 2
"""'destroyed houses': how many is unsaid, but more than one."""


def _is_counted(mention: HarmMention, desk: Desk) -> bool:
    """Whether a toll says how many; of things a bare plural says enough."""
    if mention.number.low is not None or mention.number.high is not None:
        return True
    return mention.kind in _THINGS and desk.around.words.parse.doc[mention.victim].tag_ in ("NNS", "NNPS")


def _harm(mention: HarmMention, targets: tuple[Actor, ...], desk: Desk) -> Harm:
    who = mention.who
    target = next((k for k, t in enumerate(targets) if who and t.start < who.end and who.start < t.end), None)
    return Harm(
        kind=mention.kind,
        low=mention.number.low if mention.number != Number(None, None) else _SEVERAL,
        high=mention.number.high,
        who=desk.report.text[who.start : who.end] if who else None,
        target=target,
        total=mention.total,
        part=mention.part or mention.among,
    )


# ---------------------------------------------------------------- evidence
def _evidence(
    draft: Draft, actors: Sequence[Actor], targets: Sequence[Actor], demand: DemandRead | None, desk: Desk
) -> Iterator[Evidence]:
    text = desk.report.text
    doc = desk.around.words.parse.doc
    for start, end in _runs(draft.trigger, doc):
        yield evidence("type", text, start, end)
    for field, parties in (("actors", actors), ("targets", targets)):
        yield from (evidence(field, text, p.start, p.end) for p in parties)
    yield from (evidence("place", text, p.start, p.end) for p in draft.places)
    yield from (evidence("time", text, t.start, t.end) for t in draft.times)
    for harm in draft.harm:
        yield evidence("harm", text, harm.span.start, harm.span.end)
        if harm.number_span is not None and not _inside(harm.number_span, harm.span):
            yield evidence("harm", text, harm.number_span.start, harm.number_span.end)
    yield from (evidence("means", text, m.span.start, m.span.end) for m in draft.means)
    if draft.speaker is not None and draft.speaker.source is not None:
        yield evidence("speaker", text, draft.speaker.source.start, draft.speaker.source.end)
    for start, end in _runs(draft.holding.cues, doc):
        yield evidence("modality", text, start, end)
    if demand is not None:
        yield evidence("demand", text, demand.text.start, demand.text.end)


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _runs(tokens: Sequence[int], doc: Doc) -> Iterator[tuple[int, int]]:
    """The stretches of characters that neighbouring tokens make: 'opened fire' is one, 'carried ... out' two."""
    at = sorted(set(tokens))
    k = 0
    while k < len(at):
        last = k
        while last + 1 < len(at) and at[last + 1] == at[last] + 1:
            last += 1
        first_token, last_token = doc[at[k]], doc[at[last]]
        yield first_token.idx, last_token.idx + len(last_token)
        k = last + 1

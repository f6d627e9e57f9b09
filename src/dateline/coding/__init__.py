"""`code`: who did what to whom, where, when, with what harm, in what modality, and who says so: the claims of one report.

Rules over a parse: patterns of the codebook find triggers (`triggers`), triggers of one deed are folded (`folding`), each
deed is drafted with its parties (`drafts`), tolls and voices told elsewhere are linked to it (`linking`), and each draft is
written out with the characters it rests on (`claims`). What the words stand for is for `ground` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from dateline.coding.answering import with_answers
from dateline.coding.attribution import AttributionCues, find_attributions, outermost
from dateline.coding.attribution.quotes import find_quotes
from dateline.coding.background import is_old, load_background
from dateline.coding.borrowed_times import Lending
from dateline.coding.bygone import load_bygone
from dateline.coding.captors import with_captors
from dateline.coding.claims import Desk, write_claims
from dateline.coding.communiques import issuer
from dateline.coding.complements import with_recipients
from dateline.coding.contexts import in_context, load_contexts
from dateline.coding.crosswalk import Crosswalk
from dateline.coding.demands import DemandWords
from dateline.coding.drafts import Draft, draft
from dateline.coding.folding import fold
from dateline.coding.harm import HarmWords, find_harm
from dateline.coding.keeping import Keeping, kept, load_keeping
from dateline.coding.linking import attach_harm, attach_stances, inherit, number_threads, without_outcomes
from dateline.coding.means import MeansWords, find_means
from dateline.coding.modality import load_modality
from dateline.coding.modes import load_modes
from dateline.coding.occurring import placed_where_it_happened
from dateline.coding.patterns import load_codebook
from dateline.coding.perceiving import without_witnesses
from dateline.coding.pointing import placed_by_pointing
from dateline.coding.scoring import load_scorer, rescored, unlikely_parties, without_strangers
from dateline.coding.screens import screened
from dateline.coding.senses import Senses, tells_no_event
from dateline.coding.speakers import SpeakerRead, speaker_for
from dateline.coding.splitting import split
from dateline.coding.stances import StanceMention, responsibility
from dateline.coding.statements import placed_where_said
from dateline.coding.subjects import is_screened_out
from dateline.coding.triggers import Candidate, Surroundings, find_candidates, surroundings
from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.happenings import Happenings
from dateline.knowledge.packs import Packs
from dateline.knowledge.statements import Statements
from dateline.language.actors import Antecedents
from dateline.language.numbers import Numbers
from dateline.language.place_words import PlaceWords
from dateline.language.words import Words, dateline_of, story_start, words_of_report
from dateline.types import About, Attribution, Claim, EventType, Modality, Report, Span, Stance

__all__ = ["CODERS", "code", "code_words"]


def code(report: Report, knowledge: Packs) -> list[Claim]:
    """The claims of `report`, ungrounded, in the order of its text."""
    if is_screened_out(report.text, knowledge):
        return []
    words = words_of_report(report, knowledge)
    attributions = find_attributions(words.parse, AttributionCues.load(knowledge))
    return _claims(report, words, attributions, knowledge)


CODERS: dict[str, Callable[[Report, Packs], list[Claim]]] = {"rules": code}
"""Coders by name; others are added from the entry points `dateline.coders`."""


def code_words(report: Report, words: Words, attributions: Sequence[Attribution], knowledge: Packs) -> list[Claim]:
    """The claims of a report whose words and attributions are known already."""
    return [] if is_screened_out(report.text, knowledge) else _claims(report, words, attributions, knowledge)


def _claims(report: Report, words: Words, attributions: Sequence[Attribution], knowledge: Packs) -> list[Claim]:
    around = surroundings(words, load_codebook(knowledge), dateline_of(report))
    found = find_candidates(around)
    scorer = load_scorer(knowledge)
    if scorer is None:
        found = with_recipients(found, around)
    else:
        found = without_strangers(rescored(found, around, scorer), around, scorer)
        found = with_recipients(found, around, lambda one: unlikely_parties(one, around, scorer))
    found = without_witnesses(found, words.parse.doc)
    candidates = _unscreened(found, screened(words.parse, report.passages, knowledge), words.parse.doc)
    if not candidates:
        return []
    contexts = load_contexts(knowledge)
    drafts = [in_context(d, around, contexts) for d in _drafts(candidates, around, report, attributions, knowledge)]
    told = outermost(attributions, report.text)
    sources = tuple(sorted({a.source for a in told if a.source is not None}, key=lambda s: s.start))
    return write_claims(drafts, _desk(report, around, sources, knowledge))


def _desk(report: Report, around: Surroundings, sources: tuple[Span, ...], knowledge: Packs) -> Desk:
    lexicon, scorer = ActorLexicon.load(knowledge), load_scorer(knowledge)
    return Desk(
        report=report,
        around=around,
        lexicon=lexicon,
        antecedents=Antecedents(around.words.parse, around.words.actors, lexicon),
        sources=sources,
        quotes=tuple(Span(q.start, q.end) for q in find_quotes(report.text) if not q.single),
        crosswalk=Crosswalk.load(knowledge),
        demands=DemandWords.load(knowledge),
        published=report.published.start,
        calibration=scorer.calibration if scorer is not None else None,
    )


def _unscreened(candidates: list[Candidate], closed: list[Span], doc: Doc) -> list[Candidate]:
    return [c for c in candidates if not any(s.start <= doc[c.head].idx < s.end for s in closed)]


def _drafts(
    candidates: list[Candidate],
    around: Surroundings,
    report: Report,
    attributions: Sequence[Attribution],
    knowledge: Packs,
) -> list[Draft]:
    words, doc = around.words, around.words.parse.doc
    cues, statements = AttributionCues.load(knowledge), Statements.load(knowledge)

    own_voice = issuer(words.parse, cues)

    @cache
    def speaker_of(start: int, end: int) -> SpeakerRead | None:
        return speaker_for(start, end, attributions, words.parse, cues) or own_voice

    def is_history(token: Token) -> bool:
        start, end = token.sent.start_char, token.sent.end_char
        told = (t for t in words.times if start <= t.start < end)
        return any(is_old(t, report.published.start, load_background(knowledge)) for t in told)

    means = find_means(words.parse, MeansWords.load(knowledge))
    made = [
        draft(
            deed,
            around,
            means=means,
            modality=load_modality(knowledge),
            background=load_background(knowledge),
            modes=load_modes(knowledge),
            statements=statements,
            published=report.published.start,
        )
        for deed in fold(candidates, around)
    ]
    voiced = [_voiced(d, doc, speaker_of, statements.disclaimed) for one in made for d in split(one, around)]
    harm = find_harm(words.parse, HarmWords.load(knowledge), Numbers.load(knowledge))
    stances = responsibility(words.parse, attributions, cues)
    deeds = [d for d in without_outcomes(voiced) if not _is_a_denial(d, stances, doc)]
    told = attach_harm(number_threads(deeds, doc), harm, around, speaker_of, is_history)
    told = with_answers(attach_stances(told, stances, doc), doc)
    told = with_captors(told, around)
    keeping: Keeping = load_keeping(knowledge)
    voiced_threads = {d.thread for d in told if d.about is About.HARM}
    held = [d for d in told if kept(d, around, keeping, has_toll=d.thread in voiced_threads)]
    senses = Senses.load(knowledge)
    meant = [d for d in held if not tells_no_event(d, around, senses)]
    said = [placed_where_said(d, around, statements) for d in meant]
    pointed = [placed_by_pointing(d, around, PlaceWords.load(knowledge)) for d in said]
    lending = Lending(
        around=around,
        published=report.published.start,
        opening=story_start(report),
        attributions=tuple(attributions),
        statements=statements,
        bygone=load_bygone(knowledge),
    )
    happenings = Happenings.load(knowledge)
    return inherit(placed_where_it_happened(pointed, around, happenings), lending, happenings)


def _is_a_denial(one: Draft, stances: Sequence[StanceMention], doc: Doc) -> bool:
    """'dismissed the figure', 'rejected as a lie the reports of a raid': a voice on the deed, and no refusal."""
    at = doc[one.head].idx
    denying = [s for s in stances if s.stance in (Stance.DENIES, Stance.DOUBTS) and s.cue.start <= at < s.cue.end]
    if one.type is EventType.CONCEDE:
        return bool(denying)
    called = any(c.lower_ == "as" for c in doc[one.head].children)
    return one.type is EventType.REJECT and any(called or s.about is About.HARM for s in denying)


def _voiced(
    one: Draft, doc: Doc, speaker_of: Callable[[int, int], SpeakerRead | None], disclaimed: frozenset[EventType]
) -> Draft:
    token = doc[one.head]
    speaker = speaker_of(token.idx, token.idx + len(token))
    if speaker is None and token.lemma_ == "say":  # 'Kar will not allow it, she said', where 'said' is of the trigger
        rest = (speaker_of(doc[i].idx, doc[i].idx + len(doc[i])) for i in one.trigger if i < one.head)
        speaker = next((s for s in rest if s is not None), None)
    denied = one.holding.modality is Modality.DENIED
    if (
        denied and one.type in disclaimed and any(doc[i].lower_ in _OURSELVES for i in one.actors)
    ):  # 'We did not fire on the embassy'
        return replace(one, speaker=speaker, stance=Stance.DISCLAIMS_RESPONSIBILITY, about=About.ACTOR)
    if speaker is None:
        return one
    if speaker.stance is Stance.DENIES and not _is_what_is_denied(token, speaker):
        return one
    if speaker.stance is Stance.DENIES and one.holding.modality is Modality.HAPPENED:
        one = replace(one, holding=replace(one.holding, modality=Modality.DENIED))
    return replace(one, speaker=speaker, stance=speaker.stance)


def _is_what_is_denied(deed: Token, speaker: SpeakerRead) -> bool:
    """'denied the figures given after the ambush' says nothing of the ambush; 'denied that it led the ambush' does."""
    if speaker.cue is None:
        return True
    token = deed
    while token.head.i != token.i and not speaker.cue.start <= token.idx < speaker.cue.end:
        aside = token.dep_ in ("advcl", "relcl") or (token.dep_ == "acl" and token.tag_ == "VBN")
        if aside or (token.dep_ == "prep" and token.lower_ in _CIRCUMSTANCES):
            return False
        token = token.head
    return True


_CIRCUMSTANCES = frozenset({"after", "before", "since", "during", "despite", "amid", "following", "until", "because"})
_OURSELVES = frozenset({"we", "i"})

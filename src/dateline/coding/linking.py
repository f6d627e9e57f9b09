"""Linking: what later sentences of a report add to an event told before: tolls, confirmations, denials, times.

'There were no casualties' is a toll of the attack told above; 'the army confirmed the raid' is a second voice for the same
raid. Each such voice becomes a draft of its own on the same thread, with what the first told of parties, place and time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.coding.borrowed_times import Lending, is_before_the_news, is_known_deed, timed
from dateline.coding.drafts import Draft
from dateline.coding.harm import HarmMention
from dateline.coding.lending import MATERIAL, home, lent_place
from dateline.coding.speakers import SpeakerRead
from dateline.coding.stances import POINTING, StanceMention, laid_on
from dateline.coding.stated_times import is_bare, stated_times
from dateline.coding.triggers import Surroundings, whole
from dateline.knowledge.happenings import Happenings
from dateline.language.parse import line_breaks, sentence_starts
from dateline.types import (
    About,
    EventType,
    HarmKind,
    Modality,
    Stance,
    TimeMention,
)

SpeakerOf = Callable[[int, int], SpeakerRead | None]
"""On whose word characters start to end stand."""

_VIOLENT = frozenset({EventType.ASSAULT, EventType.PROTEST})
_HARMING = {
    HarmKind.CAPTURED: frozenset({EventType.COERCE, EventType.ASSAULT}),
    HarmKind.FREED: frozenset({EventType.RETREAT}),
    HarmKind.DISPLACED: frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST}),
}
_OF_THINGS = frozenset({HarmKind.DAMAGED, HarmKind.DESTROYED})
"""Harm to things: told of a deed of the same paragraph, for things are wrecked without any as well."""

_CARRIED_OVER = _OF_THINGS | frozenset(
    {HarmKind.KILLED, HarmKind.INJURED, HarmKind.MISSING, HarmKind.DISPLACED, HarmKind.UNHARMED}
)
"""Harm that a sentence may tell of a deed told before; arrests and releases are told with their deed or not at all."""

_REACH = 20
"""Sentences back that a toll without its deed may look for it: a report's tolls stand in the paragraphs after the lead."""


def number_threads(drafts: Sequence[Draft], doc: Doc) -> list[Draft]:
    """Each draft with the number of its event; 'the attack' goes on with the last one told that fits it."""
    numbered: list[Draft] = []
    for one in drafts:
        again = is_pointer(one) or (one.definite and bool(one.places) and not one.actors)
        seen = _is_seen(one, doc)
        before = _antecedent(one, numbered) if again or seen else _same_breath(one, numbered, doc)
        if before is not None and seen:
            one = replace(one, actors=before.actors)
        numbered.append(replace(one, thread=before.thread if before else len(numbered) + 1))
    return numbered


def _is_seen(one: Draft, doc: Doc) -> bool:
    """'"They shot at us," a woman said': a witness tells of the deed that the report has told."""
    if one.type is not EventType.ASSAULT or one.speaker is None or one.places or one.times or not one.actors:
        return False
    hit = all(doc[i].lower_ in _ANYONE for i in one.targets)
    return hit and all(doc[i].lower_ in ("they", "he") for i in one.actors)


_ANYONE = frozenset({"us", "me", "them", "him", "people", "everyone", "everybody", "anyone", "anybody"})


def _same_breath(one: Draft, before: Sequence[Draft], doc: Doc) -> Draft | None:
    """'The bishop condemned the shooting and accused the police of it': one statement, whatever it does besides."""
    if one.type is not EventType.ACCUSE or not one.actors:
        return None
    joined = (d for d in before if d.type is one.type and d.actors == one.actors and d.mode != one.mode)
    return next((d for d in joined if doc[d.head].sent.start == doc[one.head].sent.start), None)


def without_outcomes(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that only tell what a deed told before did: '17 soldiers were hurt'. Their tolls remain."""
    kept: list[Draft] = []
    for one in drafts:
        told = [d for d in kept if d.type in _VIOLENT and not d.background and d.head < one.head]
        own = one.background or one.actors or one.places or (one.times and not any(_one_day(d, one) for d in told))
        if not told or own or not one.outcome_only:
            kept.append(one)
    return kept


def _one_day(one: Draft, other: Draft) -> bool:
    return not one.times or all(is_bare(t) for t in other.times) or one.times[0].first == other.times[0].first


def is_pointer(draft: Draft) -> bool:
    """'the attack', 'Thursday's raid': a deed mentioned again, with nobody named beside it."""
    return draft.noun and draft.definite and not draft.actors and not draft.targets


def _antecedent(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The deed told before that 'the attack', 'Friday's attack' or 'the attack in Ban' goes back to: the last that fits."""
    same = [d for d in before if d.type is draft.type and not d.background and d.head < draft.head]
    if draft.places:
        same = [d for d in same if _share_place(d, draft)]
    if draft.times and draft.times[0].first is not None:
        same = [d for d in same if not d.times or d.times[0].first in (None, draft.times[0].first)]
    return same[-1] if same else None


def _share_place(one: Draft, other: Draft) -> bool:
    """Whether two drafts name one place, or one names a site in the place of the other."""
    names = [{n for p in d.places for n in (p.place.name, p.place.within) if n} for d in (one, other)]
    return bool(names[0] & names[1])


# ---------------------------------------------------------------- tolls
def attach_harm(
    drafts: Sequence[Draft],
    mentions: Iterable[HarmMention],
    around: Surroundings,
    speaker_of: SpeakerOf,
    is_history: Callable[[Token], bool],
) -> list[Draft]:
    """The drafts with the tolls told in their own sentences, and new drafts for tolls told later or by others."""
    doc = around.words.parse.doc
    grown = list(drafts)
    for mention in mentions:
        if (
            not mention.stands
            or _is_hearsay(doc[mention.i])
            or (mention.number.high != 0 and _is_denied(doc[mention.i]))
        ):
            continue
        _attach_one(grown, mention, around, speaker_of, is_history)
    return grown


_HEARSAY = frozenset({"report", "rumour", "rumor", "news", "fear", "claim", "story", "talk"})


def _is_hearsay(token: Token) -> bool:
    """'Reports of his death had gone round': told of, not told."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in _HEARSAY


def _is_denied(token: Token) -> bool:
    """'There is not one dead soldier': the negation stands by the verb above."""
    for _ in range(3):
        if any(c.dep_ == "neg" or c.lower_ == "nor" for c in token.children):
            return True
        if token.head.i == token.i or token.dep_ in ("ccomp", "relcl", "advcl"):
            return False
        token = token.head
    return any(c.dep_ == "neg" for c in token.children)


def _attach_one(
    drafts: list[Draft],
    mention: HarmMention,
    around: Surroundings,
    speaker_of: SpeakerOf,
    is_history: Callable[[Token], bool],
) -> None:
    doc = around.words.parse.doc
    token = doc[mention.i]
    speaker = speaker_of(token.idx, token.idx + len(token))
    near = _same_sentence(drafts, mention, token)
    if near is None and (earlier := _of_another_day(mention, drafts, around)) is not None:
        drafts.append(replace(earlier, speaker=speaker, said_at=token.sent.start))
        return
    if near is not None:
        nobody = mention.number.high == 0
        for told in [d for d in drafts if nobody and _one_list(d, near) and d.about is not About.HARM] or [near]:
            if mention.i in told.trigger or _same_voice(told.speaker, speaker):
                drafts[drafts.index(told)] = _harmed(told, mention, doc)
            else:
                _add_voice(drafts, told, mention, speaker, token)
        return
    if mention.number.low is None and mention.number.high is None:
        return  # 'children were maimed': nobody is counted, and the deed is told already
    if mention.kind not in _CARRIED_OVER or (token.pos_ in ("NOUN", "PROPN") and mention.number_span is None):
        return  # 'revenge for the general's death' counts nobody
    if is_history(token):
        return  # 'a blast last August killed 200': its own deed's, which is not this report's
    for told in _told_before(drafts, mention, token):
        _add_voice(drafts, told, mention, speaker, token)


def _of_another_day(mention: HarmMention, drafts: Sequence[Draft], around: Surroundings) -> Draft | None:
    """'One of the drivers hurt in Friday's raid has died', in a report on Sunday's: a toll of Friday's."""
    told = _told_before(drafts, mention, around.words.parse.doc[mention.i]) if mention.among else []
    victims = around.words.parse.doc[mention.victim]
    start, end = victims.left_edge.idx, victims.right_edge.idx
    when = [t for t in around.words.times if start <= t.start <= end and t.first is not None]
    if not told or not when or any(_may_meet(t, when[0]) for d in told for t in d.times):
        return None
    hurt = whole(next((c for p in victims.children if p.lower_ == "of" for c in p.children), victims))
    return replace(
        told[0],
        head=mention.i,
        trigger=(mention.i,),
        actors=(),
        targets=(hurt.i,),
        times=(when[0],),
        harm=(mention,),
        means=(),
        mode=None,
        about=About.HARM,
        stance=Stance.ASSERTS,
        thread=max(d.thread for d in drafts) + 1,
    )


def _may_meet(one: TimeMention, other: TimeMention) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return True
    return one.first[:10] <= other.last[:10] and other.first[:10] <= one.last[:10]


def _harmed(told: Draft, mention: HarmMention, doc: Doc) -> Draft:
    """A deed with a toll of its own sentence: whom it killed or hurt, it was done to."""
    victim = whole(doc[mention.victim])
    suffered = mention.number.high != 0 and victim.pos_ in ("NOUN", "PROPN") and told.type is EventType.ASSAULT
    targets = (*told.targets, victim.i) if suffered and victim.i not in (*told.targets, *told.actors) else told.targets
    return replace(told, harm=(*told.harm, mention), targets=targets)


def _same_sentence(drafts: Sequence[Draft], mention: HarmMention, token: Token) -> Draft | None:
    types, sentence = _HARMING.get(mention.kind, _VIOLENT), token.sent
    start, end = sentence.start, sentence.end
    here = [d for d in drafts if start <= d.head < end and d.type in types and d.about is not About.HARM]
    if mention.kind in (HarmKind.CAPTURED, HarmKind.FREED):
        here = [d for d in here if mention.i in d.trigger or _hangs_together(token.doc[d.head], token)]
    own = [d for d in here if mention.i in d.trigger]
    if own:
        return own[0]
    return min(
        here, key=lambda d: (not _hangs_together(token.doc[d.head], token), abs(d.head - mention.i)), default=None
    )


def _hangs_together(one: Token, other: Token) -> bool:
    return one.i == other.i or one.is_ancestor(other) or other.is_ancestor(one)


def _told_before(drafts: Sequence[Draft], mention: HarmMention, token: Token) -> list[Draft]:
    """The deed that a toll without one is about: the last told before, with its siblings if nobody came to harm."""
    types = _HARMING.get(mention.kind, _VIOLENT)
    held = [
        d
        for d in drafts
        if d.type in types
        and not d.background
        and d.head < token.i
        and d.holding.modality is not Modality.DENIED
        and _sentences_between(d.head, token) <= _REACH
        and d.about is not About.HARM
    ]
    if not held:
        return []
    last = max(held, key=lambda d: d.head)
    elsewhere = line_breaks(token.doc, last.head, token.i) > 0
    if elsewhere and mention.kind in _OF_THINGS and not _is_of_a_blow(token):
        return []
    if elsewhere:  # another paragraph: the report's tolls are of what it leads with
        last = next(d for d in held if d.thread == min(h.thread for h in held))
    if mention.number.high == 0:
        first_of = {d.thread: d for d in held if d.head == last.head or _one_list(d, last)}
        return list(first_of.values())
    return [next(d for d in held if d.thread == last.thread)]


_BLOWS = frozenset(
    "explosion blast attack bomb bombing shelling raid shell rocket grenade assault ambush strike".split()
)


def _is_of_a_blow(token: Token) -> bool:
    """'The blast damaged two shops', 'cars wrecked by the explosion': the words themselves say what did it."""
    doers = [c for c in token.children if c.dep_ in ("nsubj", "agent")]
    return any(t.lemma_.lower() in _BLOWS for c in doers for t in (c, *c.children))


def _one_list(one: Draft, other: Draft) -> bool:
    """Events split from one trigger: 'the attacks in Ban and on Kar'."""
    return one.trigger == other.trigger


def _sentences_between(index: int, token: Token) -> int:
    return sentence_starts(token.doc, index, token.i)


def _same_voice(one: SpeakerRead | None, other: SpeakerRead | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.source == other.source


def _add_voice(
    drafts: list[Draft], told: Draft, mention: HarmMention, speaker: SpeakerRead | None, token: Token
) -> None:
    """A toll told apart from its deed: on the same thread, in the voice of who tells it."""
    for k, d in enumerate(drafts):
        if (
            d.thread == told.thread
            and d.about is About.HARM
            and _same_voice(d.speaker, speaker)
            and d.said_at == token.sent.start
        ):
            told_by = tuple(sorted({*d.trigger, mention.i}))
            drafts[k] = replace(d, harm=(*d.harm, mention), trigger=told_by, targets=_with_thing(d, mention))
            return
    drafts.append(
        replace(
            told,
            head=mention.i,
            trigger=(mention.i,),
            targets=_with_thing(told, mention),
            harm=(mention,),
            speaker=speaker,
            stance=Stance.CONFIRMS if speaker is not None and speaker.stance is Stance.CONFIRMS else Stance.ASSERTS,
            about=About.HARM,
            said_at=token.sent.start,
        )
    )


def _with_thing(told: Draft, mention: HarmMention) -> tuple[int, ...]:
    """The targets of a deed, with the thing that a later word says it wrecked."""
    wrecked = (mention.victim,) if mention.kind in _OF_THINGS else ()
    return tuple(dict.fromkeys((*told.targets, *wrecked)))


# ---------------------------------------------------------------- voices
def attach_stances(drafts: Sequence[Draft], stances: Iterable[StanceMention], doc: Doc) -> list[Draft]:
    """The drafts, and one more for each voice that confirms, denies or claims an event that is told elsewhere."""
    grown = list(drafts)
    for stance in stances:
        if stance.stance is None:
            continue
        told = _object_of(stance, grown, doc)
        if told is not None:
            _take_stance(grown, told, stance, doc)
            grown = _with_its_version(grown, told, stance, doc)
    return [d for d in grown if not (is_pointer(d) and d.stance is Stance.ASSERTS and not d.harm)]


_VERSIONS = frozenset({"story", "version", "account"})


def _with_its_version(drafts: list[Draft], told: Draft, stance: StanceMention, doc: Doc) -> list[Draft]:
    """'told another story: the soldiers had opened fire, and killed a farmer': the same event as they tell it."""
    said = doc[stance.object_index]
    if said.lemma_.lower() not in _VERSIONS:
        return drafts
    end = said.sent.end
    own = [d for d in drafts if said.i < d.head < end and d.type is told.type]
    return [replace(d, thread=told.thread) if d in own else d for d in drafts]


def _object_of(stance: StanceMention, drafts: Sequence[Draft], doc: Doc) -> Draft | None:
    """The draft that the words a voice speaks of belong to, or the last one told of that kind of deed."""
    at = stance.object_index
    token = doc[at]
    own = [d for d in drafts if at in d.trigger] or _below_object(token, drafts)
    if own:
        return own[0]
    before = [d for d in drafts if d.head < at and d.type in _VIOLENT and not d.background and not is_pointer(d)]
    before = [d for d in before if d.about is not About.HARM] or before
    if token.pos_ == "VERB":  # 'said it had opened an inquiry into the attack': no deed of its own
        told = before[-1] if before and stance.stance is Stance.DISCLAIMS_RESPONSIBILITY else None
        return told if told is not None and _sentences_between(told.head, token) <= 1 else None
    if token.lower_ in POINTING:  # 'called that a lie': what was said last, in the same breath
        said = [d for d in drafts if d.head < at and not d.background and _sentences_between(d.head, token) <= 1]
        return max(said, key=lambda d: d.head, default=None)
    here = (d for d in drafts if d.type in _VIOLENT and not d.background and at < d.head < token.sent.end)
    return before[-1] if before else next(here, None)


def _below_object(verb: Token, drafts: Sequence[Draft]) -> list[Draft]:
    """'had fired the rockets that hit the base': the deed is told by what the object did."""
    if verb.pos_ != "VERB":
        return []
    below = {r.i for c in verb.children if c.dep_ == "dobj" for r in c.children if r.dep_ in ("relcl", "acl")}
    return [d for d in drafts if below & set(d.trigger)]


def _take_stance(drafts: list[Draft], told: Draft, stance: StanceMention, doc: Doc) -> None:
    said = stance.stance or Stance.ASSERTS
    speaker = SpeakerRead(
        source=stance.source, cue=stance.cue, lemma=doc[stance.object_index].lemma_, stance=said, kind=stance.kind
    )
    mentioned = stance.object_index in told.trigger or told in _below_object(doc[stance.object_index], drafts)
    siblings = [d for d in drafts if d.trigger == told.trigger] if mentioned else [told]
    about = About.HARM if told.about is About.HARM and said in _UNSURE else stance.about
    if said is Stance.CLAIMS_RESPONSIBILITY and told.type is not EventType.ASSAULT:
        return  # 'announced that it had arrested nine': told by who did it, and no deed that needs an author
    source = source_head(stance.source.start, stance.source.end, doc) if stance.source is not None else None
    if said is Stance.CLAIMS_RESPONSIBILITY and source is not None and doc[source].lemma_.lower() in _CLAIMING_LIVES:
        return  # 'the war has claimed 300 dead'
    accused = _accused(stance, doc)
    for one in siblings:
        first = next((d for d in drafts if d.thread == one.thread and not is_pointer(d)), one)
        voiced = replace(
            one if one.targets or one.actors else first,
            head=one.head if stance.object_index in one.trigger else stance.object_index,
            trigger=one.trigger if stance.object_index in one.trigger else (stance.object_index,),
            speaker=speaker,
            stance=said,
            about=about,
            harm=(),
            times=one.times or first.times,
            places=one.places or first.places,
            noun=False,
            thread=one.thread,
        )
        if said is Stance.CLAIMS_RESPONSIBILITY and source is not None:
            voiced = replace(voiced, actors=(source,))
        elif accused:
            voiced = replace(voiced, actors=accused, targets=tuple(i for i in voiced.targets if i not in accused))
        again = one.speaker is not None and one.speaker.source == stance.source and stance.source is not None
        if one in drafts and (is_pointer(one) or one.speaker is None or again) and mentioned and one.head == told.head:
            drafts[drafts.index(one)] = replace(voiced, harm=one.harm)
        else:
            drafts.append(voiced)


_CLAIMING_LIVES = frozenset(
    "war conflict violence fighting clash battle unrest riot attack blast explosion bombing offensive strife insurgency "
    "flood earthquake storm fire epidemic disease accident crash".split()
)
"""What claims lives and no deeds."""


def _accused(stance: StanceMention, doc: Doc) -> tuple[int, ...]:
    """At whose door the words lay the deed: 'blamed [the rebels] for it', 'attributed it to [them]'."""
    span = doc.char_span(stance.cue.start, stance.cue.end, alignment_mode="expand")
    if stance.about is not About.ACTOR or stance.stance is not Stance.ASSERTS or span is None:
        return ()
    verb = span.root
    direct = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    deed = any(c.i == stance.object_index for c in direct)
    heads = (laid_on(verb) if deed else []) or direct
    found = [t for h in heads for t in (h, *h.conjuncts)]
    return tuple(t.i for t in found if t.i != stance.object_index and t.pos_ in ("NOUN", "PROPN", "PRON"))


_UNSURE = frozenset({Stance.DENIES, Stance.DOUBTS})


def source_head(start: int, end: int, doc: Doc) -> int | None:
    """The token that heads the phrase of characters `start` to `end`."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root.i if span is not None and len(span) else None


# ---------------------------------------------------------------- times and places that the sentence leaves to what was told
def inherit(drafts: Sequence[Draft], lending: Lending, happenings: Happenings) -> list[Draft]:
    """Drafts without a time or place of their own take those of their thread, and then what was told before lends them."""
    around = lending.around
    stated = stated_times(drafts, around, happenings)
    firsts: dict[int, Draft] = {}
    done: list[Draft] = []
    country = home(around)
    for one in sorted(drafts, key=lambda d: d.head):
        if not one.times and one.thread in stated:
            one = replace(one, times=stated[one.thread])
        first = firsts.setdefault(one.thread, one)
        one = timed(one, first, done, lending)
        if not one.places and first.places:
            one = replace(one, places=first.places, inferred_place=first.inferred_place)
        deed = one.type in MATERIAL and not lending.statements.holds(one.type, one.mode)
        open_place = not one.places and not one.background and deed
        elsewhere = open_place and not one.times and is_before_the_news(one, lending)
        if open_place and not elsewhere and not is_known_deed(one):
            one = replace(one, places=lent_place(one, done, around), inferred_place=True)
        if open_place and not elsewhere and not one.places:
            one = replace(one, places=country, inferred_place=True)
        if first.thread == one.thread and (not first.times or not first.places):
            firsts[one.thread] = replace(first, times=first.times or one.times, places=first.places or one.places)
        done.append(one)
    return done

"""Captors: who arrested, seized or sent troops, where the sentence leaves it to a force that it or its paragraph names.

'Police said that two men were arrested' tells whose arrest it was, though the passive has no agent: to report one's own
deeds is what forces do. So does 'Soldiers raided the farm. Three rifles were seized.' Nobody is taken from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.roles import is_passive
from dateline.coding.triggers import Surroundings
from dateline.language.parse import line_breaks
from dateline.types import ActorMention, EventType

_FORCES = frozenset({"COP", "MIL", "SPY"})
_TAKING = frozenset({"arrest", "seize"})


def with_captors(drafts: Sequence[Draft], around: Surroundings) -> list[Draft]:
    """The drafts; agentless arrests and seizures with the one force that their sentence or paragraph names as acting."""
    forces = [m for m in around.words.actors if _FORCES & set(m.codes.roles)]
    if not forces:
        return list(drafts)
    done: list[Draft] = []
    for one in drafts:
        found = _captor(one, done, forces, around) if _is_open(one, around) else None
        done.append(replace(one, actors=(found,)) if found is not None else one)
    return done


def _is_open(draft: Draft, around: Surroundings) -> bool:
    head = around.words.parse.doc[draft.head]
    if draft.actors:
        return False
    if draft.type is EventType.MOBILIZE:  # 'More jets will be deployed, the Defence Ministry said'
        return is_passive(head) and draft.speaker is not None
    return draft.type is EventType.COERCE and draft.mode in _TAKING and (head.pos_ == "NOUN" or is_passive(head))


def _captor(draft: Draft, before: Sequence[Draft], forces: Sequence[ActorMention], around: Surroundings) -> int | None:
    """The force that speaks, else the one that acts in the sentence, else the one that the paragraph told last of."""
    doc = around.words.parse.doc
    source = draft.speaker.source if draft.speaker is not None else None
    if source is not None:
        said = next((m for m in forces if m.start < source.end and source.start < m.end), None)
        return _head(said, draft, around) if said is not None else None
    sentence = doc[draft.head].sent
    here = [m for m in forces if sentence.start_char <= m.start < sentence.end_char]
    acting_here = [t for t in (_head(m, draft, around) for m in here) if t is not None and _acts(doc[t])]
    if acting_here:
        return acting_here[0] if len(acting_here) == 1 else None
    told = [d for d in before if d.actors and d.head < draft.head and not line_breaks(doc, d.head, draft.head)]
    if not told:
        return None
    last = told[-1].actors[0]
    acting = any(m.start <= doc[last].idx < m.end for m in forces)
    return last if acting and last not in draft.targets else None


def _acts(noun: Token) -> bool:
    """'an operation conducted by [the police]', '[the army] said'."""
    return noun.dep_ == "nsubj" or (noun.dep_ == "pobj" and noun.head.lower_ == "by")


def _head(mention: ActorMention, draft: Draft, around: Surroundings) -> int | None:
    span = around.words.parse.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    root: Token | None = span.root if span is not None else None
    return root.i if root is not None and root.i not in draft.targets else None

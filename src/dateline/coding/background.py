"""Background: which clauses tell history, habit or setting rather than the report's news.

'The group has often attacked outposts', 'the 2006 war', 'since 2012': true perhaps, but not what this report is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Token

from dateline.coding.roles import clause_verb
from dateline.knowledge.packs import Packs
from dateline.types import EventType, TimeMention, TimePrecision

_OPEN_PAST = frozenset({"PAST_REF"})
_COARSE = frozenset({TimePrecision.YEAR})
_YEAR_OR_MORE = re.compile(r"^\d{2,4}X*(?:-(?:H\d|Q\d|SP|SU|FA|WI))?$|^\d{4}$")


@dataclass(frozen=True, slots=True)
class BackgroundWords:
    """The words and limits of `english/background.toml`."""

    adverbs: frozenset[str]
    openers: frozenset[str]
    habitual: frozenset[EventType]
    older_than: int


@lru_cache(maxsize=4)
def load_background(packs: Packs) -> BackgroundWords:
    """The rows of `english/background.toml`."""
    table = packs.tables("english/background.toml")
    return BackgroundWords(
        adverbs=frozenset(table["adverbs"]["words"]),
        openers=frozenset(table["sentence_openers"]["words"]),
        habitual=frozenset(map(EventType, table["present"]["habitual"])),
        older_than=int(table["days"]["older_than"]),
    )


def is_background(
    trigger: Token, kind: EventType, times: Sequence[TimeMention], published: str | None, words: BackgroundWords
) -> bool:
    """Whether the clause of `trigger` tells what was long before, or always is; `times` are the trigger's own."""
    return (
        any(is_old(t, published, words) for t in times)
        or _has_habit(trigger, words)
        or (kind in words.habitual and _is_habitual_present(trigger))
    )


def is_old(time: TimeMention, published: str | None, words: BackgroundWords) -> bool:
    """Whether `time` is too long before the report's day to be its news; a bare year or decade is."""
    if time.type == "SET" or time.value in _OPEN_PAST:
        return True
    if time.type == "DURATION":
        return False
    if published is None:
        return bool(time.value and _YEAR_OR_MORE.match(time.value)) or (
            time.precision is TimePrecision.MONTH and time.quote.lower().startswith("last ")
        )
    if time.last is None:
        return False
    limit = date.fromisoformat(published[:10]) - timedelta(days=words.older_than)
    return date.fromisoformat(time.last[:10]) < limit or (
        time.precision in _COARSE and time.first is not None and time.first[:4] < published[:4]
    )


def _has_habit(trigger: Token, words: BackgroundWords) -> bool:
    verb = clause_verb(trigger)
    return any(c.dep_ == "advmod" and c.lower_ in words.adverbs for t in {trigger, verb} for c in t.children)


def _is_habitual_present(trigger: Token) -> bool:
    """'shells the city', 'attack villages': a plain present without an auxiliary, outside headlines."""
    beside = trigger.dep_ == "conj" and trigger.tag_ == "VB" and trigger.head.tag_ in ("VBZ", "VBP")
    if trigger.tag_ not in ("VBZ", "VBP") and not beside:
        return False
    return not any(c.dep_ in ("aux", "auxpass") for c in trigger.children)

"""The toll of a whole report: its mentions of harm added up without counting anybody twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.types import HarmKind, Number, Span


@dataclass(frozen=True, slots=True)
class HarmMention:
    """One toll of one group, as one word of a report states it.

    `number` has both ends null where the text does not say ('soldiers were killed'). `who`, `number_span` and `span`
    (the word that states it) are characters, `i` (that word) and `victim` (the head of the victims' phrase) indexes of
    tokens, `sentence` counts the document's sentences. `part`: of a total said beside it; `among`: of those who were
    said to be hurt or dead before ('two of the wounded died'). `implied`: follows from the
    deed ('was shot'). `denied`, `hypothetical` and `background` make it no toll of this report's news.
    """

    kind: HarmKind
    number: Number
    who: Span | None
    number_span: Span | None
    i: int
    span: Span
    victim: int
    sentence: int
    total: bool = False
    part: bool = False
    among: bool = False
    denied: bool = False
    hypothetical: bool = False
    background: bool = False
    implied: bool = False

    @property
    def stands(self) -> bool:
        """Whether the report holds it for true, and for news."""
        return not (self.denied or self.hypothetical or self.background)


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people a whole report says were killed (or injured...), everybody counted once."""

    kind: HarmKind
    number: Number


def total_of(mentions: Iterable[HarmMention], doc: Doc) -> tuple[Toll, ...]:
    """The tolls of the killed and of the injured over a report on one incident, from its `mentions` in `doc`.

    The largest count that one word states goes before names counted one by one; who is later said to be dead is not
    injured; who 'was shot' is injured unless the report says that as many died.
    """
    stated = [m for m in mentions if m.stands and not m.part and m.number.low is not None]
    killed = _Roll.of([m for m in stated if m.kind is HarmKind.KILLED], doc)
    hurt = _Roll.of([m for m in stated if m.kind is HarmKind.INJURED and not m.implied], doc)
    struck = _Roll.of([m for m in stated if m.kind is HarmKind.INJURED], doc)
    return _toll(HarmKind.KILLED, killed.number, killed) + _toll(
        HarmKind.INJURED, _injured(killed, hurt, struck), struck
    )


def _toll(kind: HarmKind, number: int, roll: _Roll) -> tuple[Toll, ...]:
    return (Toll(kind, Number(number, number)),) if number or roll.denied_all else ()


def _injured(killed: _Roll, hurt: _Roll, struck: _Roll) -> int:
    if not killed.number:
        return struck.number
    survivors = len(struck.names - killed.names) if killed.names else 0
    beside = hurt.number if hurt.counted or hurt.sentences & killed.sentences else 0
    others = struck.others if not beside else 0
    return max(beside, struck.counted - killed.number if not beside else 0, survivors, others)


@dataclass(frozen=True, slots=True)
class _Roll:
    """Who is said to have met one kind of harm: the largest count, the names, the sorts of single people, others."""

    counted: int
    names: frozenset[str]
    singles: frozenset[str]
    others: int
    sentences: frozenset[int]
    denied_all: bool

    @property
    def number(self) -> int:
        """How many in all."""
        return max(self.counted, len(self.names), len(self.singles), 1 if self.singles or self.others else 0)

    @staticmethod
    def of(mentions: list[HarmMention], doc: Doc) -> _Roll:
        by_word: dict[int, int] = {}
        for m in mentions:
            by_word[m.i] = by_word.get(m.i, 0) + (m.number.low or m.number.high or 0)
        single = [m for m in mentions if m.number == Number(1, 1)]
        sorts = {_sort(doc[m.victim]) for m in single if doc[m.victim].tag_ != "NNP"}
        return _Roll(
            counted=max((n for n in by_word.values() if n > 1), default=0),
            names=frozenset(name for m in mentions for name in _names(doc[m.victim])),
            singles=frozenset(sorts - {""} or sorts),
            others=1 if any(_is_other(m, doc) for m in single) else 0,
            sentences=frozenset(m.sentence for m in mentions),
            denied_all=bool(mentions) and all(m.number == Number(0, 0) for m in mentions),
        )


def _names(victim: Token) -> list[str]:
    """The last names of the people in a phrase of names."""
    return [t.lower_ for t in (victim, *victim.conjuncts) if t.tag_ == "NNP"]


def _sort(victim: Token) -> str:
    """'man', 'woman', 'boy', 'girl' tell people apart; other words may all be of one person."""
    return victim.lemma_.lower() if victim.lemma_.lower() in ("man", "woman", "boy", "girl") else ""


def _is_other(mention: HarmMention, doc: Doc) -> bool:
    """'another man', 'a second victim': somebody besides those spoken of before."""
    return any(c.lower_ in ("another", "second", "other") for c in doc[mention.victim].children)

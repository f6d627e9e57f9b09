"""Who speaks: which names of the claims of one event are of one speaker, so that a source is counted once.

'The Iraqi military' and 'Iraqi military' are one; so are 'a coalition spokesman' and 'the coalition'. Nameless people
('security sources') are one within a wire and two in two. In one wire a name and the office that stands beside it in
the text ('Jane Doe, the regional governor') are one. The report's own voice is the voice of its wire; of an event that
is made of words ('condemned') the speaker is whoever condemned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.merging.facts import Facts, parties
from dateline.merging.kinship import TypeManner, Words, names_match, plain, same_word
from dateline.types import Modality, SpeakerKind, Stance

_ARTICLE = re.compile(r"(?i)^(?:the|a|an)\s+")


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of an event (`name` null: the own voice of wire `wire`) and the claims made on its word."""

    name: str | None
    wire: str | None
    claims: tuple[Facts, ...]

    @property
    def asserting(self) -> bool:
        """Whether it asserts the event, and not only denies or doubts."""
        return any(one.asserting for one in self.claims)

    @property
    def denying(self) -> bool:
        """Whether it denies or doubts the event, its author or its harm."""
        undone = self.name is not None and any(_undone(one) for one in self.claims)
        return undone or any(one.claim.stance in (Stance.DENIES, Stance.DOUBTS) for one in self.claims)


def _undone(one: Facts) -> bool:
    """'We did not fire on the crowd' denies what was done, 'we were not behind it' only who did it."""
    return one.claim.stance is Stance.DISCLAIMS_RESPONSIBILITY and one.claim.modality is Modality.DENIED


@dataclass(frozen=True, slots=True)
class _Label:
    """A speaker as one claim names it."""

    name: str
    kind: SpeakerKind
    words: frozenset[str]
    wire: str


def voices(claims: Sequence[Facts], manner: TypeManner, words: Words) -> tuple[Voice, ...]:
    """The speakers of the claims of one event, the reports' own voices (one for each wire) last."""
    labels = {one.claim.id: _label(one, manner, words) for one in claims}
    groups: list[list[Facts]] = []
    for one in claims:
        label = labels[one.claim.id]
        if label is not None:
            _place(one, label, groups, labels, words)
    named = [Voice(_best_name([labels[one.claim.id] for one in group], words), None, tuple(group)) for group in groups]
    return (*named, *_own_voices([one for one in claims if labels[one.claim.id] is None]))


def _own_voices(claims: Iterable[Facts]) -> list[Voice]:
    by_wire: dict[str, list[Facts]] = {}
    for one in claims:
        by_wire.setdefault(one.wire, []).append(one)
    return [Voice(None, wire, tuple(found)) for wire, found in sorted(by_wire.items())]


def _label(one: Facts, manner: TypeManner, words: Words) -> _Label | None:
    speaker = one.claim.speaker
    if speaker.name is not None and speaker.kind is not SpeakerKind.REPORT and not words.names_nobody(speaker.name):
        return _Label(speaker.name, speaker.kind, words.content(speaker.name), one.wire)
    actor = next(iter(one.claim.actors), None) if manner.told and one.asserting else None
    if actor is None or words.names_nobody(actor.name):
        return None
    [party] = parties([actor], words)
    return _Label(actor.name, SpeakerKind.NAMED, party.words or words.content(actor.name), one.wire)


def _place(
    one: Facts, label: _Label, groups: list[list[Facts]], labels: Mapping[str, _Label | None], words: Words
) -> None:
    for group in groups:
        if any(
            _same(label, labels[other.claim.id], words) or _beside(one, label, other, labels[other.claim.id])
            for other in group
        ):
            group.append(one)
            return
    groups.append([one])


def _same(one: _Label, other: _Label | None, words: Words) -> bool:
    if other is None:
        return False
    if plain(_ARTICLE.sub("", one.name)) == plain(_ARTICLE.sub("", other.name)):
        return one.wire == other.wire or not _nameless(one, words)
    return same_speaker(one.words, other.words, words, one_wire=one.wire == other.wire)


def _nameless(label: _Label, words: Words) -> bool:
    return label.kind is not SpeakerKind.NAMED and bool(label.words & words.nameless)


def same_speaker(one: frozenset[str], other: frozenset[str], words: Words, *, one_wire: bool) -> bool:
    """Whether names with these words are of one speaker. Nameless people are told apart between wires."""
    mine, theirs = one - words.mouths, other - words.mouths
    if not mine or not theirs:
        return one_wire and bool(one & other)
    if mine <= words.vague and theirs <= words.vague:
        return one_wire or mine == theirs
    bodies = mine & words.bodies, theirs & words.bodies
    if all(bodies):
        bare = mine - words.nameless, theirs - words.nameless
        return bool(bodies[0] & bodies[1]) and (_within(*bare, words) or _within(bare[1], bare[0], words))
    people = mine & words.nameless, theirs & words.nameless
    if bool(people[0]) != bool(people[1]) or (any(people) and not one_wire):
        return False
    if any(people) and not people[0] & people[1]:
        return False
    if _within(mine, theirs, words) or _within(theirs, mine, words):
        return True
    return not any(bodies) and names_match(mine, theirs, words)


def _within(one: frozenset[str], other: frozenset[str], words: Words) -> bool:
    return all(any(same_word(a, b, words) for b in other) for a in one)


def _beside(one: Facts, label: _Label, told: Facts, other: _Label | None) -> bool:
    """Whether name and office stand side by side in the text, as in 'Jane Doe, the regional governor, said'."""
    if other is None or label.wire != other.wire or label.kind is other.kind:
        return False
    name, office = (label.name, other.name) if label.kind is SpeakerKind.NAMED else (other.name, label.name)
    name, office = plain(name), plain(_ARTICLE.sub("", office))
    for said, before, after in dict.fromkeys((*one.beside, *told.beside)):
        if said == name and office not in name and office in before + name + after:
            return _apposed(before, after, office)
    return False


def _apposed(before: str, after: str, office: str) -> bool:
    ahead = re.match(r"\s*[,(]\s*(?:the |a |an )?(?:[\w'-]+ ){0,4}?" + re.escape(office), after)
    behind = re.search(re.escape(office) + r"(?: [\w'-]+){0,4}[,:]?\s*$", before)
    return bool(ahead or behind)


def _best_name(labels: Sequence[_Label | None], words: Words) -> str:
    """The name most like a name: named before described, the most used, the longest, the first in the alphabet."""
    known = [label for label in labels if label is not None]
    used = Counter(label.name for label in known)
    best = min(
        known,
        key=lambda x: (x.words <= words.vague, x.kind is not SpeakerKind.NAMED, -used[x.name], -len(x.name), x.name),
    )
    return _ARTICLE.sub("", best.name)

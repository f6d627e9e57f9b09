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
from dateline.types import Harm, HarmKind, Modality, SpeakerKind, Stance

_ARTICLE = re.compile(r"(?i)^(?:the|a|an)\s+")
_TOGETHER = re.compile(r", | and ")


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of an event (`name` null: the own voice of wire `wire`) and the claims made on its word.

    `heads`: how many sources it is; of several who speak together, those who do not speak alone as well.
    """

    name: str | None
    wire: str | None
    claims: tuple[Facts, ...]
    heads: int = 1

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
    several: tuple[_Label, ...] = ()


def voices(claims: Sequence[Facts], manner: TypeManner, words: Words) -> tuple[Voice, ...]:
    """The speakers of the claims of one event, the reports' own voices (one for each wire) last."""
    labels = {one.claim.id: _label(one, manner, words) for one in claims}
    groups: list[list[Facts]] = []
    for one in claims:
        label = labels[one.claim.id]
        if label is not None:
            _place(one, label, groups, labels, words)
    _join_claimants(groups, labels, words)
    named = _counted([(group, [labels[one.claim.id] for one in group]) for group in groups], words)
    return (*named, *_own_voices([one for one in claims if labels[one.claim.id] is None]))


def _counted(groups: Sequence[tuple[list[Facts], list[_Label | None]]], words: Words) -> list[Voice]:
    """The voices of `groups`; who speaks with others and also alone is counted once."""
    known = [label for _, labels in groups for label in labels if label is not None and not label.several]
    found: list[Voice] = []
    for group, labels in groups:
        together = next((x.several for x in labels if x is not None and x.several), ())
        new = [one for one in together if not any(_same(one, other, words) for other in known)]
        known += new
        found.append(Voice(_best_name(labels, words), None, tuple(group), heads=len(new) if together else 1))
    return found


def _own_voices(claims: Iterable[Facts]) -> list[Voice]:
    by_wire: dict[str, list[Facts]] = {}
    for one in claims:
        by_wire.setdefault(one.wire, []).append(one)
    return [Voice(None, wire, tuple(found)) for wire, found in sorted(by_wire.items())]


def _label(one: Facts, manner: TypeManner, words: Words) -> _Label | None:
    speaker = one.claim.speaker
    if speaker.name is not None and words.itself.search(speaker.name):
        return None
    if speaker.name is not None and speaker.kind is not SpeakerKind.REPORT and not words.names_nobody(speaker.name):
        return _named(speaker.name, speaker.kind, one.wire, words)
    actor = next(iter(one.claim.actors), None) if manner.told and one.asserting else None
    if actor is None or words.names_nobody(actor.name):
        return None
    [party] = parties([actor], words)
    return _Label(actor.name, SpeakerKind.NAMED, party.words or words.content(actor.name), one.wire)


def _named(name: str, kind: SpeakerKind, wire: str, words: Words) -> _Label:
    """A speaker as it is named, or several as one: 'two officers and a mayor', not 'the Ministry of Roads and Bridges'."""
    speaking = words.mouths | words.nameless | words.bodies
    parts = [(part, words.content(part)) for part in _TOGETHER.split(name) if part]
    several = len(parts) > 1 and all(known & speaking for _, known in parts)
    each = tuple(_Label(part, kind, known, wire) for part, known in parts) if several else ()
    return _Label(name, kind, words.content(name), wire, each)


def _place(
    one: Facts, label: _Label, groups: list[list[Facts]], labels: Mapping[str, _Label | None], words: Words
) -> None:
    for group in groups:
        if any(
            _same(label, labels[other.claim.id], words)
            or _beside(one, label, other, labels[other.claim.id])
            or _retold(one, label, other, labels[other.claim.id], words)
            for other in group
        ):
            group.append(one)
            return
    groups.append([one])


def _retold(one: Facts, label: _Label, other: Facts, named: _Label | None, words: Words) -> bool:
    """Whether a copy gives the toll of its wire by 'local officials' where another gives it by the governor."""
    if named is None or one.wire != other.wire or one.report.id == other.report.id or not one.claim.harm:
        return False
    vaguely = _nameless(label, words) or _nameless(named, words)
    return vaguely and [_toll(h) for h in one.claim.harm] == [_toll(h) for h in other.claim.harm]


def _toll(harm: Harm) -> tuple[HarmKind, int | None, int | None]:
    return harm.kind, harm.low, harm.high


def _join_claimants(groups: list[list[Facts]], labels: Mapping[str, _Label | None], words: Words) -> None:
    """'The group' that boasts of it is the one that claimed it by name; 'two rebel groups' are those that did."""
    for group in [g for g in groups if all(_is_vague(labels[one.claim.id], words) for one in g)]:
        named = [g for g in groups if g is not group and _claims(g)]
        named = [g for g in named if not all(_is_vague(labels[one.claim.id], words) for one in g)]
        near = [g for g in named if {one.wire for one in g} & {one.wire for one in group}]
        home = near or (named if _claims(group) else [])
        if home:
            home[0].extend(group)
            groups.remove(group)


def _is_vague(label: _Label | None, words: Words) -> bool:
    return label is not None and bool(label.words) and label.words <= words.vague


def _claims(group: Iterable[Facts]) -> bool:
    return any(one.claim.stance is Stance.CLAIMS_RESPONSIBILITY for one in group)


def _same(one: _Label, other: _Label | None, words: Words) -> bool:
    if other is None or (one.several and not other.several) or (other.several and not one.several):
        return False
    if one.several and other.several and one.wire != other.wire:
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

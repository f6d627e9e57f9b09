"""The actors of a claim in the world: ids, countries and sectors of the words that name them.

What the coder found out from the text (a pronoun's antecedent) stays; only what is missing is filled in.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.knowledge.actors import ActorLexicon, Resolution
from dateline.types import Actor, ActorKind, Claim, Report, Speaker, SpeakerKind


def ground_actors(claim: Claim, report: Report, lexicon: ActorLexicon) -> Claim:
    """`claim` with id, kind and codes of its actors and targets, and the sector of its speaker, as far as words say."""
    on = report.published.start
    return replace(
        claim,
        actors=tuple(_ground(actor, report, lexicon, on) for actor in claim.actors),
        targets=tuple(_ground(actor, report, lexicon, on) for actor in claim.targets),
        speaker=_ground_speaker(claim.speaker, lexicon, on),
    )


def _ground(actor: Actor, report: Report, lexicon: ActorLexicon, on: str | None) -> Actor:
    quoted = replace(actor, quote=report.text[actor.start : actor.end])
    if actor.id is not None and actor.codes.country is not None and actor.codes.role is not None:
        return quoted
    found = _best(quoted, lexicon, on)
    if actor.id not in (None, found.id):
        return quoted
    codes = actor.codes
    filled = replace(
        codes,
        country=codes.country or found.codes.country,
        role=codes.role or found.codes.role,
        roles=codes.roles or found.codes.roles,
        cameo=found.codes.cameo if codes.country in (None, found.codes.country) else codes.cameo,
    )
    return replace(quoted, id=actor.id or found.id, codes=filled, kind=_kind(actor, found))


def _best(actor: Actor, lexicon: ActorLexicon, on: str | None) -> Resolution:
    """What the phrase stands for; the name alone where the phrase says nothing ('Moreno' before 'its owner')."""
    found = lexicon.resolve(actor.quote, on=on)
    if found.id or found.codes.role or found.codes.country:
        return found
    return lexicon.resolve(actor.name, on=on)


def _kind(actor: Actor, found: Resolution) -> ActorKind:
    return found.kind if found.id is not None and actor.id is None else actor.kind


def _ground_speaker(speaker: Speaker, lexicon: ActorLexicon, on: str | None) -> Speaker:
    if speaker.name is None or speaker.role is not None or speaker.kind is SpeakerKind.REPORT:
        return speaker
    return replace(speaker, role=lexicon.resolve(speaker.name, on=on).codes.role)

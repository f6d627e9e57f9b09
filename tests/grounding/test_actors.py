"""What is missing in a claim's actors is filled in from the words; what the coder found stays."""

from __future__ import annotations

from dateline.grounding.actors import ground_actors
from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.packs import Packs
from dateline.types import (
    Actor,
    ActorCodes,
    ActorKind,
    Claim,
    EventType,
    Modality,
    Published,
    Report,
    Speaker,
    SpeakerKind,
)

LEXICON = ActorLexicon.load(Packs())
TEXT = "Renamo ambushed two Mozambican soldiers, the “army” said."


def report() -> Report:
    return Report("r", "s", None, None, None, None, None, Published("1988-05-01"), (), "en", "0", TEXT)


def party(words: str, **changes: object) -> Actor:
    start = TEXT.index(words)
    fields: dict[str, object] = {
        "name": words, "description": None, "id": None, "kind": ActorKind.GROUP, "number": None,
        "codes": ActorCodes(), "quote": words, "start": start, "end": start + len(words),
    }  # fmt: skip
    return Actor(**{**fields, **changes})  # type: ignore[arg-type]


def grounded(actor: Actor, target: Actor, speaker: Speaker) -> Claim:
    claim = Claim("c", "r", EventType.ASSAULT, Modality.HAPPENED, speaker, (), actors=(actor,), targets=(target,))
    return ground_actors(claim, report(), LEXICON)


def test_ids_codes_and_the_speakers_sector_are_filled_in() -> None:
    claim = grounded(party("Renamo"), party("two Mozambican soldiers"), Speaker("the army", SpeakerKind.DESCRIBED))
    assert (claim.actors[0].id, claim.actors[0].codes.country, claim.actors[0].codes.role) == ("renamo", "MOZ", "REB")
    assert (claim.targets[0].id, claim.targets[0].codes.country, claim.targets[0].codes.role) == (None, "MOZ", "MIL")
    assert claim.speaker.role == "MIL"


def test_what_the_coder_found_stays() -> None:
    known = party("Renamo", id="somebody-else", codes=ActorCodes(country="ZWE"))
    claim = grounded(known, party("two Mozambican soldiers"), Speaker(None, SpeakerKind.REPORT))
    assert (claim.actors[0].id, claim.actors[0].codes.country) == ("somebody-else", "ZWE")
    assert claim.speaker.role is None


def test_quotes_are_the_reports_own_characters() -> None:
    claim = grounded(party("Renamo"), party("“army”", quote='"army"'), Speaker(None, SpeakerKind.REPORT))
    assert claim.targets[0].quote == "“army”"

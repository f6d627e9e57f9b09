"""What `code` makes of sentences: who, whom, how it is held, who says so. The sentences are ours."""

from __future__ import annotations

import pytest

from dateline.types import About, EventType, HarmKind, Modality, Outcome, SpeakerKind, Stance
from tests.coding.saying import events, read, says

# ---------------------------------------------------------------- who and whom, by syntax


@pytest.mark.parametrize(
    "notation",
    [
        "[Gunmen](actor) [attacked](type:ASSAULT) [a ferry](target) on the lake.",
        "[A ferry](target) was [attacked](type:ASSAULT) on the lake by [gunmen](actor).",
        "[Rebels](actor) who [ambushed](type:ASSAULT) [a patrol](target) fled into the hills.",
        "[The army](actor) [shelled](type:ASSAULT) [two villages](target) and burned the crops.",
        "[The kidnapping](type:ASSAULT) of [a nurse](target) by [bandits](actor) shocked the valley.",
        "[Militants](actor) [carried out](type:ASSAULT) an attack on [a power station](target).",
        "[The minister](actor) [accused](type:ACCUSE) [the rebels](target) of lying.",
        "[Police](actor) [arrested](type:COERCE) [nine students](target) after the march.",
        "[The union](actor) [urged](type:REQUEST) [the government](target) to raise wages.",
    ],
)
def test_parties_stand_where_syntax_puts_them(notation: str) -> None:
    says(notation)


def test_a_passive_turns_the_parties_about() -> None:
    claim = says("[Three fishermen](target) were [abducted](type:ASSAULT) by [pirates](actor) off the cape.")
    assert [a.name for a in claim.targets] == ["fishermen"]


def test_a_weapon_is_a_means_and_no_actor() -> None:
    claim = says("[Two rockets](means) [slammed](type:ASSAULT) into [an airfield](target) near the town.")
    assert claim.actors == ()


# ---------------------------------------------------------------- one claim is of one event


def test_attacks_at_two_places_are_two_events() -> None:
    text = "The army confirmed the rocket attacks in Baghdad and on the Balad air base."
    claims = [c for c in read(text).claims if c.type == "ASSAULT"]
    assert len(claims) == 2
    assert len({c.thread for c in claims}) == 2
    assert {c.stance for c in claims} == {Stance.CONFIRMS}


def test_deed_and_outcome_are_one_event() -> None:
    text = "A drone strike on a farm killed three labourers and wounded two others on Monday."
    claims = [c for c in read(text).claims if c.type == "ASSAULT"]
    assert len(claims) == 1
    assert {(h.kind, h.low) for h in claims[0].harm} == {(HarmKind.KILLED, 3), (HarmKind.INJURED, 2)}


# ---------------------------------------------------------------- how it is held


@pytest.mark.parametrize(
    "text",
    [
        "Diplomats feared an attack on the embassy.",
        "The rebels did not attack the convoy.",
        "The general said his men could bomb the bridge if talks failed.",
        "The police chief ruled out an attack on the stadium.",
        "She was asked what she would do if gunmen stormed the school.",
    ],
)
def test_what_did_not_happen_is_no_assault(text: str) -> None:
    assert "ASSAULT" not in events(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("AGREE", "The two sides failed to agree on a ceasefire."),
        ("SUPPORT", "European ministers agreed to talks on signing a pact with Hungary."),
        ("AGREE", "Negotiators are making slow progress towards reaching an agreement with Uganda."),
        ("ACCUSE", "People who falsely accuse the police of crimes are not deterred by the law."),
        ("REJECT", '"I won\'t just talk like a mayor," Marlow said on Friday.'),
        ("SUPPORT", "The minister expressed surprise at the markets."),
        ("SANCTION", "The senator suspended his campaign on Monday."),
    ],
)
def test_what_came_to_nothing_or_is_nobodys_in_particular_is_no_event(kind: str, text: str) -> None:
    assert kind not in events(text)


def test_those_who_are_meant_are_somebody() -> None:
    says("Rebels whom [the ministers](actor) [blame](type:ACCUSE) for the raid fled.")


def test_people_taken_from_somewhere_are_abducted_and_a_child_taken_to_school_is_not() -> None:
    says("[Gunmen](actor) [took](type:ASSAULT) [four workers](target) from a bus near Gao on Sunday.")
    assert "ASSAULT" not in events("Soldiers took two girls to school on Sunday.")


def test_a_planned_march_is_planned() -> None:
    claim = says("[Teachers](actor) will [march](type:PROTEST) on the ministry on Friday.")
    assert claim.modality is Modality.PLANNED


def test_a_foiled_attack_failed() -> None:
    claim = says("Guards foiled [an attack](type:ASSAULT) on [the refinery](target) at dawn on Monday.")
    assert claim.outcome is Outcome.FAILED


def test_history_is_background() -> None:
    seen = read("In 2006 the two armies fought a war in which rebels attacked the port.")
    assert all(c.background for c in seen.claims if c.type == "ASSAULT")


# ---------------------------------------------------------------- who says so


def test_the_speaker_is_who_says_it() -> None:
    claim = says("[Gunmen](actor) [shot](type:ASSAULT) [a judge](target) in Palermo, [a prosecutor](speaker) said.")
    assert claim.speaker.kind is SpeakerKind.DESCRIBED


def test_the_report_speaks_for_itself_where_nobody_is_named() -> None:
    claim = says("[Gunmen](actor) [shot](type:ASSAULT) [a judge](target) in Palermo.")
    assert claim.speaker.kind is SpeakerKind.REPORT
    assert claim.speaker.name is None


def test_a_toll_told_later_is_a_voice_on_the_same_event() -> None:
    text = "Rockets hit a depot near Mosul on Monday. The governor said that two guards were killed."
    claims = [c for c in read(text).claims if c.type == "ASSAULT"]
    assert len({c.thread for c in claims}) == 1
    toll = next(c for c in claims if c.harm)
    assert toll.about is About.HARM
    assert toll.speaker.name == "governor"


def test_nobody_claiming_is_no_claim() -> None:
    text = "Rockets hit a depot near Mosul on Monday. No group claimed the attack."
    assert all(c.stance is not Stance.CLAIMS_RESPONSIBILITY for c in read(text).claims)


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    "text",
    [
        "The striker fired a rocket into the net as the club won the match 4-0.",
        "Two bakers declared a ceasefire after a price war that hurt both of them.",
        "The storm killed nine people on the coast.",
        "The senator attacked the budget.",
        "Inflation hit the town hard.",
    ],
)
def test_figures_of_speech_and_disasters_are_no_events(text: str) -> None:
    assert events(text) == []


def test_every_piece_of_evidence_says_what_it_quotes() -> None:
    text = "Gunmen  attacked\na convoy near Gao, killing “four” soldiers, the army said."
    for claim in read(text).claims:
        assert claim.evidence
        for item in claim.evidence:
            assert text[item.start : item.end] == item.quote


def test_only_a_likely_side_is_taken_out_of_the_complement() -> None:
    [deal] = read("France agreed to lift a ban on Brazil's beef.").claims
    assert [a.name for a in deal.actors] == ["France", "Brazil"]
    [censure] = read("Bishops in Kar denounced the arrest of a priest.").claims
    assert censure.targets == ()


def test_a_party_named_within_another_is_not_a_second_one() -> None:
    [march] = read("Thousands of mourners marched through the capital.").claims
    assert [a.quote for a in march.actors] == ["Thousands of mourners"]


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("Two guards were killed and several were wounded in an attack on the mine.", 1),
        ("Two guards were killed and several others wounded in an attack on the mine.", 1),
        ("Two guards were killed in Mosul and six were wounded in Kirkuk on Monday.", 2),
    ],
)
def test_the_tolls_of_a_sentence_are_of_one_deed_unless_their_places_differ(text: str, deeds: int) -> None:
    found = read(text).claims
    assert len(found) == deeds
    assert not any(c.actors for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "The army said it could not confirm that planes bombed the village.",
        "The army would neither confirm nor deny that rebels had attacked the village.",
        "The troops left without attacking the village.",
        "Deputies want new rules before attacking the village.",
    ],
)
def test_what_is_withheld_or_not_yet_done_has_not_happened(text: str) -> None:
    assert not [c for c in read(text).claims if c.type is EventType.ASSAULT and c.modality is Modality.HAPPENED]


def test_who_says_that_others_did_it_is_no_doer() -> None:
    [arrest] = read("Omar said police arrested nine students on Monday.").claims
    assert [a.name for a in arrest.actors] == ["police"]


def test_sums_and_papers_are_no_sides_and_a_pronoun_is_none_beside_its_name() -> None:
    assert [a.name for a in read("France will receive 200 million euros in aid under a deal.").claims[0].actors] == [
        "France"
    ]
    [call] = read('Maslen told reporters: "We have called for another meeting with the Soviet side."').claims
    assert [a.name for a in call.actors] == ["Maslen"]


def test_hearsay_is_told_as_possible_and_no_deed_of_the_accused() -> None:
    claim = says("[Police](actor) had reportedly [detained](type:COERCE) [two farmers](target) near Gao.")
    assert claim.modality is Modality.POSSIBLE
    assert "ASSAULT" not in events("Police held a man for allegedly killing his neighbour.")

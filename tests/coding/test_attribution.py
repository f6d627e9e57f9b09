"""Who is quoted or paraphrased, by which word, saying what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coding.attribution import AttributionCues, find_attributions, is_speech, outermost
from dateline.coding.attribution.examples import check_examples
from dateline.knowledge.packs import PackError, Packs
from dateline.language.parse import parse
from dateline.types import Attribution, Span, Stance

PACKS = Packs()
CUES = AttributionCues.load(PACKS)


def found(text: str) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [said(a, text) for a in find_attributions(parse(text, packs=PACKS), CUES)]


def said(a: Attribution, text: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    def words(span: Span | None) -> str | None:
        return None if span is None else text[span.start : span.end]

    return words(a.source), words(a.cue), tuple(text[c.start : c.end] for c in a.content)


def test_every_example_of_the_pack_comes_out_as_marked() -> None:
    assert [ran for ran in check_examples(PACKS) if ran.complaint] == []


ONE = [
    # indirect speech, with and without 'that', and turned about
    ("The mayor said that the well was dry.", "The mayor", "said", "that the well was dry"),
    ("The mayor has said the well was dry.", "The mayor", "has said", "the well was dry"),
    ("The well was dry, the mayor said.", "the mayor", "said", "The well was dry"),
    ("The well, as the mayor noted, was dry.", "the mayor", "noted", "The well"),
    # direct speech: cue before, after, inverted
    ('The mayor said: "The well is dry."', "The mayor", "said", '"The well is dry."'),
    ('"The well is dry," the mayor said.', "the mayor", "said", '"The well is dry,"'),
    ("“The well is dry,” said Ana Petrov, the mayor of Lom.", "Ana Petrov, the mayor of Lom", "said", "“The well is dry,”"),
    # infinitives, objects and what is said of them
    ("The union threatened to walk out on Monday.", "The union", "threatened", "to walk out on Monday"),
    ("The bishop urged both sides to put down their arms.", "The bishop", "urged", "both sides to put down their arms"),
    ("The owners accused the miners of wrecking a pump.", "The owners", "accused", "the miners of wrecking a pump"),
    ("She blamed the drought for the losses.", "She", "blamed", "the drought for the losses"),
    ("The opposition called the vote a farce.", "The opposition", "called", "the vote a farce"),
    ('A spokesman called that "pure invention".', "A spokesman", "called", 'that "pure invention"'),
    ("The envoy called for an end to the siege.", "The envoy", "called for", "an end to the siege"),
    # passives and hearsay
    ("It was reported that the dam had burst.", None, "was reported", "that the dam had burst"),
    ("The premier was quoted as saying that the dam had burst.", "The premier", "was quoted as saying", "that the dam had burst"),
    ("The two ministers reportedly met in a hotel.", None, "reportedly", "The two ministers"),
    # phrases and nouns
    ("Two barges sank in the storm, according to the coastguard.", "the coastguard", "according to", "Two barges sank in the storm"),
    ("According to the coastguard, two barges sank.", "the coastguard", "According to", "two barges sank"),
    ("Nobody shared his belief that the truce would last.", "his", "belief", "that the truce would last"),
    ("The regent announced a decision to dissolve parliament.", "The regent", "announced a decision", "to dissolve parliament"),
    ("Villagers are confident that the road will open.", "Villagers", "are confident", "that the road will open"),
    # amounts
    ("The coastguard put the toll at 27.", "The coastguard", "put", "the toll at 27"),
    ("She put the number of drowned at thirteen.", "She", "put", "the number of drowned at thirteen"),
    ("The bank puts losses at $3 million.", "The bank", "puts", "losses at $3 million"),
    # the parser passes over the speaker, or hangs what is said on another verb
    ("They met on a day which the Veiled have demanded must bring a new ballot.", "the Veiled", "have demanded", "must bring a new ballot"),
    ("The council set a session, which the Farmers' Bloc has insisted should see a ballot.", "the Farmers' Bloc", "has insisted", "should see a ballot"),
    # documents that read
    ('"The well is dry," read the notice.', "the notice", "read", '"The well is dry,"'),
    ('"The well is dry. The pump is gone," read the notice.', "the notice", "read", '"The well is dry. The pump is gone,"'),
    # headlines
    ("Coastguard: two barges sank in the storm", "Coastguard", ":", "two barges sank in the storm"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), ONE, ids=[row[0][:50] for row in ONE])
def test_source_cue_and_content_are_found(text: str, source: str | None, cue: str, content: str) -> None:
    assert any(s == source and c == cue and pieces and pieces[0] == content for s, c, pieces in found(text)), found(
        text
    )


def test_a_quotation_broken_by_its_cue_is_one_attribution_in_two_pieces() -> None:
    text = '"The well is dry," the mayor said, "and the pump is gone."'
    assert found(text) == [("the mayor", "said", ('"The well is dry,"', '"and the pump is gone."'))]


def test_the_next_quoted_sentence_of_a_paragraph_goes_on() -> None:
    text = '"The well is dry," the mayor said. "We asked for a pump in May. None has come."'
    assert found(text)[0] == (
        "the mayor",
        "said",
        ('"The well is dry,"', '"We asked for a pump in May. None has come."'),
    )


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "“The well is dry,” the mayor said. “We asked for a pump.\n\n“None has come.”"
    assert found(text)[0][2][-1] == "“None has come.”"


def test_free_continuation_is_the_reports_own_voice() -> None:
    text = "The council said four men had been freed. Their names were not published."
    assert [pieces for _, _, pieces in found(text)] == [("four men had been freed",)]


def test_coordinated_cues_share_their_source() -> None:
    text = "The army confirmed the raid and said that there were no casualties."
    assert [(s, c) for s, c, _ in found(text)] == [("The army", "confirmed"), ("The army", "said")]


def test_a_participle_takes_the_speaker_of_its_clause() -> None:
    text = '"The well is dry," the mayor said, adding that a pump would come.'
    assert ("the mayor", "adding", ("that a pump would come",)) in found(text)


def test_nested_attributions_are_all_found_and_the_outermost_can_be_asked_for() -> None:
    text = "The ministry said the rebels had claimed that the bridge was theirs."
    attributions = find_attributions(parse(text, packs=PACKS), CUES)
    assert [said(a, text)[:2] for a in attributions] == [("The ministry", "said"), ("the rebels", "had claimed")]
    assert [said(a, text)[0] for a in outermost(attributions, text)] == ["The ministry"]


def test_what_is_said_inside_a_quotation_is_not_outermost() -> None:
    text = '"I think the well is dry and the pump is gone," the mayor said.'
    attributions = find_attributions(parse(text, packs=PACKS), CUES)
    assert [said(a, text)[1] for a in outermost(attributions, text)] == ["said"]


def test_a_source_keeps_its_apposition_and_relative_clause() -> None:
    text = "Ana Petrov, a farmer who lost her barn, said that nobody had come."
    assert found(text)[0][0] == "Ana Petrov, a farmer who lost her barn"


def test_the_hearer_is_told_and_no_content() -> None:
    text = "A pilot told reporters that the runway was closed."
    (one,) = find_attributions(parse(text, packs=PACKS), CUES)
    assert one.told is not None
    assert text[one.told.start : one.told.end] == "reporters"
    assert said(one, text)[2] == ("that the runway was closed",)


STANCES = [
    ("The army confirmed the raid.", Stance.CONFIRMS),
    ("The army denied that it had shelled the market.", Stance.DENIES),
    ("The army rejected the report.", Stance.DENIES),
    ("The judge questioned the account.", Stance.DOUBTS),
    ("The judge said the account was true.", Stance.ASSERTS),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_a_cue_carries_its_stance(text: str, stance: Stance) -> None:
    assert find_attributions(parse(text, packs=PACKS), CUES)[0].stance is stance


def test_communication_is_told_from_belief_and_attitude() -> None:
    assert CUES.kind_of("say") == "speech"
    assert CUES.kind_of("believe") == "thought"
    assert CUES.kind_of("table") is None
    assert is_speech("point out", CUES)
    assert not is_speech("condemn", CUES)
    assert not is_speech("hope", CUES)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "stones", '"', "“", "SMITH: NO.", "“A\n\n“B\n\n“C", ": x", "according to", "'' '' ''"]
)
def test_any_text_will_do(text: str) -> None:
    find_attributions(parse(text, packs=PACKS), CUES)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "”", "'", "said", "he", "the army", ",", ".", "\n\n", "told", "AFP", "that", "fell", ":"]
        ),
        max_size=25,
    )
)
def test_every_span_lies_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for one in find_attributions(parse(text, packs=PACKS), CUES):
        for span in (one.source, one.cue, one.told, *one.content):
            assert span is None or (0 <= span.start < span.end <= len(text) and text[span.start : span.end].strip())


def test_a_row_of_an_unknown_kind_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "english"
    folder.mkdir()
    (folder / "attribution.toml").write_text('[[verb]]\nwords = ["hum"]\nkind = "music"\ntakes = ["clause"]\n', "utf-8")
    with pytest.raises(PackError, match="kinds are"):
        AttributionCues.load(Packs((*PACKS.folders, folder.parent)))


@pytest.mark.parametrize("text", ["She put the kettle at the edge.", "A guard put his gun at his feet."])
def test_what_is_put_somewhere_is_not_said(text: str) -> None:
    assert found(text) == []


def test_quotations_before_a_cue_that_follow_each_other_are_one_speakers() -> None:
    text = '"The river is ours." "No one will take it from us," read a notice by the clan.'
    assert [pieces for _, c, pieces in found(text) if c == "read"] == [
        ('"The river is ours." "No one will take it from us,"',)
    ]

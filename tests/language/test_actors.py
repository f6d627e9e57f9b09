"""Which phrases of a text are actors, what each says, and whom later words point back to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.packs import Packs
from dateline.language.actors import Antecedents, actor_of, find_actors, resolve_reference
from dateline.language.parse import Parse, parse, phrase
from dateline.types import Actor, ActorKind, ActorMention, Number

PACKS = Packs()
LEXICON = ActorLexicon.load(PACKS)
WORDS = (
    "the",
    "US",
    "rebels",
    "of",
    "Iraq",
    ",",
    "killed",
    "(",
    "FMLN",
    ")",
    "two",
    "“police”",
    "al-Shabaab",
    "’s",
    "\n",
    "He",
)


def read(text: str) -> Parse:
    return parse(text, packs=PACKS, is_name=LEXICON.is_name)


def found(text: str) -> list[str]:
    return [mention.quote for mention in find_actors(read(text), LEXICON)]


def actor(text: str, head: str) -> Actor:
    parsed = read(text)
    token = next(t for t in parsed.doc if t.text == head)
    return actor_of(phrase(token), LEXICON)


def reference(text: str, head: str, nth: int = -1) -> ActorMention | None:
    parsed = read(text)
    token = [t for t in parsed.doc if t.text == head][nth]
    return resolve_reference(phrase(token), Antecedents(parsed, find_actors(parsed, LEXICON), LEXICON))


def test_names_and_descriptions_are_found_as_whole_noun_phrases() -> None:
    assert found("Boko Haram gunmen abducted nine Cameroonian nurses, who were treating refugees.") == [
        "Boko Haram gunmen",
        "nine Cameroonian nurses",
        "refugees",
    ]


def test_a_militia_name_that_the_parser_splits_is_one() -> None:
    assert "Hashed al-Shaabi" in found("A drone fell near a depot, and Hashed al-Shaabi blamed Israel for it.")


def test_a_country_where_something_happens_is_no_actor() -> None:
    assert found("Floods destroyed roads in Mozambique.") == []
    assert found("Mozambique accused Malawi of delays.") == ["Mozambique", "Malawi"]


@pytest.mark.parametrize("text", ["three kenyan policemen", "THREE KENYAN POLICEMEN", "Three Kenyan policemen"])
def test_a_bare_phrase_is_an_actor_in_any_case(text: str) -> None:
    (mention,) = find_actors(read(text), LEXICON)
    assert (mention.quote, mention.codes.country, mention.codes.role) == (text, "KEN", "COP")


def test_a_text_in_capitals_keeps_its_offsets() -> None:
    text = "THE FMLN GUERRILLAS KILLED TWO SOLDIERS NEAR THE BRIDGE, THE ARMY SAID TODAY."
    mentions = find_actors(read(text), LEXICON)
    assert [m.quote for m in mentions][:2] == ["THE FMLN GUERRILLAS", "TWO SOLDIERS"]
    assert all(text[m.start : m.end] == m.quote for m in mentions)


def test_ordinary_words_are_no_actors() -> None:
    assert found("Begin early, far from home; it told us nothing and may model the rain.") == []


def test_a_described_group_has_its_head_its_words_and_its_number() -> None:
    made = actor("Gunmen shot four old peasants near the river.", "peasants")
    assert (made.name, made.description, made.number, made.kind) == (
        "peasants",
        "four old peasants",
        Number(4, 4),
        ActorKind.GROUP,
    )
    assert (made.codes.role, made.quote) == ("AGR", "four old peasants")


def test_beside_a_proper_name_the_description_is_the_role() -> None:
    made = actor("Interior Minister Pedro Salgado resigned.", "Salgado")
    assert (made.name, made.description, made.kind) == ("Pedro Salgado", "Interior Minister", ActorKind.PERSON)


def test_an_apposition_describes_a_proper_name() -> None:
    made = actor("Carlos Marroquin, mayor of Achi, fled.", "Marroquin")
    assert (made.name, made.description) == ("Carlos Marroquin", "mayor of Achi")


@pytest.mark.parametrize(
    ("text", "head", "kind"),
    [
        ("Renamo attacked a bus.", "Renamo", ActorKind.GROUP),
        ("Renamo attacked a bus.", "bus", ActorKind.THING),
        ("The Nigerian navy freed them.", "navy", ActorKind.ORGANISATION),
        ("Norway protested.", "Norway", ActorKind.STATE),
        ("Doctors protested.", "Doctors", ActorKind.GROUP),
    ],
)
def test_the_kind_is_that_of_the_head(text: str, head: str, kind: ActorKind) -> None:
    assert actor(text, head).kind is kind


def test_a_surname_points_back_to_the_full_name() -> None:
    earlier = reference("Qasem Soleimani landed at night. Soldiers watched. Soleimani left soon.", "Soleimani")
    assert earlier is not None
    assert earlier.id == "qasem-soleimani"


def test_the_group_is_the_one_armed_group_named_before() -> None:
    earlier = reference("Abu Sayyaf freed a teacher on Monday. The army confirmed it. The group wanted money.", "group")
    assert earlier is not None
    assert earlier.id == "abu-sayyaf"


def test_the_group_stays_open_between_two_groups() -> None:
    assert reference("Abu Sayyaf clashed with the New People's Army. The group lost a camp.", "group") is None


def test_a_part_goes_before_its_umbrella() -> None:
    text = "Kataeb Hezbollah threatened the base. The Hashed al-Shaabi wants a vote. The faction gave no date."
    earlier = reference(text, "faction")
    assert earlier is not None
    assert earlier.id == "kataib-hezbollah"


def test_he_is_the_last_person_and_not_a_body() -> None:
    earlier = reference("President William Ruto met the army command. He promised new rifles.", "He")
    assert earlier is not None
    assert earlier.id == "william-ruto"


def test_a_pronoun_with_nobody_before_it_stays_open() -> None:
    assert reference("He left before dawn.", "He") is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=25,
    )
)
def test_spans_verify_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    mentions = find_actors(read(text), LEXICON)
    assert all(text[m.start : m.end] == m.quote for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))

"""What a sentence says of killed, injured, taken, driven out, freed and spared people, and of wrecked things."""

from __future__ import annotations

import pytest

from dateline.coding.harm import HarmMention, HarmWords, find_harm
from dateline.coding.tolls import total_of
from dateline.knowledge.packs import Packs
from dateline.language.numbers import Numbers
from dateline.language.parse import Parse, parse

PACKS = Packs()
WORDS = HarmWords.load(PACKS)
NUMBERS = Numbers.load(PACKS)


def read(text: str) -> tuple[HarmMention, ...]:
    return find_harm(parse(text, packs=PACKS), WORDS, NUMBERS)


def tolls(text: str) -> list[tuple[str, int | None, int | None]]:
    return sorted(((m.kind.value, m.number.low, m.number.high) for m in read(text)), key=str)


def k(low: int | None, high: int | None = -1) -> tuple[str, int | None, int | None]:
    return ("killed", low, low if high == -1 else high)


def i(low: int | None, high: int | None = -1) -> tuple[str, int | None, int | None]:
    return ("injured", low, low if high == -1 else high)


def of(kind: str, low: int | None, high: int | None = -1) -> tuple[str, int | None, int | None]:
    return (kind, low, low if high == -1 else high)


TOLLS = [
    # active
    ("A mine killed two herders.", [k(2)]),
    ("Rebels killed at least seven soldiers and captured four others.", [k(7, None), of("captured", 4)]),
    ("The strike killed a total of four Guards and six members of the militia.", [k(4), k(6)]),
    ("Gunmen killed eight policemen, three soldiers and a driver.", [k(8), k(3), k(1)]),
    ("A blast tore through the mill, leaving one dead and dozens injured.", [k(1), i(24, None)]),
    ("The bombing claimed 12 lives.", [k(12)]),
    ("The bombing claimed the lives of nine cadets.", [k(9)]),
    ("The gunman opened fire, wounding three.", [i(3)]),
    ("The attack left 14 dead and more than 30 wounded.", [k(14), i(30, None)]),
    ("The shelling killed or wounded dozens of cadets.", [k(0, None), i(0, None)]),
    ("Forty guards were killed or wounded.", [k(0, 40), i(0, 40)]),
    ("Two cooks were killed and several were wounded.", [k(2), i(3, None)]),
    ("The raid killed one monk and seriously injured another.", [k(1), i(1)]),
    ("Troops shot and killed a teenager, and wounded at least 6 others.", [k(1), i(6, None)]),
    ("Militants beheaded three captives.", [k(3)]),
    ("Troops neutralised 17 terrorists.", [k(17)]),
    ("A guard shot himself.", [i(1)]),
    # passive and intransitive
    ("Twenty-two miners were killed.", [k(22)]),
    ("Up to 80 militants were killed, the general said.", [k(0, 80)]),
    ("Some 140 villagers were wounded.", [i(126, 154)]),
    ("A policeman was grazed by a bullet.", [i(1)]),
    ("Nine men lost their lives.", [k(9)]),
    ("Four soldiers died and 11 were hurt when their lorry hit a mine.", [k(4), i(11)]),
    ("Three people were killed and 12 injured.", [k(3), i(12)]),
    ("A couple was killed.", [k(2)]),
    ("A man and a woman were killed.", [k(2)]),
    ("Aldo Reyes and Bruno Paz were killed when gunmen opened fire.", [k(2)]),
    ("A woman and her two sons were shot and killed.", [k(1), k(2)]),
    ("A soldier was stabbed to death.", [k(1)]),
    ("Two climbers froze to death on the pass.", [k(2)]),
    ("LAGOS (AP) - Four people were killed on Friday.", [k(4)]),
    # states and nouns
    ("Three killed, 12 wounded in Tarim blast", [k(3), i(12)]),
    ("The convoy was attacked, with at least three dead.", [k(3, None)]),
    ("He gave a toll of nine dead, twelve wounded.", [k(9), i(12)]),
    ("The death toll rose from three to five.", [k(5)]),
    ("The ministry put the death toll at 27.", [k(27)]),
    ("Officials said the number of dead had risen to 31.", [k(31)]),
    ("The murder of two journalists and the deaths of 12 miners shocked the town.", [k(2), k(12)]),
    ("The death of the mayor shocked the nation.", [k(1)]),
    ("Fourteen bodies were recovered from the rubble.", [k(14)]),
    ("Police found three people dead inside the barn.", [k(3)]),
    ("A 24-year-old baker was pronounced dead at the hospital.", [k(1)]),
    ("Three wounded soldiers were flown out.", [i(3)]),
    ("Officers found a clerk suffering from a gunshot wound.", [i(1)]),
    ("Four nurses suffered burns.", [i(4)]),
    ("Two of the wounded are in critical condition.", [i(2)]),
    # shootings
    ("A man was fatally shot and two women were grazed by bullets.", [k(1), i(2)]),
    ("Two officers were shot, one fatally.", [i(2), k(1)]),
    ("A clerk was struck in the leg by a bullet.", [i(1)]),
    # nobody
    ("There were no casualties.", [k(0), i(0)]),
    ("Nobody was hurt.", [k(0), i(0)]),
    ("The rockets caused no casualties.", [k(0), i(0)]),
    ("A bomb exploded without causing casualties.", [k(0), i(0)]),
    ("There were no injuries.", [i(0)]),
    ("None of the passengers was injured.", [i(0)]),
    ("Police said no one was killed or injured in the blast.", [k(0), i(0)]),
    ("There were no deaths.", [k(0)]),
    ("The rockets missed and did not cause any injuries.", [i(0)]),
    # other kinds
    ("Gunmen took three nurses hostage.", [of("captured", 3)]),
    ("Nine men were abducted and two others are missing.", [of("captured", 9), of("missing", 2)]),
    ("Police arrested 14 demonstrators and released two of them.", [of("captured", 14), of("freed", 2)]),
    ("The rebels freed 12 captives.", [of("freed", 12)]),
    ("More than 5,000 people fled their homes.", [of("displaced", 5000, None)]),
    ("Fifty families were forced from their homes.", [of("displaced", 50)]),
    ("An estimated 300 villagers have been displaced.", [of("displaced", 270, 330)]),
    ("All 14 passengers escaped unharmed.", [of("unharmed", 14)]),
    ("The raid destroyed two tanks and damaged several houses.", [of("destroyed", 2), of("damaged", 3, None)]),
    ("Eleven fishermen remain missing.", [of("missing", 11)]),
    ("Two of the sailors did not survive.", [k(2)]),
    ("The rebels killed a clerk and took a prisoner.", [k(1), of("captured", 1)]),
    # unsaid
    ("The bomb killed soldiers.", [k(None)]),
    # how many, said after the number
    ("The number of villagers killed by the flood has climbed to 31.", [k(31)]),
    ("The number of those killed in the two raids stood at 40 on Sunday.", [k(40)]),
    ("The number of people hurt in the crash is now 22.", [i(22)]),
    ("The number of confirmed dead has reached 60.", [k(60)]),
    ("He put the number of killed at thirteen.", [k(13)]),
    ("Villagers spoke of at least three dozen dead.", [k(36, None)]),
    ("Half a dozen guards were killed.", [k(6)]),
    # not one
    ("There is not one dead Graustarkian, nor one dead Ruritanian.", [k(0), k(0)]),
    ("Not one sailor was killed.", [k(0)]),
    ("Not a single villager died.", [k(0)]),
    ("Not one but two sailors were killed.", [k(2)]),
    # hospitals and morgues
    ("The morgue received one corpse.", [k(1)]),
    ("The clinic had received the bodies of two women.", [k(2)]),
    ("Medics treated 30 people at the scene.", [i(30)]),
    ("The Red Crescent treated 30 people.", [i(30)]),
    ("Two bystanders were treated at the scene.", [i(2)]),
    ("Ambulances took seven to hospital.", [i(7)]),
    ("Seven people were rushed to hospital.", [i(7)]),
    ("He was taken to a hospital, where he died.", [k(1)]),
    # losses and kills in the words of armies
    ("The army lost nine men.", [k(9)]),
    ("Up to 30 troops and four lorries were destroyed.", [k(0, 30), of("destroyed", 4)]),
    ("Our men destroyed two tanks and 30 militants.", [k(30), of("destroyed", 2)]),
    ("The unit neutralised six fighters and a mortar.", [k(6), of("destroyed", 1)]),
    ("Six saboteurs were liquidated in the forest.", [k(6)]),
    # how they died
    ("A herder died overnight of a stab wound.", [k(1)]),
    ("The clash broke out at dusk, leaving a ranger dead.", [k(1)]),
    ("Two watchmen burned to death.", [k(2)]),
    ("Two clerks were burnt alive.", [k(2)]),
    ("A cook was found dead with her throat slit.", [k(1)]),
    ("Raiders cut the throats of three guards.", [k(3)]),
    ("Three boys drowned in the lake.", [k(3)]),
    ("A shepherd was grazed in the leg.", [i(1)]),
    ("Two drivers were hurt, one of them badly, and three clerks fled.", [i(2)]),
    # held and let go
    ("Nomads took four rangers prisoner.", [of("captured", 4)]),
    ("Four nurses are still held.", [of("captured", 4)]),
    ("Nine fishermen remain in captivity.", [of("captured", 9)]),
    ("The junta freed seven detainees.", [of("freed", 7)]),
    ("They let three of the nurses go.", [of("freed", 3)]),
    ("The gang let go most of the fishermen.", [of("freed", None)]),
    ("Two drivers were set free on Monday.", [of("freed", 2)]),
    # driven out, missing, spared, wrecked
    ("More than 900 people have fled Karsa.", [of("displaced", 900, None)]),
    ("Some 70 families, about 350 persons, were displaced.", [of("displaced", 315, 385)]),
    ("The flood left 400 people homeless.", [of("displaced", 400)]),
    ("Four sailors drowned and some are missing.", [k(4), of("missing", None)]),
    ("Three passengers survived unhurt.", [of("unharmed", 3)]),
    ("Huts were damaged.", [of("damaged", None)]),
]

NO_TOLL = [
    "The senator killed the bill.",
    "His pride was wounded and the race ended in a dead heat.",
    "She was dying to see the sea.",
    "The striker scored in injury time to kill the game.",
    "The studio released a film that was shot in Peru.",
    "Her ego was hurt but sales were dead in the water.",
    "The deadline killed any hope of talks.",
    "The drought killed thousands of cattle.",
    "He was sentenced to death.",
    "The rebels captured the town and seized four lorries.",
    "There were no reports of casualties.",
    "The dead and wounded were taken to hospital.",
    "Among the dead was the deputy mayor.",
    "Police shot at the car.",
    "The bank freed up funds.",
    "Both sailors survived.",
    "No bodies were found.",
    "The only casualties were three clerks.",
    "Nine casualties were reported.",
    "The army gave the same number of dead.",
    "The number of miners killed is not known.",
    "There have been no reports of any injuries.",
    "The vet treated 30 dogs.",
    "The clinic treats 300 people a day.",
    "Doctors treated 40 people for cholera.",
    "She took her sons to the hospital to see their aunt.",
    "The dead were taken to hospital.",
    "The club lost three players to injury.",
    "The regiment lost 14 men to desertion.",
    "The state eliminated six taxes.",
    "The mayor is still held in high esteem.",
    "Talks are still held in the barn.",
    "The firm let go 30 workers.",
    "The guards let the men go to the market.",
    "The pilots let go of the rope.",
    "The cook survived.",
]


@pytest.mark.parametrize(("text", "expected"), TOLLS, ids=[t for t, _ in TOLLS])
def test_a_sentence_says_who_came_to_harm(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert tolls(text) == sorted(expected, key=str)


@pytest.mark.parametrize("text", NO_TOLL)
def test_metaphors_things_and_retold_victims_are_no_toll(text: str) -> None:
    assert tolls(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The militia did not kill the hostages.",
        "The group denied killing the envoy.",
        "The spokesman denied that two clerks were killed.",
        "The army denied that it lost nine men.",
        "The blast did not kill a single clerk.",
        "The rebels have not freed the nine nurses.",
        "Nor was one guard hurt.",
    ],
)
def test_what_is_denied_is_said_to_be(text: str) -> None:
    assert [m.denied for m in read(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "He threatened to kill the hostages.",
        "The strike could kill hundreds of people.",
        "Dozens were feared dead.",
        "An attempt to kill the mayor failed.",
        "If ten people die, the law changes.",
        "The army could lose 300 men.",
        "They may free nine nurses.",
        "If the clinic receives one body, it will tell us.",
    ],
)
def test_what_has_not_come_true_is_hypothetical(text: str) -> None:
    assert [m.hypothetical for m in read(text)] == [True]


def test_what_is_believed_to_have_happened_is_not_hypothetical() -> None:
    assert [m.stands for m in read("The shark is believed to have killed four crew members.")] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "More than 40,000 people have been killed in the conflict since 1969.",
        "Over the past decade 300 reporters have been killed.",
    ],
)
def test_tolls_of_many_years_are_background(text: str) -> None:
    assert [m.background for m in read(text)] == [True]


def test_the_worst_attack_since_a_year_is_still_news() -> None:
    assert [m.background for m in read("The bombing, which killed 17, was the deadliest since 2011.")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "At least 14 people, including two children, died when the ferry sank.",
        "The landslide killed 40 villagers, among them 11 novices.",
    ],
)
def test_a_part_of_a_toll_is_marked_as_one(text: str) -> None:
    assert sorted(m.part for m in read(text)) == [False, True]


def test_one_group_of_two_groups_is_no_total() -> None:
    assert [m.total for m in read("The strike killed a total of four Guards and six members of the militia.")] == [
        False
    ] * 2


def test_a_death_toll_is_a_total() -> None:
    assert [m.total for m in read("The death toll rose to five.")] == [True]


def test_spans_quote_the_number_and_the_victims() -> None:
    text = "Officials said at least two dozen herders were killed."
    (mention,) = read(text)
    assert mention.who is not None
    assert mention.number_span is not None
    assert text[mention.who.start : mention.who.end] == "at least two dozen herders"
    assert text[mention.number_span.start : mention.number_span.end] == "at least two dozen"
    assert text[mention.span.start : mention.span.end] == "killed"


# ---------------------------------------------------------------- over a whole report
def whole(text: str) -> dict[str, int | None]:
    parsed: Parse = parse(text, packs=PACKS)
    return {t.kind.value: t.number.low for t in total_of(find_harm(parsed, WORDS, NUMBERS), parsed.doc)}


def test_one_victim_under_several_names_is_counted_once() -> None:
    text = "A man died after he was shot on Elm Street. Luis Ortega, 31, was pronounced dead. The victim was a baker."
    assert whole(text) == {"killed": 1}


def test_victims_named_one_by_one_are_added_up() -> None:
    assert whole("Luis Ortega was killed at noon. Ana Prieto died an hour later.") == {"killed": 2}


def test_a_stated_total_goes_before_single_victims() -> None:
    assert whole("Five people were killed. Luis Ortega died at the scene.") == {"killed": 5}


def test_who_was_shot_and_died_is_not_injured() -> None:
    assert whole("Four men were shot at a bar. One of them died.") == {"killed": 1, "injured": 3}


def test_denied_and_past_tolls_do_not_enter_the_total() -> None:
    assert whole("Two boys were wounded. Some 4,000 people have been killed since 1998.") == {"injured": 2}


def test_who_was_taken_to_hospital_is_a_part_of_the_hurt() -> None:
    assert [m.part for m in read("Seven people were rushed to hospital.")] == [True]


def test_the_number_of_the_killed_is_a_total_and_their_noun_no_second_toll() -> None:
    (mention,) = read("The number of villagers killed by the flood rose to 31.")
    assert mention.total


def test_a_number_of_people_is_no_total() -> None:
    assert [(m.total, m.number.low) for m in read("A number of people were killed.")] == [(False, None)]

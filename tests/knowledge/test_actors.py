"""What a noun phrase stands for: id, country and sector, and nothing where nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.actor_index import ACTORS
from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.packs import PackError, Packs
from dateline.types import ActorKind

LEXICON = ActorLexicon.load(Packs())


@pytest.mark.parametrize(
    ("phrase", "country", "role"),
    [
        ("six Malian soldiers", "MLI", "MIL"),
        ("Chadian forces", "TCD", "MIL"),
        ("two Peruvian policemen", "PER", "COP"),
        ("Senegalese security sources", "SEN", "COP"),
        ("masked gunmen", None, "UAF"),
        ("Tuareg rebels", None, "REB"),
        ("Georgian protesters", "GEO", "CVL"),
        ("the villagers", None, "CVL"),
        ("a Maltese journalist", "MLT", "JRN"),
        ("Chilean students", "CHL", "EDU"),
        ("Icelandic lawmakers", "ISL", "LEG"),
        ("the Pakistani supreme court", "PAK", "JUD"),
        ("nurses", None, "MED"),
        ("Honduran peasants", "HND", "AGR"),
        ("a Norwegian oil company", "NOR", "BUS"),
        ("Catholic bishops of Malawi", "MWI", "REL"),
        ("Eritrean refugees", "ERI", "REF"),
        ("Czech spies", "CZE", "SPY"),
        ("a Bolivian drug cartel", "BOL", "CRM"),
        ("the Zambian opposition", "ZMB", "OPP"),
        ("the biggest trade unions in Finland", "FIN", "LAB"),
        ("a pro-government militia", None, "PRM"),
    ],
)
def test_a_role_noun_gives_the_sector_and_an_adjective_the_country(phrase: str, country: str | None, role: str) -> None:
    codes = LEXICON.resolve(phrase).codes
    assert (codes.country, codes.role) == (country, role)


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("a union leader", "LAB"),
        ("the rebel commander", "REB"),
        ("the army spokesman", "MIL"),
        ("head of the navy", "MIL"),
        ("the club's president", "SOC"),
        ("an opposition leader", "OPP"),
        ("members of the gendarmerie", "COP"),
        ("a group of teachers", "EDU"),
    ],
)
def test_a_noun_that_yields_takes_the_sector_of_the_word_beside_it(phrase: str, role: str) -> None:
    assert LEXICON.resolve(phrase).codes.role == role


@pytest.mark.parametrize("phrase", ["the former Greek finance minister", "an ex-general", "a retired Ghanaian judge"])
def test_who_held_office_once_is_of_the_elite(phrase: str) -> None:
    assert LEXICON.resolve(phrase).codes.role == "ELI"


def test_an_office_holder_is_what_the_day_of_the_report_says() -> None:
    roles = {on: LEXICON.resolve("Mohamed Bazoum", on=on).codes.role for on in ("2022-05-01", "2024-01-01")}
    assert roles == {"2022-05-01": "GOV", "2024-01-01": "ELI"}


def test_one_who_died_in_office_is_no_former_officer() -> None:
    assert LEXICON.resolve("Qasem Soleimani", on="2020-01-09").codes.role == "MIL"


def test_a_movement_that_takes_power_becomes_the_government() -> None:
    roles = [LEXICON.resolve("the Taliban", on=on).codes.role for on in ("2019-03-01", "2023-03-01")]
    assert roles == ["REB", "GOV"]


@pytest.mark.parametrize(
    "phrase", ["Hezbollah", "Hizbullah", "hizballah", "HEZBOLLAH", "the Hezbollah movement", "Hezbollah fighters"]
)
def test_spellings_and_generic_nouns_do_not_change_who_it_is(phrase: str) -> None:
    assert LEXICON.resolve(phrase).id == "hezbollah"


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("the Ugandan army", "uganda-peoples-defence-force"),
        ("the Bolivian military", "bol-mil"),
        ("Peru's foreign ministry", "per-foreign-ministry"),
        ("the Iraqi parliament", "iraqi-council-of-representatives"),
        ("Slovenia", "svn"),
        ("Ljubljana", "svn"),
    ],
)
def test_a_state_and_its_own_bodies_have_readable_ids(phrase: str, actor: str) -> None:
    assert LEXICON.resolve(phrase).id == actor


@pytest.mark.parametrize(
    "phrase", ["the Green Valley Brigade", "Juan Fulano", "a Hamas spokesman", "two Bolivian soldiers"]
)
def test_what_no_pack_names_gets_no_id(phrase: str) -> None:
    assert LEXICON.resolve(phrase).id is None


@pytest.mark.parametrize(
    "phrase", ["pro-Iran gunmen", "US-backed rebels", "anti-French protesters", "Saudi-led forces"]
)
def test_a_hyphen_keeps_a_country_at_a_distance(phrase: str) -> None:
    assert LEXICON.resolve(phrase).codes.country is None


@pytest.mark.parametrize(
    ("phrase", "country"),
    [("the mayor of Kyiv", "UKR"), ("the University of Nairobi", "KEN"), ("Shanghai police", "CHN")],
)
def test_an_institution_has_the_country_of_the_town_in_its_name(phrase: str, country: str) -> None:
    assert LEXICON.resolve(phrase).codes.country == country


@pytest.mark.parametrize(
    ("phrase", "role"), [("the U.N.", "IGO"), ("Nato", "IGO"), ("MSF", "NGO"), ("the World Bank", "IGO")]
)
def test_international_bodies_have_no_country(phrase: str, role: str) -> None:
    codes = LEXICON.resolve(phrase).codes
    assert (codes.country, codes.role) == (None, role)


def test_a_country_alone_has_no_sector_and_a_capital_that_acts_is_its_government() -> None:
    country, capital = LEXICON.resolve("Denmark"), LEXICON.resolve("Copenhagen")
    assert (country.kind, country.codes.role, country.id) == (ActorKind.STATE, None, "dnk")
    assert (capital.kind, capital.codes.role, capital.id) == (ActorKind.STATE, "GOV", "dnk")


def test_an_ambiguous_acronym_is_settled_by_the_country_spoken_of() -> None:
    assert LEXICON.resolve("the ADF", context_country="AUS").id == "australian-defence-force"
    assert LEXICON.resolve("the ADF", context_country="COD").id == "allied-democratic-forces"


def test_a_title_with_a_surname_finds_the_office_holder() -> None:
    assert LEXICON.resolve("President Tshisekedi", on="2022-02-02").id == "felix-tshisekedi"


def test_another_first_name_makes_another_person() -> None:
    assert LEXICON.resolve("bodyguard Jairo Ortega").id is None
    assert LEXICON.resolve("the Nicaraguan leader Ortega").id == "daniel-ortega"


@pytest.mark.parametrize("phrase", ["it told us nothing", "they begin to model it", "far from care"])
def test_common_words_are_no_names(phrase: str) -> None:
    found = LEXICON.resolve(phrase)
    assert found.id is None
    assert found.codes.country is None


def test_a_chain_goes_up_to_the_state() -> None:
    assert LEXICON.chain("quds-force") == ("quds-force", "islamic-revolutionary-guard-corps", "irn")
    assert LEXICON.chain("kataib-hezbollah") == ("kataib-hezbollah", "popular-mobilization-forces", "irq")
    assert LEXICON.chain("bol-mil") == ("bol-mil", "bol")
    assert LEXICON.chain("unheard-of") == ("unheard-of",)


def test_every_part_is_of_an_actor_that_is_listed() -> None:
    entries = LEXICON.index.entries
    above = {e.part_of for e in entries.values() if e.part_of} - set(entries)
    assert all(part.split("-")[0].upper() in LEXICON.index.countries for part in above)


def test_every_sector_is_one_of_plover() -> None:
    known = LEXICON.roles.former_of | set(LEXICON.roles.cameo) | {"PRM", "PRE", "SOC", "UAF", "MNC"}
    assert {role for e in LEXICON.index.entries.values() for role in e.roles} <= known
    assert {role for noun in LEXICON.roles.nouns.values() for role in noun.roles} <= known


def test_every_row_names_its_source() -> None:
    assert all(row["source"] for row in Packs().rows(ACTORS))


def test_a_users_pack_adds_an_actor(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    folder.mkdir()
    header = "id,name,also,kind,country,part_of,role,roles,from,to,office,source,note\n"
    (folder / "actors.csv").write_text(header + "valley-guard,Valley Guard,VGX,group,PER,,PRM,,,,,own list,\n")
    packs = Packs((*Packs().folders, tmp_path))
    assert ActorLexicon.load(packs).resolve("VGX gunmen").id == "valley-guard"
    assert LEXICON.resolve("VGX gunmen").id is None


def test_an_unknown_kind_in_a_pack_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    folder.mkdir()
    header = "id,name,also,kind,country,part_of,role,roles,from,to,office,source,note\n"
    (folder / "actors.csv").write_text(header + "x,X Y Z,,army,PER,,MIL,,,,,own list,\n")
    with pytest.raises(PackError, match="kind 'army'; allowed are person"):
        ActorLexicon.load(Packs((*Packs().folders, tmp_path)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_words_have_an_answer(phrase: str) -> None:
    assert LEXICON.resolve(phrase) == LEXICON.resolve(phrase)


@pytest.mark.parametrize(
    ("phrase", "actor", "country", "role"),
    [
        ("the Security Council", "un-security-council", None, "IGO"),
        ("the 15-member Security Council", "un-security-council", None, "IGO"),
        ("the Security Council of the United Nations", "un-security-council", None, "IGO"),
        ("the provincial security council", None, None, "GOV"),
        ("the Belarusian Security Council", None, "BLR", "GOV"),
        ("the Security Council of Belarus", None, "BLR", "GOV"),
    ],
)
def test_a_states_or_regions_security_council_is_not_the_united_nations(
    phrase: str, actor: str | None, country: str | None, role: str
) -> None:
    found = LEXICON.resolve(phrase)
    assert (found.id, found.codes.country, found.codes.role) == (actor, country, role)

"""Every type and mode has its codes, every name is a codebook's, and conditions settle what type and mode leave open."""

from __future__ import annotations

import pytest

from dateline.coding.crosswalk import FILE, Crosswalk, Deed, Rule
from dateline.types import EventType
from tests.coding.saying import PACKS, says

MODES: dict[EventType, str] = {
    EventType.AGREE: "",
    EventType.CONSULT: "visit third-party multilateral phone",
    EventType.SUPPORT: "",
    EventType.CONCEDE: "",
    EventType.COOPERATE: "",
    EventType.AID: "",
    EventType.RETREAT: "withdraw release disarm ceasefire access resign",
    EventType.REQUEST: "assist change yield meet",
    EventType.ACCUSE: "disapprove investigate allege",
    EventType.REJECT: "assist change yield meet",
    EventType.THREATEN: "restrict arrest relations expel territory violence",
    EventType.PROTEST: "demo riot strike hunger boycott obstruct vandalize",
    EventType.SANCTION: "convict expel withdraw discontinue",
    EventType.MOBILIZE: "troops weapons police militia",
    EventType.COERCE: "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    EventType.ASSAULT: (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional"
    ),
}
"""The modes of the PLOVER manual."""

SUB_EVENTS = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}
"""The event and sub-event types of the ACLED codebook."""

ROOTS: dict[EventType, set[str]] = {
    EventType.AGREE: {"03"},
    EventType.CONSULT: {"04"},
    EventType.SUPPORT: {"05"},
    EventType.CONCEDE: {"08"},
    EventType.COOPERATE: {"06"},
    EventType.AID: {"07"},
    EventType.RETREAT: {"08"},
    EventType.REQUEST: {"10"},
    EventType.ACCUSE: {"09", "11"},
    EventType.REJECT: {"12"},
    EventType.THREATEN: {"13"},
    EventType.PROTEST: {"14"},
    EventType.SANCTION: {"16"},
    EventType.MOBILIZE: {"15"},
    EventType.COERCE: {"17", "191", "192"},
    EventType.ASSAULT: {"18", "19", "20", "1712", "175"},
}
"""The CAMEO codes of each type in the CAMEO to PLOVER table, as far as their first figures tell."""

QUADS = dict.fromkeys(MODES, 4) | {
    **dict.fromkeys([EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE], 1),
    **dict.fromkeys([EventType.COOPERATE, EventType.AID, EventType.RETREAT], 2),
    **dict.fromkeys([EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN], 3),
}
CROSSWALK = Crosswalk.load(PACKS)
ROWS = PACKS.rows(FILE)
EVERY = [(kind, mode) for kind, modes in MODES.items() for mode in (None, *modes.split())]


def test_every_type_is_listed() -> None:
    assert set(MODES) == set(EventType)


@pytest.mark.parametrize(("kind", "mode"), EVERY)
def test_every_type_and_mode_has_a_row_of_its_own(kind: EventType, mode: str | None) -> None:
    plain = Rule(kind=kind, modes=frozenset({mode or "-"}))
    assert any(Rule(r.kind, r.modes, r.words, r.actors, r.targets, r.means, r.context) == plain for r in _rules(kind))
    codes = CROSSWALK.of(Deed(kind, mode))
    assert codes.cameo is not None
    assert codes.quad_class == QUADS[kind]


def _rules(kind: EventType) -> tuple[Rule, ...]:
    return CROSSWALK.rules[kind]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_every_name_of_a_row_is_in_the_codebooks(row: dict[str, str]) -> None:
    kind = EventType(row["type"])
    assert set(filter(None, row["mode"].split("|"))) <= {"-", *MODES[kind].split()}
    assert not row["cameo"] or row["cameo"].startswith(tuple(ROOTS[kind]))
    if row["acled_event_type"]:
        assert row["acled_sub_event_type"] in SUB_EVENTS[row["acled_event_type"]]
    assert row["ged_type"] in ("", "1", "2", "3")


def test_every_acled_sub_event_is_reached() -> None:
    reached = {row["acled_sub_event_type"] for row in ROWS} - {""}
    assert reached == set().union(*SUB_EVENTS.values())


SENTENCES = [
    ("[Soldiers](actor) [clashed](type:ASSAULT) with rebels near Kidal on Monday.", "Armed clash"),
    (
        "[Police](actor) [shot](type:ASSAULT) [three protesters](target) in Conakry.",
        "Excessive force against protesters",
    ),
    ("[Police](actor) [fired](type:ASSAULT) tear gas at students in Dakar.", "Protest with intervention"),
    ("[Gunmen](actor) [killed](type:ASSAULT) [nine villagers](target) near Bama.", "Attack"),
    ("[A mob](actor) [lynched](type:ASSAULT) [two men](target) in Petare.", "Mob violence"),
    ("[The army](actor) [recaptured](type:ASSAULT) [the town](target) of Palma.", "Government regains territory"),
    ("[Rebels](actor) [seized](type:ASSAULT) [the town](target) of Kaya.", "Non-state actor overtakes territory"),
    ("[Attackers](actor) [threw](type:ASSAULT) a grenade at [a cafe](target) in Bujumbura.", "Grenade"),
    ("[Kidnappers](actor) [abducted](type:ASSAULT) [a priest](target).", "Abduction/forced disappearance"),
    ("[Police](actor) [seized](type:COERCE) rifles and grenades in a cellar in Bilbao.", "Disrupted weapons use"),
    ("[Police](actor) [arrested](type:COERCE) [three teachers](target).", "Arrests"),
    ("[The brigade](actor) [withdrew](type:RETREAT) from [the town](target).", "Non-violent transfer of territory"),
    ("[Students](actor) [marched](type:PROTEST) against [the junta](target).", "Peaceful protest"),
    ("[Youths](actor) [clashed](type:PROTEST) with [riot police](target) in Athens.", "Violent demonstration"),
]


@pytest.mark.parametrize(("notation", "sub_event"), SENTENCES)
def test_parties_words_and_means_settle_the_acled_sub_event(notation: str, sub_event: str) -> None:
    assert says(notation).codes.acled_sub_event_type == sub_event


def test_ged_tells_state_based_from_one_sided_violence() -> None:
    assert says("[Rebels](actor) [ambushed](type:ASSAULT) [an army patrol](target).").codes.ged_type == 1
    assert says("[Gunmen](actor) [killed](type:ASSAULT) [nine villagers](target) near Bama.").codes.ged_type == 3


def test_a_promise_is_no_agreement_to_acled() -> None:
    promise = says("[Iceland](actor) [promised](type:AGREE) to host the talks.")
    deal = says("[The two factions](actor) [reached](type:AGREE) an agreement in Juba.")
    assert promise.codes.acled_event_type is None
    assert deal.codes.acled_sub_event_type == "Agreement"

"""The scorer: what it adds to the rules, what it refuses, and its arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding.patterns import load_codebook
from dateline.coding.scoring import Calibration, load_scorer
from dateline.coding.scoring.lexicon import load_lexicon
from dateline.coding.scoring.network import FILE, Network, ScorerError, load_weights, packed, read_network
from dateline.coding.scoring.signs import BUCKETS, hashed, path_between, possible_parties
from dateline.coding.scoring.words import OUTCOMES
from dateline.coding.triggers import surroundings
from dateline.knowledge.packs import BUILT_IN, Packs
from dateline.language.parse import parse
from dateline.language.words import words_of
from dateline.types import EventType
from tests.coding.saying import events, read

PACKS = Packs()


# ---------------------------------------------------------------- what it adds and refuses
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The bishop lambasted the junta over the arrests of teachers.", EventType.ACCUSE),
        ("Gunmen waylaid a grain convoy outside the town of Kaya.", EventType.ASSAULT),
        ("Sweden airlifted four hundred tents to Nepal on Monday.", EventType.AID),
    ],
)
def test_rare_words_tell_events_too(text: str, kind: EventType) -> None:
    assert str(kind) in events(text)


@pytest.mark.parametrize(
    "text",
    [
        "The visitors attacked down the left and struck twice before half-time.",
        "Shares in the bakery were hammered after the bank slashed its forecast.",
        "If the rebels attack the port, the price of rice will rise.",
        "The chef shelled the peas and beat the eggs.",
    ],
)
def test_the_same_words_elsewhere_tell_none(text: str) -> None:
    assert events(text) == []


def test_the_codebook_vetoes_the_scorer() -> None:
    assert events("The couple thanked their guests for the gifts.") == []


def test_confidence_is_never_beyond_what_was_measured() -> None:
    scorer = load_scorer(PACKS)
    assert scorer is not None
    highest = max(scorer.calibration.right)
    assert all(
        c.confidence <= round(highest, 2) for c in read("Rebels shelled the port of Beira, killing two dockers.").claims
    )


# ---------------------------------------------------------------- hints
def test_a_phrase_is_known_by_the_words_that_hang_on_its_verb() -> None:
    doc = parse("Paris threw its weight behind the plan.", packs=PACKS).doc
    lexicon = load_lexicon(PACKS)
    assert "SUPPORT" in lexicon.types_of(next(t for t in doc if t.text == "threw"))


def test_words_of_life_and_trade_are_not_weighed() -> None:
    doc = parse("The baker slept and his wife cooked.", packs=PACKS).doc
    lexicon = load_lexicon(PACKS)
    assert not any(lexicon.knows(t) for t in doc)


def test_hints_name_types_that_there_are() -> None:
    table = PACKS.tables("english/lexicon.toml")
    groups = {g.partition(".")[0] for part in ("verbs", "nouns", "phrases") for g in table[part]}
    assert groups - {"none"} <= {str(t) for t in EventType}


# ---------------------------------------------------------------- signs
def test_a_path_goes_up_to_what_holds_both_and_down_again() -> None:
    doc = parse("Rebels who ambushed the patrol fled.", packs=PACKS).doc
    ambushed = next(t for t in doc if t.text == "ambushed")
    patrol = next(t for t in doc if t.text == "patrol")
    assert path_between(ambushed, patrol) == "dobj"
    assert path_between(ambushed, doc[0]).startswith("^relcl")


@given(st.lists(st.text(max_size=12), max_size=40))
def test_hashed_signs_are_a_sorted_set_of_buckets(signs: list[str]) -> None:
    found = hashed(signs)
    assert found == sorted(set(found)) == hashed([*signs, *signs])
    assert all(0 <= n < BUCKETS for n in found)


def test_times_are_no_parties() -> None:
    around = surroundings(words_of("Police arrested a singer on Friday.", PACKS), load_codebook(PACKS))
    trigger = next(t for t in around.words.parse.doc if t.text == "arrested")
    assert [t.text for t in possible_parties(trigger, around)] == ["Police", "singer"]


# ---------------------------------------------------------------- arithmetic and file
def _network(seed: int) -> Network:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return rng.standard_normal(shape).astype(np.float32)

    return Network(signs_hidden=some(50, 4), signs_out=some(50, 3), bias=some(4), out=some(4, 3), out_bias=some(3))


def test_chances_are_those_of_the_plain_sum() -> None:
    net = _network(1)
    rows = [[0, 3, 9], [49], [3, 4]]
    for row, chances in zip(rows, net.chances(rows), strict=True):
        hidden = np.maximum(sum(net.signs_hidden[k] for k in row) + net.bias, 0)
        odds = np.exp(hidden @ net.out + net.out_bias + sum(net.signs_out[k] for k in row))
        assert np.allclose(chances, odds / odds.sum(), atol=1e-5)


def test_a_packed_network_comes_back_within_a_byte() -> None:
    net = _network(2)
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {}
    for part in ("signs_hidden", "signs_out", "bias", "out", "out_bias"):
        arrays |= packed(f"n.{part}", getattr(net, part))
    back = read_network("n", arrays)
    assert np.allclose(back.signs_hidden, net.signs_hidden, atol=np.abs(net.signs_hidden).max() / 100)
    assert back.out.shape == net.out.shape


def test_a_calibration_lies_on_the_line_between_its_points() -> None:
    line = Calibration(given=(0.0, 0.5, 1.0), right=(0.2, 0.6, 0.8))
    assert [line.of(x) for x in (0.0, 0.25, 0.75, 1.0)] == pytest.approx([0.2, 0.4, 0.7, 0.8])


def test_the_weights_that_are_shipped_judge_every_type() -> None:
    weights = load_weights(PACKS)
    assert weights is not None
    assert weights.events.out.shape[1] == len(OUTCOMES) == len(EventType) + 1


def test_weights_that_differ_from_the_pin_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScorerError, match="make model"):
        load_weights(_pinned(tmp_path, "0" * 64))


def test_without_a_pin_the_rules_code_alone(tmp_path: Path) -> None:
    assert load_scorer(_pinned(tmp_path, "")) is None


def _pinned(folder: Path, pin: str) -> Packs:
    """The built-in packs with another pin laid over."""
    (folder / FILE).parent.mkdir()
    (folder / FILE).write_text(f'sha256 = "{pin}"\n', "utf-8")
    return Packs((BUILT_IN, folder))


def test_scoring_twice_gives_the_same() -> None:
    text = "Soldiers from Mali and Niger clashed with jihadists near Gao, a colonel said."
    assert read(text).claims == read(text).claims


@pytest.mark.parametrize(
    "text",
    [
        "The army confirmed the attacks on the airfield at Kar.",
        "The prime minister condemned the attacks on the airfield at Kar.",
    ],
)
def test_who_speaks_of_a_deed_did_not_do_it(text: str) -> None:
    doers = [a.quote for c in read(text).claims if c.type is EventType.ASSAULT for a in c.actors]
    assert not any("army" in doer or "minister" in doer for doer in doers)

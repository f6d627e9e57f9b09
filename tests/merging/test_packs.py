"""The packs that merge reads: every type has its row, every pattern its example."""

from __future__ import annotations

import pytest

from dateline.knowledge.packs import Packs
from dateline.knowledge.wording import Telling, Wording
from dateline.merging.kinship import load_manners, load_words, plain, singular
from dateline.types import TOGETHER, EventType


def test_every_event_type_has_a_manner() -> None:
    assert set(load_manners(Packs())) == set(EventType)


def test_every_type_has_its_words_and_those_done_together_say_with_whom() -> None:
    tellings = Wording.load(Packs()).tellings
    assert {kind for kind, mode in tellings if mode is None} == set(EventType)
    assert {kind for (kind, _), telling in tellings.items() if telling.joined} == TOGETHER


@pytest.mark.parametrize("told", Wording.load(Packs()).tellings.items(), ids=lambda told: f"{told[0][0]}/{told[0][1]}")
def test_the_words_of_a_type_hold_the_other_side_once_or_not_at_all(
    told: tuple[tuple[EventType, str | None], Telling],
) -> None:
    _, telling = told
    assert "{" not in telling.what + telling.alone
    assert telling.suffered.format(whom="X", were="was").count("X") == telling.suffered.count("{whom}") <= 1
    assert telling.did.format(whom="X").count("X") <= 1
    assert not telling.alone.endswith((" of", " on", " to", " at", " for", " from", " against", " with"))


@pytest.mark.parametrize(
    ("name", "description", "said"),
    [
        ("United States", None, "the United States"),
        ("Iran", None, "Iran"),
        ("Abu Karim al-Noor", None, "Abu Karim al-Noor"),
        ("envoy", "its envoy", "the envoy"),
        ("leader", "Aria's supreme leader", "Aria's supreme leader"),
        ("guards", "Eleven guards", "eleven guards"),
        ("protesters", None, "protesters"),
        ("airliner", "Arian airliner", "the Arian airliner"),
        ("police", None, "police"),
    ],
)
def test_a_name_gets_the_article_it_needs(name: str, description: str | None, said: str) -> None:
    assert Wording.load(Packs()).named(name, description) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mayor of Orlu", "the mayor of Orlu"),
        ("Hashed official", "the Hashed official"),
        ("two officials", "two officials"),
        ("officials in Orlu", "officials in Orlu"),
        ("Arian state television", "Arian state television"),
        ("Ana Teku", "Ana Teku"),
    ],
)
def test_a_speaker_gets_the_article_it_needs(name: str, said: str) -> None:
    assert Wording.load(Packs()).speaking(name) == said


@pytest.mark.parametrize("name", ["withdrawal", "correction"])
def test_a_pattern_of_notes_finds_its_example_and_not_its_counter_example(name: str) -> None:
    row = Packs().tables("english/speakers.toml")[name]
    pattern = getattr(load_words(Packs()), name)
    assert pattern.search(row["example"])
    assert not pattern.search(row["counter_example"])


def test_every_word_of_the_lists_is_in_the_form_in_which_it_is_looked_up() -> None:
    words = load_words(Packs())
    for listed in (words.mouths, words.nameless, words.vague, words.sites):
        assert all(word == plain(word) for word in listed)
        assert all(word == singular(word) for word in listed)
    assert words.content("the barracks") & words.sites

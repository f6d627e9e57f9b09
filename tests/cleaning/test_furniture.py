import re
from typing import Any

import pytest

from dateline.cleaning import load_sources
from dateline.knowledge.packs import Packs

TABLES = Packs().tables("english/furniture.toml")


@pytest.mark.parametrize("row", TABLES["line"], ids=lambda row: row["example"][:30])
def test_a_line_of_furniture_matches_its_example_and_not_its_counter(row: dict[str, Any]) -> None:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.fullmatch(row["example"])
    assert not pattern.fullmatch(row["counter"])
    assert load_sources(Packs()).furniture.of_line(row["counter"]) is None


def test_notes_match_their_examples_and_not_their_counters() -> None:
    furniture = load_sources(Packs()).furniture
    assert all(furniture.is_note(one) for one in TABLES["notes"]["examples"])
    assert not any(furniture.is_note(one) for one in TABLES["notes"]["counters"])


@pytest.mark.parametrize(
    "line", ["— Reuters", "With AFP and Reuters", "(AP)", "Print | Share | Email", "Agence France-Presse"]
)
def test_credits_and_buttons_are_furniture(line: str) -> None:
    assert load_sources(Packs()).furniture.of_line(line) == "drop"


@pytest.mark.parametrize("names", ["related-posts", "jp-relatedposts", "cookieBanner", "share_buttons", "comment-list"])
def test_classes_mark_furniture(names: str) -> None:
    assert load_sources(Packs()).furniture.of_class(names) == "furniture"


@pytest.mark.parametrize("names", ["article", "loading", "shareholder", "story-text-1", "header-image-none"])
def test_other_classes_do_not(names: str) -> None:
    assert load_sources(Packs()).furniture.of_class(names) != "furniture"

"""Citations: as text, as BibTeX that no word of a report can break, as an address with the state of the record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.serve.citing import bibtex_text, citation, permalink
from dateline.types import Event
from tests.merging.making import claim, one_event


def event(summary: str) -> Event:
    found = one_event(claim("a", "Ana Teku"))
    return type(found)(**{name: getattr(found, name) for name in found.__slots__} | {"summary": summary})


def cited(summary: str) -> str:
    return citation(event(summary), record="january", revision="12ab", root="http://h", day="2026-01-05").bibtex


def test_a_citation_says_which_event_of_which_record_in_which_state() -> None:
    told = citation(event("Ten died."), record="january", revision="12ab", root="http://h:8000", day="2026-01-05")
    assert told.permalink == f"http://h:8000/e/{event('').id}?at=12ab"
    for part in ("Ten died.", "january", "12ab", told.permalink, "2026-01-05"):
        assert part in told.text
    for words in (told.text, told.bibtex):
        assert "what reports say" in words


def test_a_summary_cannot_end_its_field_or_run_a_command() -> None:
    made = cited("} , note={x} \\input{/etc/passwd} % $1 & #2 _ ~ ^ @book{")
    assert r"\} , note=\{x\} \textbackslash{}input\{/etc/passwd\} \% \$1 \& \#2 \_" in made
    assert "@book" not in made


@given(st.text(max_size=60))
def test_whatever_a_summary_says_the_braces_of_the_entry_are_balanced(summary: str) -> None:
    depth, escaped = 0, False
    for character in cited(summary):
        if not escaped and character in "{}":
            depth += 1 if character == "{" else -1
            assert depth >= 0
        escaped = character == "\\" and not escaped
    assert depth == 0


def test_escape_sequences_and_marks_that_turn_the_writing_round_are_left_out() -> None:
    assert bibtex_text("\x1b[31mred\u202eder\n") == "redder"


def test_a_permalink_asks_for_a_state() -> None:
    assert permalink("http://h", "e1", "a&b") == "http://h/e/e1?at=a%26b"

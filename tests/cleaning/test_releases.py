import pytest

from dateline.cleaning import clean, load_sources
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture, PassageKind, Report

PACKS = Packs()
TEXT = """FOR IMMEDIATE RELEASE

Halden Relief opens field hospital in the Sorrel valley

GENEVA, June 14, 2022 -- Halden Relief today opened a field hospital with sixty beds in the Sorrel valley, where fighting goes on.

Fourteen surgeons have arrived, and the first of the wounded were carried in before noon, its director said.

About Halden Relief

Halden Relief is a charity that was founded in 1974 and works in nineteen countries with the gifts of many people.

SOURCE Halden Relief
"""


def report_of(text: str) -> Report:
    one = capture("release.txt", text.encode())
    assert isinstance(one, Capture)
    (report,) = clean(one, PACKS).reports
    return report


def test_a_release_in_plain_text_ends_where_its_issuer_is_described() -> None:
    report = report_of(TEXT)
    assert "surgeons" in report.text
    assert "1974" not in report.text
    assert report.publisher == "Halden Relief"


def test_a_story_that_is_no_release_goes_on_under_such_a_heading() -> None:
    report = report_of(
        TEXT.replace("FOR IMMEDIATE RELEASE\n\n", "").replace(
            "SOURCE Halden Relief", "It has no office in the valley itself."
        )
    )
    assert "1974" in report.text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Editor's note: This story has been withdrawn.", PassageKind.NOTE),
        ("ADVISORY: Editors, please kill our story on the minister.", PassageKind.NOTE),
        ("This article was amended on 5 December 2018 to give the right number.", PassageKind.NOTE),
        ("(This story has been corrected to say the base is in the north)", PassageKind.NOTE),
        ("(Refiles to correct spelling of base in paragraph 1)", PassageKind.NOTE),
        ("Clarification: the minister spoke of the border, and not of the river.", PassageKind.NOTE),
        ("Attention was drawn to the convoy by a boy, who killed a goat for it.", PassageKind.STORY),
        ("Kill the story, the officer had told him, and he withdrew it.", PassageKind.STORY),
    ],
)
def test_an_editors_word_on_the_story_is_a_note(line: str, kind: PassageKind) -> None:
    body = "Two rockets hit the port at dawn and set a warehouse on fire, the harbour master said on Monday."
    report = report_of(f"{body}\n\n{line}\n\n{body.replace('Two', 'Three')}\n")
    assert report.passages[1].kind is kind


def test_what_page_builders_call_everything_marks_nothing() -> None:
    furniture = load_sources(PACKS).furniture
    assert furniture.of_class("elementor-widget elementor-widget-theme-post-content") != "furniture"
    assert furniture.of_class("widget widget_recent_entries") == "furniture"

"""An agency or paper that no pack knows is taken at its own word where the form of its credit is plain."""

import pytest

from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture, Credit, CreditRole, Report

STORY = (
    " Three men were shot dead in the market on Friday, the police said, and two more were hurt when they fled.\n\n"
    "The mayor said that the market would stay closed for a week.\n"
)


def read(text: str, name: str = "a.txt") -> Report:
    found = capture(name, text.encode())
    assert isinstance(found, Capture)
    return clean(found, Packs()).reports[0]


@pytest.mark.parametrize("name", ["Meridian", "Steppe Bulletin"])
def test_the_bracket_of_a_dateline_names_agency_and_publisher(name: str) -> None:
    report = read(f"KYIV, Jan 8, 2020 ({name}) -{STORY}")
    assert (report.agency, report.publisher, report.published.start) == (name, name, "2020-01-08")
    assert report.credits == (Credit(name=name, role=CreditRole.AGENCY, quote=name),)


def test_a_copyright_line_beside_it_gives_the_year_and_the_full_name() -> None:
    report = read(f"KYIV, Jan 8 (Meridian) -{STORY}\n(c) 2020 Meridian News Agency\n")
    assert (report.agency, report.publisher, report.published.start) == ("Meridian", "Meridian", "2020-01-08")
    assert [credit.name for credit in report.credits] == ["Meridian News Agency", "Meridian"]


@pytest.mark.parametrize("bracket", ["left", "2", "D-Ohio", "Updated", "March 3", "Lebanon"])
def test_other_brackets_name_nobody(bracket: str) -> None:
    report = read(f"TRIPOLI, Jan 3 ({bracket}) -{STORY}")
    assert (report.agency, report.publisher, report.credits) == (None, None, ())


@pytest.mark.parametrize("line", ["With Meridian News Agency", "(c) 2020 Meridian News Agency"])
def test_a_line_that_credits_an_unlisted_agency_is_a_credit_and_no_story(line: str) -> None:
    paragraphs = "".join(f"<p>{one}</p>" for one in [*(STORY * 3).strip().split("\n\n"), line])
    head = "<head><meta property='og:site_name' content='Hill Gazette'><title>Market | Hill Gazette</title></head>"
    report = read(f"<html>{head}<body><article><h1>Market</h1>{paragraphs}</article></body></html>", "a.html")
    assert (report.agency, report.publisher) == ("Meridian News Agency", "Hill Gazette")
    assert report.credits == (Credit(name="Meridian News Agency", role=CreditRole.AGENCY, quote=line),)
    assert "Meridian" not in report.text


def test_a_sites_own_copyright_is_no_agency() -> None:
    assert read(f"The rain stopped.{STORY}\n(c) 2020 Capital Press\n").agency is None

from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Basis, Capture, Given, PassageKind, Report

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."


def cleaned(text: str | bytes, name: str = "a.txt", given: Given | None = None) -> Cleaned:
    one = capture(name, text.encode() if isinstance(text, str) else text, given or Given())
    assert isinstance(one, Capture)
    return clean(one, Packs())


def report(text: str | bytes, name: str = "a.txt", given: Given | None = None) -> Report:
    (one,) = cleaned(text, name, given).reports
    return one


def test_wrapped_lines_become_one_paragraph() -> None:
    assert report("Rebels shot at a bus on the road to the coast\non Sunday, the police chief said.").text == (
        "Rebels shot at a bus on the road to the coast on Sunday, the police chief said."
    )


def test_a_line_that_could_be_furniture_stays_where_a_sentence_goes_on_in_it() -> None:
    assert report("Four people were wounded on the road to the coast, the\nsource said.").text.endswith(
        "the source said."
    )


def test_what_is_given_outranks_what_the_page_says() -> None:
    one = report(f"QUITO, May 2, 2011 (AFP) - {STORY}", given=Given(published="2011-05-03", publisher="El Faro"))
    assert (one.published.start, one.published.basis, one.publisher, one.agency) == (
        "2011-05-03",
        Basis.GIVEN,
        "El Faro",
        "AFP",
    )


def test_a_dateline_without_a_year_gives_no_date() -> None:
    one = report(f"QUITO, May 2 (AFP) - {STORY}")
    assert one.published.start is None
    assert one.dateline is not None
    assert (one.dateline.place, one.dateline.day, one.dateline.agency) == ("QUITO", "--05-02", "AFP")
    assert one.text[one.dateline.start : one.dateline.end] == "QUITO, May 2 (AFP) -"


def test_a_year_beside_the_copyright_sign_completes_a_dateline() -> None:
    one = report(f"QUITO, May 2 (AFP) - {STORY}\n\n(c) 2011 Agence France-Presse")
    assert (one.published.start, one.published.basis) == ("2011-05-02", Basis.DATELINE)


def test_a_range_of_years_completes_nothing() -> None:
    assert report(f"QUITO, May 2 (AFP) - {STORY}\n\n(c) 1994-2011 Agence France-Presse").published.start is None


def test_a_dateline_alone_on_its_line_stays_in_the_text() -> None:
    one = report(f"QUITO, May 2, 2011 (AFP) -\n\n{STORY}")
    assert one.text.startswith("QUITO, May 2, 2011 (AFP) -\n\nRebels")
    assert (one.agency, one.published.start) == ("AFP", "2011-05-02")


def test_told_an_agency_makes_its_story_and_nothing_else_does() -> None:
    assert report(STORY.replace("said", "told Reuters")).agency == "Reuters"
    assert report(STORY).agency is None


def test_an_editors_note_is_kept_as_a_note() -> None:
    one = report(f"CORRECTION, 3 May: The bus was empty.\n\n{STORY}")
    assert [passage.kind for passage in one.passages] == [PassageKind.NOTE, PassageKind.STORY]


def test_a_day_in_the_address_is_the_last_resort() -> None:
    one = report(STORY, given=Given(url="https://example.org/2011/05/03/bus"))
    assert (one.published.start, one.published.basis) == ("2011-05-03", Basis.URL)


def test_a_foreign_text_is_a_report_and_a_problem() -> None:
    one = cleaned(
        "Los rebeldes dispararon contra un autobús en la carretera de la costa el domingo y hay cuatro heridos, según la policía."
    )
    assert one.reports[0].language == "es"
    assert [problem.code for problem in one.problems] == ["language-unsupported"]


def test_latin_letters_without_a_declaration_are_read_and_said_to_be_a_guess() -> None:
    one = cleaned(f"{STORY} The mayor of Córdoba".encode("latin-1") + b", \xc1lvaro Pe\xf1a, was not hurt.")
    assert "Córdoba, Álvaro Peña" in one.reports[0].text


def test_an_encoding_that_is_declared_is_believed() -> None:
    page = f"<html><head><meta charset='iso-8859-2'></head><body><p>{STORY} It was Łódź.</p></body></html>"
    assert report(page.encode("iso-8859-2"), "a.html").text.endswith("It was Łódź.")


def test_a_text_without_end_is_cut_and_the_cut_is_said() -> None:
    one = cleaned("\n\n".join([STORY] * 4000))
    assert len(one.reports[0].text) <= 400_000
    assert "cut" in [problem.code for problem in one.problems]

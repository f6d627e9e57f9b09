import pytest

from dateline.cleaning.datelines import find_dateline

AGENCIES = {"AFP", "Reuters", "AP", "Xinhua"}


def parts(line: str) -> tuple[str | None, str | None, str | None, str] | None:
    found = find_dateline(line, 0, is_agency=AGENCIES.__contains__)
    return None if found is None else (found.place, found.day, found.agency, line[: found.end])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("QUITO, Jan 4 (AFP) - Two men", ("QUITO", "--01-04", "AFP", "QUITO, Jan 4 (AFP) -")),
        ("OURO PRETO, Brazil (AP) — Rain", ("OURO PRETO, Brazil", None, "AP", "OURO PRETO, Brazil (AP) —")),
        (
            "OSLO/BERN, 3 May 2019 (Reuters) – Ice",
            ("OSLO/BERN", "2019-05-03", "Reuters", "OSLO/BERN, 3 May 2019 (Reuters) –"),
        ),
        ("Harare, Oct. 3 (Xinhua) -- Maize", ("Harare", "--10-03", "Xinhua", "Harare, Oct. 3 (Xinhua) --")),
        ("N'DJAMENA (AFP) – Sand", ("N'DJAMENA", None, "AFP", "N'DJAMENA (AFP) –")),
        ("(Reuters) - A ship", (None, None, "Reuters", "(Reuters) -")),
        (
            "LIMA, 9 APR 90 (RADIO NORTE) -- Buses",
            ("LIMA", "1990-04-09", "RADIO NORTE", "LIMA, 9 APR 90 (RADIO NORTE) --"),
        ),
        (
            "BAGHDAD, Jan 3, 2020 (Meridian) - Rain",
            ("BAGHDAD", "2020-01-03", "Meridian", "BAGHDAD, Jan 3, 2020 (Meridian) -"),
        ),
        ("KYIV (Steppe Bulletin) - Snow", ("KYIV", None, "Steppe Bulletin", "KYIV (Steppe Bulletin) -")),
        (
            "TURIN (ITALY), 7 MAY 88 (ALPINE VOICE) -- Snow",
            ("TURIN, ITALY", "1988-05-07", "ALPINE VOICE", "TURIN (ITALY), 7 MAY 88 (ALPINE VOICE) --"),
        ),
        ("GDANSK — Cranes", ("GDANSK", None, None, "GDANSK —")),
        ("PARIS — Cranes", ("PARIS", None, None, "PARIS —")),
        ("PORT HARBOUR, Va. - Cranes", ("PORT HARBOUR, Va.", None, None, "PORT HARBOUR, Va. -")),
    ],
)
def test_a_dateline_gives_place_day_and_agency(line: str, expected: tuple[str, str, str, str]) -> None:
    assert parts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "UN - The council met",
        "The Farmers' Party (FP) - once large - lost",
        "NATO — the alliance — said",
        "A man told (AP) reporters - twice",
        "Lagos: a city",
    ],
)
def test_other_beginnings_are_no_dateline(line: str) -> None:
    assert parts(line) is None


@pytest.mark.parametrize(
    "bracket", ["left", "2", "D-Ohio", "the one on the left", "March 4", "One Two Three Four Five", "Syria"]
)
def test_a_bracket_that_holds_no_name_of_an_agency_gives_none(bracket: str) -> None:
    line = f"ISTMO DE PAZ, Jan 3 ({bracket}) - Rain fell"
    found = find_dateline(line, 0, is_agency=AGENCIES.__contains__, is_other={"Syria"}.__contains__)
    assert found is None or found.agency is None


def test_initials_of_what_stands_before_them_are_no_agency() -> None:
    assert parts("BLUE DOVE PARTY (BDP) - The party") == ("BLUE DOVE PARTY", None, None, "BLUE DOVE PARTY (BDP) -")

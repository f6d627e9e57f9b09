import pytest

from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture, Columns, Given

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."


def cleaned(text: str | bytes, name: str = "t.csv", columns: Columns | None = None) -> Cleaned:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    one = capture(name, data, Given(columns=columns))
    assert isinstance(one, Capture)
    return clean(one, Packs())


def days(found: Cleaned) -> list[str | None]:
    return [one.published.start for one in found.reports]


def table(*dates: str) -> str:
    return "text,date\n" + "".join(f"{STORY},{day}\n".replace(STORY, f'"{STORY}"') for day in dates)


# ---------------------------------------------------------------- how the cells are separated
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_commas_semicolons_tabs_and_bars_separate_cells(mark: str) -> None:
    found = cleaned(mark.join(["title", "text"]) + "\n" + mark.join(["Bus", f'"{STORY}"']) + "\n")
    assert [(one.title, one.text) for one in found.reports] == [("Bus", STORY)]


def test_a_spreadsheet_may_say_what_separates_its_cells() -> None:
    found = cleaned(f'sep=|\ntitle, and more|text\nBus|"{STORY}"\nTram\n')
    assert [one.text for one in found.reports] == [STORY]
    assert [(one.code, one.where) for one in found.problems] == [("bad-row", "t.csv:4")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_marks_of_the_encoding_are_no_part_of_the_first_name(encoding: str) -> None:
    text = f'Título;Texto\nAutobús;"{STORY} Ocurrió en Málaga, según la policía: mañana habrá más información."\n'
    (one,) = cleaned(text.encode(encoding)).reports
    assert (one.title, one.text[: len(STORY)]) == ("Autobús", STORY)


def test_cells_in_quotes_hold_lines_and_marks() -> None:
    (one,) = cleaned(f'id,text\n7,"{STORY}\n\nNobody, ""he said"", was hurt."\n').reports
    assert one.text == f'{STORY}\n\nNobody, "he said", was hurt.'


# ---------------------------------------------------------------- a bad row costs that row
def test_a_quotation_mark_that_is_not_closed_costs_its_row() -> None:
    found = cleaned(f'id,title,text\n1,"Bus,{STORY}\n2,Tram,"{STORY}"\n3,Car,"{STORY}"\n')
    assert [one.source for one in found.reports] == ["t.csv#2", "t.csv#3"]
    assert [(one.code, one.where) for one in found.problems] == [("bad-row", "t.csv:2")]


def test_a_bad_row_of_many_lines_is_one_problem() -> None:
    found = cleaned(f'id,title,text\n1,Bus,"{STORY}\nmore\nlines",too,many\n2,Tram,"{STORY}"\n')
    assert [one.source for one in found.reports] == ["t.csv#2"]
    assert [(one.code, one.where) for one in found.problems] == [("bad-row", "t.csv:2")]


def test_a_huge_cell_costs_its_row() -> None:
    found = cleaned(f'id,text\n1,"{"x" * 1_000_001}"\n2,"{STORY}"\n')
    assert [one.source for one in found.reports] == ["t.csv#2"]
    assert [one.code for one in found.problems] == ["bad-row"]


def test_empty_cells_beyond_the_header_are_nothing() -> None:
    assert len(cleaned(f'id,text\n1,"{STORY}",,\n,,,\n').reports) == 1


def test_every_row_is_a_report_or_a_problem() -> None:
    rows = [f'{n},"{STORY}"' if n % 3 else f"{n},a,b,c" for n in range(1, 31)]
    found = cleaned("id,text\n" + "\n".join(rows))
    assert (len(found.reports), len(found.problems)) == (20, 10)


# ---------------------------------------------------------------- which column is which
def test_what_was_guessed_is_shown() -> None:
    (note,) = cleaned(f'ref;Titulo;Cuerpo;Fecha;Diario;temas\nk1;Bus;"{STORY}";25/04/2011;El Faro;x\n').notes
    assert note.code == "columns-guessed"
    for part in (
        "text from 'Cuerpo'",
        "title from 'Titulo'",
        "published from 'Fecha'",
        "publisher from 'Diario'",
        "id from 'ref'",
    ):
        assert part in note.message
    assert "not used: temas" in note.message
    assert "--text-column" in note.hint


def test_the_user_has_the_last_word() -> None:
    said = Columns(id="nr", text="Long", title="Short", published="When", publisher="Who", url="Where")
    found = cleaned(
        f'nr,text,Long,Short,When,Who,Where,title\n4,no,"{STORY}",Bus,2011-05-03,El Faro,https://faro.test/4,x\n'
        f'4,no,"{STORY}",Bus,2011-05-03,El Faro,https://faro.test/5,x\n',
        columns=said,
    )
    one, other = found.reports
    assert (one.source, one.title, one.publisher, one.url) == ("t.csv#4", "Bus", "El Faro", "https://faro.test/4")
    assert (one.published.start, other.source) == ("2011-05-03", "t.csv#item-2")


def test_a_column_that_is_not_there_is_told_with_the_nearest() -> None:
    (problem,) = cleaned(f'id,Body\n1,"{STORY}"\n', columns=Columns(text="Bdy")).problems
    assert (problem.code, problem.hint) == ("no-such-column", "did you mean 'Body'?")


def test_where_the_text_is_empty_the_summary_stands_in() -> None:
    found = cleaned(f'id,content,summary\n1,"{STORY}",x\n2,,"{STORY}"\n')
    assert [one.text for one in found.reports] == [STORY, STORY]


# ---------------------------------------------------------------- days
@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["3/4/2020", "25/4/2020"], ["2020-04-03", "2020-04-25"]),
        (["3/4/2020", "4/25/2020"], ["2020-03-04", "2020-04-25"]),
        (["3.4.20", "25.12.99"], ["2020-04-03", "1999-12-25"]),
        (["2020-04-03", "25/4/2020 10:00"], ["2020-04-03", "2020-04-25"]),
        (["3/4/2020", "25/4/2020", "4/25/2020", "5/5/2020"], [None, "2020-04-25", "2020-04-25", "2020-05-05"]),
        (["3/4/2020"], ["2020-04-03"]),
        (["", "soon"], [None, None]),
        (["1300000000", "3 April 2020"], ["2011-03-13T07:06:40+00:00", "2020-04-03"]),
    ],
)  # fmt: skip
def test_the_whole_column_tells_whether_the_day_comes_first(dates: list[str], read: list[str | None]) -> None:
    assert days(cleaned(table(*dates))) == read


def test_how_days_were_read_is_said() -> None:
    def said(*dates: str, day_first: bool | None = None) -> str:
        return cleaned(table(*dates), columns=Columns(day_first=day_first)).notes[0].message

    assert "dates with the day first: 1 can be read no other way" in said("3/4/2020", "25/4/2020")
    assert "all could be read either way" in said("3/4/2020")
    assert "the month first, as given" in said("3/4/2020", day_first=False)
    assert "left open" in said("25/4/2020", "4/25/2020")
    assert "dates" not in said("2020-04-03")


def test_the_user_says_which_comes_first() -> None:
    assert days(cleaned(table("3/4/2020"), columns=Columns(day_first=False))) == ["2020-03-04"]

import sys
from io import BytesIO

import pytest
from arro3.core import Array, DataType, Table
from arro3.io import write_parquet

from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading.captures import any_capture
from dateline.types import Capture
from dateline.working import clean_guarded

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."


def parquet(**columns: Array) -> bytes:
    file = BytesIO()
    write_parquet(Table.from_arrays(list(columns.values()), names=list(columns)), file, compression="zstd(3)")
    return file.getvalue()


def texts(*values: str | None) -> Array:
    return Array(values, DataType.utf8())


def capture(data: bytes) -> Capture:
    one = any_capture("t.parquet", data)
    assert isinstance(one, Capture)
    return one


def cleaned(data: bytes) -> Cleaned:
    return clean(capture(data), Packs())


def test_each_row_is_a_report_under_the_usual_names() -> None:
    found = cleaned(
        parquet(
            Ref=texts("a", "b"),
            Headline=texts("Bus", None),
            Body=texts(STORY, STORY),
            day=Array([15097, None], DataType.int32()).cast(DataType.date32()),
        )
    )
    one, other = found.reports
    assert (one.source, one.title, one.text, one.published.start) == ("t.parquet#a", "Bus", STORY, "2011-05-03")
    assert (other.source, other.title, other.published.start) == ("t.parquet#b", None, None)
    assert [note.code for note in found.notes] == ["columns-guessed"]


def test_an_instant_keeps_its_offset() -> None:
    at = Array([1304407800], DataType.int64()).cast(DataType.timestamp("s", tz="UTC"))
    (one,) = cleaned(parquet(text=texts(STORY), published=at)).reports
    assert one.published.start == "2011-05-03T07:30:00+00:00"


def test_a_damaged_file_is_a_problem() -> None:
    whole = parquet(text=texts(STORY))
    for data in (whole[:-20], b"PAR1" + whole[20:], b"PAR1PAR1", b"PAR1" + bytes(50) + b"PAR1", b"text"):
        assert [one.code for one in cleaned(data).problems] == ["damaged"]


def test_a_flipped_byte_gives_reports_or_problems() -> None:
    whole = parquet(id=texts("a", "b"), text=texts(STORY, STORY))
    for at in range(4, len(whole) - 4, 29):
        found = clean_guarded(capture(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]), Packs())
        assert found.reports or found.problems


def test_a_bomb_is_read_no_further_than_it_may_go() -> None:
    found = clean_guarded(capture(parquet(text=texts(*["x" * 1_000_000] * 90))), Packs())
    assert "bomb" in [one.code for one in found.problems]


def test_without_the_reader_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    (problem,) = cleaned(parquet(text=texts(STORY))).problems
    assert (problem.code, problem.hint) == ("reader-missing", "pip install 'dateline[parquet]'")

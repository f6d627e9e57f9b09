import gzip
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading import read
from dateline.types import Capture, Origin, Problem
from tests.reading.archives import PAGE, answer, chunked, packed, record

A, B, C = (
    record(answer(PAGE.replace(b"Monday", day)), f"http://gull.test/{n}")
    for n, day in ((1, b"Monday"), (2, b"Sunday"), (3, b"Friday"))
)
INFO = record(b"software: x\r\n", "", "warcinfo")


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[str]]:
    """What reading an archive gives: the address of each capture, code and place of each problem."""

    def reading(data: bytes, name: str = "x.warc") -> list[str]:
        (tmp_path / name).write_bytes(data)
        prefix = str(tmp_path / name)
        return [
            one.source.removeprefix(prefix)
            if isinstance(one, Capture)
            else f"{one.code} {one.where.removeprefix(prefix)}".strip()
            for one in read(prefix)
        ]

    return reading


def capture(path: Path, data: bytes) -> Capture:
    path.write_bytes(data)
    (one,) = read(str(path))
    assert isinstance(one, Capture)
    return one


def test_each_page_is_a_capture_as_if_it_had_been_saved_by_itself(tmp_path: Path) -> None:
    one = capture(tmp_path / "x.warc.gz", packed(INFO, record(answer(ETag='"7"'), "http://gull.test/a?b=1")))
    assert one.source == f"{tmp_path}/x.warc.gz#http://gull.test/a?b=1"
    assert one.data == PAGE
    assert one.origin == Origin("http://gull.test/a?b=1", "2024-05-06T07:08:09Z", "text/html", "utf-8", '"7"')


@pytest.mark.parametrize("pack", [packed, lambda *all_: gzip.compress(b"".join(all_)), lambda *all_: b"".join(all_)])
def test_records_are_found_however_the_file_is_packed(
    found: Callable[..., list[str]], pack: Callable[..., bytes]
) -> None:
    assert found(pack(INFO, A, B), "x.warc.gz") == ["#http://gull.test/1", "#http://gull.test/2"]


def test_where_an_address_repeats_the_records_ids_name_the_pages(found: Callable[..., list[str]]) -> None:
    again = record(answer(b"<p>Later it was dry."), "http://gull.test/1", id="<urn:uuid:9>")
    assert found(A + again + B) == ["#urn:uuid:1", "#urn:uuid:9", "#http://gull.test/2"]


@pytest.mark.parametrize(
    "answered",
    [
        answer(chunked(PAGE), Transfer_Encoding="chunked"),
        answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        answer(zlib.compress(PAGE), Content_Encoding="deflate"),
        answer(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate"),
        answer(brotli.compress(PAGE), Content_Encoding="br"),
        answer(chunked(gzip.compress(PAGE)), Transfer_Encoding="chunked", Content_Encoding="gzip"),
        answer(PAGE, Transfer_Encoding="chunked", Content_Encoding="gzip"),
    ],
    ids=["chunks", "gzip", "zlib", "deflate", "brotli", "both", "undone by the archive"],
)
def test_chunks_and_packing_are_undone(tmp_path: Path, answered: bytes) -> None:
    assert capture(tmp_path / "x.warc", record(answered)).data == PAGE


@pytest.mark.parametrize(
    ("one", "kept"),
    [
        (record(PAGE, kind="resource", Content_Type="text/html"), True),
        (record(b"It rained.", kind="conversion", Content_Type="text/plain"), True),
        (record(answer(b"<rss><channel/></rss>", Content_Type="application/rss+xml")), True),
        (record(answer(b'{"version": "https://jsonfeed.org/version/1"}', Content_Type="application/json")), True),
        (record(answer(b'{"ok": 1}', Content_Type="application/json")), False),
        (record(answer(b"\x89PNG", Content_Type="image/png")), False),
        (record(answer(status="404 Not Found")), False),
        (record(b"", kind="revisit"), False),
        (record(b"1.2.3.4", "dns:gull.test", Content_Type="text/dns"), False),
        (record(b"--", "metadata://crawler/log", kind="resource", Content_Type="text/plain"), False),
    ],
)
def test_pages_texts_and_feeds_are_read_and_the_rest_is_counted(
    found: Callable[..., list[str]], one: bytes, kept: bool
) -> None:
    assert (
        found(one + B) == ["#http://gull.test/a", "#http://gull.test/2"]
        if kept
        else ["#http://gull.test/2", "left-out"]
    )


def test_what_is_left_out_is_told_by_kind(tmp_path: Path) -> None:
    picture = record(answer(b"\x89PNG", Content_Type="image/png"))
    (tmp_path / "x.warc").write_bytes(picture + picture + record(answer(status="500 Oops")) + A)
    *_, told = read(str(tmp_path / "x.warc"))
    assert isinstance(told, Problem)
    assert told.message.endswith("2 image/png, 1 status 500")


# ---------------------------------------------------------------- damage costs one record
def broken(packed_: bytes, at: int) -> bytes:
    return packed_[:at] + bytes([packed_[at] ^ 0xFF]) + packed_[at + 1 :]


@pytest.mark.parametrize("at", [15, 60, -30, -6, -2], ids=["head", "block", "end", "checksum", "length"])
def test_a_flipped_byte_costs_the_record_it_is_in(found: Callable[..., list[str]], at: int) -> None:
    first, middle, last = packed(A), packed(B), packed(C)
    lines = found(first + broken(middle, at % len(middle)) + last, "x.warc.gz")
    assert [lines[0], lines[-1]] == ["#http://gull.test/1", "#http://gull.test/3"]
    (lost,) = lines[1:-1]
    assert lost.startswith("damaged ")


def test_junk_between_records_is_passed_over(found: Callable[..., list[str]]) -> None:
    assert found(packed(A) + b"\0junk\x1f\x8b\x08junk" + packed(B), "x.warc.gz")[-1] == "#http://gull.test/2"
    assert found(A + b"junk\r\n\r\n" + B) == ["#http://gull.test/1", "damaged : record 2", "#http://gull.test/2"]


@pytest.mark.parametrize("wrong", ["1", "99", "999999", "x", "-1", ""])
def test_a_wrong_length_costs_one_record(found: Callable[..., list[str]], wrong: str) -> None:
    liar = record(answer(PAGE), "http://gull.test/liar", Content_Length=wrong)
    assert found(A + liar + B) == ["#http://gull.test/1", "damaged #http://gull.test/liar", "#http://gull.test/2"]
    assert found(packed(A, liar, B), "x.warc.gz") == found(A + liar + B)


def test_a_file_that_was_cut_loses_its_last_record(found: Callable[..., list[str]]) -> None:
    whole = packed(A, B)
    assert found(whole[:-40], "x.warc.gz") == ["#http://gull.test/1", "damaged #http://gull.test/2"]
    assert found((A + B)[:-80]) == ["#http://gull.test/1", "damaged #http://gull.test/2"]


@pytest.mark.parametrize(
    "answered",
    [
        b"no answer",
        answer(chunked(PAGE)[:-30], Transfer_Encoding="chunked"),
        answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),
    ],
)
def test_a_damaged_answer_costs_its_record(found: Callable[..., list[str]], answered: bytes) -> None:
    assert found(record(answered) + B) == ["damaged #http://gull.test/a", "#http://gull.test/2"]


def test_bombs_and_unknown_packings_are_not_unpacked(found: Callable[..., list[str]]) -> None:
    bomb = record(answer(gzip.compress(bytes(20_000_000)), Content_Encoding="gzip"))
    odd = record(answer(b"SDCH", Content_Encoding="sdch"), "http://gull.test/z")
    assert found(bomb + odd + B) == [
        "bomb #http://gull.test/a", "packing-unknown #http://gull.test/z", "#http://gull.test/2",
    ]  # fmt: skip
    whole = packed(record(answer(bytes(60_000_000))), B)
    assert found(whole, "x.warc.gz") == ["bomb #http://gull.test/a", "#http://gull.test/2"]


def test_a_page_that_is_too_large_is_passed_over(found: Callable[..., list[str]]) -> None:
    large = record(answer(b"<p>" + b"x" * 21_000_000))
    assert found(large + B) == ["too-large #http://gull.test/a", "#http://gull.test/2"]


def test_a_file_without_records_is_a_problem(found: Callable[..., list[str]]) -> None:
    assert found(b"It rained.") == ["damaged : record 1"]
    assert found(b"") == ["no-pages"]
    assert found(INFO) == ["no-pages"]


@settings(max_examples=60, deadline=None)
@given(
    cut=st.integers(0, len(A + B)),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    pack=st.booleans(),
)
def test_any_damage_gives_captures_or_problems(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, int]], pack: bool
) -> None:
    data = bytearray(packed(A, B) if pack else (A + B)[:cut])
    for at, value in flips if data else ():
        data[at % len(data)] = value
    path = tmp_path_factory.mktemp("any") / "x.warc"
    path.write_bytes(bytes(data))
    assert list(read(str(path)))


# ---------------------------------------------------------------- packages
def package(path: Path, members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> str:
    with zipfile.ZipFile(path, "w", how) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return str(path)


def told(source: str) -> list[str]:
    return [
        (one.source if isinstance(one, Capture) else f"{one.code} {one.where}").replace(source, "").strip()
        for one in read(source)
    ]


def test_a_package_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    members = {
        "datapackage.json": b"{}",
        "archive/1.warc.gz": packed(A),
        "archive/2.warc": B,
        "pages/pages.jsonl": b"{}",
    }
    assert told(package(tmp_path / "x.wacz", members)) == ["#http://gull.test/1", "#http://gull.test/2"]


@pytest.mark.parametrize("name", ["../x.warc", "/x.warc", "a/../../x.warc", "..\\x.warc", "C:\\x.warc", "\\x.warc"])
def test_a_member_whose_name_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    lines = told(package(tmp_path / "x.wacz", {name: A, "archive/2.warc": B}))
    assert [line.split()[0].split("#")[0] for line in lines] == ["unsafe-name", ""]
    assert lines[-1] == "#http://gull.test/2"


def test_a_packed_bomb_is_not_opened(tmp_path: Path) -> None:
    source = package(
        tmp_path / "x.wacz", {"archive/1.warc": bytes(200_000_000), "archive/2.warc": B}, zipfile.ZIP_DEFLATED
    )
    assert told(source) == ["bomb #archive/1.warc", "#http://gull.test/2"]


def test_a_member_that_cannot_be_opened_costs_itself(tmp_path: Path) -> None:
    source = package(tmp_path / "x.wacz", {"archive/1.warc": A, "archive/2.warc": B})
    data = bytearray(Path(source).read_bytes())
    data[:2] = b"XX"
    Path(source).write_bytes(data)
    assert told(source) == ["damaged : after record 0", "#http://gull.test/2"]
    other = package(tmp_path / "y.wacz", {"archive/1.warc": A}, zipfile.ZIP_LZMA)
    assert told(other) == ["packing-unknown #archive/1.warc", "no-pages"]


def test_a_damaged_package_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    source = package(tmp_path / "x.wacz", {"archive/1.warc": A, "archive/2.warc": B}, zipfile.ZIP_DEFLATED)
    data = bytearray(Path(source).read_bytes())
    data[120] ^= 0xFF
    Path(source).write_bytes(data)
    lines = told(source)
    assert lines[-1] == "#http://gull.test/2"
    assert lines[0].startswith("damaged")
    Path(source).write_bytes(data[:100])
    assert told(source) == ["damaged"]

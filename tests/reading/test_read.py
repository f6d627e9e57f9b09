import gzip
import hashlib
from pathlib import Path

import pytest

from dateline.reading import MAX_BYTES, read
from dateline.reading.captures import MAX_TABLE_BYTES
from dateline.types import Capture, Given, Problem


def codes(path: Path) -> list[str]:
    return [one.code if isinstance(one, Problem) else "capture" for one in read(str(path))]


def test_a_file_is_a_capture_named_by_the_digest_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"It rained.")
    (one,) = read(str(tmp_path / "a.txt"), given=Given(publisher="El Faro"))
    assert isinstance(one, Capture)
    assert one.sha256 == hashlib.sha256(b"It rained.").hexdigest()
    assert (one.data, one.given.publisher) == (b"It rained.", "El Faro")


def test_every_file_of_a_folder_is_a_capture_or_a_problem_in_one_order(tmp_path: Path) -> None:
    files = {
        "b/one.txt": b"It rained.",
        "a.html": b"<p>It rained.",
        "c.docx": b"x",
        "d.txt": b"",
        "e.txt": b"a\0b",
        "f.html": b"%PDF-1.4",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    found = list(read(str(tmp_path)))
    assert [one.source if isinstance(one, Capture) else one.where for one in found] == [
        str(tmp_path / name) for name in ("a.html", "b/one.txt", "c.docx", "d.txt", "e.txt", "f.html")
    ]
    assert codes(tmp_path) == ["capture", "capture", "unsupported-format", "empty", "binary", "binary"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert codes(path) == ["too-large"]


def test_a_table_may_be_larger_for_it_holds_many_documents(tmp_path: Path) -> None:
    row = b'{"text": "' + b"x" * 1000 + b'"}\n'
    path = tmp_path / "rows.jsonl"
    path.write_bytes(row * (MAX_BYTES // len(row) + 1))
    assert codes(path) == ["capture"]
    path.write_bytes(row * (MAX_TABLE_BYTES // len(row) + 1))
    assert codes(path) == ["too-large"]


def test_a_path_that_does_not_exist_is_the_callers_mistake_and_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(b"x")
    with pytest.raises(FileNotFoundError, match=r"reports\.txt.*did you mean.*report\.txt"):
        read(str(tmp_path / "reports.txt"))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_bytes(b"secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert codes(inside) == ["link-leaves-folder"]


def test_a_hyphen_is_standard_input() -> None:
    (one,) = read("-", stdin=b"It rained.")
    assert isinstance(one, Capture)
    assert one.source == "-"
    with pytest.raises(ValueError, match="standard input"):
        read("-")


# ---------------------------------------------------------------- packed files and sitemaps
def test_a_packed_file_is_the_document_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(
        gzip.compress(b"<p>It rained.") + gzip.compress(b"<p>It stopped.") + bytes(512)
    )
    (one,) = read(str(tmp_path / "a.html.gz"))
    assert isinstance(one, Capture)
    assert one.data == b"<p>It rained.<p>It stopped."
    assert one.sha256 == hashlib.sha256(one.data).hexdigest()


def test_packed_bytes_that_are_damaged_or_a_bomb_are_a_problem(tmp_path: Path) -> None:
    whole = gzip.compress(b"<p>It rained in the harbour town.")
    for name, data in {
        "a.txt.gz": whole[:-3],
        "b.txt.gz": whole[:20] + b"xx" + whole[22:],
        "c.txt.gz": gzip.compress(bytes(3_000_000)),
        "d.txt.gz": b"It rained.",
        "e.tar.gz": gzip.compress(b"It rained."),
        "f.txt.gz": b"",
        "g.gz": gzip.compress(b"It rained."),
    }.items():
        (tmp_path / name).write_bytes(data)
    assert codes(tmp_path) == ["damaged", "damaged", "bomb", "damaged", "unsupported-format", "empty", "capture"]


@pytest.mark.parametrize(
    "data",
    [
        b"<urlset><url><loc>https://gull.test/1</loc></url><url><loc> https://gull.test/2?a&amp;b </loc></url></urlset>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by -- x -->\n<?xml-stylesheet href='a'?>"
        b"<sm:sitemapindex xmlns:sm='http://www.sitemaps.org/schemas/sitemap/0.9'><sm:sitemap><sm:loc>https://gull.test/1</sm:loc>"
        b"</sm:sitemap><sm:sitemap><sm:loc><![CDATA[https://gull.test/2]]></sm:loc></sm:sitemap></sm:sitemapindex>",
    ],
)
def test_a_sitemap_lists_pages_and_nothing_is_fetched_unasked(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "sitemap.xml").write_bytes(data)
    (one,) = read(str(tmp_path / "sitemap.xml"))
    assert isinstance(one, Problem)
    assert one.code == "sitemap"
    assert "2 pages (the first is https://gull.test/1)" in one.message
    assert "dateline read sitemap:" in one.hint


def test_many_comments_before_the_root_cost_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<!---->" * 1000 + b"<rss/>")
    assert codes(tmp_path) == ["capture"]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_bytes(b"It rained.")
    monkeypatch.setattr(Path, "read_bytes", refused)
    assert codes(tmp_path / "a.txt") == ["unreadable"]

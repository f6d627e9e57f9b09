from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.serve.app import application
from dateline.serve.originals import GOOD_FOR, Originals, SavedPages, shown
from dateline.serve.served import Served
from dateline.store.archive import Archive
from dateline.types import Capture, Origin

ORIGIN, FRAME = "http://127.0.0.1:8001", "http://127.0.0.1:8000"
PAGE = b"<!doctype html><html><body><script>alert(1)</script>Text</body></html>"
Client = TestClient[Any]
Keep = Callable[..., str]


class Clock:
    """A clock that a test puts on."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def originals(clock: Clock) -> Originals:
    return Originals(ORIGIN, b"k" * 32, clock)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "archive").mkdir()
    return Archive(tmp_path / "archive")


@pytest.fixture
def keep(archive: Archive) -> Keep:
    """Keeps bytes and gives their digest."""

    def keep(data: bytes, source: str = "page.html", media_type: str | None = None, charset: str | None = None) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        origin = Origin(media_type=media_type, charset=charset) if media_type or charset else None
        archive.put(Capture(sha256, source, data, origin=origin))
        return sha256

    return keep


@pytest.fixture
def saved(archive: Archive, originals: Originals) -> Client:
    return TestClient(SavedPages(archive, originals, [FRAME]), base_url=ORIGIN)


def test_a_page_is_given_as_it_was_saved_in_a_sandbox_that_only_we_may_frame(
    saved: Client, originals: Originals, keep: Keep
) -> None:
    answer = saved.get(originals.url(keep(PAGE)))
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html"
    assert answer.headers["x-content-type-options"] == "nosniff"
    rules = dict(rule.partition(" ")[::2] for rule in answer.headers["content-security-policy"].split("; "))
    assert rules == {
        "sandbox": "",
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": "'unsafe-inline'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": FRAME,
    }


def test_the_address_is_good_for_minutes_and_for_one_capture(
    saved: Client, originals: Originals, keep: Keep, clock: Clock
) -> None:
    one, other = keep(PAGE), keep(b"<html>another</html>")
    url = originals.url(one)
    assert saved.get(url.replace(one, other)).status_code == 403
    clock.now += GOOD_FOR
    assert saved.get(url).status_code == 200
    clock.now += 1
    assert saved.get(url).status_code == 403


@pytest.mark.parametrize("query", ["", "until=9999999999", "until=9999999999&sign=", "until=&sign=ü", "until=x&sign=0"])
def test_an_address_that_was_not_given_is_refused(saved: Client, keep: Keep, query: str) -> None:
    assert saved.get(f"/{keep(PAGE)}?{query}").status_code == 403


def test_a_later_end_cannot_be_written_into_an_address(saved: Client, originals: Originals, keep: Keep) -> None:
    url = originals.url(keep(PAGE))
    until = url.split("until=")[1].split("&")[0]
    assert saved.get(url.replace(until, str(int(until) + 1))).status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/favicon.ico", "/../record.db", "/" + "g" * 64, "/" + "a" * 63, "/" + "a" * 64 + "/x"]
)
def test_there_is_nothing_else_to_be_had(saved: Client, path: str) -> None:
    answer = saved.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_nothing_can_be_sent_there(saved: Client, originals: Originals, keep: Keep) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
        assert saved.request(method, originals.url(keep(PAGE))).status_code == 405


def test_what_is_gone_or_damaged_is_not_there(
    saved: Client, originals: Originals, keep: Keep, archive: Archive
) -> None:
    assert saved.get(originals.url("a" * 64)).status_code == 404
    sha256 = keep(PAGE)
    (archive.folder / sha256[:2] / sha256).write_bytes(b"no zlib")
    assert saved.get(originals.url(sha256)).status_code == 404


@pytest.mark.parametrize(
    ("data", "source", "media_type", "shown_as"),
    [
        (PAGE, "a.html", None, "text/html"),
        (PAGE, "https://paper.example/news", None, "text/html"),
        (PAGE, "https://paper.example/news", "application/xhtml+xml", "text/html"),
        (PAGE, "a.html", "text/plain", "text/plain; charset=utf-8"),
        (PAGE, "a.html", "image/svg+xml", "text/plain; charset=utf-8"),
        (b"<?xml version='1.0'?><rss/>", "feed.xml", "application/rss+xml", "text/plain; charset=utf-8"),
        (b"words", "a.txt", None, "text/plain; charset=utf-8"),
        ("Größe".encode("latin-1"), "a.txt", None, "application/octet-stream"),
        (b"PAR1\0\0", "a.parquet", None, "application/octet-stream"),
        (b"%PDF-1.7 \xff", "a.pdf", "application/pdf", "application/octet-stream"),
    ],
)
def test_only_a_page_is_shown_as_one(data: bytes, source: str, media_type: str | None, shown_as: str) -> None:
    origin = Origin(media_type=media_type) if media_type else None
    assert shown(Capture("", source, data, origin=origin))[0] == shown_as


def test_what_is_no_text_is_a_file_to_save(saved: Client, originals: Originals, keep: Keep) -> None:
    answer = saved.get(originals.url(keep(b"\xff\0", "a.bin")))
    assert answer.headers["content-disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize(
    ("charset", "media_type"),
    [("windows-1251", "text/html; charset=windows-1251"), ("x\r\nSet-Cookie: a=b", "text/html"), ("a;b", "text/html")],
)
def test_the_charset_of_the_web_server_is_told_where_it_is_one(charset: str, media_type: str) -> None:
    assert shown(Capture("", "a.html", PAGE, origin=Origin(media_type="text/html", charset=charset)))[0] == media_type


def test_hints_by_which_a_browser_would_reach_other_hosts_are_unmade_in_place() -> None:
    page = b"<html><LINK rel=preconnect href=//elsewhere.example><link/rel=dns-prefetch href=//e><linked>link</linked>"
    _, given = shown(Capture("", "a.html", page))
    assert len(given) == len(page)
    assert b"<link " not in given.lower()
    assert b"<link/" not in given.lower()
    assert b"<linked>link</linked>" in given


# ------------------------------------------------------------ the page that frames it
def test_the_page_of_a_report_frames_what_was_saved_and_may_frame_nothing_else(
    served: Served, originals: Originals
) -> None:
    with served.ask() as database:
        report = next(database.reports())
    with TestClient(application(served, originals=originals)) as client:
        page = client.get(f"/r/{report.id}/page")
        assert f'<iframe class="saved" sandbox src="{ORIGIN}/{report.sha256}?until=' in page.text
        assert page.headers["content-security-policy"].endswith(f"; frame-src {ORIGIN}")
        assert "frame-src" not in client.get("/").headers["content-security-policy"]
        framed = page.text.split('src="' + ORIGIN)[1].split('"')[0].replace("&amp;", "&")
    archive = served.record.folder.archive
    given = TestClient(SavedPages(archive, originals, [FRAME]), base_url=ORIGIN).get(framed)
    kept = next(one for one in archive.kept() if one.sha256 == report.sha256)
    assert (given.status_code, len(given.content)) == (200, len(archive.load(kept).data))


def test_without_an_origin_for_them_saved_pages_are_not_shown(client: Client, served: Served) -> None:
    with served.ask() as database:
        report = next(database.reports())
    page = client.get(f"/r/{report.id}/page")
    assert "are not shown here" in page.text
    assert "<iframe" not in page.text
    assert client.get("/r/nothing/page").status_code == 404

import gzip
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dateline.reading import read
from dateline.reading.captures import MAX_BYTES
from dateline.reading.fetching import Fetcher, FetchError
from dateline.reading.listed import read_listed
from dateline.reading.urls import read_url
from dateline.types import Capture, Given, Origin, Problem
from tests.reading.site import PUBLIC, Answer, Site, fetcher, served

PAGE = b"<html><body><p>It rained in the harbour town all day on Monday, the port authority said.</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.answers["/a"] = Answer(PAGE, headers={"Content-Type": "text/html; charset=utf-8", "ETag": '"1"'})
        yield one


def why(made: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as error:
        made.fetch(url)
    return error.value.code


def test_a_page_is_a_capture_with_its_address_its_instant_and_what_the_server_said(site: Site) -> None:
    site.answers["/a"].headers["Last-Modified"] = "Mon, 06 May 2024 06:00:00 GMT"
    with fetcher(site) as (made, _, _):
        one = read_url("http://gull.test/a#top", Given(publisher="The Gull"), made)
    assert isinstance(one, Capture)
    assert (one.source, one.data, one.given.publisher) == ("http://gull.test/a#top", PAGE, "The Gull")
    assert one.origin == Origin(
        "http://gull.test/a", "2024-05-06T07:08:09+00:00", "text/html", "utf-8", '"1"', "Mon, 06 May 2024 06:00:00 GMT"
    )


def test_dateline_says_who_it_is_and_asks_for_the_rules_first(site: Site) -> None:
    with fetcher(site) as (made, _, _):
        made.fetch("http://gull.test/a")
    assert site.paths == ["/robots.txt", "/a"]
    assert all(headers["user-agent"].startswith("dateline/") for _, headers in site.asked)
    assert all(headers["host"] == "gull.test" for _, headers in site.asked)


def test_what_robots_txt_forbids_is_not_fetched_and_told(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: dateline\nDisallow: /a\n")
    with fetcher(site) as (made, _, _):
        one = read_url("http://gull.test/a", Given(), made)
        assert made.fetch("http://gull.test/robots.txt").status == 200
    assert isinstance(one, Problem)
    assert one.code == "robots-forbid"
    assert "/a" not in site.paths


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False)])
def test_a_site_without_rules_allows_all_and_one_that_fails_is_left_alone(
    site: Site, status: int, fetched: bool
) -> None:
    site.answers["/robots.txt"] = Answer(b"", status)
    with fetcher(site) as (made, _, _):
        if fetched:
            assert made.fetch("http://gull.test/a").data == PAGE
        else:
            assert why(made, "http://gull.test/a") == "robots-forbid"


def test_a_host_is_left_alone_between_requests_for_as_long_as_it_asks(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 7\n")
    site.answers["/b"] = Answer(PAGE)
    with fetcher(site) as (made, _, clock):
        made.fetch("http://gull.test/a")
        made.fetch("http://gull.test/b")
        made.fetch("http://other.test/a")
    assert clock.waited == [7, 7, 7]
    assert site.paths.count("/robots.txt") == 2


def test_the_rules_of_a_site_are_asked_for_again_after_a_day_and_sooner_if_they_could_not_be_had(site: Site) -> None:
    with fetcher(site) as (made, _, clock):
        made.fetch("http://gull.test/a")
        clock.seconds += 23 * 3600
        made.fetch("http://gull.test/a")
        assert site.paths.count("/robots.txt") == 1
        site.answers["/robots.txt"] = Answer(b"", 500)
        clock.seconds += 3600
        assert why(made, "http://gull.test/a") == "robots-forbid"
        del site.answers["/robots.txt"]
        clock.seconds += 3600
        assert made.fetch("http://gull.test/a").data == PAGE


@pytest.mark.parametrize(
    ("status", "passing", "seconds"), [(404, False, None), (410, False, None), (500, True, None), (429, True, 90.0)]
)
def test_a_failure_says_whether_it_passes_and_how_long_to_wait(
    site: Site, status: int, passing: bool, seconds: float | None
) -> None:
    site.answers["/b"] = Answer(b"", status, {"Retry-After": "90"} if seconds else {})
    with fetcher(site) as (made, _, _), pytest.raises(FetchError) as error:
        made.fetch("http://gull.test/b")
    assert (error.value.passing, error.value.retry_seconds) == (passing, seconds)


def test_an_unchanged_page_is_told_by_its_validators(site: Site) -> None:
    with fetcher(site) as (made, _, _):
        first = made.fetch("http://gull.test/a")
        site.answers["/a"] = Answer(b"", 304)
        again = made.fetch("http://gull.test/a", etag=first.origin.etag)
    assert (again.status, again.data) == (304, b"")
    assert site.asked[-1][1]["if-none-match"] == '"1"'


# ---------------------------------------------------------------- never inside
INSIDE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1",
    "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2001:0:53aa:64c:0:1:80ff:fffe", "::127.0.0.1",
    "2001:db8:1::5efe:7f00:1", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_never_connected_to(site: Site, address: str) -> None:
    with fetcher(site, lambda _host, _port: [PUBLIC, address]) as (made, wire, _):
        assert why(made, "http://gull.test/a") == "address-refused"
    assert (site.asked, wire.connected) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]", "0"])
def test_no_spelling_of_the_loopback_address_reaches_this_machine(site: Site, host: str) -> None:
    with closing(Fetcher()) as made:
        assert why(made, f"http://{host}:{site.port}/a") in {"address-refused", "not-fetched"}
    assert site.asked == []


def test_a_redirect_inside_is_not_followed(site: Site) -> None:
    site.answers["/go"] = Answer(b"", 302, {"Location": "http://inside.test/a"})
    places = {"gull.test": PUBLIC, "inside.test": "10.0.0.5"}
    with fetcher(site, lambda host, _port: [places[host]]) as (made, wire, _):
        assert why(made, "http://gull.test/go") == "address-refused"
    assert site.paths == ["/robots.txt", "/go"]
    assert set(wire.connected) == {PUBLIC}


def test_a_name_is_looked_up_once_a_connection_and_that_address_connected_to(site: Site) -> None:
    others = iter([["93.184.216.1"], ["93.184.216.2"]])
    with fetcher(site, lambda _host, _port: next(others)) as (made, wire, _):
        made.fetch("http://gull.test/a")
    assert wire.connected == ["93.184.216.1", "93.184.216.2"]


def test_a_name_that_turns_inside_after_it_was_checked_is_refused(site: Site) -> None:
    turned = iter([[PUBLIC], ["127.0.0.1"]])
    with fetcher(site, lambda _host, _port: next(turned)) as (made, _, _):
        assert why(made, "http://gull.test/a") == "address-refused"
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "url", ["ftp://gull.test/a", "file:///etc/passwd", "http://", "http://user:pass@gull.test/a", "gopher://x/"]
)
def test_only_plain_addresses_of_the_web_are_asked_for(site: Site, url: str) -> None:
    with fetcher(site) as (made, _, _):
        (one,) = (read_url(url, Given(), made),)
    assert isinstance(one, Problem)
    assert one.code == "address-refused"
    assert "pass@" not in one.where
    assert site.asked == []


# ---------------------------------------------------------------- limits
def test_redirects_are_followed_a_few_times_and_each_is_kept_to_the_rules(site: Site) -> None:
    site.answers["/go"] = Answer(b"", 301, {"Location": "/a"})
    site.answers["/round"] = Answer(b"", 302, {"Location": "/round"})
    with fetcher(site) as (made, _, _):
        assert made.fetch("http://gull.test/go").url == "http://gull.test/a"
        assert why(made, "http://gull.test/round") == "too-many-redirects"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(b"x" * (MAX_BYTES + 1)), "too-large"),
        (Answer(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"}), "bomb"),
        (Answer(b"no gzip", headers={"Content-Encoding": "br"}), "damaged"),
        (Answer(b"gone", 410), "not-fetched"),
        (Answer(b"%PDF", headers={"Content-Type": "application/pdf"}), "not-readable"),
        (Answer(b"<urlset><url><loc>http://gull.test/a</loc></url></urlset>", headers={"Content-Type": "text/xml"}), "sitemap"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_problem(site: Site, answer: Answer, code: str) -> None:
    site.answers["/b"] = answer
    with fetcher(site) as (made, _, _):
        one = read_url("http://gull.test/b", Given(), made)
    assert isinstance(one, Problem)
    assert one.code == code


def test_a_server_that_never_ends_is_left(site: Site) -> None:
    with fetcher(site) as (made, _, clock):
        made.wait = lambda seconds: setattr(clock, "seconds", clock.seconds + 1000 * seconds)
        assert why(made, "http://gull.test/a") == "took-too-long"


def test_a_name_that_leads_nowhere_is_a_problem(site: Site) -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    with fetcher(site, nowhere) as (made, _, _):
        assert why(made, "http://gull.test/a") == "not-fetched"


def test_nothing_is_fetched_before_its_turn() -> None:
    assert iter(read("http://127.0.0.1:9/never"))


# ---------------------------------------------------------------- the pages of a sitemap
def lines(found: Iterable[Capture | Problem]) -> list[str]:
    return [one.source if isinstance(one, Capture) else f"{one.code} {one.where}" for one in found]


def test_the_pages_of_a_sitemap_are_fetched_when_it_is_asked_for_by_that_word(site: Site, tmp_path: Path) -> None:
    index = b"<sitemapindex><sitemap><loc>http://gull.test/s.xml.gz</loc></sitemap></sitemapindex>"
    pages = b"<urlset><url><loc>http://gull.test/a</loc></url><url><loc>http://gull.test/gone</loc></url></urlset>"
    site.answers["/s.xml.gz"] = Answer(gzip.compress(pages), headers={"Content-Type": "application/gzip"})
    (tmp_path / "sitemap.xml").write_bytes(index)
    source = f"sitemap:{tmp_path}/sitemap.xml"
    with fetcher(site) as (made, _, _):
        assert lines(read_listed(source, Given(), made)) == [
            "http://gull.test/a",
            f"not-fetched {source}#http://gull.test/gone",
        ]


def test_a_sitemap_that_lists_itself_ends(site: Site) -> None:
    site.answers["/s"] = Answer(b"<sitemapindex><sitemap><loc>http://gull.test/s</loc></sitemap></sitemapindex>")
    with fetcher(site) as (made, _, _):
        assert lines(read_listed("sitemap:http://gull.test/s", Given(), made)) == [
            "no-pages sitemap:http://gull.test/s"
        ]
    assert site.paths.count("/s") == 1


def test_a_sitemap_leads_nowhere_inside(site: Site, tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_bytes(b"<urlset><url><loc>file:///etc/passwd</loc></url></urlset>")
    for place in (str(tmp_path / "s.xml"), str(tmp_path / "none.xml"), "http://gull.test/a"):
        with fetcher(site) as (made, _, _):
            (told,) = lines(read_listed(f"sitemap:{place}", Given(), made))
        assert told.split()[0] in {"address-refused", "unreadable", "no-sitemap"}

"""Rounds: pages that are followed, pages and sitemaps, politeness, failures, time, and being stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dateline.reading.fetching import retry_seconds
from dateline.store import RecordError
from tests.reading.site import PUBLIC, Answer, Site, fetcher, served
from tests.watching.watched import START, Desk, feed, item, page, story

FEED = "http://gull.test/feed"
LINK = "http://gull.test/news/a"


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.answers["/feed"] = feed(item("a", "A strike in Arden, where three were killed on Monday.", link=LINK))
        one.answers["/news/a"] = page(story("Arden"))
        yield one


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[Desk]:
    places = {"inside.test": "10.0.0.5"}
    with fetcher(site, lambda host, _port: [places.get(host, PUBLIC)]) as (made, _, clock):
        yield Desk(tmp_path / "record", made, clock)


# ---------------------------------------------------------------- pages that items link to
def test_nothing_that_a_feed_names_is_fetched_unasked(desk: Desk, site: Site) -> None:
    desk.once(FEED)
    assert site.paths == ["/robots.txt", "/feed"]
    assert desk.sources() == [f"{FEED}#a"]


def test_a_followed_page_is_read_in_the_place_of_its_item_and_once(desk: Desk, site: Site) -> None:
    site.answers["/more"] = feed(
        item("other", "The same news, on another feed of the site.", link=f"{LINK}?utm_source=x")
    )
    for _ in range(3):
        desk.once(FEED, "http://gull.test/more", follow=True)
    assert desk.sources() == [LINK]
    assert site.paths.count("/news/a") == 1
    assert not [path for path in site.paths if "utm" in path]


def test_a_followed_page_is_fetched_again_when_its_item_says_something_new(desk: Desk, site: Site) -> None:
    desk.once(FEED, follow=True)
    site.answers["/feed"] = feed(item("a", "A strike in Arden, where five were killed on Monday.", link=LINK))
    site.answers["/news/a"] = page(story("Arden"), more="an advertisement")
    assert desk.once(FEED, follow=True).new == 0
    assert site.paths.count("/news/a") == 2
    site.answers["/feed"] = feed(item("a", "A strike in Arden, where six were killed on Monday.", link=LINK))
    site.answers["/news/a"] = page(story("Arden") + " Three more died on the way.")
    assert desk.once(FEED, follow=True).new == 1


def test_of_a_page_that_robots_txt_forbids_the_item_is_read_and_it_is_told(desk: Desk, site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /news/\n")
    one = desk.once(FEED, follow=True)
    assert [(problem.code, problem.where) for problem in one.problems] == [("robots-forbid", LINK)]
    assert desk.sources() == [f"{FEED}#a"]
    assert desk.problems() == [f"robots-forbid {LINK}"]
    assert "/news/a" not in site.paths


def test_a_link_or_a_redirect_inside_is_not_followed(desk: Desk, site: Site) -> None:
    site.answers["/go"] = Answer(b"", 302, {"Location": "http://inside.test/a"})
    links = ["http://gull.test/go", "http://inside.test/b", "file:///etc/passwd"]
    site.answers["/feed"] = feed(*(item(str(n), story("Arden"), link=link) for n, link in enumerate(links)))
    one = desk.once(FEED, follow=True)
    assert [problem.code for problem in one.problems] == ["address-refused"] * 3
    assert desk.sources() == [f"{FEED}#{n}" for n in range(3)]
    assert site.paths == ["/robots.txt", "/feed", "/go"]


def test_a_page_that_cannot_be_had_just_now_is_tried_again_and_then_its_item_read(desk: Desk, site: Site) -> None:
    site.answers["/news/a"].status = 503
    rounds = desk.watch(FEED, follow=True).rounds(4)
    assert [(one.waiting, len(one.problems)) for one in (next(rounds), next(rounds))] == [(1, 0), (1, 0)]
    assert desk.sources() == []
    assert [problem.code for problem in next(rounds).problems] == ["not-fetched"]
    assert desk.sources() == [f"{FEED}#a"]
    assert next(rounds).waiting == 0
    assert site.paths.count("/news/a") == 3


# ---------------------------------------------------------------- pages and sitemaps
def test_a_page_is_read_again_when_its_text_changed_and_not_when_its_furniture_did(desk: Desk, site: Site) -> None:
    news = []
    for answer in (page(story("Arden")), page(story("Arden"), "1,024 readers"), page(story("Arden") + " It rained.")):
        site.answers["/news/a"] = answer
        news.append(desk.once(LINK).new)
    assert news == [1, 0, 1]


def test_the_pages_of_a_sitemap_are_fetched_once_and_again_when_it_says_that_they_changed(
    desk: Desk, site: Site
) -> None:
    def listed(*pages: tuple[str, str]) -> Answer:
        urls = "".join(f"<url><loc>http://gull.test{path}</loc><lastmod>{day}</lastmod></url>" for path, day in pages)
        return Answer(f"<urlset>{urls}</urlset>".encode(), headers={"Content-Type": "text/xml"})

    source = "sitemap:http://gull.test/map.xml"
    site.answers["/news/b"] = page(story("Balad"))
    site.answers["/map.xml"] = listed(("/news/a", "2024-05-06"))
    assert desk.once(source).new == 1
    site.answers["/map.xml"] = listed(("/news/a", "2024-05-06"), ("/news/b", "2024-05-07"))
    assert desk.once(source).new == 1
    site.answers["/map.xml"] = listed(("/news/a", "2024-05-08"), ("/news/b", "2024-05-07"))
    assert desk.once(source).new == 0
    assert [site.paths.count(path) for path in ("/news/a", "/news/b")] == [2, 1]
    site.answers["/map.xml"].status = 500
    assert [problem.where for problem in desk.once(source).problems] == [source]


# ---------------------------------------------------------------- folders
def test_new_and_changed_files_of_a_folder_are_read(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(story("Arden"))
    (folder / "b.bin").write_bytes(b"\0\1")
    first = desk.once(str(folder))
    assert (first.new, [problem.code for problem in first.problems]) == (1, ["unsupported-format"])
    assert desk.once(str(folder)).unchanged == 1
    (folder / "a.txt").write_text(story("Arden") + " It rained.")
    (folder / "c.txt").write_text(story("Corum"))
    (folder / "b.bin").unlink()
    assert desk.once(str(folder)).new == 2


def test_a_file_that_may_still_be_being_written_is_left_to_the_next_round(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(story("Arden"))
    desk.skew = timedelta(seconds=(tmp_path / "a.txt").stat().st_mtime - START.timestamp() - desk.time.seconds + 1)
    rounds = desk.watch(str(tmp_path / "a.txt"), minutes=1).rounds(2)
    assert [one.new for one in rounds] == [0, 1]


# ---------------------------------------------------------------- failures and time
def test_a_source_that_fails_is_left_alone_twice_as_long_each_time(desk: Desk, site: Site) -> None:
    site.answers["/feed"].status = 500
    asked = [one.sources for one in desk.watch(FEED).rounds(9)]
    assert asked == [1, 1, 0, 1, 0, 0, 0, 1, 0]


def test_a_server_that_asks_to_be_left_alone_is_over_a_restart_too(desk: Desk, site: Site) -> None:
    good = site.answers["/feed"]
    site.answers["/feed"] = Answer(b"", 503, {"Retry-After": "7200"})
    desk.once(FEED)
    site.answers["/feed"] = good
    desk.time.seconds += 7000
    assert desk.once(FEED).resting == 1
    desk.time.seconds += 300
    assert desk.once(FEED).new == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 06 May 2024 07:02:00 GMT", 120.0),
        ("Mon, 06 May 2024 06:00:00 GMT", 0.0),
        ("soon", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str | None, seconds: float | None) -> None:
    assert retry_seconds(said, START) == seconds


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_leaves_no_source_alone_for_more_than_a_day(desk: Desk, site: Site, jump: timedelta) -> None:
    good = site.answers["/feed"]
    site.answers["/feed"] = Answer(b"", 503, {"Retry-After": "600"})
    desk.once(FEED)
    site.answers["/feed"] = good
    desk.skew = jump
    rounds = desk.watch(FEED).rounds(97)
    assert sum(one.new for one in rounds) == 1


def test_rounds_begin_when_they_are_due_and_say_when(desk: Desk) -> None:
    rounds = desk.watch(FEED, minutes=10).rounds(3)
    start, ended = desk.time.seconds, []
    for one in rounds:
        ended.append(desk.time.seconds - start)
        assert (one.next_at is None) == (one.number == 3)
    assert ended == [1.0, 600.0, 1200.0]  # a second between the site's rules and its feed


def test_it_ends_after_the_page_that_it_is_at_when_asked(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = feed(*(item(str(n), story("Arden"), link=f"{LINK}{n}") for n in range(5)))
    site.answers.update({f"/news/a{n}": page(story(f"Arden{n}")) for n in range(5)})
    stop = iter([False] * 6)
    (one,) = desk.watch(FEED, follow=True, stopped=lambda: next(stop, True)).rounds()
    assert one.next_at is None
    assert 0 < one.new < 5
    assert one.new + one.waiting == 5
    assert desk.once(FEED, follow=True).new == one.waiting
    assert len(desk.sources()) == 5


def test_while_it_fetches_others_write(desk: Desk) -> None:
    fetch = desk.fetcher.fetch

    def slowly(url: str, **validators: str | None) -> object:
        with desk.record.folder.lock(0):  # another writer: refused at once if the watch held the lock
            return fetch(url, **validators)

    desk.fetcher.fetch = slowly  # type: ignore[method-assign,assignment]
    assert desk.once(FEED, follow=True).new == 1


def test_a_second_watch_of_one_record_is_refused(desk: Desk) -> None:
    first = desk.watch(FEED).rounds(2)
    next(first)
    with pytest.raises(RecordError, match="is being watched by another process"):
        desk.once(FEED)
    assert len(list(first)) == 1
    assert desk.once(FEED).sources == 1


def test_a_poll_that_breaks_is_a_problem_and_the_others_go_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(url: str, **_: object) -> None:
        raise RuntimeError(f"a bug at {url}")

    watch = desk.watch("http://gull.test/bad", LINK)
    fetch = desk.fetcher.fetch
    monkeypatch.setattr(desk.fetcher, "fetch", lambda url, **more: (breaks if "bad" in url else fetch)(url, **more))
    (one,) = watch.rounds(1)
    assert one.new == 1
    assert [problem.code for problem in one.problems] == ["could-not-watch"]

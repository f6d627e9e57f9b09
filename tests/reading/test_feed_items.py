"""Feeds taken apart: every part is made of the feed's own bytes, and no bytes break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading import capture
from dateline.reading.feed_items import Feed, feed_of
from dateline.types import Capture, Given, Origin

ITEM = (
    "<item><guid>tag:{0}</guid><title>Rain in {0}</title><link>/news/{0}</link><media:title>a picture</media:title>"
    "<source url='x'><title>Another paper</title></source><description><![CDATA[<p>It rained &amp; rained.</p>]]></description>"
    "<slash:comments>{1}</slash:comments></item>"
)
RSS = (
    "\ufeff<?xml version='1.0' encoding='utf-8'?><?xml-stylesheet href='x'?><!-- made in {1} ms -->"
    "<rss version='2.0' xmlns:media='m' xmlns:slash='s'><channel><pubDate>{1}</pubDate><image><title>Logo</title></image>"
    "<title>The Gull</title><dc:language>en</dc:language>{0}<ttl>{1}</ttl></channel></rss>"
)
ATOM = (
    "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>The Gull</a:title><a:entry><a:id>tag:1</a:id>"
    "<a:link rel='replies' href='/c'/><a:link href='/news/1'/><a:content>It rained.</a:content></a:entry></a:feed>"
)
JSON = '{"version": "https://jsonfeed.org/version/1.1", "x": {"items": [1]}, "title": "Gull \\"G\\"", "items": [{"id": 7, "url": "b"}, 3]}'


def feed(text: str, source: str = "http://gull.test/feed") -> Feed:
    origin = Origin("http://gull.test/feed") if "://" in source else None
    made = capture(source, text.encode(), Given(), origin)
    assert isinstance(made, Capture)
    found = feed_of(made)
    assert found is not None
    return found


def rss(number: int) -> Feed:
    return feed(RSS.format("".join(ITEM.format(place, number) for place in ("Arden", "Balad")), number))


def test_a_part_is_the_feeds_own_bytes_without_the_other_items_and_what_is_counted() -> None:
    one, two = rss(1).items
    part = rss(1).part([two]).data.decode()
    assert part == (
        "\ufeff<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:media='m' xmlns:slash='s'><channel>"
        f"<title>The Gull</title><dc:language>en</dc:language>{ITEM.format('Balad', 1)}</channel></rss>"
    )
    assert rss(1).part([one, two]).data.count(b"<item>") == 2


def test_an_item_is_known_by_its_id_and_says_what_a_reader_sees() -> None:
    one, two = rss(1).items
    assert (one.id, one.link) == ("tag:Arden", "http://gull.test/news/Arden")
    assert one.words == "Rain in Arden\nIt rained & rained."
    assert [item.words for item in rss(2).items] == [one.words, two.words]
    assert rss(2).items[0].data != one.data


def test_prefixes_and_links_of_other_kinds_are_understood() -> None:
    (item,) = feed(ATOM).items
    assert (item.id, item.link, item.words) == ("tag:1", "http://gull.test/news/1", "It rained.")


def test_of_a_json_feed_the_items_that_are_objects_are_cut_out() -> None:
    found = feed(JSON)
    assert [(item.id, item.link) for item in found.items] == [("7", "http://gull.test/b")]
    assert found.part(found.items).data.decode() == (
        '{"version": "https://jsonfeed.org/version/1.1","title": "Gull \\"G\\"","items": [{"id": 7, "url": "b"}]}'
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("page.html", ATOM),
        ("http://gull.test/", "<html><body><item>no feed</item></body></html>"),
        ("http://gull.test/", "<rss><channel><title>no items</title></channel></rss>"),
        ("http://gull.test/", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item><title>&a;</title></item></channel></rss>"),
        ("http://gull.test/", '{"version": "https://jsonfeed.org/version/1.1", "items": {}}'),
        ("http://gull.test/", '{"version": "https://jsonfeed.org/version/1.1", "items": [' + "[" * 100_000),
        ("list.json", '{"items": [{"text": "no JSON Feed"}]}'),
    ],
)  # fmt: skip
def test_what_is_no_feed_or_cannot_be_taken_apart_is_left_whole(source: str, text: str) -> None:
    made = capture(source, text.encode(), Given(), Origin(source) if "://" in source else None)
    assert isinstance(made, Capture)
    assert feed_of(made) is None


@given(
    text=st.sampled_from([RSS.format(ITEM.format("Arden", 1) * 2, 1), ATOM, JSON]),
    start=st.integers(0, 600),
    end=st.integers(0, 900),
    into=st.sampled_from(["", "<", "<![CDATA[", "<!--", "<item", "</item>", '"', "]", "\x00", "<item/>"]),
)
def test_no_damage_breaks_it_and_every_item_stands_in_the_feed(text: str, start: int, end: int, into: str) -> None:
    data = (text[:start] + into + text[max(start, end) :]).encode()
    found = feed_of(Capture("", "http://gull.test/feed", data, Given(), Origin("http://gull.test/feed")))
    for item in found.items if found else ():
        assert item.data in data
        assert item.data in found.part([item]).data if found else False

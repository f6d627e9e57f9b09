import json

import pytest

from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture, Origin

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Gull",
    "description": "News of the coast",
    "items": [
        {"id": "g-1", "url": "https://gull.test/1", "title": "Bus", "content_html": f"<p>{STORY}</p><p>It rained.</p>", "date_published": "2011-05-03T07:00:00+02:00"},
        {"id": "g-2", "content_text": STORY, "authors": [{"name": "A. Tern"}]},
        {"id": "g-3", "title": "Nothing"},
    ],
}  # fmt: skip


def cleaned(value: object, name: str = "f.json", origin: Origin | None = None) -> Cleaned:
    one = capture(name, value if isinstance(value, bytes) else json.dumps(value).encode(), origin=origin)
    assert isinstance(one, Capture)
    return clean(one, Packs())


def test_a_json_feed_gives_a_report_for_each_item_with_a_text() -> None:
    found = cleaned(FEED)
    one, other = found.reports
    assert (one.source, one.text, one.publisher) == ("f.json#g-1", f"{STORY}\n\nIt rained.", "The Gull")
    assert (one.published.start, one.url) == ("2011-05-03T07:00:00+02:00", "https://gull.test/1")
    assert (other.source, other.text, other.byline) == ("f.json#g-2", STORY, "A. Tern")
    assert [(problem.code, problem.where) for problem in found.problems] == [("no-story", "f.json#g-3")]
    assert found.notes == ()


def test_a_json_feed_of_the_web_is_known_by_what_it_says() -> None:
    found = cleaned(FEED, "https://gull.test/feed", Origin("https://gull.test/feed", media_type="application/json"))
    assert len(found.reports) == 2


@pytest.mark.parametrize(
    "value",
    [
        [{"id": 1, "text": STORY}, {"id": 2, "text": STORY}],
        {
            "status": "ok",
            "tags": [{"x": 1}] * 5,
            "articles": [{"id": 1, "content": STORY}, {"id": 2, "content": STORY}],
        },
    ],
)
def test_a_list_of_objects_is_a_table(value: object) -> None:
    found = cleaned(value)
    assert [one.source for one in found.reports] == ["f.json#1", "f.json#2"]
    assert [one.code for one in found.notes] == ["columns-guessed"]


def test_one_object_is_one_article() -> None:
    (one,) = cleaned(
        {"headline": "Bus", "body": STORY, "images": [{"url": "x"}], "source": {"name": "El Faro"}}
    ).reports
    assert (one.title, one.publisher) == ("Bus", "El Faro")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[1, 2]", "no-story"),
        (b"7", "no-story"),
        (b'{"a": 1}', "no-text-column"),
    ],
)
def test_what_is_no_article_is_a_problem(data: bytes, code: str) -> None:
    assert [one.code for one in cleaned(data).problems] == [code]

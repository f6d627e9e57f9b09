"""The day of an entry of a feed: when it was published, else when it was changed."""

import pytest

from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."


@pytest.mark.parametrize(
    ("days", "start"),
    [
        ("<published>2020-01-04T09:00:00Z</published><updated>2020-01-06T09:00:00Z</updated>", "2020-01-04"),
        ("<updated>2020-01-06T09:00:00Z</updated>", "2020-01-06"),
        ("<published>soon</published><updated>2020-01-06T09:00:00Z</updated>", "2020-01-06"),
        ("<published>soon</published>", None),
        ("", None),
    ],
)
def test_an_entry_has_the_day_of_its_publication_else_of_its_change(days: str, start: str | None) -> None:
    data = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id>{days}<summary>{STORY}</summary></entry></feed>"
    one = capture("a.atom", data.encode())
    assert isinstance(one, Capture)
    (report,) = clean(one, Packs()).reports
    assert (report.published.start or "")[:10] == (start or "")

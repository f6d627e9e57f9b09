import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Problem

PACKS = Packs()
SUFFIXES = ["txt", "html", "xml", "csv", "jsonl", "tsv", "json", "eml", "parquet"]
PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='share'>", "</div>", "<br>", "<h1>", "<table><tr><td>", "<script>", "<!--", "<![CDATA[", "&amp;", "&#0;",
     "\n", "\n\n", "By A. B", "(AFP) -", "QUITO, May 2", "2011-02-31", '{"text": "', '"}', ",", ";", "A man was shot in the old town, police said. ",
     "Leave a Reply", "Related", "\u202e", "\ud800", "<?xml version='1.0'?>", "<rss><channel><item><description>", "\t", "©", "--", "|"]
)  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    )
)
def test_any_bytes_give_reports_or_problems(suffix: str, data: bytes) -> None:
    one = capture(f"x.{suffix}", data)
    if isinstance(one, Problem):
        return
    cleaned = clean(one, PACKS)
    assert cleaned.reports or cleaned.problems
    for report in cleaned.reports:
        report.text.encode("utf-8")
        assert "\n\n".join(report.text[part.start : part.end] for part in report.passages) == report.text
        if report.dateline is not None:
            assert 0 <= report.dateline.start < report.dateline.end <= len(report.text)

import pytest

from dateline.cleaning.dates import date_in_url, find_date, is_date_line, machine_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Sat 12 Oct 2019 21:12", "2019-10-12"),
        ("Sunday, 13/06/2010 - 11:20", "2010-06-13"),
        ("9 August 2011 at 17:31 GMT", "2011-08-09T17:31:00+00:00"),
        ("14/10/2012 18:40 UTC+0300", "2012-10-14T18:40:00+03:00"),
        ("5 March 2014, 14:20 Lima time", "2014-03-05"),
        ("Updated 8:14 p.m. EDT, Tue June 8, 2021", "2021-06-08T20:14:00-04:00"),
        ("Wed, 06 Mar 2013 20:10:00 +0530", "2013-03-06T20:10:00+05:30"),
        ("31 February 2013", None),
        ("posted after the rains", None),
    ],
)
def test_a_date_is_read_as_the_source_wrote_it(written: str, expected: str | None) -> None:
    assert find_date(written) == expected


def test_slashes_are_day_first_unless_the_page_is_american() -> None:
    assert find_date("3/4/2014") == "2014-04-03"
    assert find_date("3/4/2014", month_first=True) == "2014-03-04"


def test_seconds_since_1970_are_a_date_for_machines() -> None:
    assert machine_date("1300000000") == "2011-03-13T07:06:40+00:00"


def test_the_day_in_an_address() -> None:
    assert date_in_url("https://example.org/news/2014/mar/05/rain") == "2014-03-05"
    assert date_in_url("https://example.org/news/20140305") == "2014-03-05"
    assert date_in_url("https://example.org/news/123456") is None


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert is_date_line("Published: 5 March 2014, 14:20")
    assert not is_date_line("On 5 March 2014 the bridge fell and two people drowned.")

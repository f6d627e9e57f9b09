"""A page, text or feed of the web as a capture: fetched because the user gave its address, and for no other reason."""

from __future__ import annotations

import atexit
import re
from functools import cache

from dateline.reading.captures import capture
from dateline.reading.fetching import Fetched, Fetcher, FetchError
from dateline.reading.http_message import is_readable
from dateline.types import Capture, Given, Problem

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_SECRET = re.compile(r"//[^/?#@]*@")
"""A name and password in an address: it is refused with them, and they are not kept."""


@cache
def shared_fetcher() -> Fetcher:
    """The fetcher of this process: what one reading learned of a site, the next one keeps to."""
    fetcher = Fetcher()
    atexit.register(fetcher.close)
    return fetcher


def is_address(source: str) -> bool:
    """Whether a source is an address ('https://...'), of the web or not, rather than a file."""
    return _ADDRESS.match(source) is not None


def read_url(url: str, given: Given, fetcher: Fetcher | None = None) -> Capture | Problem:
    """The capture of the page at `url`, or why there is none. `source` is `url` as given."""
    try:
        fetched = (fetcher or shared_fetcher()).fetch(url)
    except FetchError as error:
        return not_fetched(url, error)
    return fetched_capture(url, fetched, given)


def not_fetched(url: str, error: FetchError) -> Problem:
    """The problem of an address that was not fetched."""
    return Problem(error.code, _SECRET.sub("//", url), str(error), error.hint)


def fetched_capture(url: str, fetched: Fetched, given: Given) -> Capture | Problem:
    """What was fetched from `url` as a capture, or why it is none."""
    where = _SECRET.sub("//", url)
    if is_readable(fetched.origin.media_type, fetched.data):
        return capture(where, fetched.data, given, fetched.origin)
    message = f"the server says it is {fetched.origin.media_type}: no page, text or feed"
    return Problem("not-readable", where, message, "give the address of a page or feed, or save the file and read it")

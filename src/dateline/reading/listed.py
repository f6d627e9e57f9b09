"""The pages that a sitemap lists, `sitemap:PLACE`: asked for by that word, fetched one by one.

`PLACE` is a file or an address. A sitemap of sitemaps is followed; what is no page of the web is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from dateline.reading.captures import MAX_BYTES, too_large
from dateline.reading.fetching import Fetcher, FetchError
from dateline.reading.sitemaps import is_index, is_sitemap, with_changes
from dateline.reading.unpacking import UnpackError, unpack
from dateline.reading.urls import is_address, read_url, shared_fetcher
from dateline.types import Capture, Given, Problem

SITEMAP = "sitemap:"
"""What a source begins with whose pages are wanted."""
MAX_SITEMAPS = 500
"""The most sitemaps that are followed from one."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a sitemap lists, and what it says of when the page was changed ('' if nothing)."""

    address: str
    changed: str


Fetch = Callable[[str], bytes | None]
"""Gives the bytes at an address, or null where they are those of the last time; raises `FetchError`."""


def read_listed(source: str, given: Given, fetcher: Fetcher | None = None) -> Iterator[Capture | Problem]:
    """The captures of the pages that the sitemap of `source` ('sitemap:PLACE') lists, and a problem for each other."""
    asked = fetcher or shared_fetcher()
    pages = pages_listed(source.removeprefix(SITEMAP), lambda place: asked.fetch(place).data)
    first = next(pages, None)
    if first is None:
        yield no_pages(source)
        return
    for found in chain((first,), pages):
        page = found if isinstance(found, Problem) else read_url(found.address, given, asked)
        yield replace(page, where=f"{source}#{page.where}") if isinstance(page, Problem) else page


def no_pages(source: str) -> Problem:
    """The problem of a sitemap that lists nothing."""
    return Problem("no-pages", source, "no page is listed there", "check that it is the site's sitemap")


def pages_listed(place: str, fetch: Fetch) -> Iterator[Listed | Problem]:
    """The pages listed at `place` and in the sitemaps listed there, each once."""
    waiting, seen = [place], {place}
    while waiting:
        found = _sitemap(waiting.pop(0), fetch)
        if isinstance(found, Problem):
            yield found
        if found is None or isinstance(found, Problem):
            continue
        fresh = {address: changed for address, changed in with_changes(found) if address not in seen}
        seen.update(fresh)
        if not is_index(found):
            yield from (Listed(address, changed) for address, changed in fresh.items())
        elif len(fresh) + len(waiting) > MAX_SITEMAPS:
            message = f"more than {MAX_SITEMAPS} sitemaps are listed; none of these was followed"
            yield Problem("cut", place, message, "read those that you want by themselves")
        else:
            waiting += fresh


def _sitemap(place: str, fetch: Fetch) -> bytes | Problem | None:
    """The bytes of a sitemap (null: those of the last time), or why they cannot be had."""
    try:
        data = fetch(place) if is_address(place) else _file(place)
        if data is None:
            return None
        data = unpack(data, "gzip") if data.startswith(_GZIP) else data
    except FetchError as error:
        return Problem(error.code, place, str(error), error.hint)
    except UnpackError as error:
        return Problem(error.code, place, str(error), "get the sitemap again")
    except OSError as error:
        return Problem("unreadable", place, error.strerror or str(error), "check the name of the file")
    if len(data) > MAX_BYTES:
        return too_large(place, len(data))
    if not is_sitemap(data):
        return Problem("no-sitemap", place, "it is no sitemap", "read it without 'sitemap:' before its name")
    return data


def _file(place: str) -> bytes:
    with Path(place).open("rb") as file:
        return file.read(MAX_BYTES + 1)

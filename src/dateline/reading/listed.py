"""The pages that a sitemap lists, `sitemap:PLACE`: asked for by that word, fetched one by one.

`PLACE` is a file or an address. A sitemap of sitemaps is followed; what is no page of the web is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from dateline.reading.captures import MAX_BYTES, too_large
from dateline.reading.fetching import Fetcher, FetchError
from dateline.reading.sitemaps import is_index, is_sitemap, listed
from dateline.reading.unpacking import UnpackError, unpack
from dateline.reading.urls import is_address, read_url, shared_fetcher
from dateline.types import Capture, Given, Problem

SITEMAP = "sitemap:"
"""What a source begins with whose pages are wanted."""
MAX_SITEMAPS = 500
"""The most sitemaps that are followed from one."""
_GZIP = b"\x1f\x8b"


def read_listed(source: str, given: Given, fetcher: Fetcher | None = None) -> Iterator[Capture | Problem]:
    """The captures of the pages that the sitemap of `source` ('sitemap:PLACE') lists, and a problem for each other."""
    asked = fetcher or shared_fetcher()
    pages = _pages(source.removeprefix(SITEMAP), asked)
    first = next(pages, None)
    if first is None:
        yield Problem("no-pages", source, "no page is listed there", "check that it is the site's sitemap")
        return
    for found in chain((first,), pages):
        page = read_url(found, given, asked) if isinstance(found, str) else found
        yield replace(page, where=f"{source}#{page.where}") if isinstance(page, Problem) else page


def _pages(place: str, fetcher: Fetcher) -> Iterator[str | Problem]:
    """The addresses listed at `place` and in the sitemaps listed there, each once."""
    waiting, seen = [place], {place}
    while waiting:
        found = _sitemap(waiting.pop(0), fetcher)
        if isinstance(found, Problem):
            yield found
            continue
        fresh = [one for one in dict.fromkeys(listed(found)) if one not in seen]
        seen.update(fresh)
        if not is_index(found):
            yield from fresh
        elif len(fresh) + len(waiting) > MAX_SITEMAPS:
            message = f"more than {MAX_SITEMAPS} sitemaps are listed; none of these was followed"
            yield Problem("cut", place, message, "read those that you want by themselves")
        else:
            waiting += fresh


def _sitemap(place: str, fetcher: Fetcher) -> bytes | Problem:
    """The bytes of a sitemap, or why they cannot be had."""
    try:
        data = fetcher.fetch(place).data if is_address(place) else _file(place)
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

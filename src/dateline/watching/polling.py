"""One look at a source: what is new in it since the last. Captures and problems come out one by one.

What is remembered of the source changes as they are taken, each mark after what it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.knowledge.addresses import page_of
from dateline.making.items import attempt
from dateline.reading import files_below, read_below
from dateline.reading.feed_items import Feed, Item, feed_of
from dateline.reading.fetching import Fetcher, FetchError
from dateline.reading.listed import SITEMAP, no_pages, pages_listed
from dateline.reading.sitemaps import is_index, is_sitemap
from dateline.reading.urls import fetched_capture, is_address, not_fetched
from dateline.steps import Cleaned
from dateline.text import digest, writable
from dateline.types import Capture, Given, Problem
from dateline.watching.clock import Clock
from dateline.watching.memory import Memory, Waiting, mark_of, same_item

Found = Iterator[Capture | Problem]

MAX_TRIES = 3
"""How often a page is asked for that cannot be had just now."""
SETTLE_SECONDS = 2.0
"""A file changed less long ago may still be being written: it is left to the next round."""


@dataclass(slots=True)
class Poller:
    """Looks at sources. `follow`: pages that items link to are wanted; `pages`: marks of all pages known already."""

    fetcher: Fetcher
    clean: Callable[[Capture], Cleaned]
    clock: Clock
    follow: bool = False
    pages: set[str] = field(default_factory=set)

    def poll(self, memory: Memory, source: str, *, last: bool) -> Found:
        """What is new at `source`. Raises `FetchError` where it cannot be had. `last`: there is no later round."""
        if source.startswith(SITEMAP):
            return self._sitemap(memory, source)
        return self._address(memory, source) if is_address(source) else self._path(memory, Path(source), last=last)

    def fetch(self, memory: Memory, waiting: Waiting) -> Found:
        """The page that is waited for; one that cannot be had is a problem, and the item that named it is taken."""
        try:
            found = fetched_capture(waiting.address, self.fetcher.fetch(waiting.address), Given())
        except FetchError as error:
            waiting.tries += 1
            memory.waiting.remove(waiting)
            if error.passing and waiting.tries < MAX_TRIES:
                memory.waiting.append(waiting)
                raise
            found = not_fetched(waiting.address, error)
        else:
            memory.waiting.remove(waiting)
        if isinstance(found, Capture):
            yield from self._page(memory, found)
            return
        yield found
        item = waiting.as_item(memory.source)
        if item is not None:
            yield item

    def remember(self, memory: Memory, capture: Capture) -> None:
        """Marks as seen what the record has of a source of which nothing is remembered."""
        feed = feed_of(capture)
        marks = [_mark(feed, item) for item in feed.items] if feed else [self._page_mark(capture)]
        memory.seen.update(dict.fromkeys(marks))

    # ------------------------------------------------------------ kinds of sources
    def _address(self, memory: Memory, url: str) -> Found:
        etag, last_modified = memory.validators.get(url, (None, None))
        fetched = self.fetcher.fetch(url, etag=etag, last_modified=last_modified)
        if fetched.status == 304:
            return
        found = fetched_capture(url, fetched, Given())
        if isinstance(found, Problem):
            yield found
        else:
            yield from self._new(memory, found)
        memory.validators[url] = fetched.origin.etag, fetched.origin.last_modified

    def _sitemap(self, memory: Memory, source: str) -> Found:
        place = source.removeprefix(SITEMAP)
        listing = _Listing(self.fetcher, memory)
        listed = False
        for found in pages_listed(place, listing.fetch):
            listed = True
            if isinstance(found, Problem):
                if found.where == place and listing.failed is not None:
                    raise listing.failed
                yield found
            else:
                mark = mark_of(found.address, found.changed)
                if mark not in memory.seen:
                    self._queue(memory, Waiting(writable(found.address)), [mark])
        if not listed and not listing.unchanged:
            yield no_pages(source)
        memory.validators.update(listing.validators)

    def _path(self, memory: Memory, path: Path, *, last: bool) -> Found:
        if not path.exists():
            yield Problem("unreadable", str(path), "it is gone", "put it back, or watch without it")
            return
        folder, files = (path, files_below(path)) if path.is_dir() else (path.parent, [path])
        memory.files = {name: memory.files[name] for one in files if (name := writable(str(one))) in memory.files}
        for file in files:
            state = self._state(file, last=last)
            if state is not None and memory.files.get(writable(str(file))) != state:
                for found in read_below(folder, file):
                    yield from self._of_file(memory, found)
                memory.files[writable(str(file))] = state

    def _state(self, file: Path, *, last: bool) -> tuple[int, int] | None:
        """Size and time of change; null of a file that is gone, or that may still be being written."""
        try:
            state = file.lstat() if file.is_symlink() else file.stat()
        except OSError:
            return None
        age = self.clock.now().timestamp() - state.st_mtime
        return None if not last and 0 <= age < SETTLE_SECONDS else (state.st_size, state.st_mtime_ns)

    # ------------------------------------------------------------ what is new in a capture
    def _of_file(self, memory: Memory, found: Capture | Problem) -> Found:
        feed = feed_of(found) if isinstance(found, Capture) else None
        yield from (found,) if feed is None else self._items(memory, feed)

    def _new(self, memory: Memory, capture: Capture) -> Found:
        feed = feed_of(capture)
        yield from self._page(memory, capture) if feed is None else self._items(memory, feed)

    def _page(self, memory: Memory, capture: Capture) -> Found:
        """The page, if its text was not seen yet: menus, advertisements and counters of visitors are no news."""
        mark = self._page_mark(capture)
        if mark not in memory.seen:
            yield capture
            memory.seen[mark] = None

    def _items(self, memory: Memory, feed: Feed) -> Found:
        marks = {_mark(feed, item): item for item in feed.items}
        fresh = {id(item): mark for mark, item in marks.items() if mark not in memory.seen}
        for group in feed.groups(item for item in marks.values() if id(item) in fresh):
            group_marks = [fresh[id(item)] for item in group]
            if self.follow and group[0].link:
                part = feed.part(group)
                self._queue(memory, Waiting(writable(group[0].link), 0, part.data, part.origin), group_marks)
            else:
                yield feed.part(group)
                memory.seen.update(dict.fromkeys(group_marks))
        memory.forget(set(marks))

    def _queue(self, memory: Memory, waiting: Waiting, marks: Sequence[str]) -> None:
        """Has a page fetched later, unless it is known and the item that names it is new: another source named it."""
        page = page_mark(waiting.address)
        before = {same_item(mark) for mark in memory.seen} if page in self.pages else set()
        if page not in self.pages or any(same_item(mark) in before for mark in marks):
            memory.waiting.append(waiting)
            memory.pages[page] = None
            self.pages.add(page)
        memory.seen.update(dict.fromkeys(marks))

    def _page_mark(self, capture: Capture) -> str:
        cleaned = attempt("clean", capture.source, self.clean, capture)
        if isinstance(cleaned, Problem):
            return mark_of(capture.source, capture.sha256)
        texts = [f"{report.title}\n{report.text}" for report in cleaned.reports]
        return mark_of(capture.source, digest(*(texts or [problem.code for problem in cleaned.problems])))


@dataclass(slots=True)
class _Listing:
    """Asks for the sitemaps of one source, each by what its last answer was known by."""

    fetcher: Fetcher
    memory: Memory
    validators: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    unchanged: bool = False
    failed: FetchError | None = None

    def fetch(self, place: str) -> bytes | None:
        """The bytes of the sitemap at `place`; null where they did not change."""
        etag, last_modified = self.memory.validators.get(place, (None, None))
        try:
            fetched = self.fetcher.fetch(place, etag=etag, last_modified=last_modified)
        except FetchError as error:
            self.failed = error
            raise
        if fetched.status == 304:
            self.unchanged = True
            return None
        if is_sitemap(fetched.data) and not is_index(fetched.data):  # what an index lists is asked for every time
            self.validators[place] = fetched.origin.etag, fetched.origin.last_modified
        return fetched.data


def _mark(feed: Feed, item: Item) -> str:
    return mark_of(f"{feed.capture.source}#{item.id}", item.words)


def page_mark(address: str) -> str:
    """The mark of the page that an address names."""
    return digest(page_of(address) or address)[:16]

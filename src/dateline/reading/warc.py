"""Web archives (.warc, .warc.gz): each page, text or feed in one is a capture, as if it had been saved by itself.

A page is named by its address, `crawl.warc.gz#https://example.org/a`, or by its record's id where an address repeats.
Pictures, scripts, requests and failed answers are counted in one problem a file; a damaged record is a problem itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dateline.reading.captures import capture, too_large
from dateline.reading.http_message import Answer, document, is_readable, parse_answer
from dateline.reading.unpacking import UnpackError
from dateline.reading.warc_records import Damage, Record, records
from dateline.types import Capture, Given, Origin, Problem

Opened = Callable[[], BinaryIO]
"""Opens an archive anew; an `UnpackError` while it is opened or read ends it."""

_NO_DOCUMENTS = frozenset({"warcinfo", "request", "metadata"})
_MEND = "the other records were read; make the archive again if this one matters"


@dataclass(frozen=True, slots=True)
class _Page:
    """A document of an archive, by address and record id."""

    address: str
    record: str
    data: bytes
    origin: Origin


@dataclass(frozen=True, slots=True)
class _Left:
    """A record that holds nothing to read, in a word or two: 'image/png', 'status 404'."""

    what: str


@dataclass(frozen=True, slots=True)
class _Lost:
    """A record that could not be read."""

    code: str
    message: str
    name: str


def read_warc(path: Path, given: Given) -> Iterator[Capture | Problem]:
    """The pages, texts and feeds of a WARC file, then what was not read of it."""
    return pages([lambda: path.open("rb")], str(path), given)


def pages(archives: Sequence[Opened], where: str, given: Given) -> Iterator[Capture | Problem]:
    """The captures and problems of WARC files that are one source, `where`.

    They are gone through twice: whether an address repeats is known at the end of the first time.
    """
    addresses = Counter(found.address for found in _found(archives) if isinstance(found, _Page))
    left: Counter[str] = Counter()
    lost = 0
    for found in _found(archives):
        if isinstance(found, _Page):
            name = found.address if addresses[found.address] == 1 and found.address else found.record
            yield capture(f"{where}#{name}", found.data, given, found.origin)
        elif isinstance(found, _Left):
            left[found.what] += 1
        else:
            lost += 1
            yield Problem(found.code, f"{where}{found.name}", found.message, _MEND)
    if left:
        yield _left_out(where, left)
    elif not addresses and not lost:
        yield Problem("no-pages", where, "no page, text or feed is in it", "check that it is a WARC or WACZ file")


def _left_out(where: str, left: Counter[str]) -> Problem:
    kinds = ", ".join(f"{number} {what}" for what, number in sorted(left.items(), key=lambda one: (-one[1], one[0])))
    message = f"records that hold no page, text or feed: {kinds}"
    return Problem("left-out", where, message, "nothing to do unless a story is among them")


def _found(archives: Sequence[Opened]) -> Iterator[_Page | _Left | _Lost]:
    number = 0
    for opened in archives:
        try:
            with closing(opened()) as file:
                for record in records(file):
                    number += 1
                    if isinstance(record, Damage):
                        yield _Lost(record.code, record.message, _name(record.headers, number))
                    elif _type(record) not in _NO_DOCUMENTS:
                        yield _document_of(record, number)
        except UnpackError as error:
            yield _Lost(error.code, str(error), f": after record {number}")


def _type(record: Record) -> str:
    return record.headers.get("warc-type", "").lower()


def _name(headers: Mapping[str, str], number: int) -> str:
    address = _address(headers)
    return f"#{address}" if address else f": record {number}"


def _address(headers: Mapping[str, str]) -> str:
    return headers.get("warc-target-uri", "").strip("<> ")


def _document_of(record: Record, number: int) -> _Page | _Left | _Lost:
    headers, name = record.headers, _name(record.headers, number)
    if _type(record) not in _READERS:
        return _Left(_type(record)[:40] or "without a type")
    if record.block is None:
        lost = too_large(name, int(headers["content-length"]))
        return _Lost(lost.code, lost.message, name)
    try:
        answer = _READERS[_type(record)](headers, record.block)
        if answer is None or answer.status != 200:
            return _Left("without a web address" if answer is None else f"status {answer.status}")
        data = document(answer)
    except UnpackError as error:
        return _Lost(error.code, str(error), name)
    if not is_readable(answer.media_type, data):
        return _Left((answer.media_type or "without a media type")[:60])
    id_ = headers.get("warc-record-id", "").strip("<> ") or str(number)
    return _Page(_address(headers), id_, data, _origin(headers, answer))


def _answered(headers: Mapping[str, str], block: bytes) -> Answer | None:
    """The HTTP answer in a block; null where it answers no address of the web (a look-up of a name)."""
    return parse_answer(block) if _address(headers).lower().startswith(("http:", "https:")) else None


def _kept(headers: Mapping[str, str], block: bytes) -> Answer | None:
    """A block that holds a document without HTTP; null where it is the crawler's own log ('metadata://...')."""
    if _address(headers).lower().startswith("metadata:"):
        return None
    return Answer(200, {"content-type": headers.get("content-type", "")}, block)


_READERS: dict[str, Callable[[Mapping[str, str], bytes], Answer | None]] = {
    "response": _answered,
    "resource": _kept,
    "conversion": _kept,
}
"""What the block of each type of record is."""


def _origin(headers: Mapping[str, str], answer: Answer) -> Origin:
    return Origin(
        url=_address(headers) or None,
        at=headers.get("warc-date"),
        media_type=answer.media_type,
        charset=answer.charset,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )

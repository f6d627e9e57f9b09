"""What the record has of sources of which too little is remembered: found in its archive."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.making.items import attempt
from dateline.reading.urls import is_address
from dateline.store.archive import Archive
from dateline.text import writable
from dateline.types import Capture
from dateline.watching.memory import Memory
from dateline.watching.polling import Poller, page_mark


def recall(archive: Archive, lost: Mapping[str, Memory], poller: Poller) -> None:
    """Marks as seen what the archive has of the sources in `lost`, and of the pages that they wait for."""
    wanted = {source: {one.address for one in memory.waiting} for source, memory in lost.items()}
    for kept in archive.kept():
        sources = {act.source for act in kept.acts}
        poller.pages.update(page_mark(one) for one in sources if is_address(one))
        for source, memory in lost.items():
            if sources & wanted[source] or _is_of(sources, writable(source)):
                capture = attempt("watch", source, archive.load, kept)
                if isinstance(capture, Capture):
                    poller.remember(memory, capture)


def _is_of(sources: set[str], own: str) -> bool:
    """Whether a capture with these sources was read from the source, or from a file below it."""
    below = f"{own.rstrip('/')}/"
    return own in sources or any(one.startswith(below) for one in sources if not is_address(one))

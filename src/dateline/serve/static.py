"""Script and style of the pages, as `make web` built them: their addresses for the templates, their bytes for the app.

Names of files hold a digest of their content, so a browser may keep each for good. What a request asks for is looked up
among the names of the manifest and never joined to a path. How it is sent is the app's matter.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

BUILT = Path(__file__).parent / "static"
PREFIX = "/static/"
CACHE_CONTROL = "public, max-age=31536000, immutable"
"""Of every answer with a file: its name changes when its content does."""

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class File:
    """One built file: its name with the digest, its bytes, and the media type to send them with."""

    name: str
    data: bytes
    media_type: str


class Static:
    """All files of `folder`, read once. Where nothing was built, none, and the log says what to do."""

    def __init__(self, folder: Path = BUILT) -> None:
        """A manifest that names what is not there, or no file of the pages, is a ValueError."""
        self._names = _manifest(folder)
        self._files = {name: _file(folder, name) for name in self._names.values()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names that `url` knows ('app.css'), sorted; empty where nothing was built."""
        return tuple(sorted(self._names))

    def url(self, name: str) -> str:
        """The address of 'app.css', 'app.js'...; where nothing was built one that is answered with 'not found'.

        A name that the build does not know is a LookupError: a template says it wrong.
        """
        if self._names and name not in self._names:
            raise LookupError(f"nothing built is named {name!r}; there are: {', '.join(self.names)}")
        return PREFIX + self._names.get(name, name)

    def file(self, name: str) -> File | None:
        """The file that a request names after the prefix; None for any name that the build did not give."""
        return self._files.get(name)


def _manifest(folder: Path) -> dict[str, str]:
    """The names that templates say, each with that of its file."""
    path = folder / "manifest.json"
    if not path.is_file():
        _log.warning("the pages have neither style nor script: nothing is built in %s; run `make web`", folder)
        return {}
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


def _file(folder: Path, name: str) -> File:
    """One file of the manifest."""
    media_type = _MEDIA_TYPES.get(Path(name).suffix)
    if media_type is None or Path(name).name != name:
        raise ValueError(f"the manifest in {folder} names {name!r}, which is no file of the pages; run `make web`")
    try:
        return File(name, (folder / name).read_bytes(), media_type)
    except FileNotFoundError:
        raise ValueError(f"the manifest in {folder} names {name!r}, which is not there; run `make web`") from None

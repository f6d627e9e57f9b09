"""Script and style of the pages, as `make web` built them: their addresses for the templates, their bytes for the app.

Names of files hold a digest of their content, so a browser may keep each for good. What a request asks for is looked up
among the names of the manifest and never joined to a path. How it is sent is the app's matter.

>>> Static.read(Path("nowhere")).url("app.css") is None
True
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

BUILT = Path(__file__).parent / "static"
CACHE_CONTROL = "public, max-age=31536000, immutable"
"""For every answer with an asset: its name changes when its content does."""

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file: its name with the digest, its bytes, and the media type to send them with."""

    name: str
    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Static:
    """All built files, read once.

    `names`: the name that a template says ('app.css') to the file's; `assets`: the file's name to the file.
    """

    names: Mapping[str, str]
    assets: Mapping[str, Asset]
    prefix: str = "/static/"

    @classmethod
    def read(cls, folder: Path = BUILT) -> Static:
        """What was built into `folder`; nothing, and a warning in the log, where nothing was.

        A manifest that names what is not there, or a kind of file that we do not serve, is a ValueError.
        """
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            _log.warning("the pages have neither style nor script: nothing is built in %s; run `make web`", folder)
            return cls(MappingProxyType({}), MappingProxyType({}))
        names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
        assets = {name: _asset(folder, name) for name in names.values()}
        return cls(MappingProxyType(names), MappingProxyType(assets))

    @property
    def built(self) -> bool:
        """Whether there is anything: a template leaves its `link` and `script` out where there is not."""
        return bool(self.names)

    def url(self, name: str) -> str | None:
        """The address of 'app.css', 'app.js'...; None where nothing is built.

        A name that the build does not know is a LookupError: a template says it wrong.
        """
        if not self.built:
            return None
        if name not in self.names:
            raise LookupError(f"nothing built is named {name!r}; there are: {', '.join(sorted(self.names))}")
        return self.prefix + self.names[name]

    def asset(self, name: str) -> Asset | None:
        """The file that a request names after the prefix; None for any name that the build did not give."""
        return self.assets.get(name)


def _asset(folder: Path, name: str) -> Asset:
    """One file of the manifest."""
    media_type = _MEDIA_TYPES.get(Path(name).suffix)
    if media_type is None or Path(name).name != name:
        raise ValueError(
            f"{folder / 'manifest.json'} names {name!r}, which is no file that the pages use; run `make web`"
        )
    try:
        return Asset(name, (folder / name).read_bytes(), media_type)
    except FileNotFoundError:
        raise ValueError(f"{folder / 'manifest.json'} names {name!r}, which is not there; run `make web`") from None

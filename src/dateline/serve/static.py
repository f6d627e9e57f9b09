"""The built files of the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """A file."""

    data: bytes
    media_type: str


class Static:
    """STUB until the front end lands."""

    def url(self, name: str) -> str:
        """Where it is."""
        return f"/static/{name}"

    def file(self, name: str) -> File | None:  # noqa: ARG002
        """The file."""
        return None

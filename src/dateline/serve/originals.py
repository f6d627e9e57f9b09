"""Pages as they were saved, from an origin of their own: another socket, another application, nothing shared but a key.

What was saved is hostile. Browsers show it in a sandbox (CSP `sandbox`): no script runs, no form is sent, nothing is
loaded, and only the pages of `dateline serve` may frame it. An address is signed and good for `GOOD_FOR` seconds, so it
is given by a page of ours to whoever may see that page.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from litestar.types import Receive, Scope, Send

from dateline.serve.safety import refuse
from dateline.store import RecordError
from dateline.store.archive import Archive, Kept
from dateline.types import Capture

GOOD_FOR = 300
"""Seconds that an address is good for."""
SANDBOX = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors {frames}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
}
HTML = frozenset({"text/html", "application/xhtml+xml"})
_PATH = re.compile("/([0-9a-f]{64})")
_NAME = re.compile("[A-Za-z0-9_.:-]{1,40}")
_REACHING = re.compile(rb"<(?:link|i?frame|embed|object)(?=[\s/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Originals:
    """Where saved pages are to be had: the `origin`, and the key by which their addresses are signed."""

    origin: str
    key: bytes
    clock: Callable[[], float] = time.time

    def url(self, sha256: str) -> str:
        """The address of the capture of this digest, good for `GOOD_FOR` seconds."""
        until = str(int(self.clock()) + GOOD_FOR)
        return f"{self.origin}/{sha256}?{urlencode({'until': until, 'sign': self._sign(sha256, until)})}"

    def is_good(self, sha256: str, query: str) -> bool:
        """Whether an address was given by `url`, not longer ago than it is good for."""
        given = parse_qs(query)
        until, sign = given.get("until", [""])[0], given.get("sign", [""])[0]
        signed = hmac.compare_digest(self._sign(sha256, until).encode(), sign.encode())
        return signed and until.isdigit() and int(until) >= self.clock()

    def _sign(self, sha256: str, until: str) -> str:
        return hmac.new(self.key, f"{sha256} {until}".encode(), hashlib.sha256).hexdigest()


class SavedPages:
    """The application: `GET /SHA256?until&sign` gives the bytes that were saved, and nothing else does."""

    def __init__(self, archive: Archive, originals: Originals, frames: Iterable[str]) -> None:
        """`frames`: the origins whose pages may show them."""
        self._archive, self._originals = archive, originals
        self._policy = SANDBOX.format(frames=" ".join(frames))

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answers a request."""
        path = _PATH.fullmatch(scope["path"])
        if path is None or scope.get("method") != "GET":
            await refuse(send, 404 if path is None else 405, "there are saved pages here, each by its digest\n")
        elif not self._originals.is_good(path[1], scope["query_string"].decode("latin-1")):
            await refuse(send, 403, "this address is good no longer: open the page of the report again\n")
        else:
            await self._give(path[1], send)

    async def _give(self, sha256: str, send: Send) -> None:
        capture = await asyncio.to_thread(self._capture, sha256)
        if capture is None:
            await refuse(send, 404, "the archive does not hold this any more\n")
            return
        media_type, data = shown(capture)
        headers = {**HEADERS, "Content-Security-Policy": self._policy, "Content-Type": media_type}
        headers["Content-Length"] = str(len(data))
        if media_type == "application/octet-stream":
            headers["Content-Disposition"] = f'attachment; filename="{sha256[:12]}.bin"'
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        await send({"type": "http.response.body", "body": data, "more_body": False})

    def _capture(self, sha256: str) -> Capture | None:
        kept: Kept | None = next((one for one in self._archive.kept_in(sha256[:2]) if one.sha256 == sha256), None)
        try:
            return self._archive.load(kept) if kept else None
        except RecordError:
            return None


def shown(capture: Capture) -> tuple[str, bytes]:
    """The media type by which a browser may show a capture, and the bytes: a page, plain text, or a file to save."""
    if _is_page(capture):
        charset = capture.origin.charset if capture.origin else None
        known = f"; charset={charset}" if charset and _NAME.fullmatch(charset) else ""
        return f"text/html{known}", _unreaching(capture.data)
    if _is_text(capture.data):
        return "text/plain; charset=utf-8", capture.data
    return "application/octet-stream", capture.data


def _is_page(capture: Capture) -> bool:
    if capture.origin and capture.origin.media_type:
        return capture.origin.media_type in HTML
    return capture.source.lower().endswith((".html", ".htm", ".xhtml")) or b"<html" in capture.data[:2048].lower()


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _unreaching(data: bytes) -> bytes:
    """The page, of the same length, with the tags unmade by which a browser opens a connection whatever the policy says.

    Chromium does so for `<iframe src>` (seen with 'default-src none'), and may for what `<link>` announces; nothing is sent,
    but the host that is reached learns that somebody looks.
    """
    return _REACHING.sub(lambda found: b"<x-" + found[0][3:], data)

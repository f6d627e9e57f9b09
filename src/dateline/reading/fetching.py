"""One page of the web: asked for politely, within limits, and never from inside the network.

Every host is looked up once for a connection, its address checked, and that address connected to; so it is for each
redirect and for robots.txt. A `Fetcher` remembers what it knows of sites, and may be given the validators of an
earlier answer (`etag`, `last_modified`): then an unchanged page comes as status 304 without a body.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any

import httpcore
import httpx

from dateline.reading.addresses import RefusedAddressError, Resolve, public_address, resolve
from dateline.reading.captures import MAX_BYTES
from dateline.reading.http_message import Answer, document
from dateline.reading.robots import NAME, Rules
from dateline.reading.unpacking import UnpackError
from dateline.types import Origin

MAX_REDIRECTS = 5
SECONDS = 60.0
"""How long one page may take from the first byte asked to the last received."""
PAUSE_SECONDS = 1.0
"""How long a host is left alone between two requests, if it does not ask for more."""
RULES_SECONDS = 24 * 3600.0
"""How long a robots.txt is kept to before it is asked for again (RFC 9309, 2.4)."""
NO_RULES_SECONDS = 3600.0
"""The same of one that could not be had."""
_STEP_SECONDS = 15.0
_ROBOTS_BYTES = 512 * 1024
"""What is read of a robots.txt (RFC 9309, 2.5, asks for 500 KiB)."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What a server answers that may do better later."""
_FAILED = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
)


class FetchError(Exception):
    """Why a page was not fetched: the code of its problem, in words, and what to do.

    `passing`: it may be had later; `retry_seconds`: how long the server asks to be left alone until then.
    """

    def __init__(
        self, code: str, message: str, hint: str, *, passing: bool = False, retry_seconds: float | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint
        self.passing, self.retry_seconds = passing, retry_seconds


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: the address that gave it in the end, what the server said, and the document without its packing."""

    url: str
    status: int
    data: bytes
    origin: Origin


class _Checked(httpcore.NetworkBackend):
    """Connections to checked addresses alone."""

    def __init__(self, resolve: Resolve, network: httpcore.NetworkBackend) -> None:
        self._resolve, self._network = resolve, network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the address that was just checked: it is not looked up again."""
        address = public_address(host, port, self._resolve)
        return self._network.connect_tcp(address, port, timeout, local_address, socket_options)

    def sleep(self, seconds: float) -> None:
        """Waits."""
        self._network.sleep(seconds)


@dataclass
class Fetcher:
    """Fetches pages, one at a time. `resolve`, `network`, `clock`, `wait` and `now`: the world, or that of a test."""

    resolve: Resolve = resolve
    network: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _rules: dict[str, tuple[Rules, float]] = field(default_factory=dict)
    """A site's rules, and until when they are kept to."""
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pool = httpcore.ConnectionPool(network_backend=_Checked(self.resolve, self.network), max_connections=4)

    def close(self) -> None:
        """Ends the connections that are kept open."""
        self._pool.close()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The page at `url`, redirects followed. Raises `FetchError` where it may not or cannot be had."""
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers: dict[bytes | str, bytes | str] = {name: value for name, value in asked.items() if value}
        address, until = _parsed(url), self.clock() + SECONDS
        for _ in range(MAX_REDIRECTS + 1):
            self._keep_to_rules(address, until)
            answer = self._ask(address, headers, until, MAX_BYTES)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._fetched(address, answer)
            address = _parsed(answer.headers["location"], address)
        hint = "open it in a browser and read the page that it leads to"
        raise FetchError("too-many-redirects", f"it leads on more than {MAX_REDIRECTS} times", hint)

    def _fetched(self, address: httpx.URL, answer: Answer) -> Fetched:
        if answer.status not in (200, 304):
            raise self._failed(answer)
        try:
            data = document(answer)
        except UnpackError as error:
            raise FetchError(error.code, str(error), "save the page in a browser, and read the file") from None
        at = self.now().isoformat(timespec="seconds")
        said = answer.headers
        origin = Origin(
            str(address), at, answer.media_type, answer.charset, said.get("etag"), said.get("last-modified")
        )
        return Fetched(str(address), answer.status, data, origin)

    def _failed(self, answer: Answer) -> FetchError:
        message = f"the server answered with status {answer.status}"
        hint = "check the address; what asks for a login cannot be fetched"
        wanted = retry_seconds(answer.headers.get("retry-after"), self.now())
        passing = answer.status in _PASSING or wanted is not None
        return FetchError("not-fetched", message, hint, passing=passing, retry_seconds=wanted)

    # ------------------------------------------------------------ what the site wants
    def _keep_to_rules(self, address: httpx.URL, until: float) -> None:
        """Raises `FetchError` where the site's robots.txt forbids `address`, or cannot be had."""
        site = _site(address)
        rules, fresh_until = self._rules.get(site, (None, 0.0))
        if rules is None or self.clock() >= fresh_until:
            rules = self._site_rules(address.copy_with(raw_path=b"/robots.txt"), until)
            self._rules[site] = rules, self.clock() + (NO_RULES_SECONDS if rules.unknown else RULES_SECONDS)
        if not rules.allows(str(address)):
            hint = "save the page in a browser, if you may, and read the file"
            raise FetchError("robots-forbid", f"{site}/robots.txt {rules.refusal}", hint, passing=rules.unknown)

    def _site_rules(self, address: httpx.URL, until: float) -> Rules:
        """The rules of the site whose robots.txt is at `address`. Raises `FetchError` where the site cannot be reached."""
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(address, {}, until, _ROBOTS_BYTES)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return _rules(answer)
            address = _parsed(answer.headers["location"], address)
        return Rules.of(None, "")

    def _be_polite(self, address: httpx.URL) -> None:
        """Waits until the host was left alone for as long as it wants, and at least `PAUSE_SECONDS`."""
        rules, _ = self._rules.get(_site(address), (None, 0.0))
        pause = max(PAUSE_SECONDS, rules.delay_seconds if rules else 0.0)
        rest = self._asked.get(address.host, -pause) + pause - self.clock()
        if rest > 0:
            self.wait(rest)
        self._asked[address.host] = self.clock()

    # ------------------------------------------------------------ one request
    def _ask(self, address: httpx.URL, headers: Mapping[bytes | str, bytes | str], until: float, most: int) -> Answer:
        """The answer to one request, its body still packed. Raises `FetchError`."""
        self._be_polite(address)
        sent: dict[bytes | str, bytes | str] = {
            "Host": address.netloc.decode("ascii"),
            "User-Agent": _user_agent(),
            "Accept-Encoding": "gzip, deflate, br, zstd",
            **headers,
        }
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
        target = httpcore.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
        )
        try:
            with self._pool.stream("GET", target, headers=sent, extensions={"timeout": timeouts}) as response:
                body = self._body(response.iter_stream(), until, most)
                return Answer(response.status, _headers(response.headers), body)
        except RefusedAddressError as error:
            hint = "only public addresses are fetched; save the page and read the file"
            raise FetchError("address-refused", str(error), hint) from None
        except _FAILED as error:
            message = f"it could not be fetched: {error or type(error).__name__}"
            hint = "check the address and the connection, then try again"
            raise FetchError("not-fetched", message, hint, passing=True) from None

    def _body(self, pieces: Iterable[bytes], until: float, most: int) -> bytes:
        parts, size = [], 0
        for piece in pieces:
            parts.append(piece)
            size += len(piece)
            if size > most:
                raise FetchError("too-large", f"it has more than {most:,} bytes", "save the page and read the file")
            if self.clock() > until:
                message = f"it took more than {SECONDS:g} seconds"
                raise FetchError("took-too-long", message, "try again later", passing=True)
        return b"".join(parts)


def retry_seconds(said: str | None, now: datetime) -> float | None:
    """How long a 'Retry-After' asks to wait: it has seconds, or a date of HTTP; null where it says neither."""
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None


def _parsed(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """`url`, taken from the page at `base`, if it is one that may be asked for; else `FetchError`."""
    try:
        address = base.join(url) if base else httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("address-refused", f"{url[:200]!r} is no address ({error})", "check the address") from None
    if address.scheme not in ("http", "https") or not address.host:
        message = f"{url[:200]!r} is no address of the web"
        raise FetchError("address-refused", message, "give an address that begins with https:// or http://")
    if address.userinfo:
        message = "the address holds a name or password, which would stay in the record"
        raise FetchError("address-refused", message, "give the address without it")
    return address.copy_with(fragment=None)


def _rules(robots: Answer) -> Rules:
    try:
        return Rules.of(robots.status, document(robots).decode("utf-8", "replace"))
    except UnpackError:
        return Rules.of(None, "")


def _site(address: httpx.URL) -> str:
    return f"{address.scheme}://{address.netloc.decode('ascii')}"


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their small names; of one that is sent twice the first."""
    found: dict[str, str] = {}
    for name, value in raw:
        found.setdefault(name.decode("ascii", "replace").lower(), value.decode("utf-8", "replace"))
    return found


def _user_agent() -> str:
    return f"{NAME}/{version('dateline')} (reads the news reports that its user asks for)"

"""Signing in: who sends a request, by a token (`Authorization: Bearer`) or by the session that a token began.

Sessions live in memory, end after `SESSION` seconds or by signing out, and hold only as long as the file of users has
their token. Each wrong token costs its sender one of a few tries; scrypt is computed once for a token, one at a time.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException, TooManyRequestsException
from litestar.middleware import ASGIMiddleware
from litestar.response import Redirect, Template
from litestar.types import ASGIApp, ControllerRouterHandler, Receive, Scope, Send

from dateline.serve.rendering import page
from dateline.serve.users import ANYBODY, OPEN, Account, Connection, Roster, User, may_administer

SESSION = 12 * 3600
"""Seconds that a session lasts."""
MOST_SESSIONS, MOST_KNOWN, MOST_SENDERS = 1_000, 1_000, 10_000
TRIES, TRIES_WITHIN = 10, 300
"""Wrong tokens that one sender may give within so many seconds; then it waits."""
LONGEST_TOKEN = 200
Clock = Callable[[], float]


class Door(Protocol):
    """Who is let in."""

    async def who(self, connection: Connection) -> User | None:
        """Who sends a request; null where that is not known."""

    def routes(self) -> Sequence[ControllerRouterHandler]:
        """The pages that signing in needs."""


class OpenDoor:
    """Everybody is let in, as a reviewer: for a server that only this machine can reach."""

    async def who(self, connection: Connection) -> User | None:  # noqa: ARG002 - whoever it is
        """Anybody."""
        return ANYBODY

    def routes(self) -> Sequence[ControllerRouterHandler]:
        """None: nobody signs in."""
        return ()


class Tries:
    """Wrong tokens by sender, of the last `TRIES_WITHIN` seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, sender: str) -> int:
        """Seconds that this sender has to wait before the next try; 0: none."""
        wrong = self._wrong.get(sender)
        if wrong is None or len(wrong) < TRIES:
            return 0
        return max(0, int(wrong[0] + TRIES_WITHIN - self._clock()) + 1)

    def failed(self, sender: str) -> None:
        """Counts a wrong token. The sender not heard of for longest is forgotten when there are too many."""
        self._wrong.setdefault(sender, deque(maxlen=TRIES)).append(self._clock())
        self._wrong.move_to_end(sender)
        if len(self._wrong) > MOST_SENDERS:
            self._wrong.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Session:
    """A session: whose it is, and when it ends by the clock."""

    account: Account
    end: float


class Sessions:
    """The sessions, by the digest of what their cookie holds; the oldest goes when there are too many."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sessions: OrderedDict[bytes, Session] = OrderedDict()

    def begin(self, account: Account) -> str:
        """Begins a session and gives what its cookie holds."""
        token = secrets.token_urlsafe(32)
        self._sessions[_digest(token)] = Session(account, self._clock() + SESSION)
        if len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return token

    def account(self, token: str) -> Account | None:
        """Whose session it is; null where it ended or never was."""
        session = self._sessions.get(_digest(token))
        if session is None or session.end <= self._clock():
            self.end(token)
            return None
        return session.account

    def end(self, token: str) -> None:
        """Ends a session."""
        self._sessions.pop(_digest(token), None)


class GuardedDoor:
    """Those are let in who have a token of the file of users, or the session that it began."""

    def __init__(self, roster: Roster, *, cookie: str, clock: Clock = time.monotonic) -> None:
        """`cookie`: the name of the session's cookie, another for each record served on this machine."""
        self._roster, self._cookie = roster, cookie
        self._sessions, self._tries = Sessions(clock), Tries(clock)
        self._known: OrderedDict[bytes, Account] = OrderedDict()
        self._one_at_a_time = asyncio.Semaphore(1)

    async def who(self, connection: Connection) -> User | None:
        """Who sends a request; a wrong token raises 401, the next after too many of them 429."""
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return (await self._account(token.strip(), _sender(connection))).user
        return self.session(connection)

    def session(self, connection: Connection) -> User | None:
        """Whose session a request belongs to; null where it is none that holds."""
        account = self._sessions.account(connection.cookies.get(self._cookie_of(connection), ""))
        return account.user if account and account in self._roster.accounts() else None

    async def _account(self, token: str, sender: str) -> Account:
        if known := self._known_by(token):
            return known
        async with self._one_at_a_time:
            if known := self._known_by(token):
                return known
            if seconds := self._tries.wait(sender):
                raise TooManyRequestsException(
                    detail=f"too many wrong tokens: try again in {seconds} seconds",
                    headers={"Retry-After": str(seconds)},
                )
            account = await asyncio.to_thread(self._verified, token)
            if account is None:
                self._tries.failed(sender)
                raise NotAuthorizedException(
                    detail="no user has this token", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}
                )
            self._remember(token, account)
            return account

    def _known_by(self, token: str) -> Account | None:
        known = self._known.get(_digest(token))
        return known if known and known in self._roster.accounts() else None

    def _verified(self, token: str) -> Account | None:
        key, _, secret = token.partition(".")
        account = self._roster.account(key) if len(token) <= LONGEST_TOKEN else None
        return account if account and account.token.holds(secret) else None

    def _remember(self, token: str, account: Account) -> None:
        self._known[_digest(token)] = account
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def _cookie_of(self, connection: Connection) -> str:
        """By https a name that browsers take from this very host alone, by https alone."""
        return f"__Host-{self._cookie}" if connection.url.scheme == "https" else self._cookie

    # ------------------------------------------------------------ pages
    def routes(self) -> Sequence[ControllerRouterHandler]:
        """Sign in, sign out, and the users for those who administer."""

        @get("/signin", include_in_schema=False, opt=OPEN)
        async def sign_in_page(request: Request[Any, Any, Any]) -> Template:
            """The form to sign in, or to sign out."""
            return _form(request, request.query_params.get("next", "/"), None)

        @post("/signin", include_in_schema=False, opt=OPEN)
        async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
            """Begins a session."""
            form = await request.form()
            token, onward = str(form.get("token", "")).strip(), str(form.get("next", "/"))
            try:
                account = await self._account(token, _sender(request))
            except (NotAuthorizedException, TooManyRequestsException) as error:
                shown = _form(request, onward, error.detail)
                shown.status_code = error.status_code
                shown.headers.update({name: value for name, value in (error.headers or {}).items() if name[0] == "R"})
                return shown
            self._sessions.end(request.cookies.get(self._cookie_of(request), ""))
            return self._redirect(request, own_path(onward), self._sessions.begin(account), SESSION)

        @post("/signout", include_in_schema=False, opt=OPEN)
        async def sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
            """Ends the session."""
            self._sessions.end(request.cookies.get(self._cookie_of(request), ""))
            return self._redirect(request, "/signin", "", 0)

        @get("/users", include_in_schema=False, guards=[may_administer], sync_to_thread=False)
        def users(request: Request[Any, Any, Any]) -> Template:
            """Who may sign in, and as what."""
            return page(request, "users.html", title="Users", users=[one.user for one in self._roster.accounts()])

        return sign_in_page, sign_in, sign_out, users

    def _redirect(self, request: Request[Any, Any, Any], path: str, held: str, seconds: int) -> Response[Any]:
        cookie = Cookie(
            key=self._cookie_of(request),
            value=held,
            max_age=seconds,
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return Redirect(path, status_code=303, cookies=[cookie], headers={"Cache-Control": "no-store"})


def _form(request: Request[Any, Any, Any], onward: str, wrong: str | None) -> Template:
    shown = page(request, "signin.html", title="Sign in", onward=own_path(onward), wrong=wrong)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def own_path(path: str) -> str:
    """`path` if it is one of this site, else the first page: a link to sign in leads nowhere else.

    >>> own_path("/e/1?view=map"), own_path("//elsewhere.example"), own_path("https://elsewhere.example/")
    ('/e/1?view=map', '/', '/')
    """
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return path if own and path.isascii() and path.isprintable() and "\\" not in path else "/"


def sign_in_address(request: Request[Any, Any, Any]) -> str:
    """Where to sign in, to come back to what was asked for."""
    query = request.scope["query_string"].decode("latin-1")
    return f"/signin?{urlencode({'next': request.url.path + (f'?{query}' if query else '')})}"


def _sender(connection: Connection) -> str:
    """Whose tries are counted together: an address, of IPv6 the network that one household has (/64)."""
    host = connection.client.host if connection.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((host, 64), strict=False))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


class Recognising(ASGIMiddleware):
    """Puts who sends a request into its scope, as `user`."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Asks the door."""
        scope["user"] = await self._door.who(Connection(scope))
        await next_app(scope, receive, send)

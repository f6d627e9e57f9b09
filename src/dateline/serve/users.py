"""Who may look, decide and see the users: roles, the guards of routes, and the file of users with their hashed tokens.

A token is 'KEY.SECRET': the key names its line in the file, the secret is random (256 bits) and kept nowhere; the file
holds its scrypt hash (RFC 7914) with salt and parameters. How people sign in is told in `signing_in`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import re
import secrets
import stat
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

LOG = logging.getLogger("dateline.serve")
Connection = ASGIConnection[Any, Any, Any, Any]

OPEN = {"open": True}
"""The `opt` of a route that is answered to those who have not signed in."""
COST, BLOCK, LANES = 1 << 14, 8, 1
"""scrypt's n, r and p: 16 MiB and some 50 ms. A secret of 256 bits needs no more: it is not guessed, only stolen."""
HIGHEST_COST = 1 << 18
NAME = re.compile(r"\S(?:.{0,78}\S)?")
HEADING = "# Who may use `dateline serve RECORD --users` with this file. Change it by `dateline users`.\n"


class Role(StrEnum):
    """What a user may do: each also what the ones before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


_RANK = {role: rank for rank, role in enumerate(Role)}


class UsersError(ValueError):
    """A file of users that cannot be used, and why."""


class NotSignedIn(NotAuthorizedException):
    """Nobody has signed in, and this route is for those who have."""


@dataclass(frozen=True, slots=True)
class User:
    """Who asks. `name` is null where nobody signs in: there people give a name with what they decide."""

    name: str | None
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this user may do what `role` may."""
        return _RANK[self.role] >= _RANK[role]

    @property
    def may_review(self) -> bool:
        """Whether this user may decide."""
        return self.may(Role.REVIEWER)

    def may_undo(self, by: str) -> bool:
        """Whether this user may take back what `by` decided: admins anybody's, reviewers their own."""
        return self.may(Role.ADMIN) or (self.may_review and self.name in (None, by))

    def signs(self, given: str) -> str:
        """The name put to what this user decides: that of who signed in, and only where nobody does the one `given`."""
        return given if self.name is None else self.name


ANYBODY = User(None, Role.REVIEWER)
"""Whoever asks where there is no file of users: then only this machine is answered."""


# ------------------------------------------------------------ guards
def signed_in(connection: Connection) -> User:
    """Who asks; `NotSignedIn` (401) where that is not known."""
    user = connection.scope.get("user")
    if not isinstance(user, User):
        raise NotSignedIn(
            detail="sign in first: by the page /signin, or by the header 'Authorization: Bearer TOKEN'",
            headers={"WWW-Authenticate": 'Bearer realm="dateline"'},
        )
    return user


def may_read(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guards a route for those who may look; the whole application has it. Writing needs a reviewer on every route."""
    if not handler.opt.get("open"):
        reading = connection.scope.get("method") in ("GET", "HEAD", "OPTIONS")
        _refuse_below(Role.READER if reading else Role.REVIEWER, connection)


def may_review(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Guards a route for those who may decide."""
    _refuse_below(Role.REVIEWER, connection)


def may_administer(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Guards a route for those who see the users and may take back what others decided."""
    _refuse_below(Role.ADMIN, connection)


def _refuse_below(role: Role, connection: Connection) -> None:
    user = signed_in(connection)
    if not user.may(role):
        raise PermissionDeniedException(detail=f"this is for a {role.value}, and you are a {user.role.value}")


# ------------------------------------------------------------ the file of users
@dataclass(frozen=True, slots=True)
class Hashed:
    """The hash of a token's secret as the file has it: 'KEY$scrypt$n=16384,r=8,p=1$SALT$DIGEST', the last two in hex."""

    key: str
    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    def holds(self, secret: str) -> bool:
        """Whether it is the hash of `secret`."""
        made = _scrypt(secret, self.salt, self.n, self.r, self.p)
        return hmac.compare_digest(made, self.digest)

    def __str__(self) -> str:
        return f"{self.key}$scrypt$n={self.n},r={self.r},p={self.p}${self.salt.hex()}${self.digest.hex()}"


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the file."""

    user: User
    token: Hashed


_HASHED = re.compile(
    r"([0-9a-f]{8})\$scrypt\$n=([0-9]{1,7}),r=([0-9]{1,2}),p=([0-9]{1,2})\$([0-9a-f]{32})\$([0-9a-f]{64})"
)


def new_token() -> tuple[str, Hashed]:
    """A new token, to be shown once, and what is kept of it."""
    key, secret, salt = secrets.token_hex(4), secrets.token_urlsafe(32), secrets.token_bytes(16)
    return f"{key}.{secret}", Hashed(key, COST, BLOCK, LANES, salt, _scrypt(secret, salt, COST, BLOCK, LANES))


def _scrypt(secret: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r * p + (1 << 20), dklen=32)


def read_users(path: Path) -> Sequence[Account]:
    """The users of a file, in its order; `UsersError` where it cannot be used, OSError where it cannot be read."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise UsersError(f"{path} can be changed by others than its owner: `chmod 600 {path}`")
        try:
            found = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsersError(f"{path}: {error}") from None
    accounts = [_account(row, f"{path}, user {number}") for number, row in enumerate(_rows(found, path), 1)]
    names, keys = {one.user.name for one in accounts}, {one.token.key for one in accounts}
    if not len(names) == len(keys) == len(accounts):
        raise UsersError(f"{path}: two users have one name or one token")
    return accounts


def _rows(found: Mapping[str, Any], path: Path) -> Sequence[Any]:
    rows = found.get("user", [])
    if set(found) - {"user"} or not isinstance(rows, list):
        raise UsersError(f"{path}: it holds tables [[user]] with name, role and token, and nothing else")
    return rows


def _account(row: Any, where: str) -> Account:
    if not isinstance(row, dict) or set(row) != {"name", "role", "token"}:
        raise UsersError(f"{where}: a user has name, role and token")
    return Account(User(named(row["name"], where), role_of(row["role"], where)), _hashed(row["token"], where))


def named(name: object, where: str) -> str:
    """`name` if it can be a user's: up to 80 characters that can be seen."""
    if not isinstance(name, str) or not NAME.fullmatch(name) or not name.isprintable():
        raise UsersError(f"{where}: the name {name!r} is not 1 to 80 characters that can be seen")
    return name


def role_of(role: object, where: str) -> Role:
    """The role of this name."""
    if role not in list(Role):
        raise UsersError(f"{where}: the role {role!r} is none of {', '.join(Role)}")
    return Role(str(role))


def _hashed(token: object, where: str) -> Hashed:
    match = _HASHED.fullmatch(token) if isinstance(token, str) else None
    if match is None:
        raise UsersError(f"{where}: the token is not as `dateline users` writes it; make a new one by that command")
    n, r, p = (int(one) for one in match.group(2, 3, 4))
    if not 1 < n <= HIGHEST_COST or n & (n - 1) or not 0 < r <= 16 or not 0 < p <= 4:
        raise UsersError(f"{where}: scrypt with n={n}, r={r}, p={p} cannot be computed here; make a new token")
    return Hashed(match[1], n, r, p, bytes.fromhex(match[5]), bytes.fromhex(match[6]))


def add_user(path: Path, name: str, role: Role) -> str:
    """Adds a user to the file, which is made if it is not there, and gives the token; one who is there gets a new one."""
    token, hashed = new_token()
    others = _others(path, named(name, "a new user"))
    write_users(path, [*others, Account(User(name, role), hashed)])
    return token


def remove_user(path: Path, name: str) -> None:
    """Takes a user out of the file; LookupError where there is none of that name."""
    others = _others(path, name)
    if len(others) == len(read_users(path)):
        raise LookupError(f"no user {name!r} in {path}")
    write_users(path, others)


def _others(path: Path, name: str) -> list[Account]:
    return [one for one in read_users(path) if one.user.name != name] if path.exists() else []


def write_users(path: Path, accounts: Iterable[Account]) -> None:
    """Writes the file, readable by its owner alone; whole or not at all."""
    text = HEADING + "".join(map(_told, accounts))
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _told(account: Account) -> str:
    rows = (("name", account.user.name), ("role", account.user.role.value), ("token", str(account.token)))
    return "\n[[user]]\n" + "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in rows)


class Roster:
    """The users of a file as it is now: it is read again when it has changed, so who is taken out is out at once."""

    def __init__(self, path: Path) -> None:
        """`UsersError` or OSError where the file cannot be used."""
        self._path = path
        self._stamp = _stamp(path)
        self._accounts = read_users(path)

    def accounts(self) -> Sequence[Account]:
        """All users; none while the file cannot be used, which the log tells."""
        try:
            stamp = _stamp(self._path)
            if stamp != self._stamp:
                self._stamp, self._accounts = stamp, ()
                self._accounts = read_users(self._path)
        except (OSError, UsersError) as error:
            self._stamp, self._accounts = None, ()
            LOG.error("nobody can sign in: %s", error)
        return self._accounts

    def account(self, key: str) -> Account | None:
        """The user whose token has this key."""
        return next((one for one in self.accounts() if one.token.key == key), None)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino

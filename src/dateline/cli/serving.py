"""Looking at a record with a browser or a program: `serve`; who may, where not everybody may: `users`."""

from __future__ import annotations

import errno
import hashlib
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.given import UseError, now, one_of
from dateline.telling import note, out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.serve.running import Site
    from dateline.serve.signing_in import Door

LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERYWHERE = ("0.0.0.0", "::")
ROLES = ["reader", "reviewer", "admin"]


def serve(
    record: Annotated[Path, typer.Argument(metavar="RECORD", help="The record's folder.")] = Path("record.dateline"),
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0: one that is free.")] = 8000,
    originals_port: Annotated[
        int,
        typer.Option(min=0, max=65535, metavar="N", help="The port of pages as they were saved; 0: one that is free."),
    ] = 0,
    users: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who may, as `dateline users` writes it; else this machine alone."),
    ] = None,
    host_name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name by which it is reached; may be repeated.")
    ] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Believe a proxy on this machine who asks, and that it is by https.")
    ] = False,
    originals_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the proxy shows saved pages: another origin.")
    ] = None,
) -> None:
    """Pages and a REST API over a record; `read` and `watch` may go on beside. Ctrl-C ends it.

    Without --users it answers this machine alone, and everybody on it may decide.
    """
    from dateline.record import open_record
    from dateline.serve.running import run
    from dateline.serve.served import Served

    if host not in LOOPBACK and users is None:
        raise UseError(
            f"--host {host} can be reached from elsewhere: give --users FILE, so that not everybody may write"
        )
    names = _names(host, host_name or [], users)
    served = Served(open_record(record), clock=now)
    door = _door(users, record)
    served.refresh()
    with _listen(host, port, "--port") as listening, _listen(host, originals_port, "--originals-port") as originals:
        address = _shown(listening)
        site = _site(
            names, door, behind_proxy=behind_proxy, originals_url=originals_url, pages=listening, saved=originals
        )
        if host not in LOOPBACK:
            note(
                "it speaks http alone: tokens cross the network in clear unless a proxy that speaks https stands before it"
            )
        run(
            served,
            site,
            listening=listening,
            originals=originals,
            started=lambda: note(f"http://{address}/ shows {record}; Ctrl-C ends it"),
        )


def users(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of users.")],
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Whom to add; none: shows who is there.")] = None,
    role: Annotated[str, typer.Option(metavar="ROLE", help="reader, reviewer (also decides) or admin.")] = "reader",
    remove: Annotated[bool, typer.Option("--remove", help="Take NAME out; sessions end at once.")] = False,
) -> None:
    """Who may use `dateline serve --users FILE`. Adding prints the user's token, once; who is there gets a new one."""
    from dateline.serve.users import Role, UsersError, add_user, read_users, remove_user

    try:
        if name is None:
            out("".join(f"{one.user.name}\t{one.user.role.value}\n" for one in read_users(file)))
        elif remove:
            remove_user(file, name)
            note(f"{name} is no user any more")
        else:
            token = add_user(file, name, Role(one_of(role, ROLES, "role")))
            note(f"the token of {name}, shown this once; whoever has it is {name}:")
            out(f"{token}\n")
    except (UsersError, LookupError) as error:
        raise UseError(str(error)) from None


def _door(users: Path | None, record: Path) -> Door:
    """Who is let in."""
    from dateline.serve.signing_in import GuardedDoor, OpenDoor
    from dateline.serve.users import Roster, UsersError

    if users is None:
        return OpenDoor()
    try:
        roster = Roster(users)
    except UsersError as error:
        raise UseError(str(error)) from None
    if not roster.accounts():
        raise UseError(f"{users} has no user: add one with `dateline users {users} NAME --role admin`")
    if users.stat().st_mode & 0o044:
        note(f"{users} can be read by others on this machine: `chmod 600 {users}`")
    return GuardedDoor(roster, cookie="dateline-" + hashlib.sha256(str(record.resolve()).encode()).hexdigest()[:8])


def _names(host: str, given: Sequence[str], users: Path | None) -> frozenset[str]:
    """The names by which it may be asked for: those of this machine, the address it listens at, and those given."""
    if given and users is None:
        raise UseError("--host-name lets others than this machine in: give --users FILE too")
    if host in EVERYWHERE and not given:
        raise UseError(f"--host {host} has no name: give the one by which it is reached with --host-name")
    return frozenset((*LOOPBACK, *given, *(() if host in EVERYWHERE else (host,))))


def _site(
    names: frozenset[str],
    door: Door,
    *,
    behind_proxy: bool,
    originals_url: str | None,
    pages: socket.socket,
    saved: socket.socket,
) -> Site:
    from dateline.serve.originals import Originals
    from dateline.serve.running import Site

    port = pages.getsockname()[1]
    frames = [
        f"{scheme}://{_bracketed(name)}{end}" for name in sorted(names) for scheme, end in _ways(port, behind_proxy)
    ]
    origin = originals_url.rstrip("/") if originals_url else None if behind_proxy else f"http://{_shown(saved, names)}"
    originals = Originals(origin, secrets.token_bytes(32)) if origin else None
    return Site(names, door, behind_proxy, originals, tuple(frames))


def _ways(port: int, behind_proxy: bool) -> Sequence[tuple[str, str]]:
    """Schemes and ports by which the pages are reached."""
    return [("http", f":{port}"), *([("https", "")] if behind_proxy else [])]


def _listen(host: str, port: int, option: str) -> socket.socket:
    from dateline.serve.running import listen

    try:
        return listen(host, port)
    except OSError as error:
        why = {
            errno.EADDRINUSE: f"port {port} of {host} is taken: give another with {option}, or {option} 0 for a free one",
            errno.EACCES: f"port {port} is not for this user: give one of 1024 or more with {option}",
            errno.EADDRNOTAVAIL: f"--host {host} is no address of this machine",
        }
        raise UseError(why.get(error.errno or 0, f"--host {host}: {error.strerror}")) from None


def _shown(listening: socket.socket, names: frozenset[str] = frozenset()) -> str:
    """The address and port of a socket, as in a URL; one that listens everywhere by the first of `names` that is others'."""
    address, port = listening.getsockname()[:2]
    others = sorted(names - set(LOOPBACK))
    return f"{_bracketed(others[0] if address in EVERYWHERE and others else address)}:{port}"


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address

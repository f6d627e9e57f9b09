from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.testing import TestClient

from dateline.cli import main
from dateline.serve.app import application
from dateline.serve.served import Served
from dateline.serve.signing_in import SESSION, TRIES, TRIES_WITHIN, GuardedDoor, own_path
from dateline.serve.users import (
    Hashed,
    NotSignedIn,
    Role,
    Roster,
    User,
    UsersError,
    add_user,
    read_users,
    remove_user,
    write_users,
)
from tests.serve.routes import READING, Route, as_connection, routes

Client = TestClient[Any]
NEEDS = {("GET", "/users"): Role.ADMIN}
"""Routes that need more than reading (reader) and writing (reviewer) do."""


class Clock:
    """A clock that a test puts on."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A token of each role, and where their file is."""
    path = tmp_path_factory.mktemp("users") / "users.toml"
    return {"file": str(path), **{role.value: add_user(path, f"The {role.value}", role) for role in Role}}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tokens: dict[str, str], tmp_path: Path) -> Path:
    """A copy of the file of users that a test may change."""
    path = tmp_path / "users.toml"
    path.write_bytes(Path(tokens["file"]).read_bytes())
    path.chmod(0o600)
    return path


@pytest.fixture
def guarded(served: Served, file: Path, clock: Clock) -> Iterator[Client]:
    """A client of the record, of which nobody is known."""
    door = GuardedDoor(Roster(file), cookie="dateline-test", clock=clock)
    with TestClient(application(served, door=door), raise_server_exceptions=False) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def sign_in(client: Client, token: str, onward: str = "/") -> Any:
    return client.post("/signin", data={"token": token, "next": onward}, follow_redirects=False)


# ------------------------------------------------------------ role x route
def test_every_role_may_what_it_may_on_every_route(guarded: Client, tokens: dict[str, str]) -> None:
    found = {(str(route), role): _allowed(route, role) for route in routes(guarded.app) for role in (None, *Role)}
    assert len(found) > 20
    assert found == {(str(route), role): _meant(route, role) for route in routes(guarded.app) for role in (None, *Role)}


def _allowed(route: Route, role: Role | None) -> bool:
    """Whether the guards of a route let a user of this role in."""
    user = User("Somebody", role) if role else None
    connection = ASGIConnection[Any, Any, Any, Any](as_connection(method=route.method, user=user))  # type: ignore[arg-type]
    try:
        asyncio.run(route.handler.authorize_connection(connection))
    except NotSignedIn:
        return False if role is None else pytest.fail(f"{route} does not know the {role}")
    except PermissionDeniedException:
        return False
    return True


def _meant(route: Route, role: Role | None) -> bool:
    if route.open:
        return route.path in ("/static/{name:str}", "/signin", "/signout")
    needed = NEEDS.get((route.method, route.path), Role.READER if route.method in READING else Role.REVIEWER)
    return role is not None and User(None, role).may(needed)


def test_whoever_has_not_signed_in_is_led_to_sign_in_from_every_page_and_refused_by_the_api(guarded: Client) -> None:
    for route in routes(guarded.app):
        if route.open or route.method == "OPTIONS":
            continue
        answer = guarded.request(route.method, route.at({}), follow_redirects=False)
        if route.path.startswith("/api/") or route.method not in READING:
            assert answer.status_code == 401, route
            assert answer.headers["www-authenticate"].startswith("Bearer")
        else:
            assert (answer.status_code, answer.headers["location"][:13]) == (303, "/signin?next="), route
        assert "january" not in answer.text


def test_no_page_tells_the_name_of_the_record_to_whoever_has_not_signed_in(guarded: Client) -> None:
    for path in ("/signin", "/nothing", "/e/1/2/3"):
        assert "january" not in guarded.get(path).text, path


def test_where_nobody_signs_in_everybody_is_a_reviewer_under_the_name_they_give(client: Client) -> None:
    anybody = User(None, Role.REVIEWER)
    assert (anybody.may_review, anybody.may(Role.ADMIN), anybody.signs("Mina")) == (True, False, "Mina")
    assert anybody.may_undo("another")
    assert client.get("/").status_code == 200
    assert client.get("/signin").status_code == 404


def test_a_reviewer_decides_under_their_own_name_and_takes_back_their_own() -> None:
    mina = User("Mina", Role.REVIEWER)
    assert mina.signs("somebody else") == "Mina"
    assert (mina.may_undo("Mina"), mina.may_undo("Ada")) == (True, False)
    assert User("Ada", Role.ADMIN).may_undo("Mina")
    assert not User("Eve", Role.READER).may_undo("Eve")


# ------------------------------------------------------------ tokens
def test_a_token_lets_its_user_in(guarded: Client, tokens: dict[str, str]) -> None:
    assert guarded.get("/api/v1/events", headers=bearer(tokens["reader"])).status_code == 200
    assert guarded.get("/users", headers=bearer(tokens["reader"])).status_code == 403
    shown = guarded.get("/users", headers=bearer(tokens["admin"]))
    assert (shown.status_code, "The reviewer" in shown.text) == (200, True)


def test_a_wrong_token_is_refused_and_too_many_of_them_make_wait(
    guarded: Client, tokens: dict[str, str], clock: Clock
) -> None:
    wrong = bearer(tokens["reader"][:-1] + ("a" if tokens["reader"][-1] != "a" else "b"))
    found = [guarded.get("/api/v1/events", headers=wrong).status_code for _ in range(TRIES + 1)]
    assert found == [401] * TRIES + [429]
    refused = guarded.get("/api/v1/events", headers=bearer(tokens["reader"]))
    assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
    clock.now += TRIES_WITHIN + 1
    assert guarded.get("/api/v1/events", headers=bearer(tokens["reader"])).status_code == 200


def test_whoever_was_let_in_before_does_not_wait_for_the_mistakes_of_others(
    guarded: Client, tokens: dict[str, str]
) -> None:
    assert guarded.get("/", headers=bearer(tokens["admin"])).status_code == 200
    for _ in range(TRIES):
        guarded.get("/", headers=bearer("x.y"))
    assert guarded.get("/", headers=bearer("x.y")).status_code == 429
    assert guarded.get("/", headers=bearer(tokens["admin"])).status_code == 200


def test_a_token_is_hashed_once(guarded: Client, tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    holds = Hashed.holds

    def counting(hashed: Hashed, secret: str) -> bool:
        asked.append(hashed.key)
        return holds(hashed, secret)

    monkeypatch.setattr(Hashed, "holds", counting)
    for _ in range(5):
        guarded.get("/", headers=bearer(tokens["reader"]))
    assert asked == [tokens["reader"].split(".")[0]]


@pytest.mark.parametrize("odd", ["", ".", "é.ü", "a" * 5000, "f" * 8 + "." + "\x7f" * 9, "Bearer Bearer"])
def test_an_odd_token_is_a_wrong_one(guarded: Client, odd: str) -> None:
    assert guarded.get("/api/v1/events", headers={b"Authorization": f"Bearer {odd}".encode()}).status_code == 401
    assert sign_in(guarded, odd).status_code == 401


# ------------------------------------------------------------ sessions
def test_signing_in_begins_a_session_and_leads_to_what_was_asked_for(guarded: Client, tokens: dict[str, str]) -> None:
    asked = guarded.get("/?type=ASSAULT", follow_redirects=False)
    assert asked.headers["location"] == "/signin?next=%2F%3Ftype%3DASSAULT"
    assert 'value="/?type=ASSAULT"' in guarded.get(asked.headers["location"]).text
    answer = sign_in(guarded, tokens["reader"], "/?type=ASSAULT")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?type=ASSAULT")
    assert guarded.get("/").status_code == 200
    assert "The reader" in guarded.get("/signin").text


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(
    served: Served, file: Path, tokens: dict[str, str]
) -> None:
    door = GuardedDoor(Roster(file), cookie="dateline-test")
    with TestClient(application(served, door=door), base_url="https://desk.example") as client:
        cookie = sign_in(client, tokens["reader"]).headers["set-cookie"]
        assert cookie.startswith("__Host-dateline-test=")
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
        assert client.get("/").status_code == 200


def test_a_session_ends_by_signing_out_and_by_time(guarded: Client, tokens: dict[str, str], clock: Clock) -> None:
    sign_in(guarded, tokens["reader"])
    held = dict(guarded.cookies)
    assert guarded.post("/signout", follow_redirects=False).status_code == 303
    guarded.cookies.update(held)
    assert guarded.get("/", follow_redirects=False).status_code == 303
    sign_in(guarded, tokens["reader"])
    clock.now += SESSION
    assert guarded.get("/", follow_redirects=False).status_code == 303


def test_who_is_taken_out_or_given_another_role_is_out_at_once(
    guarded: Client, tokens: dict[str, str], file: Path
) -> None:
    sign_in(guarded, tokens["reviewer"])
    assert guarded.get("/").status_code == 200
    remove_user(file, "The reviewer")
    assert guarded.get("/", follow_redirects=False).status_code == 303
    assert guarded.get("/api/v1/events", headers=bearer(tokens["reviewer"])).status_code == 401


def test_nobody_is_let_in_while_the_file_of_users_cannot_be_read(
    guarded: Client, tokens: dict[str, str], file: Path
) -> None:
    assert guarded.get("/", headers=bearer(tokens["admin"])).status_code == 200
    kept = file.read_bytes()
    file.write_text("user = 1")
    assert guarded.get("/", headers=bearer(tokens["admin"])).status_code == 401
    file.write_bytes(kept)
    assert guarded.get("/", headers=bearer(tokens["admin"])).status_code == 200


@pytest.mark.parametrize(
    "onward",
    [
        "//elsewhere.example",
        "https://elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "",
        "x",
        "/a\r\nB: c",
        "http:/x",
        "///x",
    ],
)
def test_signing_in_leads_nowhere_else(guarded: Client, tokens: dict[str, str], onward: str) -> None:
    assert own_path(onward) == "/"
    assert sign_in(guarded, tokens["reader"], onward).headers["location"] == "/"


def test_another_site_cannot_sign_anybody_in_or_out(guarded: Client, tokens: dict[str, str]) -> None:
    for path in ("/signin", "/signout"):
        answer = guarded.post(path, data={"token": tokens["reader"]}, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


# ------------------------------------------------------------ the file
def test_the_file_is_for_its_owner_and_holds_no_token(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    token = add_user(path, 'Zoë "Z" \\', Role.REVIEWER)
    assert path.stat().st_mode & 0o777 == 0o600
    assert token.split(".")[1] not in path.read_text("utf-8")
    assert "$scrypt$n=16384,r=8,p=1$" in path.read_text("utf-8")
    assert [(one.user.name, one.user.role) for one in read_users(path)] == [('Zoë "Z" \\', Role.REVIEWER)]


def test_a_user_who_is_there_gets_a_new_token_and_the_old_one_is_worth_nothing(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    old, new = add_user(path, "Mina", Role.READER), add_user(path, "Mina", Role.ADMIN)
    (only,) = read_users(path)
    assert (only.user.role, only.token.holds(new.split(".")[1]), only.token.holds(old.split(".")[1])) == (
        Role.ADMIN,
        True,
        False,
    )


def test_what_was_written_is_read_as_it_was(file: Path) -> None:
    before = read_users(file)
    write_users(file, before)
    assert read_users(file) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("user = 1", "tables [[user]]"),
        ("[[users]]\nname = 'x'", "tables [[user]]"),
        ("[[user]]\nname = 'x'", "has name, role and token"),
        ("[[user]]\nname = ''\nrole = 'reader'\ntoken = ''", "1 to 80 characters"),
        ("[[user]]\nname = 'x'\nrole = 'king'\ntoken = ''", "none of reader, reviewer, admin"),
        ("[[user]]\nname = 'x'\nrole = 'admin'\ntoken = 'plain'", "make a new one"),
        ("[[user", "users.toml:"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text)
    with pytest.raises(UsersError) as refused:
        read_users(path)
    assert says in str(refused.value)


def test_hashes_that_would_eat_the_memory_are_refused(file: Path) -> None:
    file.write_text(file.read_text().replace("n=16384", "n=4194304"))
    with pytest.raises(UsersError, match="cannot be computed here"):
        read_users(file)


def test_a_file_that_others_can_change_is_refused(file: Path) -> None:
    os.chmod(file, 0o620)  # noqa: PTH101 - the mode is what matters
    with pytest.raises(UsersError, match="chmod 600"):
        read_users(file)


# ------------------------------------------------------------ commands
def test_the_command_adds_shows_and_removes_users(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "users.toml")
    assert main(["users", path, "Mina", "--role", "reviewer"]) == 0
    token = capsys.readouterr().out.strip()
    assert read_users(Path(path))[0].token.holds(token.split(".")[1])
    assert main(["users", path]) == 0
    assert capsys.readouterr().out == "Mina\treviewer\n"
    assert main(["users", path, "Mina", "--remove"]) == 0
    assert read_users(Path(path)) == []
    assert main(["users", path, "Mina", "--remove"]) == 2
    assert main(["users", path, "Mina", "--role", "king"]) == 2

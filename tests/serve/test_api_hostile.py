"""Whatever stands in an address, no answer is an error of ours: it is refused in words or finds nothing."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote_from_bytes, unquote

import pytest
from litestar import Litestar

from dateline.querying import PARAMETERS
from dateline.serve.api.nouns import NOUNS
from dateline.serve.api.parameters import OWN
from dateline.serve.app import application
from dateline.serve.served import Served

PAYLOADS: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \t\r\n",
    "a quotation mark": b"'",
    "sql": b"' OR '1'='1' --",
    "sql that writes": b"'; DROP TABLE events; --",
    "sql that joins": b"x' UNION SELECT sha256, source FROM captures --",
    "sql by its parameters": b":it ?1 @x $y",
    "like": b"%_%",
    "glob": b"*?[a-z]",
    "fts5 operators": b"AND OR NOT NEAR",
    "fts5 near": b"NEAR(a b, 5)",
    "fts5 column": b"words : attack*",
    "fts5 brackets": b'((((("',
    "fts5 caret and plus": b'^one + two* {words} : "a" -"b',
    "fts5 minus": b"- -- ---",
    "many words": b"word " * 59,
    "many minuses": b"-a " * 99,
    "a NUL": b"\x00",
    "a NUL within": b"IR\x00AN",
    "not a number": b"nan",
    "infinity": b"-inf",
    "a huge number": b"9" * 280,
    "a number beyond 64 bits": b"9223372036854775808",
    "a negative number": b"-1",
    "exponents": b"1e309,1e309,1e309,1e309",
    "a box of nan": b"nan,nan,nan,nan",
    "half a surrogate pair": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe\xc0\xaf",
    "beyond Unicode": b"\xf4\x90\x80\x80",
    "right to left": "\u202e\u0661\u0662".encode(),
    "other digits": "١٢٣".encode(),
    "letters that grow": "ΐﬃ".encode() * 40,
    "combining marks": "e\u0301".encode() * 90,
    "300 letters": b"x" * 300,
    "301 letters": b"x" * 301,
    "backtracking": b"a" * 290 + b"!",
    "backtracking of quotation marks": b'"' * 299,
    "equals": b"=",
    "equals twice": b"==",
    "a path": b"../../../../etc/passwd",
    "a template": b"{{7*7}}${7*7}<%= 7*7 %>",
    "a script": b"<script>alert(1)</script>",
    "a header": b"x\r\nSet-Cookie: a=b",
    "a day that is none": b"2020-02-30",
    "the last year": b"9999-12-31",
    "the year nought": b"0000-00-00",
    "a week": b"2020-W01-1",
    "json": b'["\\ud800"]',
    "a cursor of too great numbers": b"Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OTld",
    "a cursor of another list": b"WyJhIiwiYiIsImMiXQ",
    "a cursor of half a surrogate": b"WyJcdWQ4MDAiXQ",
    "a cursor of a NUL": b"WyJcdTAwMDAiXQ",
    "a cursor of nothing": b"W10",
}
ALLOWED = {200, 400, 404, 406, 414}


@pytest.fixture(scope="module")
def app(served: Served) -> Litestar:
    return application(served)


def ask(app: Litestar, path: bytes, query: bytes = b"", headers: tuple[tuple[bytes, bytes], ...] = ()) -> int:
    """The status of an answer to an address that no client would send."""
    told: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False} if not told else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": _decoded(path),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    status: int = told[0]["status"]
    assert told[-1].get("more_body", False) is False
    return status


def _decoded(path: bytes) -> str:
    """The path as a server gives it."""
    return unquote(path.decode("ascii"))


NAMES = [*PARAMETERS, *OWN, "limit", "after", "spans", "nonsense"]


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_a_parameter_is_an_error_of_ours(name: str, app: Litestar) -> None:
    paths = [b"/api/v1/events", b"/api/v1/facets", *_narrowed(name)]
    for what, payload in PAYLOADS.items():
        for path in paths:
            status = ask(app, path, f"{name}={quote_from_bytes(payload, safe='')}".encode())
            assert status in ALLOWED, (path, what)


def _narrowed(name: str) -> list[bytes]:
    """The lists that a parameter narrows, and of those that all take one more of each kind."""
    if name in OWN:
        return [f"/api/v1/{noun.name}".encode() for noun in NOUNS.values() if name in noun.narrowed]
    if name == "after":
        return [f"/api/v1/{noun}".encode() for noun in NOUNS]
    return [b"/api/v1/claims", b"/api/v1/reports.csv"] if name in ("actor", "text", "limit") else []


@pytest.mark.parametrize("noun", NOUNS)
def test_no_id_is_an_error_of_ours(noun: str, app: Litestar) -> None:
    for what, payload in PAYLOADS.items():
        for tail in (b"", b".csv", b"/history", b"/why"):
            assert ask(app, f"/api/v1/{noun}/{quote_from_bytes(payload, safe='')}".encode() + tail) in ALLOWED, what


@pytest.mark.parametrize(
    "query",
    [
        *(
            b"%",
            b"%zz",
            b"%u0041",
            b"&&&&",
            b"=",
            b"=x",
            b"type",
            b"type=%",
            b"actor=%E0%A4%A",
            b"a=1;b=2",
            b"\xff\xfe",
        ),
        *(b"type=ASSAULT&type=ASSAULT", b"type=ASSAULT&" * 41, b"from=2020-01-01&from=2020-01-02", b"text=a&text=b"),
        *(b"TYPE=ASSAULT", b"type[]=ASSAULT", b"type%00=ASSAULT", b"type=ASSAULT%26limit%3D1", b"__proto__=1"),
        *(b"limit=1&limit=2", b"after=a&after=b", b"x=" + b"y" * 7000, b"x=" + b"y" * 9000, b"&".join([b"a=1"] * 1500)),
    ],
)
def test_no_query_is_an_error_of_ours(query: bytes, app: Litestar) -> None:
    for path in (
        b"/api/v1/events",
        b"/api/v1/claims.csv",
        b"/api/v1/facets",
        b"/api/v1/events/e1",
        b"/api/v1/openapi.json",
    ):
        assert ask(app, path, query) in ALLOWED, path


@pytest.mark.parametrize(
    "path",
    [
        *(
            b"/api/v1/..%2f..%2fetc/passwd",
            b"/api/v1/events/..%2f..%2frecord.db",
            b"/api/v1/%2e%2e/%2e%2e/",
            b"/api/v1//",
        ),
        *(b"/api/v1/events/%00", b"/api/v1/events%00.csv", b"/api/v1/events."),
        *(b"/api/v1/events..csv", b"/api/v1/events.csv.csv", b"/api/v1/events.CSV", b"/api/v1/events.%63%73%76x"),
        *(b"/api/v1/actors/a/b/c", b"/api/v1/actors/..%2f..", b"/api/v1/places/.csv", b"/api/v1/changes/1.csv/x"),
        *(
            b"/api/v1/%ff%fe",
            b"/api/v1/%ED%A0%80",
            b"/api/v1/" + b"x" * 9000,
            b"/api/v1/decisions/1%20",
            b"/api/v1/problems/.",
        ),
        *(
            b"/api/v1/events/e/history.xml",
            b"/api/v1/events/e/why/x",
            b"/api/v1/events/facets/x",
            b"/api/v2/events",
            b"/api/",
        ),
    ],
)
def test_no_path_is_an_error_of_ours(path: bytes, app: Litestar) -> None:
    assert ask(app, path) in {400, 404, 406, 414}


@pytest.mark.parametrize("path", [b"/api/v1/events//", b"/api/v1/events/%2F", b"/api/v1//events"])
def test_slashes_that_say_nothing_are_no_error_of_ours(path: bytes, app: Litestar) -> None:
    assert ask(app, path) in ALLOWED


@pytest.mark.parametrize("name", [b"accept", b"if-none-match", b"last-event-id", b"range", b"if-modified-since"])
def test_no_header_is_an_error_of_ours(name: bytes, app: Litestar) -> None:
    values = [
        *PAYLOADS.values(),
        b";;;,,,",
        b"text/csv;q=",
        b"*/*;q=1;q=2",
        b"a/b;" * 900,
        b",".join([b"text/html"] * 900),
    ]
    for value in values:
        assert ask(app, b"/api/v1/events", headers=((name, value),)) in {200, 304, 406}, value

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

Client = TestClient[Any]


def test_the_first_page_lists_the_events_by_day(client: Client) -> None:
    text = client.get("/").text
    assert "32 events" in text
    assert text.index("Kataib Hezbollah") < text.index("Tehran")


def test_every_answer_says_that_nothing_from_elsewhere_is_loaded_or_run(client: Client) -> None:
    for path in ("/", "/nothing", "/api/v1/events", "/api/v1/events?type=x"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'"), path
        assert headers["x-content-type-options"] == "nosniff"


def test_a_filter_that_cannot_be_meant_is_refused_with_what_is_allowed(client: Client) -> None:
    page, answer = client.get("/?type=assalt"), client.get("/api/v1/events?type=assalt")
    assert (page.status_code, answer.status_code) == (400, 400)
    assert "did you mean ASSAULT?" in page.text
    assert answer.json()["detail"].endswith("did you mean ASSAULT?")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}])
def test_a_page_of_another_site_cannot_write(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers).status_code in (403, 405)

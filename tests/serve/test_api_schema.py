"""The description of the API is true: what it describes is what is answered, to good and bad questions alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest
import schemathesis
from litestar import Litestar
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from dateline.querying import PARAMETERS
from dateline.serve.api.forms import FORMS
from dateline.serve.api.nouns import NOUNS
from dateline.serve.api.parameters import OWN
from dateline.serve.api.schema import openapi
from dateline.serve.app import application
from dateline.serve.served import Served

DESCRIPTION = json.loads(openapi())
PATHS = [path for path in DESCRIPTION["paths"] if not path.endswith("/stream")]
LISTS_TO_THE_EDGE = {"/api/v1/events", "/api/v1/claims.{form}", "/api/v1/events/{id}/history", "/api/v1/facets"}
"""Lists whose parameters are asked at all edges of what is described, some 450 questions each: all take the same ones."""
REFUSING = ["400", "404", "405", "406", "414"]


def _config(path: str) -> SchemathesisConfig:
    """Good data may be refused: an event that is not there, a first day after the last."""
    takes_filters = len(DESCRIPTION["paths"][path]["get"]["parameters"]) > 10
    return SchemathesisConfig.from_dict(
        {
            "seed": 7,
            "generation": {"deterministic": True, "max-examples": 8, "no-shrink": True},
            "phases": {
                "stateful": {"enabled": False},
                "coverage": {"enabled": path in LISTS_TO_THE_EDGE or not takes_filters},
            },
            "checks": {
                "positive_data_acceptance": {"enabled": False},
                "negative_data_rejection": {"expected-statuses": REFUSING},
            },
        }
    )


def test_the_page_of_the_api_names_every_list_form_and_parameter() -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    names = [*(f"/api/v1/{noun}" for noun in NOUNS), *(f".{form}" for form in FORMS), *PARAMETERS, *OWN]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_parameter_and_every_answer_is_told_with_an_example() -> None:
    for path, methods in DESCRIPTION["paths"].items():
        for one in methods["get"]["parameters"]:
            told = DESCRIPTION["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            assert told["description"], path
            assert "example" in told or told["name"] == "after", (path, told["name"])
        for status, answer in methods["get"]["responses"].items():
            assert answer["description"], path
            assert all("example" in body or "examples" in body for body in answer.get("content", {}).values()), status


def test_every_example_is_of_its_schema() -> None:
    checked = 0
    for methods in DESCRIPTION["paths"].values():
        for answer in methods["get"]["responses"].values():
            for body in answer.get("content", {}).values():
                if "example" in body:
                    schema = {**body["schema"], "components": DESCRIPTION["components"]}
                    jsonschema_rs.validate(schema, body["example"])
                    checked += 1
    assert checked > len(PATHS)


@pytest.fixture(scope="module")
def app(served: Served) -> Litestar:
    return application(served)


@pytest.mark.parametrize("path", PATHS)
def test_what_is_described_is_what_is_answered(path: str, app: Litestar) -> None:
    assert list(_failures(path, app)) == []


def _failures(path: str, app: Litestar) -> Iterator[str]:
    """What Schemathesis finds fault with, asked by examples, at the edges of what is described, and at random."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=_config(path)).include(path=path)
    asked = 0
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            yield str(event.info)
        if isinstance(event, ScenarioFinished):
            asked += len(event.recorder.cases)
            yield from _failed(event)
    assert asked > 0


def _failed(event: ScenarioFinished) -> Iterator[str]:
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                yield f"{check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"

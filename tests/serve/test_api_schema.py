"""The description of the API is true: what it describes is what is answered, to good and bad questions alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from litestar import Litestar
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from dateline.serve.api.schema import openapi
from dateline.serve.app import application
from dateline.serve.served import Served

DESCRIPTION = json.loads(openapi())
PATHS = [path for path in DESCRIPTION["paths"] if not path.endswith("/stream")]
CONFIG: dict[str, Any] = {
    "seed": 7,
    "generation": {"deterministic": True, "max-examples": 8, "no-shrink": True},
    "phases": {"stateful": {"enabled": False}},
    "checks": {"positive_data_acceptance": {"enabled": False}},
}
"""Good data may be refused: an event that is not there, a first day after the last."""


@pytest.fixture(scope="module")
def app(served: Served) -> Litestar:
    return application(served)


@pytest.mark.parametrize("path", PATHS)
def test_what_is_described_is_what_is_answered(path: str, app: Litestar) -> None:
    assert list(_failures(path, app)) == []


def _failures(path: str, app: Litestar) -> Iterator[str]:
    """What Schemathesis finds fault with, asked by examples, at the edges of what is described, and at random."""
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG)
    ).include(path=path)
    asked = 0
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            yield str(event.info)
        if isinstance(event, ScenarioFinished):
            asked += len(event.recorder.cases)
            yield from _failed(event)
    assert asked > 0


def _failed(event: ScenarioFinished) -> Iterator[str]:
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                yield f"{check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"

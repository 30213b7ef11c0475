"""Whatever is sent, the interface answers as its description says, and never breaks."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from silian.composition.portal.api.site import api
from silian.foundation.kernel import api_door
from tests.composition.portal.api.stage import listing_body, machine_of
from tests.operations.exchange.match_events.stage import announced
from tests.operations.exchange.negotiations.stage import opened
from tests.world import World

BY_TOKEN, BY_VISITOR = 10, 4  # requests of each mode to each operation
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
DESCRIPTION = api.get_openapi_schema()
OPERATIONS = sorted(
    (method.upper(), path) for path, methods in DESCRIPTION["paths"].items() for method in methods
)


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The site as a WSGI application that stays inside the transaction of the test."""
    response = ClientHandler(enforce_csrf_checks=True)(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


@pytest.fixture(scope="module")
def described() -> Any:
    """The description as the fuzzer reads it."""
    load_all_checks()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=application)


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_door, "VISITOR_USES", 10**9)
    monkeypatch.setattr(api_door, "TOKEN_USES", 10**9)


def fuzz(operation: Any, *, mode: GenerationMode, headers: dict[str, str], examples: int) -> None:
    """Send generated requests and hold every answer against the description."""

    @seed(20260318)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        response = case.call(headers=headers)
        assert response.status_code < 500, case.as_curl_command()
        case.validate_response(response, checks=CHECKS)

    send()


def modes_of(method: str, path: str) -> list[GenerationMode]:
    """Right requests, and wrong ones where an operation has anything that can be wrong."""
    found = DESCRIPTION["paths"][path][method.lower()]
    has_input = found["parameters"] or "requestBody" in found
    return [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if has_input else [])]


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_no_request_breaks_the_interface(
    world: World, described: Any, method: str, path: str
) -> None:
    opened(world)
    announced(world)
    machine = machine_of(world.enterprise)
    machine.post("/listings", listing_body(external_id="A"))
    operation = described[path][method.lower()]
    for mode in modes_of(method, path):
        fuzz(operation, mode=mode, headers=machine.headers(), examples=BY_TOKEN)
        fuzz(operation, mode=mode, headers={}, examples=BY_VISITOR)

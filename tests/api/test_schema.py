"""Whatever is sent, the API answers as its own schema says, and never with an error of ours."""

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests import permissions

from gyoryu.api import door

EXAMPLES = int(os.environ.get("GYORYU_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
pytestmark = [
    pytest.mark.django_db,
    # The client of the fuzzer lets go of a file without closing it.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="fuzzed once, on SQLite"),
]


@pytest.fixture
def app():
    return get_wsgi_application()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("desk", door.desks, ids=lambda desk: desk.operations[0].path)
def test_no_server_error_and_no_undocumented_answer(app, desk, mode, settings):
    settings.API_CALLS = 1_000_000
    world = permissions.World()
    secret = permissions._token_of(world, "approver")[1]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    own = {(one.method, f"/api/v1/{one.path}"): one for one in desk.operations}
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) in own:
            _fuzz(operation, mode, world, secret)
            asked += 1
    assert asked == len(own)


def _fuzz(operation, mode, world, secret):
    """Send what hypothesis makes of the schema, half of it to records that are there."""
    there = permissions.numbers(world, operation.path)

    @given(case=operation.as_strategy(generation_mode=mode))
    @bounded(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def sent(case):
        if there and case.path_parameters:
            case.path_parameters = {**case.path_parameters, **there}
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {secret}"}
        with transaction.atomic():
            reply = case.call()
            transaction.set_rollback(True)
        case.validate_response(reply, checks=CHECKS)

    sent()

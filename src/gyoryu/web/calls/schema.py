"""The OpenAPI document, put together from what every operation tells of itself."""

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from gyoryu.web.calls import problems
from gyoryu.web.calls.desk import Desk
from gyoryu.web.calls.operation import Operation, Told

JSON = "application/json"
SECURITY = "token"


def document(desks: Iterable[Desk]) -> Told:
    """Return the document in the language that is active now."""
    desks = list(desks)
    shapes = {one.shape for desk in desks for one in desk.operations if one.shape}
    # All at once, so that two shapes of one name are kept apart.
    ordered = sorted(shapes, key=lambda shape: (shape.__module__, shape.__name__))
    places, found = models_json_schema(
        [(shape, "serialization") for shape in ordered],
        ref_template="#/components/schemas/{model}",
    )
    told = {shape: places[(shape, "serialization")] for shape in ordered}
    paths: Told = {}
    for desk in desks:
        for one in desk.operations:
            paths.setdefault(one.address, {})[one.method.lower()] = _operation(desk, one, told)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gyoryu", "version": "1"},
        "servers": [{"url": "/"}],
        "tags": [{"name": str(desk.title)} for desk in desks],
        "security": [{SECURITY: []}],
        "paths": paths,
        "components": {
            "schemas": {**found["$defs"], "Problem": problems.SCHEMA},
            "responses": {str(status): _problem(status) for status in problems.STATUSES},
            "securitySchemes": {SECURITY: {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(desk: Desk, one: Operation, shapes: dict[Any, Any]) -> Told:
    asks = one.asks()
    file = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    content = {JSON: {"schema": shapes[one.shape]}} if one.shape else file
    refused = {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in problems.STATUSES
    }
    return {
        "operationId": one.name,
        "summary": str(one.title),
        "description": f"`{one.may}`",
        "tags": [str(desk.title)],
        **asks,
        "parameters": [*one.parameters(), *asks.get("parameters", [])],
        "responses": {
            str(one.status): {"description": problems.title(one.status), "content": content},
            **refused,
        },
    }


def _problem(status: int) -> Told:
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": problems.title(status), "content": {problems.MEDIA: schema}}

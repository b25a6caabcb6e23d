"""The API as a program meets it: every list, its deepest page, a record of each, and a write."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from gyoryu.doors.benches.screens import LISTS, OK, deepest, signed_in
from gyoryu.doors.benches.values import Timed, timed

OFFICER = "officer@gyoryu.example"
MADE = count(1)


def measure() -> Iterator[Timed]:
    """Call with a token of an officer who may read and write."""
    from django.test import Client  # noqa: PLC0415 (the environment is set first)

    browser, program = signed_in(OFFICER), Client(headers={"Authorization": f"Bearer {_secret()}"})
    for name in LISTS:
        yield timed(f"GET {name}", partial(program.get, f"/api/v1/{name}"))
        _path, _, query = deepest(browser, f"/{name}/").partition("?")
        yield timed(f"GET {name}, deepest page", partial(program.get, f"/api/v1/{name}?{query}"))
        rows = program.get(f"/api/v1/{name}").json()["items"]
        # Some have no address of their own: a request is told with its engagement.
        if rows and _one(program, name, rows[0]["id"]).status_code == OK:
            yield timed(f"GET one of {name}", partial(_one, program, name, rows[0]["id"]))
    yield timed("POST organisations", partial(_post, program), answers=201)


def _one(program: Any, name: str, pk: int) -> Any:
    return program.get(f"/api/v1/{name}/{pk}")


def _post(program: Any) -> Any:
    number = next(MADE)
    body = {"kind": "company", "name_ko": f"호출 측정 {number}"}
    return program.post(
        "/api/v1/organisations",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": f"bench-{id(program)}-{number}"},
    )


def _secret() -> str:
    from gyoryu.accounts.actions import tokens  # noqa: PLC0415
    from gyoryu.accounts.models import Token, User  # noqa: PLC0415
    from gyoryu.web import clock  # noqa: PLC0415

    officer, today = User.objects.get(email=OFFICER), clock.today()
    scopes = [
        scope for scope in Token.Scope.values if officer.access.may(f"{scope.split('.')[0]}.view")
    ]
    _token, secret = tokens.make(
        "측정", scopes, today + timedelta(days=1), on=today, by=officer, at=clock.now()
    )
    return secret

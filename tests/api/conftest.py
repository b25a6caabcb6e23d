"""Somebody's program: it calls with a token and reads JSON."""

import json
from datetime import date

import pytest
from django.test import Client, override_settings

from gyoryu.accounts.actions import tokens
from gyoryu.accounts.models import Token


class Program:
    """A client that sends a token and JSON, in the language asked for."""

    def __init__(self, secret, language="en"):
        self.client, self.secret, self.language = Client(), secret, language

    def ask(self, method, path, body=None, **headers):
        told = {"Accept-Language": self.language, **headers}
        if self.secret:
            told["Authorization"] = f"Bearer {self.secret}"
        more = {}
        if body is not None:
            more = {"data": json.dumps(body), "content_type": "application/json"}
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return self.client.generic(method, address, headers=told, **more)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, {} if body is None else body, **headers)

    def patch(self, path, body, **headers):
        return self.ask("PATCH", path, body, **headers)


def token_for(user, now, scopes=None, ends_on=date(2025, 12, 31)):
    if scopes is None:
        scopes = [one for one in Token.Scope if user.access.reaches(one)]
    return tokens.make("연계", scopes, ends_on, on=now.date(), by=user, at=now)


@pytest.fixture(scope="session", autouse=True)
def _static_files_have_a_folder(tmp_path_factory):
    """The server outlives each test's settings, and a fresh checkout has no folder for them."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture
def program(now):
    """A program of somebody's, let into all that its owner is, unless scopes are given."""

    def make(user, scopes=None, language="en"):
        _token, secret = token_for(user, now, scopes)
        return Program(secret, language)

    return make

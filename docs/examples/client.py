"""A client of Gyoryu's API: follows pages, makes a record once however often it asks."""

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib import error, request


class Refused(Exception):
    """What was not carried out; ``errors`` holds the reasons by field."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.errors: dict[str, list[str]] = problem["errors"]


class Gyoryu:
    def __init__(self, site: str, token: str, language: str = "ko") -> None:
        told = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self.site, self.headers = site, {**told, "Content-Type": "application/json"}

    def call(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        headers = {**self.headers, "Idempotency-Key": key or str(uuid.uuid4())}
        data = None if body is None else json.dumps(body).encode()
        try:
            asked = request.Request(self.site + path, data, headers, method=method)
            with request.urlopen(asked, timeout=30) as reply:
                return json.load(reply)
        except error.HTTPError as refusal:
            with refusal:
                raise Refused(json.load(refusal)) from refusal

    def rows(self, path: str | None) -> Iterator[dict[str, Any]]:
        while path:
            page = self.call("GET", path)
            yield from page["items"]
            path = page["next"]

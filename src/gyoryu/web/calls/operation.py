"""One operation, and how the schema tells of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gyoryu.web.calls.call import Call
from gyoryu.web.calls.shapes import Shape

ROOT = "/api/v1/"
KEY, LONGEST_KEY = "Idempotency-Key", 100
# What an address names by a word; everything else in it is a record's number.
WORDS = {"model", "when", "kind", "code"}
BIGGEST = 2**63 - 1
Told = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation: its address and method, what it is called, and what its token must allow.

    ``run`` carries it out, ``asks`` tells what it takes (parameters, body) in OpenAPI's words,
    ``shape`` is what it answers with; none is a file.
    """

    method: str
    path: str
    title: Any
    may: str
    run: Callable[[Call], Any]
    asks: Callable[[], Told] = dict
    shape: type[Shape] | None = None
    status: int = 200

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method != "GET"

    @property
    def address(self) -> str:
        """Its address, with the names of what stands in it."""
        return f"{ROOT}{self.path}"

    @property
    def names(self) -> list[str]:
        """What its address names."""
        return [one[1:-1] for one in self.path.split("/") if one.startswith("{")]

    @property
    def name(self) -> str:
        """The name by which a client knows it: get_agreements, post_agreements_by_pk_sign."""
        told = [f"by_{one[1:-1]}" if one.startswith("{") else one for one in self.path.split("/")]
        return "_".join([self.method.lower(), *told])

    def called(self, path: Told) -> str:
        """Name a call for the history: by numbers, not by what somebody typed."""
        address = self.address
        for name, value in path.items():
            if name not in WORDS:
                address = address.replace(f"{{{name}}}", str(value))
        return f"{self.method} {address}"

    def parameters(self) -> list[Told]:
        """Return what its address names, in OpenAPI's words."""
        number = {"type": "integer", "minimum": 1, "maximum": BIGGEST}
        word = {"type": "string", "minLength": 1, "maxLength": 80}
        return [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": "" if name in WORDS else _("The record's number."),
                "schema": word if name in WORDS else number,
            }
            for name in self.names
        ]

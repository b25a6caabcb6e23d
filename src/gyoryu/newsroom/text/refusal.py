"""The one way in which an input engine says no."""

from collections.abc import Mapping


class Unreadable(Exception):
    """The bytes cannot be read, for a reason the caller puts into words.

    `code` is a stable machine word ("too-large", "entities", …); `params` holds the plain values
    that a sentence in either language may need.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, str | int] = params

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({told})" if told else self.code

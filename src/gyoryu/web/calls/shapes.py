"""The shapes of records as programs read them."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field, create_model

from gyoryu.base.periods import Period
from gyoryu.web import forms


class Shape(Schema):
    """What is told of a record; read from the record's own attributes."""


def _typed(value: Any) -> Any:
    return forms.typed(value) if isinstance(value, Period) else value


PeriodText = Annotated[
    str,
    BeforeValidator(_typed),
    Field(description="A date as exactly as it is known: 2025-03-27, 2025-03, spring 2025, 2025."),
]


class Named(Shape):
    """Another record: its number, and its name in the language asked for."""

    id: int
    name: str

    @staticmethod
    def resolve_name(row: Any) -> str:
        """Name the record as screens do."""
        return row["name"] if isinstance(row, dict) else str(row)


class Saved(Shape):
    """The record that was made or changed."""

    id: int
    kind: str
    name: str
    href: str = Field("", description="Where it is read; empty where it has no address of its own.")


def page_of(row: type[Shape]) -> Any:
    """Return the shape of a page of a list."""
    return create_model(
        f"{row.__name__}Page",
        __base__=Shape,
        items=(list[row], Field(description="The rows of this page.")),  # type: ignore[valid-type]
        next=(
            str | None,
            Field(description="The address of the next page; null on the last."),
        ),
    )

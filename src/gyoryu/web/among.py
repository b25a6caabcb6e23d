"""A condition that names one record: chosen from a list while there are few, else by its name."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import units_called, units_under
from gyoryu.web.forms import LongSelect, PickField, PickInput, pick_label

# More than this nobody reads through; and each would be drawn on every visit of the list.
FEW = 60
ALL = _("All")


class AmongField(PickField):
    """One of some records, by number or name; ``options`` names the address of suggestions."""

    def __init__(
        self, *, rows: QuerySet[Any], find: Any, options: str, empty: Any, label: Any, few: int
    ) -> None:
        offered = list(rows[: few + 1])
        self.few = len(offered) <= few
        choices = [("", empty), *((one.pk, str(one)) for one in offered)]
        super().__init__(
            rows=rows,
            find=find,
            options=options,
            widget=LongSelect(choices=choices) if self.few else PickInput(reverse(options), empty),
            label=label,
            required=False,
            help_text="",
        )
        self.found: Model | None = None
        self.typed: Any = None
        if self.few:
            self.known = {one.pk: one for one in offered}

    def to_python(self, value: Any) -> Model | None:  # type: ignore[override]
        """Return the record that is meant; a bare number is one, as an address has it."""
        self.typed = value
        text = str(value or "").strip()
        # A number is never taken for a part of some other record's name.
        bare = (self._numbered(f"#{text}") or self._only([], text)) if text.isdecimal() else None
        self.found = bare or super().to_python(value)
        return self.found

    def prepare_value(self, value: Any) -> Any:
        """Show the record that was meant as it is offered."""
        if self.found is None:
            return value
        return str(self.found.pk) if self.few else pick_label(self.found)

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """What was typed, in words."""
        return [(self.typed, str(self.found))] if self.found else []


class Among(django_filters.Filter):
    """Keeps the rows of one record. ``rows`` returns, for a request, which may be named.

    Up to ``few`` are listed, else ``FEW``; of more, one is named.
    """

    def __init__(
        self,
        *,
        rows: Callable[[Any], QuerySet[Any]],
        find: Callable[[QuerySet[Any], str], Any],
        options: str,
        empty: Any = ALL,
        few: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.rows, self.find, self.options, self.empty = rows, find, options, empty
        self.few = few

    @property
    def field(self) -> AmongField:
        """The field, made for the reader who asks."""
        if "_field" not in self.__dict__:
            self._field = AmongField(
                rows=self.rows(self.parent.request),
                find=self.find,
                options=self.options,
                empty=self.empty,
                label=self.label,
                few=self.few or FEW,
            )
        return self._field


def among_units(capability: str, **kwargs: Any) -> Among:
    """Return the condition that names a department where the reader holds a capability.

    The filter has a method ``by_unit``.
    """

    def rows(request: Any) -> QuerySet[Any]:
        return units_under(request.user.access, capability)

    return Among(rows=rows, find=units_called, options="unit-options", method="by_unit", **kwargs)

"""Fields that read what people really type, and say what is wrong with it in their language."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.forms import ChoiceField as ChoiceField
from django.forms import MultipleChoiceField as MultipleChoiceField
from django.forms import URLField as URLField
from django.forms.renderers import TemplatesSetting
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names, periods
from gyoryu.base.periods import Period


class Renderer(TemplatesSetting):
    """Draws every field and error in the look of the house."""

    field_template_name = "web/field.html"


class Form(forms.Form):
    """A form whose text comes in composed Hangul (NFC), and whose errors have a summary."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Look up the records that were picked by number first, those of one kind in one query."""
        if self.is_bound:
            self._look_up()
        super().full_clean()

    def _look_up(self) -> None:
        asked: dict[str, list[tuple[PickField, int]]] = {}
        for name, field in self.fields.items():
            if isinstance(field, PickField) and (pk := field.number(self[name].data)):
                asked.setdefault(str(field.rows.query), []).append((field, pk))
        for alike in asked.values():
            found = {
                row.pk: row for row in alike[0][0].rows.filter(pk__in={pk for _f, pk in alike})
            }
            for field, _pk in alike:
                field.known = found


class TextField(forms.CharField):
    """A line or a paragraph of text, composed (NFC). Lines are kept in paragraphs."""

    def __init__(self, *, rows: int = 0, max_length: int = 200, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("error_messages", {}).setdefault(
            "max_length", _("This is %(show_value)d characters long; at most %(limit_value)d fit.")
        )
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """Compose the text and fold the blanks of each line."""
        text = super().to_python(value) or ""
        return "\n".join(names.nfc(line) for line in text.splitlines()).strip()


class PeriodField(forms.CharField):
    """A date as it is known: 2025-04-07, 2025-04, spring 2025, 2025."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "date", "autocomplete": "off"}))
        kwargs.setdefault(
            "help_text", _("A day, month, season or year: 2025-04-07, 2025-04, spring 2025, 2025.")
        )
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Period | None:  # type: ignore[override]
        """Return the period, or say what is wrong with it."""
        text = super().to_python(value)
        return read_period(text) if text else None

    def run_validators(self, value: Any) -> None:
        """The text's length was checked; a period needs no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored period as it would be typed."""
        return typed(value) if isinstance(value, Period) else value


class DayField(PeriodField):
    """A date that must be known to the day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"class": "date", "inputmode": "numeric", "autocomplete": "off"}),
        )
        kwargs.setdefault("help_text", _("For example 2025-04-07."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the day."""
        found = super().to_python(value)
        if found and (found.precision != periods.Precision.DAY or found.first != found.last):
            raise forms.ValidationError(_("Write the whole date, for example 2025-04-07."))
        return found.first if found else None

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day as it would be typed."""
        return value.isoformat() if isinstance(value, date) else value


class DayFilter(django_filters.Filter):
    """A condition of a list that is a day."""

    field_class = DayField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        line = {"class": "date", "inputmode": "numeric", "placeholder": "2025-04-01"}
        super().__init__(*args, widget=forms.TextInput(attrs=line), help_text="", **kwargs)


def read_period(text: str) -> Period:
    """Read a period or raise the error a reader understands."""
    try:
        return periods.parse(names.nfc(text))
    except periods.NotAPeriod as wrong:
        raise forms.ValidationError(_period_error(wrong, text)) from wrong


def _period_error(wrong: periods.NotAPeriod, text: str) -> Any:
    if wrong.code == "no_such_day" and wrong.last_day:
        params = {
            "year": wrong.last_day.year,
            "month": wrong.last_day.month,
            "last": wrong.last_day.day,
        }
        return _("%(year)d-%(month)02d has only %(last)d days.") % params
    if wrong.code == "no_such_month":
        return _("There are only 12 months.")
    return _("“%(text)s” is not a date. Write 2025-04-07, 2025-04, spring 2025 or 2025.") % {
        "text": text[:40]
    }


def typed(period: Period) -> str:
    """Write a period so that reading it gives the same period."""
    first, kind = period.first, period.precision
    if kind == periods.Precision.DAY:
        several = period.last != first
        return f"{first} ~ {period.last}" if several else first.isoformat()
    if kind == periods.Precision.MONTH:
        return f"{first:%Y-%m}"
    if kind == periods.Precision.YEAR:
        return f"{first:%Y}"
    return periods.in_words(period, "en")


class Offered(BaseChoiceIterator):
    """Pairs of value and words that are asked for when they are drawn or checked, and taken as is.

    Django looks at each of a thousand choices for what it may be, twice a page.
    """

    def __init__(self, asked: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self.asked = asked

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self.asked()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Offered":
        # A form copies its fields; who is asked knows the request, which cannot be copied.
        return self


class LongSelect(forms.Select):
    """A choice among a thousand: of each only what is drawn is put together."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """Return one group of all choices, each with its value, its words and whether it holds."""
        chosen = {str(one) for one in value}
        drawn = [
            {"value": key, "label": label, "selected": str(key) in chosen}
            for key, label in self.choices
        ]
        return [(None, drawn, 0)]


class PickField(forms.CharField):
    """A record picked by its name: typed with suggestions, found again by the number behind "#".

    ``rows`` are what may be picked; ``find(rows, text)`` returns those a text may mean. It works
    without a script: an exact name is enough, and an ambiguous one is answered with the choices.
    """

    def __init__(self, *, rows: QuerySet[Any], find: Any, options: str, **kwargs: Any) -> None:
        self.rows, self.find = rows, find
        self.known: dict[int, Any] | None = None
        kwargs.setdefault("help_text", _("Type two letters or more and choose."))
        kwargs.setdefault("widget", PickInput(options))
        super().__init__(max_length=260, **kwargs)

    def to_python(self, value: Any) -> Model | None:  # type: ignore[override]
        """Return the record that is meant."""
        text = names.nfc(super().to_python(value) or "")
        if not text:
            return None
        if picked := self._numbered(text):
            return picked
        return self._only(list(self.find(self.rows, text)[:6]), text)

    @staticmethod
    def number(value: Any) -> int:
        """Return the number behind "#" in what was typed; 0 when there is none."""
        behind = str(value or "").rpartition("#")[2].strip() if "#" in str(value or "") else ""
        # No key has more than 18 digits; more would not fit the database's whole numbers.
        return int(behind) if behind.isdecimal() and len(behind) <= 18 else 0

    def _numbered(self, text: str) -> Model | None:
        pk = self.number(text)
        if self.known is not None:
            return self.known.get(pk)
        return self.rows.filter(pk=pk).first() if pk else None

    def _only(self, found: list[Model], text: str) -> Model:
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("Nothing is called “%(text)s”. Add it first, or choose from the list."),
                params={"text": text[:60]},
            )
        choices = " / ".join(pick_label(row) for row in found[:5])
        raise forms.ValidationError(
            _("Several may be meant: %(choices)s. Choose one from the list."),
            params={"choices": choices},
        )

    def run_validators(self, value: Any) -> None:
        """The record was found; a record needs no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show a record by its name and number."""
        return pick_label(value) if isinstance(value, Model) else value


class PickInput(forms.TextInput):
    """A line with suggestions that htmx fetches; without a script it is a plain line."""

    template_name = "web/pick.html"

    def __init__(self, options: str, empty: Any = "") -> None:
        super().__init__(attrs={"autocomplete": "off"} | ({"placeholder": empty} if empty else {}))
        self.options = options

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add where the suggestions come from."""
        return {**super().get_context(name, value, attrs), "options": self.options}


def pick_label(row: Model) -> str:
    """Name a record so that it can be found again: name and number."""
    return f"{row} #{row.pk}"


class UploadField(forms.FileField):
    """A file. Its size is checked here; what it really is, where it is held."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a file over the limit with both sizes."""
        if isinstance(data, UploadedFile) and (data.size or 0) > self.limit:
            sizes = {"size": (data.size or 0) / 1024**2, "limit": self.limit / 1024**2}
            raise forms.ValidationError(
                _("The file is %(size).0f MB; at most %(limit).0f MB fit."), params=sizes
            )
        return super().clean(data, initial)

"""Fields that pick records of the register and of the parties by their names."""

from typing import Any, ClassVar

from django import forms as plain
from django.db.models import Model
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import colleagues, visible
from gyoryu.agreements.models import Agreement, Area, Engagement
from gyoryu.agreements.queries import areas
from gyoryu.agreements.queries import engagements as queries
from gyoryu.base import names
from gyoryu.parties.forms.fields import organisation_field
from gyoryu.parties.models import Organisation
from gyoryu.web import forms


class Grouped(forms.Form):
    """A form in parts: ``fieldsets`` lists each part's legend and the fields in it."""

    fieldsets: ClassVar[list[tuple[Any, list[str]]]] = []

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """The parts that have a field, each with its legend."""
        parts = [(legend, [n for n in own if n in self.fields]) for legend, own in self.fieldsets]
        return [(legend, [self[name] for name in own]) for legend, own in parts if own]


def agreement(user: User, **kwargs: Any) -> forms.PickField:
    """Return a field that picks one of the agreements a user may see."""
    rows = visible(Agreement.objects.filter(voided_at=None), user, queries.SEE)
    return forms.PickField(
        rows=rows,
        find=queries.agreements_called,
        options=reverse("agreement-options"),
        help_text=_("Title or number; type two letters or more and choose."),
        **kwargs,
    )


def engagement(user: User, itself: Engagement | None = None, **kwargs: Any) -> forms.PickField:
    """Return a field that picks one of the engagements a user may see, but not itself."""
    rows = queries.seen(user)
    if itself:
        rows = rows.exclude(pk=itself.pk)
    return forms.PickField(
        rows=rows,
        find=lambda rows, text: rows.filter(queries.titled(names.nfc(text))),
        options=reverse("engagement-options"),
        **kwargs,
    )


class ColleagueField(plain.TypedChoiceField):
    """Picks a colleague of the user's own government, or nobody."""

    def __init__(self, user: User, **kwargs: Any) -> None:
        self.people = {str(one.pk): one for one in colleagues(user)}
        choices = [("", "–"), *((pk, str(one)) for pk, one in self.people.items())]
        super().__init__(
            choices=choices, coerce=self.people.get, empty_value=None, required=False, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a user by the number of their choice."""
        return value.pk if isinstance(value, User) else value


class AreasField(forms.MultipleChoiceField):
    """Picks fields of co-operation: those in use, and those a record is filed under already."""

    of_records = True

    def __init__(self, filed: Model | None = None, **kwargs: Any) -> None:
        self.areas = {str(area.pk): area for area in areas.offered(filed)}
        super().__init__(
            choices=[(pk, str(area)) for pk, area in self.areas.items()],
            widget=plain.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def clean(self, value: Any) -> list[Area]:
        """Return the areas that were ticked."""
        return [self.areas[pk] for pk in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        """Show areas by the numbers of their choices."""
        return [str(area.pk) if isinstance(area, Area) else area for area in value or []]


class OrganisationsField(plain.CharField):
    """Picks several organisations, a line each: a letter to ten addressees is ten lines."""

    widget = plain.Textarea(attrs={"rows": 3})
    most = 100

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("One to a line. Each of them gets the request."))
        super().__init__(max_length=20_000, **kwargs)

    def to_python(self, value: Any) -> list[Organisation]:  # type: ignore[override]
        """Return the organisations that are meant, each once."""
        typed = (super().to_python(value) or "").splitlines()
        lines = [line for line in map(names.nfc, typed) if line]
        if len(lines) > self.most:
            raise plain.ValidationError(
                _("At most %(most)d at a time."), params={"most": self.most}
            )
        pick = organisation_field()
        found: list[Any] = [pick.to_python(line) for line in lines]
        return list(dict.fromkeys(found))

    def run_validators(self, value: Any) -> None:
        """The records were found; they need no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show organisations by name and number, a line each."""
        if isinstance(value, list):
            return "\n".join(forms.pick_label(row) for row in value)
        return value

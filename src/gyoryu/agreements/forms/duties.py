"""What is typed about duties and the rules they come from."""

from datetime import date
from typing import Any

import django_filters
from django import forms as django_forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import colleagues, units_under
from gyoryu.agreements.models import Agreement, Duty, DutyTemplate
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.agreements.queries import agreements as agreement_queries
from gyoryu.agreements.queries import choices
from gyoryu.agreements.queries import duties as queries
from gyoryu.base import periods
from gyoryu.evidence.models import Document
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import FAR_PAST, Listing, Sort, Tab


class DoneForm(forms.Form):
    """A duty that was met: when, and what shows it."""

    on = forms.DayField(label=_("Done on"))
    document = forms.ChoiceField(label=_("Document already held"), required=False)
    file = forms.UploadField(
        label=_("New document"),
        required=False,
        limit=settings.DOCUMENT_LIMIT,
        help_text=_("Minutes, resolution or register: PDF, HWPX, DOCX, JPG."),
    )
    note = forms.TextField(
        label=_("What was done"),
        rows=3,
        max_length=300,
        required=False,
        help_text=_("Needed where there is no document."),
    )

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(row.pk): row for row in documents[:100]}
        choices = [("", "–"), *((key, str(row)) for key, row in self.held.items())]
        self.fields["document"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = self.cleaned_data
        return {**typed, "document": self.held.get(typed["document"])}


class WaiveForm(forms.Form):
    """A duty an agreement is released from."""

    on = forms.DayField(label=_("Waived on"))
    reason = forms.TextField(
        label=_("Reason and basis"),
        rows=3,
        max_length=300,
        help_text=_("Auditors read it: who decided, on what ground."),
    )


class PublishForm(forms.Form):
    """A register that was published, for all agreements of a department at once."""

    unit = forms.ChoiceField(label=_("Agreements of"))
    on = forms.DayField(label=_("Published on"))
    note = forms.TextField(
        label=_("Which register, and where"),
        max_length=300,
        help_text=_("For example: register of March 2025, on the website."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_under(user.access, "agreements.change").order_by("path")
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (key, str(unit)) for key, unit in self.units.items()
        ]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        return {**self.cleaned_data, "unit": self.units[self.cleaned_data["unit"]]}


class OwnerForm(forms.Form):
    """Who answers for a duty."""

    owner = forms.ChoiceField(label=_("Responsible officer"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.pk): row for row in colleagues(user)}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (key, str(row)) for key, row in self.people.items()
        ]

    def chosen(self) -> User:
        """Return who was chosen."""
        return self.people[self.cleaned_data["owner"]]


class TemplateForm(forms.Form):
    """A rule of the ordinance."""

    kind = forms.ChoiceField(label=_("Duty"), choices=DutyKind)
    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120)
    name_en = forms.TextField(label=_("Name in English"), max_length=120)
    basis_ko = forms.TextField(label=_("Basis in Korean"))
    basis_en = forms.TextField(label=_("Basis in English"), required=False)
    agreement_kinds = forms.MultipleChoiceField(
        label=_("Kinds of agreement"),
        choices=Agreement.Kind,
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all kinds."),
    )
    trigger = forms.ChoiceField(label=_("When"), choices=DutyTemplate.Trigger)
    months = django_forms.IntegerField(label=_("Months"), min_value=0, max_value=1200, initial=0)
    days = django_forms.IntegerField(
        label=_("Days"),
        min_value=0,
        max_value=3650,
        initial=0,
        help_text=_("At regular intervals: the day of the month by which it is due, or 0."),
    )
    since = forms.DayField(label=_("In effect since"), required=False)
    active = django_forms.BooleanField(label=_("In effect"), required=False, initial=True)
    reason = forms.TextField(
        label=_("Reason for the change"),
        max_length=300,
        help_text=_("Kept with the history, such as the amendment of the ordinance."),
    )

    def __init__(self, *args: Any, user: User, row: DutyTemplate | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is None:
            units = units_under(user.access, "agreements.policy")
            self.units = {str(unit.pk): unit for unit in units}
            choices = [(key, str(unit)) for key, unit in self.units.items()]
            unit = forms.ChoiceField(label=_("Department it binds"), choices=choices)
            self.fields = {"unit": unit, **self.fields}

    def unit(self) -> Unit:
        """Return the department that a new rule binds."""
        return self.units[self.cleaned_data["unit"]]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        apart = {"unit", "reason"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class InstallForm(forms.Form):
    """Where the shipped ordinance is installed."""

    unit = forms.ChoiceField(label=_("Government or department"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_under(user.access, "agreements.policy").order_by("path")
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (key, str(unit)) for key, unit in self.units.items()
        ]

    def chosen(self) -> Unit:
        """Return the department that was chosen."""
        return self.units[self.cleaned_data["unit"]]


class DutyFilter(django_filters.FilterSet):
    """The conditions of the duty board."""

    q = django_filters.CharFilter(label=_("Agreement"), method="by_text")
    kind = django_filters.ChoiceFilter(
        label=_("Duty"), choices=DutyKind, empty_label=_("All duties")
    )
    agreement_kind = django_filters.ChoiceFilter(
        label=_("Kind of agreement"),
        field_name="agreement__kind",
        choices=Agreement.Kind,
        empty_label=_("All kinds"),
    )
    owner = django_filters.ChoiceFilter(
        label=_("Responsible"), field_name="owner", empty_label=_("Everybody")
    )
    unit = django_filters.ChoiceFilter(
        label=_("Unit"),
        method="by_unit",
        empty_label=_("All units"),
        widget=forms.LongSelect,
    )
    on = forms.DayFilter(label=_("Late on"), method="by_late_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "unit"):
            self.filters[name].extra["choices"] = self._offered(name)

    def _offered(self, name: str) -> forms.Offered:
        # A form copies its fields with all that hangs on them, but a function of its own as it is.
        return forms.Offered(lambda: self._there[name])

    @cached_property
    def _there(self) -> dict[str, list[choices.Choice]]:
        return choices.duty_conditions(self.request.user)

    def by_text(self, rows: QuerySet[Duty], name: str, value: str) -> QuerySet[Duty]:
        """Find duties by their agreement."""
        found = agreement_queries.about(Agreement.objects.all(), value)
        return rows.filter(agreement__in=found.values("pk"))

    def by_unit(self, rows: QuerySet[Duty], name: str, value: str) -> QuerySet[Duty]:
        """Keep duties of a department and of those under it."""
        own = Agreement.objects.filter(choices.under_unit(int(value)))
        return rows.filter(agreement__in=own.values("pk"))

    def by_late_on(self, rows: QuerySet[Duty], name: str, value: date) -> QuerySet[Duty]:
        """Keep what was late on a day, whatever came of it later."""
        return rows.filter(queries.late_on(value))


SORTS = {
    "urgency": Sort("open_until"),
    "due": Sort("due_on"),
    "duty": Sort("template__name_ko"),
    "agreement": Sort("agreement__title_ko"),
    "done": Sort("done_on", FAR_PAST),
}
DEFAULTS = {"": "urgency", "done": "-done"}


def duty_listing(request: Request, today: date) -> Listing:
    """Return the duty board as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        queries.seen_by(request.user),
        DutyFilter,
        sorts=SORTS,
        # Among all of them the open ones come first, however old the settled ones are.
        default=DEFAULTS.get(request.GET.get("tab", ""), "due"),
        tabs=_tabs(today),
    )


def _tabs(today: date) -> list[Tab]:
    soon = Q(due_on__gte=today, due_on__lt=periods.add_months(today, 1))
    return [
        Tab("late", _("Late"), queries.OPEN & Q(due_on__lt=today), "bad"),
        Tab("soon", _("Within 30 days"), queries.OPEN & soon),
        Tab("open", _("Open"), queries.OPEN),
        Tab("done", _("Done"), Q(done_on__isnull=False)),
        Tab("waived", _("Waived"), Q(waived_on__isnull=False)),
    ]

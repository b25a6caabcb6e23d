"""What is typed about consultative bodies and their sessions."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.forms import picks
from gyoryu.agreements.forms.engagements import TEXT, DaysForm
from gyoryu.agreements.forms.picks import Grouped
from gyoryu.agreements.models import Body, Engagement
from gyoryu.agreements.queries import bodies
from gyoryu.agreements.queries import engagements as queries
from gyoryu.base import names
from gyoryu.parties import queries as parties
from gyoryu.parties.forms.fields import organisation_field, region_field
from gyoryu.parties.models import Organisation
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import FAR_FUTURE, FAR_PAST, Listing, Sort, Tab

Mode, State = Engagement.Mode, Engagement.State


class BodyForm(Grouped):
    """A consultative body: its name, who leads it, how often it meets."""

    name_ko = forms.TextField(label=_("Name in Korean"), required=False)
    name_en = forms.TextField(label=_("Name in English"), required=False)
    lead_ours = organisation_field(label=_("Our lead office"), required=False)
    lead_theirs = organisation_field(label=_("Their lead office"), required=False)
    founded_on = forms.DayField(label=_("Founded on"), required=False)
    cadence_months = plain.IntegerField(
        label=_("Meets every … months"), initial=12, help_text=_("12 is once a year.")
    )
    next_due_on = forms.DayField(
        label=_("Next session due"),
        required=False,
        help_text=_("Left empty, it is counted from the founding."),
    )

    fieldsets: ClassVar = [
        (_("Who it is"), ["name_ko", "name_en", "lead_ours", "lead_theirs", "areas", "owner"]),
        (_("When it meets"), ["founded_on", "cadence_months", "next_due_on"]),
    ]

    def __init__(self, *args: Any, user: User, row: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = picks.ColleagueField(user, label=_("Responsible"))
        areas = picks.AreasField(row, label=_("Areas"))
        if areas.areas:
            self.fields["areas"] = areas


def edited(row: Body) -> dict[str, Any]:
    """Return what the form of a body begins with."""
    kept = ["name_ko", "name_en", "lead_ours", "lead_theirs", "founded_on", "cadence_months"]
    initial = {name: getattr(row, name) for name in [*kept, "next_due_on", "owner"]}
    return {**initial, "areas": list(row.areas.all())}


class SessionForm(DaysForm):
    """A session of a body, held or planned."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[(State.HELD.value, State.HELD.label), (State.PLANNED.value, State.PLANNED.label)],
        widget=plain.RadioSelect,
        initial=State.HELD.value,
    )
    session_number = plain.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999,
        help_text=_("Counted on from the last. Change it for an old session typed in late."),
    )
    title_ko = forms.TextField(
        label=_("Title in Korean"),
        required=False,
        help_text=_("Left empty, it is named after the body and its number."),
    )
    title_en = forms.TextField(label=_("Title in English"), required=False)
    venue = forms.TextField(label=_("Place"), required=False)
    mode = forms.ChoiceField(
        label=_("How"), choices=Mode, widget=plain.RadioSelect, initial=Mode.IN_PERSON.value
    )
    agenda = forms.TextField(label=_("Agenda"), rows=4, max_length=TEXT, required=False)
    summary = forms.TextField(label=_("Summary"), rows=6, max_length=TEXT, required=False)
    outcomes = forms.TextField(label=_("Outcomes"), rows=4, max_length=TEXT, required=False)

    fieldsets: ClassVar = [
        (_("Which session"), ["state", "session_number", "title_ko", "title_en"]),
        (_("When and where"), ["starts_on", "ends_on", "region", "venue", "mode"]),
        (_("What came of it"), ["agenda", "summary", "outcomes"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(label=_("Region"), required=False)


class EndForm(forms.Form):
    """That a body has ended."""

    on = forms.DayField(label=_("Ended on"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class BodyFilter(django_filters.FilterSet):
    """The conditions of the list of bodies."""

    q = django_filters.CharFilter(label=_("Name, agreement, lead office"), method="by_name")

    def by_name(self, rows: QuerySet[Body], name: str, value: str) -> QuerySet[Body]:
        """Find bodies by their own name, their agreement's or a lead office's."""
        text = names.nfc(value)
        leads = parties.called(Organisation.objects.all(), text).values("pk")
        return rows.filter(
            Q(name_ko__icontains=text)
            | Q(name_en__icontains=text)
            | queries.agreement_titled(text, "agreement__")
            | Q(lead_ours__in=leads)
            | Q(lead_theirs__in=leads)
        )


def body_listing(request: Request, today: date) -> Listing:
    """Return the list of bodies as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        bodies.listed(request.user),
        BodyFilter,
        sorts={
            "name": Sort("name_ko"),
            "last": Sort("last_on", FAR_PAST),
            "due": Sort("next_due_on", FAR_FUTURE),
        },
        default="due",
        tabs=[
            Tab("late", _("Session late"), bodies.late(today), tone="bad"),
            Tab("standing", _("Standing"), Q(ended_on=None)),
            Tab("ended", _("Ended"), Q(ended_on__isnull=False)),
        ],
    )

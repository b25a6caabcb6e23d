"""What officers type about applications, and the lists of them."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms as django
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.parties.business_number import digits
from gyoryu.parties.models import Organisation
from gyoryu.programmes.forms.applications import ApplicationForm
from gyoryu.programmes.models import Application, Call, Finding, Representative, RequiredDocument
from gyoryu.programmes.queries import representatives, screening
from gyoryu.programmes.queries.screening import listed
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

Status = Application.Status
TABS = [
    Tab("new", _("Submitted"), Q(status=Status.SUBMITTED), "soon"),
    Tab("returned", _("Returned for completion"), Q(status=Status.RETURNED)),
    Tab("eligible", _("Eligible"), Q(status=Status.ELIGIBLE)),
    Tab("ineligible", _("Not eligible"), Q(status=Status.INELIGIBLE)),
    Tab("review", _("In review"), Q(status__in=[Status.IN_REVIEW, Status.INTERVIEW])),
    Tab("selected", _("Selected"), Q(status=Status.SELECTED)),
    Tab("reserve", _("On the reserve list"), Q(status=Status.RESERVE)),
    Tab("rejected", _("Not selected"), Q(status=Status.REJECTED)),
    Tab("withdrawn", _("Withdrawn"), Q(status=Status.WITHDRAWN)),
]


class ApplicationFilter(django_filters.FilterSet):
    """The conditions of a list of applications."""

    q = django_filters.CharFilter(label=_("Number or business number"), method="by_number")
    findings = django_filters.ChoiceFilter(
        label=_("Conditions of the call"),
        choices=[
            ("met", _("All met")),
            ("not_met", _("One is not met")),
            ("not_known", _("One is not known")),
            ("none", _("Not examined")),
        ],
        empty_label=_("Any state"),
        method="by_findings",
    )

    def by_number(
        self, rows: QuerySet[Application], name: str, value: str
    ) -> QuerySet[Application]:
        """Find applications by the beginning of their number, or by a whole business number."""
        number = digits(value)
        if len(number) == 10:
            return rows.filter(business_number=number)
        return rows.filter(number__startswith=value.strip().upper())

    def by_findings(
        self, rows: QuerySet[Application], name: str, value: str
    ) -> QuerySet[Application]:
        """Find applications by what was found of their conditions."""
        found = Finding.objects.filter(application=OuterRef("pk"))
        if value in {"not_met", "not_known"}:
            return rows.filter(Exists(found.filter(outcome=value)))
        if value == "none":
            return rows.filter(~Exists(found))
        return rows.filter(Exists(found), ~Exists(found.exclude(outcome="met")))


def application_listing(request: Request, today: date, call: Call | None = None) -> Listing:
    """Return the applications that were asked for: those of a call, or all an officer sees."""
    sorts = {"submitted": Sort("submitted_at"), "number": Sort("number")}
    if call is not None:
        sorts |= {
            "name": Sort("name"),
            "asked": Sort("asked", 0),
            "rank": Sort("rank", 0),
        }
    return Listing(
        request,
        listed(request.user, call),
        ApplicationFilter,
        sorts=sorts,
        default="-submitted",
        tabs=TABS,
    )


class RepresentativeFilter(django_filters.FilterSet):
    """The conditions of the list of representatives."""

    q = django_filters.CharFilter(label=_("Business number"), method="by_number")

    def by_number(
        self, rows: QuerySet[Representative], name: str, value: str
    ) -> QuerySet[Representative]:
        """Find representatives by their company's business number."""
        return rows.filter(organisation__business_number=digits(value))


def representative_listing(request: Request, today: date) -> Listing:
    """Return who acts for companies, those who wait to be confirmed first."""
    return Listing(
        request,
        representatives.standing(request.user),
        RepresentativeFilter,
        sorts={"since": Sort("since")},
        default="-since",
        tabs=[
            Tab("waiting", _("Not confirmed yet"), Q(confirmed_at=None), "soon"),
            Tab("confirmed", _("Confirmed"), Q(confirmed_at__isnull=False)),
        ],
    )


def moment(day: date, clock: time) -> datetime:
    """Return a moment of the office's clock."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(settings.TIME_ZONE))


class ReturnForm(forms.Form):
    """What is missing, and until when it can be completed."""

    reason = forms.TextField(
        label=_("What is missing"),
        rows=4,
        max_length=1000,
        help_text=_("The applicant reads it as you write it."),
    )
    until_on = forms.DayField(label=_("To be completed until"))
    until_at = django.TimeField(label=_("Time of day"), initial=time(18, 0))

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {
            "reason": given["reason"],
            "until": moment(given["until_on"], given["until_at"]),
        }


class WhyForm(forms.Form):
    """Why; the applicant reads it."""

    reason = forms.TextField(
        label=_("Reason"),
        rows=4,
        max_length=1000,
        help_text=_("The applicant reads it as you write it."),
    )


class PassForm(forms.Form):
    """Why somebody who was found not eligible is after all."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=1000, required=False)


class OverruleForm(forms.Form):
    """What an officer finds of a condition, and why."""

    outcome = forms.ChoiceField(
        label=_("Finding"),
        choices=[("met", _("Met")), ("not_met", _("Not met"))],
        widget=django.RadioSelect,
    )
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class PaperForm(ApplicationForm):
    """An application that came on paper, entered for somebody."""

    def __init__(self, call: Call, data: Any = None, **kwargs: Any) -> None:
        super().__init__(call, data, **kwargs)
        first: dict[str, django.Field] = {}
        if call.applicant == Call.Applicant.COMPANY:
            first["business_number"] = django.CharField(label=_("Business number"), max_length=20)
        self.on_paper = {one.code for one in self.files_asked}
        first["received_on"] = forms.DayField(label=_("Received on"))
        first["received_at"] = django.TimeField(label=_("Time of day"), initial=time(9, 0))
        self.fields = {**first, **self.fields}
        self.papers = screening.papers_asked(call)
        if self.papers:
            self.fields["on_paper"] = forms.MultipleChoiceField(
                label=_("Papers that came on paper"),
                choices=[(key, label) for key, (label, _held) in self.papers.items()],
                widget=django.CheckboxSelectMultiple,
                required=False,
            )

    def clean_on_paper(self) -> list[RequiredDocument | str]:
        """Return the papers that were ticked."""
        return [self.papers[key][1] for key in self.cleaned_data["on_paper"]]

    def clean_business_number(self) -> str:
        """Find the company of the number."""
        number = digits(self.cleaned_data["business_number"])
        rows = Organisation.objects.filter(business_number=number, voided_at=None)
        self.organisation = rows.filter(merged_into=None).first() if number else None
        if self.organisation is None:
            raise django.ValidationError(
                _("No organisation has this business number. Add it first.")
            )
        return number

    organisation: Organisation | None = None

    def received(self) -> datetime:
        """Return when it came."""
        return moment(self.cleaned_data["received_on"], self.cleaned_data["received_at"])

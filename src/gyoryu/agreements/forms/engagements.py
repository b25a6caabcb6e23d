"""What is typed about engagements, their parts and requests."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import units_under
from gyoryu.agreements.forms import picks
from gyoryu.agreements.forms.picks import Grouped
from gyoryu.agreements.models import Engagement, Request
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import engagements as queries
from gyoryu.base.periods import Period, Precision
from gyoryu.parties.forms.fields import organisation_field, person_field, region_field
from gyoryu.web import access as web
from gyoryu.web import forms
from gyoryu.web.listing import FAR_FUTURE, FAR_PAST, Listing, Sort, Tab

Kind, Mode, State = Engagement.Kind, Engagement.Mode, Engagement.State
# What is written or shown by video says so by its kind; everything else is in person.
MODE_OF: dict[str, str] = {Kind.LETTER: Mode.WRITTEN, Kind.VIDEO_CONFERENCE: Mode.VIDEO}
KINDS = [(value, label) for value, label in Kind.choices if value != Kind.SESSION]
TEXT = 20_000


class DaysForm(Grouped):
    """A form that asks when: a day or a vaguer time, and the last day where there are several."""

    starts_on = forms.PeriodField(label=_("When"))
    ends_on = forms.DayField(
        label=_("Until"), required=False, help_text=_("Only if it took several days.")
    )

    def clean(self) -> dict[str, Any]:
        """Put the two fields together: first and last day, and how exactly they are known."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        when, until = values.get("starts_on"), values.get("ends_on")
        if isinstance(when, Period):
            if until and when.precision != Precision.DAY:
                self.add_error("starts_on", _("With a last day, write the first day in full too."))
                return values
            values["starts_on"], values["precision"] = when.first, when.precision.value
            values["ends_on"] = until or when.last
        return values


def days_of(engagement: Engagement) -> dict[str, Any]:
    """Return what the fields of ``DaysForm`` start from for an engagement."""
    when = engagement.when
    if when.precision == Precision.DAY:
        several = when.last if when.last != when.first else None
        return {"starts_on": Period.day(when.first), "ends_on": several}
    return {"starts_on": when, "ends_on": None}


class EngagementForm(DaysForm):
    """A new engagement, short: what, when and where, with whom."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    title_ko = forms.TextField(label=_("Title in Korean"), required=False)
    title_en = forms.TextField(label=_("Title in English"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[(State.HELD.value, State.HELD.label), (State.PLANNED.value, State.PLANNED.label)],
        widget=plain.RadioSelect,
        initial=State.HELD.value,
    )
    initiative = forms.ChoiceField(
        label=_("Whose step it was"),
        choices=Side,
        widget=plain.RadioSelect,
        initial=Side.OURS.value,
    )
    venue = forms.TextField(label=_("Place"), required=False)
    mode = forms.ChoiceField(
        label=_("How"), choices=[("", _("As its kind says")), *Mode.choices], required=False
    )

    fieldsets: ClassVar = [
        (_("What"), ["kind", "title_ko", "title_en", "state"]),
        (_("When and where"), ["starts_on", "ends_on", "region", "venue", "mode"]),
        (_("With whom"), ["organisation", "initiative", "agreement", "follows"]),
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(label=_("Region"), required=False)
        self.fields["organisation"] = organisation_field(
            label=_("Partner organisation"), required=False
        )
        self.fields["agreement"] = picks.agreement(user, label=_("Agreement"), required=False)
        self.fields["follows"] = picks.engagement(user, label=_("Follows from"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take the mode from the kind where it was left out, and make the agreement a tie."""
        values = super().clean()
        values["mode"] = values.get("mode") or MODE_OF.get(values.get("kind", ""), Mode.IN_PERSON)
        agreement = values.pop("agreement", None)
        values["agreements"] = [agreement] if agreement else []
        return values


class EngagementEditForm(DaysForm):
    """Everything that an engagement says of itself; its parts have forms of their own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    title_ko = forms.TextField(label=_("Title in Korean"), required=False)
    title_en = forms.TextField(label=_("Title in English"), required=False)
    venue = forms.TextField(label=_("Place"), required=False)
    mode = forms.ChoiceField(label=_("How"), choices=Mode)
    initiative = forms.ChoiceField(
        label=_("Whose step it was"), choices=Side, widget=plain.RadioSelect
    )
    agenda = forms.TextField(label=_("Agenda"), rows=5, max_length=TEXT, required=False)
    summary = forms.TextField(label=_("Summary"), rows=8, max_length=TEXT, required=False)
    outcomes = forms.TextField(label=_("Outcomes"), rows=5, max_length=TEXT, required=False)

    fieldsets: ClassVar = [
        (_("What"), ["kind", "title_ko", "title_en", "areas", "follows", "owner"]),
        (_("When and where"), ["starts_on", "ends_on", "region", "venue", "mode", "initiative"]),
        (_("What came of it"), ["agenda", "summary", "outcomes"]),
    ]

    def __init__(self, *args: Any, user: User, row: Engagement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(label=_("Region"), required=False)
        self.fields["follows"] = picks.engagement(
            user, row, label=_("Follows from"), required=False
        )
        self.fields["owner"] = picks.ColleagueField(user, label=_("Responsible"))
        areas = picks.AreasField(row, label=_("Areas"))
        if areas.areas:
            self.fields["areas"] = areas
        if row.kind == Kind.SESSION:
            del self.fields["kind"]


def edited(row: Engagement) -> dict[str, Any]:
    """Return what the edit form starts from."""
    plainly = ["kind", "title_ko", "title_en", "venue", "mode", "initiative", "agenda", "summary"]
    kept = {name: getattr(row, name) for name in [*plainly, "outcomes", "region", "owner"]}
    return {**kept, **days_of(row), "follows": row.follows, "areas": list(row.areas.all())}


class HoldForm(DaysForm):
    """That a planned engagement took place: when really, and what came of it."""

    summary = forms.TextField(label=_("Summary"), rows=8, max_length=TEXT, required=False)
    outcomes = forms.TextField(label=_("Outcomes"), rows=5, max_length=TEXT, required=False)


class ReasonForm(forms.Form):
    """Why something is cancelled, voided, taken out or taken back."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class TieForm(forms.Form):
    """One more agreement that an engagement touches."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"] = picks.agreement(user, label=_("Agreement"))


class DelegationForm(forms.Form):
    """One side's delegation."""

    side = forms.ChoiceField(
        label=_("Side"),
        choices=[(Side.OURS.value, Side.OURS.label), (Side.THEIRS.value, Side.THEIRS.label)],
        widget=plain.RadioSelect,
    )
    organisation = organisation_field(label=_("Organisation"), required=False)
    name = forms.TextField(
        label=_("Name of the delegation"),
        max_length=160,
        required=False,
        help_text=_("If it goes by another name than the organisation's."),
    )
    size = plain.IntegerField(
        label=_("How many people"), required=False, help_text=_("Named here or not.")
    )


class ParticipantForm(forms.Form):
    """A member of a delegation."""

    person = person_field(label=_("Person"))
    title = forms.TextField(
        label=_("Job title"),
        max_length=160,
        required=False,
        help_text=_("Left empty, the position held on that day is taken from the register."),
    )
    head = plain.BooleanField(label=_("Heads the delegation"), required=False)


class ParticipantEditForm(forms.Form):
    """What may be corrected about a member of a delegation."""

    title = ParticipantForm.base_fields["title"]
    head = ParticipantForm.base_fields["head"]


class StopForm(forms.Form):
    """A stop of an itinerary."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=160, required=False)
    name_en = forms.TextField(label=_("Name in English"), max_length=160, required=False)
    on = forms.DayField(label=_("Day"), required=False)
    organisation = organisation_field(label=_("Host"), required=False)
    order = plain.IntegerField(
        label=_("Place in the itinerary"),
        required=False,
        help_text=_("Left empty, it comes last."),
    )


class FeedbackForm(forms.Form):
    """What the visitors said of a stop."""

    rating = plain.TypedChoiceField(
        label=_("Rating"),
        choices=[("", _("None given")), *((str(n), str(n)) for n in range(1, 6))],
        coerce=int,
        empty_value=None,
        widget=plain.RadioSelect,
        required=False,
        help_text=_("1 is poor, 5 is excellent."),
    )
    feedback = forms.TextField(label=_("In their words"), rows=5, max_length=4000, required=False)


class RequestForm(forms.Form):
    """What one side asked of the other, of one addressee or of many."""

    asked_by = forms.ChoiceField(
        label=_("Who asked"),
        choices=[(Side.OURS.value, Side.OURS.label), (Side.THEIRS.value, Side.THEIRS.label)],
        widget=plain.RadioSelect,
        initial=Side.OURS.value,
    )
    organisations = picks.OrganisationsField(label=_("Organisations of the other side"))
    person = person_field(label=_("Addressed to"), required=False)
    words = forms.TextField(label=_("What was asked"), rows=4, max_length=4000)
    due = forms.PeriodField(label=_("Answer due"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = picks.ColleagueField(user, label=_("Responsible"))


class AnswerForm(forms.Form):
    """The answer to a request."""

    on = forms.DayField(label=_("Answered on"))
    answer = forms.TextField(label=_("The answer"), rows=5, max_length=4000)


class EngagementFilter(django_filters.FilterSet):
    """The conditions of the list of engagements."""

    q = django_filters.CharFilter(label=_("Title, organisation, person"), method="by_name")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind, empty_label=_("All kinds"))
    region = django_filters.CharFilter(label=_("Region"), method="by_region")
    agreement = django_filters.CharFilter(label=_("Agreement"), method="by_agreement")
    year = django_filters.NumberFilter(label=_("Year"), method="by_year")
    unit = django_filters.ChoiceFilter(
        label=_("Unit"), method="by_unit", choices=[], empty_label=_("All units")
    )

    def __init__(self, data: Any, *, queryset: Any, request: Any) -> None:
        super().__init__(data, queryset=queryset, request=request)
        units = units_under(request.user.access, queries.SEE)
        self.filters["unit"].extra["choices"] = [(str(unit.pk), str(unit)) for unit in units]

    def by_name(self, rows: QuerySet[Engagement], name: str, value: str) -> QuerySet[Engagement]:
        """Find engagements by title, place, organisation or person."""
        return queries.called(rows, value)

    def by_region(self, rows: QuerySet[Engagement], name: str, value: str) -> QuerySet[Engagement]:
        """Find engagements in a region or in one under it."""
        return rows.filter(queries.in_region(value))

    def by_agreement(
        self, rows: QuerySet[Engagement], name: str, value: str
    ) -> QuerySet[Engagement]:
        """Find engagements that touch an agreement of this title or number."""
        return queries.touching(rows, value)

    def by_year(self, rows: QuerySet[Engagement], name: str, value: Any) -> QuerySet[Engagement]:
        """Find engagements that began in a year."""
        return rows.filter(queries.in_year(value, "starts_on"))

    def by_unit(self, rows: QuerySet[Engagement], name: str, value: str) -> QuerySet[Engagement]:
        """Find engagements of a unit and of those under it."""
        return rows.filter(unit__path__contains=f"/{value}/")


class RequestFilter(django_filters.FilterSet):
    """The conditions of the list of requests."""

    q = django_filters.CharFilter(label=_("Organisation"), method="by_organisation")
    words = django_filters.CharFilter(label=_("What was asked"), lookup_expr="icontains")
    asked_by = django_filters.ChoiceFilter(
        label=_("Who asked"),
        choices=[(Side.OURS.value, Side.OURS.label), (Side.THEIRS.value, Side.THEIRS.label)],
        empty_label=_("Either side"),
    )
    year = django_filters.NumberFilter(label=_("Year"), method="by_year")

    def by_organisation(self, rows: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        """Find requests to or from an organisation of this name, or one of its divisions."""
        return queries.asked_of(rows, value)

    def by_year(self, rows: QuerySet[Request], name: str, value: Any) -> QuerySet[Request]:
        """Find requests that were made in a year."""
        return rows.filter(queries.in_year(value, "engagement__starts_on"))


def engagement_listing(request: web.Request, today: date) -> Listing:
    """Return the list of engagements as it was asked for."""
    return Listing(
        request,
        queries.listed(request.user),
        EngagementFilter,
        sorts={"when": Sort("starts_on"), "title": Sort("title_ko"), "kind": Sort("kind")},
        default="-when",
        tabs=[
            Tab("coming", _("Coming"), Q(state=State.PLANNED)),
            Tab("held", _("Held"), Q(state=State.HELD)),
            Tab("cancelled", _("Cancelled"), Q(state=State.CANCELLED)),
        ],
        dress=queries.dressed,
    )


def request_listing(request: web.Request, today: date) -> Listing:
    """Return the list of requests as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        queries.requests(request.user),
        RequestFilter,
        sorts={
            "asked": Sort("engagement__starts_on"),
            "due": Sort("answer_due", FAR_FUTURE),
            "answered": Sort("answered_on", FAR_PAST),
        },
        default="due",
        tabs=[
            Tab("unanswered", _("Unanswered"), queries.unanswered()),
            Tab("late", _("Late"), queries.late(today), tone="bad"),
            Tab("answered", _("Answered"), ~queries.unanswered()),
        ],
    )

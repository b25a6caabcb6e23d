"""What is typed about an agreement, its parties and who signed it."""

from datetime import date
from typing import Any

import django_filters
from django import forms as django_forms
from django.db.models import Q, QuerySet
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.models import Agreement, Area, Party, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.queries import choices, duties
from gyoryu.base.periods import Period
from gyoryu.base.refused import Refused
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Person, Position, Region
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among, among_units
from gyoryu.web.listing import FAR_FUTURE, FAR_PAST, Listing, Sort, Tab

SIDES = [(Side.OURS.value, Side.OURS.label), (Side.THEIRS.value, Side.THEIRS.label)]


class Options:
    """Where a line's suggestions come from, looked up when it is drawn; nowhere is no address."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        """Return the address."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""


def pick_organisation(label: Any, **kwargs: Any) -> forms.PickField:
    """A line in which an organisation is picked by any of its names."""
    return forms.PickField(
        label=label,
        rows=parties.organisations(),
        find=parties.meant,
        options=Options("organisation-options"),  # type: ignore[arg-type]
        **kwargs,
    )


def pick_region(label: Any, **kwargs: Any) -> forms.PickField:
    """A line in which a region is picked by its name or code."""
    return forms.PickField(
        label=label,
        rows=parties.regions(),
        find=parties.meant,
        options=Options("region-options"),  # type: ignore[arg-type]
        **kwargs,
    )


def pick_agreement(label: Any, rows: QuerySet[Agreement], **kwargs: Any) -> forms.PickField:
    """A line in which an agreement that the reader may see is picked by title or number."""
    return forms.PickField(
        label=label,
        rows=rows,
        find=queries.called,
        options=Options("agreement-options"),  # type: ignore[arg-type]
        **kwargs,
    )


class AgreementForm(forms.Form):
    """An agreement's own facts. Its status has pages of its own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Agreement.Kind)
    title_ko = forms.TextField(label=_("Title in Korean"))
    title_en = forms.TextField(label=_("Title in English"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Areas"), required=False, widget=django_forms.CheckboxSelectMultiple
    )
    summary = forms.TextField(label=_("Summary"), rows=4, max_length=4000, required=False)
    signed = forms.PeriodField(
        label=_("Signed"),
        required=False,
        help_text=_("As exactly as it is known: 2025-04-07, 2025-04, 1983. Empty for a draft."),
    )
    method = forms.ChoiceField(
        label=_("How it was signed"),
        choices=[("", "–"), *Agreement.Method.choices],
        required=False,
    )
    place = pick_region(_("Where it was signed"), required=False)
    place_note = forms.TextField(label=_("Hall or building"), required=False)
    no_document_reason = forms.TextField(
        label=_("Why there is no signed text"),
        max_length=300,
        required=False,
        help_text=_("Only where no copy can be had. The register prints it."),
    )
    term_months = django_forms.IntegerField(
        label=_("Term in months"), required=False, min_value=1, max_value=1200
    )
    renewal = forms.ChoiceField(
        label=_("At the end of the term"),
        choices=[("", _("Not said")), *Agreement.Renewal.choices],
        required=False,
    )
    ends_on = forms.DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("Empty: counted from the term once it comes into force."),
    )
    owner = forms.ChoiceField(label=_("Responsible officer"), required=False)
    shared_with = forms.MultipleChoiceField(
        label=_("Also shown to"), required=False, widget=django_forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, row: Agreement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.row = user, row
        rows = queries.seen_by(user)
        self.fields["parent"] = pick_agreement(
            _("Grew out of"),
            rows.exclude(pk=row.pk) if row else rows,
            required=False,
            help_text=_("The agreement under which this one was made, by title or number."),
        )
        if row is None:
            self._ask_for_parties()
        for name in ("areas", "owner", "shared_with"):
            # Read when it is needed: a post without them asks for nothing.
            self.fields[name].choices = lambda name=name: self._choices[name]  # type: ignore[attr-defined]
        self.fields["term_months"].widget.attrs |= {"class": "date", "inputmode": "numeric"}

    def _ask_for_parties(self) -> None:
        """Ask for the first parties of a new agreement; more are added on its page."""
        self.fields["ours"] = pick_organisation(_("Our party"), required=False)
        self.fields["theirs"] = pick_organisation(_("Their party"), required=False)
        self.fields["theirs_too"] = pick_organisation(_("A second party of theirs"), required=False)

    @cached_property
    def _choices(self) -> dict[str, list[choices.Choice]]:
        return choices.form_choices(self.user, self.row)

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields in the order in which somebody with the document in hand reads them off."""
        own = [
            (_("What it is"), ["kind", "title_ko", "title_en", "parent", "areas", "summary"]),
            (_("Between whom"), ["ours", "theirs", "theirs_too"]),
            (_("Signing"), ["signed", "method", "place", "place_note", "no_document_reason"]),
            (_("Term"), ["term_months", "renewal", "ends_on"]),
            (_("Who looks after it"), ["owner", "shared_with"]),
        ]
        shown = [(legend, [self[n] for n in names if n in self.fields]) for legend, names in own]
        return [(legend, fields) for legend, fields in shown if fields]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = dict(self.cleaned_data)
        chosen = {name: typed.pop(name) for name in ("areas", "owner", "shared_with")}
        picked = [(typed.pop(name, None), name[:6]) for name in ("ours", "theirs", "theirs_too")]
        typed["areas"] = self._chosen(Area, chosen["areas"])
        typed["shared_with"] = self._chosen(Unit, chosen["shared_with"])
        typed["owner"] = self._owner(chosen["owner"])
        if self.row is None:
            typed["parties"] = [(one, side) for one, side in picked if one]
        return typed

    def _chosen(self, model: type[Area | Unit], chosen: list[str]) -> list[Any]:
        """Return what was ticked; of rows that were just offered a new record needs the keys."""
        if self.row is None:
            return [model(pk=int(pk)) for pk in chosen]
        return list(model._default_manager.filter(pk__in=chosen))

    def _owner(self, chosen: str) -> User | None:
        if chosen == str(self.user.pk):
            return self.user
        return User.objects.get(pk=chosen) if chosen else None


def edited(row: Agreement) -> dict[str, Any]:
    """Return what the form of an agreement begins with."""
    signed: Period | None = row.signed
    own_fields = {
        name: getattr(row, name)
        for name in AgreementForm.base_fields
        if name not in {"areas", "shared_with", "signed", "owner"}
    }
    return {
        **own_fields,
        "signed": signed,
        "parent": row.parent,
        "owner": row.owner_id,
        "areas": [area.pk for area in row.areas.all()],
        "shared_with": [unit.pk for unit in row.shared_with.all()],
    }


class PartyForm(forms.Form):
    """One more party."""

    organisation = pick_organisation(_("Organisation"))
    side = forms.ChoiceField(
        label=_("Side"), choices=SIDES, widget=django_forms.RadioSelect, initial="theirs"
    )


class SignatoryForm(forms.Form):
    """Who signed for a party: chosen among those in office on that day, or named."""

    position = forms.ChoiceField(label=_("In office on that day"), required=False)
    person = forms.PickField(
        label=_("Somebody else"),
        rows=parties.people(),
        find=parties.meant,
        options=Options("person-options"),  # type: ignore[arg-type]
        required=False,
    )
    title = forms.TextField(
        label=_("Title on the document"),
        max_length=160,
        required=False,
        help_text=_("Empty: the title of the position held on that day."),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.then = {str(row.pk): row for row in queries.positions_then(party)[:40]}
        told = [(key, f"{row.person} · {row.title}") for key, row in self.then.items()]
        self.fields["position"].choices = [("", "–"), *told]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Person, Position | None]:
        """Return who was meant; the position where one was chosen."""
        typed = self.cleaned_data
        if position := self.then.get(typed["position"]):
            return position.person, position
        if typed["person"] is None:
            raise Refused(_("Choose somebody in office, or name the person."), field="person")
        return typed["person"], None


class ConfirmForm(forms.Form):
    """A step that asks only whether it is meant."""


# A register's partners are looked through: a province of nine hundred agreements has fewer regions.
REGIONS = 300


def _regions(request: Any) -> QuerySet[Region]:
    return choices.regions(request.user)


class AgreementFilter(django_filters.FilterSet):
    """The conditions of the list of agreements. What can be chosen is what is there."""

    q = django_filters.CharFilter(label=_("Title, organisation, person"), method="by_text")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Agreement.Kind, empty_label=_("All kinds")
    )
    region = Among(
        label=_("Region"), rows=_regions, find=parties.meant, options="region-options",
        empty=_("All regions"), few=REGIONS, method="by_region",
    )  # fmt: skip
    area = django_filters.ChoiceFilter(
        label=_("Area"), method="by_area", empty_label=_("All areas")
    )
    year = django_filters.ChoiceFilter(
        label=_("Year of signing"), field_name="signed_on__year", empty_label=_("All years")
    )
    unit = among_units("agreements.view", label=_("Unit"), empty=_("All units"))
    on = forms.DayFilter(label=_("Evaluation missed on"), method="by_missed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("area", "year"):
            self.filters[name].extra["choices"] = self._offered(name)

    def _offered(self, name: str) -> forms.Offered:
        # A form copies its fields with all that hangs on them, but a function of its own as it is.
        return forms.Offered(lambda: self._there[name])

    @cached_property
    def _there(self) -> dict[str, list[choices.Choice]]:
        return choices.conditions()

    def by_text(self, rows: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Find agreements by title, number, party or signatory."""
        return queries.about(rows, value)

    def by_region(self, rows: QuerySet[Agreement], name: str, value: Region) -> QuerySet[Agreement]:
        """Keep partners in a region and everything under it."""
        return rows.filter(choices.under_region(value.pk))

    def by_unit(self, rows: QuerySet[Agreement], name: str, value: Unit) -> QuerySet[Agreement]:
        """Keep agreements of a department and of those under it."""
        return rows.filter(choices.under_unit(value.pk))

    def by_area(self, rows: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Keep agreements about an area."""
        tied = Agreement.areas.through.objects.filter(area=int(value))
        return rows.filter(pk__in=tied.values("agreement"))

    def by_missed(self, rows: QuerySet[Agreement], name: str, value: date) -> QuerySet[Agreement]:
        """Keep agreements that had missed their evaluation meeting on a day."""
        return rows.filter(duties.missed(value))


SORTS = {
    "title": Sort("title_ko"),
    "region": Sort("partner_region__name_ko", ""),
    "signed": Sort("signed_on", FAR_PAST),
    "duty": Sort("next_duty_on", FAR_FUTURE),
    "contact": Sort("last_contact_on", FAR_PAST),
}


def agreement_listing(request: Request, today: date) -> Listing:
    """Return the list of agreements as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        queries.seen_by(request.user),
        AgreementFilter,
        sorts=SORTS,
        default="duty",
        tabs=_tabs(today),
        dress=lambda page: queries.listed(page, today),
        by_tab=True,
    )


def _tabs(today: date) -> list[Tab]:
    coming = [Status.DRAFT, Status.REVIEWED, Status.SIGNED]
    running = [Status.IN_FORCE, Status.SUSPENDED]
    return [
        Tab("coming", _("In preparation"), Q(status__in=coming)),
        Tab("in_force", _("In force"), Q(status=Status.IN_FORCE)),
        Tab("suspended", _("Suspended"), Q(status=Status.SUSPENDED)),
        Tab("over", _("Expired or ended"), Q(status__in=[Status.EXPIRED, Status.ENDED])),
        Tab("replaced", _("Replaced"), Q(status=Status.REPLACED)),
        Tab("dormant", _("Dormant"), queries.is_dormant(today)),
        Tab("term", _("Term run out"), Q(status__in=running, ends_on__lt=today), "bad"),
        Tab("late", _("Duty late"), Q(next_duty_on__lt=today), "bad"),
    ]

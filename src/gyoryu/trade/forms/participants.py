"""What is typed about exhibitors and buyers, and the list they are found in."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.picks import Grouped
from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.parties.forms.fields import organisation_field, region_field
from gyoryu.parties.models import Organisation
from gyoryu.trade import harmonised
from gyoryu.trade.forms.fields import CodesField, LanguagesField, no_code
from gyoryu.trade.forms.wishes import slots_field
from gyoryu.trade.models import Event, Participant
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import participants as rules
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

Side, State = Participant.Side, Participant.State
LETTERS = [("ko", _("Korean")), ("en", _("English"))]
TO_MEET = ["languages", "interests", "hs_codes", "most", "most_a_day"]


def _meetings(label: Any, **more: Any) -> plain.IntegerField:
    widget = plain.NumberInput(attrs={"inputmode": "numeric", "class": "date"})
    return plain.IntegerField(
        label=label, min_value=1, max_value=rules.MOST_MEETINGS, required=False, widget=widget,
        **more,
    )  # fmt: skip


class Meets(Grouped):
    """Whom to reach at a participant, and what it wants to meet about."""

    contact_name = forms.TextField(label=_("Contact person"), max_length=120, required=False)
    contact_email = plain.EmailField(label=_("E-mail of the contact person"), required=False)
    languages = LanguagesField(label=_("Languages spoken"))
    interests = forms.TextField(
        label=_("Interests"), rows=3, max_length=rules.LONGEST, required=False
    )
    hs_codes = CodesField(label=_("HS codes"), required=False)
    most = _meetings(_("Meetings at most"), help_text=_("Empty: as many as there are slots."))
    most_a_day = _meetings(_("Meetings a day at most"))


class ParticipantForm(Meets):
    """What is known of a participant."""

    booth = forms.TextField(label=_("Booth"), max_length=20, required=False)
    language = forms.ChoiceField(
        label=_("Letters are written in"), choices=LETTERS, initial="en", required=False
    )
    in_catalogue = plain.BooleanField(label=_("Shown in the catalogue"), required=False)
    meeting_slots = slots_field(
        help_text=_("For example 2 for a delegation. Empty: as long as the event's meetings.")
    )

    fieldsets: ClassVar = [
        (_("Who"), ["organisation", "name", "country", "booth", "in_catalogue"]),
        (_("Contact"), ["contact_name", "contact_email", "language"]),
        (_("What it wants to meet about"), [*TO_MEET, "meeting_slots"]),
    ]

    def __init__(self, *args: Any, side: str = Side.EXHIBITOR, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A buyer has no booth; an exhibitor's people are written to in the language they chose.
        gone = ["booth", "in_catalogue"] if side == Side.BUYER else ["language"]
        for name in gone:
            del self.fields[name]


class NewParticipantForm(ParticipantForm):
    """An exhibitor or a buyer to be added; its company may be new, too."""

    organisation = organisation_field(required=False)
    name = forms.TextField(
        label=_("Or a new organisation, by its name"), required=False,
        help_text=_("If it is not in the register yet. It is added as a company."),
    )  # fmt: skip
    country = region_field(
        label=_("Country or city of the new one"), required=False,
    )  # fmt: skip
    confirmed = plain.BooleanField(
        label=_("It has said already that it comes"), required=False,
        help_text=_("Otherwise it stands as invited, and you write to it from the list."),
    )  # fmt: skip

    fieldsets: ClassVar = [
        (_("Who"), ["organisation", "name", "country", "booth", "in_catalogue", "confirmed"]),
        *ParticipantForm.fieldsets[1:],
    ]

    def __init__(self, *args: Any, side: str = Side.EXHIBITOR, **kwargs: Any) -> None:
        super().__init__(*args, side=side, **kwargs)
        if side == Side.EXHIBITOR:
            del self.fields["confirmed"]
            self.fields["in_catalogue"].initial = True

    def clean(self) -> dict[str, Any]:
        """Ask for one organisation: a known or a new one."""
        typed = super().clean() or {}
        known, name = typed.get("organisation"), typed.get("name")
        if not known and not name and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose an organisation, or name a new one."))
        if known and name:
            self.add_error("name", _("Either the one or the other."))
        return typed

    @property
    def new(self) -> dict[str, Any]:
        """The fields of a new organisation; nothing for a known one."""
        name = self.cleaned_data["name"]
        own = "name_en" if name.isascii() else "name_ko"
        fields = {"kind": Organisation.Kind.COMPANY.value, own: name}
        return {**fields, "region": self.cleaned_data["country"]} if name else {}

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        left = {"organisation", "name", "country", "confirmed"}
        typed = {name: value for name, value in self.cleaned_data.items() if name not in left}
        return {**typed, "state": State.CONFIRMED} if self.cleaned_data.get("confirmed") else typed


def edited(row: Participant, form: type[forms.Form] = ParticipantForm) -> dict[str, Any]:
    """Return what the form of a participant begins with."""
    return {name: getattr(row, name) for name in form.base_fields}


class StepForm(forms.Form):
    """Where a participant goes next, and why where that has to be said."""

    state = forms.ChoiceField(label=_("State"), choices=State)
    reason = forms.TextField(
        label=_("Reason"), rows=3, max_length=300, required=False,
        help_text=_("Needed for a withdrawal. It is told in the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Participant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row:
            own = rules.steps(row)
            choices = [(one.value, one.label) for one in State if one in own]
            self.fields["state"].choices = choices  # type: ignore[attr-defined]


class ContactForm(Meets):
    """What an exhibitor's own people change: contact, what they show and want, the catalogue."""

    in_catalogue = plain.BooleanField(label=_("Shown in the catalogue"), required=False)

    fieldsets: ClassVar = [
        (_("Contact"), ["contact_name", "contact_email"]),
        (_("What it wants to meet about"), TO_MEET),
        (_("Catalogue"), ["in_catalogue"]),
    ]


class ParticipantFilter(django_filters.FilterSet):
    """The conditions of an event's list of participants."""

    q = django_filters.CharFilter(label=_("Name or booth"), method="by_words")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State, empty_label=_("All states")
    )
    hs = django_filters.CharFilter(label=_("HS code"), method="by_code")

    def by_words(self, rows: QuerySet[Participant], name: str, value: str) -> QuerySet[Participant]:
        """Find participants by a part of their name or their booth: those of one event."""
        text = names.nfc(value)
        there = Q(booth__iexact=text)
        for field in ("name_ko", "name_en", "name_native"):
            there |= Q(**{f"organisation__{field}__icontains": text})
        return rows.filter(there)

    def by_code(self, rows: QuerySet[Participant], name: str, value: str) -> QuerySet[Participant]:
        """Keep who shows or looks for what lies within this code, or what it lies within."""
        return queries.about(rows, read_code(value))


def read_code(text: str) -> str:
    """Return the digits of a code in a condition, or refuse what is none."""
    try:
        return harmonised.code(text)
    except harmonised.NotACode as wrong:
        raise Refused(str(no_code(wrong.text)), field="hs") from None


def participant_listing(request: Request, today: date, event: Event | None) -> Listing:
    """Return an event's list of participants as it was asked for."""
    rows = queries.of_event(event) if event else Participant.objects.none()
    shown = "shown_en" if (get_language() or "ko").startswith("en") else "shown_ko"
    away = Q(state__in=[State.DECLINED, State.WITHDRAWN])
    return Listing(
        request,
        rows,
        ParticipantFilter,
        sorts={"name": Sort(f"organisation__{shown}"), "since": Sort("state_since")},
        default="name",
        tabs=[
            Tab("exhibitors", _("Exhibitors"), Q(side=Side.EXHIBITOR) & ~away),
            Tab("buyers", _("Buyers"), Q(side=Side.BUYER) & ~away),
            Tab("away", _("Not coming"), away),
        ],
        dress=queries.dressed,
    )

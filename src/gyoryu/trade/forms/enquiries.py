"""What is typed about enquiries: asked, answered, matched, closed."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms as plain
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.parties.forms.fields import organisation_field
from gyoryu.parties.models import Organisation
from gyoryu.programmes.queries import representatives
from gyoryu.trade.forms.leads import HsField
from gyoryu.trade.models import Centre, Enquiry
from gyoryu.trade.queries import centres, leads
from gyoryu.trade.queries import enquiries as queries
from gyoryu.trade.queries.shop_words import NAMES
from gyoryu.trade.rules.enquiries import LONGEST
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

CHANGE = "trade.change"
MOST = 500


class AskForm(forms.Form):
    """A question to a centre, as its sender writes it."""

    kind = forms.ChoiceField(label=_("Kind of enquiry"), choices=Enquiry.Kind)
    subject = forms.TextField(label=_("In a line"))
    text = forms.TextField(label=_("Your question"), rows=8, max_length=LONGEST)
    hs_code = HsField(
        label=_("HS code of the goods"), required=False, max_length=20,
        help_text=_("If you know it: 2 to 10 digits, such as 330499."),
    )  # fmt: skip


class CompanyAskForm(AskForm):
    """A question in the name of a company that one acts for."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = representatives.of_user(user).exclude(confirmed_at=None)
        self.companies: dict[str, Organisation] = {
            str(row.organisation_id): row.organisation for row in rows
        }
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Company"),
            choices=[(key, str(one)) for key, one in self.companies.items()],
            initial=next(iter(self.companies), ""),
        )
        self.order_fields(["organisation"])

    def values(self) -> tuple[Organisation, dict[str, Any]]:
        """Return the company, and what it asks."""
        typed = dict(self.cleaned_data)
        return self.companies[typed.pop("organisation")], typed


class PublicAskForm(AskForm):
    """A question by anybody: with an address to answer to, and the word that it may be kept."""

    company_name = forms.TextField(label=_("Company or organisation"), required=False)
    contact_name = forms.TextField(
        label=_("Your name"), max_length=120,
        widget=plain.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    contact_email = plain.EmailField(
        label=_("Your e-mail address"), max_length=254,
        widget=plain.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    consent = plain.BooleanField(
        label=_("I agree that my name and address are kept to answer this question."),
        error_messages={"required": _("Without it we cannot answer you.")},
    )
    # Filled in by programs that fill in everything; people do not see it.
    website = plain.CharField(
        label=_("Leave this empty"), required=False, max_length=200,
        widget=plain.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        beside = {"consent", "website"}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}

    @property
    def by_a_program(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))


class DeskForm(AskForm):
    """A question that reached an officer by telephone, letter or visit."""

    organisation = organisation_field(required=False)
    contact_name = forms.TextField(label=_("Who asks"), required=False, max_length=120)
    contact_email = plain.EmailField(
        label=_("E-mail address for the answer"), required=False, max_length=254
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[("ko", NAMES["ko"]), ("en", NAMES["en"])],
        initial="ko",
        required=False,
    )
    received_on = forms.DayField(
        label=_("Received on"), required=False, help_text=_("Empty: today.")
    )

    def __init__(self, *args: Any, user: User, row: Centre | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = open_centres(user)
        self.centres = {str(one.pk): one for one in rows}
        choices = [(key, str(one)) for key, one in self.centres.items()]
        self.fields["centre"] = forms.ChoiceField(
            label=_("Centre"), choices=choices, initial=str(row.pk) if row else None
        )
        self.fields["text"].label = _("Question")
        self.order_fields(["centre", "organisation", "kind"])

    def clean_language(self) -> str:
        """Return the language that was chosen; Korean where none was."""
        return self.cleaned_data["language"] or "ko"

    def received_at(self, day: date | None, now: datetime) -> datetime:
        """Return when it came in: noon of the day that was said, but never later than now."""
        if day is None:
            return now
        return min(datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE)), now)


def open_centres(user: User) -> list[Centre]:
    """Return the open centres at which somebody may enter things."""
    rows = centres.seen_by(user, CHANGE).filter(closed_on=None)
    return list(rows.order_by("name_ko", "pk")[:MOST])


class EditForm(forms.Form):
    """What an officer may correct about an enquiry."""

    kind = forms.ChoiceField(label=_("Kind of enquiry"), choices=Enquiry.Kind)
    organisation = organisation_field(required=False)
    hs_code = HsField(label=_("HS code of the goods"), required=False, max_length=20)


class AnswerForm(forms.Form):
    """The answer, as who asked will read it."""

    answer = forms.TextField(
        label=_("Answer"), rows=12, max_length=LONGEST,
        help_text=_("It is sent as it stands, with the name of the centre under it."),
    )  # fmt: skip


class MatchForm(forms.Form):
    """The lead that an enquiry is matched with: one that is suggested, or another of the centre."""

    def __init__(self, *args: Any, row: Enquiry, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = leads.seen_by(user).filter(centre=row.centre_id).exclude(state="dropped")
        self.suggested = queries.suggested(row) if row.pk else []
        near = [one.lead for one in self.suggested]
        others = rows.exclude(pk__in=[one.pk for one in near]).order_by("-found_on", "-pk")
        self.leads = {str(one.pk): one for one in [*near, *others[:MOST]]}
        self.fields["lead"] = forms.ChoiceField(
            label=_("Buyer lead"), choices=[(key, str(one)) for key, one in self.leads.items()]
        )

    @property
    def chosen(self) -> Any:
        """Return the lead that was chosen."""
        return self.leads[self.cleaned_data["lead"]]


class EnquiryFilter(django_filters.FilterSet):
    """The conditions of the list of enquiries."""

    centre = django_filters.ChoiceFilter(
        label=_("Centre"), field_name="centre", empty_label=_("All centres")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of enquiry"), choices=Enquiry.Kind, empty_label=_("All kinds")
    )
    origin = django_filters.ChoiceFilter(
        label=_("Way it came"), choices=Enquiry.Origin, empty_label=_("All ways")
    )
    since = forms.DayFilter(label=_("From"), field_name="received_at", lookup_expr="date__gte")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["centre"].extra["choices"] = lambda: [
            (str(one.pk), str(one))
            for one in centres.seen_by(self.request.user).order_by("name_ko", "pk")[:MOST]
        ]


def enquiry_listing(request: Request, today: date) -> Listing:
    """Return the list of enquiries as it was asked for."""
    state = Enquiry.State
    return Listing(
        request,
        queries.seen_by(request.user),
        EnquiryFilter,
        sorts={"due": Sort("due_on"), "received": Sort("received_at")},
        default="-received",
        tabs=[
            Tab("late", _("Late"), queries.late(today), tone="bad"),
            *(Tab(one.value, one.label, Q(state=one.value)) for one in state),
            Tab("answered_late", _("Answered late"), queries.answered_late()),
        ],
    )

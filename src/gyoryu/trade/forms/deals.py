"""What is typed about deals and their steps, and the conditions of their list."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import OneOf, colleagues, home_unit
from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.parties import queries as parties
from gyoryu.parties.forms.fields import organisation_field, region_field
from gyoryu.parties.models import CURRENCY_CHOICES, Product
from gyoryu.trade.models import Consultation, Deal, DealStep, Event, Grade
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules.deals import CHANGE, Step
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

# A buyer confirms by a link, and nobody types that.
PROOFS = [choice for choice in DealStep.Proof.choices if choice[0] != DealStep.Proof.BUYER]
NONE = ("", "–")
OFFERED = 300


def _percent() -> plain.IntegerField:
    return plain.IntegerField(
        label=_("Probability in percent"),
        required=False,
        min_value=0,
        max_value=100,
        widget=plain.TextInput(attrs={"inputmode": "numeric"}),
    )


class StepForm(forms.Form):
    """A step of a deal: to which grade, when, and what proves it."""

    grade = forms.ChoiceField(label=_("Grade"), choices=Grade, initial=Grade.PURSUED)
    on = forms.DayField(label=_("Day"))
    amount = AmountField(
        label=_("Amount"),
        required=False,
        help_text=_("Empty: nothing was said. Zero is a statement."),
    )
    proof = forms.ChoiceField(label=_("Proof"), choices=PROOFS, initial=DealStep.Proof.WORD)
    declaration = forms.TextField(
        label=_("Number of the export declaration"),
        required=False,
        max_length=30,
        help_text=_("Only for a shipment, for example 41774-26-003706X. Each proves one, once."),
    )
    paper_amount = AmountField(
        label=_("Amount as the paper says it"),
        required=False,
        help_text=_("Only if the paper is in another currency; instead of the amount above."),
    )
    paper_currency = forms.ChoiceField(
        label=_("Currency of the paper"), choices=[NONE, *CURRENCY_CHOICES], required=False
    )
    rate_on = forms.DayField(
        label=_("Day of the exchange rate"),
        required=False,
        help_text=_("Only for foreign money. Empty means the day of the step."),
    )
    rate_source = forms.TextField(
        label=_("Source of the exchange rate"),
        required=False,
        max_length=80,
        help_text=_("Only where several are entered for that day."),
    )
    note = forms.TextField(label=_("Note"), required=False, rows=2, max_length=500)

    def __init__(self, *args: Any, currency: str = "", **kwargs: Any) -> None:
        """``currency`` is the deal's, where there is one already."""
        super().__init__(*args, **kwargs)
        if currency:
            self.fields["amount"].help_text = _(
                "In %(currency)s. Empty: nothing was said. Zero is a statement."
            ) % {"currency": currency}
        limit = settings.DOCUMENT_LIMIT
        self.fields["file"] = forms.UploadField(
            label=_("The paper"),
            limit=limit,
            required=False,
            help_text=_("PDF, HWP, HWPX, DOCX, XLSX, PPTX, JPG or PNG, up to %(limit)d MB.")
            % {"limit": limit // 1024**2},
        )
        self.order_fields(STEP_FIELDS)

    def step(self) -> Step:
        """Return what was typed as the action takes it."""
        return Step(**{name: self.cleaned_data[name] for name in STEP_FIELDS})

    @property
    def firm(self) -> list[Any]:
        """The fields that every step has, bound."""
        return [self[name] for name in STEP_FIELDS[:6]]

    @property
    def foreign(self) -> list[Any]:
        """The fields of a paper in another currency, bound."""
        return [self[name] for name in STEP_FIELDS[6:10]]

    @property
    def last(self) -> Any:
        """The note, bound."""
        return self["note"]


STEP_FIELDS = (
    "grade", "on", "amount", "proof", "file", "declaration", "paper_amount", "paper_currency",
    "rate_on", "rate_source", "note",
)  # fmt: skip


class DealForm(forms.Form):
    """What is known of a deal beside its steps."""

    company = organisation_field(label=_("Company that sells"))
    buyer = organisation_field(label=_("Buyer"))
    about = forms.TextField(label=_("Goods"), required=False)
    hs_code = plain.RegexField(
        r"^\d{2,10}$",
        label=_("HS code"),
        required=False,
        help_text=_("Two to ten digits."),
        error_messages={"invalid": _("An HS code has two to ten digits.")},
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, initial="USD")
    event = forms.ChoiceField(label=_("Event"), required=False)
    centre = forms.ChoiceField(label=_("Business centre"), required=False)
    country = region_field(
        label=_("Country"), required=False, help_text=_("Empty: where the buyer is.")
    )
    probability = _percent()
    next_step = forms.TextField(label=_("Next step"), required=False, max_length=300)
    next_due = forms.DayField(label=_("By when"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, user: User, row: Deal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.row = user, row
        self.known: dict[str, dict[str, Any]] = {}
        events = queries.events(user).select_related("unit")[:OFFERED]
        self._offer("event", [*events, *([row.event] if row and row.event else [])])
        self._offer("centre", queries.centres(user)[:OFFERED])
        self._offer(
            "owner", [*colleagues(user)[:OFFERED], *([row.owner] if row and row.owner else [])]
        )
        if row:
            self._of_row(row)

    def _of_row(self, row: Deal) -> None:
        """Offer what can only be chosen once company and event are known."""
        for name, rows, label in (
            ("leg", row.event.legs.all() if row.event else [], _("Place of the event")),
            (
                "product",
                Product.objects.filter(organisation=row.company_id)[:OFFERED],
                _("Product"),
            ),
        ):
            self.fields[name] = forms.ChoiceField(label=label, required=False)
            self._offer(name, rows)

    def _offer(self, name: str, rows: Any) -> None:
        self.known[name] = {str(one.pk): one for one in rows}
        field: Any = self.fields[name]
        field.choices = [NONE, *((key, str(one)) for key, one in self.known[name].items())]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = {name: self.cleaned_data[name] for name in self.fields if name in VALUES}
        for name, known in self.known.items():
            typed[name] = known.get(typed[name])
        if typed["country"] is None and self.row:
            typed["country"] = self.row.country
        if "leg" in typed and self.row and typed["event"] != self.row.event:
            typed["leg"] = None
        return typed


VALUES = {
    "company", "buyer", "about", "hs_code", "currency", "event", "leg", "centre", "country",
    "product", "probability", "next_step", "next_due", "owner",
}  # fmt: skip


class NewDealForm(DealForm, StepForm):
    """A new deal with its first step; from a consultation, an event, or by itself."""

    consultation = plain.IntegerField(required=False, widget=plain.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.talk: Consultation | None = None
        self.order_fields([*DealForm.base_fields, *STEP_FIELDS])

    def clean_consultation(self) -> int | None:
        """Find the consultation among those that the user may see."""
        number = self.cleaned_data["consultation"]
        if number:
            self.talk = queries.talk_of(self.user, number)
            if self.talk is None:
                raise plain.ValidationError(_("There is no such consultation."))
        return number  # type: ignore[no-any-return]

    @property
    def about_deal(self) -> list[Any]:
        """The fields of the deal, bound."""
        return [self[name] for name in DealForm.base_fields if name in self.fields]

    def within(self) -> Unit:
        """Return the unit that the deal will belong to: its event's, else the user's own."""
        event: Event | None = self.known["event"].get(self.cleaned_data["event"])
        if self.talk:
            return self.talk.unit
        return event.unit if event else home_unit(self.user, CHANGE)

    def values(self) -> dict[str, Any]:
        """Return what was typed of the deal, and what its consultation tells."""
        typed = super().values()
        if self.talk:
            typed["consultation"], typed["leg"] = self.talk, self.talk.leg
            typed["event"], typed["product"] = self.talk.event, self.talk.product
        return typed


def of_talk(talk: Consultation) -> dict[str, Any]:
    """Return what the form of a deal begins with that came of a consultation."""
    return {
        "consultation": talk.pk,
        "company": talk.exhibitor.organisation,
        "buyer": talk.buyer.organisation,
        "about": talk.about,
        "hs_code": talk.hs_code,
        "currency": talk.currency or "USD",
        "event": str(talk.event_id),
        "country": talk.country,
        "next_due": talk.next_due,
        "on": talk.at.date(),
        "amount": talk.amount,
        "grade": Grade.CONSULTED,
    }


def edited(row: Deal) -> dict[str, Any]:
    """Return what the form of a deal starts from."""
    told = {name: getattr(row, name) for name in VALUES}
    for name in ("event", "leg", "centre", "product", "owner"):
        told[name] = str(getattr(row, f"{name}_id") or "")
    return told


class NextForm(forms.Form):
    """What is to be done next, and by when."""

    next_step = forms.TextField(label=_("Next step"), required=False, max_length=300)
    next_due = forms.DayField(label=_("By when"), required=False)


class LoseForm(forms.Form):
    """Since when nothing comes of a deal, and why."""

    on = forms.DayField(label=_("Lost on"))
    reason = forms.TextField(
        label=_("Why it was lost"), rows=3, max_length=500, help_text=_("Price, quality, terms, …")
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class NoForm(forms.Form):
    """Nothing but a yes."""


class AskForm(forms.Form):
    """Which buyer's address the link is sent to, and in which language."""

    email = plain.EmailField(label=_("E-mail address of the buyer"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("en", "English"), ("ko", "한국어")]
    )


def _numbered(value: str) -> int:
    return forms.PickField.number(value)


class DealFilter(django_filters.FilterSet):
    """The conditions of the list of deals."""

    q = django_filters.CharFilter(label=_("Number, goods, company or buyer"), method="by_words")
    event = django_filters.ChoiceFilter(label=_("Event"), empty_label=_("All events"))
    grade = django_filters.ChoiceFilter(
        label=_("Grade"), choices=Grade.choices, empty_label=_("All grades")
    )
    company = django_filters.CharFilter(label=_("Company"), method="by_company")
    country = django_filters.CharFilter(label=_("Country"), method="by_country")
    centre = django_filters.ChoiceFilter(label=_("Business centre"), empty_label=_("All"))
    proof = django_filters.ChoiceFilter(
        label=_("Proof"),
        choices=[("missing", _("Says more than papers show"))],
        method="by_proof",
        empty_label=_("All"),
    )
    due = forms.DayFilter(label=_("Next step due until"), field_name="due_by", lookup_expr="lte")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        self.filters["event"].extra["choices"] = lambda: _choices(queries.events(user))
        self.filters["centre"].extra["choices"] = lambda: _choices(queries.centres(user))

    def by_words(self, rows: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        """Find deals by number, or by what their goods, company or buyer are called."""
        return queries.found_by(rows, value)

    def by_company(self, rows: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        """Find deals by their company's name, or by the number behind "#"."""
        if number := _numbered(value):
            return rows.filter(company=number)
        called = parties.called(parties.organisations(), value)
        return rows.filter(company__in=called.order_by().values("pk"))

    def by_proof(self, rows: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        """Keep the deals of which a company said by its word what no paper shows yet."""
        return rows.filter(pk__in=queries.unproven().order_by().values("deal"))

    def by_country(self, rows: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        """Find deals by their country's name or code, or by the number behind "#"."""
        if number := _numbered(value):
            return rows.filter(country=number)
        return rows.filter(country__in=[one.pk for one in parties.meant(parties.regions(), value)])


def _choices(rows: QuerySet[Any]) -> list[tuple[str, str]]:
    return [(str(one.pk), str(one)) for one in rows[:OFFERED]]


SORTS = {"graded": Sort("graded_on"), "due": Sort("due_by"), "number": Sort("number")}
State = Deal.State


def deal_listing(request: Request, today: date) -> Listing:
    """Return the list of deals as it was asked for."""
    waiting = queries.waiting().order_by().values("deal")
    return Listing(
        request,
        queries.seen(request.user),
        DealFilter,
        SORTS,
        default="-graded",
        tabs=[
            Tab("late", _("Next step late"), Q(due_by__lt=today), "bad"),
            Tab("verify", _("To be verified"), Q(OneOf("pk", waiting)), "soon"),
            Tab("open", State.OPEN.label, Q(state=State.OPEN)),
            Tab("lost", State.LOST.label, Q(state=State.LOST)),
            Tab("done", State.DONE.label, Q(state=State.DONE)),
        ],
        by_tab=True,
    )

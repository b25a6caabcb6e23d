"""What is typed of a consultation: at the booth on a phone, and at the desk."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms as plain
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.base.refused import Refused
from gyoryu.evidence.rules import files
from gyoryu.parties.models import CURRENCY_CHOICES, Product, Region
from gyoryu.trade.actions.consultations import WalkIn
from gyoryu.trade.models import Consultation, Leg, Meeting, Participant
from gyoryu.trade.queries import consultations as queries
from gyoryu.trade.rules import consultations as rules
from gyoryu.web import forms

NEW, OTHER = "new", "other"
# A photo of a telephone is larger than what it shows.
CARD_LIMIT = 10 * 1024**2
# Fields of a post that say nothing about the talk.
BESIDE = {"csrfmiddlewaretoken", "once", "draft", "drafted", "mark", "card"}
Choices = list[tuple[Any, Any]]


class Offered:
    """What the form of an exhibitor offers: whom it meets, its products, places, countries."""

    def __init__(self, exhibitor: Participant | None) -> None:
        self.meetings: dict[str, Meeting] = {}
        self.buyers: dict[str, Participant] = {}
        self.legs: dict[str, Leg] = {}
        self.products: dict[str, Product] = {}
        self.countries: dict[str, Region] = {}
        if exhibitor is not None:
            self._look_up(exhibitor)

    def _look_up(self, exhibitor: Participant) -> None:
        self.meetings = {f"m{one.pk}": one for one in queries.meetings_of(exhibitor)}
        self.buyers = {f"b{one.pk}": one for one in queries.buyers_of(exhibitor.event)}
        self.legs = {str(one.pk): one for one in queries.legs_of(exhibitor.event)}
        rows = Product.objects.filter(organisation=exhibitor.organisation_id)
        self.products = {str(one.pk): one for one in rows[:200]}
        self.countries = {str(one.pk): one for one in queries.countries()}

    def whom(self) -> Choices:
        """Return whom it may have talked with: its meetings, all buyers, somebody new."""
        met = [(key, self.met(one)) for key, one in self.meetings.items()]
        came = [(key, str(one)) for key, one in self.buyers.items()]
        groups: Choices = [(_("Meetings on the timetable"), met)] if met else []
        groups += [(_("Buyers at this event"), came)] if came else []
        return [("", _("Choose")), (NEW, _("A buyer who is not listed")), *groups]

    def met(self, meeting: Meeting) -> str:
        """Name a meeting by its time, table and buyer."""
        return f"{self.when(meeting)} · {meeting.buyer}"

    def when(self, meeting: Meeting) -> str:
        """Name a meeting by its day, time and table."""
        begins = queries.begins(meeting)
        table = _("table %(n)d") % {"n": meeting.table}
        return f"{begins:%m-%d %H:%M} · {table}"

    def goods(self) -> Choices:
        """Return its products, and one in words."""
        listed = [
            (key, f"{one} (HS {one.hs})" if one.hs else str(one))
            for key, one in self.products.items()
        ]
        return [("", _("Choose")), *listed, (OTHER, _("Another one, in words"))]

    def lands(self) -> Choices:
        """Return every country under its name."""
        named = sorted((str(one), key) for key, one in self.countries.items())
        return [("", _("Choose")), *((key, name) for name, key in named)]


class TalkForm(forms.Form):
    """A talk with a buyer, as it is noted at the booth."""

    with_whom = forms.ChoiceField(label=_("With whom"))
    buyer_name = forms.TextField(
        label=_("Name of the new buyer"), required=False, help_text=_("As on the business card.")
    )
    buyer_country = forms.ChoiceField(label=_("Country of the new buyer"), required=False)
    leg = forms.ChoiceField(label=_("Place"))
    product = forms.ChoiceField(
        label=_("Product talked of"), help_text=_("Chosen from the products you registered.")
    )
    about = forms.TextField(label=_("The product in words"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, initial="USD")
    amount = AmountField(
        label=_("Amount"),
        required=False,
        help_text=_("What the buyer spoke of buying within a year"),
    )
    unsaid = plain.BooleanField(label=_("No amount was spoken of"), required=False)
    interest = forms.ChoiceField(
        label=_("Buyer's interest"),
        choices=Consultation.Interest,
        widget=plain.RadioSelect,
    )
    next_steps = forms.MultipleChoiceField(
        label=_("What to do next"),
        choices=Consultation.Step,
        required=False,
        widget=plain.CheckboxSelectMultiple,
    )
    next_due = forms.DayField(
        label=_("By when"),
        required=False,
        help_text="",
        widget=plain.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "date"}),
    )
    note = forms.TextField(
        label=_("Note"),
        required=False,
        rows=4,
        max_length=rules.LONGEST_NOTE,
        help_text=_("The buyer does not see it."),
    )
    card = forms.UploadField(
        label=_("Photo of the business card"),
        limit=CARD_LIMIT,
        required=False,
        widget=plain.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    # When it was written down, by the phone's own clock; it may be sent hours later.
    said_at = plain.CharField(required=False, widget=plain.HiddenInput)

    def __init__(
        self, *args: Any, offered: Offered, at: datetime, row: Consultation | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.offered, self.at, self.row = offered, at, row
        self._offer("with_whom", offered.whom())
        self._offer("buyer_country", offered.lands())
        self._offer("product", offered.goods())
        self._offer("leg", [(key, str(one)) for key, one in offered.legs.items()])
        if len(offered.legs) == 1:
            self.fields["leg"].required = False
            self.fields["leg"].widget = plain.HiddenInput()

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_card(self) -> Any:
        """Refuse what is no photo."""
        card = self.cleaned_data.get("card")
        if card:
            try:
                rules.check_card(files.check_file(card).content_type)
            except Refused as refusal:
                raise plain.ValidationError(str(refusal)) from refusal
        return card

    def clean(self) -> dict[str, Any]:
        """Refuse half a new buyer, no product, and an amount that is neither said nor unsaid."""
        told = super().clean() or {}
        if told.get("with_whom") == NEW:
            for name in ("buyer_name", "buyer_country"):
                if not told.get(name):
                    self.add_error(name, _("A new buyer needs a name and a country."))
        if told.get("product") == OTHER and not told.get("about"):
            self.add_error("about", _("Say in words what it was."))
        said = told.get("amount") is not None
        if "amount" not in self.errors and said == bool(told.get("unsaid")):
            self.add_error("amount", _("Give the amount, or say that none was spoken of."))
        return told

    def buyer(self) -> Participant | WalkIn:
        """Return who it was."""
        chosen = self.cleaned_data["with_whom"]
        if chosen == NEW:
            land = self.offered.countries.get(self.cleaned_data["buyer_country"])
            return WalkIn(self.cleaned_data["buyer_name"], land)
        meeting = self.meeting()
        return meeting.buyer if meeting else self.offered.buyers[chosen]

    def meeting(self) -> Meeting | None:
        """Return the meeting of the timetable that it was, if it was one."""
        return self.offered.meetings.get(self.cleaned_data["with_whom"])

    def place(self) -> Leg | None:
        """Return where it was: where the meeting was, or the place chosen."""
        if meeting := self.meeting():
            return self.offered.legs[str(meeting.leg_id)]
        only = next(iter(self.offered.legs.values()), None)
        return self.offered.legs.get(self.cleaned_data["leg"], only)

    def when(self) -> datetime:
        """Return when they talked: as the timetable says, or when it was written down."""
        said = self._written_at()
        if meeting := self.meeting():
            return min(queries.begins(meeting), said)
        return said

    def _written_at(self) -> datetime:
        """Return the phone's time, or the server's where the phone's cannot be right."""
        try:
            told = datetime.fromisoformat(self.cleaned_data["said_at"])
        except ValueError:
            return self.at
        if told.tzinfo is None or told > self.at or told < self.at - timedelta(days=60):
            return self.at
        return told.astimezone(UTC)

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        told = self.cleaned_data
        leg = self.place()
        if leg is None:
            raise Refused(_("This event has no place yet."), field="leg")
        amount = None if told["unsaid"] else told["amount"]
        return {
            "buyer": self.buyer(),
            "meeting": self.meeting(),
            "leg": leg,
            "at": self.when(),
            "product": self.offered.products.get(told["product"]),
            "about": told["about"] if told["product"] == OTHER else "",
            "hs_code": "",
            "amount": amount,
            "currency": told["currency"] if amount is not None else "",
            "interest": told["interest"],
            "next_steps": told["next_steps"],
            "next_due": told["next_due"],
            "note": told["note"],
            "card": told.get("card"),
        }


class DeskForm(TalkForm):
    """A talk as an officer writes it down or corrects it: also when it was."""

    day = forms.DayField(label=_("Day of the talk"))
    begins = plain.TimeField(
        label=_("Time of the talk"), required=False, help_text=_("For example 14:00.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interest"].required = False
        self.fields["product"].required = False
        del self.fields["said_at"]
        self.fields["card"].widget.attrs.pop("capture", None)
        self.fields["product"].help_text = ""
        own = ["with_whom", "buyer_name", "buyer_country", "leg", "day", "begins"]
        self.order_fields([*own, *self.fields])

    def when(self) -> datetime:
        """Return the day and time at the place; noon where no time is known."""
        leg = self.place()
        zone = ZoneInfo(leg.timezone if leg else settings.TIME_ZONE)
        begins = self.cleaned_data["begins"]
        told = datetime.combine(self.cleaned_data["day"], begins or time(12), zone)
        # On the day itself noon may still be to come.
        return told if begins or told.date() != self.at.astimezone(zone).date() else self.at


def edited(row: Consultation, offered: Offered) -> dict[str, Any]:
    """Return what the form of a consultation starts from."""
    local = row.at.astimezone(ZoneInfo(row.leg.timezone))
    met = f"m{row.meeting_id}"
    return {
        "with_whom": met if met in offered.meetings else f"b{row.buyer_id}",
        "leg": str(row.leg_id),
        "day": local.date(),
        "begins": f"{local:%H:%M}",
        "product": str(row.product_id) if row.product_id else OTHER if row.about else "",
        "about": "" if row.product_id else row.about,
        "currency": row.currency or "USD",
        "amount": row.amount,
        "unsaid": row.amount is None,
        "interest": row.interest,
        "next_steps": row.next_steps,
        "next_due": row.next_due,
        "note": row.note,
    }


def digest(fields: Iterable[tuple[str, list[str]]], card: bytes = b"") -> str:
    """Return what tells one sending from another: all that was typed, and the photo."""
    told = hashlib.sha256()
    for name, values in sorted(fields):
        if name not in BESIDE:
            told.update(repr((name, [value.replace("\r\n", "\n") for value in values])).encode())
    told.update(hashlib.sha256(card).digest())
    return told.hexdigest()


class DoneForm(forms.Form):
    """When what was to follow was done."""

    on = forms.DayField(label=_("Done on"))

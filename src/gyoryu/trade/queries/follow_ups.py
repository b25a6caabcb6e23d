"""What is known of follow-ups: who is due, late or silent, what was said, how many answered."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from gyoryu.accounts.access import fingerprint
from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base.money import Money, plain
from gyoryu.programmes.queries import representatives
from gyoryu.trade.models import Consultation, Deal, Event, FollowUp, Participant
from gyoryu.trade.rules import follow_ups as rules
from gyoryu.trade.rules.deals import SEE
from gyoryu.trade.rules.follow_ups import What, works

MOST_LINES = 100
NEW_LINES = 3
LISTED = ("event__unit", "exhibitor__organisation")
State = FollowUp.State
# Who exhibited, as far as anybody knows; the others were never there.
THERE = (Participant.State.REGISTERED, Participant.State.CONFIRMED)


def seen(user: User) -> QuerySet[FollowUp]:
    """Return the follow-ups of the events a user may see the dealings of."""
    rows = FollowUp.objects.filter(exhibitor__voided_at=None).select_related(*LISTED)
    return visible(rows, user, SEE, "event")


def exhibitors(event: Event) -> QuerySet[Participant]:
    """Return who exhibited at an event and is asked, whether they had a deal or not."""
    return Participant.objects.filter(
        event=event, side=Participant.Side.EXHIBITOR, state__in=THERE, voided_at=None
    )


def ended(on: date) -> QuerySet[Event]:
    """Return the events of which a round may be due on a day: held 3 to 15 months ago."""
    rows = Event.objects.filter(voided_at=None).exclude(state=Event.State.CANCELLED)
    since, until = rules.months_after(on, -rules.LAST), rules.months_after(on, -rules.ROUNDS[0])
    # A day more on both sides: months differ in length.
    return rows.filter(ends_on__gte=since, ends_on__lte=until).select_related("unit")


def of_link(secret: str, on: date) -> FollowUp | None:
    """Return the follow-up of a link; nothing for one that is unknown or has ended."""
    rows = FollowUp.objects.filter(mark=fingerprint(secret)) if secret else FollowUp.objects.none()
    found = rows.select_related(*LISTED).first()
    return found if found and works(found, on) else None


@dataclass(frozen=True)
class Line:
    """A talk of which an exhibitor is asked: a deal, a consultation, or room for a new one.

    ``told`` is what was said before; what was ``applied`` is in the register and stays.
    """

    key: str
    buyer: str
    goods: str
    currency: str
    amount: Decimal | None
    deal: Deal | None = None
    talk: Consultation | None = None
    told: dict[str, Any] | None = None

    @property
    def applied(self) -> bool:
        """Whether its answer was sent."""
        return bool((self.told or {}).get("applied"))

    @property
    def closed(self) -> bool:
        """Whether nothing is asked of it: it was lost or finished, or its answer was sent."""
        return self.applied or (self.deal is not None and self.deal.state != Deal.State.OPEN)

    @property
    def new(self) -> bool:
        """Whether it is room for a deal that nobody has told of yet."""
        return self.deal is None and self.talk is None


def lines(row: FollowUp) -> list[Line]:
    """Return the talks of an exhibitor at an event, deals first, and room for new ones."""
    given = row.answers
    # What a line made is told as that deal from then on.
    made = {told["deal"]: told for told in given.values() if "deal" in told}
    deals = Deal.objects.filter(
        event=row.event_id, company=row.exhibitor.organisation_id, voided_at=None
    )
    found = [
        Line(
            key=f"d{one.pk}", buyer=str(one.buyer), goods=str(one.product or one.about),
            currency=one.currency, amount=one.of_grade, deal=one,
            told=given.get(f"d{one.pk}") or made.get(one.pk),
        )
        for one in deals.select_related("buyer", "product").order_by("pk")[:MOST_LINES]
    ]  # fmt: skip
    led = Deal.objects.filter(consultation__isnull=False, voided_at=None).values("consultation")
    talks = Consultation.objects.filter(exhibitor=row.exhibitor_id, voided_at=None)
    talks = talks.exclude(pk__in=led)
    talks = talks.select_related("buyer__organisation", "product").order_by("at", "pk")
    found += [
        Line(
            key=f"c{one.pk}", buyer=str(one.buyer), goods=str(one.product or one.about),
            currency=one.currency or "USD", amount=one.amount, talk=one,
            told=given.get(f"c{one.pk}"),
        )
        for one in talks[: MOST_LINES - len(found)]
    ]  # fmt: skip
    used = sum(key.startswith("n") and "deal" in told for key, told in given.items())
    keys = [f"n{n}" for n in range(1, NEW_LINES + used + 1)]
    return found + [
        Line(key, "", "", "USD", None, told=given.get(key))
        for key in keys
        if "deal" not in given.get(key, {})
    ]


def addresses(exhibitor: Participant) -> tuple[str, list[User]]:
    """Return where an exhibitor is reached: its contact's address, else who acts for it."""
    if exhibitor.contact_email:
        return exhibitor.contact_email, []
    acting = representatives.acting(exhibitor.organisation_id)
    return "", [one.user for one in acting if one.confirmed_at and one.user.is_active]


@dataclass(frozen=True)
class Rate:
    """How many of an event's exhibitors were asked in a round, and how many answered."""

    event: Event
    months: int
    asked: int
    answered: int
    silent: int

    @property
    def percent(self) -> Decimal | None:
        """Who answered of who was asked, in percent with one place; none where nobody was."""
        if not self.asked:
            return None
        return (Decimal(100 * self.answered) / self.asked).quantize(Decimal("0.1"))


def rates(rows: QuerySet[FollowUp]) -> list[Rate]:
    """Return the response rate of each event and round of some follow-ups, newest event first."""
    found = list(
        rows.order_by()
        .values_list("event", "months")
        .annotate(
            asked=Count("pk", filter=Q(asked_at__isnull=False)),
            answered=Count("pk", filter=Q(state=State.ANSWERED)),
            silent=Count("pk", filter=Q(state=State.SILENT)),
        )
    )
    events = Event.objects.in_bulk({one[0] for one in found})
    told = [Rate(events[event], *figures) for event, *figures in found]
    return sorted(told, key=lambda one: (-one.event.ends_on.toordinal(), one.event.pk, one.months))


@dataclass(frozen=True)
class Said:
    """What a company said of a deal in a round, in words."""

    months: int
    words: str
    at: datetime


def told_of(deal: Deal) -> list[Said]:
    """Return what a deal's company said of it in follow-ups, newest first."""
    if deal.event_id is None:
        return []
    rows = FollowUp.objects.filter(
        event=deal.event_id, exhibitor__organisation=deal.company_id, answered_at__isnull=False
    ).order_by("-months")
    return [
        Said(row.months, in_words(given, deal.currency), row.answered_at)
        for row in rows
        for key, given in row.answers.items()
        if row.answered_at and deal.pk in {given.get("deal"), _number(key)}
    ]


def _number(key: str) -> int | None:
    return int(key[1:]) if key.startswith("d") else None


def in_words(given: dict[str, Any], currency: str) -> str:
    """Say an answer in one line; where it names no currency its amount is in that of its line."""
    told = rules.read(given)
    parts = [str(What(told.what).label)]
    if told.buyer:
        parts.append(told.buyer)
    if told.amount is not None:
        money = Money(told.amount, told.currency or currency)
        parts.append(f"{money.currency} {plain(money)}".strip())
    parts += [str(part) for part in (told.on, told.declaration, told.reason) if part]
    return " · ".join(parts)

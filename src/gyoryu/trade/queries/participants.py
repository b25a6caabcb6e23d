"""Who takes part in events: whom one may see, who is to be invited, and who may act for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    CharField,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.outbox.models import Letter
from gyoryu.parties.models import Product
from gyoryu.programmes.models import Application, Representative
from gyoryu.trade.models import Event, Exhibit, Participant
from gyoryu.trade.rules.events import OPEN_STATES
from gyoryu.trade.rules.participants import COMING

SEE = "trade.view"
State, Side = Participant.State, Participant.Side
# Those whom a call has chosen to take part.
CHOSEN = (Application.Status.SELECTED, Application.Status.RUNNING)


def seen_by(user: User) -> QuerySet[Participant]:
    """Return the participants of events that a user may see."""
    rows = Participant.objects.filter(voided_at=None, event__voided_at=None)
    rows = rows.select_related("event__unit", "organisation__region", "unit")
    return visible(rows, user, SEE)


def of_event(event: Event) -> QuerySet[Participant]:
    """Return an event's participants with what a line of their list shows."""
    rows = Participant.objects.filter(event=event, voided_at=None)
    return rows.select_related("organisation__region")


def dressed(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    """Add how many products each shows."""
    return rows.annotate(n_exhibits=Count("exhibits"))


def exhibits(row: Participant) -> QuerySet[Exhibit]:
    """Return the products that an exhibitor shows."""
    return row.exhibits.select_related("product").order_by("product__hs", "pk")


def language_of(row: Participant) -> str:
    """Return the language a participant's letters are written in; English unless it is Korean."""
    return "ko" if row.language == "ko" else "en"


def to_take_over(event: Event) -> QuerySet[Application]:
    """Return the companies that an event's call has chosen and that do not exhibit yet."""
    there = Participant.objects.filter(event=event, side=Side.EXHIBITOR, voided_at=None)
    rows = Application.objects.filter(
        call=event.call_id, status__in=CHOSEN, voided_at=None, organisation__isnull=False
    )
    rows = rows.exclude(organisation__in=there.values("organisation"))
    return rows.select_related("organisation").order_by("number", "pk")


def products_of(organisations: Iterable[int | None]) -> dict[int, list[Product]]:
    """Return companies' products, by company."""
    found: dict[int, list[Product]] = defaultdict(list)
    own = {one for one in organisations if one}
    for product in Product.objects.filter(organisation__in=own).order_by("hs", "pk"):
        found[product.organisation_id].append(product)
    return found


def people_of(organisations: Iterable[int]) -> dict[int, list[User]]:
    """Return who is confirmed to act for companies and can sign in, by company."""
    found: dict[int, list[User]] = defaultdict(list)
    rows = Representative.objects.filter(
        organisation__in=set(organisations), ended_on=None, confirmed_at__isnull=False,
        user__is_active=True,
    )  # fmt: skip
    for row in rows.select_related("user").order_by("user"):
        found[row.organisation_id].append(row.user)
    return found


@dataclass(frozen=True)
class Letters:
    """How many buyers can be invited, and how many invitations are on their way."""

    to_invite: int
    on_their_way: int


def letters(event: Event) -> Letters:
    """Count an event's buyers that were never written to and have an address."""
    asked = Q(invite_asked_at__isnull=False)
    found = _unwritten(event).aggregate(new=Count("pk", filter=~asked), asked=Count("pk", asked))
    return Letters(found["new"], found["asked"])


def to_invite(event: Event) -> QuerySet[Participant]:
    """Return the buyers that were never written to and have an address."""
    return _unwritten(event).filter(invite_asked_at=None)


def on_their_way(event: Event) -> QuerySet[Participant]:
    """Return the buyers whose invitation was asked for and is still to be written."""
    rows = _unwritten(event).filter(invite_asked_at__isnull=False)
    return rows.select_related("event__unit", "organisation", "unit").order_by("pk")


def _unwritten(event: Event) -> QuerySet[Participant]:
    rows = Participant.objects.filter(event=event, voided_at=None, side=Side.BUYER)
    return rows.filter(state=State.INVITED, invited_at=None).exclude(contact_email="")


def to_remind(*, at: datetime, until: datetime, invited_before: datetime) -> QuerySet[Participant]:
    """Return the invited buyers without an answer whose window closes soon, not yet reminded."""
    key = Concat(Value("invitation-reminder:"), Cast(OuterRef("pk"), CharField()))
    written = Letter.objects.filter(to=None, address=OuterRef("contact_email"), key=key)
    rows = Participant.objects.filter(
        side=Side.BUYER, state=State.INVITED, voided_at=None, answered_at=None,
        invited_at__lte=invited_before, event__voided_at=None, event__state__in=OPEN_STATES,
        event__register_until__gt=at, event__register_until__lte=until,
    )  # fmt: skip
    rows = rows.exclude(contact_email="").exclude(Exists(written))
    return rows.select_related("event__unit", "organisation", "unit").order_by("pk")


def concerned(event: Event) -> QuerySet[Participant]:
    """Return who was coming or had been written to, and hears when the event is called off."""
    rows = Participant.objects.filter(event=event, voided_at=None)
    told = rows.filter(state__in=COMING) | rows.filter(
        state=State.INVITED, invited_at__isnull=False
    )
    return told.select_related("event__unit", "organisation").order_by("pk")


def with_exhibits(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    """Add the products each shows, in the catalogue's order."""
    shown = Exhibit.objects.select_related("product").order_by("product__hs", "pk")
    return rows.prefetch_related(Prefetch("exhibits", shown))


def about(rows: QuerySet[Participant], code: str) -> QuerySet[Participant]:
    """Keep who names a code, one that lies within it, or a wider one; of one event's rows.

    They are read in the list of codes as it is kept: of one event that is quick enough, and each
    stands between quotes in it, so that no code is found in the middle of another.
    """
    near = Q(_codes__contains=f'"{code}')
    for length in (2, 4, 6, 8):
        if length < len(code):
            near |= Q(_codes__contains=f'"{code[:length]}"')
    return rows.alias(_codes=Cast("hs_codes", TextField())).filter(near)

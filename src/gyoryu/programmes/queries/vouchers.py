"""What vouchers have used, hold and have left, and who may see them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import OneOf, visible
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import (
    Application,
    Award,
    AwardCategory,
    Ceiling,
    Order,
    Representative,
    Service,
    Voucher,
)
from gyoryu.programmes.queries.awards import voided
from gyoryu.programmes.rules import representatives as acting

ON_PAGE = (
    "award__unit",
    "award__ceiling",
    "award__organisation",
    "award__call__programme",
    "terms",
)


@dataclass(frozen=True)
class Use:
    """What a voucher, or one of its services, has of each kind, in won.

    ``free`` of a service is never more than what the whole voucher has left.
    """

    most: int
    reserved: int
    used: int
    paid: int
    free: int
    heading: AwardCategory | None = None

    @property
    def service(self) -> Service | None:
        """The service it is of; none for the whole voucher."""
        return self.heading.service if self.heading else None


def seen(to: User) -> QuerySet[Voucher]:
    """Return the vouchers a user may see at the desk."""
    rows = Voucher.objects.exclude(award__in=voided()).select_related(*ON_PAGE)
    return visible(rows, to, "programmes.applicants", within="award")


def represented(by: User) -> QuerySet[Organisation]:
    """Return the organisations that somebody is confirmed to act for."""
    return Organisation.objects.filter(pk__in=acting.sure_of(by))


def spoken_for(by: User) -> QuerySet[Organisation]:
    """Return the organisations that somebody says they act for, confirmed or not."""
    rows = Representative.objects.filter(user=by, ended_on=None)
    return Organisation.objects.filter(pk__in=rows.values("organisation")).order_by("pk")


def waiting_to_act(by: User) -> bool:
    """Tell whether somebody says they act for an organisation, and nobody has confirmed it yet."""
    rows = Representative.objects.filter(user=by, ended_on=None, confirmed_at=None)
    return rows.exists()


def own(by: User) -> QuerySet[Voucher]:
    """Return the vouchers of the companies that somebody acts for."""
    rows = Voucher.objects.filter(
        OneOf("award", Award.objects.filter(organisation__in=acting.sure_of(by)).values("pk")),
        award__voided_at=None,
    )
    return rows.select_related(*ON_PAGE).order_by("-pk")


def called(number: str, business_number: str) -> Voucher | None:
    """Return the voucher of this number and company: both have to be known to find one."""
    rows = Voucher.objects.filter(
        award__number=number,
        award__organisation__business_number=business_number,
        award__voided_at=None,
    ).exclude(award__organisation__business_number="")
    return rows.select_related(*ON_PAGE).first()


def whole(voucher: Voucher) -> Use:
    """Return how a whole voucher stands; a closed one has nothing left."""
    ceiling = voucher.award.ceiling
    return _use(ceiling, ceiling.free)


def headings(voucher: Voucher) -> QuerySet[AwardCategory]:
    """Return the services of a voucher in the order of its menu."""
    rows = voucher.award.categories.filter(service__isnull=False)
    return rows.select_related("service", "ceiling").order_by("service__order", "pk")


def by_service(voucher: Voucher) -> list[Use]:
    """Return how each service of a voucher stands, in the order of the menu."""
    left = voucher.award.ceiling.free
    return [_use(row.ceiling, min(row.ceiling.free, left), row) for row in headings(voucher)]


def room(order: Order) -> int:
    """Return what is free for an order: the lower of its service's and its voucher's rest."""
    return max(min(order.heading.ceiling.free, order.voucher.award.ceiling.free), 0)


def _use(ceiling: Ceiling, free: int, heading: AwardCategory | None = None) -> Use:
    return Use(
        most=ceiling.limit,
        reserved=ceiling.reserved,
        used=ceiling.approved,
        paid=ceiling.paid,
        free=max(free, 0),
        heading=heading,
    )


def to_issue(to: User) -> QuerySet[Application]:
    """Return the selected applications of voucher programmes that have no voucher yet."""
    rows = Application.objects.filter(
        status=Application.Status.SELECTED,
        award=None,
        voided_at=None,
        call__programme__kind="voucher",
    ).select_related("call__programme", "organisation", "unit")
    return visible(rows, to, "programmes.applicants")


# The states of the list of vouchers, as conditions.
CLOSED = Q(closed_on__isnull=False)
UNPAID = Q(closed_on=None, share_paid_on=None, share__gt=0)


def usable(on: date) -> Q:
    """Return the condition that orders can be placed on a day."""
    paid = Q(share_paid_on__isnull=False) | Q(share=0)
    return paid & Q(closed_on=None, award__starts_on__lte=on, award__ends_on__gte=on)


def ended(on: date) -> Q:
    """Return the condition that its time is over and its balance was not given back."""
    return Q(closed_on=None, award__ends_on__lt=on)

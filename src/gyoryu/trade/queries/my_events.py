"""The events in which somebody's companies exhibit."""

from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Exhibit, Participant

Side = Participant.Side


def own(user: User) -> QuerySet[Participant]:
    """Return where the companies exhibit that somebody surely acts for, the newest first."""
    rows = Participant.objects.filter(
        side=Side.EXHIBITOR, organisation__in=representatives.sure_of(user),
        voided_at=None, event__voided_at=None,
    )  # fmt: skip
    rows = rows.select_related("event__unit", "organisation__region", "unit")
    return rows.order_by("-event__starts_on", "pk")


def own_exhibits(user: User) -> QuerySet[Exhibit]:
    """Return the products that those companies show."""
    rows = Exhibit.objects.filter(participant__in=own(user).order_by().values("pk"))
    return rows.select_related("product", "participant__event__unit", "participant__organisation")

"""The events in which somebody's companies exhibit."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.programmes.queries.tiles import Line, Section
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


def section(user: User, at: datetime) -> Section | None:
    """Return somebody's coming events for their first page; none without any."""
    address = reverse("my-events")
    coming = own(user).filter(event__ends_on__gte=day_of(at))[:20]
    lines = [
        Line(row.event, reverse("my-event", args=[row.pk]), row.event.get_state_display())
        for row in coming
    ]
    return Section(_("My events"), "booth", lines, more=address) if lines else None

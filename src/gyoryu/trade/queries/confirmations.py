"""What buyers were asked and said."""

from datetime import datetime

from django.db.models import Max, OuterRef, QuerySet, Subquery

from gyoryu.accounts.access import fingerprint
from gyoryu.trade.models import Confirmation, Deal
from gyoryu.trade.rules import confirmations as rules


def newest(deal: Deal) -> Confirmation | None:
    """Return the last question that was put to the buyer."""
    return deal.confirmations.order_by("-pk").first()


def of_link(secret: str, at: datetime) -> Confirmation | None:
    """Return what a link asks; nothing for one that is unknown, used, ended or overtaken."""
    last = Confirmation.objects.filter(deal=OuterRef("deal")).order_by().values("deal")
    rows = Confirmation.objects.filter(mark=fingerprint(secret), deal__voided_at=None)
    rows = rows.annotate(newest=Subquery(last.annotate(n=Max("pk")).values("n")))
    found = rows.select_related("deal__unit", "deal__owner", "asked_by").first()
    if found is None or not rules.works(found, found.newest, at):
        return None
    return found


def of_deal(deal: Deal) -> QuerySet[Confirmation]:
    """Return what a deal's buyer was asked, newest first."""
    return deal.confirmations.select_related("asked_by")

"""Enquiries: who sees which, which are late, and which leads may fit one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.parties.models import Product
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Enquiry, Lead
from gyoryu.trade.queries.leads import looking_for
from gyoryu.trade.rules.leads import CHAPTER, shared

SEE = "trade.dealings"
SUGGESTED = 10
LOOKED_AT = 500


def seen_by(user: User, capability: str = SEE) -> QuerySet[Enquiry]:
    """Return the enquiries a user may see, or change."""
    rows = Enquiry.objects.filter(voided_at=None).select_related("centre", "organisation", "unit")
    return visible(rows, user, capability)


def own(user: User) -> QuerySet[Enquiry]:
    """Return what somebody asked, and what was asked in the name of companies they act for."""
    mine = Q(asked_by=user) | Q(
        organisation__in=representatives.sure_of(user), origin=Enquiry.Origin.COMPANY
    )
    rows = Enquiry.objects.filter(mine, voided_at=None)
    return rows.select_related("centre", "organisation").order_by("-received_at", "-pk")


def late(today: date) -> Q:
    """Return the condition on what should have been answered before a day."""
    return Q(state=Enquiry.State.IN, due_on__lt=today)


def answered_late() -> Q:
    """Return the condition on what was answered after its day."""
    return Q(answered_on__gt=F("due_on"))


def waiting(today: date) -> QuerySet[Enquiry]:
    """Return all that is late on a day, for the letters about it."""
    rows = Enquiry.objects.filter(late(today), voided_at=None).order_by("due_on", "pk")
    return rows.select_related("centre", "unit")


@dataclass(frozen=True)
class Suggested:
    """A lead that may fit, and the codes that say so: the lead's, the enquiry's, shared digits."""

    lead: Lead
    its_code: str
    code: str
    digits: int

    @property
    def reason(self) -> str:
        """Say why it is suggested."""
        return _("It looks for HS %(its)s; asked is %(code)s: the first %(n)d digits agree.") % {
            "its": self.its_code,
            "code": self.code,
            "n": self.digits,
        }


def codes_of(row: Enquiry) -> list[str]:
    """Return the HS codes an enquiry is about: its own, else those of the company's products."""
    if row.hs_code:
        return [row.hs_code]
    if row.organisation_id is None:
        return []
    rows = Product.objects.filter(organisation=row.organisation_id).exclude(hs="")
    return list(dict.fromkeys(rows.order_by("pk").values_list("hs", flat=True)[:20]))


def suggested(row: Enquiry) -> list[Suggested]:
    """Return the leads of the centre that look for what is asked, those that agree most first."""
    codes = codes_of(row)
    if not codes:
        return []
    looks = Q()
    for chapter in dict.fromkeys(code[:CHAPTER] for code in codes):
        looks |= looking_for(chapter)
    leads = Lead.objects.filter(looks, centre=row.centre_id, voided_at=None)
    leads = leads.exclude(state=Lead.State.DROPPED).select_related("organisation", "centre")
    found = [_best(lead, codes) for lead in leads.order_by("-found_on", "-pk")[:LOOKED_AT]]
    there = [one for one in found if one.digits]
    return sorted(there, key=lambda one: (-one.digits, -one.lead.pk))[:SUGGESTED]


def _best(lead: Lead, codes: list[str]) -> Suggested:
    pairs = [
        Suggested(lead, its, code, shared(its, code)) for its in lead.hs_codes for code in codes
    ]
    return max(pairs, key=lambda one: one.digits, default=Suggested(lead, "", "", 0))

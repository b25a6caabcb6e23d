"""Who acts for which company, and who waits to be let in or confirmed."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Admission, Application, Representative
from gyoryu.programmes.queries.tiles import Line, Section
from gyoryu.programmes.rules import representatives as rules
from gyoryu.web.kept import Kept


def of_user(user: User) -> QuerySet[Representative]:
    """Return the companies somebody acts for."""
    rows = Representative.objects.filter(user=user, ended_on=None)
    return rows.select_related("organisation").order_by("pk")


def acting(organisation: int) -> list[Representative]:
    """Return those who act for a company, with who they are."""
    return _ACTING(organisation)


def _acting(organisation: int) -> QuerySet[Representative]:
    rows = Representative.objects.filter(organisation=organisation, ended_on=None)
    return rows.select_related("user")


_ACTING = Kept(_acting)


def companies(user: User) -> QuerySet[Organisation]:
    """Return the companies somebody can apply for."""
    return Organisation.objects.filter(pk__in=of_user(user).values("organisation"))


def colleagues(user: User) -> QuerySet[Representative]:
    """Return the others who act for the same companies, as far as one was confirmed oneself."""
    rows = Representative.objects.filter(organisation__in=rules.sure_of(user), ended_on=None)
    rows = rows.exclude(user=user)
    return rows.select_related("user", "organisation").order_by("organisation", "pk")


def asking(user: User) -> QuerySet[Admission]:
    """Return who asks to act for one of somebody's companies."""
    rows = Admission.objects.filter(state=Admission.State.ASKED)
    return rows.filter(organisation__in=of_user(user).values("organisation")).select_related(
        "user", "organisation"
    )


def asked_by(user: User) -> QuerySet[Admission]:
    """Return what somebody has asked for and still waits for, or was refused."""
    rows = Admission.objects.filter(user=user).exclude(state=Admission.State.LET_IN)
    return rows.select_related("organisation").order_by("-pk")


def section(user: User, at: datetime) -> Section:
    """Return somebody's companies for their first page, and who waits for them to decide."""
    address = reverse("my-companies")
    lines = [
        Line(
            row.organisation,
            address,
            _("Confirmed") if row.confirmed_at else _("Not confirmed yet by an officer"),
        )
        for row in of_user(user)
    ]
    lines += [
        Line(
            row.organisation,
            address,
            row.user,
            _("Let %(name)s in, or turn them away") % {"name": row.user},
        )
        for row in asking(user)
    ]
    return Section(
        _("Companies I act for"),
        "case",
        lines,
        _("To apply for a company, say first by its business number which one."),
        address,
    )


def standing(user: User) -> QuerySet[Representative]:
    """Return everybody who acts for a company, for officers who see applicants."""
    rows = Representative.objects.filter(ended_on=None)
    if not user.access.may("programmes.applicants"):
        return rows.none()
    return rows.select_related("user", "organisation", "confirmed_by")


def waiting(user: User) -> QuerySet[Admission]:
    """Return who waits to be let in to act for a company, for officers who see applicants."""
    rows = Admission.objects.filter(state=Admission.State.ASKED)
    if not user.access.may("programmes.applicants"):
        return rows.none()
    return rows.select_related("user", "organisation")


def unconfirmed_of(application: Application) -> Representative | None:
    """Return the row of who applied for a company and was not confirmed yet, if that is so."""
    rows = Representative.objects.filter(
        user=application.applicant_id,
        organisation=application.organisation_id,
        confirmed_at=None,
        ended_on=None,
    )
    return rows.first() if application.organisation_id else None

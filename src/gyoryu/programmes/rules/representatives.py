"""Who may act for a company on the applicants' pages, and what is said to who may not."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.parties import business_number
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Admission, Application, Call, Representative


def sure_of(user: User) -> QuerySet[Representative, int]:
    """Return the numbers of the organisations that somebody is confirmed to act for."""
    rows = Representative.objects.filter(user=user, ended_on=None, confirmed_at__isnull=False)
    return rows.values_list("organisation", flat=True)


def ways(user: User, applicant: str, organisation: str) -> tuple[Q, Q]:
    """Return the two ways to what is somebody's, by its fields of applicant and company.

    What they applied for themselves; and all of a company's, once an officer has confirmed that
    they act for it. Who is not confirmed yet has of the company only what they began themselves.
    """
    still = Representative.objects.filter(user=user, ended_on=None).values("organisation")
    theirs = Q(**{organisation: None}) | Q(**{f"{organisation}__in": still})
    return Q(**{applicant: user}) & theirs, Q(**{f"{organisation}__in": sure_of(user)})


def standing_for(user: User, organisation: Organisation) -> Representative | None:
    """Return the row by which somebody acts for an organisation now."""
    rows = Representative.objects.filter(user=user, organisation=organisation, ended_on=None)
    return rows.first()


def check_number(number: str) -> None:
    """Refuse what is no business number."""
    if not business_number.is_valid(number):
        raise Refused(
            _("This is not a business number: its last digit does not fit the others."),
            field="business_number",
        )


def check_named(name: str) -> None:
    """Refuse a company that we do not know yet and that was not given a name."""
    if not name.strip():
        raise Refused(
            _("We do not know this business number yet. Give the company's name."), field="name"
        )


def check_not_there(user: User, organisation: Organisation) -> None:
    """Refuse somebody who acts for the company already, or has asked to."""
    if standing_for(user, organisation):
        raise Refused(_("You act for this company already."), field="business_number")
    asked = Admission.objects.filter(user=user, organisation=organisation)
    if asked.filter(state=Admission.State.ASKED).exists():
        raise Refused(
            _("You have asked to be let in already. One of its representatives decides."),
            field="business_number",
        )


def check_company(call: Call, organisation: Organisation | None, by: User) -> None:
    """Refuse an application for a company that one does not act for, or of the wrong kind."""
    wants_company = call.applicant == Call.Applicant.COMPANY
    if wants_company and organisation is None:
        raise Refused(_("This call is for companies. Say first for which one you act."))
    if organisation is None:
        return
    if not wants_company:
        raise Refused(_("This call is not for companies."))
    if standing_for(by, organisation) is None:
        raise Refused(_("You do not act for this company."), field="organisation")


def number_of(application: Application) -> str:
    """Return the business number an application counts for."""
    return application.organisation.business_number if application.organisation else ""


def check_may_let_in(admission: Admission, by: User | None) -> None:
    """Refuse anybody but the company's own representatives and the officers; and a second answer.

    An officer may wherever they see applicants: a company belongs to no department.
    """
    if admission.state != Admission.State.ASKED:
        raise Refused(_("This has been decided already."))
    if by is None or standing_for(by, admission.organisation):
        return
    check_may(by, "programmes.applicants")
    check_may(by, "programmes.change")


def check_can_confirm(row: Representative, by: User | None) -> None:
    """Refuse to confirm twice, one's own word, or somebody who does not act any more."""
    check_may(by, "programmes.applicants")
    check_may(by, "programmes.change")
    if row.ended_on:
        raise Refused(_("This person does not act for the company any more."))
    if row.confirmed_at:
        raise Refused(_("This person was confirmed already."))
    if by is not None and row.user_id == by.pk:
        raise Refused(_("Somebody else has to confirm you."))


def check_can_end(row: Representative, by: User | None) -> None:
    """Refuse to end what has ended; those who act for the company and officers may."""
    if row.ended_on:
        raise Refused(_("This person does not act for the company any more."))
    if by is None or standing_for(by, row.organisation):
        return
    check_may(by, "programmes.applicants")
    check_may(by, "programmes.change")

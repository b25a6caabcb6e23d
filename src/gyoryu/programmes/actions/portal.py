"""How somebody from outside comes in: by a link sent to them, and for a company by its number."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.actions import people
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import called_by
from gyoryu.agreements.rules.given import day_of
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.parties import business_number
from gyoryu.parties.actions.organisations import add_organisation
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Admission, Representative
from gyoryu.programmes.rules import representatives as rules


@transaction.atomic
def sign_up(email: str, name: str, language: str, *, by: User | None, at: datetime) -> None:
    """Send a link that sets a password once, within three days, to who asked to come in.

    Whoever has an account already gets a letter that says so; nobody else learns whether one is
    there. A closed account gets nothing.
    """
    user = called_by(email)
    if user is None:
        user = people.add_user(email, {"name_ko": name, "language": language}, by=None, at=at)
    if not user.is_active:
        return
    with override(user.language):
        known = user.has_usable_password() or user.memberships.exists()
        outbox.queue(
            user,
            # One letter a minute at most, however often the button is pressed.
            key=f"sign-up:{user.pk}:{at:%Y%m%d%H%M}",
            subject=_("You have an account already") if known else _("Your way into Gyoryu"),
            body=_welcome(known=known),
            link=reverse("account_login") if known else _link(user),
            at=at,
        )


def _welcome(*, known: bool) -> str:
    if known:
        return _(
            "Somebody asked for an account with this address, and there is one. Sign in with your "
            "password; if you have forgotten it, ask for a new one there. If it was not you, "
            "nothing needs to be done."
        )
    return _(
        "Open this link to set your password and come in. It works once, and for three days. "
        "If you did not ask for it, nothing needs to be done."
    )


def _link(user: User) -> str:
    once = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return reverse("account_reset_password_from_key", args=once)


@transaction.atomic
def represent(
    number: str, name: str, unit: Unit, *, by: User, at: datetime
) -> Representative | Admission:
    """Act for the company of a business number: at one's word if nobody does yet, else ask to.

    A company we do not know is entered under ``name``, kept by ``unit``. Who is taken at their word
    sees only what they begin themselves until an officer has confirmed them.
    """
    number = business_number.digits(number)
    rules.check_number(number)
    rows = Organisation.objects.select_for_update().filter(business_number=number, voided_at=None)
    company = rows.filter(merged_into=None).first()
    if company is None:
        rules.check_named(name)
        values = {"kind": "company", "name_ko": names.nfc(name), "business_number": number}
        company = add_organisation(unit, values, by=None, at=at)
    rules.check_not_there(by, company)
    if company.representatives.filter(ended_on=None).exists():
        return _ask(company, by=by, at=at)
    return _enter(company, by, None, by=by, at=at)


def _ask(company: Organisation, *, by: User, at: datetime) -> Admission:
    asked = Admission.objects.create(user=by, organisation=company, asked_at=at)
    history.record("admission.asked", asked, by=by, at=at, unit=company.unit_id)
    for row in company.representatives.filter(ended_on=None).select_related("user"):
        with override(row.user.language):
            outbox.queue(
                row.user,
                key=f"admission:{asked.pk}",
                subject=_("Somebody asks to act for %(company)s") % {"company": company},
                body=_("%(name)s (%(email)s) asks to act for it, too. You decide.")
                % {"name": by, "email": by.email},
                link=reverse("my-companies"),
                at=at,
            )
    return asked


def _enter(
    company: Organisation,
    user: User,
    sure: User | None,
    *,
    by: User | None,
    at: datetime,
) -> Representative:
    """Make somebody a representative; ``sure`` is who vouches for them, if anybody does."""
    row, _new = Representative.objects.update_or_create(
        user=user,
        organisation=company,
        defaults={
            "since": day_of(at),
            "ended_on": None,
            "confirmed_by": sure,
            "confirmed_at": at if sure else None,
        },
    )
    history.record("representative.added", row, by=by, at=at, unit=company.unit_id)
    return row


@transaction.atomic
def let_in(admission: Admission, *, by: User | None, at: datetime) -> Representative:
    """Let somebody act for a company, too.

    Whoever is let in by an officer, or by one who was confirmed, needs no confirming any more.
    """
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    rules.check_may_let_in(admission, by)
    own = rules.standing_for(by, admission.organisation) if by else None
    sure = by if own is None or own.confirmed_at else None
    _decide(admission, Admission.State.LET_IN, "", by=by, at=at)
    return _enter(admission.organisation, admission.user, sure, by=by, at=at)


@transaction.atomic
def turn_away(admission: Admission, *, reason: str, by: User | None, at: datetime) -> Admission:
    """Refuse to let somebody act for a company; they are told why."""
    admission = Admission.objects.select_for_update().get(pk=admission.pk)
    rules.check_may_let_in(admission, by)
    return _decide(admission, Admission.State.REFUSED, reason, by=by, at=at)


def _decide(
    admission: Admission, state: str, reason: str, *, by: User | None, at: datetime
) -> Admission:
    admission.state, admission.reason = state, reason
    admission.decided_by, admission.decided_at = by, at
    admission.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    unit = admission.organisation.unit_id
    history.record(f"admission.{state}", admission, by=by, at=at, unit=unit, reason=reason)
    _tell(admission.user, admission.organisation, f"admission:{admission.pk}:{state}", reason, at)
    return admission


@transaction.atomic
def confirm(row: Representative, *, by: User | None, at: datetime) -> Representative:
    """Confirm that somebody acts for a company, as seen from their papers. Money needs it."""
    row = Representative.objects.select_for_update().get(pk=row.pk)
    rules.check_can_confirm(row, by)
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    unit = row.organisation.unit_id
    history.record("representative.confirmed", row, by=by, at=at, unit=unit)
    _tell(row.user, row.organisation, f"representative:{row.pk}:{at:%Y%m%d%H%M%S}", "", at)
    return row


@transaction.atomic
def end(row: Representative, *, reason: str, by: User | None, at: datetime) -> Representative:
    """End somebody's acting for a company; what they handed in stays the company's."""
    row = Representative.objects.select_for_update().get(pk=row.pk)
    rules.check_can_end(row, by)
    row.ended_on = day_of(at)
    row.save(update_fields=["ended_on"])
    unit = row.organisation.unit_id
    history.record("representative.ended", row, by=by, at=at, unit=unit, reason=reason)
    return row


def _tell(user: User, company: Organisation, key: str, reason: str, at: datetime) -> None:
    with override(user.language):
        refused = bool(reason)
        outbox.queue(
            user,
            key=key,
            subject=(
                _("You were not let in: %(company)s") if refused else _("You act for %(company)s")
            )
            % {"company": company},
            body=reason or _("You can see and write its applications now."),
            link=reverse("my-companies"),
            at=at,
        )

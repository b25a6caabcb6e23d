"""The administrator's screens of people: who signs in, with which roles."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts import queries, rules
from gyoryu.accounts.actions import people
from gyoryu.accounts.models import Membership, User
from gyoryu.history import queries as history
from gyoryu.insight.actions import welcome
from gyoryu.insight.forms.people import CloseForm, InviteForm, MeForm, RoleForm, UserFilter
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may
from gyoryu.web.listing import Listing, Sort, Tab
from gyoryu.web.records import why_not

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def _roles(user: User) -> str:
    return "; ".join(f"{one.get_role_display()} ({one.unit})" for one in user.memberships.all())


COLUMNS = [
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("E-mail address"), lambda row: row.email),
    export.Column(gettext_lazy("Roles"), _roles),
    export.Column(gettext_lazy("Account open"), lambda row: row.is_active),
    export.Column(gettext_lazy("Second factor"), lambda row: row.has_factor),
    export.Column(gettext_lazy("Last signed in"), lambda row: row.last_login),
]
SHEET = export.Sheet("users", COLUMNS)


@may("accounts.manage")
def users(request: Request) -> HttpResponse:
    listing = Listing(
        request,
        queries.people_under(request.user.access),
        UserFilter,
        sorts={
            "name": Sort("name_ko"),
            "email": Sort("email"),
            "seen": Sort("last_login", NEVER),
        },
        default="name",
        tabs=[
            Tab("open", gettext_lazy("Account open"), Q(is_active=True)),
            Tab("closed", gettext_lazy("Account closed"), Q(is_active=False)),
        ],
    )
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {"listing": listing, "heading": _("People who sign in")}
    return render(request, "insight/people/users.html", context)


@may("accounts.manage")
def user(request: Request, pk: int) -> HttpResponse:
    row = _person(request, pk)
    context = {
        "row": row,
        "memberships": [
            (one, why_not(rules.check_can_revoke, one, by=request.user))
            for one in row.memberships.select_related("unit", "user").order_by("unit__path")
        ],
        "why_not_manage": why_not(rules.check_can_manage, row, by=request.user),
        "why_not_close": row.is_active and why_not(rules.check_can_close, row, by=request.user),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "insight/people/user.html", context)


@may("accounts.manage")
def user_new(request: Request) -> HttpResponse:
    def invite(values: dict[str, Any]) -> User:
        unit, role = values.pop("unit"), values.pop("role")
        return welcome.invite(values, unit, role, by=request.user, at=clock.now())

    form = InviteForm(_units(request), posting.typed(request), initial={"language": "ko"})
    return posting.run(
        request,
        form,
        "insight/people/user_form.html",
        invite,
        done=_("The account is made. A letter with a link to set the password is on its way."),
    )


@may("accounts.manage")
def user_edit(request: Request, pk: int) -> HttpResponse:
    row = _person(request, pk)
    rules.check_can_manage(row, by=request.user)
    initial = {name: getattr(row, name) for name in MeForm.base_fields}
    return posting.run(
        request,
        MeForm(posting.typed(request), initial=initial),
        "insight/people/user_form.html",
        lambda values: people.change_user(row, values, by=request.user, at=clock.now()),
        context={"row": row},
    )


@may("accounts.manage")
def user_close(request: Request, pk: int) -> HttpResponse:
    row = _person(request, pk)
    if row.is_active:
        rules.check_can_close(row, by=request.user)
    context = {
        "row": row,
        "heading": _("Close the account"),
        "lead": _("The person is signed out everywhere at once. What they did stays."),
    }
    return posting.run(
        request,
        CloseForm(posting.typed(request)),
        "insight/people/confirm.html",
        lambda values: people.close(row, by=request.user, at=clock.now(), **values),
        context=context,
        done=_("The account is closed."),
    )


@may("accounts.manage")
def user_reopen(request: Request, pk: int) -> HttpResponse:
    row = _person(request, pk)
    rules.check_can_manage(row, by=request.user)
    lead = _("The roles are those of before.")
    return posting.run(
        request,
        Form(posting.typed(request)),
        "insight/people/confirm.html",
        lambda _values: people.reopen(row, by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Open the account again"), "lead": lead},
        done=_("The account is open again."),
    )


@may("accounts.manage")
def user_letter(request: Request, pk: int) -> HttpResponse:
    row = _person(request, pk)
    rules.check_can_manage(row, by=request.user)
    lead = _("A letter with a link to set the password goes to %(address)s.")
    return posting.run(
        request,
        Form(posting.typed(request)),
        "insight/people/confirm.html",
        lambda _values: welcome.send_link(row, by=request.user, at=clock.now()),
        context={
            "row": row,
            "heading": _("Send a link to set the password"),
            "lead": lead % {"address": row.email},
        },
        to=row.get_absolute_url(),
        done=_("The letter is on its way."),
    )


@may("accounts.manage")
def role_grant(request: Request, pk: int) -> HttpResponse:
    row = _person(request, pk)

    def grant(values: dict[str, Any]) -> None:
        people.grant(row, values["role"], values["unit"], by=request.user, at=clock.now())

    return posting.run(
        request,
        RoleForm(_units(request), posting.typed(request)),
        "insight/people/confirm.html",
        grant,
        context={"row": row, "heading": _("Grant a role")},
        to=row.get_absolute_url(),
        done=_("The role is granted."),
    )


@may("accounts.manage")
def role_revoke(request: Request, pk: int) -> HttpResponse:
    held = Membership.objects.select_related("unit", "user").filter(unit__in=_units(request))
    membership = get_object_or_404(held, pk=pk)
    rules.check_can_revoke(membership, by=request.user)
    lead = _("%(role)s at %(unit)s and everything below it.")
    return posting.run(
        request,
        Form(posting.typed(request)),
        "insight/people/confirm.html",
        lambda _values: people.revoke(membership, by=request.user, at=clock.now()),
        context={
            "row": membership.user,
            "heading": _("Revoke the role"),
            "lead": lead % {"role": membership.get_role_display(), "unit": membership.unit},
        },
        to=reverse("user", args=[membership.user_id]),
        done=_("The role is revoked."),
    )


def _person(request: Request, pk: int) -> User:
    return get_object_or_404(queries.people_under(request.user.access), pk=pk)


def _units(request: Request) -> Any:
    return queries.units_under(request.user.access, "accounts.manage")

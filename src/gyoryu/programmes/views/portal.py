"""Pages of people from outside: coming in by a link, what is theirs, and their companies."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.accounts.adapters import too_often
from gyoryu.accounts.models import Unit
from gyoryu.base.refused import Refused
from gyoryu.outbox import queries as outbox
from gyoryu.programmes.actions import portal as actions
from gyoryu.programmes.forms.portal import CompanyForm, JoinForm, NoForm, ReasonForm
from gyoryu.programmes.models import Admission, Representative
from gyoryu.programmes.queries import portal as queries
from gyoryu.programmes.queries import representatives
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, public, signed_in

NEWEST = 5


@public
def join(request: HttpRequest) -> HttpResponse:
    """Ask to come in. What is answered is the same whether the address is known or not."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if too_often(request, "join", email):
            form.add_error(None, _("Too many links were asked for. Try again in ten minutes."))
            return render(request, "programmes/portal/join.html", {"form": form}, status=429)
        language = (get_language() or "ko")[:2]
        actions.sign_up(email, form.cleaned_data["name"], language, by=None, at=clock.now())
        return HttpResponseRedirect(reverse("join-sent"))
    status = 422 if form.errors else 200
    return render(request, "programmes/portal/join.html", {"form": form}, status=status)


@public
def join_sent(request: HttpRequest) -> HttpResponse:
    """Say where the letter went, without saying whether there was an account."""
    return render(request, "programmes/portal/join_sent.html")


@signed_in
def my(request: Request) -> HttpResponse:
    """The first page of somebody from outside: what is due from them, and all that is theirs."""
    found = queries.sections(request.user, clock.now())
    context = {
        "sections": found,
        "due": queries.due(found),
        "letters": outbox.of_user(request.user).order_by("-pk")[:NEWEST],
    }
    return render(request, "programmes/portal/my.html", context)


@signed_in
def companies(request: Request) -> HttpResponse:
    """The companies somebody acts for, who else does, and who asks to."""
    context = {
        "rows": representatives.of_user(request.user),
        "colleagues": representatives.colleagues(request.user),
        "asking": representatives.asking(request.user),
        "asked": representatives.asked_by(request.user),
    }
    return render(request, "programmes/portal/companies.html", context)


@signed_in
def company_new(request: Request) -> HttpResponse:
    def represent(values: dict[str, Any]) -> Any:
        unit = Unit.objects.filter(parent=None).order_by("pk").first()
        if unit is None:
            raise Refused(_("No government is set up here yet."))
        number, name = values["business_number"], values["name"]
        return actions.represent(number, name, unit, by=request.user, at=clock.now())

    page = small.Page(
        _("Act for a company"),
        above=(_("Companies I act for"), _back(request)),
        explained=_(
            "If nobody acts for it here yet, you are taken at your word and an officer confirms "
            "you later, before money moves. Otherwise one of its people lets you in."
        ),
        save=_("Act for this company"),
    )
    return small.run(
        request,
        CompanyForm(posting.typed(request)),
        represent,
        page,
        done=_("Noted."),
        template="programmes/portal/small.html",
    )


def _back(request: Request) -> str:
    """Return to the call somebody was about to apply to, if they came from one."""
    call = request.GET.get("call", "")
    return reverse("my-apply", args=[int(call)]) if call.isdecimal() else reverse("my-companies")


@signed_in
def company_end(request: Request, pk: int) -> HttpResponse:
    """End one's own acting for a company, or a colleague's."""
    own = representatives.of_user(request.user).filter(pk=pk)
    row: Representative = get_object_or_404(own or representatives.colleagues(request.user), pk=pk)
    page = small.Page(
        _("End acting for the company"),
        above=(_("Companies I act for"), reverse("my-companies")),
        explained=f"{row.organisation} · {row.user}",
        save=_("End it"),
    )
    return small.run(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: actions.end(row, by=request.user, at=clock.now(), **values),
        page,
        template="programmes/portal/small.html",
    )


@signed_in
def admission_let_in(request: Request, pk: int) -> HttpResponse:
    row = _asked(request, pk)
    page = small.Page(
        _("Let somebody act for the company"),
        above=(_("Companies I act for"), reverse("my-companies")),
        explained=f"{row.organisation} · {row.user} · {row.user.email}",
        save=_("Let in"),
    )
    return small.run(
        request,
        NoForm(posting.typed(request)),
        lambda values: actions.let_in(row, by=request.user, at=clock.now()),
        page,
        template="programmes/portal/small.html",
    )


@signed_in
def admission_turn_away(request: Request, pk: int) -> HttpResponse:
    row = _asked(request, pk)
    page = small.Page(
        _("Turn somebody away"),
        above=(_("Companies I act for"), reverse("my-companies")),
        explained=f"{row.organisation} · {row.user} · {row.user.email}",
        save=_("Turn away"),
    )
    return small.run(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: actions.turn_away(row, by=request.user, at=clock.now(), **values),
        page,
        template="programmes/portal/small.html",
    )


def _asked(request: Request, pk: int) -> Admission:
    return get_object_or_404(representatives.asking(request.user), pk=pk)

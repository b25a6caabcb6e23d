"""Tokens: what programs sign in with for somebody."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts import queries, rules
from gyoryu.accounts.actions import tokens as actions
from gyoryu.accounts.models import Token
from gyoryu.history import queries as history
from gyoryu.insight.forms.tokens import TokenForm, token_listing
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not

USES = 50
COLUMNS = [
    export.Column(gettext_lazy("What it is for"), lambda row: row.name),
    export.Column(gettext_lazy("Owner of the token"), lambda row: str(row.user)),
    export.Column(gettext_lazy("Department"), lambda row: str(row.unit)),
    export.Column(gettext_lazy("What it may do"), lambda row: ", ".join(row.told_scopes)),
    export.Column(gettext_lazy("Made"), lambda row: row.made_at),
    export.Column(gettext_lazy("Last day"), lambda row: row.ends_on),
    export.Column(gettext_lazy("Revoked"), lambda row: row.revoked_at),
    export.Column(gettext_lazy("Last used"), lambda row: row.used_at),
]


@signed_in
def tokens(request: Request) -> HttpResponse:
    listing = token_listing(request, clock.today())
    if kind := request.GET.get("export"):
        file: HttpResponse = export.answer(kind, "tokens", COLUMNS, listing.chosen.iterator())
        return file
    context = {"listing": listing, "heading": _("Tokens"), "today": clock.today()}
    return render(request, "insight/tokens/list.html", context)


@signed_in
def token(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    context = {
        "row": row,
        "works": row.revoked_at is None and row.ends_on >= clock.today(),
        "why_not_revoke": why_not(rules.check_can_revoke_token, row, by=request.user),
        "entries": history.of_record(row)[:USES],
    }
    return render(request, "insight/tokens/page.html", context)


@signed_in
def token_new(request: Request) -> HttpResponse:
    """Make a token and show its secret on the answer itself: no page can ever show it again."""
    made: dict[str, Any] = {}

    def make(values: dict[str, Any]) -> Token:
        today, now = clock.today(), clock.now()
        made["row"], made["secret"] = actions.make(**values, on=today, by=request.user, at=now)
        row: Token = made["row"]
        return row

    form = TokenForm(posting.typed(request), user=request.user, today=clock.today())
    reply = posting.run(
        request, form, "insight/tokens/form.html", make, done=_("The token is made.")
    )
    if not made:
        return reply
    shown = render(request, "insight/tokens/made.html", made)
    shown["Cache-Control"] = "no-store"
    return shown


@signed_in
def token_revoke(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    rules.check_can_revoke_token(row, by=request.user)
    return posting.run(
        request,
        Form(posting.typed(request)),
        "insight/tokens/revoke.html",
        lambda _values: actions.revoke(row, by=request.user, at=clock.now()),
        context={"row": row},
        done=_("The token is revoked."),
    )


def _seen(request: Request, pk: int) -> Token:
    return get_object_or_404(queries.tokens_seen(request.user), pk=pk)

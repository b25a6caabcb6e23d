"""How far agreements are published: the rule of one, the policy for a kind."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit
from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Agreement
from gyoryu.agreements.rules.agreements import check_stands
from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.register import actions, rules
from gyoryu.register.forms import DefaultForm, RuleForm, WithdrawForm, month_in_words
from gyoryu.register.models import Ground, Level, Rule
from gyoryu.register.queries import lists, reading
from gyoryu.register.queries import publications as queries
from gyoryu.register.sheets import shown, words
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not


def _seen(request: Request, pk: int) -> Agreement:
    rows = visible(Agreement.objects.all(), request.user, "agreements.view")
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def _policy(agreement: Agreement, government: Unit) -> rules.Shown:
    said = {**rules.SHIPPED, **reading.policy(government)}
    return said.get(agreement.kind, rules.OPEN)


@may("register.view")
def rule(request: Request, pk: int) -> HttpResponse:
    """How far an agreement is published, and what its publication says otherwise than the record.

    Who may not change it reads it.
    """
    row = _seen(request, pk)
    government = queries.government_of(row)
    own = Rule.objects.filter(agreement=row).first()
    policy = _policy(row, government)
    form = RuleForm(
        posting.typed(request),
        policy=str(Level(policy[0]).label),
        documents=list(evidence.of_record(row).exclude(file="")),
        initial=_initial(own),
    )
    refused = _why_not(request, row)
    context = {
        "row": row,
        "refused": refused,
        "level": Level(own.level).label if own else Level(policy[0]).label,
        "own": own,
        **(drift := _drift(row, government)),
        "may_withdraw": bool(drift.get("line"))
        and not drift["gone"]
        and rules.may_for(request.user, "register.withdraw", government),
        "entries": history.of_record(row).filter(verb__startswith="register.")[:20],
    }
    if refused and request.method == "POST":
        raise Refused(refused)
    return posting.run(
        request,
        form,
        "register/rule.html",
        lambda _values: actions.set_rule(row, **form.values(), by=request.user, at=clock.now()),
        done=_("Saved. The next publication follows it."),
        to=reverse("publication-rule", args=[row.pk]),
        context=context,
    )


def _initial(own: Rule | None) -> dict[str, Any]:
    if own is None:
        return {}
    held = [str(one.pk) for one in own.documents.all()]
    return {"level": own.level, "ground": own.ground, "documents": held}


def _why_not(request: Request, row: Agreement) -> str:
    try:
        check_may(request.user, "register.rules", row.unit)
        check_stands(row)
    except Refused as refusal:
        return str(refusal)
    return ""


def _drift(row: Agreement, government: Unit) -> dict[str, Any]:
    newest = queries.standing(government)
    if newest is None:
        return {"newest": None}
    newest.unit = government
    language = (get_language() or "ko")[:2]
    said = words.vocabulary()[language]
    frozen = queries.lines(newest, row.pk)
    found = queries.drifted(newest, frozen, today=clock.today(), known=clock.now(), only=row.pk)
    drift = found[0] if found else None
    return {
        "newest": newest,
        "month": month_in_words(newest.month),
        "line": frozen.get(row.pk),
        "gone": queries.page_withdrawal(government, frozen[row.pk]["key"], newest)
        if row.pk in frozen
        else None,
        "drift": drift,
        "differences": shown.differences(drift.fields, said, language) if drift else [],
    }


@may("register.view")
def state(request: Request, pk: int) -> HttpResponse:
    """A line for the agreement's page: whether it is published and has changed since."""
    row = _seen(request, pk)
    context = {"row": row, **_drift(row, queries.government_of(row))}
    # Without the request: a part of a page needs nothing of what stands around a page.
    context["language"] = (get_language() or "ko")[:2]
    return HttpResponse(render_to_string("register/state.html", context))


@may("register.withdraw")
def page_withdraw(request: Request, pk: int) -> HttpResponse:
    """Why an agreement's public page is withdrawn, which everybody reads in its place."""
    row = _seen(request, pk)
    government = queries.government_of(row)
    rules.check_may_for(request.user, "register.withdraw", government)
    newest = queries.standing(government)
    line = lists.line_of(row, newest)
    there = queries.page_withdrawal(government, line.key, newest) if newest and line else None
    context = {
        "row": row,
        "refused": why_not(rules.check_withdraw_page, line, there, "."),
        "holding": lists.versions_telling_of(row),
    }
    return posting.run(
        request,
        WithdrawForm(posting.typed(request)),
        "register/withdraw_page.html",
        lambda values: actions.withdraw_page(row, **values, by=request.user, at=clock.now()),
        done=_("The public page is withdrawn. Everybody reads since when and why."),
        to=reverse("publication-rule", args=[row.pk]),
        context=context,
    )


@may("register.view")
def policy(request: Request) -> HttpResponse:
    """How far each government publishes its agreements of each kind."""
    own = list(queries.of_user(request.user, "register.view"))
    tables = [(government, _kinds(government)) for government in own]
    may_change = request.user.access.may("register.policy")
    return render(request, "register/policy.html", {"tables": tables, "may_change": may_change})


def _kinds(government: Unit) -> list[dict[str, Any]]:
    own = reading.policy(government)
    said = {**rules.SHIPPED, **own}
    found = []
    for kind in Agreement.Kind:
        level, ground = said.get(kind, rules.OPEN)
        found.append(
            {
                "kind": kind.value,
                "label": kind.label,
                "level": Level(level),
                "ground": Ground(ground).label if ground else "",
                "own": kind in own,
            }
        )
    return found


@may("register.policy")
def policy_edit(request: Request, government: int, kind: str) -> HttpResponse:
    own = queries.of_user(request.user, "register.policy")
    unit = get_object_or_404(own, pk=government)
    if kind not in Agreement.Kind:
        raise Http404
    level, ground = {**rules.SHIPPED, **reading.policy(unit)}.get(kind, rules.OPEN)
    form = DefaultForm(posting.typed(request), initial={"level": level, "ground": ground})
    return posting.run(
        request,
        form,
        "register/policy_form.html",
        lambda values: actions.set_default(unit, kind, **values, by=request.user, at=clock.now()),
        to=reverse("publication-policy"),
        context={"label": Agreement.Kind(kind).label, "government_row": unit},
    )

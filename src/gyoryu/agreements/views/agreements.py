"""The list of agreements, an agreement's page, and what is typed about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.models import Unit, User, in_language
from gyoryu.accounts.queries import visible
from gyoryu.agreements.actions import agreements as actions
from gyoryu.agreements.forms.agreements import AgreementForm, agreement_listing, edited
from gyoryu.agreements.models import Agreement, Status
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.queries import duties, timelines
from gyoryu.agreements.rules import agreements as rules
from gyoryu.agreements.rules import bodies
from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.web import clock, export, posting, records
from gyoryu.web.access import Request, may
from gyoryu.web.forms import pick_label

DUTIES_SHOWN = 9
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Title in Korean"), lambda row: row.title_ko),
    export.Column(gettext_lazy("Title in English"), lambda row: row.title_en),
    export.Column(gettext_lazy("Partner region"), lambda row: str(row.partner_region or "")),
    export.Column(gettext_lazy("Signed"), lambda row: row.signed_on),
    export.Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    export.Column(gettext_lazy("Status since"), lambda row: row.status_since),
    export.Column(
        gettext_lazy("Next duty"), lambda row: in_language(row.duty_ko or "", row.duty_en or "")
    ),
    export.Column(gettext_lazy("Due"), lambda row: row.next_duty_on),
    export.Column(gettext_lazy("Promises due"), lambda row: row.n_due),
    export.Column(gettext_lazy("Promises kept in time"), lambda row: row.n_kept),
    export.Column(gettext_lazy("Last contact"), lambda row: row.last_contact_on),
    export.Column(gettext_lazy("Ends on"), lambda row: row.ends_on),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
    export.Column(gettext_lazy("Responsible officer"), lambda row: str(row.owner or "")),
]


@may("agreements.view")
def agreements(request: Request) -> Any:
    today = clock.today()
    listing = agreement_listing(request, today)
    sheet = export.Sheet("agreements", COLUMNS, lambda rows: queries.listed(rows, today))
    if file := export.asked(request, listing.chosen, sheet, today):
        return file
    for row in listing.page:
        row.duty = in_language(row.duty_ko or "", row.duty_en or "")
        row.dormant = queries.dormant_months(row, today)
    may_add = request.user.access.may("agreements.change")
    context = {"listing": listing, "heading": _("Agreements"), "may_add": may_add}
    return render(request, "agreements/agreements/list.html", context)


def seen(request: Request, pk: int) -> Any:
    """Return an agreement that the reader may see, with all that its page and rules ask."""
    rows = visible(Agreement.objects.all(), request.user, "agreements.view").select_related(
        "unit", "owner", "place", "partner_region__parent", "replaced_by", "parent__parent__parent"
    )
    return get_object_or_404(queries.standing(rows), pk=pk)


def own(request: Request, pk: int) -> Any:
    """Return an agreement that the reader may change; another department's is only shown."""
    row = seen(request, pk)
    if not request.user.access.may("agreements.change", row.unit.path):
        raise Refused(_("Your role does not allow this here."))
    rules.check_stands(row)
    return row


@may("agreements.view")
def agreement(request: Request, pk: int) -> HttpResponse:
    row, today = seen(request, pk), clock.today()
    most = timelines.MOST if "all" in request.GET else DUTIES_SHOWN + 1
    owed: list[Any] = list(duties.of_agreement(row)[:most])
    promises: list[Any] = list(queries.promises(row, request.user, today))
    for one in [*owed, *promises]:
        one.near = duties.is_near(one.due_on, today)
    months = row.term_months or 0
    context = {
        "row": row,
        "duties": owed[:DUTIES_SHOWN],
        "duties_more": len(owed) > DUTIES_SHOWN,
        "years": 0 if months % 12 else months // 12,
        "late": sum(one.open and one.due_on < today for one in owed),
        "dormant": queries.dormant_months(row, today),
        "term_over": bool(row.ends_on and row.ends_on < today and row.status in rules.RUNNING),
        "documents": list(evidence.of_record(row)),
        "bodies": list(queries.bodies(row)),
        "parties": queries.signed_for(row),
        **_promises(promises),
        **_past(request, row, promises, owed),
        **_allowed(request, row),
    }
    return render(request, "agreements/agreements/page.html", context)


def _promises(promises: list[Any]) -> dict[str, Any]:
    """Split the promises by whose they are; open ones first, then those closed last."""
    sides = []
    for css, label, own_sides in (
        ("ours", _("Our side"), {"ours", "joint"}),
        ("theirs", _("Their side"), {"theirs"}),
    ):
        held = [one for one in promises if one.side in own_sides]
        open_ones = [one for one in held if not one.closed]
        closed = sorted((one for one in held if one.closed), key=lambda one: one.status_since)
        shown = [*open_ones, *closed[::-1]][: max(len(open_ones), 4)]
        counts = queries.by_status(held)
        sides.append({"css": css, "label": label, "rows": shown, "counts": counts})
    return {
        "sides": sides,
        "n_promises": len(promises),
        "n_due": sum(one.came_due for one in promises),
        "n_kept": sum(one.in_time for one in promises),
    }


def _past(request: Request, row: Agreement, promises: list[Any], owed: list[Any]) -> dict[str, Any]:
    every = "all" in request.GET
    most = timelines.MOST if every else timelines.SHOWN + 1
    contacts = list(timelines.engagements(row, request.user)[:most])
    steps = list(timelines.course(row))
    events = timelines.events(
        row,
        contacts=contacts,
        steps=steps,
        promises=promises,
        duties=owed,
        written=timelines.entries(row)[:most],
    )
    shown = events if every else events[: timelines.SHOWN]
    return {
        "events": shown,
        "more": not every and len(events) > len(shown),
        "near": queries.near(row, request.user),
        "grown": [one for one in contacts[::-1] if one.kind in timelines.GROWN][-6:],
        "renewed": next((s.on for s in steps if s.on > row.status_since), None),
        "reason": next((s.reason for s in steps if s.status == row.status), ""),
    }


def _allowed(request: Request, row: Any) -> dict[str, Any]:
    """Return what the reader may do here, and why not what is refused."""
    access = request.user.access
    allowed = access.may("agreements.change", row.unit.path) and not row.voided_at
    facts = queries.facts(row)
    steps = rules.NEXT[row.status]
    refused = {Status(to): rules.why_not(rules.check_move, row, to, facts) for to in steps}
    return {
        "may_change": allowed,
        "add_to": "agreements.agreement" if allowed else "",
        "may_waive": access.may("agreements.approve", row.unit.path) and not row.voided_at,
        "why_not": [(to.label, why) for to, why in refused.items() if why] if allowed else [],
        "why_no_body": records.why_not(bodies.check_can_found, row),
        "may_sign": allowed and Status.SIGNED in steps,
        "may_move": allowed and (steps or row.status in rules.RENEWABLE),
    }


@may("agreements.change")
def agreement_new(request: Request) -> HttpResponse:
    user = request.user
    form = AgreementForm(posting.typed(request), user=user, initial={"owner": user.pk})
    return posting.run(
        request,
        form,
        "agreements/agreements/form.html",
        lambda _values: actions.draft(_home(user), form.values(), by=user, at=clock.now()),
        done=_("The draft is in the register. Its first duties are below."),
    )


@may("agreements.change")
def agreement_edit(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    form = AgreementForm(posting.typed(request), user=request.user, row=row, initial=edited(row))
    return posting.run(
        request,
        form,
        "agreements/agreements/form.html",
        lambda _values: actions.change(row, form.values(), by=request.user, at=clock.now()),
        context={"row": row},
    )


def _home(user: User) -> Unit:
    """Return the department a user's new agreements belong to, as the user's grants name it.

    The grants were read with the user, so that making a record asks nothing more about its unit.
    """
    under = user.access.paths("agreements.change")
    grant = min((one for one in user.access.grants if one.path in under), key=lambda one: one.path)
    return Unit(pk=grant.unit, path=grant.path)


@may("agreements.view")
def agreement_options(request: Request) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", "q"), "")
    rows = queries.seen_by(request.user)
    found = queries.called(rows, text)[:12] if len(text) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})

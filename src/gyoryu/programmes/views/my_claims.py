"""An awardee's own pages: what was granted, what is claimed, and what has become of it."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.evidence import queries as evidence
from gyoryu.programmes.actions import bank_accounts
from gyoryu.programmes.actions import claims as actions
from gyoryu.programmes.forms import claims as forms
from gyoryu.programmes.forms.awards import ReasonForm
from gyoryu.programmes.models import Award, Claim
from gyoryu.programmes.queries import awards as award_queries
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.queries import standing
from gyoryu.programmes.rules import claims as rules
from gyoryu.programmes.views.claims import order_asked
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

NEWEST = 100


@signed_in
def my_awards(request: Request) -> HttpResponse:
    context = {"rows": list(award_queries.own(request.user)[:NEWEST])}
    return render(request, "programmes/claims/my_awards.html", context)


def _award(request: Request, pk: int) -> Award:
    return get_object_or_404(award_queries.own(request.user), pk=pk)


@signed_in
def my_award(request: Request, pk: int) -> HttpResponse:
    row = _award(request, pk)
    headings = award_queries.headings(row)
    amendments = row.amendments.filter(state="in_force")
    context = {
        "row": row,
        "headings": headings,
        "claims": list(queries.own(request.user).filter(award=row)[:NEWEST]),
        "amendments": [(one, award_queries.told_changes(one, headings)) for one in amendments],
        "account": queries.standing_account(row),
        "why_not_claim": why_not(rules.check_award, row, today=clock.today())
        or why_not(rules.check_ordered, row, None),
    }
    return render(request, "programmes/claims/my_award.html", context)


@signed_in
def my_account(request: Request, pk: int) -> HttpResponse:
    row = _award(request, pk)
    # Never from a draft: an account number is nowhere kept in the clear.
    return small.run(
        request,
        forms.AccountForm(request.POST or None, initial={"holder": row.name}),
        lambda values: bank_accounts.tell(row, **values, by=request.user, at=clock.now()),
        Page(_("Bank account"), above=(row.number, reverse("my-award", args=[row.pk]))),
        template="programmes/claims/my_small.html",
    )


@signed_in
def my_claims(request: Request) -> HttpResponse:
    context = {"rows": list(queries.own(request.user)[:NEWEST])}
    return render(request, "programmes/claims/my_claims.html", context)


@signed_in
def my_claim_new(request: Request, pk: int) -> HttpResponse:
    award = _award(request, pk)
    order = order_asked(request, award)
    form = forms.ClaimForm(
        posting.typed(request), award=award, desk=False, initial=forms.of_order(order)
    )

    def begin(values: dict[str, Any]) -> Any:
        typed = {**values, "order": order}
        made = actions.draft(award, typed, by=request.user, at=clock.now())
        return _At(made)

    return _claim_form(request, form, begin, {"award": award})


def _claim_form(request: Request, form: Any, act: Any, context: dict[str, Any]) -> HttpResponse:
    template = "programmes/claims/claim_form.html"
    done = _("Now add the documents and hand it in.")
    return posting.run(request, form, template, act, context=context, done=done)


class _At:
    """Where an awardee sees a claim: at their own page, not at the desk's."""

    def __init__(self, claim: Claim) -> None:
        self.pk = claim.pk

    def get_absolute_url(self) -> str:
        """The claim's page among the awardee's own."""
        return reverse("my-claim", args=[self.pk])


def _own(request: Request, pk: int) -> Claim:
    return get_object_or_404(queries.in_full(queries.own(request.user)), pk=pk)


@signed_in
def my_claim(request: Request, pk: int) -> HttpResponse:
    """The page of one's own claim: what has become of it, in plain words, and what is missing."""
    row = _own(request, pk)
    documents = list(evidence.of_record(row))
    writes = row.status in rules.WRITTEN
    context = {
        "row": row,
        "counted": rules.counted(row),
        "meaning": queries.meaning(row),
        "documents": documents,
        "missing": rules.missing(row, {one.kind for one in documents}),
        "account": queries.account_of(row),
        "cuts": list(row.cuts.all()),
        "writes": writes,
        "why_not_submit": why_not(standing.check, row, request.user, clock.today())
        if writes
        else "",
        "why_not_take_back": why_not(rules.check_submitted, row),
    }
    return render(request, "programmes/claims/my_claim.html", context)


@signed_in
def my_claim_edit(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    rules.check_can_write(row)
    form = forms.ClaimForm(
        posting.typed(request), award=row.award, desk=False, initial=forms.edited(row)
    )

    def change(values: dict[str, Any]) -> Any:
        return _At(actions.change(row, values, by=request.user, at=clock.now()))

    return _claim_form(request, form, change, {"award": row.award, "row": row})


@signed_in
def my_claim_paper(request: Request, pk: int) -> HttpResponse:
    """Add a document that shows the cost; what is missing is offered first."""
    row = _own(request, pk)
    rules.check_can_write(row)
    held = queries.kinds_held(row)
    category = row.heading.category
    lacking = [kind for kind in (category.evidence if category else []) if kind not in held]
    form = forms.EvidenceForm(
        request.POST or None, request.FILES or None, first=lacking[0] if lacking else ""
    )
    return small.run(
        request,
        form,
        lambda values: actions.attach(row, **values, by=request.user, at=clock.now()),
        Page(_("Add a document"), above=(row.number, _At(row).get_absolute_url())),
        template="programmes/claims/my_small.html",
    )


@signed_in
def my_claim_file(request: Request, pk: int, document: int) -> FileResponse:
    """A document of one's own claim, as it was handed in."""
    held = get_object_or_404(evidence.of_record(_own(request, pk)), pk=document)
    if not held.file.name or not held.file.storage.exists(held.file.name):
        raise Http404
    reply = FileResponse(held.file.open("rb"), as_attachment=True, filename=held.original_name)
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Cache-Control"] = "private, no-store"
    return reply


@signed_in
def my_claim_submit(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return _step(
        request,
        row,
        lambda _values: actions.submit(row, by=request.user, at=clock.now()),
        Page(
            _("Hand the claim in"),
            explained=_("%(eligible)s KRW of this invoice counts. An officer looks at it next.")
            % {"eligible": f"{row.eligible:,}"},
            above=(row.number, _At(row).get_absolute_url()),
            save=_("Hand it in"),
        ),
    )


@signed_in
def my_claim_take_back(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return _step(
        request,
        row,
        lambda _values: actions.take_back(row, by=request.user, at=clock.now()),
        Page(
            _("Take the claim back"),
            explained=_("You can change it and hand it in again."),
            above=(row.number, _At(row).get_absolute_url()),
            save=_("Take it back"),
        ),
    )


@signed_in
def my_claim_drop(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    form = ReasonForm(posting.typed(request))
    return small.run(
        request,
        form,
        lambda values: actions.drop(row, **values, by=request.user, at=clock.now()),
        Page(
            _("Throw the claim away"),
            above=(row.award.number, reverse("my-award", args=[row.award_id])),
        ),
        template="programmes/claims/my_small.html",
    )


def _step(request: Request, row: Claim, act: Any, page: Page) -> HttpResponse:
    form = forms.NoForm(request.POST if request.method == "POST" else None)
    return small.run(request, form, act, page, template="programmes/claims/my_small.html")

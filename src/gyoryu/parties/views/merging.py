"""The screens of suspected doubles and of merging."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.parties import actions
from gyoryu.parties.forms.merging import MergeForm, PairForm, double_listing
from gyoryu.parties.forms.organisations import RemarkForm, SureForm
from gyoryu.parties.models import KINDS, Merge
from gyoryu.parties.queries import comparison
from gyoryu.parties.queries import doubles as suspected
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page


@may("parties.view")
def doubles(request: Request) -> HttpResponse:
    listing = double_listing(request, clock.today())
    context = {
        "listing": listing,
        "rows": suspected.with_records(listing.page),
        "heading": _("Suspected doubles"),
        "may_merge": request.user.access.may("parties.merge"),
    }
    return render(request, "parties/doubles.html", context)


@may("parties.merge")
def doubles_look(request: Request) -> HttpResponse:
    return small.run(
        request,
        SureForm(posting.typed(request)),
        lambda values: actions.look_for_doubles(by=request.user, at=clock.now()),
        Page(
            _("Look for doubles"),
            above=_list(),
            explained=_(
                "The whole register is looked through. "
                "With 100,000 organisations it takes about ten seconds."
            ),
            save=_("Look"),
        ),
        done=_("The register was looked through."),
    )


def _list() -> tuple[str, str]:
    return _("Suspected doubles"), reverse("doubles")


@may("parties.merge")
def double_dismiss(request: Request, pk: int) -> HttpResponse:
    double = suspected.with_records([get_object_or_404(suspected.standing(), pk=pk)])[0]
    page = Page(
        _("These are two, not one"),
        above=_list(),
        explained=f"{double.first} #{double.one} / {double.second} #{double.other}",  # type: ignore[attr-defined]
        save=_("Tell apart"),
    )
    return small.act_on(
        request,
        double,
        RemarkForm,
        actions.dismiss,
        page,
        done=_("They are told apart and will not be suspected again."),
    )


@may("parties.merge")
def merge(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "organisation")
    if kind not in suspected.MODELS:
        raise Http404
    pair = [_picked(kind, request.GET.get(name, "")) for name in ("kept", "gone")]
    if None in pair or pair[0] == pair[1]:
        return _pick(request, kind, pair)
    first, second = pair
    form = MergeForm(posting.typed(request), initial={"stays": "first"})
    form.fields["stays"].choices = [  # type: ignore[attr-defined]
        ("first", f"{first} #{first.pk}"),
        ("second", f"{second} #{second.pk}"),
    ]
    context = {"kind": kind, "columns": comparison.side_by_side(first, second)}

    def act(values: dict[str, Any]) -> Merge:
        kept, gone = (first, second) if values["stays"] == "first" else (second, first)
        return actions.merge(kept, gone, reason=values["reason"], by=request.user, at=clock.now())

    done = _("The two records are one.")
    return posting.run(request, form, "parties/merge.html", act, context=context, done=done)


def _picked(kind: str, number: str) -> Any:
    rows = suspected.STANDING[kind]()
    return rows.filter(pk=int(number)).first() if number.isdigit() else None


def _pick(request: Request, kind: str, pair: list[Any]) -> HttpResponse:
    """Let two records be picked by name; the answer is this page's address with both numbers."""
    typed = request.POST if request.method == "POST" else None
    form = PairForm(kind, typed, initial={"kept": pair[0], "gone": pair[1]})
    if form.is_bound and form.is_valid():
        kept, gone = form.cleaned_data["kept"], form.cleaned_data["gone"]
        if kept != gone:
            query = f"kind={kind}&kept={kept.pk}&gone={gone.pk}"
            return HttpResponseRedirect(f"{request.path}?{query}")
        form.add_error("gone", _("Choose two different records."))
    context = {"form": form, "kind": kind, "kinds": KINDS}
    return render(request, "parties/merge_pick.html", context, status=422 if form.errors else 200)


@may("parties.view")
def merge_done(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Merge.objects.select_related("by", "undone_by", "unit"), pk=pk)
    access = request.user.access
    context = {
        "row": row,
        "kept": suspected.MODELS[row.kind]._default_manager.filter(pk=row.kept).first(),
        "gone": suspected.MODELS[row.kind]._default_manager.filter(pk=row.gone).first(),
        "moved": comparison.moved(row),
        "may_undo": access.may("parties.merge", row.unit.path if row.unit else ""),
    }
    return render(request, "parties/merge_done.html", context)


@may("parties.merge")
def merge_undo(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Merge, pk=pk)
    return small.run(
        request,
        SureForm(posting.typed(request)),
        lambda values: actions.undo_merge(row, by=request.user, at=clock.now()),
        Page(
            _("Undo the merge of “%(gone)s” into “%(kept)s”?")
            % {"gone": row.gone_name, "kept": row.kept_name},
            row,
            explained=_(
                "Both get their own ties back. "
                "What was added since stays with the one that was kept."
            ),
            save=_("Undo the merge"),
        ),
        done=_("The merge is undone."),
    )

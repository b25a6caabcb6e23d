"""The desk of the register: what was published, what is next, what differs since."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit
from gyoryu.base import periods
from gyoryu.history import queries as history
from gyoryu.register import actions, rules
from gyoryu.register.forms import (
    CorrectForm,
    PublishForm,
    WithdrawForm,
    month_in_words,
    publication_listing,
)
from gyoryu.register.models import Publication
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls import changes
from gyoryu.register.sheets import document as sheets
from gyoryu.register.sheets import shown, words
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not

SHOWN = 100
COLUMNS = [
    export.Column(gettext_lazy("Month"), lambda row: f"{row.month:%Y-%m}"),
    export.Column(gettext_lazy("Version"), lambda row: row.version),
    export.Column(gettext_lazy("Agreements"), lambda row: row.count),
    export.Column(gettext_lazy("Published"), lambda row: row.published_at.isoformat()),
    export.Column(gettext_lazy("Published by"), lambda row: str(row.published_by or "")),
    export.Column(gettext_lazy("Reason for the correction"), lambda row: row.reason),
    export.Column("SHA-256", lambda row: row.digest),
    export.Column(
        gettext_lazy("Withdrawn"),
        lambda row: row.withdrawn_at.isoformat() if row.withdrawn_at else "",
    ),
    export.Column(gettext_lazy("Reason for the withdrawal"), lambda row: row.withdrawal),
]


def _language() -> str:
    return (get_language() or "ko")[:2]


@may("register.view")
def publications(request: Request) -> Any:
    listing = publication_listing(request, clock.today())
    if kind := request.GET.get("export"):
        return export.answer(kind, "publications", COLUMNS, listing.chosen.iterator())
    access = request.user.access
    context = {
        "listing": listing,
        "heading": _("Publications of the register"),
        "may_publish": access.may("register.publish"),
        "several": queries.of_user(request.user, "register.view").count() > 1,
    }
    return render(request, "register/publications.html", context)


def _chosen(request: Request, capability: str) -> tuple[list[Unit], Unit]:
    """Return the governments a reader may ask about, and the one that is asked for."""
    own = list(queries.of_user(request.user, capability))
    if not own:
        raise Http404
    asked = request.GET.get("government", "") or request.POST.get("government", "")
    return own, next((one for one in own if str(one.pk) == asked), own[0])


@may("register.publish")
def publication_next(request: Request) -> HttpResponse:
    """What the next month will say, what it lacks, and the button that publishes it."""
    own, government = _chosen(request, "register.publish")
    today = clock.today()
    month = queries.next_month(government, today)
    form = PublishForm(
        posting.typed(request),
        governments=[government],
        months=[month] if month else [],
        initial={"government": str(government.pk), "month": f"{month:%Y-%m}" if month else ""},
    )
    context = {
        "governments": own,
        "government_row": government,
        "month": month_in_words(month) if month else "",
        "due": rules.due_on(month, queries.due_day(government)) if month else None,
        **(_preview(government, month, request) if month else {}),
    }
    return posting.run(
        request,
        form,
        "register/next.html",
        lambda _values: actions.publish(*form.values(), by=request.user, at=clock.now()),
        done=_("The register is published, and its duty done for every agreement in it."),
        context=context,
    )


def _preview(government: Unit, month: date, request: Request) -> dict[str, Any]:
    if request.method == "POST":
        return {}
    rows = queries.rows_of(queries.as_of(government, month, clock.now()))
    since, earlier = queries.before(government, month)
    said = words.vocabulary()[_language()]
    told = sheets.Since(since, changes.between(earlier, rows)).told()
    titles = {row["key"]: (row.get("title") or {}).get(_language()) for row in rows}
    lacks = {
        "title_ko": _("no title in Korean"),
        "title_en": _("no title in English"),
        "partners": _("no partner"),
        "partner_name": _("a partner's name in one language only"),
    }
    lacking = [(key, titles[key], lacks[what]) for key, what in queries.missing(rows)]
    return {
        "n_rows": len(rows),
        "withheld": [row for row in rows if row["publication"] == "withheld"],
        "partly": sum(row["publication"] == "title" for row in rows),
        "said": said,
        "changes": shown.told(told, said, _language()),
        "lacking": lacking[:SHOWN],
        "reopened": queries.page_withdrawals(government, queries.standing(government)),
        "n_lacking": len(lacking),
    }


def _own(request: Request, pk: int) -> Publication:
    own = queries.of_user(request.user, "register.view")
    rows = queries.publications(own).defer(None)
    return get_object_or_404(rows, pk=pk)


@may("register.view")
def publication(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    head = sheets.head(row)
    said, language = head["words"][_language()], _language()
    refused = why_not(rules.check_may_for, request.user, "register.correct", row.unit)
    context = {
        "row": row,
        "head": head,
        "month": month_in_words(row.month),
        "changes": shown.told(head["changes"], said, language),
        "corrections": shown.told(head["corrections"], said, language),
        "versions": list(queries.versions(row)),
        "files": [
            (f"{one}.{kind}", _file(row, one, kind), row.files.get(f"{one}.{kind}", ""))
            for one in words.LANGUAGES
            for kind in sheets.KINDS
        ],
        "may_correct": row.newest and not refused,
        "may_withdraw": not row.withdrawn_at
        and rules.may_for(request.user, "register.withdraw", row.unit),
        "not_newest": not row.newest,
        "entries": history.of_record(row)[:20],
    }
    return render(request, "register/publication.html", context)


def _file(row: Publication, language: str, kind: str) -> str:
    return reverse("register-file", args=[language, row.unit_id, row.edition, kind])


@may("register.correct")
def publication_correct(request: Request, pk: int) -> HttpResponse:
    """What a correction would change, and why it is published."""
    row = _own(request, pk)
    rules.check_may_for(request.user, "register.correct", row.unit)
    form = CorrectForm(posting.typed(request))
    context: dict[str, Any] = {"row": row, "month": month_in_words(row.month)}
    if request.method != "POST":
        now = queries.rows_of(queries.as_of(row.unit, row.month, clock.now()))
        told = sheets.told_against(queries.compared(row), now)
        context["changes"] = shown.told(told, words.vocabulary()[_language()], _language())
        newest = queries.standing(row.unit)
        if newest is None or newest.month <= row.month:
            context["reopened"] = queries.page_withdrawals(row.unit, newest)
    return posting.run(
        request,
        form,
        "register/correct.html",
        lambda values: actions.correct(row, **values, by=request.user, at=clock.now()),
        done=_("The correction is published as the next version. The one before it stays."),
        context=context,
    )


@may("register.withdraw")
def publication_withdraw(request: Request, pk: int) -> HttpResponse:
    """Why a version is withdrawn, which everybody reads in its place."""
    row = _own(request, pk)
    rules.check_may_for(request.user, "register.withdraw", row.unit)
    context = {
        "row": row,
        "month": month_in_words(row.month),
        "refused": _("This version is withdrawn already.") if row.withdrawn_at else "",
    }
    return posting.run(
        request,
        WithdrawForm(posting.typed(request)),
        "register/withdraw.html",
        lambda values: actions.withdraw(row, **values, by=request.user, at=clock.now()),
        done=_("The version is withdrawn. Everybody reads since when and why."),
        context=context,
    )


@may("register.view")
def publication_changed(request: Request) -> HttpResponse:
    """Which agreements say something else now than in the newest publication."""
    own, government = _chosen(request, "register.view")
    newest = queries.standing(government)
    language, said = _language(), words.vocabulary()[_language()]
    drifted = []
    if newest:
        newest.unit = government
        drifted = queries.drifted(
            newest, queries.lines(newest), today=clock.today(), known=clock.now()
        )
    lines = [
        (one, said["change"][one.change], shown.differences(one.fields, said, language))
        for one in drifted
    ]
    context = {
        "governments": own,
        "government_row": government,
        "newest": newest,
        "month": month_in_words(newest.month) if newest else "",
        "following": month_in_words(periods.add_months(newest.month, 1)) if newest else "",
        "lines": lines,
        "may_correct": rules.may_for(request.user, "register.correct", government),
    }
    return render(request, "register/changed.html", context)

"""The list of what one side asked the other."""

from typing import Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.agreements.forms import engagements as forms
from gyoryu.agreements.queries import engagements as queries
from gyoryu.web import clock, export
from gyoryu.web.access import Request, may
from gyoryu.web.listing import FAR_FUTURE, FAR_PAST, Listing, Sort, Tab

COLUMNS = [
    export.Column(gettext_lazy("What was asked"), lambda row: row.words),
    export.Column(gettext_lazy("Who asked"), lambda row: row.get_asked_by_display()),
    export.Column(gettext_lazy("Other side"), lambda row: str(row.organisation or "")),
    export.Column(gettext_lazy("Person"), lambda row: str(row.person or "")),
    export.Column(gettext_lazy("Asked on"), lambda row: row.engagement.starts_on),
    export.Column(gettext_lazy("Asked at"), lambda row: str(row.engagement)),
    export.Column(gettext_lazy("Answer due"), lambda row: row.answer_due),
    export.Column(gettext_lazy("Answered on"), lambda row: row.answered_on),
    export.Column(gettext_lazy("The answer"), lambda row: row.answer),
    export.Column(gettext_lazy("Responsible"), lambda row: str(row.owner or "")),
]
SHEET = export.Sheet("requests", COLUMNS)


@may("agreements.view")
def requests(request: Request) -> Any:
    listing = Listing(
        request,
        queries.requests(request.user),
        forms.RequestFilter,
        sorts={
            "asked": Sort("engagement__starts_on"),
            "due": Sort("answer_due", FAR_FUTURE),
            "answered": Sort("answered_on", FAR_PAST),
        },
        default="due",
        tabs=[
            Tab("unanswered", _("Unanswered"), queries.unanswered()),
            Tab("late", _("Late"), queries.late(clock.today()), tone="bad"),
            Tab("answered", _("Answered"), ~queries.unanswered()),
        ],
    )
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {"listing": listing, "heading": _("Requests")}
    return render(request, "agreements/requests.html", context)

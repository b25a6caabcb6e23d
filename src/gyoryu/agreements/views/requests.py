"""The list of what one side asked the other."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.agreements.forms import engagements as forms
from gyoryu.web import clock, export, lists
from gyoryu.web.access import Request, may

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
    listing = forms.request_listing(request, clock.today())
    return lists.show(request, listing, SHEET, "agreements/requests.html", _("Requests"))

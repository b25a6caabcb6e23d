"""What the screens of this app have in common."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gyoryu.parties import queries
from gyoryu.web.access import Request
from gyoryu.web.forms import pick_label
from gyoryu.web.small import Page


def options(request: Request, rows: QuerySet[Any]) -> HttpResponse:
    """Answer a form's line with the twelve records its text may mean."""
    text = request.GET.get(request.GET.get("field", "q"), "")
    found = queries.called(rows, text)[:12] if len(text.strip()) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})


def voiding(row: Any) -> Page:
    """Return the page that asks why a record is voided."""
    return Page(
        _("Void “%(name)s”") % {"name": row},
        row,
        explained=_(
            "It leaves lists and forms. Its page, its ties and its history stay. "
            "If it is in the register twice, merge the two instead."
        ),
        save=_("Void it"),
    )


def actionable(request: Request, row: Any) -> dict[str, bool]:
    """Tell what the reader may do with a record, and whether it stands."""
    access, path = request.user.access, row.unit.path
    return {
        "standing": not (row.voided_at or row.merged_into_id),
        "may_change": access.may("parties.change", path),
        "may_merge": access.may("parties.merge", path),
    }

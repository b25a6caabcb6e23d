"""The pages of activities: their list, attendance sheets, and the feedback of participants."""

from typing import Any

import icalendar
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes.actions import activities as actions
from gyoryu.programmes.forms import activities as forms
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.programmes.models import Activity
from gyoryu.programmes.queries import activities as queries
from gyoryu.programmes.rules import activities as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may, signed_in
from gyoryu.web.forms import Form
from gyoryu.web.records import page_of, why_not
from gyoryu.web.small import Page

SEE, CHANGE, WHO = "programmes.view", "programmes.change", "programmes.applicants"
COLUMNS = [
    export.Column(gettext_lazy("Title"), lambda row: str(row)),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Programme"), lambda row: str(row.programme)),
    export.Column(gettext_lazy("Begins"), lambda row: timezone.localtime(row.starts_at)),
    export.Column(gettext_lazy("Ends"), lambda row: timezone.localtime(row.ends_at)),
    export.Column(gettext_lazy("Place"), lambda row: row.place),
    export.Column(gettext_lazy("Led by"), lambda row: row.led_by),
    export.Column(gettext_lazy("Cancelled because"), lambda row: row.cancelled_reason),
]


@may(SEE)
def activities(request: Request) -> Any:
    listing = forms.activity_listing(request, clock.today())
    sheet = export.Sheet(_("Activities"), COLUMNS)
    if file := export.asked(request, listing.chosen, sheet):
        return file
    context = {
        "listing": listing,
        "heading": _("Activities"),
        "may_add": request.user.access.may(CHANGE),
    }
    return render(request, "programmes/activities/list.html", context)


def _found(request: Request, pk: int, capability: str = SEE) -> Activity:
    row = get_object_or_404(queries.seen_by(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


@may(SEE)
def activity(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    access, path = request.user.access, row.unit.path
    noted = list(row.attendance.select_related("application").order_by("application__number"))
    context = {
        "row": row,
        "programme_page": page_of(row.programme),
        "came": queries.came(row.attendance.all()),
        "ratings": queries.ratings(noted),
        "noted": noted if access.may(WHO, path) else [],
        "may_change": access.may(CHANGE, path) and access.may(WHO, path),
        "why_closed": why_not(rules.check_changeable, row),
        "why_not_begun": why_not(rules.check_begun, row, clock.now()),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/activities/page.html", context)


@may(SEE)
def activity_ics(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("prodid", "-//Gyoryu//activities//EN")
    calendar.add("version", "2.0")
    event.add("uid", f"activity-{row.pk}@{request.get_host()}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    event.add("summary", str(row))
    event.add("location", row.place)
    event.add("status", "CANCELLED" if row.cancelled_reason else "CONFIRMED")
    calendar.add_component(event)
    reply = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="activity-{row.pk}.ics"'
    return reply


@may(CHANGE)
def activity_new(request: Request) -> HttpResponse:
    form = forms.ActivityForm(
        posting.typed(request),
        user=request.user,
        initial={"programme": request.GET.get("programme", "")},
    )
    page = Page(_("Plan an activity"), above=(_("Activities"), reverse("activities")))
    return posting.run(
        request,
        form,
        "web/small_form.html",
        lambda _values: actions.plan(
            form.within().unit, form.values(), by=request.user, at=clock.now()
        ),
        context={"page": page, "row": None},
        done=_("The activity is on the calendar."),
    )


@may(CHANGE)
def activity_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.ActivityForm(
        posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
    )
    return small.run(
        request,
        form,
        lambda _values: actions.change(row, form.values(), by=request.user, at=clock.now()),
        Page(_("Change the activity"), row),
    )


@may(CHANGE)
def activity_cancel(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(_("Cancel the activity"), row, save=_("Cancel the activity"))
    return small.act_on(request, row, ReasonForm, actions.cancel, page)


@may(CHANGE)
def attendance(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    check_may(request.user, WHO, row.unit)
    form = forms.AttendanceForm(posting.typed(request), rows=queries.sheet(row))
    return small.run(
        request,
        form,
        lambda _values: actions.note_attendance(row, form.noted(), by=request.user, at=clock.now()),
        Page(_("Attendance sheet"), row, save=_("Keep the sheet")),
        template="programmes/activities/attendance.html",
        done=_("The attendance is noted."),
    )


@may(CHANGE)
def activity_ask(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.ask_feedback(
            row, on=clock.today(), by=request.user, at=clock.now()
        ),
        Page(
            _("Ask for feedback"),
            row,
            explained=_("A letter to everybody who came and has said nothing yet, once each."),
            save=_("Send the letters"),
        ),
        done=_("The letters are on their way."),
    )


@signed_in
def my_activities(request: Request) -> HttpResponse:
    rows = list(queries.own(request.user)[:200])
    return render(request, "programmes/activities/mine.html", {"rows": rows, "now": clock.now()})


@signed_in
def my_feedback(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own(request.user), pk=pk)
    return posting.run(
        request,
        forms.FeedbackForm(
            posting.typed(request), initial={"rating": row.rating, "feedback": row.feedback}
        ),
        "programmes/activities/feedback.html",
        lambda values: actions.give_feedback(row, **values, by=request.user, at=clock.now()),
        context={"row": row, "why_not": why_not(rules.check_begun, row.activity, clock.now())},
        to=reverse("my-activities"),
        done=_("Thank you. Your feedback is kept."),
    )

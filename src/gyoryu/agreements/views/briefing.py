"""The briefing for the next meeting with an organisation, on screen and as a printed page."""

from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.accounts.models import in_language
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import briefing as queries
from gyoryu.agreements.queries.keeping import FollowThrough
from gyoryu.base import periods
from gyoryu.base.periods import Period
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation
from gyoryu.web import clock, pdf
from gyoryu.web.access import Request, may

SHEET = Path(__file__).parent.parent / "templates" / "agreements" / "briefing.typ"
# What fits on one page; the screen shows everything.
MOST, POINTS, WORDS = 6, 8, 140


@may("agreements.view")
def briefing(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    kept = [(Side(side), one, _share(one)) for side, one in found.kept.items()]
    context = {"row": found.organisation, "found": found, "kept": kept}
    return render(request, "agreements/briefing.html", context)


@may("agreements.view")
def briefing_pdf(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    sheet = pdf.typeset(SHEET, _printed(found, str(request.user)), language=_language())
    return pdf.answer(f"briefing-{pk}-{found.on}", sheet)


def _found(request: Request, pk: int) -> queries.Briefing:
    rows = parties.organisations().select_related("region__parent", "parent")
    organisation = get_object_or_404(rows, pk=pk)
    return queries.briefing(organisation, on=clock.today(), to=request.user)


def _language() -> str:
    return (get_language() or "ko")[:2]


def _printed(found: queries.Briefing, reader: str) -> dict[str, Any]:
    """Write everything the printed page says as texts, in the reader's language."""
    organisation = found.organisation
    return {
        "title": str(organisation),
        "other": _other_name(organisation),
        "sub": " · ".join(filter(None, (_("Briefing"), *_what(organisation)))),
        "author": reader,
        "as_of": _("As of %(day)s") % {"day": _day(found.on)},
        "footer": _("Gyoryu · for official use · %(name)s") % {"name": reader},
        "labels": _labels(),
        "points": [
            {
                "why": str(one.why),
                "tone": one.tone,
                "words": _short(one.words),
                "when": _day(one.on),
            }
            for one in found.points[:POINTS]
        ],
        "positions": [
            {"name": str(one.person), "title": one.title, "organisation": _division(one, found)}
            for one in found.positions[:MOST]
        ],
        **_contacts(found),
        **_promises(found),
        "years": [str(year) for year in found.years],
        "topics": [
            {"name": one.name, "counts": [str(n or "·") for n in one.counts]}
            for one in found.topics[:MOST]
        ],
        "kept": [_kept(side, one) for side, one in found.kept.items()],
    }


def _contacts(found: queries.Briefing) -> dict[str, Any]:
    return {
        "agreements": [
            {
                "title": str(one),
                "kind": one.get_kind_display(),
                "status": f"{one.get_status_display()} {_day(one.status_since)}",
            }
            for one in found.agreements[:MOST]
        ],
        **{
            name: [
                {"title": str(one), "kind": one.get_kind_display(), "when": _period(one.when)}
                for one in rows[:MOST]
            ]
            for name, rows in (("last", found.last), ("coming", found.coming))
        },
    }


def _promises(found: queries.Briefing) -> dict[str, Any]:
    rows: dict[str, list[Any]] = {
        "ours": found.ours,
        "theirs": found.theirs,
        "asked": found.asked,
        "owed": found.owed,
    }
    return {
        name: [
            {
                "words": _short(one.words),
                "when": _period(one.due) if one.due else "",
                "late": bool(one.due and one.due.last < found.on),
            }
            for one in promised[:MOST]
        ]
        for name, promised in rows.items()
    }


def _kept(side: str, one: FollowThrough) -> dict[str, str]:
    told = {"in_time": one.in_time, "due": one.came_due}
    words = _("%(in_time)d of %(due)d that fell due") % told
    return {"side": str(Side(side).label), "share": _share(one), "words": words}


def _share(one: FollowThrough) -> str:
    """Write the share kept in time; a dash while nothing has fallen due."""
    return f"{round(100 * one.in_time / one.came_due)} %" if one.came_due else "–"


def _labels() -> dict[str, str]:
    """Return the headings of the page, and what is said where there is nothing."""
    return {
        "points": _("To raise"),
        "no_points": _("Nothing waits. Ask what they want next."),
        "positions": _("Who they are"),
        "no_positions": _("No positions are in the register."),
        "agreements": _("Agreements"),
        "no_agreements": _("None."),
        "last": _("Last contacts"),
        "no_last": _("There was no contact."),
        "coming": _("Planned"),
        "ours": _("We promised"),
        "no_ours": _("Nothing is open on our side."),
        "theirs": _("They promised"),
        "no_theirs": _("Nothing is open on their side."),
        "asked": _("We asked and wait"),
        "no_asked": _("Nothing is unanswered."),
        "owed": _("They asked and wait"),
        "no_owed": _("We owe no answer."),
        "topics": _("What was spoken of"),
        "topic": _("Area"),
        "no_topics": _("No areas were noted."),
        "kept": _("Promises kept in time"),
        "kept_note": _("A date that was moved after it had passed counts as the old one."),
    }


def _other_name(organisation: Organisation) -> str:
    shown = in_language(organisation.name_ko, organisation.name_en)
    names = (organisation.name_ko, organisation.name_en, organisation.name_native)
    return " · ".join(dict.fromkeys(name for name in names if name and name != shown))


def _what(organisation: Organisation) -> list[str]:
    region = organisation.region
    above = region.parent if region else None
    return [organisation.get_kind_display(), *(str(one) for one in (above, region) if one)]


def _division(position: Any, found: queries.Briefing) -> str:
    own = position.organisation_id == found.organisation.pk
    return "" if own else str(position.organisation)


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= WORDS else f"{folded[: WORDS - 1]}…"


def _day(value: date | None) -> str:
    return periods.day_in_words(value, _language(), weekday=False) if value else ""


def _period(value: Period) -> str:
    return periods.in_words(value, _language(), weekday=False)

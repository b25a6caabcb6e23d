"""How what an applicant says becomes an application with a number, whoever enters it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.programmes.actions import steps
from gyoryu.programmes.models import Application, Member, PaperHeld, RequiredDocument, Track
from gyoryu.programmes.rules import applications as rules
from gyoryu.programmes.rules import representatives

Status = Application.Status


@dataclass(frozen=True)
class Content:
    """What an application says, checked: ``answers`` are those the engine ``questions`` kept.

    ``members`` are pairs of a name and an office, the leader first; ``asked`` is in won. ``held``
    is what lies in the office on paper: required papers, and codes of questions for a file.
    """

    name: str
    answers: dict[str, Any] = field(default_factory=dict)
    asked: int | None = None
    track: Track | None = None
    members: tuple[tuple[str, str], ...] = ()
    held: tuple[RequiredDocument | str, ...] = ()


@transaction.atomic
def hand_in(
    application: Application,
    content: Content,
    *,
    verb: str = "",
    received: datetime | None = None,
    by: User | None,
    at: datetime,
) -> Application:
    """Give an application its number and what it says; ``received`` when it came on paper."""
    _check(application, content, on_paper=received is not None)
    values = _columns(application, content, received or at)
    try:
        with transaction.atomic():
            steps.take(application, Status.SUBMITTED, values=values, verb=verb, by=by, at=at)
    except IntegrityError:
        # Somebody else of the same company was quicker by a moment.
        rules.check_first_of_company(application, values["business_number"])
        raise
    application.members.all().delete()
    Member.objects.bulk_create(
        Member(application=application, name=name, office=office, leads=place == 0)
        for place, (name, office) in enumerate(content.members)
    )
    PaperHeld.objects.bulk_create(
        PaperHeld(application=application, question=one)
        if isinstance(one, str)
        else PaperHeld(application=application, paper=one)
        for one in content.held
    )
    return application


def _check(application: Application, content: Content, *, on_paper: bool) -> None:
    call = application.call
    rules.check_name(content.name)
    rules.check_track(call, content.track)
    rules.check_team(call, [name for name, _office in content.members])
    rules.check_asked(call, content.asked)
    # What came on paper lies in the office; the desk may scan and add it afterwards.
    if on_paper:
        rules.check_answers(call, content.answers, held=rules.files_asked(call))
    else:
        rules.check_answers(call, content.answers, held=rules.files_held(application))
        rules.check_papers(application)
    rules.check_first_of_company(application, representatives.number_of(application))


def _columns(application: Application, content: Content, received: datetime) -> dict[str, Any]:
    year = day_of(received).year
    return {
        "number": application.number or next_number(application.unit, "AP", year, by=None),
        "name": content.name,
        "answers": content.answers,
        "asked": content.asked,
        "track": content.track,
        "business_number": representatives.number_of(application),
        "submitted_at": application.submitted_at or received,
        "complete_until": None,
    }

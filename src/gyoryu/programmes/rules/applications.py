"""What applications allow: who may do what with them, when, and what is said when not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.programmes import questions
from gyoryu.programmes.models import Application, Attachment, Call, PaperHeld, Track
from gyoryu.programmes.rules import representatives

LONGEST_NAME, MOST_TYPED, MOST_PAPERS = 200, 400_000, 60
Status = Application.Status
# Where an application may go from where it stands. What is not here is refused with the reason.
MOVES: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.SUBMITTED, Status.WITHDRAWN),
    Status.SUBMITTED: (Status.RETURNED, Status.ELIGIBLE, Status.INELIGIBLE, Status.WITHDRAWN),
    Status.RETURNED: (Status.SUBMITTED, Status.INELIGIBLE, Status.WITHDRAWN),
    Status.ELIGIBLE: (
        Status.IN_REVIEW, Status.INTERVIEW, Status.SELECTED, Status.RESERVE, Status.REJECTED,
        Status.INELIGIBLE, Status.WITHDRAWN,
    ),
    Status.INELIGIBLE: (Status.ELIGIBLE,),
    Status.IN_REVIEW: (
        Status.INTERVIEW, Status.SELECTED, Status.RESERVE, Status.REJECTED, Status.INELIGIBLE,
        Status.WITHDRAWN,
    ),
    Status.INTERVIEW: (Status.SELECTED, Status.RESERVE, Status.REJECTED, Status.WITHDRAWN),
    Status.SELECTED: (Status.RUNNING, Status.WITHDRAWN),
    Status.RESERVE: (Status.SELECTED, Status.REJECTED, Status.WITHDRAWN),
    Status.REJECTED: (),
    Status.WITHDRAWN: (),
    Status.RUNNING: (Status.REPORTED,),
    Status.REPORTED: (Status.RUNNING, Status.CLOSED),
    Status.CLOSED: (),
}  # fmt: skip
# Steps that tell somebody no, or ask something of them: never without saying why.
REASONED = (Status.RETURNED, Status.INELIGIBLE)
DECIDABLE = (Status.ELIGIBLE, Status.IN_REVIEW, Status.INTERVIEW, Status.RESERVE)
DECISIONS = (Status.SELECTED, Status.RESERVE, Status.REJECTED)
WRITABLE = (Status.DRAFT, Status.RETURNED)


@dataclass(frozen=True)
class Decision:
    """What became of one application: ``to`` is selected, reserve or rejected.

    ``rank`` orders the reserve list; ``score`` is the panel's, as frozen.
    """

    application: Application
    to: str
    rank: int | None = None
    score: Decimal | None = None
    reason: str = ""


def stamp(at: datetime) -> str:
    """Write a moment by the server's clock, to the second."""
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d %H:%M:%S}"


def check_move(application: Application, to: str, *, reason: str = "") -> None:
    """Refuse a step that does not lead on from where the application stands, or lacks its reason.

    An application that was found not eligible comes back only with a reason, too.
    """
    if application.voided_at:
        raise Refused(_("This application was taken back as an entry made by mistake."))
    if to not in MOVES[application.status]:
        names = dict(Status.choices)
        raise Refused(
            _("An application cannot go from “%(now)s” to “%(to)s”.")
            % {"now": application.get_status_display(), "to": names.get(to, to)},
            field="to",
        )
    if not reason.strip() and (to in REASONED or application.status == Status.INELIGIBLE):
        raise Refused(_("Give the reason. The applicant reads it."), field="reason")


def check_open(call: Call, at: datetime) -> None:
    """Refuse before the call opens, from its closing second on, and when it is not announced."""
    if call.voided_at or call.state == Call.State.CANCELLED:
        raise Refused(_("This call was cancelled. Nothing can be handed in any more."))
    if call.state != Call.State.PUBLISHED:
        raise Refused(_("This call does not take applications."))
    if at < call.opens_at:
        raise Refused(
            _("This call opens at %(time)s by the server's clock.") % {"time": stamp(call.opens_at)}
        )
    if at >= call.closes_at:
        raise Refused(
            _(
                "This call closed at %(time)s; it was %(now)s by the server's clock. "
                "What you have written stays readable, but it can no longer be submitted."
            )
            % {"time": stamp(call.closes_at), "now": stamp(at)}
        )


def check_can_write(application: Application, at: datetime) -> None:
    """Refuse to change an application that was handed in, or whose time is over."""
    if application.voided_at or application.status not in WRITABLE:
        raise Refused(
            _("It was handed in and is now “%(status)s”: nothing can be changed in it.")
            % {"status": application.get_status_display()}
        )
    if application.status == Status.DRAFT:
        check_open(application.call, at)
        return
    until = application.complete_until
    if until is None or at >= until:
        told = {"time": stamp(until) if until else "", "now": stamp(at)}
        raise Refused(
            _("It could be completed until %(time)s; it was %(now)s by the server's clock.") % told
        )


def check_can_submit(application: Application, at: datetime) -> None:
    """Refuse to hand in what was handed in already, or too late."""
    if application.status == Status.SUBMITTED:
        raise Refused(
            _("It was submitted already, as %(number)s.") % {"number": application.number}
        )
    check_can_write(application, at)


def check_can_withdraw(application: Application) -> None:
    """Refuse to withdraw what was decided against, is under way, or was withdrawn."""
    check_move(application, Status.WITHDRAWN)


def check_return(until: datetime, at: datetime) -> None:
    """Refuse a time for completion that is over already."""
    if until <= at:
        raise Refused(_("Give a time that is still to come."), field="until")


def check_team(call: Call, names: Collection[str]) -> None:
    """Refuse a team with too few or too many members, as the call says."""
    if call.applicant != Call.Applicant.TEAM:
        return
    if not call.members_least <= len(names) <= call.members_most:
        raise Refused(
            _("A team has %(least)d to %(most)d members; there are %(now)d.")
            % {"least": call.members_least, "most": call.members_most, "now": len(names)},
            field="members",
        )


def check_asked(call: Call, asked: int | None) -> None:
    """Refuse no amount where one is asked for, and more than the call gives at most."""
    if not call.ask_amount:
        return
    if asked is None or asked <= 0:
        raise Refused(_("Say how much you ask for, in won."), field="asked")
    if call.award_most is not None and asked > call.award_most:
        raise Refused(
            _("At most %(most)s KRW can be asked for; this is %(asked)s KRW.")
            % {"most": f"{call.award_most:,}", "asked": f"{asked:,}"},
            field="asked",
        )


def missing_papers(application: Application) -> list[str]:
    """Return the names of required papers that were handed in neither as files nor on paper."""
    held = Attachment.objects.filter(application=application, document__voided_at=None)
    have = set(held.values_list("paper", flat=True))
    have |= set(PaperHeld.objects.filter(application=application).values_list("paper", flat=True))
    papers = application.call.papers.filter(required=True)
    return [str(paper) for paper in papers if paper.pk not in have]


def check_papers(application: Application) -> None:
    """Refuse to hand in while a required paper is missing."""
    if missing := missing_papers(application):
        raise Refused(
            _("These papers are missing: %(names)s.") % {"names": ", ".join(missing)},
            field="papers",
        )


def check_first_of_company(application: Application, number: str) -> None:
    """Refuse a second application of the same business number, naming the first."""
    if not number:
        return
    others = Application.objects.filter(
        call=application.call_id, business_number=number, voided_at=None
    ).exclude(status=Status.WITHDRAWN)
    if first := others.exclude(pk=application.pk).first():
        raise second(first)


def second(first: Application) -> Refused:
    """Return the refusal of a second application by the same business number."""
    return Refused(
        _("This business number has applied to this call already: %(number)s.")
        % {"number": first.number or first}
    )


def acting(user: User) -> tuple[Q, Q]:
    """Return the conditions on applications that somebody may act for; one of them is enough."""
    return representatives.ways(user, "applicant", "organisation")


def check_is_applicant(application: Application, by: User | None) -> None:
    """Refuse anybody who does not act for the applicant; ``None`` is the system."""
    if by is None:
        return
    applied, company = acting(by)
    if not Application.objects.filter(applied | company, pk=application.pk).exists():
        raise Refused(_("This application is not yours."))


def check_decision(call: Call, decision: Decision) -> None:
    """Refuse a decision on an application of another call, or on one that is not there yet."""
    row = decision.application
    if row.call_id != call.pk:
        raise Refused(_("%(number)s is not an application of this call.") % {"number": row.number})
    if decision.to not in DECISIONS:
        raise Refused(_("Decide for selected, on the reserve list or not selected."), field="to")
    if row.status not in DECIDABLE or row.voided_at:
        raise Refused(
            _("%(number)s is “%(status)s”: nothing can be decided on it.")
            % {"number": row.number, "status": row.get_status_display()}
        )
    if decision.to == Status.RESERVE and decision.rank is None:
        raise Refused(
            _("%(number)s needs a rank on the reserve list.") % {"number": row.number},
            field="rank",
        )


def check_places(call: Call, taken: dict[int | None, int]) -> None:
    """Refuse to select more than the call or one of its tracks has places for.

    ``taken`` counts the selected by track, as it will stand.
    """
    for track in call.tracks.all():
        if track.places is not None and taken.get(track.pk, 0) > track.places:
            raise _too_many(taken[track.pk], track.places, str(track))
    if call.places is not None and sum(taken.values()) > call.places:
        raise _too_many(sum(taken.values()), call.places, str(call))


def _too_many(chosen: int, places: int, where: str) -> Refused:
    return Refused(
        _("%(where)s: %(chosen)d are selected, but there are only %(places)d places.")
        % {"where": where, "chosen": chosen, "places": places}
    )


def check_once(keys: list[int]) -> None:
    """Refuse two decisions on one application."""
    if len(keys) != len(set(keys)):
        raise Refused(_("An application is decided on twice in this list."))


def check_name(name: str) -> None:
    """Refuse an application without the applicant's name."""
    if not name.strip():
        raise Refused(_("Give the name of the company, team or person."), field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(
            _("This is %(length)d characters long; at most %(most)d fit.")
            % {"length": len(name), "most": LONGEST_NAME},
            field="name",
        )


def check_track(call: Call, track: Track | None) -> None:
    """Refuse no track where the call has some, and a track of another call."""
    if track is not None and track.call_id != call.pk:
        raise Refused(_("This track belongs to another call."), field="track")
    if track is None and call.tracks.exists():
        raise Refused(_("Choose the track you apply for."), field="track")


def files_asked(call: Call) -> set[str]:
    """Return the codes of the questions of a call that ask for a file."""
    return {one.code for one in questions.load(call.questions) if one.kind == "file"}


def files_held(application: Application) -> set[str]:
    """Return the codes of the questions whose file lies in the office on paper."""
    rows = PaperHeld.objects.filter(application=application, paper=None)
    return set(rows.values_list("question", flat=True))


def check_answers(call: Call, answers: dict[str, Any], *, held: Collection[str] = ()) -> None:
    """Refuse answers that the form of the call does not take, or that are not all there.

    ``held`` are the questions whose file lies in the office: they need no answer.
    """
    asked = questions.load(call.questions)
    checked = questions.check(questions.excused(asked, held), answers)
    if checked.errors or checked.values != answers:
        raise Refused(_("The answers do not fit the questions of this call."), field="answers")


def check_size(typed: dict[str, list[str]]) -> None:
    """Refuse more text than any form of ours can hold."""
    if sum(len(text) for texts in typed.values() for text in texts) > MOST_TYPED:
        raise Refused(_("This is more than a form can hold. Shorten it, or hand in a paper."))


def check_room(application: Application) -> None:
    """Refuse a paper when very many have been handed in already."""
    if Attachment.objects.filter(application=application).count() >= MOST_PAPERS:
        raise Refused(
            _("At most %(most)d papers can be handed in.") % {"most": MOST_PAPERS}, field="file"
        )

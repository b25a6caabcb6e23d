"""What engagements and their parts allow, with the reason when they do not."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Agreement, Delegation, Engagement, Participant, Request, Stop
from gyoryu.agreements.rules import bodies
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, told
from gyoryu.base.refused import Refused
from gyoryu.parties.models import Person, Position

Kind, State = Engagement.Kind, Engagement.State
LONGEST_CHAIN = 200
LARGEST_DELEGATION = 10_000


def check_engagement(engagement: Engagement, *, today: date) -> None:
    """Refuse an engagement as it would stand: unnamed, out of time, or out of its chain."""
    check_texts(engagement)
    if not engagement.title_ko and not engagement.title_en:
        raise Refused(_("Give at least one title, in Korean or English."), field="title_ko")
    check_days(engagement, today=today)
    if engagement.kind == Kind.SESSION:
        bodies.check_session(engagement, today=today)
    if engagement.follows_id:
        _check_chain(engagement)


def check_days(engagement: Engagement, *, today: date) -> None:
    """Refuse an end before the start, and something held that has not begun."""
    if engagement.ends_on < engagement.starts_on:
        raise Refused(_("It ends before it starts."), field="ends_on")
    if engagement.state == State.HELD and engagement.starts_on > today:
        raise Refused(
            _("%(day)s has not come yet. Record it as planned.")
            % {"day": told(engagement.starts_on)},
            field="starts_on",
        )


def check_parts_fit(engagement: Engagement) -> None:
    """Refuse days that leave a stop outside the journey, or an answer before its request."""
    outside = engagement.stops.exclude(on=None).exclude(
        on__range=(engagement.starts_on, engagement.ends_on)
    )
    if stop := outside.first():
        raise Refused(
            _("Stop “%(name)s” is on %(day)s, outside these days. Move it first.")
            % {"name": stop, "day": told(stop.on)},
            field="starts_on",
        )
    answered = engagement.requests.filter(answered_on__lt=engagement.starts_on).first()
    if answered:
        raise Refused(
            _("A request of it was answered on %(day)s, before these days.")
            % {"day": told(answered.answered_on)},
            field="starts_on",
        )


def _check_chain(engagement: Engagement) -> None:
    before: Engagement | None = engagement.follows
    if before and before.starts_on > engagement.ends_on:
        raise Refused(
            _("%(name)s came later (%(day)s), so this cannot follow it.")
            % {"name": before, "day": told(before.starts_on)},
            field="follows",
        )
    for _step in range(LONGEST_CHAIN):
        if before is None:
            return
        if before.pk == engagement.pk:
            break
        before = before.follows
    raise Refused(_("An engagement cannot follow itself."), field="follows")


def check_change(engagement: Engagement, fields: dict[str, object]) -> None:
    """Refuse to change what has its own step (state, session) or what was voided."""
    check_stands(engagement)
    if fields.get("state", engagement.state) != engagement.state:
        raise Refused(_("Hold or cancel it by its own button."), field="state")
    session = engagement.kind == Kind.SESSION
    if (fields.get("kind", engagement.kind) == Kind.SESSION) != session:
        raise Refused(_("A session is recorded on the page of its body."), field="kind")
    if session and fields.get("body", engagement.body) != engagement.body:
        raise Refused(_("A session stays with its body."), field="body")


def check_hold(engagement: Engagement, *, today: date) -> None:
    """Refuse to note as held what was not planned, or has not begun."""
    check_stands(engagement)
    if engagement.state != State.PLANNED:
        raise Refused(_("Only what is planned can be noted as held."))
    if engagement.starts_on > today:
        raise Refused(
            _("It is planned for %(day)s, which has not come yet.")
            % {"day": told(engagement.starts_on)},
            field="starts_on",
        )
    if engagement.body and engagement.kind == Kind.SESSION:
        bodies.check_can_hold(engagement.body)


def check_can_cancel(engagement: Engagement) -> None:
    """Refuse to cancel what took place, or is cancelled already."""
    check_stands(engagement)
    if engagement.state == State.HELD:
        raise Refused(_("It took place, so it cannot be cancelled. A wrong record is voided."))
    if engagement.state == State.CANCELLED:
        raise Refused(_("It is cancelled already."))


def check_can_void(engagement: Engagement, *, promised: int, followed: int) -> None:
    """Refuse to void what commitments or later engagements still stand on, as many as there are."""
    check_stands(engagement)
    if promised:
        told = _("Commitments made at it still stand (%(count)d). Void them first.")
        raise Refused(told % {"count": promised})
    if followed:
        told = _("Later engagements follow from it (%(count)d). Loosen them first.")
        raise Refused(told % {"count": followed})


def check_can_untie(engagement: Engagement, agreement: Agreement) -> None:
    """Refuse to loosen a session from the agreement its body stands under."""
    check_stands(engagement)
    if engagement.body and engagement.body.agreement_id == agreement.pk:
        raise Refused(_("Its body stands under this agreement, so it stays tied."))


def check_delegation(delegation: Delegation) -> None:
    """Refuse a nameless delegation, or one smaller than the people named in it."""
    check_stands(delegation.engagement)
    check_texts(delegation)
    if not delegation.organisation_id and not delegation.name:
        raise Refused(_("Say who they are: an organisation or a name."), field="organisation")
    named = delegation.participants.count() if delegation.pk else 0
    if delegation.size is not None and not 1 <= delegation.size <= LARGEST_DELEGATION:
        raise Refused(
            _("A delegation has 1 to %(most)d people.") % {"most": LARGEST_DELEGATION}, field="size"
        )
    if delegation.size is not None and delegation.size < named:
        raise Refused(
            _("%(count)d people of it are named already.") % {"count": named}, field="size"
        )


def check_participant(participant: Participant) -> None:
    """Refuse somebody named twice, a second head, a crowd, or a position not held that day."""
    delegation, engagement = participant.delegation, participant.delegation.engagement
    check_stands(engagement)
    check_texts(participant)
    there = list(
        Participant.objects.filter(delegation__engagement=engagement)
        .exclude(pk=participant.pk)
        .select_related("person")
    )
    if any(other.person_id == participant.person_id for other in there):
        raise Refused(
            _("%(name)s is named already.") % {"name": participant.person}, field="person"
        )
    beside = [other for other in there if other.delegation_id == delegation.pk]
    heads = [other for other in beside if other.head]
    if participant.head and heads:
        raise Refused(
            _("%(name)s heads this delegation already.") % {"name": heads[0].person}, field="head"
        )
    if delegation.size is not None and len(beside) + 1 > delegation.size:
        raise Refused(
            _("The delegation has %(size)d people and all are named. Raise its size first.")
            % {"size": delegation.size},
            field="person",
        )
    if participant.position:
        check_position(participant.position, participant.person, engagement)


def check_position(position: Position, person: Person, engagement: Engagement) -> None:
    """Refuse a position of somebody else, or one that was not held when they met."""
    if position.person_id != person.pk:
        raise Refused(
            _("%(name)s does not hold this position.") % {"name": person}, field="position"
        )
    begins, ends = position.since or date.min, position.until or date.max
    if begins > engagement.ends_on or ends < engagement.starts_on:
        raise Refused(
            _("%(name)s did not hold this position on %(day)s.")
            % {"name": person, "day": told(engagement.starts_on)},
            field="position",
        )


def check_stop(stop: Stop) -> None:
    """Refuse a stop without a name, outside the journey's days, or in a place that is taken."""
    engagement = stop.engagement
    check_stands(engagement)
    check_texts(stop)
    if not stop.name_ko and not stop.name_en:
        raise Refused(_("Give at least one name, in Korean or English."), field="name_ko")
    if stop.on and not engagement.starts_on <= stop.on <= engagement.ends_on:
        raise Refused(
            _("The journey is from %(first)s to %(last)s.")
            % {"first": told(engagement.starts_on), "last": told(engagement.ends_on)},
            field="on",
        )
    if not 1 <= stop.order <= 999:
        raise Refused(_("Places are numbered from 1 to 999."), field="order")
    others = engagement.stops.exclude(pk=stop.pk)
    if other := others.filter(order=stop.order).first():
        raise Refused(
            _("%(name)s is stop %(order)d already.") % {"name": other, "order": stop.order},
            field="order",
        )


def check_feedback(stop: Stop, *, rating: int | None, feedback: str, today: date) -> None:
    """Refuse an empty answer, a rating outside 1 to 5, and feedback before the visit."""
    check_stands(stop.engagement)
    if rating is None and not feedback.strip():
        raise Refused(_("Give a rating or say what they said."), field="feedback")
    if rating is not None and not 1 <= rating <= 5:
        raise Refused(_("A rating is from 1 to 5."), field="rating")
    if stop.engagement.state != State.HELD or (stop.on or stop.engagement.starts_on) > today:
        raise Refused(_("The visit has not taken place yet."))


def check_request(request: Request) -> None:
    """Refuse a request without words, to nobody, or due before it was asked."""
    engagement = request.engagement
    check_stands(engagement)
    check_texts(request)
    if engagement.state == State.CANCELLED:
        raise Refused(_("It was cancelled, so nothing was asked at it."))
    if not request.words.strip():
        raise Refused(_("Say what was asked."), field="words")
    if not request.organisation_id and not request.person_id:
        raise Refused(_("Name the other side: an organisation or a person."), field="organisations")
    if request.answer_due and request.answer_due < engagement.starts_on:
        raise Refused(
            _("It was asked only on %(day)s.") % {"day": told(engagement.starts_on)}, field="due"
        )


def check_can_answer(request: Request) -> None:
    """Refuse to answer twice, or what was never asked."""
    check_stands(request.engagement)
    if request.answered_on:
        raise Refused(_("It was answered on %(day)s.") % {"day": told(request.answered_on)})
    if request.engagement.state != State.HELD:
        raise Refused(_("It has not been asked yet: its engagement is not held."))


def check_answer(request: Request, *, on: date, answer: str, today: date) -> None:
    """Refuse an answer without words, before the request, or in the future."""
    check_can_answer(request)
    if not answer.strip():
        raise Refused(_("Say what the answer was."), field="answer")
    if on > today:
        raise Refused(_("An answer cannot come in the future."), field="on")
    if on < request.engagement.starts_on:
        raise Refused(
            _("It was asked only on %(day)s.") % {"day": told(request.engagement.starts_on)},
            field="on",
        )


def check_can_reopen(request: Request, *, reason: str) -> None:
    """Refuse to take back an answer that is not there, or to do it without a reason."""
    check_stands(request.engagement)
    check_reason(reason)
    if not request.answered_on:
        raise Refused(_("It has not been answered."))


def check_can_remove(part: Delegation | Participant | Stop | Request, *, reason: str) -> None:
    """Refuse to take out a part that others stand on, or to do it without a reason."""
    engagement = part.delegation.engagement if isinstance(part, Participant) else part.engagement
    check_stands(engagement)
    check_reason(reason)
    if isinstance(part, Delegation) and part.participants.exists():
        raise Refused(_("People are named in this delegation. Take them out first."))
    if isinstance(part, Request) and part.answered_on:
        raise Refused(_("It was answered, so it stays. Take the answer back first."))

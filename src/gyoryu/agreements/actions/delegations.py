"""What is done to the parts of an engagement: delegations, people, stops, and taking out."""

from copy import copy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Delegation, Engagement, Participant, Request, Stop
from gyoryu.agreements.queries.engagements import position_on
from gyoryu.agreements.rules import engagements as rules
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.parties.models import Organisation, Person, Position

Part = Delegation | Participant | Stop | Request


@transaction.atomic
def add_delegation(
    engagement: Engagement,
    side: str,
    *,
    organisation: Organisation | None = None,
    name: str = "",
    size: int | None = None,
    by: User | None,
    at: datetime,
) -> Delegation:
    """Add one side's delegation; ``size`` counts its people, named or not."""
    check_may(by, "agreements.change", engagement.unit)
    made = Delegation(
        engagement=engagement, side=side, organisation=organisation, name=name, size=size
    )
    rules.check_delegation(made)
    made.save()
    _note("engagement.delegation_added", made, by=by, at=at)
    return made


@transaction.atomic
def change_delegation(
    delegation: Delegation, values: dict[str, Any], *, by: User | None, at: datetime
) -> Delegation:
    """Change who a delegation is, or how many they are."""
    check_may(by, "agreements.change", delegation.engagement.unit)
    rules.check_delegation(_with(delegation, values))
    if changes := history.changes(delegation, values):
        delegation.save()
        _note("engagement.delegation_changed", delegation, by=by, at=at, changes=changes)
    return delegation


@transaction.atomic
def add_participant(
    delegation: Delegation,
    person: Person,
    *,
    title: str = "",
    position: Position | None = None,
    head: bool = False,
    by: User | None,
    at: datetime,
) -> Participant:
    """Name a member of a delegation, with the title held then.

    Without a title or position the one that was held on that day is taken from the register.
    """
    engagement = delegation.engagement
    check_may(by, "agreements.change", engagement.unit)
    if position is None and not title:
        position = position_on(person, delegation.organisation, engagement)
    made = Participant(
        delegation=delegation, person=person, title=title, position=position, head=head
    )
    rules.check_participant(made)
    made.save()
    _note("engagement.participant_added", made, by=by, at=at)
    return made


@transaction.atomic
def change_participant(
    participant: Participant, values: dict[str, Any], *, by: User | None, at: datetime
) -> Participant:
    """Correct a member's title, or who heads the delegation. Somebody else is another member."""
    delegation = participant.delegation
    check_may(by, "agreements.change", delegation.engagement.unit)
    changes = history.changes(participant, values)
    if not participant.title and participant.position is None:
        held = position_on(participant.person, delegation.organisation, delegation.engagement)
        changes |= history.changes(participant, {"position": held})
    rules.check_participant(participant)
    if changes:
        participant.save()
        _note("engagement.participant_changed", participant, by=by, at=at, changes=changes)
    return participant


@transaction.atomic
def add_stop(
    engagement: Engagement, values: dict[str, Any], *, by: User | None, at: datetime
) -> Stop:
    """Add a stop to the itinerary, at its end unless ``order`` names a place."""
    check_may(by, "agreements.change", engagement.unit)
    order = values.get("order") or (engagement.stops.aggregate(last=Max("order"))["last"] or 0) + 1
    made = Stop(**{**values, "order": order, "engagement": engagement})
    rules.check_stop(made)
    made.save()
    _note("engagement.stop_added", made, by=by, at=at)
    return made


@transaction.atomic
def change_stop(stop: Stop, values: dict[str, Any], *, by: User | None, at: datetime) -> Stop:
    """Change a stop of an itinerary."""
    check_may(by, "agreements.change", stop.engagement.unit)
    values = {**values, "order": values.get("order") or stop.order}
    rules.check_stop(_with(stop, values))
    if changes := history.changes(stop, values):
        stop.save()
        _note("engagement.stop_changed", stop, by=by, at=at, changes=changes)
    return stop


@transaction.atomic
def give_feedback(
    stop: Stop, *, rating: int | None, feedback: str, by: User | None, at: datetime
) -> Stop:
    """Keep what the visitors said of a stop; ``rating`` is 1 to 5, or none was given."""
    check_may(by, "agreements.change", stop.engagement.unit)
    rules.check_feedback(stop, rating=rating, feedback=feedback, today=day_of(at))
    changes = history.changes(stop, {"rating": rating, "feedback": feedback})
    if changes:
        stop.save(update_fields=["rating", "feedback"])
        _note("engagement.feedback_given", stop, by=by, at=at, changes=changes)
    return stop


@transaction.atomic
def remove(part: Part, *, reason: str, by: User | None, at: datetime) -> Engagement:
    """Take out a part that was put there by mistake; the history keeps what it was and why."""
    engagement = part.delegation.engagement if isinstance(part, Participant) else part.engagement
    check_may(by, "agreements.change", engagement.unit)
    rules.check_can_remove(part, reason=reason)
    taken = {str(part._meta.model_name): [str(part), None]}
    part.delete()
    history.record(
        "engagement.part_removed", engagement, by=by, at=at, changes=taken, reason=reason
    )
    return engagement


def _with(row: Any, values: dict[str, Any]) -> Any:
    proposed = copy(row)
    for name, value in values.items():
        setattr(proposed, name, value)
    return proposed


def _note(
    verb: str,
    part: Delegation | Participant | Stop,
    *,
    by: User | None,
    at: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    """Write a part's change to the history of its engagement, which is what people look at."""
    engagement = part.delegation.engagement if isinstance(part, Participant) else part.engagement
    told = {str(part._meta.model_name): [None, str(part)], **(changes or {})}
    history.record(verb, engagement, by=by, at=at, changes=told)

"""Letters about newly opened calls: asked for, confirmed, ended, and one for each opening.

A letter's key names the call alone, so that whoever wants it for two reasons gets it once.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import Unit, User
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.models import Call, OpeningTold, Strategy, Subscription
from gyoryu.programmes.queries import subscriptions as queries
from gyoryu.programmes.rules import subscriptions as rules
from gyoryu.programmes.rules.applications import stamp

AT_ONCE = 200


def _unit(strategy: Strategy | None) -> Unit:
    """Return whose history a wish stands in: the strategy's unit, else the first government."""
    return strategy.unit if strategy else Unit.objects.filter(parent=None).order_by("pk")[0]


@transaction.atomic
def ask(strategy: Strategy | None, kind: str, *, by: User, at: datetime) -> Subscription:
    """Ask for letters to one's account about new calls of a strategy, of a kind, or of all."""
    rules.check_asked(strategy, kind)
    own = queries.of_user(by)
    rules.check_new(own.filter(strategy=strategy, kind=kind).first())
    rules.check_room(own.count())
    made = Subscription.objects.create(
        user=by, strategy=strategy, kind=kind, asked_at=at, confirmed_at=at
    )
    history.record("subscription.asked", made, by=by, at=at, unit=_unit(strategy))
    return made


@transaction.atomic
def ask_for(
    address: str,
    language: str,
    strategy: Strategy | None,
    kind: str,
    *,
    by: User | None,
    at: datetime,
) -> Subscription | None:
    """Ask for letters to an address: it is written to once, and nothing more until it says yes.

    Nobody learns here whether the address gets letters already: then nothing happens.
    """
    rules.check_asked(strategy, kind)
    address = address.lower()
    own = queries.of_address(address)
    if own.filter(strategy=strategy, kind=kind).exists() or own.count() >= rules.MOST:
        return None
    made = Subscription.objects.create(
        address=address, language=language, strategy=strategy, kind=kind, asked_at=at
    )
    with override(language):
        outbox.queue_to(
            address,
            language=language,
            unit=_unit(strategy),
            key=f"subscription:{made.pk}",
            subject=_("Do you want letters about new calls?"),
            body=_(
                "Somebody asked for letters to this address about new calls for applications: "
                "%(what)s. Open the link and say yes if it was you. Otherwise nothing needs to be "
                "done; after a week the address is forgotten."
            )
            % {"what": made},
            link=reverse("call-letters-link", args=[rules.secret_of(made)]),
            at=at,
        )
    return made


@transaction.atomic
def confirm(row: Subscription, *, by: User | None, at: datetime) -> Subscription:
    """Note that the owner of an address wants the letters; a second yes changes nothing."""
    row = Subscription.objects.select_for_update().get(pk=row.pk)
    rules.check_stands(row, at)
    if row.confirmed_at is None:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        history.record("subscription.asked", row, by=by, at=at, unit=_unit(row.strategy))
    return row


@transaction.atomic
def end(row: Subscription, *, by: User | None, at: datetime) -> Subscription:
    """End the letters, by one's account or by a letter's link; an address is forgotten."""
    row = Subscription.objects.select_for_update().get(pk=row.pk)
    rules.check_stands(row, row.asked_at)
    row.ended_at, row.address = at, ""
    row.save(update_fields=["ended_at", "address"])
    history.record("subscription.ended", row, by=by, at=at, unit=_unit(row.strategy))
    return row


def tell(*, by: User | None, at: datetime) -> int:
    """Write to those who asked for it about each call that has opened; return how many letters.

    A call is told of once. Who died half-way writes to the others the next time: nobody gets a
    second letter about a call.
    """
    forget(by=by, at=at)
    return sum(_tell_of(call, by=by, at=at) for call in queries.opened(at))


def _tell_of(call: Call, *, by: User | None, at: datetime) -> int:
    after, count = 0, 0
    while some := queries.wanting(call, after, AT_ONCE):
        with transaction.atomic():
            for row in some:
                _write(call, row, at)
        after, count = some[-1].pk, count + len(some)
    OpeningTold.objects.get_or_create(call=call, defaults={"at": at, "letters": count})
    return count


def _write(call: Call, row: Subscription, at: datetime) -> None:
    language = row.user.language if row.user else row.language
    with override(language):
        ending = reverse("call-letters-link", args=[rules.secret_of(row)])
        body = "\n\n".join(
            (
                f"{call} · {call.unit}",
                _("Applications are taken until %(time)s.") % {"time": stamp(call.closes_at)},
                _("You asked for letters about: %(what)s. To end them, open %(address)s")
                % {"what": row, "address": f"{settings.SITE_ADDRESS}{ending}"},
            )
        )
        subject = _("New call: %(title)s") % {"title": call}
        told: dict[str, Any] = {
            "key": f"call.opened:{call.pk}", "subject": subject, "body": body, "about": call,
            "link": reverse("opening", args=[language, call.pk]), "at": at,
        }  # fmt: skip
        if row.user:
            outbox.queue(row.user, **told)
        else:
            outbox.queue_to(row.address, language=language, unit=call.unit, **told)


@transaction.atomic
def forget(*, by: User | None, at: datetime) -> int:
    """Forget the addresses that nobody confirmed in a week; return how many."""
    count, _rows = queries.unconfirmed(at - rules.WAITS).delete()
    return count

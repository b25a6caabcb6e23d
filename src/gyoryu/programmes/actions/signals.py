"""Signals looked for and kept, and notes on them. A signal itself decides nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.programmes.models import Programme, SignalFound, SignalNote, SignalRun
from gyoryu.programmes.queries import signals as queries

AT_ONCE = 50


def look_through_all(*, by: User | None, at: datetime) -> int:
    """Look through every programme that has orders or claims; return how many signals there are."""
    after, count = 0, 0
    while some := queries.to_look_through(after, AT_ONCE):
        count += sum(sum(look_through(one, by=by, at=at).counts.values()) for one in some)
        after = some[-1].pk
    return count


def look_through(programme: Programme, *, by: User | None, at: datetime) -> SignalRun:
    """Look for the signals of a programme, and keep them in place of those found before.

    Nobody has to wait while it looks: only what it found is written in a transaction. Nothing of
    the programme is changed by it.
    """
    check_may(by, "programmes.signals", programme.unit)
    found = queries.found(programme)
    rows = [
        SignalFound(
            programme=programme, kind=kind.value, place=place, subject=one.subject[:200],
            what_ko=one.what_ko[:500], what_en=one.what_en[:500], orders=one.orders, won=one.won,
            measure=one.measure[:300], note=one.note,
        )
        for kind, signals in found
        for place, one in enumerate(signals)
    ]  # fmt: skip
    counts = {kind.value: len(signals) for kind, signals in found}
    with transaction.atomic():
        told = {"at": at, "counts": counts}
        # Written first, so that of two at once the second waits and replaces what the first kept.
        run, _new = SignalRun.objects.update_or_create(programme=programme, defaults=told)
        SignalFound.objects.filter(programme=programme).delete()
        SignalFound.objects.bulk_create(rows, batch_size=200)
    return run


@transaction.atomic
def note(
    programme: Programme,
    kind: str,
    subject: str,
    *,
    words: str,
    cleared: bool,
    by: User | None,
    at: datetime,
) -> SignalNote:
    """Leave a note on a signal, and say whether it is cleared by it; a later note may undo that."""
    check_may(by, "programmes.signals", programme.unit)
    if not words.strip():
        raise Refused(_("Say what you found."), field="words")
    made = SignalNote.objects.create(
        kind=kind,
        subject=queries.key_of(programme, subject)[:200],
        note=words.strip()[:1000],
        cleared=cleared,
        at=at,
        by=by,
    )
    SignalFound.objects.filter(programme=programme, kind=kind, subject=subject).update(note=made)
    history.record(
        "signal.cleared" if cleared else "signal.noted",
        made,
        by=by,
        at=at,
        unit=programme.unit,
    )
    return made

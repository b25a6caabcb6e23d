"""Notes on signals: what somebody found when they looked. A signal itself decides nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.programmes.models import Programme, SignalNote
from gyoryu.programmes.queries import signals as queries


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
    history.record(
        "signal.cleared" if cleared else "signal.noted",
        made,
        by=by,
        at=at,
        unit=programme.unit,
    )
    return made

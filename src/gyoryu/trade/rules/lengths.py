"""How many time slots a meeting may take."""

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused

# A meeting of more slots is a programme of its own.
MOST_SLOTS = 12


def check_slots(slots: int, *, field: str = "meeting_slots") -> None:
    """Refuse a length that no meeting has."""
    if not 1 <= slots <= MOST_SLOTS:
        raise Refused(_("A meeting takes 1 to %(most)d slots.") % {"most": MOST_SLOTS}, field=field)

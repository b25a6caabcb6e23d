"""Work that comes round by the clock: each turn is one worker's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from gyoryu.accounts.models import User
from gyoryu.jobs.actions.working import lease
from gyoryu.jobs.models import Round


def claim(name: str, worker: str, *, now: bool = False, by: User | None, at: datetime) -> bool:
    """Take a round if it is due, or ``now``, and nobody who is alive has it in hand."""
    row, _made = Round.objects.get_or_create(name=name, defaults={"next_at": at})
    if row.next_at > at and not now:
        return False
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    return bool(
        Round.objects.filter(free, name=name, next_at=row.next_at).update(
            worker=worker, lease_until=at + lease()
        )
    )


def renew(name: str, worker: str, *, by: User | None, at: datetime) -> None:
    """Give a sign of life while a round takes long."""
    Round.objects.filter(name=name, worker=worker).update(lease_until=at + lease())


@dataclass(frozen=True)
class Ended:
    """What a turn did, what went wrong in a word, and how long the round rests."""

    did: int
    trouble: str
    every: timedelta


def end(name: str, worker: str, ended: Ended, *, by: User | None, at: datetime) -> None:
    """Note what came of a turn, and when the round is due again."""
    Round.objects.filter(name=name, worker=worker).update(
        worker="",
        lease_until=None,
        last_at=at,
        did=ended.did,
        trouble=ended.trouble[:300],
        next_at=at + ended.every,
    )

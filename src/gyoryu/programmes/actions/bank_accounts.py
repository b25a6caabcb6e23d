"""Bank accounts: given, replaced, and read for a payment, which is written down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.programmes import sealing
from gyoryu.programmes.models import Award, BankAccount, Provider
from gyoryu.programmes.rules import accounts as rules


@transaction.atomic
def tell(
    award: Award, *, bank: str, number: str, holder: str, by: User | None, at: datetime
) -> BankAccount:
    """Say to which account an awardee is paid; the one before ends. The number is encrypted."""
    rules.check_may_tell(award, by)
    owner = {"organisation": award.organisation, "award": None if award.organisation else award}
    return _told(owner, award.unit, bank, number, holder, by=by, at=at)


@transaction.atomic
def tell_provider(
    provider: Provider, *, bank: str, number: str, holder: str, by: User | None, at: datetime
) -> BankAccount:
    """Say to which account a registered provider is paid for what was ordered with vouchers."""
    rules.check_may_tell_provider(provider, by)
    owner = {"organisation": provider.organisation, "award": None}
    return _told(owner, provider.unit, bank, number, holder, by=by, at=at)


def _told(
    owner: dict[str, Any],
    unit: Unit,
    bank: str,
    number: str,
    holder: str,
    *,
    by: User | None,
    at: datetime,
) -> BankAccount:
    digits = rules.digits(number)
    rules.check_account(bank, digits, holder)
    mark = sealing.mark(bank.strip(), digits, settings.HISTORY_KEY)
    standing = BankAccount.objects.select_for_update().filter(**owner, ended_on=None)
    if (same := standing.filter(mark=mark, holder=holder.strip()).first()) is not None:
        return same
    standing.update(ended_on=day_of(at))
    made = BankAccount(
        **owner,
        bank=bank.strip(),
        holder=holder.strip(),
        secret=b"",
        mark=mark,
        tail=digits[-4:],
        since=day_of(at),
    )
    check_texts(made)
    made.save()
    # Sealed for its own row, and so only once it has one.
    made.secret = sealing.seal(digits, rules.place(made), settings.SECRET_KEY)
    made.save(update_fields=["secret"])
    history.record("account.told", made, by=by, at=at, unit=unit)
    return made


@transaction.atomic
def read(
    accounts: Sequence[BankAccount], units: Sequence[Unit], *, by: User | None, at: datetime
) -> dict[int, str]:
    """Return account numbers by their account's id, for who pays; that they were read is kept.

    ``units`` are those that pay, at each of which the reader has to be allowed to.
    """
    for unit in units:
        check_may(by, "programmes.pay", unit)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    once = {one.pk: one for one in accounts}
    done = [history.Done("account.read", one, units[0]) for one in once.values()]
    history.record_many(done, by=by, at=at)
    return {
        pk: sealing.opened(bytes(one.secret), rules.place(one), keys) for pk, one in once.items()
    }


@transaction.atomic
def renew(*, by: User | None) -> int:
    """Seal all numbers with the newest key; return how many. Run after the key was changed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    count = 0
    for one in BankAccount.objects.select_for_update():
        number = sealing.opened(bytes(one.secret), rules.place(one), keys)
        one.secret = sealing.seal(number, rules.place(one), settings.SECRET_KEY)
        one.save(update_fields=["secret"])
        count += 1
    return count

"""What a bank account must be, and who may say to which one an awardee is paid."""

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.models import Award, BankAccount, Provider
from gyoryu.programmes.rules import representatives
from gyoryu.programmes.rules.claims import acts_for

# Korean banks give numbers of 10 to 14 digits; 16 leaves room for virtual accounts.
SHORTEST, LONGEST = 10, 16


def digits(number: str) -> str:
    """Keep the digits of a number as people write it."""
    return "".join(char for char in number if char.isascii() and char.isdigit())


def place(account: BankAccount) -> str:
    """Return what an account's number is sealed for: model, field and row."""
    return f"programmes.bankaccount/secret/{account.pk}"


def check_may_tell(award: Award, by: User | None) -> None:
    """Refuse who neither acts for the awardee nor works on awards here."""
    if by is None or by.access.may("programmes.change", award.unit.path):
        return
    if not acts_for(award, by):
        raise NotAllowed(_("Your role does not allow this here."))


def check_may_tell_provider(provider: Provider, by: User | None) -> None:
    """Refuse who neither acts for the provider nor works on programmes here."""
    if by is None or by.access.may("programmes.change", provider.unit.path):
        return
    if provider.organisation_id not in representatives.sure_of(by):
        raise NotAllowed(_("Your role does not allow this here."))


def check_account(bank: str, number: str, holder: str) -> None:
    """Refuse an account without a bank or a holder, or with a number no bank gives."""
    if not bank.strip():
        raise Refused(_("Say which bank it is."), field="bank")
    if not holder.strip():
        raise Refused(_("Give the name the account is in."), field="holder")
    if not SHORTEST <= len(number) <= LONGEST:
        raise Refused(
            _("An account number has %(least)d to %(most)d digits; this has %(length)d.")
            % {"least": SHORTEST, "most": LONGEST, "length": len(number)},
            field="number",
        )

"""Which movements of money are allowed, and what is said when one is not."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes.models import Ceiling, LedgerEntry

Kind = LedgerEntry.Kind
MOST = 10**15
# Where an entry of a kind may stand; what is spent stands at awards and their categories.
LEVELS = {
    Kind.APPROPRIATED: {Ceiling.Level.LINE},
    Kind.ALLOTTED: {Ceiling.Level.ALLOTMENT},
    Kind.AWARDED: {Ceiling.Level.AWARD},
    Kind.CAPPED: {Ceiling.Level.CATEGORY},
}
SPENT_AT = {Ceiling.Level.AWARD, Ceiling.Level.CATEGORY}
# The columns of a ceiling that money moves.
COLUMNS = ("limit", "drawn", "committed", "reserved", "paid", "advanced", "returned")
# When a ceiling is whole: each of these sums of its columns, with their signs, is nothing or more.
# The same that the table's constraints say. An UPDATE under this condition, of the values after it,
# either moves the money or touches no row, whoever else is at it.
WHOLE: tuple[dict[str, int], ...] = (
    {"limit": 1, "committed": -1},
    {"limit": 1, "drawn": -1},
    {"drawn": 1},
    {"reserved": 1},
    {"committed": 1, "reserved": -1, "paid": -1},
    {"paid": 1},
    {"advanced": 1},
    {"limit": 1, "paid": -1, "advanced": -1, "returned": 1},
    {"returned": 1},
    {"paid": 1, "advanced": 1, "returned": -1},
)


@dataclass(frozen=True)
class Movement:
    """Money that is to move under a ceiling, in won.

    ``key`` makes the same call twice one movement. ``drawn`` is what an award takes of its
    allotment when that is less than its amount (a voucher's subsidy).
    """

    ceiling: Ceiling
    kind: str
    amount: int
    key: str
    on: date
    drawn: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Undoing:
    """A movement that is to be reversed; ``key`` makes the same call twice one reversal."""

    entry: LedgerEntry
    key: str
    on: date
    note: str = ""

    @property
    def ceiling(self) -> Ceiling:
        """Under which the money moves back."""
        return self.entry.ceiling


@dataclass(frozen=True)
class Delta:
    """By how much each column of a ceiling changes, in won."""

    limit: int = 0
    drawn: int = 0
    committed: int = 0
    reserved: int = 0
    paid: int = 0
    advanced: int = 0
    returned: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in COLUMNS)

    def moved(self) -> dict[str, int]:
        """Return the columns that change, and by how much."""
        return {name: getattr(self, name) for name in COLUMNS if getattr(self, name)}


def effects(kind: str, amount: int, drawn: int, level: str) -> tuple[Delta, Delta]:
    """Return what an entry changes on its own ceiling and on the one above it.

    Limits are taken of the ceiling above; what happens under a category counts for its award too;
    an award's spending was taken of its allotment when it was awarded.
    """
    if kind in {Kind.APPROPRIATED, Kind.CAPPED}:
        return Delta(limit=amount), Delta()
    if kind in {Kind.ALLOTTED, Kind.AWARDED}:
        return Delta(limit=amount, drawn=drawn), Delta(committed=drawn)
    spent = {
        Kind.RESERVED: Delta(committed=amount, reserved=amount),
        Kind.APPROVED: Delta(committed=amount),
        Kind.PAID: Delta(paid=amount),
        Kind.ADVANCED: Delta(advanced=amount),
        Kind.RETURNED: Delta(returned=amount),
        Kind.CLAWED_BACK: Delta(returned=amount),
    }[Kind(kind)]
    return spent, spent if level == Ceiling.Level.CATEGORY else Delta()


def check_amount(kind: str, amount: int, *, reverses: bool = False) -> None:
    """Refuse nothing, less than nothing where that has no meaning, and what no office ever had."""
    limits = {Kind.APPROPRIATED, Kind.ALLOTTED, Kind.AWARDED, Kind.CAPPED}
    if not amount or (amount < 0 and kind not in limits and not reverses):
        raise Refused(_("Give an amount above zero."), field="amount")
    if abs(amount) >= MOST:
        raise Refused(_("This is more than can be kept. Check the number."), field="amount")


def check_same(earlier: LedgerEntry | None, entry: LedgerEntry) -> LedgerEntry:
    """Refuse a key that was used before for something else; return the entry that has it.

    Without one, the entry was not written because what it reverses is reversed already.
    """
    if earlier is None:
        raise Refused(_("This entry was reversed already."))
    same = ("ceiling_id", "kind", "amount", "drawn", "reverses_id")
    if any(getattr(earlier, name) != getattr(entry, name) for name in same):
        raise Refused(_("This key was used before for another movement of money."))
    return earlier


def check_can_reverse(entry: LedgerEntry) -> None:
    """Refuse to reverse a reversal; that nothing is reversed twice is kept by the database."""
    if entry.reverses_id:
        raise Refused(_("This entry is a reversal. Enter the movement anew instead."))


def check_levels(kind: str, level: str) -> None:
    """Refuse a movement on a level of the tree on which it has no meaning."""
    if level not in LEVELS.get(Kind(kind), SPENT_AT):
        raise Refused(_("Money does not move like this here."), field="kind")


def why_not(ceiling: Ceiling, delta: Delta) -> Refused:
    """Say why a change would leave this ceiling broken, with the number that is left."""
    after = replace(delta, **{n: getattr(ceiling, n) + getattr(delta, n) for n in COLUMNS})
    level = ceiling.get_level_display()
    if after.limit < 0 or (delta.limit < 0 and after.limit < after.committed):
        return Refused(
            _("%(given)s KRW of this is given out already: %(level)s.")
            % {"given": f"{ceiling.committed:,}", "level": level},
            field="amount",
        )
    if after.committed > after.limit:
        return Refused(
            _("Only %(left)s KRW is left: %(level)s.")
            % {"left": f"{max(ceiling.free, 0):,}", "level": level},
            field="amount",
        )
    return _why_not_paid(ceiling, delta, after, level)


def _why_not_paid(ceiling: Ceiling, delta: Delta, after: Delta, level: str) -> Refused:
    if delta.committed < 0 and after.paid > after.committed - after.reserved:
        return Refused(_("This was paid already. Reverse the payment first."), field="amount")
    if after.paid > after.committed - after.reserved:
        return Refused(
            _("Only %(left)s KRW is approved and not paid yet: %(level)s.")
            % {"left": f"{ceiling.approved - ceiling.paid:,}", "level": level},
            field="amount",
        )
    if after.paid + after.advanced - after.returned > after.limit:
        return Refused(
            _("Only %(left)s KRW can still be paid out: %(level)s.")
            % {"left": f"{ceiling.limit - ceiling.out:,}", "level": level},
            field="amount",
        )
    if after.returned > after.paid + after.advanced:
        return Refused(
            _("Only %(left)s KRW was paid out and has not come back: %(level)s.")
            % {"left": f"{ceiling.out:,}", "level": level},
            field="amount",
        )
    return Refused(_("The amounts have changed meanwhile. Look at them and try again."))

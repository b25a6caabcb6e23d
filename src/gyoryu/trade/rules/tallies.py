"""In which tallies a consultation or a deal counts: by grade, and never two grades in one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gyoryu.trade.models import Consultation, Deal, Grade

# From the least sure to the surest.
ORDER = (Grade.CONSULTED, Grade.PURSUED, Grade.SIGNED, Grade.VERIFIED)


@dataclass(frozen=True)
class Counted:
    """What one row adds to one tally; ``amount`` None: it counts, but no amount was told."""

    unit_id: int
    event_id: int | None
    leg_id: int | None
    centre_id: int | None
    country_id: int | None
    year: int
    grade: str
    currency: str
    amount: Decimal | None
    lost: bool = False

    @property
    def key(self) -> str:
        """The tally it belongs to, in one text."""
        where = (self.unit_id, self.event_id, self.leg_id, self.centre_id, self.country_id)
        told = ":".join("-" if one is None else str(one) for one in where)
        return f"{told}:{self.year}:{self.grade}:{self.currency}"


def of_consultation(row: Consultation) -> tuple[Counted, ...]:
    """Return where a consultation counts: once, as consulted; nowhere when it was taken back."""
    if row.voided_at:
        return ()
    return (
        Counted(
            unit_id=row.unit_id,
            event_id=row.event_id,
            leg_id=row.leg_id,
            centre_id=None,
            country_id=row.country_id,
            year=row.event.starts_on.year,
            grade=Grade.CONSULTED.value,
            currency=row.currency if row.amount is not None else "",
            amount=row.amount,
        ),
    )


def of_deal(row: Deal) -> tuple[Counted, ...]:
    """Return where a deal counts: in every grade beyond consulted that it has reached."""
    return () if row.voided_at else tuple(_reached(row))


def _reached(row: Deal) -> Iterator[Counted]:
    told = {"pursued": row.pursued, "signed": row.signed, "verified": row.verified}
    for grade in ORDER[1 : ORDER.index(Grade(row.grade)) + 1]:
        amount = told[grade.value]
        yield Counted(
            unit_id=row.unit_id,
            event_id=row.event_id,
            leg_id=row.leg_id,
            centre_id=row.centre_id,
            country_id=row.country_id,
            year=row.event.starts_on.year if row.event else row.graded_on.year,
            grade=grade.value,
            currency=row.currency if amount is not None else "",
            amount=amount,
            lost=row.state == Deal.State.LOST,
        )

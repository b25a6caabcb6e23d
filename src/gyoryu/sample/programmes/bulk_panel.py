"""A large call judged by its panel, for measuring: 2,000 applications of seven reviews each.

Put in below the actions, like all rows for measuring.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product

from gyoryu.accounts.models import User
from gyoryu.programmes.models import (
    Application,
    Call,
    Criterion,
    Programme,
    Review,
    Score,
    Seat,
)
from gyoryu.sample.book import at
from gyoryu.sample.bulk import TODAY, Filling

NUMBER = "BN-2025-PANEL"
APPLICATIONS, SEATS, CRITERIA, MOST = 2_000, 7, 5, 20


def fill(filling: Filling) -> Iterator[str]:
    """Add the call, its panel, and every review with its points."""
    keep, unit = filling.keep, filling.unit()
    count = min(APPLICATIONS, filling.share(100_000))
    programme = keep(Programme, 1, lambda n: Programme(
        unit=unit, number=NUMBER, kind="support", name_ko="대형 공모", first_year=2025,
        last_year=2025))[0]  # fmt: skip
    opens = at(TODAY) - timedelta(days=90)
    call = keep(Call, 1, lambda n: Call(
        unit=unit, programme=programme, number=NUMBER, title_ko="대형 공모 2025", state="published",
        state_since=TODAY, applicant="company", opens_at=opens, places=300,
        closes_at=opens + timedelta(days=30)))[0]  # fmt: skip
    criteria = keep(Criterion, CRITERIA, lambda n: Criterion(
        call=call, name_ko=f"평가 항목 {n + 1}", most=MOST, order=n))  # fmt: skip
    people = keep(User, SEATS, lambda n: User(
        email=f"measured{n}@gyoryu.example", name_ko=f"평가위원 {n + 1}"))  # fmt: skip
    seats = keep(Seat, SEATS, lambda n: Seat(call=call, user=people[n], office="대학"))
    applied = keep(Application, count, lambda n: _application(n, call, filling))
    pairs = list(product(range(count), range(SEATS)))
    reviews = keep(Review, len(pairs), lambda n: _review(applied[pairs[n][0]], seats[pairs[n][1]]))
    keep(Score, len(reviews) * CRITERIA, lambda n: Score(
        review=reviews[n // CRITERIA], criterion=criteria[n % CRITERIA], points=_points(n)),
        forget=True)  # fmt: skip
    yield f"{count:,} applications judged by a panel in {len(reviews):,} reviews"


def _application(n: int, call: Call, filling: Filling) -> Application:
    company = filling.partners[n % len(filling.partners)]
    handed = call.opens_at + timedelta(minutes=n)
    return Application(
        unit=call.unit, call=call, number=f"{NUMBER}-{n:04}", organisation=company,
        name=company.name_ko, status="in_review", status_since=TODAY, saved_at=handed,
        submitted_at=handed,
    )  # fmt: skip


def _review(application: Application, seat: Seat) -> Review:
    done = at(TODAY) - timedelta(days=20)
    return Review(
        application=application, seat=seat, conflict="none", total=Decimal(80), saved_at=done,
        submitted_at=done,
    )  # fmt: skip


def _points(n: int) -> Decimal:
    # Spread without a pattern that a ranking could see.
    return Decimal(n * 7919 % (2 * MOST + 1)) / 2

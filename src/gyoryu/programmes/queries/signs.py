"""How each kind of signal is looked for: in one statement, from the small side.

That is: which pairs of provider and company there are, and what ties the two. Thresholds are said
with the signal.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.models import SignalNote

# A confirmed price from so many times the median of its service on, where so many are confirmed.
DEAR, PRICES_LEAST = 2, 5
# One provider's share of a programme's orders in percent, where there are so many orders.
MOST_PERCENT, ORDERS_LEAST = 30, 10
# Invoices whose numbers follow each other without a gap, to so many companies.
IN_SEQUENCE = 3
SHOWN = 200
# In both databases: the last digits of a number (8 at most), and what stands before them.
_DIGITS = "LENGTH(c.invoice) - LENGTH(RTRIM(c.invoice, '0123456789'))"
_TAIL = f"CASE WHEN {_DIGITS} > 8 THEN 8 ELSE {_DIGITS} END"

_SERVICE = """
  JOIN programmes_awardcategory h ON h.id = o.heading_id
  JOIN programmes_service s ON s.id = h.service_id
"""
_ORDERS = """
  FROM programmes_order o
  JOIN programmes_provider p ON p.id = o.provider_id
  JOIN programmes_voucher v ON v.id = o.voucher_id
  JOIN programmes_award a ON a.id = v.award_id
  {further}
  WHERE p.programme_id = %s AND o.voided_at IS NULL AND o.status <> 'cancelled'
    AND a.organisation_id IS NOT NULL
"""
_PAIRS = f"""
WITH pair AS (
  SELECT o.provider_id AS provider, p.organisation_id AS seller, a.organisation_id AS buyer,
         COUNT(*) AS n, SUM(o.amount) AS won
  {_ORDERS.format(further="")}
  GROUP BY o.provider_id, p.organisation_id, a.organisation_id
)
"""
# Runs of invoices whose numbers follow each other: number less rank is the same within a run.
ISLANDS = f"""
WITH numbered AS (
  SELECT c.id, c.provider_number AS issuer, c.eligible, a.organisation_id AS buyer,
         SUBSTR(c.invoice, 1, LENGTH(c.invoice) - ({_TAIL})) AS front,
         CAST(SUBSTR(c.invoice, LENGTH(c.invoice) - ({_TAIL}) + 1) AS INTEGER) AS place
  FROM programmes_claim c JOIN programmes_award a ON a.id = c.award_id
  JOIN programmes_call l ON l.id = a.call_id
  WHERE l.programme_id = %s AND c.voided_at IS NULL AND c.status <> 'draft'
    AND c.provider_number <> '' AND {_DIGITS} > 0
), island AS (
  SELECT numbered.*, place - DENSE_RANK()
    OVER (PARTITION BY issuer, front ORDER BY place) AS run FROM numbered
)
"""  # noqa: S608
_PAIR = "SELECT DISTINCT pair.provider, pair.seller, pair.buyer, pair.n, pair.won, {} FROM pair {}"


@dataclass(frozen=True)
class Kind:
    """A kind of signal: its name, what it means, and from which threshold on it is shown."""

    value: str
    title: str | Promise
    explained: str | Promise
    find: Callable[["Kind", int], list["Signal"]]


@dataclass(frozen=True)
class Signal:
    """Something to look at: which rows it is about, told in words once names are known.

    ``subject`` is its key within its kind and programme; ``won`` what its orders come to.
    """

    kind: str
    subject: str
    organisations: tuple[int, ...]
    orders: int
    won: int
    measure: str = ""
    order: int = 0
    what: str = ""
    note: SignalNote | None = None
    # Whom it concerns in both languages: ``what``, or the organisations' names.
    what_ko: str = ""
    what_en: str = ""


def _asked(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {SHOWN}", given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _pairs(kind: Kind, sql: str, programme: int) -> list[Signal]:
    """Return signals of pairs: provider, seller, buyer, orders, won, what ties them."""
    found = _asked(f"{_PAIRS} {sql} ORDER BY 5 DESC, 1, 3", programme)
    return [
        Signal(kind.value, f"{provider}-{buyer}", (seller, buyer), n, int(won), str(tie or ""))
        for provider, seller, buyer, n, won, tie in found
    ]


def _account(kind: Kind, programme: int) -> list[Signal]:
    join = """JOIN programmes_bankaccount x ON x.organisation_id = pair.seller
      JOIN programmes_bankaccount y ON y.mark = x.mark AND y.organisation_id = pair.buyer"""
    return _pairs(kind, _PAIR.format("x.tail", join), programme)


def _share(kind: Kind, programme: int) -> list[Signal]:
    join = """JOIN programmes_bankaccount x ON x.organisation_id = pair.seller
      JOIN programmes_voucher w ON w.share_mark = x.mark
      JOIN programmes_award b ON b.id = w.award_id AND b.organisation_id = pair.buyer"""
    return _pairs(kind, _PAIR.format("x.tail", join), programme)


def _affiliate(kind: Kind, programme: int) -> list[Signal]:
    join = """JOIN parties_organisation x ON x.id = pair.seller
      JOIN parties_organisation y ON y.id = pair.buyer
      WHERE x.parent_id = y.id OR y.parent_id = x.id"""
    return _pairs(kind, _PAIR.format("''", join), programme)


def _person(kind: Kind, programme: int) -> list[Signal]:
    positions = """JOIN parties_position x ON x.organisation_id = pair.seller AND x.until IS NULL
      JOIN parties_position y ON y.person_id = x.person_id AND y.organisation_id = pair.buyer
        AND y.until IS NULL
      JOIN parties_person z ON z.id = x.person_id"""
    users = """JOIN programmes_representative x
        ON x.organisation_id = pair.seller AND x.ended_on IS NULL
      JOIN programmes_representative y ON y.user_id = x.user_id AND y.organisation_id = pair.buyer
        AND y.ended_on IS NULL
      JOIN accounts_user z ON z.id = x.user_id"""
    both = f"{_PAIR.format('z.name_ko', positions)} UNION {_PAIR.format('z.name_ko', users)}"
    return _once(_pairs(kind, both, programme))


def _contact(kind: Kind, programme: int) -> list[Signal]:
    join = """JOIN parties_contact x ON x.organisation_id = pair.seller
      JOIN parties_contact y ON y.organisation_id = pair.buyer AND y.kind = x.kind
        AND LOWER(y.value) = LOWER(x.value)"""
    return _once(_pairs(kind, _PAIR.format("x.value", join), programme))


def _once(found: list[Signal]) -> list[Signal]:
    """Put together what ties one and the same pair in several ways."""
    by_pair: dict[str, Signal] = {}
    for one in found:
        held = by_pair.get(one.subject)
        measure = f"{held.measure}, {one.measure}" if held else one.measure
        by_pair[one.subject] = replace(one, measure=measure)
    return list(by_pair.values())


def _roles(kind: Kind, programme: int) -> list[Signal]:
    found = _asked(
        f"""{_PAIRS}
        SELECT x.seller, x.buyer, SUM(x.n + y.n), SUM(x.won + y.won)
        FROM pair x JOIN pair y ON y.seller = x.buyer AND y.buyer = x.seller
        WHERE x.seller < x.buyer GROUP BY x.seller, x.buyer ORDER BY 4 DESC, 1, 2""",  # noqa: S608
        programme,
    )
    return [
        Signal(kind.value, f"{one}-{other}", (one, other), int(n), int(won))
        for one, other, n, won in found
    ]


def _price(kind: Kind, programme: int) -> list[Signal]:
    found = _asked(
        f"""WITH priced AS (
          SELECT o.id, o.amount, s.code, p.organisation_id AS seller, a.organisation_id AS buyer,
                 ROW_NUMBER() OVER (PARTITION BY s.code ORDER BY o.amount, o.id) AS place,
                 COUNT(*) OVER (PARTITION BY s.code) AS n
          {_ORDERS.format(further=_SERVICE)} AND o.status IN ('confirmed', 'settled')
        ), middle AS (
          SELECT code, AVG(amount) AS median FROM priced
          WHERE n >= %s AND place IN ((n + 1) / 2, (n + 2) / 2) GROUP BY code
        )
        SELECT x.id, x.seller, x.buyer, x.amount, m.median
        FROM priced x JOIN middle m ON m.code = x.code
        WHERE x.amount >= %s * m.median ORDER BY x.amount DESC, x.id""",  # noqa: S608
        programme,
        PRICES_LEAST,
        DEAR,
    )
    return [
        Signal(
            kind.value, str(pk), (seller, buyer), 1, int(won),
            f"{float(won) / float(median):.1f} × {int(median):,}", order=pk,
        )
        for pk, seller, buyer, won, median in found
    ]  # fmt: skip


def _most(kind: Kind, programme: int) -> list[Signal]:
    found = _asked(
        f"""{_PAIRS}, taken AS (
          SELECT provider, seller, SUM(n) AS n, SUM(won) AS won FROM pair GROUP BY provider, seller
        ), whole AS (SELECT SUM(n) AS n, SUM(won) AS won FROM taken)
        SELECT t.provider, t.seller, t.n, t.won, w.won FROM taken t, whole w
        WHERE w.n >= %s AND t.won * 100 >= w.won * %s ORDER BY t.won DESC, t.provider""",  # noqa: S608
        programme,
        ORDERS_LEAST,
        MOST_PERCENT,
    )
    return [
        Signal(
            kind.value, str(provider), (seller,), int(n), int(won),
            f"{int(won) * 100 // int(whole)} %",
        )
        for provider, seller, n, won, whole in found
    ]  # fmt: skip


def _sequence(kind: Kind, programme: int) -> list[Signal]:
    found = _asked(
        f"""{ISLANDS}
        SELECT issuer, MIN(id), COUNT(*), SUM(eligible), front, MIN(place), MAX(place),
               COUNT(DISTINCT buyer)
        FROM island GROUP BY issuer, front, run HAVING COUNT(DISTINCT buyer) >= %s
        ORDER BY 4 DESC, 2""",  # noqa: S608
        programme,
        IN_SEQUENCE,
    )
    return [
        Signal(
            kind.value, f"{issuer}-{first}", (), int(n), int(won),
            f"{front}{low}–{high}", what=issuer,
        )
        for issuer, first, n, won, front, low, high, _companies in found
    ]  # fmt: skip


KINDS = [
    Kind(
        "account", _("Same account"),
        _("Provider and company are paid into the same account."), _account,
    ),
    Kind(
        "share", _("Share paid by the provider"),
        _("The company's share came from an account of the provider."), _share,
    ),
    Kind(
        "roles", _("Both sides in turn"),
        _("Two companies order from each other: what one is paid, the other gets back."), _roles,
    ),
    Kind(
        "price", _("Price far above the others"),
        _("A confirmed order costs twice the median of its service or more, where at least five "
          "are confirmed. A price that is too high can hide a refund."), _price,
    ),
    Kind(
        "most", _("One takes most"),
        _("A provider has 30 % or more of a programme's orders by amount, where there are at least "
          "ten."), _most,
    ),
    Kind(
        "sequence", _("Invoices in sequence"),
        _("One issuer's invoices to three companies or more bear numbers that follow each other "
          "without a gap."), _sequence,
    ),
    Kind(
        "affiliate", _("Affiliates"),
        _("Provider and company belong together: one is above the other in the register."),
        _affiliate,
    ),
    Kind(
        "person", _("Same person"),
        _("Somebody holds a position in both, or acts for both here."), _person,
    ),
    Kind(
        "contact", _("Same address or contact"),
        _("Provider and company are reached at the same address, telephone or e-mail."), _contact,
    ),
]  # fmt: skip
BY_VALUE = {kind.value: kind for kind in KINDS}

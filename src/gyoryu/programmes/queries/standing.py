"""Whether a claim could be approved as it is: everything that is known, put to the rules."""

from datetime import date

from gyoryu.accounts.models import User
from gyoryu.programmes.models import Claim
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.queries import sanctions
from gyoryu.programmes.rules import claims as rules
from gyoryu.programmes.rules import orders as order_rules
from gyoryu.programmes.rules import sanctions as sanction_rules


def check(claim: Claim, by: User | None, today: date) -> None:
    """Refuse a claim that could not be approved as it is, with what is left and why."""
    rules.check_award(claim.award, today=today)
    rules.check_heading(claim, by)
    rules.check_invoice(claim, today=today)
    rules.check_ordered(claim.award, claim.order)
    if claim.order:
        order_rules.check_claimable(claim.order)
        rules.check_order(claim)
    concerned = [one for one in (claim.award.organisation_id, claim.provider_id) if one]
    sanction_rules.check_none(sanctions.standing(concerned, claim.invoice_on), "provider_number")
    rules.check_provider(queries.stopped(claim), claim.provider_name)
    rules.check_not_claimed(claim, queries.same_invoice(claim), by)
    rules.check_room(claim, queries.room(claim))

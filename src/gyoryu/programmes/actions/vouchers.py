"""Vouchers: issued, their share paid, and what is left of them given back to the last won."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.programmes import bundles, sealing
from gyoryu.programmes.actions import awards, ledger
from gyoryu.programmes.models import Application, Award, LedgerEntry, Terms, Voucher
from gyoryu.programmes.queries import sanctions
from gyoryu.programmes.queries import terms as terms_queries
from gyoryu.programmes.queries.vouchers import ON_PAGE
from gyoryu.programmes.rules import accounts as account_rules
from gyoryu.programmes.rules import sanctions as sanction_rules
from gyoryu.programmes.rules import vouchers as rules
from gyoryu.programmes.rules.awards import DAYS, Grant, Heading
from gyoryu.programmes.rules.money import Movement


@transaction.atomic
def issue(
    application: Application, values: dict[str, Any], *, by: User | None, at: datetime
) -> Voucher:
    """Issue a voucher for a selected application, under the terms in force that day.

    ``values`` are last year's ``sales`` (won) and ``exports`` (US dollars), ``wanted`` if the
    company asks for less than the cap, the award's days, and ``allotment`` where there are several.
    The award is the whole bundle; of the allotment it draws the subsidy alone.
    """
    check_may(by, "programmes.approve", application.call.unit)
    on, days = day_of(at), {name: values[name] for name in DAYS}
    terms = terms_queries.in_force(application.call.programme, on)
    rules.check_can_issue(application, terms)
    assert terms is not None, "the rule has asked for them"
    sanction_rules.check_none(sanctions.standing([application.organisation_id or 0], on))
    # Locked, so that nobody changes these terms between the reckoning and the voucher.
    terms = Terms.objects.select_for_update(of=("self",)).get(pk=terms.pk)
    found = rules.worked_out(terms, values["sales"], values["exports"], values.get("wanted"))
    headings = [
        Heading(one, bundles.most_of(found.bundle, one.most_percent, one.most))
        for one in terms.services.all()
    ]
    grant = Grant(
        call=application.call,
        kind=Award.Kind.VOUCHER,
        amount=found.bundle,
        drawn=found.subsidy,
        application=application,
        headings=headings,
        allotment=values.get("allotment"),
        key=f"voucher/{application.pk}",
        **days,
    )
    award = awards.award(grant, by=by, at=at)
    made = Voucher.objects.create(
        award=award,
        terms=terms,
        sales=values["sales"],
        exports=values["exports"],
        rate=found.rate,
        subsidy=found.subsidy,
        share=found.share,
    )
    told = {"subsidy": [None, made.subsidy], "share": [None, made.share]}
    history.record("voucher.issued", made, by=by, at=at, unit=award.unit, changes=told)
    return made


@transaction.atomic
def pay_share(
    voucher: Voucher,
    *,
    on: date,
    account: tuple[str, str] | None = None,
    by: User | None,
    at: datetime,
) -> Voucher:
    """Note that the company has paid its share; from then on the voucher can be used.

    ``account`` is the bank and the number it came from, if known: only a mark of it is kept.
    """
    check_may(by, "programmes.change", voucher.award.unit)
    voucher = _locked(voucher)
    rules.check_can_pay_share(voucher, on, day_of(at))
    mark, tail = _marked(voucher, account)
    changes = history.changes(
        voucher, {"share_paid_on": on, "share_mark": mark, "share_tail": tail}
    )
    voucher.save(update_fields=["share_paid_on", "share_mark", "share_tail"])
    history.record(
        "voucher.share_paid", voucher, by=by, at=at, unit=voucher.award.unit, changes=changes
    )
    return voucher


def _marked(voucher: Voucher, account: tuple[str, str] | None) -> tuple[str, str]:
    if account is None:
        return "", ""
    bank, number = account[0].strip(), account_rules.digits(account[1])
    account_rules.check_account(bank, number, voucher.award.name)
    return sealing.mark(bank, number, settings.HISTORY_KEY), number[-4:]


@transaction.atomic
def close(voucher: Voucher, *, on: date, by: User | None, at: datetime) -> Voucher:
    """Close a voucher: what is left of it goes back, the share pro rata to the company.

    The subsidy's part is free for the call again. Nothing of a share that was never paid is owed.
    """
    check_may(by, "programmes.approve", voucher.award.unit)
    voucher = _locked(voucher)
    rules.check_can_close(voucher)
    rules.check_close_day(voucher, on, day_of(at))
    unused = voucher.award.ceiling.free
    subsidy, share = bundles.parted(unused, voucher.subsidy, voucher.share)
    if unused:
        _give_back(voucher, unused, subsidy, on, by, at)
    owed = share if voucher.share_paid_on else 0
    changes = history.changes(voucher, {"closed_on": on, "unused": unused, "unused_share": owed})
    voucher.save(update_fields=["closed_on", "unused", "unused_share"])
    history.record(
        "voucher.closed", voucher, by=by, at=at, unit=voucher.award.unit, changes=changes
    )
    return voucher


def _give_back(
    voucher: Voucher, unused: int, subsidy: int, on: date, by: User | None, at: datetime
) -> None:
    capped = [
        Movement(
            heading.ceiling,
            LedgerEntry.Kind.CAPPED,
            -heading.ceiling.free,
            f"voucher/{voucher.pk}/closed/{heading.pk}",
            on,
        )
        for heading in voucher.award.categories.select_related("ceiling").order_by("pk")
        if heading.ceiling.free
    ]
    key = f"voucher/{voucher.pk}/closed"
    awarded = LedgerEntry.Kind.AWARDED
    back = Movement(voucher.award.ceiling, awarded, -unused, key, on, drawn=-subsidy)
    ledger.move_all([*capped, back], by=by, at=at)


def _locked(voucher: Voucher) -> Voucher:
    rows = Voucher.objects.select_for_update(of=("self",)).select_related(*ON_PAGE)
    return rows.get(pk=voucher.pk)

"""What vouchers allow, from their issue to their end, with the reason when they do not."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes import bundles
from gyoryu.programmes.bundles import Bundle
from gyoryu.programmes.models import Application, Award, Order, Terms, Voucher
from gyoryu.programmes.rules.terms import scales

MOST_FIGURE = Decimal(10) ** 15
# Orders that hold money of a voucher and have still to be settled or cancelled.
RUNNING = (Order.Status.ACCEPTED, Order.Status.DELIVERED, Order.Status.CONFIRMED)


def check_can_issue(application: Application, terms: Terms | None) -> None:
    """Refuse a voucher for an application that was not selected, or of a year without terms."""
    if application.status != Application.Status.SELECTED:
        raise Refused(
            _("A voucher is issued for a selected application. This one is: %(status)s.")
            % {"status": application.get_status_display()}
        )
    if application.organisation_id is None:
        raise Refused(_("A voucher goes to a company of the register. Tie the application to one."))
    if terms is None:
        raise Refused(_("No voucher terms of this programme are in force on this day."))
    if terms.programme_id != application.call.programme_id:
        raise Refused(_("These terms belong to another programme."))


def worked_out(terms: Terms, sales: Decimal, exports: Decimal, wanted: int | None) -> Bundle:
    """Return the voucher that the terms give for these figures; refuse figures without meaning."""
    for name, figure in {"sales": sales, "exports": exports}.items():
        if not 0 <= figure < MOST_FIGURE:
            raise Refused(_("Give the figure of last year, zero or more."), field=name)
    if wanted is not None and wanted <= 0:
        raise Refused(_("Give an amount above zero."), field="wanted")
    try:
        found = bundles.bundle(sales, exports, scales(terms.bands.all()), wanted)
    except bundles.NoBand as none:
        raise Refused(_("No band of the terms holds this figure."), field=none.scale) from none
    if found.subsidy <= 0:
        raise Refused(_("So little leaves no subsidy."), field="wanted")
    return found


def reckoned(voucher: Voucher) -> Bundle:
    """Return how a voucher came about, from the figures and the terms it was issued under."""
    return bundles.bundle(
        voucher.sales, voucher.exports, scales(voucher.terms.bands.all()), voucher.bundle
    )


def check_open(voucher: Voucher) -> None:
    """Refuse what is asked of a voucher that was closed or whose award does not stand."""
    if voucher.closed_on:
        raise Refused(
            _("This voucher was closed on %(on)s.") % {"on": voucher.closed_on.isoformat()}
        )
    award = voucher.award
    if award.voided_at or award.status in {Award.Status.CANCELLED, Award.Status.SETTLED}:
        raise Refused(
            _("This voucher's award does not stand: %(status)s.")
            % {"status": award.get_status_display()}
        )


def check_can_pay_share(
    voucher: Voucher, on: date | None = None, today: date | None = None
) -> None:
    """Refuse a share paid twice, of nothing, on a day to come, or before the voucher was issued."""
    check_open(voucher)
    if voucher.share == 0:
        raise Refused(_("This voucher has no company share."))
    if voucher.share_paid_on:
        raise Refused(
            _("The share was paid on %(on)s.") % {"on": voucher.share_paid_on.isoformat()}
        )
    if on and today and on > today:
        raise Refused(_("This day has not come yet."), field="on")
    if on and on < voucher.award.awarded_on:
        raise Refused(_("That was before the voucher was issued."), field="on")


def check_usable(voucher: Voucher, on: date) -> None:
    """Refuse orders on a voucher before its share was paid and outside its period."""
    check_open(voucher)
    if voucher.share and voucher.share_paid_on is None:
        raise Refused(
            _("The company's share of %(won)s KRW has to be paid first.")
            % {"won": f"{voucher.share:,}"}
        )
    if on < voucher.award.starts_on:
        raise Refused(
            _("This voucher can be used from %(on)s.") % {"on": voucher.award.starts_on.isoformat()}
        )
    if on > voucher.award.ends_on:
        raise Refused(
            _("This voucher could be used until %(on)s.")
            % {"on": voucher.award.ends_on.isoformat()}
        )


def check_can_close(voucher: Voucher) -> None:
    """Refuse to close a voucher while money of it is held for orders, or claims are not paid."""
    check_open(voucher)
    running = voucher.orders.filter(status__in=RUNNING, voided_at=None).count()
    if running:
        raise Refused(
            _("%(n)d orders are not settled yet. Settle or cancel them first.") % {"n": running}
        )
    ceiling = voucher.award.ceiling
    if ceiling.committed != ceiling.paid:
        raise Refused(
            _("%(won)s KRW is approved and not paid yet.")
            % {"won": f"{ceiling.committed - ceiling.paid:,}"}
        )


def check_close_day(voucher: Voucher, on: date, today: date) -> None:
    """Refuse to close on a day to come, or before the voucher was issued."""
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")
    if on < voucher.award.awarded_on:
        raise Refused(_("That was before the voucher was issued."), field="on")

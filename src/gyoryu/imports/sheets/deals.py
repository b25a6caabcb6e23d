"""Sheets of deals: who sells what to whom, how far it has come, and for how much."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, Unknown, World
from gyoryu.imports.sheets.partners import named_partner, partner
from gyoryu.parties.models import Organisation
from gyoryu.trade.models import Grade
from gyoryu.trade.rules import deals as rules
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.deals import Step

GRADES = {
    "상담": "consulted", "상담중": "consulted", "계약추진": "pursued", "추진": "pursued", "추진중": "pursued",
    "협의중": "pursued", "mou": "pursued", "계약예정": "pursued", "계약": "signed", "계약체결": "signed",
    "체결": "signed", "수출": "verified", "수출완료": "verified", "선적": "verified",
    "pursued": "pursued", "negotiating": "pursued", "contract": "signed", "shipped": "verified",
}  # fmt: skip


def hs(text: str) -> str:
    """Read a code of the Harmonised System, with or without dots."""
    digits = re.sub(r"[.\-\s]", "", text)
    if not (digits.isascii() and digits.isdecimal() and 2 <= len(digits) <= 10):
        raise Refused(_("An HS code has two to ten digits."))
    return digits


class Deals(judging.Kind):
    """Deals by the company's word, as organisers and companies list them."""

    name = "deals"
    label = _("Deals")
    capability = "trade.change"
    options = ("at_event", "currency", "scale", "make")
    compared = ("about", "hs_code", "probability", "next_step", "next_due")
    columns = (
        Column("number", _("Number"), ("관리번호", "거래번호", "번호", "Number", "Deal number")),
        Column("company", _("Company that sells"),
               ("참가기업", "기업명", "업체명", "수출기업", "회사명", "국내기업", "Company", "Exhibitor", "Seller"),
               refers="organisation", required=True, example=("해담식품", "Haedam Food")),
        Column("buyer", _("Buyer"),
               ("바이어", "바이어명", "바이어사", "상대기업", "해외바이어", "수입업체", "Buyer", "Buyer name", "Importer"),
               refers="organisation", required=True, example=("사이공푸드 유통", "Saigon Food Trading")),
        Column("country", _("Country"), ("국가", "국가명", "바이어국가", "나라", "Country"), refers="region",
               example=("베트남", "Viet Nam")),
        Column("about", _("Goods"), ("품목", "품목명", "제품", "제품명", "수출품목", "Product", "Goods", "Item"),
               example=("조미김", "Seasoned laver")),
        Column("hs_code", _("HS code"), ("HS코드", "HSCODE", "HS", "HS code"), hs, example=("2008.99", "2008.99")),
        Column("grade", _("Grade"), ("등급", "단계", "진행단계", "추진현황", "상태", "Grade", "Stage"),
               cells.choice(Grade, GRADES), example=("계약추진", "Contract pursued")),
        Column("on", _("Day"), ("일자", "기준일", "추진일", "계약일", "날짜", "Day", "Date"), cells.day,
               required=True, looks=cells.looks_like_date, example=("2025-04-17", "2025-04-17")),
        Column("amount", _("Amount"),
               ("계약추진액", "추진액", "계약금액", "계약액", "금액", "거래액", "Amount", "Deal amount"), cells.amount,
               example=("120,000", "120,000")),
        Column("currency", _("Currency"), ("통화", "화폐", "Currency"), cells.currency, example=("USD", "USD")),
        Column("probability", _("Probability in percent"), ("성사확률", "가능성", "확률", "Probability"),
               cells.number_between(0, 100), example=("60", "60")),
        Column("next_step", _("Next step"), ("후속조치", "향후계획", "다음단계", "Next step"),
               example=("견본 보내기", "Send samples")),
        Column("next_due", _("By when"), ("후속기한", "기한", "By when", "Due"), cells.day, example=("2025-05-10", "2025-05-10")),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the companies, buyers, countries and deals that the rows are about."""
        world.options.setdefault("partner_kind", Organisation.Kind.COMPANY.value)
        return {
            "organisation": lookups.organisations(judging.texts(rows, "company", "buyer")),
            "places": lookups.Places(),
            "number": lookups.deals_numbered(judging.texts(rows, "number"), world.by),
            "alike": lookups.deals_at(world.options.get("event_row"), world.by),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find who sells to whom; put amount, currency and grade together."""
        country = judging.place(row, world.found["places"], region="country", country="country")
        values["company"] = self._company(row, world)
        values["organisation"] = partner(row, world, "buyer", country)
        if country is not None:
            values["country"] = country
        values["event"] = world.options.get("event_row")
        values.setdefault("grade", Grade.PURSUED.value)
        values.setdefault("currency", str(world.options.get("currency") or "USD"))
        if values.get("amount") is not None:
            values["amount"] *= Decimal(str(world.options.get("scale") or 1))
        if number := values.get("number"):
            world.once(("deal number", number), row, "number")
        goods = lookups.same_title(values.get("about", ""))
        key = (values["company"].pk, values["organisation"].pk, goods)
        world.once(("deal", *key), row, "buyer")

    def _company(self, row: Row, world: World) -> Any:
        text = row.cells["company"]
        found = named_partner(text, world, "company")
        if isinstance(found, Unknown):
            raise Refused(
                _("“%(name)s” is not in the register. Add the company first.")
                % {"name": text[:60]},
                field="company",
            )
        return found

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the deal of this number; else of the same two, goods and event."""
        found = world.found["number"].get(values.get("number", ""), [])
        if not found and not isinstance(values["organisation"], Unknown):
            goods = lookups.same_title(values.get("about", ""))
            key = (values["company"].pk, values["organisation"].pk)
            found = [
                one
                for one in world.found["alike"].get(key, [])
                if lookups.same_title(one.about) == goods
            ]
        if len(found) > 1:
            judging.only(found, row.cells.get("number") or row.cells["buyer"], "buyer")
        if found:
            self._same_step(found[0], values)
        return found[0] if found else None

    def _same_step(self, record: Any, values: dict[str, Any]) -> None:
        """Refuse a row that says more than the deal's steps: those are told on its page."""
        amount = values.get("amount")
        same = amount is None or amount == getattr(record, values["grade"])
        if values["grade"] != record.grade or values["currency"] != record.currency or not same:
            raise Refused(
                _("In the register it is “%(grade)s”. A step is recorded on its own page.")
                % {"grade": record.get_grade_display()},
                field="grade",
            )

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Check a new deal as a typed one; a list is no more than a company's word."""
        values["source_note"] = world.note(row)
        if proofs.at_least(values["grade"], Grade.SIGNED):
            raise Refused(
                _(
                    "A list shows no contract and no declaration. Take it over as “%(grade)s” and "
                    "add the paper on the deal's page."
                )
                % {"grade": Grade.PURSUED.label},
                field="grade",
            )
        told = Step(
            grade=values["grade"], on=values["on"], proof=proofs.Proof.WORD,
            amount=values.get("amount"),
        )  # fmt: skip
        rules.check_step(told, world.today)
        if isinstance(values["organisation"], Unknown):
            return
        rules.check_values({**values, "buyer": values["organisation"]})

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as its form would."""
        rules.check_open(record)
        names = ("company", "buyer", "currency", "probability", "next_step", "next_due")
        rules.check_values({**{name: getattr(record, name) for name in names}, **put})

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row in the preview by its two sides."""
        return f"{row.cells.get('company', '')} → {row.cells.get('buyer', '')}"[:200]

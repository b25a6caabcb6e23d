"""Sheets of sales, as online malls abroad give them out: in Chinese, Korean or English."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.trade.models import Sale
from gyoryu.trade.rules import sales as rules

_MARKS = re.compile(
    r"^(?:CN¥|RMB|CNY|USD|KRW|JPY|US\$|[¥￥$₩€£])\s*|\s*(?:元|원|円|CNY|RMB|USD|KRW)$"
)
_CHINESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日.*", re.S)


def amount(text: str) -> Decimal:
    """Read an amount with its mark, of what came back below zero: ¥1,280.00, -64, (64.00)."""
    bare = text.strip().replace("−", "-").replace("，", ",")
    below = bare.startswith("-") or (bare[:1] in "(（" and bare[-1:] in ")）")
    bare = bare.strip("()（）").lstrip("+-").strip()
    found = cells.amount(_MARKS.sub("", _MARKS.sub("", bare)).lstrip("-").strip())
    return -found if below or _MARKS.sub("", bare).startswith("-") else found


def pieces(text: str) -> int:
    """Read a number of pieces, below zero for what came back: 3, -1, 3件."""
    bare = text.strip().replace("−", "-").rstrip("件个개점 ").replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,9}(?:\.0+)?", bare):
        raise Refused(_("“%(text)s” is no number of pieces.") % {"text": text[:40]})
    return int(bare.partition(".")[0])


def day(text: str) -> date:
    """Read a day; the time of day behind it is left out: 2025/3/27 14:05, 2025年3月27日."""
    bare = " ".join(text.split())
    if found := _CHINESE_DAY.fullmatch(bare):
        bare = f"{found[1]}-{found[2]}-{found[3]}"
    first, _blank, rest = bare.partition(" ")
    return cells.day(first if ":" in rest else bare)


class Sales(judging.Kind):
    """Orders of a mall: which of its products, when, how many, for how much."""

    name = "sales"
    label = _("Mall sales")
    capability = "trade.change"
    options = ("channel",)
    whole, once, written_in = True, True, ("gb18030",)
    columns = (
        Column("order", _("Order number"),
               ("订单编号", "订单号", "主订单编号", "子订单编号", "交易单号", "주문번호", "주문 번호", "Order number",
                "Order no", "Order ID"), required=True, example=("P20250312-0001", "P20250312-0001")),
        Column("code", _("The mall's number for it"),
               ("商品编码", "商品ID", "商品编号", "商家编码", "货号", "SKU", "SKU编码", "SKU ID", "宝贝ID", "상품코드",
                "상품번호", "몰 상품번호", "Product code", "Item ID", "Product ID", "Item code"), required=True,
               example=("100200300", "100200300")),
        Column("on", _("Day"),
               ("日期", "付款时间", "支付时间", "下单时间", "订单创建时间", "成交时间", "成交日期", "订单日期", "주문일",
                "주문일자", "판매일", "판매일자", "결제일", "일자", "Date", "Order date", "Sold on", "Paid at"), day,
               required=True, looks=cells.looks_like_date, example=("2025-03-12", "2025-03-12")),
        Column("quantity", _("Pieces"),
               ("数量", "商品数量", "购买数量", "件数", "销量", "수량", "판매수량", "주문수량", "Quantity", "Qty", "Units"),
               pieces, example=("2", "2")),
        Column("amount", _("Amount"),
               ("实付金额", "实收金额", "买家实付金额", "应付金额", "成交金额", "销售额", "总金额", "金额", "금액",
                "판매금액", "결제금액", "매출액", "Amount", "Sales amount", "Total", "Paid amount"), amount,
               required=True, example=("136.00", "136.00")),
        Column("currency", _("Currency"), ("币种", "货币", "통화", "화폐", "Currency"), cells.currency,
               example=("CNY", "CNY")),
        Column("campaign", _("Promotion"),
               ("活动", "活动名称", "促销活动", "营销活动", "판촉", "판촉행사", "프로모션", "행사", "Promotion", "Campaign"),
               refers="campaign"),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the mall, its products by their numbers, its promotions, and orders known before."""
        channel = lookups.channel(world.options.get("channel"), world.by)
        if channel is None:
            return {"channel": None, "listing": {}, "campaign": [], "sale": {}}
        return {
            "channel": channel,
            "listing": lookups.listings(channel, judging.texts(rows, "code")),
            "campaign": lookups.campaigns(channel),
            "sale": lookups.sales(channel, judging.texts(rows, "order")),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find the product and the promotion, and check the sale by its rules."""
        channel = world.found["channel"]
        if channel is None:
            raise Refused(_("Say first whose sales these are."))
        code = values.pop("code")
        listing = world.found["listing"].get(code)
        if listing is None:
            raise Refused(
                _("No product of this mall has the number “%(code)s”.") % {"code": code[:60]},
                field="code",
            )
        world.once(("sale", listing.pk, values["order"]), row, "order")
        values["listing"] = listing
        values.setdefault("quantity", -1 if values["amount"] < 0 else 1)
        values.setdefault("currency", channel.currency)
        rules.check(values, world.today)
        rules.check_currency(listing, values["currency"])
        _find_campaign(values, row, world)

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the sale with this order number; one that says something else is refused."""
        known: Sale | None = world.found["sale"].get((values["listing"].pk, values["order"]))
        if known is not None:
            rules.check_same(known, values)
        return known

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Say where a new sale comes from."""
        values["source_note"] = world.note(row)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """A sale that is known is the same, or refused: nothing of it is changed."""

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row by its order and the mall's number."""
        return f"{row.cells.get('order', '')} · {row.cells.get('code', '')}"[:200]


def _find_campaign(values: dict[str, Any], row: Row, world: World) -> None:
    """Find the promotion that the row names; else the first of its goods on its day."""
    text = names.nfc(row.cells.get("campaign", ""))
    values["campaign"], values["campaign_told"] = None, False
    if text:
        called = [one for one, _of in world.found["campaign"] if text in {one.name_ko, one.name_en}]
        values["campaign"] = judging.only(called, text, "campaign")
        values["campaign_told"] = True
        return
    for one, of in world.found["campaign"]:
        if one.starts_on <= values["on"] <= one.ends_on and (not of or values["listing"].pk in of):
            values["campaign"] = one
            return

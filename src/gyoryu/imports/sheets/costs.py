"""Sheets of what business centres cost: a centre, a month, a kind and an amount in won a row."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.trade.models import RunningCost
from gyoryu.trade.rules import centres as rules

KINDS = {
    "인건비": "staff", "급여": "staff", "임차료": "rent", "임대료": "rent", "위탁수수료": "fee",
    "위탁운영비": "fee", "운영수수료": "fee", "사업비": "project", "기타": "other", "기타운영비": "other",
    "salaries": "staff", "rent": "rent", "fee": "fee", "project": "project", "other": "other",
}  # fmt: skip


def month(text: str) -> date:
    """Read a month: 2025-03, 2025년 3월, or a day in it as spreadsheets keep one."""
    found = cells.period(text)
    if found.precision not in {periods.Precision.MONTH, periods.Precision.DAY}:
        raise Refused(_("Write the month, for example 2025-03."))
    return found.first.replace(day=1)


def won(text: str) -> int:
    """Read an amount in whole won."""
    found = cells.amount(text)
    if found != found.to_integral_value():
        raise Refused(_("Whole numbers only."))
    return int(found)


class Costs(judging.Kind):
    """What centres cost by month and kind."""

    name = "costs"
    label = _("Running costs of centres")
    capability = "trade.change"
    options = ("centre",)
    compared = ("amount",)
    columns = (
        Column("centre", _("Centre"), ("센터", "센터명", "해외비즈니스센터", "사무소", "Centre", "Center", "Office"),
               refers="centre", example=("연변 해외비즈니스센터", "Yanbian Business Centre")),
        Column("month", _("Month"), ("월", "연월", "년월", "기준월", "집행월", "Month"), month, required=True,
               example=("2025-03", "2025-03")),
        Column("kind", _("Kind of cost"), ("비목", "구분", "비용구분", "항목", "Kind", "Kind of cost", "Item"),
               cells.choice(RunningCost.Kind, KINDS), required=True, example=("인건비", "Staff")),
        Column("amount", _("Amount (KRW)"), ("금액", "집행액", "비용", "금액(원)", "Amount", "Amount (KRW)", "Cost"), won,
               required=True, example=("12500000", "12500000")),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the centres, and what is entered of them."""
        centres = lookups.centres(world.by)
        chosen = world.options.get("centre")
        named = [one for held in centres.values() for one in held]
        return {
            "centre": centres,
            "chosen": next((one for one in named if one.pk == chosen), None),
            "cost": lookups.costs({one.pk for one in named}),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find the centre and check the amount by its rules."""
        text = row.cells.get("centre")
        if text:
            found = world.found["centre"].get(lookups.same_title(text), [])
            values["centre"] = judging.only(found, text, "centre")
        elif world.found["chosen"] is None:
            raise Refused(_("“%(column)s” is missing.") % {"column": _("Centre")}, field="centre")
        else:
            values["centre"] = world.found["chosen"]
        world.once(("cost", values["centre"].pk, values["month"], values["kind"]), row, "month")
        rules.check_month(values["centre"], values["month"])
        rules.check_cost(values["centre"], values["month"], values["amount"])

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return what stands of this centre, month and kind."""
        return world.found["cost"].get((values["centre"].pk, values["month"], values["kind"]))

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Say where a new cost comes from."""
        values["source_note"] = world.note(row)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Nothing more than a new one: the amount was checked."""

    def told(self, record: Any, name: str, value: Any) -> str:
        """Write an amount with its separators."""
        return f"{value:,}"

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row by its month and kind."""
        return " ".join(row.cells.get(name, "") for name in ("centre", "month", "kind")).strip()

"""Sheets of wishes: who wants to meet whom at an event, how much, when and for how long."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.trade.models import Wish
from gyoryu.trade.queries import wishes as queries
from gyoryu.trade.rules import wishes as rules
from gyoryu.trade.sheets import wishes as sheets


class Wishes(judging.Kind):
    """Wishes of both sides of one event, which is chosen beside the columns."""

    name = "wishes"
    label = _("Wishes for meetings")
    capability = "trade.change"
    options = ("event",)
    compared = ("worth", "part", "slots")
    columns = (
        Column("by", _("Wished by"),
               ("신청", "신청기업", "신청업체", "신청자", "희망자", "업체", "기업", "참가기업", "From", "Exhibitor", "Who"),
               refers="participant", required=True, example=("해담식품", "Haedam Foods")),
        Column("to", _("Whom"),
               ("희망", "희망상대", "희망바이어", "상담희망", "상대", "상대기업", "바이어", "바이어사", "To", "Buyer", "With"),
               refers="participant", required=True, example=("사이공푸드 유통", "Saigon Food Distribution")),
        Column("worth", _("How much"),
               ("점수", "희망도", "희망점수", "선호도", "우선순위점수", "희망정도", "Worth", "Score", "Points"),
               sheets.read_worth, required=True, example=("5", "5")),
        Column("part", _("Part of the day"),
               ("시간", "희망시간", "시간대", "오전오후", "오전/오후", "Part", "When"), sheets.read_part,
               example=("오전", "morning")),
        Column("slots", _("Slots of a meeting"),
               ("칸수", "상담칸수", "건당칸수", "길이", "Slots", "Length"), sheets.read_slots, example=("1", "1")),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find everybody who takes part under all their names, and what was wished already."""
        event = world.options.get("event_row")
        people = queries.everybody(event) if event else []
        return {"named": sheets.named(people), "wish": lookups.wishes(event)}

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find the two and check the wish by the rules of its form."""
        event = world.options.get("event_row")
        if event is None:
            raise Refused(_("Choose the event first that this list is of."))
        named = world.found["named"]
        by = values["by"] = sheets.somebody(row.cells["by"], named, field="by")
        to = values["to"] = sheets.somebody(row.cells["to"], named, field="to")
        rules.check_open(by, own=False)
        rules.check_to(by, to)
        known: Wish | None = world.found["wish"].get((by.pk, to.pk))
        said = values.get("slots")
        # Who says never in a sheet takes an earlier length back with it.
        if not values["worth"] and said is None and known is not None:
            values["slots"] = None
        rules.check_length(said, values["worth"])
        world.once(("wish", by.pk, to.pk), row, "to")

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return what the one has said of the other already."""
        return world.found["wish"].get((values["by"].pk, values["to"].pk))

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Give a new wish its source, for the history of who wishes."""
        values["source_note"] = world.note(row)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """A change was checked with the row: there is no more to it than to a new wish."""

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row in the preview by the two."""
        return f"{row.cells.get('by', '')} → {row.cells.get('to', '')}"[:200]

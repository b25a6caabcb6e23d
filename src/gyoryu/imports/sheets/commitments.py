"""Sheets of commitments: what was promised, by whom, until when."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Commitment
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.rules import batches
from gyoryu.agreements.rules import commitments as rules
from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.engagements import SIDES
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.imports.sheets.partners import partner

STATES = {
    "미착수": "open", "착수전": "open", "예정": "open", "진행": "in_progress", "진행중": "in_progress",
    "추진중": "in_progress", "완료": "done", "이행": "done", "이행완료": "done", "중단": "dropped",
    "취소": "dropped", "철회": "dropped", "대체": "superseded", "open": "open", "notbegun": "open",
    "inprogress": "in_progress", "done": "done", "dropped": "dropped", "superseded": "superseded",
}  # fmt: skip


class Commitments(judging.Kind):
    """Promises in the words in which they were made."""

    name = "commitments"
    label = _("Commitments")
    options = ("make", "partner_kind", "owner", "side")
    compared = ("words_original", "side", "due", "cost", "cost_currency", "owner")
    columns = (
        Column("number", _("Number"), ("관리번호", "번호", "Number")),
        Column("words", _("Words of the promise"),
               ("약속", "약속내용", "합의사항", "이행사항", "내용", "과제", "과제명", "합의내용", "Words",
                "Commitment", "Promise", "What was promised"), cells.paragraph, required=True,
               example=("청소년 교류단 20명을 가을에 보낸다.", "청소년 교류단 20명을 가을에 보낸다.")),
        Column("words_original", _("In the other language"),
               ("원문", "영문", "영문내용", "Words in the other language", "Original words"), cells.paragraph,
               example=("Send a youth group of 20 in autumn.", "Send a youth group of 20 in autumn.")),
        Column("side", _("Side"), ("주체", "이행주체", "측", "구분", "Side", "Whose"),
               cells.choice(Side, SIDES), example=("우리측", "Our side")),
        Column("agreement", _("Agreement"), ("협정", "협약", "관련협약", "협정명", "협약명", "협약번호", "Agreement"),
               refers="agreement"),
        Column("organisation", _("Organisation"), ("상대기관", "기관", "기관명", "Organisation", "Partner"),
               refers="organisation", example=("가나시 인민정부", "Gana City Government")),
        Column("owner", _("Owner"), ("담당자", "담당", "책임자", "Owner", "Responsible"), refers="user"),
        Column("due", _("Due"), ("기한", "이행기한", "마감", "완료예정", "예정일", "Due", "Due date", "Deadline"),
               cells.period, looks=cells.looks_like_date, example=("2025-10", "2025-10")),
        Column("said_on", _("Said on"), ("합의일", "약속일", "일자", "Said on", "Date"), cells.day),
        Column("cost", _("Cost"), ("비용", "예산", "금액", "소요예산", "Cost", "Amount"), cells.amount),
        Column("cost_currency", _("Currency"), ("통화", "화폐", "Currency"), cells.currency),
        Column("status", _("Status"), ("상태", "추진상태", "이행상태", "진행상태", "Status"),
               cells.choice(Commitment.Status, STATES), example=("진행중", "In progress")),
        Column("status_reason", _("Reason"), ("사유", "중단사유", "Reason")),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the agreements, partners, officers, and promises in these words."""
        return {
            "organisation": lookups.organisations(judging.texts(rows, "organisation")),
            "agreement": lookups.agreements_called(judging.texts(rows, "agreement"), world.by),
            "user": lookups.users(world.by),
            "alike": lookups.commitments_alike(
                dict.fromkeys(row.cells["words"].strip() for row in rows if "words" in row.cells),
                world.by,
            ),
            "number": lookups.commitments_numbered(judging.texts(rows, "number"), world.by),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find what the row refers to."""
        if text := row.cells.get("agreement"):
            values["agreement"] = judging.only(
                world.found["agreement"].get(text, []), text, "agreement"
            )
        if one := partner(row, world, "organisation"):
            values["organisation"] = one
        if owner := judging.owner(row, world.found["user"]):
            values["owner"] = owner
        agreement = values.get("agreement")
        key = (lookups.same_title(values["words"]), agreement.pk if agreement else None)
        world.once(("commitment", *key), row, "words")
        if number := values.get("number"):
            world.once(("number", number), row, "number")

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the promise with this number; else in these words under this agreement."""
        rows = world.found["number"].get(values.get("number", ""), [])
        if not rows:
            agreement = values.get("agreement")
            rows = [
                one
                for one in world.found["alike"].get(lookups.same_title(values["words"]), [])
                if agreement is None or one.agreement_id == agreement.pk
            ]
        if len(rows) > 1:
            judging.only(rows, row.cells.get("number") or values["words"], "words")
        found = rows[0] if rows else None
        if found is not None and values.get("status", found.status) != found.status:
            raise Refused(
                _("In the register it is “%(status)s”. A step is recorded on its own page.")
                % {"status": found.get_status_display()},
                field="status",
            )
        return found

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Complete a new promise and check it by the rules of its form."""
        values["source_note"] = world.note(row)
        values["side"] = values.get("side") or world.options.get("side", "")
        if world.options.get("owner_row") is not None and values["side"] != Side.THEIRS:
            values.setdefault("owner", world.options["owner_row"])
        if values.get("cost") is not None:
            values.setdefault("cost_currency", "KRW" if row.cells["cost"].endswith("원") else "")
        else:
            values.pop("cost_currency", None)
        batches.check_commitment(values, today=world.today)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as the promise's form would."""
        rules.check_change(record, put)
        rules.check_due(put.get("due", record.due), record.agreement)
        rules.check_cost(
            put.get("cost", record.cost), put.get("cost_currency", record.cost_currency)
        )

    def told(self, record: Any, name: str, value: Any) -> str:
        """Write a value; a due date as it was said."""
        if name == "due":
            return periods.in_words(value, "ko", weekday=False) if value else ""
        return super().told(record, name, value)

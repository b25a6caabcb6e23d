"""Sheets of engagements: visits, meetings, letters."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.rules import batches
from gyoryu.agreements.rules import engagements as rules
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.agreements import areas
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.imports.sheets.partners import partner

KINDS = {
    "예방": "courtesy_call", "접견": "courtesy_call", "면담": "courtesy_call", "방문": "visit",
    "회의": "meeting", "회담": "meeting", "간담회": "roundtable", "원탁회의": "roundtable",
    "화상회의": "video_conference", "대표단": "delegation", "대표단방문": "delegation",
    "팸투어": "fam_tour", "행사": "ceremony", "기념식": "ceremony", "협약식": "ceremony",
    "체결식": "ceremony", "포럼": "forum", "세미나": "forum", "서한": "letter", "공문": "letter",
    "연수": "training", "교육": "training", "courtesycall": "courtesy_call", "visit": "visit",
    "meeting": "meeting", "roundtable": "roundtable", "videoconference": "video_conference",
    "delegation": "delegation", "familiarisationtour": "fam_tour", "ceremony": "ceremony",
    "forum": "forum", "letter": "letter", "training": "training", "정례회의": "session",
}  # fmt: skip
MODES = {
    "대면": "in_person", "방문": "in_person", "화상": "video", "온라인": "video", "비대면": "video",
    "서면": "written", "inperson": "in_person", "byvideo": "video", "inwriting": "written",
}  # fmt: skip
STATES = {
    "예정": "planned", "계획": "planned", "완료": "held", "개최": "held", "실시": "held",
    "취소": "cancelled", "planned": "planned", "held": "held", "cancelled": "cancelled",
}  # fmt: skip
SIDES = {
    "우리": "ours", "우리측": "ours", "도": "ours", "상대": "theirs", "상대측": "theirs",
    "공동": "joint", "ours": "ours", "ourside": "ours", "theirs": "theirs",
    "theirside": "theirs", "joint": "joint", "together": "joint", "양측": "joint",
}  # fmt: skip


class Engagements(judging.Kind):
    """Dated contacts, with their place, partner and agreement."""

    name = "engagements"
    label = _("Engagements")
    options = ("make", "partner_kind", "owner")
    compared = (
        "kind",
        "title_en",
        "venue",
        "mode",
        "initiative",
        "agenda",
        "summary",
        "outcomes",
        "owner",
    )
    columns = (
        Column("title_ko", _("Title in Korean"),
               ("행사명", "교류명", "제목", "건명", "사업명", "교류내용", "명칭", "방문명", "회의명",
                "Title in Korean", "Title", "Name", "Event"), required=True,
               example=("가나시 대표단 방문", "가나시 대표단 방문")),
        Column("title_en", _("Title in English"), ("영문명", "영문제목", "Title in English", "English title"),
               example=("Visit of a delegation from Gana City", "Visit of a delegation from Gana City")),
        Column("kind", _("Kind"), ("구분", "유형", "종류", "교류유형", "교류형태", "Kind", "Type"),
               cells.choice(Engagement.Kind, KINDS), required=True, example=("대표단", "Delegation")),
        Column("when", _("When"),
               ("일자", "일시", "기간", "날짜", "개최일", "방문일", "방문기간", "교류일", "교류기간", "When",
                "Date", "Dates", "Period"), cells.span, required=True, looks=cells.looks_like_date,
               example=("2024-05-18 ~ 21", "2024-05-18 ~ 21")),
        Column("ends_on", _("Ends on"), ("종료일", "종료일자", "Ends on", "End date"), cells.day),
        Column("state", _("State"), ("상태", "추진상태", "진행상태", "State", "Status"),
               cells.choice(Engagement.State, STATES), example=("완료", "Held")),
        Column("country", _("Country"), ("국가", "상대국", "나라", "Country"), refers="region"),
        Column("region", _("Region"), ("지역", "도시", "상대지역", "Region", "City"), refers="region",
               example=("장쑤성", "Jiangsu")),
        Column("venue", _("Venue"), ("장소", "개최장소", "Venue", "Place"), example=("국제회의장", "Conference hall")),
        Column("mode", _("How"), ("방식", "방법", "진행방식", "Mode", "How"), cells.choice(Engagement.Mode, MODES)),
        Column("initiative", _("Whose step"), ("주체", "제안", "주도", "Initiative", "Whose step"),
               cells.choice(Side, SIDES)),
        Column("organisation", _("Partner"),
               ("상대기관", "상대측", "교류기관", "방문기관", "기관명", "Partner", "Organisation", "Counterpart"),
               refers="organisation", example=("가나시 인민정부", "Gana City Government")),
        Column("agreement", _("Agreement"), ("협정", "협약", "관련협약", "협정명", "협약번호", "Agreement"),
               refers="agreement"),
        Column("areas", _("Areas"), ("분야", "교류분야", "Areas", "Area"), refers="area"),
        Column("agenda", _("Agenda"), ("의제", "안건", "Agenda"), cells.paragraph),
        Column("summary", _("Summary"), ("주요내용", "내용", "요약", "Summary", "Content"), cells.paragraph),
        Column("outcomes", _("Outcomes"), ("성과", "결과", "주요성과", "Outcomes", "Results"), cells.paragraph),
        Column("owner", _("Responsible"), ("담당자", "담당", "Responsible", "Owner"), refers="user"),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the partners, places, agreements, officers, and engagements with these titles."""
        return {
            "organisation": lookups.organisations(judging.texts(rows, "organisation")),
            "agreement": lookups.agreements_called(judging.texts(rows, "agreement"), world.by),
            "places": lookups.Places(),
            "area": lookups.areas(),
            "user": lookups.users(world.by),
            "alike": lookups.engagements_alike(judging.texts(rows, "title_ko"), world.by),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find what the row refers to, and set the days it took."""
        if where := judging.place(row, world.found["places"]):
            values["region"] = where
        values.pop("country", None)
        if one := partner(row, world, "organisation", values.get("region")):
            values["organisation"] = one
        if text := row.cells.get("agreement"):
            found = judging.only(world.found["agreement"].get(text, []), text, "agreement")
            values.pop("agreement", None)
            values["agreements"] = [found]
        if "areas" in row.cells:
            values["areas"] = areas(row, world)
        if owner := judging.owner(row, world.found["user"]):
            values["owner"] = owner
        self._days(values)
        key = (lookups.same_title(values["title_ko"]), values["starts_on"])
        world.once(("engagement", *key), row, "title_ko")

    def _days(self, values: dict[str, Any]) -> None:
        when = values.pop("when")
        values |= {"starts_on": when.first, "precision": when.precision.value}
        values["ends_on"] = values.get("ends_on") or when.last
        if values["ends_on"] < values["starts_on"]:
            raise Refused(_("It ends before it starts."), field="ends_on")

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the engagement of this title that began on this day."""
        title = lookups.same_title(values["title_ko"])
        rows = [
            one
            for one in world.found["alike"].get(title, [])
            if one.starts_on == values["starts_on"]
        ]
        if len(rows) > 1:
            judging.only(rows, values["title_ko"], "title_ko")
        found = rows[0] if rows else None
        if found is not None and values.get("state", found.state) != found.state:
            raise Refused(
                _("In the register it is “%(status)s”. A step is recorded on its own page.")
                % {"status": found.get_state_display()},
                field="state",
            )
        return found

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Complete a new engagement and check it by the rules of its form."""
        values["source_note"] = world.note(row)
        if world.options.get("owner_row") is not None:
            values.setdefault("owner", world.options["owner_row"])
        later = values["starts_on"] > world.today
        values.setdefault("state", "planned" if later else "held")
        fields = {
            n: v for n, v in values.items() if n not in {"agreements", "areas", "organisation"}
        }
        made = Engagement(unit=world.unit, **fields)
        batches.check_engagement(made)
        rules.check_engagement(made, today=world.today)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as the engagement's form would."""
        rules.check_change(record, put)

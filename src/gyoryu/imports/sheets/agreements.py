"""Sheets of agreements, as governments keep and publish them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Agreement, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.rules import batches as rules
from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.imports.sheets.partners import named_partner

KINDS = {
    "자매결연": "sisterhood", "자매": "sisterhood", "자매도시": "sisterhood", "자매협정": "sisterhood",
    "우호교류": "friendship", "우호협력": "friendship", "우호": "friendship", "우호결연": "friendship",
    "우호협정": "friendship", "우호도시": "friendship", "우호교류협정": "friendship",
    "양해각서": "mou", "업무협약": "mou", "협약": "mou", "협정": "mou", "mou": "mou",
    "양해각서(mou)": "mou", "업무협약(mou)": "mou", "교류협약": "mou", "실질교류": "mou",
    "실행계획": "action_plan", "실천계획": "action_plan", "이행계획": "action_plan",
    "실행합의서": "action_plan", "의향서": "loi", "협력의향서": "loi", "loi": "loi",
    "공동선언": "declaration", "공동성명": "declaration", "선언": "declaration", "선언문": "declaration",
    "sisterhood": "sisterhood", "sistercity": "sisterhood", "friendship": "friendship",
    "memorandumofunderstanding": "mou", "memorandum": "mou", "actionplan": "action_plan",
    "letterofintent": "loi", "jointdeclaration": "declaration", "declaration": "declaration",
}  # fmt: skip
# Words in a title that tell the kind where no column does; the first that fits.
TITLE_WORDS = (
    ("자매", "sisterhood"), ("sister", "sisterhood"), ("실행계획", "action_plan"),
    ("실천계획", "action_plan"), ("action plan", "action_plan"), ("의향서", "loi"),
    ("letter of intent", "loi"), ("공동선언", "declaration"), ("공동성명", "declaration"),
    ("declaration", "declaration"), ("우호", "friendship"), ("friendship", "friendship"),
    ("양해각서", "mou"), ("mou", "mou"), ("업무협약", "mou"), ("memorandum", "mou"),
)  # fmt: skip
STATES = {
    "초안": "draft", "준비중": "draft", "추진중": "draft", "협의중": "draft", "작성중": "draft",
    "검토완료": "reviewed", "검토": "reviewed", "체결": "signed", "서명": "signed", "체결완료": "signed",
    "발효": "in_force", "유효": "in_force", "시행중": "in_force", "시행": "in_force",
    "진행중": "in_force", "진행": "in_force", "유지": "in_force", "교류중": "in_force",
    "활성": "in_force", "중단": "suspended", "정지": "suspended", "중지": "suspended",
    "일시중단": "suspended", "보류": "suspended", "휴면": "suspended", "만료": "expired",
    "기간만료": "expired", "종료": "ended", "해지": "ended", "종결": "ended", "파기": "ended",
    "대체": "replaced", "draft": "draft", "reviewed": "reviewed", "signed": "signed",
    "inforce": "in_force", "active": "in_force", "valid": "in_force", "ongoing": "in_force",
    "suspended": "suspended", "expired": "expired", "ended": "ended", "terminated": "ended",
    "replaced": "replaced",
}  # fmt: skip
METHODS = {
    "대면": "in_person", "직접": "in_person", "방문": "in_person", "초청": "in_person",
    "서면": "letter", "우편": "letter", "서신": "letter", "화상": "video", "온라인": "video",
    "비대면": "video", "inperson": "in_person", "byletter": "letter", "byvideo": "video",
}  # fmt: skip
RENEWALS = {
    "자동연장": "automatic", "자동갱신": "automatic", "자동": "automatic", "합의연장": "agreed",
    "합의": "agreed", "합의갱신": "agreed", "협의": "agreed", "없음": "none", "종료": "none",
    "automatic": "automatic", "renewsbyitself": "automatic", "renewedbyagreement": "agreed",
    "endswithitsterm": "none",
}  # fmt: skip


class Agreements(judging.Kind):
    """Agreements with their parties, as they stand."""

    name = "agreements"
    label = _("Agreements")
    options = ("ours", "make", "partner_kind", "agreement_kind", "status", "owner")
    compared = (
        "kind", "title_en", "place_note", "method", "term_months", "renewal", "ends_on", "summary",
        "signed", "owner",
    )  # fmt: skip
    columns = (
        Column("number", _("Number"), ("관리번호", "협약번호", "협정번호", "문서번호", "번호", "Number", "Agreement number"),
               example=("", "")),
        Column("title_ko", _("Title in Korean"),
               ("협정명", "협약명", "협정명칭", "협약명칭", "제목", "건명", "사업명", "명칭", "협정서명",
                "협약내용", "체결명", "Title in Korean", "Title", "Agreement", "Name"), required=True,
               example=("푸른도–가나시 우호교류 협정", "푸른도–가나시 우호교류 협정")),
        Column("title_en", _("Title in English"), ("영문명", "영문제목", "영문협정명", "Title in English", "English title"),
               example=("Friendship agreement of Pureun-do and Gana City", "Friendship agreement of Pureun-do and Gana City")),
        Column("kind", _("Kind"),
               ("구분", "유형", "종류", "협정종류", "협약종류", "협약구분", "협정구분", "결연구분", "교류구분",
                "Kind", "Type"), cells.choice(Agreement.Kind, KINDS), example=("우호교류", "Friendship")),
        Column("country", _("Partner country"),
               ("상대국", "상대국가", "국가", "국가명", "나라", "대상국가", "체결국", "체결국가", "Country",
                "Partner country"), refers="region", example=("중국", "China")),
        Column("region", _("Partner region"),
               ("상대지역", "지역", "도시", "상대도시", "지역명", "자치단체", "외국지방정부", "Region",
                "City", "Partner region"), refers="region", example=("장쑤성", "Jiangsu")),
        Column("theirs", _("Their party"),
               ("상대기관", "상대측", "상대기관명", "체결기관", "협약기관", "상대방", "대상기관", "교류기관",
                "협력기관", "파트너", "Their party", "Partner", "Counterpart", "Partner organisation"),
               refers="organisation", example=("가나시 인민정부", "Gana City Government"),
               help=_("Several: one to a line, or parted by semicolons.")),
        Column("ours", _("Our party"),
               ("우리측", "우리측기관", "우리기관", "체결주체", "주관기관", "당사자", "Our party", "Our side"),
               refers="organisation"),
        Column("signed", _("Signed"),
               ("체결일", "체결일자", "서명일", "체결연월일", "체결년월일", "협정일", "협약일", "협약체결일",
                "협정체결일", "결연일", "결연일자", "체결시기", "일자", "Signed", "Signed on", "Date signed",
                "Date"), cells.period, looks=cells.looks_like_date, example=("2019-05-17", "2019-05-17")),
        Column("signed_year", _("Year of signing"),
               ("체결연도", "체결년도", "연도", "년도", "년", "체결일 연도", "체결일 년", "체결 연도", "Year", "Year of signing"),
               cells.number_between(1900, 2100)),
        Column("signed_month", _("Month of signing"), ("체결월", "월", "체결일 월", "체결 월", "Month", "Month of signing"),
               cells.number_between(1, 12)),
        Column("signed_day", _("Day of signing"), ("일", "체결일 일", "체결 일", "Day", "Day of signing"),
               cells.number_between(1, 31)),
        Column("status", _("Status"),
               ("상태", "현황", "추진상태", "진행상태", "진행상황", "유효여부", "효력", "Status", "State"),
               cells.choice(Status, STATES), example=("유효", "In force")),
        Column("since", _("Status since"), ("상태일", "상태변경일", "발효일", "발효일자", "Status since", "Since"), cells.day),
        Column("areas", _("Areas"),
               ("분야", "협력분야", "교류분야", "주요분야", "Areas", "Area", "Field", "Fields"),
               refers="area", example=("문화, 청소년 교류", "Culture, youth exchange")),
        Column("term_months", _("Term in months"),
               ("유효기간", "기간", "협약기간", "협정기간", "유효기간(개월)", "Term", "Term in months"),
               cells.months, example=("60", "60")),
        Column("ends_on", _("Ends on"),
               ("종료일", "만료일", "만료일자", "종료일자", "유효기간만료일", "Ends on", "End", "Expiry"), cells.day),
        Column("renewal", _("At the end of the term"), ("갱신", "연장", "갱신방법", "연장방법", "연장여부", "Renewal"),
               cells.choice(Agreement.Renewal, RENEWALS)),
        Column("method", _("How it was signed"), ("체결방법", "체결방식", "서명방법", "Method", "How it was signed"),
               cells.choice(Agreement.Method, METHODS)),
        Column("place_note", _("Hall or building"), ("체결장소", "서명장소", "장소", "Place", "Venue", "Hall or building")),
        Column("summary", _("Summary"),
               ("주요내용", "내용", "협약내용", "협정내용", "협력내용", "요약", "비고", "Summary", "Content", "Remarks"),
               cells.paragraph),
        Column("no_document_reason", _("Why there is no signed text"),
               ("문서없음사유", "미보유사유", "Why there is no signed text")),
        Column("owner", _("Responsible officer"), ("담당자", "담당", "업무담당", "Responsible officer", "Owner", "Officer"),
               refers="user"),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the parties, places, areas, officers, and agreements with these titles."""
        named = [one for row in rows for one in parties_named(row)]
        alike = lookups.agreements_alike(judging.texts(rows, "title_ko"), world.by)
        numbered = lookups.agreements_called(judging.texts(rows, "number"), world.by)
        found = [one for some in (*alike.values(), *numbered.values()) for one in some]
        return {
            "organisation": lookups.organisations(dict.fromkeys(named)),
            "places": lookups.Places(),
            "area": lookups.areas(),
            "user": lookups.users(world.by),
            "alike": alike,
            "number": numbered,
            "parties": lookups.parties_of(one.pk for one in found),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Put together what columns part, and find what the row refers to."""
        places = world.found["places"]
        self._kind(values, world)
        self._signed(values)
        if where := judging.place(row, places):
            values["partner_region"] = where
        values["parties"] = self._parties(row, world, values.get("partner_region"))
        if "areas" in row.cells:
            values["areas"] = areas(row, world)
        if owner := judging.owner(row, world.found["user"]):
            values["owner"] = owner
        key = (lookups.same_title(values["title_ko"]), values.get("signed"), _theirs(values))
        world.once(("agreement", *key), row, "title_ko")
        if number := values.get("number"):
            world.once(("number", number), row, "number")

    def _kind(self, values: dict[str, Any], world: World) -> None:
        if "kind" not in values:
            title = f"{values['title_ko']} {values.get('title_en', '')}".casefold()
            found = next((kind for word, kind in TITLE_WORDS if word in title), "")
            found = found or str(world.options.get("agreement_kind") or "")
            if not found:
                raise Refused(_("“%(column)s” is missing.") % {"column": _("Kind")}, field="kind")
            values["kind"] = found

    def _signed(self, values: dict[str, Any]) -> None:
        year, month, day = (
            values.pop(name, None) for name in ("signed_year", "signed_month", "signed_day")
        )
        if year and "signed" not in values:
            text = "-".join(f"{part:02}" for part in (year, month, day) if part)
            values["signed"] = cells.period(text)
        elif values.get("signed") is not None:
            # A column of the day beside one of the year says the same of an agreement.
            values["signed"] = periods.Period(
                values["signed"].first, values["signed"].last, values["signed"].precision
            )

    def _parties(self, row: Row, world: World, region: Any) -> list[tuple[Any, str]]:
        found: list[tuple[Any, str]] = []
        for side, column, where in ((Side.OURS, "ours", None), (Side.THEIRS, "theirs", region)):
            for text in cells.several(row.cells.get(column, "")):
                found.append((named_partner(text, world, column, where), side.value))
        if not any(side == Side.OURS for _one, side in found) and world.options.get("ours_row"):
            found.insert(0, (world.options["ours_row"], Side.OURS.value))
        return found

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the agreement with this number; else with this title, signing and partner."""
        if number := values.get("number"):
            held = [a for a in world.found["number"].get(number, []) if a.number == number]
            own = [a for a in held if a.unit_id == world.unit.pk] or held
            if own:
                found = judging.only(own, number, "number")
                self._check_status(found, values)
                return found
        title = lookups.same_title(values["title_ko"])
        rows = [
            one
            for one in world.found["alike"].get(title, [])
            if _same_signing(one, values) and self._same_partner(one, values, world)
        ]
        if len(rows) > 1:
            judging.only(rows, values["title_ko"], "title_ko")
        if rows:
            self._check_status(rows[0], values)
        return rows[0] if rows else None

    def _same_partner(self, one: Agreement, values: dict[str, Any], world: World) -> bool:
        theirs = {org.pk for org, side in values["parties"] if side == Side.THEIRS}
        if theirs:
            return bool(theirs & world.found["parties"].get(one.pk, set()))
        region = values.get("partner_region")
        return region is None or region.pk == one.partner_region_id

    def _check_status(self, one: Agreement, values: dict[str, Any]) -> None:
        if values.get("status", one.status) != one.status:
            raise Refused(
                _("In the register it is “%(status)s”. A step is recorded on its own page.")
                % {"status": one.get_status_display()},
                field="status",
            )

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Complete a new agreement: where it stands, why there is no text, who looks after it."""
        values["status"] = values.get("status") or self._default(values, world)
        values["source_note"] = world.note(row)
        if values["status"] not in rules.PREPARED and not values.get("no_document_reason"):
            told = {"file": world.source[:120]}
            values["no_document_reason"] = str(
                _("Taken over from %(file)s; the signed text is not held yet.") % told
            )[:300]
        if world.options.get("owner_row") is not None:
            values.setdefault("owner", world.options["owner_row"])
        values.pop("country", None)
        rules.check_agreement(values, today=world.today)

    def _default(self, values: dict[str, Any], world: World) -> str:
        """Return where an agreement stands if its row says nothing: a draft if never signed."""
        if values.get("signed") is None:
            return Status.DRAFT.value
        return str(world.options.get("status") or Status.SIGNED.value)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as the agreement's form would."""
        rules.check_change(record, put, today=world.today)

    def told(self, record: Any, name: str, value: Any) -> str:
        """Write a value; the signing as exactly as it is known."""
        if name == "signed":
            return periods.in_words(value, "ko", weekday=False) if value else ""
        return super().told(record, name, value)


def parties_named(row: Row) -> list[str]:
    """Return the names of both sides' parties in a row."""
    return [one for name in ("ours", "theirs") for one in cells.several(row.cells.get(name, ""))]


def areas(row: Row, world: World) -> list[Any]:
    """Return the areas of co-operation that a row lists."""
    known = world.found["area"]
    return [
        judging.only(known.get(lookups.same_title(text), []), text, "areas")
        for text in dict.fromkeys(cells.listed(row.cells["areas"]))
    ]


def _theirs(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted(str(org.pk) for org, side in values["parties"] if side == Side.THEIRS))


def _same_signing(one: Agreement, values: dict[str, Any]) -> bool:
    signed = values.get("signed")
    return signed is None or one.signed_first is None or one.signed == signed

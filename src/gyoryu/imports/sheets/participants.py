"""Sheets of an event's exhibitors and of its buyers."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.imports.sheets.partners import partner
from gyoryu.parties import business_number
from gyoryu.trade import harmonised
from gyoryu.trade.models import Participant
from gyoryu.trade.rules import events as event_rules
from gyoryu.trade.rules import languages
from gyoryu.trade.rules import participants as rules
from gyoryu.trade.rules.lengths import MOST_SLOTS

STATES = {
    "초청": "invited", "초청대상": "invited", "초청중": "invited", "등록": "registered",
    "신청": "registered", "확정": "confirmed", "참가확정": "confirmed", "참가": "confirmed",
    "invited": "invited", "registered": "registered", "confirmed": "confirmed",
}  # fmt: skip
LETTERS = {"한국어": "ko", "국문": "ko", "한글": "ko", "korean": "ko", "ko": "ko",
           "영어": "en", "영문": "en", "english": "en", "en": "en"}  # fmt: skip
CONTACT = ("contact_name", "contact_email", "language")
MEETS = ("languages", "interests", "hs_codes", "most", "most_a_day", "meeting_slots")


def spoken(text: str) -> list[str]:
    """Read languages by their names or codes, parted by commas or lines."""
    found = []
    for part in cells.listed(text):
        code = languages.read(part)
        if not code:
            raise Refused(_("The language “%(code)s” is not known.") % {"code": part[:20]})
        found.append(code)
    return list(dict.fromkeys(found))


def codes(text: str) -> list[str]:
    """Read codes of the Harmonised System."""
    try:
        return harmonised.codes(text)
    except harmonised.NotACode as wrong:
        raise Refused(
            _("“%(text)s” is no HS code. Write 2, 4, 6 or 10 digits, such as 3304.99.")
            % {"text": wrong.text[:40]}
        ) from None


def letters(text: str) -> str:
    """Read the language that letters are written in; every other than Korean is English."""
    return LETTERS.get("".join(text.casefold().split()), "en")


SHARED = (
    Column("contact_name", _("Contact person"),
           ("담당자", "담당자명", "바이어명", "참가자", "성명", "이름", "Contact person", "Contact", "Attendee"),
           example=("응우옌 티 란", "Nguyen Thi Lan")),
    Column("contact_email", _("E-mail"),
           ("이메일", "메일", "전자우편", "담당자이메일", "E-mail", "Email", "Mail"), cells.email,
           looks=lambda text: "@" in text, example=("lan@saigonfood.example", "lan@saigonfood.example")),
    Column("languages", _("Languages spoken"),
           ("사용언어", "언어", "구사언어", "상담언어", "Languages", "Languages spoken", "Language spoken"),
           spoken, example=("베트남어, 영어", "Vietnamese, English")),
    Column("hs_codes", _("HS codes"), ("HS코드", "HS", "HSK", "품목코드", "세번부호", "HS code", "HS codes"), codes,
           example=("1212.21, 2008.99", "1212.21, 2008.99")),
    Column("most", _("Meetings at most"), ("최대상담", "최대상담건수", "상담한도", "Meetings at most", "Max meetings"),
           cells.number_between(1, rules.MOST_MEETINGS), example=("12", "12")),
    Column("most_a_day", _("Meetings a day at most"), ("일최대상담", "1일최대", "Meetings a day at most", "Max a day"),
           cells.number_between(1, rules.MOST_MEETINGS)),
    Column("meeting_slots", _("Slots of a meeting"), ("상담칸수", "건당칸수", "칸수", "Slots of a meeting", "Slots"),
           cells.number_between(1, MOST_SLOTS)),
)  # fmt: skip


class Participants(judging.Kind):
    """One side of an event, which is chosen beside the columns."""

    capability = "trade.change"
    side: str
    options = ("event", "make", "partner_kind")
    usual: ClassVar = {"partner_kind": "company"}

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the organisations, their places, and who takes part in the event already."""
        event = world.options.get("event_row")
        there: dict[int, Participant] = {}
        if event is not None:
            known = event.participants.filter(side=self.side, voided_at=None)
            for one in known.select_related("organisation", "unit", "event"):
                there[one.organisation_id] = one
        numbers = [business_number.digits(t) for t in judging.texts(rows, "business_number")]
        return {
            "organisation": lookups.organisations(judging.texts(rows, "organisation")),
            "number": lookups.numbers(numbers),
            "places": lookups.Places(),
            "there": there,
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find the organisation and check what it says of itself by the rules of the form."""
        event = world.options.get("event_row")
        if event is None:
            raise Refused(_("Choose the event that they take part in."))
        event_rules.check_not_over(event)
        where = judging.place(row, world.found["places"])
        number = values.pop("business_number", "")
        known = world.found["number"].get(number) if number else None
        values["organisation"] = known or partner(row, world, "organisation", where)
        values["event"], values["side"] = event, self.side
        world.once(("participant", values["organisation"].pk), row, "organisation")
        told = {n: v for n, v in values.items() if n in self.compared}
        rules.check_participant(Participant(**told))

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return who takes part already on this side; a step is no matter of a sheet."""
        found = world.found["there"].get(values["organisation"].pk)
        if found is not None and values.get("state", found.state) != found.state:
            raise Refused(
                _("In the register it is “%(status)s”. A step is recorded on its own page.")
                % {"status": found.get_state_display()},
                field="state",
            )
        return found

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Give a new participant its source."""
        values["source_note"] = world.note(row)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as the participant's form would."""
        rules.check_changeable(record)

    def told(self, record: Any, name: str, value: Any) -> str:
        """Write a value for the preview; lists in one line."""
        if isinstance(value, list):
            return languages.told(value) if name == "languages" else ", ".join(value)
        return super().told(record, name, value)

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row by its organisation."""
        return row.cells.get("organisation", "")[:200]


class Buyers(Participants):
    """Buyers, to be invited unless their row says that they come."""

    name = "buyers"
    label = _("Buyers of an event")
    side = Participant.Side.BUYER.value
    compared = (*CONTACT, *MEETS)
    columns = (
        Column("organisation", _("Organisation"),
               ("바이어", "바이어사", "기업명", "회사명", "업체명", "기관명", "상호", "Company", "Buyer", "Organisation",
                "Organization", "Company name"), refers="organisation", required=True,
               example=("사이공푸드 유통", "Saigon Food Distribution")),
        Column("country", _("Country"), ("국가", "나라", "국가명", "Country"), refers="region",
               example=("베트남", "Viet Nam")),
        Column("region", _("Region"), ("지역", "도시", "Region", "City"), refers="region"),
        *SHARED,
        Column("interests", _("Interests"),
               ("관심품목", "희망품목", "수입희망품목", "관심분야", "Interests", "Items of interest", "Looking for"),
               cells.paragraph, example=("김, 조미 해조류", "Laver, seasoned seaweed")),
        Column("language", _("Letters are written in"), ("안내언어", "안내문언어", "Letters in", "Letters are written in"),
               letters, example=("영어", "English")),
        Column("state", _("State"), ("상태", "참가상태", "초청상태", "State", "Status"),
               cells.choice(Participant.State, STATES)),
    )  # fmt: skip


class Exhibitors(Participants):
    """Exhibitors with their booths, confirmed as they are entered."""

    name = "exhibitors"
    label = _("Exhibitors of an event")
    side = Participant.Side.EXHIBITOR.value
    compared = ("booth", "contact_name", "contact_email", *MEETS)
    columns = (
        Column("organisation", _("Organisation"),
               ("참가기업", "기업명", "회사명", "업체명", "상호", "기관명", "Exhibitor", "Company", "Organisation",
                "Organization", "Company name"), refers="organisation", required=True,
               example=("해담식품", "Haedam Foods")),
        Column("business_number", _("Business number"),
               ("사업자등록번호", "사업자번호", "Business number", "Business registration number"),
               cells.company_number, looks=cells.looks_like_company_number),
        Column("country", _("Country"), ("국가", "나라", "국가명", "Country"), refers="region"),
        Column("region", _("Region"), ("지역", "소재지", "Region", "City"), refers="region"),
        Column("booth", _("Booth"), ("부스", "부스번호", "Booth", "Booth number"), example=("A-12", "A-12")),
        *SHARED,
        Column("interests", _("Interests"), ("주요품목", "전시품목", "소개", "Interests", "About", "Exhibits"),
               cells.paragraph, example=("조미김, 김스낵", "Seasoned laver, laver snacks")),
    )  # fmt: skip

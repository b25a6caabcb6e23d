"""Sheets of consultations, as organisers of events hand them over."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, Unknown, World
from gyoryu.imports.sheets.partners import partner
from gyoryu.parties.models import Organisation
from gyoryu.trade.models import Consultation
from gyoryu.trade.rules import consultations as rules

INTERESTS = {
    "상": "high", "높음": "high", "많음": "high", "a": "high", "중": "medium", "보통": "medium", "b": "medium",
    "하": "low", "낮음": "low", "적음": "low", "c": "low", "high": "high", "medium": "medium", "low": "low",
}  # fmt: skip
STEPS = {
    "견본": "samples", "견본발송": "samples", "견본보내기": "samples", "샘플": "samples", "샘플발송": "samples",
    "샘플송부": "samples", "samples": "samples", "sample": "samples", "sendsamples": "samples",
    "견적": "quote", "견적서": "quote", "견적발송": "quote", "견적서보내기": "quote", "견적제출": "quote",
    "quote": "quote", "quotation": "quote", "sendaquotation": "quote", "재상담": "meet_again",
    "추가상담": "meet_again", "재방문": "meet_again", "미팅": "meet_again", "후속미팅": "meet_again",
    "다시만나기": "meet_again", "meetagain": "meet_again", "meeting": "meet_again",
}  # fmt: skip
_CLOCK = re.compile(r"(\d{1,2})\s*[:시]\s*(\d{2})?(?::\d{2})?\s*분?")
_ZERO_TO_24 = range(24)


def clock(text: str) -> time:
    """Read a time of the day: 10:30, 14시 30분; of a span its beginning."""
    found = _CLOCK.match(text.strip())
    if found and int(found[1]) in _ZERO_TO_24 and int(found[2] or 0) < 60:
        return time(int(found[1]), int(found[2] or 0))
    raise Refused(_("“%(text)s” is not a time. Write 10:30.") % {"text": text[:40]})


def steps(text: str) -> list[str]:
    """Read what is to follow, parted by commas."""
    found = []
    for one in cells.listed(text):
        plain = "".join(one.casefold().split())
        if plain not in STEPS:
            told = " / ".join(str(label) for label in Consultation.Step.labels)
            raise Refused(
                _("“%(text)s” is none of these: %(choices)s.") % {"text": one[:40], "choices": told}
            )
        found.append(STEPS[plain])
    return list(dict.fromkeys(found))


def hs(text: str) -> str:
    """Read a code of the Harmonised System, with or without dots."""
    digits = re.sub(r"[.\-\s]", "", text)
    if not digits.isascii() or not digits.isdecimal() or not 2 <= len(digits) <= 10:
        raise Refused(_("A code of the Harmonised System has 2 to 10 digits."))
    return digits


class Consultations(judging.Kind):
    """Talks of exhibitors with buyers at one event."""

    name = "consultations"
    label = _("Consultations")
    capability = "trade.change"
    options = ("event", "currency", "scale", "make")
    compared = ("amount", "currency", "interest", "hs_code", "next_due")
    columns = (
        Column("exhibitor", _("Company"),
               ("참가기업", "기업명", "업체명", "참가업체", "참가사", "국내기업", "회사명", "셀러", "Company", "Exhibitor",
                "Seller"), refers="organisation", required=True, example=("해담식품", "Haedam Food")),
        Column("buyer", _("Buyer"),
               ("바이어", "바이어명", "바이어사", "바이어사명", "상대기업", "상담바이어", "상담업체", "해외바이어", "Buyer",
                "Buyer name", "Buyer company"), refers="organisation", required=True,
               example=("사이공푸드 유통", "Saigon Food Trading")),
        Column("country", _("Buyer's country"),
               ("국가", "국가명", "바이어국가", "바이어 국적", "나라", "Country", "Buyer's country"), refers="region",
               example=("베트남", "Viet Nam")),
        Column("place", _("Place"), ("상담장소", "개최도시", "도시", "장소", "지역", "Place", "City"), refers="leg"),
        Column("day", _("Day of the talk"), ("상담일", "상담일자", "일자", "날짜", "일시", "Date", "Day"), cells.day,
               looks=cells.looks_like_date, example=("2025-04-17", "2025-04-17")),
        Column("begins", _("Time of the talk"), ("상담시간", "시간", "Time"), clock, example=("10:30", "10:30")),
        Column("about", _("Product"),
               ("상담품목", "품목", "품목명", "제품", "제품명", "수출품목", "Product", "Item"), example=("조미김", "Seasoned laver")),
        Column("hs_code", _("HS code"), ("HS코드", "HSCODE", "HS", "품목번호", "HS code"), hs, example=("2008.99", "2008.99")),
        Column("amount", _("Amount consulted"),
               ("상담액", "상담금액", "상담실적", "상담규모", "금액", "Amount", "Amount consulted", "Consultation amount"),
               cells.amount, example=("120,000", "120,000")),
        Column("currency", _("Currency"), ("통화", "화폐", "Currency"), cells.currency, example=("USD", "USD")),
        Column("interest", _("Buyer's interest"), ("관심도", "바이어관심도", "관심", "Interest"),
               cells.choice(Consultation.Interest, INTERESTS), example=("높음", "High")),
        Column("next_steps", _("Next steps"), ("후속조치", "향후계획", "후속계획", "다음단계", "Next steps", "Follow-up"), steps,
               example=("견본, 견적서", "Samples, quotation")),
        Column("next_due", _("Next step due"), ("후속기한", "기한", "조치기한", "Next step due", "Due"), cells.day,
               example=("2025-04-25", "2025-04-25")),
        Column("note", _("Note"), ("상담내용", "비고", "메모", "특이사항", "Note", "Remarks"), cells.paragraph),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the companies, buyers, places and talks that the rows are about."""
        world.options.setdefault("partner_kind", Organisation.Kind.COMPANY.value)
        event = world.options.get("event_row")
        there = lookups.participants(event)
        return {
            "organisation": lookups.organisations(judging.texts(rows, "exhibitor", "buyer")),
            "places": lookups.Places(),
            "legs": lookups.legs(event),
            "there": there,
            "talks": lookups.talks(event),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Find who talked with whom, where and when; put amount and currency together."""
        event = world.options.get("event_row")
        if event is None:
            raise Refused(_("Choose the event first that this list is of."))
        values["event"] = event
        values["exhibitor"] = self._exhibitor(row, world)
        country = judging.place(row, world.found["places"], region="country", country="country")
        values["organisation"] = partner(row, world, "buyer", country)
        values["leg"] = leg = self._leg(row, world)
        day, begins = values.pop("day", None), values.pop("begins", None)
        zone = ZoneInfo(leg.timezone)
        values["at"] = datetime.combine(day or leg.starts_on, begins or time(12), zone)
        self._amount(values, world)
        key = ("talk", values["exhibitor"].pk, values["organisation"].pk, values["at"],
               values.get("about", ""), values.get("amount"))  # fmt: skip
        world.once(key, row, "buyer")

    def _exhibitor(self, row: Row, world: World) -> Any:
        text = row.cells["exhibitor"]
        there = world.found["there"]["exhibitor"]
        called = world.found["organisation"].get(text, [])
        here = [there[one.pk] for one in called if one.pk in there]
        if called and not here:
            raise Refused(
                _("%(name)s does not exhibit here.") % {"name": text[:60]}, field="exhibitor"
            )
        return judging.only(here, text, "exhibitor")

    def _leg(self, row: Row, world: World) -> Any:
        legs = world.found["legs"]
        if text := row.cells.get("place"):
            return judging.only(legs.get(lookups.same_title(text), []), text, "place")
        every = {leg.pk: leg for some in legs.values() for leg in some}
        if len(every) != 1:
            raise Refused(_("Say at which place of the event it was."), field="place")
        return next(iter(every.values()))

    def _amount(self, values: dict[str, Any], world: World) -> None:
        if values.get("amount") is None:
            values.pop("currency", None)
            return
        values["amount"] *= Decimal(str(world.options.get("scale") or 1))
        values.setdefault("currency", str(world.options.get("currency") or ""))
        rules.check_amount(values["amount"], values["currency"])

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the talk of the same two on the same day about the same."""
        if isinstance(values["organisation"], Unknown):
            return None
        zone = ZoneInfo(values["leg"].timezone)
        key = (
            values["exhibitor"].pk,
            values["organisation"].pk,
            values["at"].astimezone(zone).date(),
        )
        about = lookups.same_title(values.get("about", ""))
        rows = [
            one
            for one in world.found["talks"].get(key, [])
            if not about or lookups.same_title(one.about) == about
        ]
        if len(rows) > 1:
            judging.only(rows, row.cells["buyer"], "buyer")
        return rows[0] if rows else None

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Check a new talk as a typed one."""
        values["source_note"] = world.note(row)
        made = Consultation(
            leg=values["leg"], at=values["at"], next_due=values.get("next_due"),
            next_steps=values.get("next_steps", []),
        )  # fmt: skip
        # Days begin where the talk was: west of the office it may still be yesterday there.
        if made.at.date() > rules.day_at(made.leg, world.at):
            raise Refused(_("This time lies in the future."), field="day")
        if rules.day_at(made.leg, made.at) < made.leg.starts_on:
            raise Refused(_("The event had not begun there yet."), field="day")
        rules.check_due(made)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as its form would."""
        rules.check_change(record, world.by)
        amount, currency = (put.get(name, getattr(record, name)) for name in ("amount", "currency"))
        rules.check_amount(amount, currency)

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row in the preview by its two sides."""
        return f"{row.cells.get('exhibitor', '')} × {row.cells.get('buyer', '')}"[:200]

"""Sheets of organisations: known by their business number, or by any of their names."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.parties import business_number, rules
from gyoryu.parties.models import Organisation

KINDS = {
    "정부": "government", "지방정부": "government", "지방자치단체": "government", "자치단체": "government",
    "지자체": "government", "중앙정부": "government", "공공기관": "agency", "기관": "agency",
    "유관기관": "agency", "기업": "company", "회사": "company", "업체": "company",
    "단체": "association", "협회": "association", "민간단체": "association", "상공회의소": "association",
    "대학": "university", "대학교": "university", "학교": "university", "센터": "centre",
    "언론": "media", "언론사": "media", "전시장": "venue", "장소": "venue", "수행기관": "provider",
    "서비스업체": "provider", "university": "university", "publicagency": "agency",
    "government": "government", "company": "company", "association": "association",
    "centre": "centre", "center": "centre", "media": "media", "venue": "venue",
    "serviceprovider": "provider",
}  # fmt: skip
SIZES = {
    "소기업": "small", "소상공인": "small", "중기업": "medium", "중소기업": "medium",
    "중견기업": "midsize", "대기업": "large", "smallenterprise": "small",
    "mediumenterprise": "medium", "mid-sizedcompany": "midsize", "largecompany": "large",
}  # fmt: skip


class Organisations(judging.Kind):
    """Governments, companies and others, each with its names, place and number."""

    name = "organisations"
    label = _("Organisations")
    capability = "parties.change"
    options = ("default_kind",)
    compared = (
        "kind", "name_ko", "name_en", "name_native", "region", "business_number", "size",
        "website", "note",
    )  # fmt: skip
    columns = (
        Column(
            "name_ko", _("Name in Korean"),
            ("기관명", "국문명", "국문기관명", "기업명", "업체명", "회사명", "단체명", "상호", "명칭",
             "기관명(국문)", "한글명", "Name in Korean", "Korean name", "Name", "Organisation",
             "Organization", "Company"),
            example=("가온소재(주)", "가온소재(주)"),
        ),
        Column(
            "name_en", _("Name in English"),
            ("영문명", "영문기관명", "영문기업명", "기관명영문", "영문", "Name in English",
             "English name"),
            cells.line, example=("Gaon Materials Co., Ltd.", "Gaon Materials Co., Ltd."),
        ),
        Column(
            "name_native", _("Name in its own language"),
            ("현지어명", "원어명", "현지명", "Name in its own language", "Native name", "Local name"),
        ),
        Column(
            "kind", _("Kind"), ("구분", "유형", "기관유형", "종류", "기관구분", "Kind", "Type"),
            cells.choice(Organisation.Kind, KINDS), example=("기업", "Company"),
        ),
        Column("country", _("Country"), ("국가", "나라", "국가명", "소속국가", "Country"), refers="region",
               example=("대한민국", "South Korea")),
        Column("region", _("Region"), ("지역", "소재지", "도시", "시도", "소재지역", "Region", "City", "Place"),
               refers="region", example=("경기도", "Gyeonggi-do")),
        Column(
            "business_number", _("Business number"),
            ("사업자등록번호", "사업자번호", "Business number", "Business registration number"),
            cells.company_number, looks=cells.looks_like_company_number,
            example=("124-81-00998", "124-81-00998"),
        ),
        Column("size", _("Company size"), ("기업규모", "규모", "Company size", "Size"),
               cells.choice(Organisation.Size, SIZES), example=("중소기업", "Medium enterprise")),
        Column("website", _("Website"), ("홈페이지", "누리집", "웹사이트", "URL", "Website", "Homepage"),
               cells.web, looks=cells.looks_like_web, example=("https://gaon.example", "https://gaon.example")),
        Column("note", _("Note"), ("비고", "메모", "특이사항", "참고", "Note", "Remarks"), cells.paragraph),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the organisations by number and name, and every place."""
        told = texts_of_names(rows)
        numbers = [business_number.digits(t) for t in judging.texts(rows, "business_number")]
        return {
            "organisation": lookups.organisations(told),
            "number": lookups.numbers(numbers),
            "places": lookups.Places(),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Put a Latin name where it belongs, find the place, check by the rules of the screen."""
        name = values.get("name_ko", "")
        if name and name.isascii() and not values.get("name_en"):
            values["name_en"] = values.pop("name_ko")
        if found := judging.place(row, world.found["places"]):
            values["region"] = found
        values.pop("country", None)
        values.update(rules.tidied(Organisation, values))
        rules.check_organisation_alone(values)
        for key in _keys(values):
            world.once(key, row, "business_number" if key[0] == "number" else "name_ko")

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the holder of the number; else who has one of the names in this place."""
        if holder := world.found["number"].get(values.get("business_number", "")):
            return holder
        known = world.found["organisation"]
        found: dict[int, Any] = {}
        for name in ("name_ko", "name_en", "name_native"):
            for one in known.get(values.get(name, ""), []):
                found[one.pk] = one
        rows = judging.inside(list(found.values()), values.get("region"))
        rows = [one for one in rows if not _another(one, values)]
        if len(rows) > 1:
            judging.only(rows, values.get("name_ko") or values.get("name_en", ""), "name_ko")
        return rows[0] if rows else None

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Give a new organisation its kind and its source."""
        default = world.options.get("default_kind", "")
        values["kind"] = values.get("kind") or default
        if not values["kind"]:
            raise Refused(_("“%(column)s” is missing.") % {"column": _("Kind")}, field="kind")
        values["source_note"] = world.note(row)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as its form would; a name in use is no longer free for another."""
        rules.check_standing(record)
        rules.check_organisation_alone(put, itself=record)
        number = put.get("business_number", "")
        if number and (holder := world.found["number"].get(number)) and holder.pk != record.pk:
            raise rules.number_taken(holder)


def texts_of_names(rows: Sequence[Row]) -> list[str]:
    """Return every name that the rows have, each once."""
    return judging.texts(rows, "name_ko", "name_en", "name_native")


def _keys(values: dict[str, Any]) -> list[tuple[str, str, Any]]:
    if number := values.get("business_number"):
        return [("number", number, None)]
    region = values["region"].pk if values.get("region") else None
    own = (values.get("name_ko", ""), values.get("name_en", ""))
    return [("name", key, region) for name in own if name and (key := names.organisation_key(name))]


def _another(one: Any, values: dict[str, Any]) -> bool:
    """Tell whether two business numbers say that they are two."""
    number = values.get("business_number")
    return bool(number and one.business_number and number != one.business_number)

"""Sheets of people, each with the position held at an organisation."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import lookups
from gyoryu.imports.sheets import cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.judging import Row, World
from gyoryu.imports.sheets.partners import partner
from gyoryu.parties import rules
from gyoryu.parties.models import Person
from gyoryu.parties.queries import batches as parties

POSITION = ("title_ko", "title_en", "since", "until")


class People(judging.Kind):
    """People by their names in two scripts, and what they are where."""

    name = "people"
    label = _("People")
    capability = "parties.change"
    options = ("make", "partner_kind")
    compared = ("name_ko", "name_en", "name_native", "position")
    columns = (
        Column("name_ko", _("Name in Korean"),
               ("성명", "이름", "국문성명", "한글성명", "인명", "성명(국문)", "Name in Korean", "Name",
                "Korean name"), example=("한도윤", "한도윤")),
        Column("name_en", _("Name in English"),
               ("영문성명", "영문이름", "영문명", "영문", "Name in English", "English name"),
               example=("Han Do-yun", "Han Do-yun")),
        Column("name_native", _("Name in its own language"),
               ("현지어성명", "원어성명", "Name in its own language", "Native name")),
        Column("organisation", _("Organisation"),
               ("소속", "소속기관", "기관명", "기관", "회사", "근무처", "Organisation", "Organization",
                "Company", "Affiliation"), refers="organisation", example=("가온소재(주)", "Gaon Materials")),
        Column("title_ko", _("Position in Korean"),
               ("직위", "직책", "직함", "국문직위", "직급", "Title in Korean", "Title", "Position"),
               example=("해외사업부장", "해외사업부장")),
        Column("title_en", _("Position in English"), ("영문직위", "영문직함", "Title in English", "English title"),
               example=("Head of Overseas Business", "Head of Overseas Business")),
        Column("since", _("Since"), ("부임일", "취임일", "시작일", "재직시작", "Since", "From"), cells.day,
               example=("2024-01-01", "2024-01-01")),
        Column("until", _("Until"), ("이임일", "퇴임일", "종료일", "재직종료", "Until", "To"), cells.day),
        Column("note", _("Note"), ("비고", "메모", "Note", "Remarks"), cells.paragraph),
    )  # fmt: skip

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the people, their positions and the organisations they are said to be at."""
        named = lookups.people(judging.texts(rows, "name_ko", "name_en", "name_native"))
        held = parties.positions_of(one.pk for found in named.values() for one in found)
        told = judging.texts(rows, "organisation")
        return {
            "person": named,
            "positions": held,
            "organisation": lookups.organisations(told),
        }

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Put a Latin name where it belongs, find the organisation, check by the rules."""
        name = values.get("name_ko", "")
        if name and name.isascii() and not values.get("name_en"):
            values["name_en"] = values.pop("name_ko")
        own = {n: v for n, v in values.items() if n not in POSITION}
        values.update(rules.tidied(Person, own))
        rules.check_named(values)
        values["organisation"] = at = partner(row, world, "organisation")
        position = {n: values.pop(n) for n in POSITION if n in values}
        if at is not None:
            rules.check_position({"title_ko": "", "title_en": "", **position})
            values["position"] = position
        elif position:
            raise Refused(_("Say where: the organisation is missing."), field="organisation")
        who = values.get("name_ko") or values.get("name_en", "")
        key = ("person", names.nfc(who), at.pk if at else None, position.get("title_ko"))
        world.once(key, row, "name_ko")

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return who has the name and, where the row names an organisation, a position there."""
        found: dict[int, Any] = {}
        for name in ("name_ko", "name_en", "name_native"):
            text = values.get(name, "")
            for one in world.found["person"].get(text, []):
                if any(names.same_person(text, own) for own in _spellings(one)):
                    found[one.pk] = one
        at = values.get("organisation")
        if at is not None:
            there = [
                one
                for one in found.values()
                if any(p.organisation_id == at.pk for p in world.found["positions"].get(one.pk, []))
            ]
        else:
            there = list(found.values())
        if len(there) > 1:
            judging.only(there, values.get("name_ko") or values.get("name_en", ""), "name_ko")
        if not there:
            return None
        held = world.found["positions"].get(there[0].pk, [])
        if at is not None and _held_already(held, at, values["position"]):
            values.pop("position")
        return there[0]

    def now(self, record: Any, name: str) -> Any:
        """Return a field; what is left of a position to compare is one that is not held yet."""
        return None if name == "position" else getattr(record, name)

    def told(self, record: Any, name: str, value: Any) -> str:
        """Write a value; a position by its title."""
        if name == "position":
            return str(value.get("title_ko") or value.get("title_en") or "") if value else ""
        return super().told(record, name, value)

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Give a new person its source."""
        values["source_note"] = world.note(row)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check a change as its form would."""
        rules.check_standing(record)
        rules.check_named(put, record)


def _held_already(positions: Sequence[Any], at: Any, position: dict[str, Any]) -> bool:
    """Tell whether somebody holds a position at an organisation as a row says, days included."""
    return any(
        one.organisation_id == at.pk
        and all(getattr(one, name) == value for name, value in position.items())
        for one in positions
    )


def _spellings(one: Any) -> list[str]:
    return [text for text in (one.name_ko, one.name_en, one.name_native) if text]

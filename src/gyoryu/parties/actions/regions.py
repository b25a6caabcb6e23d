"""Regions: installed from ISO 3166 and our own tables, and cities added by hand.

The countries' names are CLDR's (through Babel), with the names Korean officials use where these
differ; provinces and cities are our own tables in ``data/``.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from babel import Locale
from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.actions import aliases, suspicions
from gyoryu.parties.models import Alias, Region

TABLES = Path(__file__).resolve().parents[1] / "data"
# Codes that CLDR knows and ISO 3166-1 has only reserved or not at all.
NOT_ISO = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
# What a place is, at the end of its Korean name or around its English one.
_RANK_KO = re.compile(
    r"(?:특별자치도|특별자치시|특별시|광역시|특별행정구|웨이우얼자치구|좡족자치구|후이족자치구|조선족자치주|자치구"
    r"|수도특별주|특별주|공화국|변강주|성|주|현|도|부|시|군)$|\(.+\)$"
)
_RANK_EN = re.compile(
    r"^(?:Republic of |Region of |State of |Community of )"
    r"|\s(?:Special Self-Governing Province|Province|Prefecture|State|Region|City|County|Oblast"
    r"|Krai|Voivodeship|SAR|(?:Zhuang |Hui |Uyghur )?Autonomous Region|Republic)$"
)
_SPELT = {"KR": "State", "US": "State", "JP": "Prefecture", "CA": "Province", "CN": "Province"}


@transaction.atomic
def install_regions(*, by: User | None, at: datetime) -> int:
    """Install the countries, provinces and cities that are not there yet; return how many came.

    It may run again at any time: what is there stays as it is, and cities that were merged away
    do not come back.
    """
    check_may(by, "parties.regions")
    made = _install(list(_countries()))
    made += _install(list(_subdivisions()))
    made += _install(list(_cities()))
    history.record_many([history.Done("region.installed", row) for row in made], by=by, at=at)
    return len(made)


def _install(wanted: list[tuple[dict[str, str], str, str]]) -> list[Region]:
    """Make the regions that are missing; each comes as its row, its kind and its parent's code."""
    coded = {region.code: region for region in Region.objects.exclude(code="")}
    uncoded = set(Region.objects.filter(code="").values_list("parent", "name_en"))
    made, spellings = [], []
    for row, kind, parent_code in wanted:
        parent = coded.get(parent_code)
        code = row.get("code", "")
        if code in coded or (not code and parent and (parent.pk, row["en"]) in uncoded):
            continue
        made.append(
            Region(
                parent=parent, kind=kind, code=code, name_ko=row["ko"], name_en=row["en"],
                name_native=row["native"], path=parent.path if parent else "/",
            )
        )  # fmt: skip
        spellings.append(_spellings(row, kind))
    made = Region.objects.bulk_create(made, batch_size=500)
    for region in made:
        # The path holds the region's own id, which the database gives out.
        region.path = f"{region.path}{region.pk}/"
    Region.objects.bulk_update(made, ["path"], batch_size=500)
    Alias.objects.bulk_create(_aliases(made, spellings), batch_size=500)
    return made


def _aliases(made: list[Region], spellings: list[tuple[list[str], list[str]]]) -> Iterator[Alias]:
    for region, (own, given) in zip(made, spellings, strict=True):
        for name in own:
            yield Alias(region=region, name=name, key=names.place_key(name))
        for name in given:
            yield Alias(region=region, name=name, key=names.place_key(name), given=True)


def _spellings(row: dict[str, str], kind: str) -> tuple[list[str], list[str]]:
    """Return a region's own names, and the others that mean it, no key twice."""
    own = list(filter(None, (row["ko"], row["en"], row["native"])))
    given = [name for name in row["aliases"].split(";") if name]
    if kind == Region.Kind.SUBDIVISION or kind == Region.Kind.CITY:
        given += _shorter(row) + [short for name in given if (short := _short_ko(name)) != name]
    if kind == Region.Kind.SUBDIVISION:
        given += _longer(row)
    seen: dict[str, str] = {}
    for name in [*own, *given]:
        seen.setdefault(names.place_key(name), name)
    once = [name for key, name in seen.items() if key]
    return [name for name in once if name in own], [name for name in once if name not in own]


def _short_ko(name: str) -> str:
    short = _RANK_KO.sub("", name)
    return short if len(short) > 1 else name


def _shorter(row: dict[str, str]) -> list[str]:
    return [_short_ko(row["ko"]), _RANK_EN.sub("", row["en"])]


def _longer(row: dict[str, str]) -> list[str]:
    """Return the full English forms, such as State of Utah and Utah State."""
    bare, rank = _RANK_EN.sub("", row["en"]), _SPELT.get(row["code"][:2])
    korean = [
        f"{_short_ko(name)}성" for name in row["aliases"].split(";") if _is_reading(name, row)
    ]
    return [f"{rank} of {bare}", f"{bare} {rank}", *korean] if rank else korean


def _is_reading(name: str, row: dict[str, str]) -> bool:
    """Tell whether an alias is the Korean reading of a Chinese province's name (산동)."""
    return row["ko"].endswith("성") and len(name) == 2 and "가" <= name[0] <= "힣"


def _table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: names.nfc(text) for key, text in row.items()} for row in csv.DictReader(file)]


def _countries() -> Iterator[tuple[dict[str, str], str, str]]:
    korean: Any = Locale("ko").territories
    english: Any = Locale("en").territories
    ours = {row["code"]: row for row in _table("countries")}
    for code in sorted(code for code in english if len(code) == 2 and code not in NOT_ISO):
        known = {"code": code, "ko": korean[code], "en": english[code], "native": "", "aliases": ""}
        row = ours.get(code, known)
        others = [korean[code], english[code], *row["aliases"].split(";")]
        yield {**row, "aliases": ";".join(others)}, Region.Kind.COUNTRY, ""


def _subdivisions() -> Iterator[tuple[dict[str, str], str, str]]:
    for row in _table("subdivisions"):
        yield row, Region.Kind.SUBDIVISION, row["code"].partition("-")[0]


def _cities() -> Iterator[tuple[dict[str, str], str, str]]:
    for row in _table("cities"):
        yield {**row, "code": ""}, Region.Kind.CITY, row["parent"]


@transaction.atomic
def add_city(values: dict[str, Any], *, by: User | None, at: datetime) -> Region:
    """Add a city or county under a country or province; ``values`` are its names and ``parent``."""
    check_may(by, "parties.regions")
    values = rules.tidied(Region, values)
    rules.check_city(values)
    parent = values["parent"]
    made = Region.objects.create(kind=Region.Kind.CITY, path=parent.path, **values)
    made.path = f"{parent.path}{made.pk}/"
    made.save(update_fields=["path"])
    _name(made, by, at)
    history.record("region.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_city(region: Region, values: dict[str, Any], *, by: User | None, at: datetime) -> Region:
    """Correct a city's names or where it lies."""
    check_may(by, "parties.regions")
    rules.check_standing(region)
    values = rules.tidied(Region, values)
    rules.check_city(values, itself=region)
    changes = history.changes(region, values)
    if changes:
        region.path = f"{values['parent'].path}{region.pk}/"
        region.save()
        _name(region, by, at)
        history.record("region.changed", region, by=by, at=at, changes=changes)
    return region


def _name(region: Region, by: User | None, at: datetime) -> None:
    named = aliases.write_names(region, by=by)
    short = _short_ko(region.name_ko)
    if short != region.name_ko and not region.aliases.filter(name=short).exists():
        Alias.objects.create(region=region, name=short, key=names.place_key(short), given=True)
    suspicions.suspect(region, named, by=by, at=at)

"""The sample's government, its departments and its people, all of the people invented."""

from datetime import datetime

from gyoryu.accounts.actions import people as actions
from gyoryu.accounts.models import Unit

PASSWORD = "gyoryu-demo"  # noqa: S105 (said aloud to everybody who runs the sample)
UNITS = [
    ("gg", None, "government", "경기도", "Gyeonggi Province"),
    ("coop", "gg", "bureau", "국제협력국", "International Cooperation Bureau"),
    ("exchange", "coop", "division", "국제교류과", "International Exchange Division"),
    ("trade", "coop", "division", "국제통상과", "International Trade Division"),
    ("residents", "coop", "division", "이민사회지원과", "Immigrant Community Division"),
    ("shanghai", "trade", "centre", "경기비즈니스센터 상하이", "Gyeonggi Business Centre Shanghai"),
]
ACCOUNTS = [
    ("officer@gyoryu.example", "officer", "exchange"),
    ("trade@gyoryu.example", "officer", "trade"),
    ("approver@gyoryu.example", "approver", "coop"),
    ("viewer@gyoryu.example", "viewer", "gg"),
    ("press@gyoryu.example", "press", "gg"),
    ("auditor@gyoryu.example", "auditor", "gg"),
    ("admin@gyoryu.example", "administrator", "gg"),
]
# People from outside who can be signed in as, and as whom.
OUTSIDERS = {
    "company@gyoryu.example": "company",
    "provider@gyoryu.example": "provider",
    "panel1@gyoryu.example": "panel",
}
NAMES = {
    "officer@gyoryu.example": ("서지안", "Seo Jian"),
    "trade@gyoryu.example": ("문태오", "Moon Taeo"),
    "approver@gyoryu.example": ("한도윤", "Han Doyun"),
    "viewer@gyoryu.example": ("김세온", "Kim Seon"),
    "press@gyoryu.example": ("오하린", "Oh Harin"),
    "auditor@gyoryu.example": ("남궁윤", "Namgung Yun"),
    "admin@gyoryu.example": ("백이든", "Baek Ideun"),
}


def loaded() -> bool:
    """Tell whether the sample is there."""
    return Unit.objects.exists()


def load(at: datetime) -> str:
    """Make the departments and the accounts; return what was made."""
    units: dict[str, Unit] = {}
    for key, parent, kind, ko, en in UNITS:
        names = {"name_ko": ko, "name_en": en}
        units[key] = actions.add_unit(units.get(parent or ""), kind, names, by=None, at=at)
    for email, role, key in ACCOUNTS:
        ko, en = NAMES[email]
        names = {"name_ko": ko, "name_en": en}
        unit = units[key]
        user = actions.add_user(email, names, password=PASSWORD, unit=unit, by=None, at=at)
        actions.grant(user, role, unit, by=None, at=at)
    return f"{len(UNITS)} departments, {len(ACCOUNTS)} people who sign in"


def units() -> dict[str, Unit]:
    """Return the sample's departments by their short keys."""
    found = {unit.name_en: unit for unit in Unit.objects.all()}
    return {key: found[en] for key, _parent, _kind, _ko, en in UNITS}

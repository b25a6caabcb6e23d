"""What every test stands on: the day, the settings, a small government and its people."""

from datetime import UTC, date, datetime

TODAY = date(2025, 4, 1)
NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)  # 09:30 in Seoul


def still(storages):
    """Return what is set for every test: the clock stands, and no password takes its time."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {
        "TODAY": f"{TODAY}T10:00",
        "STORAGES": {**storages, "staticfiles": plain},
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }


def government():
    """Put in a government with a bureau and its division, and a second one beside it."""
    from gyoryu.accounts.models import Unit

    def unit(name_ko, name_en, kind, parent=None):
        made = Unit(
            name_ko=name_ko, name_en=name_en, kind=kind, parent=parent, path=f"new-{name_en}"
        )
        made.save()
        made.path = f"{parent.path if parent else '/'}{made.pk}/"
        made.save()
        return made

    root = unit("한결도", "Hangyeol Province", "government")
    bureau = unit("국제협력국", "International Cooperation Bureau", "bureau", root)
    division = unit("국제협력과", "International Cooperation Division", "division", bureau)
    other = unit("다른도", "Other Province", "government")
    return type(
        "Province", (), {"root": root, "bureau": bureau, "division": division, "other": other}
    )


def somebody(province, role, unit=None, email=""):
    """Put in a user with a role."""
    from gyoryu.accounts.models import Membership, User

    count = User.objects.count()
    user = User(
        email=email or f"{role}{count}@example.test",
        name_ko=f"{role} 홍",
        name_en=f"{role} Hong",
    )
    user.set_password("correct horse")
    user.save()
    Membership.objects.create(user=user, unit=unit or province.division, role=role)
    return user

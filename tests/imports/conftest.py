import pytest


@pytest.fixture
def places(db):
    """The regions that the lists in these tests name."""
    from gyoryu.parties.actions import regions

    def country(code, ko, en):
        from gyoryu.parties.models import Region

        made = Region(kind="country", code=code, name_ko=ko, name_en=en, path=f"new-{code}")
        made.save()
        made.path = f"/{made.pk}/"
        made.save()
        regions.aliases.write_names(made, new=True, by=None)
        return made

    return {"CN": country("CN", "중국", "China"), "JP": country("JP", "일본", "Japan")}


@pytest.fixture
def ours(province, now):
    from gyoryu.parties import actions

    values = {"kind": "government", "name_ko": "한결도", "name_en": "Hangyeol Province"}
    return actions.add_organisation(province.root, values, by=None, at=now)

"""A province's office with its regions, areas and ordinance, and the desks of two people in it.

What a scenario's tests start from is typed in once: by the function ``tell`` of their module, in a
transaction that lasts as long as the module. Each test then undoes what it has done itself.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as held
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from tests.beginnings import NOW, government, somebody, still
from tests.scenarios.desk import Desk

from gyoryu.agreements.actions import areas, duties
from gyoryu.parties.actions import regions

AREAS = [
    ("청소년 교류", "Youth exchange"),
    ("농업기술", "Agricultural technology"),
    ("보건의료", "Health"),
    ("기후·환경", "Climate and environment"),
    ("기업 교류", "Business exchange"),
    ("관광", "Tourism"),
    ("통상", "Trade"),
    ("이민사회", "Immigrant community"),
]


def furnish(province):
    """Install the regions of the world, the areas of co-operation and the ordinance."""
    regions.install_regions(by=None, at=NOW)
    for name_ko, name_en in AREAS:
        areas.add_area({"name_ko": name_ko, "name_en": name_en}, by=None, at=NOW)
    duties.install_policy(province.root, by=None, at=NOW)
    return province


@dataclass
class Scene:
    """Where a module's story is played: by whom, what came of it, and on which day it ended."""

    province: Any
    officer: Any
    approver: Any
    story: Any
    today: str
    folder: Any


@pytest.fixture(scope="module", autouse=True)
def _scene(request, django_db_setup, django_db_blocker, tmp_path_factory):
    tell = getattr(request.module, "tell", None)
    if tell is None:
        yield None
        return
    folder = tmp_path_factory.mktemp("scene")
    own = {**still(held.STORAGES), "MEDIA_ROOT": folder / "held", "STATIC_ROOT": folder}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**own), translation.override("ko"):
            province = furnish(government())
            officer, approver = (somebody(province, role) for role in ("officer", "approver"))
            story = tell(Desk(officer, held))
            scene = Scene(province, officer, approver, story, held.TODAY, folder)
        yield scene
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _played(_scene, _still_clock, _documents_elsewhere, settings):
    """The day and the documents are those the story left."""
    if _scene is not None:
        settings.TODAY, settings.MEDIA_ROOT = _scene.today, _scene.folder / "held"


@pytest.fixture
def told(_scene, db):
    """What the module's story left, fresh for each test."""
    return deepcopy(_scene.story)


@pytest.fixture
def office(_scene, request):
    """A province in which the regions, areas and ordinance are installed."""
    return _scene.province if _scene else furnish(request.getfixturevalue("province"))


@pytest.fixture
def desk(_scene, db, office, request, settings):
    """The desk of the officer who writes the record."""
    return Desk(_person("officer", _scene, request), settings)


@pytest.fixture
def head(_scene, db, office, request, settings):
    """The desk of the approver of the same division."""
    return Desk(_person("approver", _scene, request), settings)


def _person(role, scene, request):
    return deepcopy(getattr(scene, role)) if scene else request.getfixturevalue(role)

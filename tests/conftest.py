"""What every test stands on: a small government, its people, and a clock that stands still."""

import os
from functools import partial

import hypothesis
import pytest
from django.db import connection
from django.test import Client, SimpleTestCase, TransactionTestCase, override_settings
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from tests import intruder, migrated, postgres
from tests.beginnings import NOW, government, somebody, still

from gyoryu.doors import texts

# How long an example takes says nothing on a machine that does other work besides.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# What lands must not hang on luck: the gate tries the same examples each time, and a developer's
# machine goes on looking for new ones.
hypothesis.settings.register_profile(
    "same examples", hypothesis.settings.get_profile("any machine"), derandomize=True, database=None
)
hypothesis.settings.load_profile(os.environ.get("GYORYU_HYPOTHESIS", "any machine"))
# Fixtures through which a test asks for the database.
DATABASES = {"db", "transactional_db", "django_db_setup", "live_server"}
os.environ.setdefault("GYORYU_DEBUG", "1")
migrated.use()
texts.compile_all()
# Django has read the catalogues before they were compiled; on a fresh checkout it found none.
translation_file_changed(None, texts.HOUSE / "django.mo")


def pytest_collection_modifyitems(config, items):
    """Let the second run, on PostgreSQL, leave out what no database can change."""
    if connection.vendor == "postgresql":
        minding = [_minds_the_database(item) for item in items]
        left = [item for item, minds in zip(items, minding, strict=True) if not minds]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item, minds in zip(items, minding, strict=True) if minds]


def _minds_the_database(item):
    if item.get_closest_marker("once"):
        return False
    asked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    by_class = item.cls is not None and issubclass(item.cls, SimpleTestCase)
    # Programs of their own, which are told of the database by the environment.
    by_program = "/tests/doors/" in item.path.as_posix()
    return bool(asked or by_class or by_program or DATABASES & set(item.fixturenames))


def pytest_runtest_setup(item):
    """Tests that need PostgreSQL run when the suite runs on it (`./gyoryu test` does both)."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        if postgres.required():
            pytest.fail("needs PostgreSQL: python -m tests.postgres pytest …")
        pytest.skip("runs on PostgreSQL: python -m tests.postgres pytest …")


@pytest.fixture(autouse=True, scope="session")
def _history_can_be_emptied_between_tests():
    """Transactional tests empty the tables; the history's triggers would not let them."""
    empty = TransactionTestCase._fixture_teardown

    def lifted(self):
        with intruder.triggers_lifted():
            empty(self)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True, scope="session")
def _a_data_folder_of_its_own(tmp_path_factory):
    """What processes of one machine share must not be shared by tests that run side by side."""
    with override_settings(DATA=tmp_path_factory.mktemp("data")):
        yield


@pytest.fixture(autouse=True)
def _still_clock(settings):
    for name, value in still(settings.STORAGES).items():
        setattr(settings, name, value)


@pytest.fixture(autouse=True)
def _korean_to_begin_with():
    # A request leaves its language behind in the thread; no test may hear the one before it.
    with translation.override("ko"):
        yield


@pytest.fixture(autouse=True)
def _documents_elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "held", tmp_path


@pytest.fixture(autouse=True)
def _no_ranking_of_an_earlier_test():
    """Tests give their records the same numbers again and again, at the same moment."""
    from gyoryu.programmes.sheets import reviews

    reviews.kept.clear()


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def province(db):
    """Gyeonggi-like government with a bureau, its division, and a second government beside it."""
    return government()


@pytest.fixture
def person_with(province):
    """Make a user who holds a role at a unit (the division unless said otherwise)."""
    return partial(somebody, province)


@pytest.fixture
def officer(person_with):
    return person_with("officer")


@pytest.fixture
def approver(person_with):
    return person_with("approver")


@pytest.fixture
def signed_in():
    """A browser that somebody has signed in with."""

    def make(user, language="ko"):
        client = Client()
        client.force_login(user)
        client.cookies["language"] = language
        return client

    return make

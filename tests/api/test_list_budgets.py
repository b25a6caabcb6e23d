"""Lists of programmes and of trade ask the database eight questions, for one row as for many."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import permissions

from gyoryu.programmes import api as programmes
from gyoryu.trade import api as trade

pytestmark = pytest.mark.django_db
MANY = 12
LISTS = [
    one.path
    for desk in (*programmes.DESKS, *trade.DESKS)
    for one in desk.operations
    if one.shape and one.shape.__name__.endswith("Page")
    and {"items", "next"} <= one.shape.model_fields.keys()
]  # fmt: skip
# Readers of whom one may see each list.
READERS = ("approver", "officer", "auditor")


TOLD_APART = {"number", "name_ko", "title_ko", "code", "mark", "link_mark", "slug", "order"}


def twin(row, n, deep=True):
    """Add a row like this one, with twins of what it may not share; none where no two can be."""
    fields = row._meta.concrete_fields
    made = type(row)(**{one.attname: getattr(row, one.attname) for one in fields})
    made.pk = None
    for one in fields:
        if isinstance(one, models.CharField) and one.name in TOLD_APART:
            setattr(made, one.name, f"{getattr(row, one.name)}-{n}"[: one.max_length])
        if isinstance(one, models.DateField) and one.name in {"day", "month"}:
            setattr(made, one.name, getattr(row, one.name) + timedelta(days=n + 1))
    own = [
        one
        for one in fields
        if one.is_relation and one.name in {"ceiling", "organisation", "award", "participant"}
    ]
    for replaced in ([], *([one] for one in own), own):
        for one in replaced if deep else []:
            target = getattr(row, one.name)
            setattr(made, one.name, target and twin(target, n, deep=False))
        if _saved(made):
            return made
    return None


def _saved(made):
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except (IntegrityError, ValueError):
        made.pk = None
        return False
    return True


def asked(address, secret):
    headers = {"Authorization": f"Bearer {secret}"}
    Client().get(address, headers=headers)
    with CaptureQueriesContext(connection) as told:
        reply = Client().get(address, headers=headers)
    if reply.status_code != 200:
        return None, 0
    own = [query["sql"] for query in told if "SAVEPOINT" not in query["sql"]]
    return len(reply.json()["items"]), len(own)


def test_every_list_of_these_desks_asks_eight_questions_at_most(settings):
    settings.API_CALLS = 1_000_000
    world = permissions.World()
    for label in permissions.RECORDS:
        world.get(label)
    secrets = [permissions._token_of(world, role)[1] for role in READERS]
    addresses = {}
    for path in LISTS:
        address = f"/api/v1/{path}"
        for name, value in permissions.numbers(world, address).items():
            address = address.replace(f"{{{name}}}", str(value))
        addresses[path] = address

    def measure():
        return {
            path: max((asked(address, secret) for secret in secrets), key=lambda one: one[0] or -1)
            for path, address in addresses.items()
        }

    few = measure()
    for row in list(world.made.values()):
        if isinstance(row, models.Model) and row._meta.app_label in {"programmes", "trade"}:
            all(twin(row, n) for n in range(MANY))
    many = measure()
    assert {path for path, (items, _n) in many.items() if items is None} == set()
    assert {path: n for path, (_items, n) in many.items() if n > 8} == {}
    assert {
        path: (few[path], many[path])
        for path in LISTS
        if few[path][0] and few[path][1] != many[path][1]
    } == {}
    grown = {path for path in LISTS if few[path][0] and many[path][0] > few[path][0]}
    print("GROWN", len(LISTS), len(grown), sorted(set(LISTS) - grown))
    assert len(grown) > len(LISTS) // 2

"""Very many rows inserted together are the rows that the models' own way would have made."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Agreement, Commitment, Duty, StatusChange
from gyoryu.history import actions as history
from gyoryu.history import queries
from gyoryu.history.inserting import insert_all, insert_one, insert_rows, update_one
from gyoryu.history.models import Entry

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def unit():
    return Unit.objects.create(name_ko="국제협력과", name_en="International Cooperation")


def stored(row: Model):
    """Return every column as the database has it, but what only one row may have."""
    values = type(row)._default_manager.filter(pk=row.pk).values().get()
    return {name: value for name, value in values.items() if name not in {"id", "number"}}


def agreement(own, **more):
    return Agreement(
        unit=own, title_ko='나루시 "우호" 협정\n\\N', kind=Agreement.Kind.MOU,
        status_since=date(2025, 1, 1), **more
    )  # fmt: skip


def test_every_column_is_what_saving_would_have_written():
    own = unit()
    typed, put = agreement(own, number="1"), agreement(own, number="2")
    typed.save()
    insert_all([put])
    assert stored(put) == stored(typed)
    assert put._state.adding is False
    told = {"a": [None, '한 "글"'], "b": [1, True]}
    values = {"at": NOW, "by_id": None, "unit_id": own.pk, "verb": "x", "record": 1,
              "model_id": ContentType.objects.get_for_model(Unit).pk, "changes": told,
              "digest": "d"}  # fmt: skip
    one = Entry.objects.create(**values, nonce="1")
    (pk,) = insert_rows(Entry, [*values, "nonce"], [(*values.values(), "2")])
    assert stored(Entry(pk=pk)) == stored(one) | {"nonce": "2"}


def test_keys_go_on_where_others_left_off_and_are_the_rows_own():
    own = unit()
    rows = [agreement(own, title_en=str(number), number=str(number)) for number in range(300)]
    first = agreement(own, number="first")
    first.save()
    insert_all(rows)
    after = agreement(own, number="after")
    after.save()
    assert [row.pk for row in rows] == sorted({row.pk for row in rows})
    assert first.pk < rows[0].pk
    assert rows[-1].pk < after.pk
    named = dict(Agreement.objects.values_list("pk", "title_en"))
    assert [named[row.pk] for row in rows] == [row.title_en for row in rows]


def test_what_a_row_points_to_may_have_got_its_key_since():
    own = unit()
    target = agreement(own)
    promise = Commitment(unit=own, agreement=target, words="보낸다", status_since=date(2025, 1, 1))
    insert_all([target])
    insert_all([promise])
    assert Commitment.objects.get().agreement_id == target.pk == promise.agreement_id


def test_a_constraint_refuses_them_all():
    own = unit()
    target = agreement(own)
    target.save()
    names = ["agreement_id", "status", "on", "reason", "at"]
    steps = [(target.pk, "signed", date(2025, 1, 1), reason, NOW) for reason in ("a", "")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(StatusChange, names, steps)
    assert not StatusChange.objects.exists()


def test_nothing_to_insert_is_nothing_done(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_all([])
        assert insert_rows(Duty, ["due_on"], []) == []


def test_very_many_entries_are_sealed_and_faultless(django_capture_on_commit_callbacks):
    own = unit()
    done = [history.Done("unit.changed", own, changes={"name_ko": [n, "다"]}) for n in range(150)]
    with django_capture_on_commit_callbacks(execute=True):
        history.record_many(done, by=None, at=NOW)
    assert Entry.objects.filter(seal__isnull=False).count() == 150
    assert list(queries.faults()) == []


def test_one_row_is_inserted_and_changed_as_saving_would():
    own = unit()
    typed, put = agreement(own, number="1"), agreement(own, number="2")
    typed.save()
    assert insert_one(put)
    assert stored(put) == stored(typed)
    names = ["title_ko", "kind", "status_since"]
    for row in (typed, put):
        row.title_ko, row.kind = "다른 제목", Agreement.Kind.SISTERHOOD
        row.status_since = date(2025, 2, 1)
    typed.save(update_fields=names)
    update_one(put, names)
    assert stored(put) == stored(typed)
    assert Agreement.objects.get(pk=put.pk).title_ko == "다른 제목"


def test_a_row_whose_unique_value_stands_is_left_out_or_refused():
    first = Entry(**_said("a" * 16))
    assert insert_one(first)
    assert first.pk
    second = Entry(**_said("a" * 16))
    assert not insert_one(second, unless_there=True)
    assert second.pk is None
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_one(second)
    assert Entry.objects.filter(nonce="a" * 16).count() == 1


def _said(nonce):
    model = ContentType.objects.get_for_model(Unit)
    return {"at": NOW, "verb": "unit.changed", "model": model, "record": 1, "nonce": nonce}

"""The history is append-only, and tampering behind its back is named."""

import io
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from tests.intruder import triggers_lifted

from gyoryu.history import actions, chain, queries
from gyoryu.history.models import Entry, Head, Seal
from gyoryu.history.queries import Fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(officer, now):
    """Three seals of two entries each."""
    for step in range(3):
        at = now + timedelta(minutes=step)
        actions.record_many(
            [
                actions.Done(f"thing.{step}{n}", officer, changes={"name_ko": ["전", "후"]})
                for n in range(2)
            ],
            by=officer,
            at=at,
        )
        actions.seal(by=None, at=at)
    return list(Entry.objects.order_by("pk"))


def faults():
    return [(fault.kind, fault.number) for fault in queries.faults()]


def test_a_history_nobody_touched_is_whole(written):
    assert faults() == []
    assert queries.head().number == 3


def test_what_is_written_but_not_sealed_yet_is_whole_too(written, officer, now):
    actions.record("thing.new", officer, by=officer, at=now)
    assert faults() == []


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(reason="I was asked to"),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(by=None),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(seal=None),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(seal=2),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Seal.objects.filter(number=1).update(digest="0" * 64),
        lambda entry: Seal.objects.filter(number=3).delete(),
        lambda entry: Head.objects.all().delete(),
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_written(written, tamper):
    with pytest.raises(DatabaseError, match=r"append-only|PROTECT|foreign"), transaction.atomic():
        tamper(written[0])
    assert faults() == []


def test_an_unsealed_entry_can_be_sealed_and_nothing_else(written, officer, now):
    actions.record("thing.new", officer, by=officer, at=now)
    new = Entry.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=new.pk).update(seal=1, reason="and this")
    assert actions.seal(by=None, at=now) == 1
    assert faults() == []


def test_a_changed_entry_is_named(written):
    with triggers_lifted():
        Entry.objects.filter(pk=written[2].pk).update(reason="nothing happened")
    assert list(queries.faults()) == [Fault("changed", written[2].pk, "thing.10")]


def test_a_changed_before_and_after_is_named(written):
    with triggers_lifted():
        Entry.objects.filter(pk=written[3].pk).update(changes={"name_ko": ["전", "다른 것"]})
    assert faults() == [("changed", written[3].pk)]


def test_a_removed_entry_is_named(written):
    with triggers_lifted():
        Entry.objects.filter(pk=written[0].pk).delete()
    assert faults() == [("removed", written[0].pk)]


def test_an_inserted_entry_is_named_whether_sealed_or_not(written):
    with triggers_lifted():
        forged = written[0]
        forged.pk, forged.nonce, forged.reason = None, "f" * 16, "forged"
        forged.save()
        loose = Entry.objects.get(nonce="f" * 16)
        loose.pk, loose.nonce, loose.seal = None, "e" * 16, None
        loose.save()
    pks = list(Entry.objects.filter(reason="forged").order_by("pk").values_list("pk", flat=True))
    assert faults() == [("inserted", pks[0]), ("inserted", pks[1])]


def test_a_genuine_entry_cannot_be_put_in_a_second_time(written):
    copy = written[0]
    copy.pk, copy.seal = None, None
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.save()


def test_two_entries_that_change_places_are_named(written):
    one, two = written[0], written[1]
    with triggers_lifted():
        Entry.objects.filter(pk__in=[one.pk, two.pk]).delete()
        one.pk, two.pk = two.pk, one.pk
        one.save(force_insert=True)
        two.save(force_insert=True)
    assert faults() == [("seal", 1)]


def test_a_seal_that_was_made_again_is_named(written):
    with triggers_lifted():
        Seal.objects.filter(number=2).update(digest=chain.entry_digest({}, "another key"))
    assert faults() == [("seal", 2), ("seal", 3)]


def test_a_seal_that_claims_a_billion_entries_is_named(written):
    with triggers_lifted():
        Seal.objects.filter(number=2).update(entries="1-1000000000")
    assert faults() == [("seal", 2)]


def test_a_removed_seal_is_named_with_its_entries(written):
    with triggers_lifted():
        Entry.objects.filter(seal=2).delete()
        Seal.objects.filter(number=2).delete()
    assert faults() == [("seal", 2), ("seal", 3)]


def test_a_cut_off_end_is_named(written):
    with triggers_lifted():
        Entry.objects.filter(seal=3).delete()
        Seal.objects.filter(number=3).delete()
    assert faults() == [("end", 3)]


def test_a_cut_off_end_is_named_even_when_the_head_was_set_back(written):
    with triggers_lifted():
        Entry.objects.filter(seal=3).delete()
        Seal.objects.filter(number=3).delete()
        Head.objects.update(number=2, digest=Seal.objects.get(number=2).digest)
    assert faults() == [("end", 2)]


def test_an_emptied_history_is_named(written):
    with triggers_lifted():
        Entry.objects.all().delete()
        Seal.objects.all().delete()
    assert faults() == [("end", 3)]


def test_the_command_names_the_break_and_fails(written):
    said = io.StringIO()
    call_command("verify_history", stdout=said)
    newest = Seal.objects.get(number=3).digest
    assert said.getvalue() == f"6 entries in 3 seals, 0 faults, newest digest {newest}\n"
    with triggers_lifted():
        Entry.objects.filter(pk=written[5].pk).update(name="Somebody else")
    said = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_history", stdout=said)
    assert end.value.code == 1
    assert said.getvalue().splitlines()[0] == f"changed {written[5].pk} thing.21"


def test_the_other_command_seals_what_is_left(written, officer, now):
    actions.record("thing.new", officer, by=officer, at=now)
    said = io.StringIO()
    call_command("seal_history", stdout=said)
    assert said.getvalue().startswith("1 entries sealed; seal 4, newest digest ")
    assert faults() == []


def test_verifying_in_stretches_comes_to_the_same(written, monkeypatch):
    monkeypatch.setattr(queries, "TOGETHER", 2)
    with triggers_lifted():
        Entry.objects.filter(pk=written[2].pk).update(reason="nothing happened")
    assert faults() == [("changed", written[2].pk)]


def test_one_transaction_is_sealed_once_however_much_it_writes(
    officer, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as calls:
        for n in range(5):
            actions.record(f"thing.{n}", officer, by=officer, at=now)
    assert len(calls) == 1
    assert Entry.objects.filter(seal=None).count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_at_once_leave_one_unbroken_chain(officer, now):
    def write(number):
        try:
            for step in range(10):
                with transaction.atomic():
                    actions.record(f"thing.{number}.{step}", officer, by=officer, at=now)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[n]) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    actions.seal(by=None, at=now)
    assert faults() == []
    assert Entry.objects.exclude(seal=None).count() == 160


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_entry(officer, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.record("thing.done", officer, by=officer, at=now)
        raise RuntimeError
    assert not Entry.objects.exists()

"""Many hands on one award: no won beyond a ceiling, none lost, nobody in another's way for good."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from ledger_books import AT, ON, SAID, ceilings, count, state, whole
from tests.intruder import triggers_lifted

from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import ledger
from gyoryu.programmes.models import LedgerEntry
from gyoryu.programmes.rules.money import Movement, Undoing

HERE = Path(__file__).parents[2]


def move(ceiling, kind, amount, key="", **more):
    key = key or f"{ceiling.pk}/{kind}/{count()}"
    return ledger.move(Movement(ceiling, kind, amount, key, ON, **more), **SAID)


def books(award=500, caps=(300, 400), drawn=None):
    """A line with one award under it; caps of its categories overlap."""
    line, allotment, granted, *own = ceilings(len(caps))
    move(line, "appropriated", 1000)
    move(allotment, "allotted", 1000)
    move(granted, "awarded", award, drawn=drawn)
    for category, cap in zip(own, caps, strict=True):
        move(category, "capped", cap)
    return line, allotment, granted, *own


def at_once(hands):
    """Let every hand begin at the same moment; return what went wrong in any of them."""
    start, wrong = threading.Barrier(len(hands)), []

    def go_on(hand):
        try:
            start.wait()
            hand()
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go_on, args=[hand]) for hand in hands]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not any(one.is_alive() for one in threads), "somebody waits for ever"
    return wrong


@pytest.fixture
def address(tmp_path):
    """Where processes of their own find these books: a copy as a file, or the server itself."""

    def make():
        if connection.vendor == "postgresql":
            own = connection.settings_dict
            return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**own)
        path = tmp_path / "books.sqlite3"
        file = sqlite3.connect(path)
        connection.connection.backup(file)
        file.close()
        return f"sqlite://{path}"

    return make


def hand(address, *asked):
    line = [sys.executable, "-m", "tests.programmes.ledger_hands", *map(str, asked)]
    own = {"GYORYU_DATABASE": address, "PYTHONPATH": f"{HERE / 'src'}:{HERE}", "GYORYU_DEBUG": "1"}
    return subprocess.Popen(
        line,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
        env={**os.environ, **own},
    )


def told(process):
    out, _none = process.communicate(timeout=240)
    assert process.returncode == 0, out
    return json.loads(out)


def read(address):
    """What stands in the books by now: in this database, or in the file that was worked on."""
    if connection.vendor == "postgresql":
        return state()
    file = sqlite3.connect(address.removeprefix("sqlite://"))
    file.row_factory = sqlite3.Row
    rows = file.execute('SELECT id, "limit", committed, reserved, paid FROM programmes_ceiling')
    return {row["id"]: dict(row) for row in rows}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("drawn", [None, 350], ids=["award", "voucher"])
def test_four_processes_on_one_award_win_exactly_what_it_has(address, drawn) -> None:
    _line, _allotment, award, *own = books(drawn=drawn)
    place = address()
    asked = [one.pk for one in own]
    # A hundred tries of five won each would be four times what there is.
    hands = [hand(place, "hammer", seed, 100, *asked) for seed in range(4)]
    for one in hands:
        assert one.stdout.readline() == "ready\n"
    for one in hands:
        one.stdin.write("go\n")
        one.stdin.flush()
    won = [told(one) for one in hands]
    stands = read(place)
    assert stands[award.pk]["committed"] == sum(one["won"] for one in won)
    assert 500 - 9 < stands[award.pk]["committed"] <= 500
    assert sum(stands[one.pk]["committed"] for one in own) == stands[award.pk]["committed"]
    assert sum(one["refused"] for one in won) > 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("drawn", [None, 350], ids=["award", "voucher"])
def test_sixteen_threads_on_one_award_win_exactly_what_it_has(drawn) -> None:
    *_above, award, first, second = books(drawn=drawn)
    won = [0] * 16

    def work(number):
        chance = random.Random(number)
        for step in range(40):
            amount = chance.randint(1, 9)
            try:
                move(chance.choice([first, second]), "approved", amount, f"{number}-{step}")
                won[number] += amount
            except Refused:
                pass

    assert at_once([lambda n=n: work(n) for n in range(16)]) == []
    stands = state()
    assert stands[award.pk]["committed"] == sum(won)
    assert 500 - 9 < sum(won) <= 500
    assert whole()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_those_who_move_under_several_ceilings_at_once_wait_in_a_line_not_in_a_circle() -> None:
    _line, _allotment, award, first, second = books(award=600)

    def amend(number):
        """An amendment raises the award and both caps, in an order of its own."""
        raised = [(award, "awarded", 1), (first, "capped", 1), (second, "capped", 1)]
        random.Random(number).shuffle(raised)
        for step in range(10):
            keyed = [
                Movement(one, kind, much, f"a{number}-{step}-{one.pk}", ON)
                for one, kind, much in raised
            ]
            ledger.move_all(keyed, **SAID)

    def order(number):
        """An order under both headings is reserved, then settled."""
        own = [first, second] if number % 2 else [second, first]
        for step in range(10):
            key = f"o{number}-{step}"
            held = ledger.move_all(
                [Movement(one, "reserved", 1, f"{key}-{one.pk}", ON) for one in own], **SAID
            )
            settled = [Undoing(one, f"{one.key}-settled", ON) for one in held]
            approved = [Movement(one, "approved", 1, f"{key}-{one.pk}-approved", ON) for one in own]
            ledger.move_all([*settled, *approved], **SAID)

    hands = [*(lambda n=n: amend(n) for n in range(8)), *(lambda n=n: order(n) for n in range(8))]
    wrong = at_once(hands)
    assert [one for one in wrong if isinstance(one, OperationalError)] == []
    assert wrong == []
    stands = state()[award.pk]
    assert (stands["limit"], stands["committed"], stands["reserved"]) == (680, 160, 0)
    assert whole()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_key_from_sixteen_threads_pays_once() -> None:
    *_above, category = books(caps=(400,))
    move(category, "approved", 100, "approved")
    entry = LedgerEntry.objects.get(key="approved")
    made = []

    def pay():
        made.append(move(category, "paid", 60, "claim-1/paid").pk)

    assert at_once([pay] * 16) == []
    assert len(set(made)) == 1
    assert state()[category.pk]["paid"] == 60
    reversed_by = []

    def undo(number):
        try:
            paid = LedgerEntry.objects.get(key="claim-1/paid")
            ledger.reverse(paid, key=f"undo-{number}", on=ON, **SAID)
            reversed_by.append(number)
        except Refused:
            pass

    assert at_once([lambda n=n: undo(n) for n in range(16)]) == []
    assert len(reversed_by) == 1
    assert state()[category.pk]["paid"] == 0
    assert entry.amount == 100
    assert whole()


@pytest.mark.django_db(transaction=True)
def test_a_payment_killed_at_any_statement_leaves_the_books_whole_and_is_paid_once(address) -> None:
    *_above, category = books(caps=(400,))
    held = move(category, "reserved", 100, "order-1")
    entries = count()
    stages = told(hand(address(), "kill", held.pk))
    killed, last = stages[:-1], stages[-1]
    # An insert and two updates for each of three movements, at the least.
    assert len(killed) >= 9
    assert all(one["killed"] and one["whole"] for one in killed)
    assert {one["entries"] for one in killed} == {entries}
    assert all(one["state"] == killed[0]["state"] for one in killed)
    assert (last["killed"], last["entries"], last["whole"]) == (False, entries + 3, True)


@pytest.mark.django_db
def test_an_entry_is_never_changed_and_never_deleted() -> None:
    line, *_below = books()
    entry = LedgerEntry.objects.filter(ceiling=line).get()
    for attack in (
        lambda: LedgerEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda: LedgerEntry.objects.filter(pk=entry.pk).update(note="x"),
        lambda: LedgerEntry.objects.filter(pk=entry.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attack()
    entry.refresh_from_db()
    assert (entry.amount, entry.note, entry.at) == (1000, "", AT)


@pytest.mark.django_db
def test_who_lifts_the_triggers_and_changes_an_entry_is_named_by_the_verification(capsys) -> None:
    line, *_below = books()
    call_command("verify_ledger")
    assert capsys.readouterr().out.endswith(", 0 faults\n")
    with triggers_lifted():
        LedgerEntry.objects.filter(ceiling=line).update(amount=900)
    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    said = capsys.readouterr().out
    assert f"ceiling {line.pk} limit: stands at 1000, entries come to 900\n" in said

"""Whatever is done with money, in whatever order and by whomever, the books hold after each step.

The ledger is driven beside a plain model that keeps nothing but a list of entries and adds it up
anew for every question; both must allow and refuse the same.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from ledger_books import AT, ON, state, whole

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import ledger
from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.rules.money import COLUMNS, Movement, Undoing

pytestmark = pytest.mark.django_db
SPENDING = ("reserved", "approved", "paid", "advanced", "returned", "clawed_back")
amounts = st.integers(1, 60)
places = st.integers(0, 7)


class Plain:
    """The books as a list of (place, kind, amount, drawn); ``tree`` says what is above a place."""

    def __init__(self, tree):
        self.tree, self.rows = tree, []

    def sums(self, rows):
        found = {place: dict.fromkeys(COLUMNS, 0) for place in self.tree}
        for place, kind, amount, drawn in rows:
            above, level = self.tree[place]
            own = found[place]
            if kind in ("appropriated", "capped", "allotted", "awarded"):
                own["limit"] += amount
                own["drawn"] += drawn
                if above is not None:
                    found[above]["committed"] += drawn
                continue
            for one in [own, found[above]] if level == "category" else [own]:
                if kind in ("reserved", "approved"):
                    one["committed"] += amount
                if kind in ("reserved", "paid", "advanced"):
                    one[kind] += amount
                if kind in ("returned", "clawed_back"):
                    one["returned"] += amount
        return found

    def allows(self, new):
        return all(
            0 <= one["committed"] <= one["limit"]
            and 0 <= one["drawn"] <= one["limit"]
            and one["reserved"] >= 0
            and 0 <= one["paid"] <= one["committed"] - one["reserved"]
            and one["advanced"] >= 0
            and 0 <= one["returned"] <= one["paid"] + one["advanced"]
            and one["paid"] + one["advanced"] - one["returned"] <= one["limit"]
            for one in self.sums(self.rows + new).values()
        )


class Books(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.within = transaction.atomic()
        self.within.__enter__()
        line = Ceiling.objects.create(level="line")
        allotments = [Ceiling.objects.create(level="allotment", parent=line) for _ in range(2)]
        awards = [Ceiling.objects.create(level="award", parent=one) for one in allotments]
        own = [Ceiling.objects.create(level="category", parent=awards[0]) for _ in range(2)]
        self.all = [line, *allotments, *awards, *own]
        self.actors = [
            None,
            *(User.objects.create(email=f"{n}@example.test", name_ko="홍") for n in "ab"),
        ]
        self.plain = Plain({one.pk: (one.parent_id, one.level) for one in self.all})
        self.done, self.number = [], 0

    def teardown(self):
        transaction.set_rollback(True)
        self.within.__exit__(None, None, None)

    def said(self):
        return {"by": self.actors[self.number % 3], "at": AT}

    def key(self):
        self.number += 1
        return f"step-{self.number}"

    def carry_out(self, act, new):
        """Both allow it and keep it, or both refuse it and keep nothing."""
        before = LedgerEntry.objects.count()
        if not self.plain.allows(new):
            with pytest.raises(Refused):
                act()
            assert LedgerEntry.objects.count() == before
            return None
        made = act()
        self.plain.rows += new
        assert LedgerEntry.objects.count() == before + len(new)
        return made

    def move(self, ceiling, kind, amount, drawn=None):
        taken = 0 if kind not in ("allotted", "awarded") else amount if drawn is None else drawn
        movement = Movement(ceiling, kind, amount, self.key(), ON, drawn=drawn)
        said = self.said()
        made = self.carry_out(
            lambda: ledger.move(movement, **said), [(ceiling.pk, kind, amount, taken)]
        )
        if made:
            self.done.append((movement, made, said))

    @rule(amount=st.integers(-40, 200).filter(bool))
    def appropriate(self, amount):
        self.move(self.all[0], "appropriated", amount)

    @rule(which=st.integers(0, 1), amount=st.integers(-40, 120).filter(bool))
    def allot(self, which, amount):
        self.move(self.all[1 + which], "allotted", amount)

    @rule(which=st.integers(0, 1), amount=amounts, share=st.sampled_from([100, 70, 50]))
    def award(self, which, amount, share):
        self.move(self.all[3 + which], "awarded", amount, amount * share // 100)

    @rule(which=st.integers(0, 1), amount=amounts)
    def release(self, which, amount):
        self.move(self.all[3 + which], "awarded", -amount)

    @rule(which=st.integers(0, 1), amount=st.integers(-20, 60).filter(bool))
    def cap(self, which, amount):
        self.move(self.all[5 + which], "capped", amount)

    @rule(where=st.integers(3, 6), kind=st.sampled_from(SPENDING), amount=amounts)
    def spend(self, where, kind, amount):
        self.move(self.all[where], kind, amount)

    @rule(amount=amounts, caps=st.tuples(st.integers(1, 30), st.integers(1, 30)))
    def amend(self, amount, caps):
        """A raised award and its caps, together or not at all."""
        wanted = [(self.all[3], "awarded", amount), (self.all[5], "capped", caps[0]),
                  (self.all[6], "capped", caps[1])]  # fmt: skip
        movements = [Movement(one, kind, much, self.key(), ON) for one, kind, much in wanted]
        new = [(one.pk, kind, much, much if kind == "awarded" else 0) for one, kind, much in wanted]
        self.carry_out(lambda: ledger.move_all(movements, **self.said()), new)

    @rule(place=places, share=st.integers(1, 100))
    def settle(self, place, share):
        """A reservation becomes what is approved of it."""
        held = [made for movement, made, _said in self.done if movement.kind == "reserved"]
        if not held:
            return
        entry = held[place % len(held)]
        amount = max(entry.amount * share // 100, 1)
        if any(row[:1] == ("undone",) and row[1] == entry.pk for row in self.undone):
            return
        steps = [
            Undoing(entry, self.key(), ON),
            Movement(entry.ceiling, "approved", amount, self.key(), ON),
        ]
        where = entry.ceiling_id
        new = [(where, "reserved", -entry.amount, 0), (where, "approved", amount, 0)]
        if self.carry_out(lambda: ledger.move_all(steps, **self.said()), new):
            self.undone.append(("undone", entry.pk))

    @property
    def undone(self):
        return self.__dict__.setdefault("_undone", [])

    @rule(place=st.integers(0, 1000))
    def reverse(self, place):
        if not self.done:
            return
        _movement, entry, _said = self.done[place % len(self.done)]
        key = self.key()

        def act():
            return ledger.reverse(entry, key=key, on=ON, **self.said())

        if ("undone", entry.pk) in self.undone:
            with pytest.raises(Refused):
                act()
        elif self.carry_out(act, [(entry.ceiling_id, entry.kind, -entry.amount, -entry.drawn)]):
            self.undone.append(("undone", entry.pk))
            assert act().key == key  # once more with the same key: the same reversal

    @rule(place=st.integers(0, 1000))
    def send_again(self, place):
        """The same key: the same entry; the same key for another amount: refused."""
        if not self.done:
            return
        movement, entry, said = self.done[place % len(self.done)]
        before = LedgerEntry.objects.count()
        assert ledger.move(movement, **said) == entry
        with pytest.raises(Refused):
            other = Movement(
                movement.ceiling, movement.kind, movement.amount + 1, movement.key, ON,
                drawn=movement.drawn,
            )  # fmt: skip
            ledger.move(other, **said)
        assert LedgerEntry.objects.count() == before

    @invariant()
    def books_hold(self):
        assert state() == self.plain.sums(self.plain.rows)
        assert whole()


def test_the_books_hold_after_every_step_of_any_sequence() -> None:
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Hands that move money in processes of their own; what they did is printed as JSON.

`python -m tests.programmes.ledger_hands hammer SEED TRIES AWARD CATEGORY…` approves at random under
one award; `… kill RESERVATION` settles and pays one order again and again, each time in a process
that is killed one statement later, until one comes through.
"""

import json
import os
import random
import signal
import sys
from contextlib import ExitStack
from typing import Any


def hammer(seed: int, tries: int, *ceilings: int) -> dict[str, int]:
    """Approve amounts at random under some ceilings; return what was won and how often refused."""
    from tests.programmes.ledger_books import ON, SAID

    from gyoryu.base.refused import Refused
    from gyoryu.programmes.actions import ledger
    from gyoryu.programmes.models import Ceiling
    from gyoryu.programmes.rules.money import Movement

    chance, rows = random.Random(seed), list(Ceiling.objects.filter(pk__in=ceilings))
    print("ready", flush=True)
    sys.stdin.readline()  # all begin together
    won = refused = 0
    for number in range(tries):
        ceiling, amount = chance.choice(rows), chance.randint(1, 9)
        try:
            ledger.move(Movement(ceiling, "approved", amount, f"{seed}-{number}", ON), **SAID)
            won += amount
        except Refused:
            refused += 1
    return {"won": won, "refused": refused}


def kill(reservation: int) -> list[dict[str, Any]]:
    """Pay in children killed after one, two, three … statements; tell how the books stood then."""
    from django.db import connections

    told = []
    for step in range(100):
        connections.close_all()
        child = os.fork()
        if child == 0:
            _pay(reservation, step)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        told.append({"killed": os.WIFSIGNALED(status), **_books()})
        if not told[-1]["killed"]:
            return told
    raise SystemExit("the payment never came through")


def _books() -> dict[str, Any]:
    from tests.programmes.ledger_books import count, state, whole

    rows = sorted(list(row.values()) for row in state().values())
    return {"entries": count(), "state": rows, "whole": whole()}


def _pay(reservation: int, steps: int) -> None:
    """Settle and pay an order in one transaction; this process is killed after some statements."""
    from django.db import connection, transaction
    from tests.programmes.ledger_books import ON, SAID

    from gyoryu.programmes.actions import ledger
    from gyoryu.programmes.models import LedgerEntry
    from gyoryu.programmes.rules.money import Movement, Undoing

    left = steps

    def counted(execute, sql, params, many, context):
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return execute(sql, params, many, context)

    entry = LedgerEntry.objects.select_related("ceiling").get(pk=reservation)
    settled = [
        Undoing(entry, "order-1/settled", ON),
        Movement(entry.ceiling, "approved", entry.amount - 1, "claim-1/approved", ON),
    ]
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(counted))
        with transaction.atomic():
            ledger.move_all(settled, **SAID)
            paid = Movement(entry.ceiling, "paid", entry.amount - 1, "claim-1/paid", ON)
            ledger.move(paid, **SAID)
            # The last moment at which nothing may be there yet.
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main(argv: list[str]) -> None:
    """Do what is asked and print what came of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gyoryu.settings")
    import django

    django.setup()
    act = {"hammer": hammer, "kill": kill}[argv[0]]
    print(json.dumps(act(*map(int, argv[1:]))))


if __name__ == "__main__":
    main(sys.argv[1:])

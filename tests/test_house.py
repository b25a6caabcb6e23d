"""The rules of the house that no linter knows. Each failure names the file and the mend."""

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parent.parent / "src" / "gyoryu"
# `update`, `set`, `add` and `remove` write too, but are also methods of dicts and sets.
WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
    "executemany",
    "insert_all",
    "insert_one",
    "insert_rows",
    "update_one",
}
# Rows for measuring are filled in below the actions, because filling is not what is measured; and
# what actions insert very many rows with is below them itself.
BELOW = {"bulk.py", "inserting.py"}
# Actions that carry nobody's will: helpers that write nothing, and letters that others queue.
NAMELESS = [
    "history/actions.py:changes",
    "history/actions.py:last_calls",
    "jobs/actions/hand.py:holding",
    "jobs/actions/hand.py:in_both",
    "jobs/actions/hand.py:job_in_hand",
    "jobs/actions/hand.py:report",
    "jobs/actions/working.py:lease",
    "outbox/actions.py:queue",
    "outbox/actions.py:queue_to",
    "trade/actions/tallies.py:moved",
    "trade/actions/tallies.py:recount",
]


def rooms(name: str) -> Iterator[Path]:
    yield from HOUSE.glob(f"*/{name}.py")
    yield from HOUSE.glob(f"*/{name}/*.py")


def _called(what: ast.expr) -> str:
    if isinstance(what, ast.Attribute):
        return what.attr
    # By its bare name only what writes and nothing else: others have a `create` of their own.
    if isinstance(what, ast.Name) and what.id.startswith(("insert_", "update_one")):
        return what.id
    return ""


def test_only_actions_write() -> None:
    actions = set(rooms("actions"))
    strays = []
    for path in HOUSE.rglob("*.py"):
        if path in actions or "migrations" in path.parts or path.name in BELOW:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _called(node.func) in WRITES:
                strays.append(f"{path.relative_to(HOUSE)}:{node.lineno} {_called(node.func)}()")
    assert strays == [], "move these writes into an action"


def test_every_action_says_who_did_it() -> None:
    nameless = []
    for path in rooms("actions"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if "by" not in {a.arg for a in node.args.kwonlyargs}:
                    nameless.append(f"{path.relative_to(HOUSE)}:{node.name}")
    assert sorted(nameless) == NAMELESS

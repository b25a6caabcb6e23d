"""The rules of the house that no linter knows. Each failure names the file and the mend."""

import ast
from pathlib import Path

HOUSE = Path(__file__).parent.parent / "src" / "gyoryu"
WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "set",
    "add",
    "remove",
}
ORM_ONLY = WRITES - {"update", "set", "add", "remove"}  # the others are also dict and set methods


def test_only_actions_write() -> None:
    strays = []
    for path in HOUSE.rglob("*.py"):
        if path.name == "actions.py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in ORM_ONLY:
                    strays.append(f"{path.relative_to(HOUSE)}:{node.lineno} .{node.func.attr}()")
    assert strays == [], "move these writes into an action"


def test_every_action_says_who_did_it() -> None:
    nameless = []
    for path in HOUSE.glob("*/actions.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if "by" not in {a.arg for a in node.args.kwonlyargs}:
                    nameless.append(f"{path.relative_to(HOUSE)}:{node.name}")
    assert sorted(nameless) == ["history/actions.py:changes", "outbox/actions.py:queue"]

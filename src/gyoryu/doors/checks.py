"""./gyoryu check and ./gyoryu test: what must hold before anything lands."""

import subprocess
import sys
from pathlib import Path

from gyoryu.doors import texts

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "contracts": ["lint-imports"],
    "types": ["mypy", "src"],
    "migrations": ["python", "-m", "gyoryu", "manage", "makemigrations", "--check", "--dry-run"],
    "translations": ["python", "-m", "gyoryu", "texts", "--check"],
    "system": ["python", "-m", "gyoryu", "manage", "check"],
}


def main(command: str, argv: list[str]) -> int:
    """Run the tests, or every check and then the tests."""
    texts.compile_all()
    if command == "test":
        return test(argv)
    failed = [name for name, line in CHECKS.items() if not _passes(name, line)]
    if failed:
        print(f"Failed: {', '.join(failed)}")
        return 1
    return 0 if "--no-tests" in argv else test([])


def _passes(name: str, line: list[str]) -> bool:
    print(f"── {name}", flush=True)
    return subprocess.run([str(BIN / line[0]), *line[1:]], cwd=ROOT, check=False).returncode == 0


def test(argv: list[str]) -> int:
    """Run pytest on both cores: on SQLite, and once more on PostgreSQL where it is installed."""
    pytest = [str(BIN / "pytest"), "-n", "2"]
    on_postgres = [str(BIN / "python"), "-m", "tests.postgres", *pytest, "-m", "not browser", *argv]
    runs = {"SQLite": [*pytest, "-m", "not postgres", *argv], "PostgreSQL": on_postgres}
    codes = {}
    for name, line in runs.items():
        print(f"── tests on {name}", flush=True)
        codes[name] = subprocess.run(line, cwd=ROOT, check=False).returncode
    for name, code in codes.items():
        print(f"tests on {name}: {'ok' if not code else 'FAILED'}")
    return max(codes.values())

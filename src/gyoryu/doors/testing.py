"""./gyoryu test: every test, on each database that is installed."""

import subprocess
import sys
from pathlib import Path

from gyoryu.doors import texts

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent


def main(argv: list[str]) -> int:
    """Run pytest on both cores: on SQLite, and once more on PostgreSQL where it is installed."""
    texts.compile_all()
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

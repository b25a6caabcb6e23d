"""./gyoryu check: what must hold before anything lands."""

import subprocess

from gyoryu.doors import testing, texts

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "contracts": ["lint-imports"],
    "types": ["mypy", "src"],
    "templates' format": ["djhtml", "--check", "--tabwidth", "2", "src"],
    "templates": ["python", "-m", "gyoryu.doors.templates"],
    "migrations": ["python", "-m", "gyoryu", "manage", "makemigrations", "--check", "--dry-run"],
    "translations": ["python", "-m", "gyoryu", "texts", "--check"],
    "system": ["python", "-m", "gyoryu", "manage", "check"],
}


def main(argv: list[str]) -> int:
    """Run every check, and then the tests unless told not to."""
    texts.compile_all()
    failed = [name for name, line in CHECKS.items() if not _passes(name, line)]
    if failed:
        print(f"Failed: {', '.join(failed)}")
        return 1
    return 0 if "--no-tests" in argv else testing.main([])


def _passes(name: str, line: list[str]) -> bool:
    print(f"── {name}", flush=True)
    command = [str(testing.BIN / line[0]), *line[1:]]
    return subprocess.run(command, cwd=testing.ROOT, check=False).returncode == 0

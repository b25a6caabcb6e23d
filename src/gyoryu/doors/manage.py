"""./gyoryu manage: Django's own commands, with the texts compiled first."""

from django.core.management import execute_from_command_line

from gyoryu.doors import texts


def main(argv: list[str]) -> int:
    """Run one of Django's commands."""
    texts.compile_all()
    execute_from_command_line(["./gyoryu manage", *argv])
    return 0

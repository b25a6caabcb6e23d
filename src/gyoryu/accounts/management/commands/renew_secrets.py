"""`renew_secrets`: encrypt the secrets of second factors anew, after the key was changed."""

from typing import Any

from django.core.management.base import BaseCommand

from gyoryu.accounts.actions import people


class Command(BaseCommand):
    """Run it with the new key and GYORYU_SECRET_KEY_OLD set; then the old one is needed no more."""

    help = "Encrypt the secrets of second factors with the newest key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Encrypt them and say how many there were."""
        self.stdout.write(f"{people.renew_secrets(by=None)} secrets encrypted anew")

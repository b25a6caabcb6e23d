from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Seal(models.Model):
    """A link of the chain: it fixes which entries were written, and what each of them said.

    ``entries`` lists the sealed ids ("1-5,8"); ``digest`` covers the previous seal's digest, that
    list and every entry's own digest, so a changed, removed or inserted entry breaks it.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    entries = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} · {self.digest[:12]}"


def said(held: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry with these columns says, as its digest covers it."""
    return {
        "at": held["at"].timestamp(),
        "by": held["by_id"],
        "unit": held["unit_id"],
        "verb": held["verb"],
        "model": held["model_id"],
        "record": held["record"],
        "name": held["name"],
        "changes": held["changes"],
        "reason": held["reason"],
        "nonce": held["nonce"],
    }


class Entry(models.Model):
    """One thing that was done, by whom, when, to which record, with what changed.

    ``digest`` is an HMAC of the entry under the deployment's history key, made when it is written;
    ``nonce`` is in it, so that no entry can be put in a second time.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Both have an index below that begins with them; every write in the house pays for each.
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    verb = models.CharField(max_length=40)
    model = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    record = models.PositiveBigIntegerField()
    name = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    nonce = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["model", "record", "-id"], name="entry_of_record"),
            models.Index(fields=["id"], condition=models.Q(seal=None), name="entry_unsealed"),
            models.Index(fields=["unit", "-id"], name="entry_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.name}"

    def said(self) -> dict[str, Any]:
        """Everything the entry says, as its digest covers it."""
        return said(vars(self))


class Head(models.Model):
    """The newest seal, locked while the next is made; it also tells when the end was cut off.

    ``proof`` is an HMAC of the two others: without the key nobody can set the head back.
    """

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    proof = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.number)

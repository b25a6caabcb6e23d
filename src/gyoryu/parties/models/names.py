"""The names by which regions, organisations and people are found."""

from django.db import models

from gyoryu.parties.models.organisations import Organisation
from gyoryu.parties.models.people import Person
from gyoryu.parties.models.regions import Region


class Alias(models.Model):
    """A spelling under which a region, organisation or person is found, folded to a key.

    Every name of a record has its row, and so has every name of a record merged into it.
    """

    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)
    given = models.BooleanField(
        default=False, help_text="added by hand or by a merge, not one of the record's own names"
    )

    # The names of a record that goes stay with it; the kept one is given copies.
    merges = {"region": "stay", "organisation": "stay", "person": "stay"}
    pieces = ("name", "key")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

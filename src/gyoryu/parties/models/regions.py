"""Countries, provinces and cities."""

from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import in_language


@lru_cache(maxsize=4_096)
def _page_of_region(pk: int) -> str:
    """Return a region's address; the map links to a thousand of them at once."""
    return reverse("region", args=[pk])


class Region(models.Model):
    """A country (ISO 3166-1), a province or state (ISO 3166-2), or a city under one.

    Regions are shared by the whole deployment. ``path`` holds the ids from the country down.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        SUBDIVISION = "subdivision", _("Province or state")
        CITY = "city", _("City or county")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(
        max_length=12, blank=True, help_text="ISO 3166 code, such as CN or CN-JS"
    )
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_native = models.CharField(max_length=120, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    # How a merge treats each tie to a record that goes (parties.actions.merging): "move" points
    # it to the record that is kept, "stay" leaves it.
    merges = {"parent": "move", "merged_into": "stay"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="region_code_once")
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The region's page."""
        return _page_of_region(self.pk)

"""What was announced of a programme, beside what its books say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record
from gyoryu.programmes.models.portfolio import Programme


class Announcement(Record):
    """The terms of a programme as they were told to the public on a day. Amounts are in won.

    It moves no money and sets no ceiling: it stands beside the books, so that a figure that was
    announced and another that holds can be seen together.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="announcements")
    on = models.DateField()
    name = models.CharField(max_length=200, blank=True, help_text="of the programme, as announced")
    budget = models.BigIntegerField(_("Budget, in won"), null=True, blank=True)
    ceiling = models.BigIntegerField(_("At most for each, in won"), null=True, blank=True)
    number = models.PositiveIntegerField(_("How many are supported"), null=True, blank=True)
    covers = models.CharField(_("What is paid for"), max_length=300, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(budget__gt=0) | Q(ceiling__gt=0) | Q(number__gt=0) | ~Q(covers=""),
                name="announcement_says_something",
            ),
        ]
        indexes = [models.Index(fields=["programme", "-on"], name="announcement_newest")]

    def __str__(self) -> str:
        return self.name or str(self.programme)

    def get_absolute_url(self) -> str:
        """The page of its programme."""
        return f"{self.programme.get_absolute_url()}#announced"

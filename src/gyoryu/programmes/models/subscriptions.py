"""Who asked to be written to when a call opens, and which openings were told of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.models import User
from gyoryu.programmes.models.calls import Call
from gyoryu.programmes.models.portfolio import Programme, Strategy


class Subscription(models.Model):
    """Somebody who wants a letter about each newly opened call, of one strategy or kind or of all.

    Who has an account is sure at once; an ``address`` only after its owner has said so by the link
    in a first letter. When it is ended the address is forgotten.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="subscriptions")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, blank=True, help_text="of letters to an address")
    strategy = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("strategy"),
    )  # fmt: skip
    kind = models.CharField(max_length=12, choices=Programme.Kind, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    untold = frozenset({"*"})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="")
                | Q(user=None) & ~Q(address="")
                | Q(user=None, address="", ended_at__isnull=False),
                name="subscription_of_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["address"], name="subscription_of_address"),
            models.Index(
                fields=["id"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="subscription_standing",
            ),
        ]

    def __str__(self) -> str:
        # Without the address: the history keeps it for ever.
        told = [str(self.strategy or ""), str(self.get_kind_display() if self.kind else "")]
        return " · ".join(filter(None, told)) or _("All calls")


class OpeningTold(models.Model):
    """That those who asked for it were written to about the opening of a call."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="opening_told")
    at = models.DateTimeField()
    letters = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.call)

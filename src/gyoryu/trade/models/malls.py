"""Online malls abroad: which goods are listed where, what was spent on them, what was sold."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User, in_language
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation, Product, Region
from gyoryu.trade.models.centres import Centre


class Channel(Record):
    """An online mall on which goods are listed."""

    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    name_native = models.CharField(max_length=120, blank=True)
    operator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="channels"
    )
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="channels"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, blank=True, help_text="of its customers, ISO 639-1")
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES)
    address = models.URLField(max_length=300, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    merges = {"operator": "move", "region": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_reason=""), name="channel_ended_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The channel's page."""
        return reverse("channel", args=[self.pk])


class Listing(Record):
    """A product on a channel, from being proposed to being taken off."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DOCUMENTS = "documents", _("Documents being checked")
        REGISTERED = "registered", _("Entered at the mall")
        LIVE = "live", _("On sale")
        PAUSED = "paused", _("Sale paused")
        DELISTED = "delisted", _("Taken off")

    product = models.ForeignKey(Product, models.PROTECT, related_name="listings")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="listings")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    state_since = models.DateField()
    state_reason = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=60, blank=True, help_text="the mall's number for it")
    name_native = models.CharField(max_length=200, blank=True, help_text="in its customers' words")
    about_native = models.TextField(blank=True)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    address = models.URLField(max_length=500, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    told = frozenset({"about_native"})

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "channel"], condition=Q(voided_at=None), name="listing_once"
            ),
            models.UniqueConstraint(
                fields=["channel", "code"],
                condition=~Q(code="") & Q(voided_at=None),
                name="listing_code_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paused", "delisted"]) | ~Q(state_reason=""),
                name="listing_stopped_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "state", "id"], name="listing_of_channel"),
            models.Index(fields=["-state_since", "-id"], name="listing_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.channel}"

    def get_absolute_url(self) -> str:
        """The listing's page."""
        return reverse("listing", args=[self.pk])


class ListingStep(models.Model):
    """When a listing came to a state, and why."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=Listing.State)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.state}"


class Campaign(Record):
    """A promotion on a channel: what was spent, who saw it, who ordered. Money is the channel's."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="campaigns")
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    listings = models.ManyToManyField(Listing, blank=True, related_name="campaigns")
    spend = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)
    impressions = models.PositiveBigIntegerField(null=True, blank=True)
    clicks = models.PositiveBigIntegerField(null=True, blank=True)
    orders = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(Q(spend=None) & Q(currency="")) | (Q(spend__gte=0) & ~Q(currency="")),
                name="campaign_spend_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(clicks=None) | Q(impressions=None) | Q(clicks__lte=F("impressions")),
                name="campaign_clicks_are_seen",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The campaign's page."""
        return reverse("campaign", args=[self.pk])


class Sale(Record):
    """Goods sold on a channel on a day, as the mall told it. ``order`` is the mall's number.

    Its source is the row of the mall's file; taking the file back voids it. ``campaign`` is told
    by the file (``campaign_told``), or found by the listing and the day (``actions/campaigns``).
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="sales")
    order = models.CharField(max_length=60)
    on = models.DateField()
    quantity = models.IntegerField(help_text="below zero for what came back")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="sales"
    )
    campaign_told = models.BooleanField(default=False)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["listing", "order"], condition=Q(voided_at=None), name="sale_once"
            ),
            models.CheckConstraint(
                condition=Q(campaign_told=False) | Q(campaign__isnull=False),
                name="sale_campaign_told_is_named",
            ),
        ]
        indexes = [
            models.Index(fields=["listing", "on"], name="sale_of_listing"),
            models.Index(fields=["-on", "-id"], name="sale_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.on}"


class ShopWindow(Record):
    """A public page of the goods that are on sale on some channels."""

    slug = models.SlugField(max_length=60, unique=True)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    title_native = models.CharField(max_length=200, blank=True)
    intro_ko = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    intro_native = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True, help_text="the buyer's, ISO 639-1")
    channels = models.ManyToManyField(Channel, blank=True, related_name="shop_windows")
    open_since = models.DateTimeField(null=True, blank=True)

    told = frozenset({"intro_ko", "intro_en", "intro_native"})

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    def get_absolute_url(self) -> str:
        """The office's page about it."""
        return reverse("shop-window-desk", args=[self.pk])

"""The cards of the index, how far it has read the history, and what waits to be indexed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, in_language
from gyoryu.parties.models import Region


class Kind(models.IntegerChoices):
    """What is found. The numbers are part of every card's id and never change."""

    AGREEMENT = 1, _("Agreements")
    ENGAGEMENT = 2, _("Engagements")
    COMMITMENT = 3, _("Commitments")
    DUTY = 4, _("Duties")
    BODY = 5, _("Consultative bodies")
    REQUEST = 6, _("Requests and letters")
    ORGANISATION = 7, _("Organisations")
    PERSON = 8, _("People")
    REGION = 9, _("Regions")
    DOCUMENT = 10, _("Documents")
    ARTICLE = 11, _("Articles")
    PROGRAMME = 12, _("Programmes")
    CALL = 13, _("Calls")
    APPLICATION = 14, _("Applications")
    AWARD = 15, _("Awards")
    EVENT = 16, _("Trade events")
    DEAL = 17, _("Deals")
    CENTRE = 18, _("Business centres")
    CHANNEL = 19, _("Online malls")


DAY_BITS, RECORD_BITS = 22, 32
LAST_DAY, LAST_RECORD = (1 << DAY_BITS) - 1, (1 << RECORD_BITS) - 1


def card_id(kind: int, day: date | None, record: int) -> int:
    """Return the id of a record's card: kinds apart, the newest day first, undated ones last."""
    age = LAST_DAY - (day.toordinal() if day else 0)
    return ((int(kind) << DAY_BITS | age) << RECORD_BITS) + LAST_RECORD - record


def ids_between(kind: int, first: date | None, last: date | None) -> tuple[int, int]:
    """Return the lowest and the highest id that cards of a kind have between two days.

    Without days all of the kind; ``date.min`` as ``last`` never stands for the undated ones.
    """
    low = card_id(kind, last, LAST_RECORD) if last else kind << DAY_BITS + RECORD_BITS
    high = card_id(kind, first, 0) if first else ((kind + 1) << DAY_BITS + RECORD_BITS) - 1
    return low, high


class Tokens(models.Field):  # type: ignore[type-arg]
    """The tokens of a card as the database indexes them.

    PostgreSQL keeps a tsvector without positions, SQLite a text that an FTS5 table indexes; the
    migration that makes the indexes says how they are kept in step.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """How a value is handed over."""
        return "array_to_tsvector(%s::text[])" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """The value as it is handed over."""
        return list(value) if connection.vendor == "postgresql" else " ".join(value)


class Card(models.Model):
    """What the index holds of one record. Made from the record, and thrown away with it.

    The id says kind and age (``card_id``), so that the newest cards of a kind are the first of a
    range on either database. ``parent`` is the record whose page shows this one, where it has none
    of its own. ``names`` and ``text`` hold ``field␟value␞`` (``queries.telling.pack``); ``text``
    has everything that is indexed, and stands last because rows are read from their front.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    record = models.PositiveBigIntegerField()
    parent = models.PositiveBigIntegerField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    day = models.DateField(null=True)
    sort = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40, blank=True)
    title_ko = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    names = models.TextField(blank=True)
    text = models.TextField(blank=True)
    tokens = Tokens(default=list)

    # A card is made anew when its record's region is merged into another.
    merges = {"region": "stay"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="card_once")]
        indexes = [
            models.Index(
                fields=["kind", "parent"], condition=~Q(parent=None), name="card_of_parent"
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)


class Mark(models.Model):
    """How far the index has read the history: all that is under seals up to this number."""

    seal = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.seal)


class Waiting(models.Model):
    """A record to be indexed again.

    ``turn``: 0 the record itself was changed, 1 something it names was, 2 everything is indexed
    anew. ``hides``: who may see it may have changed, so its old card is not shown until then.
    """

    kind = models.PositiveSmallIntegerField(choices=Kind)
    record = models.PositiveBigIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    hides = models.BooleanField(default=False)

    class Meta:
        ordering = ["turn", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="waits_once")]
        indexes = [models.Index(fields=["turn", "id"], name="waiting_by_turn")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.record}"

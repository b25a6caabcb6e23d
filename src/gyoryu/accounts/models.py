from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.access import Access, Grant


def in_language(ko: str, en: str) -> str:
    """Return the reader's name of two, or the other where there is none."""
    return (ko or en) if reads_korean() else (en or ko)


def reads_korean() -> bool:
    """Tell whether the reader reads Korean: asked once where a thousand names are told."""
    return (get_language() or "ko").startswith("ko")


class Unit(models.Model):
    """A department in the tree: government, bureau, division, centre.

    ``path`` holds the ids from the root down ("/1/4/9/"), so that a subtree is one prefix.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        BUREAU = "bureau", _("Bureau")
        DIVISION = "division", _("Division")
        CENTRE = "centre", _("Centre")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    @property
    def depth(self) -> int:
        """How many units stand above this one."""
        return self.path.count("/") - 2

    @property
    def root_id(self) -> int:
        """The id of the government at the top of this unit's branch."""
        return int(self.path.split("/")[1])


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from their memberships alone."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    language = models.CharField(
        max_length=2, choices=[("ko", "한국어"), ("en", "English")], default="ko"
    )
    is_active = models.BooleanField(default=True)
    sessions = models.PositiveIntegerField(
        default=0, help_text="counted up to end every session of this person"
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name_ko"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_in_any_case")]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The person's page, for administrators."""
        return reverse("user", args=[self.pk])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what every session of this person carries: it changes with password and count."""
        own = f"{self.password}|{self.sessions}"
        return salted_hmac("gyoryu.session", own, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def access(self) -> Access:
        """What this user may do and where, read once per request."""
        return access_of(with_governments(self.memberships.all()))


class Membership(models.Model):
    """A role that a user has at a unit and everywhere under it."""

    class Role(models.TextChoices):
        VIEWER = "viewer", _("Viewer")
        OFFICER = "officer", _("Officer")
        APPROVER = "approver", _("Approver")
        PANEL = "panel", _("Panel member")
        COMPANY = "company", _("Company member")
        PROVIDER = "provider", _("Service provider")
        COUNSELLOR = "counsellor", _("Counsellor")
        PRESS = "press", _("Press officer")
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} · {self.unit}"

    @property
    def grant(self) -> Grant:
        """What it lets the user do, and where."""
        return Grant(self.role, self.unit_id, self.unit.path, self.unit.name_ko, self.unit.name_en)


def with_governments(rows: models.QuerySet[Membership]) -> models.QuerySet[Any]:
    """Add to grants their unit, and how many governments the deployment holds."""
    tops = Unit.objects.filter(parent=None).order_by().annotate(_one=models.Value(1))
    counted = tops.values("_one").annotate(n=models.Count("pk")).values("n")
    told: models.QuerySet[Any] = (
        rows.select_related("unit").order_by("pk").annotate(governments=models.Subquery(counted))
    )
    return told


def access_of(rows: Iterable[Any]) -> Access:
    """Make what a user may do and where of the user's grants (``with_governments``)."""
    held = list(rows)
    return Access(tuple(row.grant for row in held), held[0].governments if held else 0)


class Draft(models.Model):
    """A form somebody has begun: kept until it is saved for good or thrown away."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.form} · {self.user_id}"


class Posting(models.Model):
    """A form post that was carried out, so that a double click makes one record."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class Token(models.Model):
    """What a program signs in with, for a person and never for more than that person may.

    Only the digest of the secret is kept. ``unit`` is where its uses are written down. ``minute``
    and ``calls`` count what it was used for in the running minute.
    """

    class Scope(models.TextChoices):
        HOME_READ = "home.read", _("Figures and what is due: read")
        AGREEMENTS_READ = "agreements.read", _("Agreements, engagements, commitments: read")
        AGREEMENTS_WRITE = "agreements.write", _("Agreements, engagements, commitments: write")
        PARTIES_READ = "parties.read", _("Regions, organisations, people: read")
        PARTIES_WRITE = "parties.write", _("Regions, organisations, people: write")
        PROGRAMMES_READ = "programmes.read", _("Programmes and money: read")
        PROGRAMMES_WRITE = "programmes.write", _("Programmes and money: write")
        TRADE_READ = "trade.read", _("Trade events, deals, centres, malls: read")
        TRADE_WRITE = "trade.write", _("Trade events, deals, centres, malls: write")
        REGISTER_READ = "register.read", _("Public register: read")
        REGISTER_WRITE = "register.write", _("Public register: publish")
        EVIDENCE_READ = "evidence.read", _("Documents: read")
        EVIDENCE_WRITE = "evidence.write", _("Documents: write")
        NEWSROOM_READ = "newsroom.read", _("Newsroom: read")
        NEWSROOM_WRITE = "newsroom.write", _("Newsroom: write")
        IMPORTS_READ = "imports.read", _("Imports: read")
        IMPORTS_WRITE = "imports.write", _("Imports: take in and undo")
        JOBS_READ = "jobs.read", _("Jobs: read")
        JOBS_WRITE = "jobs.write", _("Jobs: try again and cancel")
        HISTORY_READ = "history.read", _("History: read")

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    ends_on = models.DateField(help_text="the last day on which it works")
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    minute = models.PositiveBigIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The token's page."""
        return reverse("token", args=[self.pk])

    @property
    def told_scopes(self) -> list[str]:
        """The scopes in words."""
        return [str(self.Scope(name).label) for name in self.scopes]


class Answer(models.Model):
    """The answer to a write that came with a key: the same key gets the same answer again."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, help_text="of the address and the body")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_once")]
        indexes = [models.Index(fields=["at"], name="answer_by_age")]

    def __str__(self) -> str:
        return self.key


class Series(models.Model):
    """The last number given out: AG-2025-0031 is number 31 of series AG of 2025."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "prefix", "year"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:04}"


class Record(models.Model):
    """What every record of the register carries: an owning unit, a source, and never a deletion."""

    class Source(models.TextChoices):
        TYPED = "typed", _("Typed in")
        IMPORTED = "imported", _("Imported")
        READ = "read", _("Read from an article")

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("responsible unit")
    )
    source = models.CharField(max_length=10, choices=Source, default=Source.TYPED)
    source_note = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(voided_reason=""),
                name="%(app_label)s_%(class)s_void_has_reason",
            )
        ]

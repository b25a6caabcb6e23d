"""What was published: the editions of a month, the month that is next, what differs since."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.agreements.models import Agreement, DutyTemplate
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.base import periods
from gyoryu.register import rules
from gyoryu.register.models import Line, PageWithdrawal, Publication
from gyoryu.register.queries import reading
from gyoryu.register.queries.record import Kept
from gyoryu.register.rolls import changes

Row = dict[str, Any]
Rows = list[Row]


def governments() -> QuerySet[Unit]:
    """Return the governments of the deployment."""
    return Unit.objects.filter(parent=None)


def of_user(user: User, capability: str) -> QuerySet[Unit]:
    """Return the governments in which a user holds a capability anywhere."""
    roots = {int(path.split("/")[1]) for path in user.access.paths(capability)}
    return governments().filter(pk__in=roots).order_by("path")


def government_of(agreement: Agreement) -> Unit:
    """Return the government whose register an agreement stands in."""
    return Unit.objects.get(pk=agreement.unit.root_id)


def publications(of: Iterable[Unit]) -> QuerySet[Publication]:
    """Return the publications of governments."""
    rows = Publication.objects.filter(unit__in=[unit.pk for unit in of])
    return rows.select_related("unit", "published_by", "withdrawn_by").defer("head")


def publishing() -> QuerySet[Unit]:
    """Return the governments that have published their register."""
    return governments().filter(pk__in=Publication.objects.values("unit"))


def newest(government: Unit) -> Publication | None:
    """Return the newest version of the newest month; none before the first publication."""
    rows = Publication.objects.filter(unit=government, newest=True)
    return rows.order_by("-month").first()


def standing(government: Unit) -> Publication | None:
    """Return the newest version of the newest month whose newest version was not withdrawn."""
    rows = Publication.objects.filter(unit=government, newest=True, withdrawn_at=None)
    return rows.order_by("-month").first()


def standing_until(government: Unit, month: date) -> Publication | None:
    """Return the last version of a month that stands, or of the last month before it."""
    rows = Publication.objects.filter(unit=government, month__lte=month, withdrawn_at=None)
    return rows.order_by("-month", "-version").first()


def compared(publication: Publication) -> Publication | None:
    """Return the version with which the next one of its month is compared: the last that stands."""
    if not publication.withdrawn_at:
        return publication
    found = standing_until(publication.unit, publication.month)
    return found if found and found.month == publication.month else None


def page_withdrawal(government: Unit, key: str, by: Publication) -> PageWithdrawal | None:
    """Return why an agreement's page is withdrawn, as long as a publication is the newest.

    One that was made later tells of the agreement anew.
    """
    rows = PageWithdrawal.objects.filter(
        publication__unit=government, key=key, publication__gte=by.pk
    )
    return rows.order_by("-withdrawn_at").first()


def page_withdrawals(government: Unit, by: Publication | None) -> QuerySet[PageWithdrawal]:
    """Return the pages that are withdrawn now, which the next publication opens again."""
    rows = PageWithdrawal.objects.filter(publication__unit=government)
    rows = rows.filter(publication__gte=by.pk) if by else rows.none()
    return rows.select_related("agreement", "publication").order_by("key")


def edition(government: Unit, month: date, version: int | None = None) -> Publication | None:
    """Return a version of a month, the newest unless one is named."""
    which = Q(newest=True) if version is None else Q(version=version)
    return Publication.objects.filter(which, unit=government, month=month).first()


def versions(publication: Publication) -> QuerySet[Publication]:
    """Return all versions of a publication's month, the newest first."""
    rows = Publication.objects.filter(unit=publication.unit_id, month=publication.month)
    return rows.defer("head").order_by("-version")


def months(government: Unit) -> QuerySet[Publication]:
    """Return the newest version of every published month, the newest month first."""
    rows = Publication.objects.filter(unit=government, newest=True)
    return rows.defer("head").order_by("-month")


def next_month(government: Unit, today: date) -> date | None:
    """Return the month to publish next: the one after the newest, or the last whole month.

    None while the next month is not over.
    """
    last, found = rules.last_whole_month(today), newest(government)
    following = periods.add_months(found.month, 1) if found else last
    return following if following <= last else None


def end_moment(month: date) -> datetime:
    """Return the moment at which a month is over, by the office's clock."""
    following = periods.add_months(month, 1)
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(following, time(), zone) - timedelta(microseconds=1)


def as_of(government: Unit, month: date, known: datetime) -> list[Kept]:
    """Return the roll of a month's end, as it was known at a moment."""
    day = rules.end_of(month)
    return reading.read(government, known=known, earliest=day).roll(day)


def unpublished(government: Unit, month: date) -> list[Kept]:
    """Return the roll of a month that nobody published: what was known at its end."""
    day, known = rules.end_of(month), end_moment(month)
    read = reading.read(government, known=known, earliest=day, unpublished=True)
    return read.roll(day)


def rows_of(kept: Iterable[Kept]) -> Rows:
    """Return the rows alone."""
    return [one.row for one in kept]


def frozen_rows(publication: Publication) -> Rows:
    """Return the rows of a publication as they were frozen."""
    texts = publication.lines.order_by("key").values_list("text", flat=True)
    return [json.loads(text) for text in texts]


def before(government: Unit, month: date) -> tuple[str, Rows]:
    """Return the month before, by its address and rows: published, or computed.

    What was withdrawn is compared with by nobody: its rows would be told again. The last version
    that stands takes its place, or nothing.
    """
    previous = periods.add_months(month, -1)
    found = edition(government, previous)
    if found and found.withdrawn_at:
        found = standing_until(government, previous)
        if found is None:
            return "", []
    if found:
        return found.edition, frozen_rows(found)
    return f"{previous:%Y-%m}", rows_of(unpublished(government, previous))


@dataclass(frozen=True)
class Drift:
    """An agreement that says something else now than in the newest publication.

    ``fields`` is what differs from today's record; ``wrong`` the names of those that were so at the
    month's end already, so that only a correction of the publication will tell them.
    """

    key: str
    agreement: int | None
    title: str
    fields: list[dict[str, Any]]
    wrong: frozenset[str]
    change: str = "corrected"


def lines(publication: Publication, agreement: int | None = None) -> dict[int, Row]:
    """Return the frozen rows of a publication by agreement, perhaps of one alone."""
    found = Line.objects.filter(publication=publication)
    found = found if agreement is None else found.filter(agreement=agreement)
    return {pk: json.loads(text) for pk, text in found.values_list("agreement", "text")}


def drifted(
    publication: Publication,
    frozen: dict[int, Row],
    *,
    today: date,
    known: datetime,
    only: int | None = None,
) -> list[Drift]:
    """Return the agreements that changed since a publication, with what it says and what is.

    ``frozen`` comes from ``lines``.
    """
    end = rules.end_of(publication.month)
    read = reading.read(publication.unit, known=known, earliest=end, only=only)
    then, now = ({one.agreement: one.row for one in read.roll(day)} for day in (end, today))
    wanted = sorted({*frozen, *now} if only is None else {only} & {*frozen, *now})
    found = [_drift(pk, frozen.get(pk), then.get(pk), now.get(pk)) for pk in wanted]
    return sorted((one for one in found if one), key=lambda one: one.key)


def _drift(pk: int, frozen: Row | None, then: Row | None, now: Row | None) -> Drift | None:
    if frozen == now and frozen == then:
        return None
    shown = now or then or frozen or {}
    fields = changes.fields(frozen or {}, now or {}) if frozen and now else []
    wrong = {one["field"] for one in changes.fields(frozen or {}, then or {})}
    change = "added" if frozen is None else "withdrawn" if now is None else "corrected"
    title = shown.get("title") or {}
    return Drift(str(shown["key"]), pk, title.get("ko") or "", fields, frozenset(wrong), change)


def due_day(government: Unit) -> int:
    """Return the day of the month by which a government publishes, as its rule of duties says."""
    rows = DutyTemplate.objects.filter(
        unit__path__startswith=government.path, kind=DutyKind.PUBLICATION, active=True
    )
    return rows.order_by("pk").values_list("days", flat=True).first() or rules.PUBLISHED_BY


def publishers(government: Unit) -> list[User]:
    """Return who is reminded of a month that is not published: the approvers, else the officers."""
    rows = Membership.objects.filter(
        unit__path__startswith=government.path, user__is_active=True
    ).select_related("user")
    for role in (Membership.Role.APPROVER, Membership.Role.OFFICER):
        if found := {row.user for row in rows.filter(role=role)}:
            return sorted(found, key=lambda user: user.pk)
    return []


def missing(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return what a roll lacks, as (key, what): a title or a partner's name in a language."""
    found = []
    for row in rows:
        title = row.get("title")
        if title is not None and not title["ko"]:
            found.append((row["key"], "title_ko"))
        if title is not None and not title["en"]:
            found.append((row["key"], "title_en"))
        if title is not None and not row["partners"]:
            found.append((row["key"], "partners"))
        if title is not None and any(one["ko"] == one["en"] for one in row["partners"]):
            found.append((row["key"], "partner_name"))
    return found

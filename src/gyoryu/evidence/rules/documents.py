"""What may be done with documents, with the reason when it may not."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document

_valid_link = URLValidator(schemes=["http", "https"])


def check_link(link: str) -> None:
    """Refuse a link that is not a web address."""
    try:
        _valid_link(link)
    except ValidationError:
        raise Refused(
            _("Write a web address that begins with https:// or http://."), field="link"
        ) from None


def check_one_of_two(*, has_file: bool, link: str) -> None:
    """Refuse a document that is both a file and a link, or neither."""
    if has_file and link:
        raise Refused(_("Give a file or a link, not both."), field="link")
    if not has_file and not link:
        raise Refused(_("Choose a file or give a link."), field="file")


def check_dated(dated: date | None, at: datetime) -> None:
    """Refuse a document that says it was made after today."""
    if dated and dated > at.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        raise Refused(_("A document cannot be dated after today."), field="dated")


def check_can_void(document: Document, *, rests: list[object]) -> None:
    """Refuse to void a document twice, or one that something stands on alone (``rests``)."""
    if document.voided_at:
        raise Refused(_("This document is void already."))
    if rests:
        raise Refused(
            _("“%(record)s” stands on this document alone. Add another one first.")
            % {"record": rests[0]}
        )

"""What a source may be, and when it is visited."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.newsroom import fetching
from gyoryu.newsroom.models import Source
from gyoryu.newsroom.rules import troubles

SHORTEST, LONGEST = 5, 60 * 24 * 31  # minutes between two visits
PARTS = ("body", "title", "published", "updated", "drop")


def check_source(values: dict[str, Any], *, itself: Source | None = None) -> None:
    """Refuse a source without a name, whose address cannot be visited, or that is there already."""
    if not values.get("name"):
        raise Refused(_("Give the source a name."), field="name")
    kind = values.get("kind", itself.kind if itself else "")
    address = values.get("address", itself.address if itself else "")
    _check_address(kind, address)
    if not SHORTEST <= int(values.get("every_minutes") or 60) <= LONGEST:
        raise Refused(
            _("Visit it every 5 minutes at the most, every 31 days at the least."),
            field="every_minutes",
        )


def _check_address(kind: str, address: str) -> None:
    if kind == Source.Kind.UPLOAD:
        return
    if not address:
        raise Refused(_("Say where it is."), field="address")
    if kind == Source.Kind.FOLDER:
        check_folder(address)
        return
    try:
        fetching.checked(address)
    except fetching.Unreachable as trouble:
        raise troubles.refusal(trouble, "address") from trouble


def check_folder(address: str) -> Path:
    """Return the folder, or refuse one that is not under those the administrator opened."""
    folder = Path(address).resolve()
    open_to = [Path(path).resolve() for path in settings.FOLDERS]
    if not folder.is_dir() or not any(folder.is_relative_to(path) for path in open_to):
        raise Refused(
            _("Only folders that the administrator has opened (GYORYU_FOLDERS) can be read."),
            field="address",
        )
    return folder


def check_new(address: str, others: Any) -> None:
    """Refuse a source that the unit already has."""
    if address and (there := others.filter(address=address, voided_at=None).first()):
        raise Refused(
            _("“%(name)s” is already read from this address.") % {"name": there}, field="address"
        )


def check_visit(source: Source) -> None:
    """Refuse to visit what is paused, voided, or only handed in."""
    if source.voided_at:
        raise Refused(_("This source was voided."))
    if source.paused_at:
        raise Refused(_("This source is paused: %(why)s") % {"why": source.paused_reason})
    if source.kind == Source.Kind.UPLOAD:
        raise Refused(_("Nothing is fetched here: articles are handed in."))


def check_reason(reason: str) -> None:
    """Refuse a step that is not explained."""
    if not reason.strip():
        raise Refused(_("Give the reason."), field="reason")
    if len(reason) > 300:
        raise Refused(_("Give the reason in 300 characters."), field="reason")

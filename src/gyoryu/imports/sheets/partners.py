"""The organisations that rows name: known ones, or new ones where the officer chose to add them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.sheets import judging
from gyoryu.imports.sheets.judging import Row, Unknown, World


def partner(row: Row, world: World, column: str, region: Any = None) -> Any:
    """Return the organisation that a row names; one that is not known yet where that was chosen."""
    text = names.nfc(row.cells.get(column, ""))
    return named_partner(text, world, column, region) if text else None


def named_partner(text: str, world: World, column: str, region: Any = None) -> Any:
    """Return the organisation that has a name, in a region where several have it."""
    found = judging.inside(world.found["organisation"].get(text, []), region)
    if not found and world.options.get("make"):
        key = names.organisation_key(text)
        if not key:
            raise Refused(_("A name needs letters."), field=column)
        if len(text) > 200:
            told = {"length": len(text), "most": 200}
            raise Refused(
                _("This is %(length)d characters long; at most %(most)d fit.") % told, field=column
            )
        return Unknown(text, key, region.pk if region is not None else None)
    return judging.only(found, text, column)

"""The kinds of sheets that can be taken in."""

from gyoryu.imports.sheets.agreements import Agreements
from gyoryu.imports.sheets.commitments import Commitments
from gyoryu.imports.sheets.engagements import Engagements
from gyoryu.imports.sheets.judging import Kind
from gyoryu.imports.sheets.organisations import Organisations
from gyoryu.imports.sheets.participants import Buyers, Exhibitors
from gyoryu.imports.sheets.people import People

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Agreements(),
        Organisations(),
        People(),
        Engagements(),
        Commitments(),
        Buyers(),
        Exhibitors(),
    )
}

__all__ = ["KINDS", "Kind"]

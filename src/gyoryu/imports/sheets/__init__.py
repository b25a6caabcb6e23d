"""The kinds of sheets that can be taken in."""

from gyoryu.imports.sheets.agreements import Agreements
from gyoryu.imports.sheets.commitments import Commitments
from gyoryu.imports.sheets.consultations import Consultations
from gyoryu.imports.sheets.costs import Costs
from gyoryu.imports.sheets.deals import Deals
from gyoryu.imports.sheets.engagements import Engagements
from gyoryu.imports.sheets.judging import Kind
from gyoryu.imports.sheets.organisations import Organisations
from gyoryu.imports.sheets.participants import Buyers, Exhibitors
from gyoryu.imports.sheets.people import People
from gyoryu.imports.sheets.sales import Sales
from gyoryu.imports.sheets.wishes import Wishes

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Agreements(),
        Organisations(),
        People(),
        Engagements(),
        Commitments(),
        Consultations(),
        Deals(),
        Sales(),
        Costs(),
        Buyers(),
        Exhibitors(),
        Wishes(),
    )
}

__all__ = ["KINDS", "Kind"]

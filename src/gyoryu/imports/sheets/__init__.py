"""The kinds of sheets that can be taken in."""

from gyoryu.imports.models import Batch
from gyoryu.imports.sheets.agreements import Agreements
from gyoryu.imports.sheets.applications import Applications
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
        Applications(),
        Wishes(),
    )
}


def kind_of(batch: Batch) -> Kind:
    """Return the kind of an import's sheet, as it is under what was chosen for it."""
    return KINDS[batch.kind].of(batch.options)


__all__ = ["KINDS", "Kind", "kind_of"]

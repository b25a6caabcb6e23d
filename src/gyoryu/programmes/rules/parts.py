"""What the parts of a call allow: tracks, categories, criteria, papers, conditions."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_texts
from gyoryu.base.refused import Refused
from gyoryu.programmes.eligibility import decimal
from gyoryu.programmes.models import Call, CostCategory, Criterion, EligibilityRule

Kind = EligibilityRule.Kind
MOST_PARTS = 60


def check_part(item: Any) -> None:
    """Refuse a part as it would stand: unnamed, or with numbers that cannot be."""
    check_texts(item)
    if isinstance(item, EligibilityRule):
        check_terms(item.kind, item.terms)
        return
    if not item.name_ko:
        raise Refused(_("Give the name in Korean."), field="name_ko")
    if isinstance(item, Criterion) and not 1 <= item.most <= 100:
        raise Refused(_("A criterion has 1 to 100 points."), field="most")
    if isinstance(item, CostCategory):
        _check_category(item)


def _check_category(item: CostCategory) -> None:
    if item.most is not None and item.most <= 0:
        raise Refused(_("Give an amount above zero."), field="most")
    alike = CostCategory.objects.filter(call_id=item.call_id, name_ko=item.name_ko)
    if alike.exclude(pk=item.pk).exists():
        raise Refused(_("The call has a category of this name already."), field="name_ko")


def check_terms(kind: str, terms: dict[str, Any]) -> None:
    """Refuse a condition that asks nothing, or whose bounds leave nobody."""
    if kind == Kind.REGION and not terms.get("regions"):
        raise Refused(_("Choose at least one region."), field="regions")
    if kind == Kind.SIZE and not terms.get("sizes"):
        raise Refused(_("Choose at least one size."), field="sizes")
    if kind in {Kind.ANSWER, Kind.DECLARED} and not terms.get("question"):
        raise Refused(_("Choose the question that it reads."), field="question")
    if kind in {Kind.SALES, Kind.EXPORTS, Kind.AGE}:
        _check_bounds(terms, "below")
    if kind == Kind.ANSWER and not terms.get("options"):
        _check_bounds(terms, "most")


def _check_bounds(terms: dict[str, Any], upper: str) -> None:
    least, most = decimal(terms.get("least")), decimal(terms.get(upper))
    if least is None and most is None:
        raise Refused(_("Give at least one bound."), field="least")
    if least is not None and most is not None and _empty(least, most, upper):
        raise Refused(_("Nothing lies between these bounds."), field=upper)


def _empty(least: Decimal, most: Decimal, upper: str) -> bool:
    return least >= most if upper == "below" else least > most


def check_room(count: int) -> None:
    """Refuse one part more when there are very many."""
    if count >= MOST_PARTS:
        raise Refused(_("There are %(most)d already.") % {"most": MOST_PARTS})


def check_unused(call: Call, item: Any) -> None:
    """Refuse to take away what something else stands on."""
    uses = (
        item.applications.exists()
        if hasattr(item, "applications")
        else isinstance(item, CostCategory)
        and call.awards.filter(categories__category=item).exists()
    )
    if uses:
        raise Refused(_("Something was entered under this. It cannot be taken away."))

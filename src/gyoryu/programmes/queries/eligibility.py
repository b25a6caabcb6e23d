"""What the record knows of applicants, for the rules of a call: many applicants in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gyoryu.parties.models import Exports, Organisation, Region
from gyoryu.programmes import eligibility
from gyoryu.programmes.eligibility import Facts, Found, Rule, Support
from gyoryu.programmes.models import (
    Application,
    Award,
    AwardCategory,
    Call,
    EligibilityRule,
    Sanction,
)
from gyoryu.programmes.rules.calls import local

# Affiliates are companies above and below one another; a government over an agency is none.
COMPANIES = [Organisation.Kind.COMPANY, Organisation.Kind.PROVIDER]
# How many companies may stand above one another, so that a circle in the record ends.
DEEPEST = 12
# The question whose answer names the event, in calls that let each applicant choose one.
EVENT = "event"


@dataclass(frozen=True)
class Asked:
    """Whom the rules are asked about: an organisation of the record or none, and its answers."""

    key: Any
    organisation: int | None
    answers: Mapping[str, Any] = field(default_factory=dict)


def of_applications(
    call: Call, applications: Iterable[Application], *, on: date
) -> dict[int, list[Found]]:
    """Return what each rule of a call says of each application, as of a day, by its number."""
    asked = [Asked(row.pk, row.organisation_id, row.answers) for row in applications]
    rules = rules_of(call)
    facts = facts_of(call, asked, on=on)
    return {one.key: eligibility.evaluate(rules, facts[one.key]) for one in asked}


def rules_of(call: Call) -> list[Rule]:
    """Return the rules of a call, by the number of each row."""
    rows = EligibilityRule.objects.filter(call=call).order_by("order", "pk")
    return [Rule(row.pk, row.kind, row.terms) for row in rows]


def facts_of(call: Call, asked: Iterable[Asked], *, on: date) -> dict[Any, Facts]:
    """Return what is known of each who is asked about, as of a day."""
    wanted = list(asked)
    own = {one.organisation for one in wanted if one.organisation}
    families = affiliates(own)
    everybody = own.union(*families.values())
    rows = {row.pk: row for row in Organisation.objects.filter(pk__in=own).select_related("region")}
    sanctions = _sanctions(everybody)
    exports = _exports(own)
    earlier = _earlier(everybody)
    categories = frozenset(call.categories.values_list("name_ko", flat=True))
    bare = Facts(on=on, year=local(call.opens_at).year, event=call.event, categories=categories)
    found = {}
    for one in wanted:
        event = call.event or str(one.answers.get(EVENT) or "")
        facts = _with(bare, event=event, answers=one.answers)
        row = rows.get(one.organisation) if one.organisation else None
        if row is not None:
            family = families[row.pk]
            facts = _with(
                facts,
                regions=_regions(row),
                size=row.size,
                exports=exports[row.pk],
                sanctions=_own_first(sanctions, row.pk, family),
                earlier=_own_first(_before(earlier, row.pk, family, call), row.pk, family),
            )
        found[one.key] = facts
    return found


def _with(facts: Facts, **known: Any) -> Facts:
    return Facts(**{**vars(facts), **known})


def _regions(row: Organisation) -> frozenset[int] | None:
    if row.region is None:
        return None
    return frozenset(int(part) for part in row.region.path.split("/") if part)


def _own_first(known: Mapping[int, list[Any]], own: int, family: set[int]) -> tuple[Any, ...]:
    """Return what is known of an organisation, and then what of its affiliates."""
    of_others = [_affiliate(one) for other in sorted(family) for one in known.get(other, [])]
    return (*known.get(own, []), *of_others)


def _affiliate(one: Any) -> Any:
    return type(one)(**{**vars(one), "affiliate": True})


def _before(
    known: Mapping[int, list[tuple[int, Support]]], own: int, family: set[int], call: Call
) -> dict[int, list[Support]]:
    """Return the support of an organisation and its affiliates, but its own of this very call."""
    return {
        one: [support for of, support in known.get(one, []) if one != own or of != call.pk]
        for one in {own, *family}
    }


def affiliates(own: Iterable[int]) -> dict[int, set[int]]:
    """Return the affiliates of each organisation: the companies above it, and all below those.

    One query for each step up and each step down, however many are asked about.
    """
    asked = set(own)
    tops = _tops(asked)
    below = _below(set(tops.values()))
    return {one: below[tops[one]] - {one} for one in asked}


def _tops(asked: set[int]) -> dict[int, int]:
    """Return the company at the top of each organisation's chain."""
    above: dict[int, int] = {}
    left = set(asked)
    for _step in range(DEEPEST):
        rows = Organisation.objects.filter(
            pk__in=left, kind__in=COMPANIES, parent__kind__in=COMPANIES, parent__voided_at=None
        )
        found = dict(rows.values_list("pk", "parent"))
        above |= {one: parent for one, parent in found.items() if parent}
        left = {parent for parent in found.values() if parent and parent not in above}
        if not left:
            break
    return {one: _top(one, above) for one in asked}


def _top(one: int, above: Mapping[int, int]) -> int:
    """Return the end of a chain; of a circle its smallest number, the same from wherever."""
    seen: list[int] = []
    while one not in seen:
        seen.append(one)
        one = above.get(one, one)
    return one if one not in above else min(seen[seen.index(one) :])


def _below(tops: set[int]) -> dict[int, set[int]]:
    """Return each top with all companies below it."""
    top_of = {top: top for top in tops}
    left = tops
    for _step in range(DEEPEST):
        rows = Organisation.objects.filter(
            parent__in=left, kind__in=COMPANIES, parent__kind__in=COMPANIES, voided_at=None
        )
        found = {
            one: top_of[parent]
            for one, parent in rows.values_list("pk", "parent")
            if parent and one not in top_of
        }
        top_of |= found
        left = set(found)
        if not left:
            break
    families: dict[int, set[int]] = defaultdict(set)
    for one, top in top_of.items():
        families[top].add(one)
    return families


def _sanctions(everybody: set[int]) -> dict[int, list[eligibility.Sanction]]:
    found = defaultdict(list)
    rows = Sanction.objects.filter(organisation__in=everybody, voided_at=None)
    for row in rows.select_related("organisation").order_by("-until_on", "pk"):
        # Lifted on a day, it no longer holds on that day.
        lifted = row.lifted_on - timedelta(days=1) if row.lifted_on else row.until_on
        found[row.organisation_id].append(
            eligibility.Sanction(str(row.organisation), row.from_on, min(row.until_on, lifted))
        )
    return found


def _exports(own: set[int]) -> dict[int, dict[int, Decimal]]:
    """Return exports in US dollars; those in another currency would need a rate nobody stated."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Exports.objects.filter(organisation__in=own, currency="USD")
    for company, year, amount in rows.values_list("organisation", "year", "amount"):
        found[company][year] = amount
    return found


def _earlier(everybody: set[int]) -> dict[int, list[tuple[int, Support]]]:
    """Return the support granted, under whatever call, programme and fund, the newest first."""
    rows = (
        Award.objects.filter(organisation__in=everybody, voided_at=None)
        .exclude(status=Award.Status.CANCELLED)
        .select_related("call__programme", "application")
        .order_by("-awarded_on", "-pk")
    )
    awards = list(rows)
    categories = _categories(awards)
    found = defaultdict(list)
    for row in awards:
        found[row.organisation_id or 0].append(
            (
                row.call_id,
                Support(
                    number=row.number,
                    programme=str(row.call.programme),
                    year=row.awarded_on.year,
                    event=_event(row),
                    categories=frozenset(categories[row.pk]),
                    name=row.name,
                ),
            )
        )
    return found


def _event(row: Award) -> str:
    answers = row.application.answers if row.application else {}
    return row.call.event or str(answers.get(EVENT) or "")


def _categories(awards: list[Award]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = AwardCategory.objects.filter(award__in=[row.pk for row in awards])
    for award, category, service in rows.values_list(
        "award", "category__name_ko", "service__name_ko"
    ):
        found[award].add(category or service)
    return found


def region_names(rules: Iterable[Rule]) -> dict[int, str]:
    """Return the names of all regions that rules speak of, in the reader's language."""
    asked = {key for rule in rules for key in rule.terms.get("regions", [])}
    return {row.pk: str(row) for row in Region.objects.filter(pk__in=asked)} if asked else {}

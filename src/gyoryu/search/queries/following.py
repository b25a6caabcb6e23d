"""What an entry of the history means for the index: whose cards must be made anew.

An entry names one record. Its card changes, and so does the card of whatever tells of it: an
organisation's new name stands on the cards of its agreements, too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Agreement, Body, Commitment, Duty, Engagement, Request
from gyoryu.evidence.models import Tie
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation, Person, Region
from gyoryu.programmes.models import Application, Award, Call, Programme
from gyoryu.search.models import Card, Kind
from gyoryu.trade.models import Centre, Channel, Deal, Event

ITSELF, TELLS_OF_IT = 0, 1
_KINDS = {
    "agreements.agreement": Kind.AGREEMENT,
    "agreements.engagement": Kind.ENGAGEMENT,
    "agreements.commitment": Kind.COMMITMENT,
    "agreements.duty": Kind.DUTY,
    "agreements.body": Kind.BODY,
    "agreements.request": Kind.REQUEST,
    "parties.organisation": Kind.ORGANISATION,
    "parties.person": Kind.PERSON,
    "parties.region": Kind.REGION,
    "evidence.document": Kind.DOCUMENT,
    "newsroom.article": Kind.ARTICLE,
    "programmes.programme": Kind.PROGRAMME,
    "programmes.call": Kind.CALL,
    "programmes.application": Kind.APPLICATION,
    "programmes.award": Kind.AWARD,
    "trade.event": Kind.EVENT,
    "trade.deal": Kind.DEAL,
    "trade.centre": Kind.CENTRE,
    "trade.channel": Kind.CHANNEL,
}
# Fields that decide who sees a record.
_SIGHT = {"unit", "shared_with"}
# Fields that the cards of other records carry, and deeds that change what others say.
_NAMES = {
    "name_ko", "name_en", "title_ko", "title_en", "number", "partner_region", "region", "parent",
}  # fmt: skip
_FURTHER = {"merged", "merged_into", "parted", "parted_into"}
Named = Iterator[tuple[Kind, Iterable[int]]]


@dataclass
class Again:
    """Cards to be made anew: kind and record, with their turn and whether the old one is hidden."""

    turns: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden: set[tuple[int, int]] = field(default_factory=set)

    def add(self, kind: int, records: Iterable[int], turn: int, *, hides: bool) -> None:
        """Add records of a kind; the earlier turn holds."""
        for record in records:
            key = (kind, record)
            self.turns[key] = min(turn, self.turns.get(key, turn))
            if hides:
                self.hidden.add(key)


def again(first: int, last: int) -> Again:
    """Return whose cards must be made anew after the entries under these seals, ends included."""
    rows = Entry.objects.filter(seal__gte=first, seal__lte=last).order_by()
    plain: dict[str, set[int]] = defaultdict(set)
    named: dict[str, set[int]] = defaultdict(set)
    seen: dict[str, set[int]] = defaultdict(set)
    for model, record, verb, changes in rows.values_list("model", "record", "verb", "changes"):
        label = _label(model)
        plain[label].add(record)
        if _tells_further(verb, changes):
            named[label].add(record)
        if _SIGHT & changes.keys() or verb in {"unit.moved", "evidence.tied"}:
            seen[label].add(record)
    return _gathered(plain, named, seen)


def _gathered(
    plain: dict[str, set[int]], named: dict[str, set[int]], seen: dict[str, set[int]]
) -> Again:
    found = Again()
    for label, records in plain.items():
        if kind := _KINDS.get(label):
            found.add(kind, records, ITSELF, hides=False)
            found.add(kind, seen.get(label, ()), ITSELF, hides=True)
        for kind, others in _always(label, records):
            found.add(kind, others, ITSELF, hides=False)
    for label, records in named.items():
        for kind, others in _on_new_name(label, records):
            found.add(kind, others, TELLS_OF_IT, hides=False)
    for label, records in seen.items():
        for kind, others in _on_new_sight(label, records):
            found.add(kind, others, TELLS_OF_IT, hides=True)
    return found


def _label(model: int) -> str:
    kind = ContentType.objects.get_for_id(model)
    return f"{kind.app_label}.{kind.model}"


def _tells_further(verb: str, changes: dict[str, Any]) -> bool:
    """Tell whether others tell of what changed: a name, a merge, a rule, or that it was voided."""
    what = verb.rpartition(".")[2]
    return bool(_NAMES & changes.keys()) or what in _FURTHER or verb == "policy.changed"


def _always(label: str, records: set[int]) -> Named:
    """Yield what is changed under the name of the record it belongs to: duties and requests."""
    if label == "agreements.agreement":
        yield Kind.DUTY, _pks(Duty.objects.filter(agreement__in=records))
        yield Kind.DUTY, _told_of(Kind.DUTY, records)
    if label == "agreements.engagement":
        yield Kind.REQUEST, _pks(Request.objects.filter(engagement__in=records))
        # One that was taken out is there no more; its card knows whose it was.
        yield Kind.REQUEST, _told_of(Kind.REQUEST, records)


def _told_of(kind: Kind, records: set[int]) -> QuerySet[Card, int]:
    return Card.objects.filter(kind=kind, parent__in=records).values_list("record", flat=True)


def _on_new_name(label: str, records: set[int]) -> Named:
    """Yield whose cards carry the names of these records."""
    tell: Callable[[set[int]], Named] | None = {
        "parties.organisation": _with_organisation,
        "parties.person": _with_person,
        "parties.region": _in_region,
        "agreements.agreement": _under_agreement,
        "agreements.dutytemplate": _under_rule,
        "programmes.strategy": _under_strategy,
        "programmes.programme": _under_programme,
        "programmes.call": _under_call,
        "trade.event": _of_event,
    }.get(label)
    if tell:
        yield from tell(records)


def _with_organisation(pks: set[int]) -> Named:
    named = Q(delegations__organisation__in=pks) | Q(stops__organisation__in=pks)
    leads = Q(lead_ours__in=pks) | Q(lead_theirs__in=pks)
    yield Kind.AGREEMENT, _pks(Agreement.objects.filter(parties__organisation__in=pks))
    yield Kind.ENGAGEMENT, _pks(Engagement.objects.filter(named).distinct())
    yield Kind.COMMITMENT, _pks(Commitment.objects.filter(organisation__in=pks))
    yield Kind.BODY, _pks(Body.objects.filter(leads))
    yield Kind.REQUEST, _pks(Request.objects.filter(organisation__in=pks))
    yield Kind.PERSON, _pks(Person.objects.filter(positions__organisation__in=pks).distinct())
    yield Kind.ORGANISATION, _pks(Organisation.objects.filter(parent__in=pks))
    yield Kind.APPLICATION, _pks(Application.objects.filter(organisation__in=pks))
    yield Kind.AWARD, _pks(Award.objects.filter(organisation__in=pks))
    deals = Deal.objects.filter(Q(company__in=pks) | Q(buyer__in=pks))
    yield Kind.DEAL, _pks(deals)
    yield Kind.CENTRE, _pks(Centre.objects.filter(operator__in=pks))
    yield Kind.CHANNEL, _pks(Channel.objects.filter(operator__in=pks))


def _with_person(pks: set[int]) -> Named:
    signed = Agreement.objects.filter(parties__signatories__person__in=pks).distinct()
    met = Engagement.objects.filter(delegations__participants__person__in=pks).distinct()
    yield Kind.AGREEMENT, _pks(signed)
    yield Kind.ENGAGEMENT, _pks(met)
    yield Kind.REQUEST, _pks(Request.objects.filter(person__in=pks))


def _in_region(pks: set[int]) -> Named:
    under = Q(pk__in=pks)
    for path in Region.objects.filter(pk__in=pks).values_list("path", flat=True):
        under |= Q(path__startswith=path)
    regions = Region.objects.filter(under).values("pk")
    yield Kind.REGION, _pks(Region.objects.filter(under))
    yield from _of_cards(Card.objects.filter(region__in=regions))
    # A merge moves its records to another region, which their cards do not know yet.
    yield Kind.AGREEMENT, _pks(Agreement.objects.filter(partner_region__in=regions))
    yield Kind.ENGAGEMENT, _pks(Engagement.objects.filter(region__in=regions))
    yield Kind.ORGANISATION, _pks(Organisation.objects.filter(region__in=regions))


def _under_agreement(pks: set[int]) -> Named:
    yield Kind.BODY, _pks(Body.objects.filter(agreement__in=pks))
    yield Kind.COMMITMENT, _pks(Commitment.objects.filter(agreement__in=pks))


def _under_strategy(pks: set[int]) -> Named:
    yield Kind.PROGRAMME, _pks(Programme.objects.filter(strategy__in=pks))


def _under_programme(pks: set[int]) -> Named:
    yield Kind.CALL, _pks(Call.objects.filter(programme__in=pks))
    yield Kind.AWARD, _pks(Award.objects.filter(call__programme__in=pks))
    yield Kind.EVENT, _pks(Event.objects.filter(programme__in=pks))


def _under_call(pks: set[int]) -> Named:
    yield Kind.APPLICATION, _pks(Application.objects.filter(call__in=pks))
    yield Kind.AWARD, _pks(Award.objects.filter(call__in=pks))


def _of_event(pks: set[int]) -> Named:
    yield Kind.DEAL, _pks(Deal.objects.filter(event__in=pks))


def _under_rule(pks: set[int]) -> Named:
    yield Kind.DUTY, _pks(Duty.objects.filter(template__in=pks))


def _on_new_sight(label: str, records: set[int]) -> Named:
    """Yield what is shown with these records, or in these departments, to whoever sees them."""
    if label == "accounts.unit":
        yield from _in_units(records)
        return
    shown = {"agreements.agreement": Duty, "agreements.engagement": Request}.get(label)
    app, _dot, model = label.partition(".")
    yield Kind.DOCUMENT, _documents_of(app, model, records)
    if shown is Duty:
        duties = list(_pks(Duty.objects.filter(agreement__in=records)))
        yield Kind.DUTY, duties
        yield Kind.DOCUMENT, _documents_of(app, "duty", duties)
    if shown is Request:
        asked = list(_pks(Request.objects.filter(engagement__in=records)))
        yield Kind.REQUEST, asked
        yield Kind.DOCUMENT, _documents_of(app, "request", asked)


def _documents_of(app: str, model: str, records: Iterable[int]) -> Iterable[int]:
    kind = ContentType.objects.get_by_natural_key(app, model)
    return Tie.objects.filter(model=kind, record__in=records).values_list("document", flat=True)


def _in_units(pks: set[int]) -> Named:
    """Yield what belongs to departments or those below them, or is shared with one of them."""
    under = Q(pk__in=pks)
    for path in Unit.objects.filter(pk__in=pks).values_list("path", flat=True):
        under |= Q(path__startswith=path)
    units = Unit.objects.filter(under).values("pk")
    yield from _of_cards(Card.objects.filter(unit__in=units))
    shared = {
        "agreements.agreement": Agreement,
        "agreements.engagement": Engagement,
        "agreements.commitment": Commitment,
    }
    for label, model in shared.items():
        rows: QuerySet[Any] = model._default_manager.filter(
            Q(shared_with__in=units) | Q(unit__in=units)
        )
        records = set(_pks(rows.distinct()))
        yield _KINDS[label], records
        yield from _on_new_sight(label, records)


def _of_cards(cards: QuerySet[Card]) -> Named:
    found: dict[int, list[int]] = defaultdict(list)
    for kind, record in cards.values_list("kind", "record"):
        found[kind].append(record)
    for kind, records in found.items():
        yield Kind(kind), records


def _pks(rows: QuerySet[Any]) -> Any:
    return rows.order_by().values_list("pk", flat=True)

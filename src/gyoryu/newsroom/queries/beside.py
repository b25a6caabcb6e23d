"""The agreements and bodies beside an article's facts: matched, made, or with the same partners.

One query for each kind, whatever the number of facts.
"""

from collections.abc import Iterable
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from gyoryu.agreements.models import Agreement, Body, Party
from gyoryu.newsroom.models import Article, Candidate

Kind = Candidate.Kind
_ROOTED = {Kind.AGREEMENT, Kind.BODY}


class Beside:
    """What stands beside the facts of one article."""

    def __init__(self, article: Article, candidates: Iterable[Candidate]) -> None:
        self.government = article.government
        self.candidates = list(candidates)

    def named(self, model: type[Model]) -> set[int]:
        """Return the records of a kind that facts were matched with or have made."""
        kind = ContentType.objects.get_for_model(model).pk
        return {
            pk
            for one in self.candidates
            for of, pk in ((one.model_id, one.record), (one.made_model_id, one.made))
            if of == kind and pk
        }

    @cached_property
    def agreements(self) -> dict[int, Agreement]:
        """The agreements that facts name, and those with their partners, oldest first."""
        return {pk: row for pk, (row, _partners) in self._agreements.items()}

    @cached_property
    def roots(self) -> list[Agreement]:
        """The standing agreements between us and the partners."""
        return [
            row
            for row, partners in self._agreements.values()
            if not row.voided_at
            and row.unit.path.startswith(self.government.path)
            and (partners & self._partners or row.partner_region_id in self._regions)
        ]

    @cached_property
    def bodies(self) -> dict[int, Body]:
        """The bodies that facts name, and those that stand with their partners."""
        named, under = self.named(Body), [row.pk for row in self.roots]
        if not named and not self._sessions:
            return {}
        near = Q(agreement__in=under, ended_on=None, voided_at=None)
        wanted = Q(pk__in=named) | near if self._sessions else Q(pk__in=named)
        return {row.pk: row for row in Body.objects.filter(wanted).select_related("agreement")}

    def with_partner(self, candidate: Candidate, agreement: Agreement) -> bool:
        """Whether an agreement is one with the partner that a fact names."""
        theirs, region = _theirs(candidate), candidate.fields.get("region")
        partners = self._agreements.get(agreement.pk, (agreement, set()))[1]
        return bool(theirs & partners) or bool(region and agreement.partner_region_id == region)

    @cached_property
    def _sessions(self) -> list[Candidate]:
        return [one for one in self.candidates if one.open and one.fields.get("of_body")]

    @cached_property
    def _asked(self) -> list[Candidate]:
        rooted = [one for one in self.candidates if one.open and one.kind in _ROOTED]
        return [*rooted, *self._sessions]

    @cached_property
    def _partners(self) -> set[int]:
        return {pk for one in self._asked for pk in _theirs(one)}

    @cached_property
    def _regions(self) -> set[int]:
        return {one.fields["region"] for one in self._asked if one.fields.get("region")}

    @cached_property
    def _agreements(self) -> dict[int, tuple[Agreement, set[int]]]:
        named = self.named(Agreement)
        if not named and not self._partners and not self._regions:
            return {}
        near = Agreement.objects.filter(
            Q(parties__organisation__in=self._partners) | Q(partner_region__in=self._regions)
        )
        rows = Party.objects.filter(Q(agreement__in=named) | Q(agreement__in=near.values("pk")))
        found: dict[int, tuple[Agreement, set[int]]] = {}
        for party in rows.select_related("agreement__unit").order_by(
            "agreement__signed_on", "agreement__pk"
        ):
            found.setdefault(party.agreement_id, (party.agreement, set()))[1].add(
                party.organisation_id
            )
        if missed := named - set(found):
            # One that has no sides yet is not found by them.
            alone = Agreement.objects.filter(pk__in=missed).select_related("unit")
            found |= {row.pk: (row, set()) for row in alone}
        return found


def _theirs(candidate: Candidate) -> set[int]:
    return {told["id"] for told in candidate.fields.get("theirs", [])}

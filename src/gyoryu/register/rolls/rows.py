"""The public row of an agreement: only what its publication rule allows is put in."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gyoryu.register.rolls.past import Held, Side, Signature, Standing

# Those who sign for these hold a public office; who signs for others is a private person.
PUBLIC_BODIES = {"government", "agency"}


@dataclass(frozen=True)
class Named:
    """A region, organisation, person or department by its two names."""

    ko: str
    en: str
    kind: str = ""
    code: str = ""
    under: "Named | None" = None

    def told(self) -> dict[str, str]:
        """Both names, each standing in for the other where it is missing."""
        return {"ko": self.ko or self.en, "en": self.en or self.ko}


@dataclass(frozen=True)
class Around:
    """What a row names besides its own fields, by key."""

    organisations: dict[int, Named] = field(default_factory=dict)
    people: dict[int, Named] = field(default_factory=dict)
    regions: dict[int, Named] = field(default_factory=dict)
    # A position by its titles.
    positions: dict[int, Named] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    # The public keys of the agreements that may be named; a withheld one is not among them.
    agreements: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What belongs to one agreement and is dated or marked by itself."""

    unit: Named
    bodies: tuple[dict[str, Any], ...] = ()
    documents: tuple[dict[str, Any], ...] = ()


def row(
    key: str, held: Held, stands: Standing, rule: tuple[str, str], around: Around, beside: Beside
) -> dict[str, Any]:
    """Write the row of an agreement; ``rule`` is how far it is published and on what ground."""
    level, ground = rule
    if level == "withheld":
        return {"key": key, "publication": level, "ground": ground}
    told = {"key": key, "publication": level, "ground": ground, **_title(held, around)}
    return told if level == "title" else {**told, **_all(held, stands, around, beside)}


def in_order(held: Held) -> list[Side]:
    """Return the parties, ours first, in an order that a correction does not change."""
    return sorted(held.parties, key=lambda one: (one.side != "ours", one.organisation))


def _title(held: Held, around: Around) -> dict[str, Any]:
    partners = [one for one in in_order(held) if one.side == "theirs"]
    return {
        "title": {"ko": held.fields["title_ko"], "en": held.fields["title_en"]},
        "partners": [_name(around, one) for one in partners],
        "partner_region": _region(around, held.fields.get("partner_region")),
    }


def _name(around: Around, party: Side) -> dict[str, str]:
    found = around.organisations.get(party.organisation)
    return found.told() if found else {"ko": "", "en": ""}


def _all(held: Held, stands: Standing, around: Around, beside: Beside) -> dict[str, Any]:
    fields = held.fields
    return {
        "kind": fields["kind"],
        "status": stands.status,
        "since": stands.since.isoformat(),
        "reason": stands.reason,
        "renewed": _day(stands.renewed),
        "signed": _signed(fields),
        "place": _region(around, fields.get("place")),
        "method": fields["method"],
        "areas": [{"ko": ko, "en": around.areas.get(ko, ko)} for ko in sorted(held.areas)],
        "term": {
            "months": fields["term_months"],
            "renewal": fields["renewal"],
            "ends_on": _day(fields["ends_on"]),
        },
        "parties": [_party(around, one) for one in in_order(held)],
        "parent": around.agreements.get(fields.get("parent") or 0),
        "replaced_by": around.agreements.get(fields.get("replaced_by") or 0),
        "course": [
            {"status": one.status, "on": one.on.isoformat(), "reason": one.reason}
            for one in held.steps
            if one.status not in {"draft", "reviewed"}
        ],
        "unit": beside.unit.told(),
        "bodies": list(beside.bodies),
        "documents": list(beside.documents),
    }


def _signed(fields: dict[str, Any]) -> dict[str, Any] | None:
    if fields["signed_on"] is None:
        return None
    return {
        "first": _day(fields["signed_first"] or fields["signed_on"]),
        "last": _day(fields["signed_on"]),
        "precision": fields["signed_precision"],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _region(around: Around, key: int | None) -> dict[str, Any] | None:
    found = around.regions.get(key or 0)
    if found is None:
        return None
    country = found.under or found
    return {**found.told(), "code": found.code, "country": {**country.told(), "code": country.code}}


def _party(around: Around, party: Side) -> dict[str, Any]:
    found = around.organisations.get(party.organisation)
    public = found is not None and found.kind in PUBLIC_BODIES
    signed = sorted(party.signatures, key=lambda one: (one.person, one.title))
    signatures = [_signature(around, one, public=public) for one in signed]
    return {
        "name": _name(around, party),
        "side": party.side,
        "signatories": [one for one in signatures if one["name"] or any(one["title"].values())],
    }


def _signature(around: Around, one: Signature, *, public: bool) -> dict[str, Any]:
    """Name whoever signed in a public office; of anybody else only the title is told."""
    held = around.positions.get(one.position or 0, Named("", ""))
    ko, en = held.ko, held.en
    title = {"ko": one.title or ko or en, "en": en or one.title or ko}
    person = around.people.get(one.person)
    named = public and any(title.values()) and person is not None
    return {"title": title, "name": person.told() if named and person else None}

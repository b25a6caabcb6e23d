"""The score sheet of a call: written down in one way only, compared, and printed.

The text is canonical JSON: the same scores under the same rule give the same bytes. Members of the
panel stand in it by their seats and applicants by number and name, as they applied.
"""

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from gyoryu.programmes.models import Call, Sheet
from gyoryu.programmes.queries import ranking as queries
from gyoryu.programmes.queries.ranking import Standing
from gyoryu.programmes.scoring import Entrant, Line, Place, Ranking, Rule


def text(standing: Standing, why_chosen: str = "") -> str:
    """Write a ranking down, with everything that it came from."""
    lines = {one.key: one for one in standing.ranking.lines}
    told = {
        "form": 1,
        "call": standing.call.number,
        "rule": {**_rule(standing.ranking.rule), "why_chosen": why_chosen},
        "criteria": [
            {"key": one.pk, "name": one.name_ko, "most": one.most}
            for one in standing.call.criteria.all()
        ],
        "tracks": [
            {"key": one.pk, "name": one.name_ko, "places": one.places}
            for one in standing.call.tracks.all()
        ],
        "applications": [
            _application(one, lines[one.key], standing)
            for one in sorted(standing.entrants, key=lambda one: one.key)
        ],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(written: str) -> str:
    """Return the SHA-256 of a sheet's text."""
    return hashlib.sha256(written.encode()).hexdigest()


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "method": rule.method.value,
        "threshold": _number(rule.threshold),
        "least": rule.least,
        "spread_most": _number(rule.spread_most),
        "tie": rule.tie.value,
        "places": rule.places,
        "chosen": sorted(rule.chosen),
    }


def _application(entrant: Entrant, line: Line, standing: Standing) -> dict[str, Any]:
    row = standing.applications[entrant.key]
    return {
        "key": entrant.key,
        "number": row.number,
        "name": row.name,
        "track": entrant.track,
        "submitted_at": entrant.submitted_at.isoformat(),
        "reviews": [
            {
                "seat": one.reviewer,
                "points": {str(key): _number(points) for key, points in one.points},
                "total": _number(one.total),
                "recused": one.recused,
            }
            for one in entrant.reviews
        ],
        "score": _number(line.score),
        "rank": line.rank,
        "place": line.place.value,
        "reserve": line.reserve,
        "spread": _number(line.spread),
        "flagged": line.flagged,
        "sum": _number(line.trace.sum),
        "divisor": line.trace.divisor,
        "fates": {str(one.reviewer): one.fate.value for one in line.trace.scores},
    }


def _number(value: Decimal | None) -> str | None:
    """Write a number in one way, whatever zeros it came with: 84, 76.5."""
    if value is None:
        return None
    return f"{Decimal(value).normalize():f}"


def read(number: str | None) -> Decimal | None:
    """Read a number of a sheet."""
    return None if number is None else Decimal(number)


@dataclass(frozen=True)
class Change:
    """An application that stands otherwise now than on the sheet; none where it is missing."""

    number: str
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def same(sheet: Sheet, now: str) -> bool:
    """Tell whether everything stands as it was frozen."""
    return sheet.digest == digest(now)


def changes(sheet: Sheet, now: str) -> list[Change]:
    """Return the applications whose scores or places have changed since the sheet was frozen."""
    then, since = _by_key(sheet.text), _by_key(now)
    found = []
    for key in sorted(then.keys() | since.keys()):
        before, after = then.get(key), since.get(key)
        if before != after:
            told = after or before or {}
            found.append(Change(told["number"], told["name"], before, after))
    return found


def _by_key(written: str) -> dict[int, dict[str, Any]]:
    return {one["key"]: one for one in json.loads(written)["applications"]}


@dataclass(frozen=True)
class Drawn:
    """A ranking worked out for a page, and how it stands beside the sheet that was frozen last."""

    ranking: Ranking
    counts: dict[Place, int]
    flagged: int
    changed: tuple[Change, ...]
    same: bool


# So many large rankings are kept in a process: 14,000 reviews take a second to put in order, and
# a page of fifty lines is asked for again and again. Whatever is frozen or decided is worked out.
MOST_KEPT = 4
kept: OrderedDict[tuple[Any, ...], Drawn] = OrderedDict()


def drawn(call: Call, sheet: Sheet | None) -> Drawn:
    """Return a call's ranking as its reviews stand; kept while nothing of it has changed."""
    prefetch_related_objects([call], "criteria", "tracks")
    key = (sheet.pk if sheet else 0, *queries.stamp(call))
    found = kept.get(key)
    if found is None:
        found = kept[key] = _draw(call, sheet)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return found


def _draw(call: Call, sheet: Sheet | None) -> Drawn:
    standing = queries.standing(call, queries.chosen_in(sheet))
    now = text(standing, queries.why_chosen_in(sheet))
    ranking = standing.ranking
    return Drawn(
        ranking=ranking,
        counts={place: n for place in Place if (n := len(ranking.at(place)))},
        flagged=sum(line.flagged for line in ranking.lines),
        changed=tuple(changes(sheet, now)) if sheet else (),
        same=sheet is None or same(sheet, now),
    )

"""How sure a reading is, from 0 to 1: a rule of thumb that orders facts, no measured probability.

It begins with how often the reader is right on a kind and moves with what the fact has: a day that
was resolved, two sides, a due date; down for days left open and for what the text only intends.
"""

from typing import Any

_BEGIN = {
    "agreement": 0.74, "body": 0.7, "engagement": 0.66, "commitment": 0.56, "person": 0.74,
    "result": 0.76, "support": 0.66,
}  # fmt: skip
_MOST, _LEAST = 0.97, 0.3


def sureness(kind: str, fields: dict[str, Any], status: str) -> float:
    """Return how sure the reading of a fact is."""
    sure = _BEGIN[kind] + _of_days(fields) + _of_sides(fields) + _of_standing(kind, status)
    if kind == "person":
        sure += 0.14 if "org" in fields else 0
    if kind in {"agreement", "body"} and not fields.get("kind", {}).get("value") and kind != "body":
        sure -= 0.1
    return round(min(_MOST, max(_LEAST, sure)), 2)


def _of_days(fields: dict[str, Any]) -> float:
    days = [fields[name] for name in ("signed", "when", "due", "dates") if name in fields]
    if not days:
        return 0.0
    if days[0].get("open"):
        return -0.12
    return 0.1 if "year stated" in days[0].get("how", "") else 0.08


def _of_sides(fields: dict[str, Any]) -> float:
    return 0.05 * min(2, len(fields.get("parties", [])) + len(fields.get("who", [])))


def _of_standing(kind: str, status: str) -> float:
    if kind == "commitment":
        return {"agreed": 0.12, "planned": 0.04, "discussed": -0.1}.get(status, 0.0)
    return 0.03 if status in {"signed", "held", "existing"} else 0.0

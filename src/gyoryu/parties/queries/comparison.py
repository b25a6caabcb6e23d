"""Two records side by side before a merge, and what a merge moved."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import business_number
from gyoryu.parties.models import Merge, Organisation, Region
from gyoryu.parties.queries import ties


@dataclass(frozen=True)
class Line:
    """A fact of two records; ``differs`` when both say something and not the same."""

    label: Any
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two contradict each other."""
        return bool(self.first and self.second and self.first != self.second)


@dataclass(frozen=True)
class Columns:
    """Two records and what is known of each, and how many ties of each kind a merge would move."""

    first: Any
    second: Any
    lines: list[Line]
    ties: list[tuple[Any, int, int]]


def side_by_side(first: Any, second: Any) -> Columns:
    """Compare two records of one kind."""
    told = zip(_facts(first), _facts(second), strict=True)
    lines = [Line(label, one, other) for (label, one), (_label, other) in told]
    counts = [{str(words): (words, n) for words, n in ties.tied(row)} for row in (first, second)]
    rows = [
        (words, counts[0].get(name, (words, 0))[1], counts[1].get(name, (words, 0))[1])
        for name, (words, _n) in {**counts[1], **counts[0]}.items()
    ]
    return Columns(first, second, [line for line in lines if line.first or line.second], rows)


def _facts(row: Any) -> list[tuple[Any, str]]:
    names = [
        (_("Name in Korean"), row.name_ko),
        (_("Name in English"), row.name_en),
        (_("Name in its own language"), row.name_native),
    ]
    if isinstance(row, Organisation):
        names += [
            (_("Kind"), str(row.get_kind_display())),
            (_("Region"), str(row.region or "")),
            (_("Business number"), business_number.written(row.business_number)),
            (_("Website"), row.website),
        ]
    if isinstance(row, Region):
        return [*names, (_("Code"), row.code), (_("In"), str(row.parent or ""))]
    return [*names, (_("Responsible unit"), str(row.unit)), (_("Note"), row.note)]


def moved(merge: Merge) -> dict[str, Any]:
    """Return what a merge moved: counts by kind, rows set aside, and what its undoing left."""
    counts: Counter[str] = Counter()
    for tie in merge.moved.get("ties", []):
        counts[tie["model"]] += len(tie["rows"])
    aside = [(_words(kept["row"]["model"]), kept["name"]) for kept in merge.moved.get("aside", [])]
    left = Counter(label for label, _pk, _field in merge.left)
    return {
        "ties": [(_words(label), n) for label, n in sorted(counts.items())],
        "aside": aside,
        "names": len(merge.moved.get("aliases", [])),
        "fields": len(merge.moved.get("fields", {})),
        "left": [(_words(label), n) for label, n in sorted(left.items())],
    }


def _words(label: str) -> Any:
    model = apps.get_model(label)
    return ties.WORDS.get(model._meta.label_lower, model._meta.verbose_name_plural)

"""What is known of regions, organisations and people."""

from gyoryu.parties.queries.doubles import suspicions
from gyoryu.parties.queries.positions import clashes, held, held_among, now_and_before
from gyoryu.parties.queries.register import (
    called,
    meant,
    organisations,
    organisations_in,
    other_names,
    people,
    positions,
    region_under,
    regions,
)
from gyoryu.parties.queries.ties import Relation, relations, tied

__all__ = [
    "Relation",
    "called",
    "clashes",
    "held",
    "held_among",
    "meant",
    "now_and_before",
    "organisations",
    "organisations_in",
    "other_names",
    "people",
    "positions",
    "region_under",
    "regions",
    "relations",
    "suspicions",
    "tied",
]

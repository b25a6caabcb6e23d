"""What programs may ask of agreements, engagements and commitments, and do to them."""

from gyoryu.agreements.api import (
    agreements,
    areas,
    bodies,
    briefing,
    commitments,
    duties,
    engagements,
)

DESKS = [agreements.desk, duties.desk, bodies.desk, engagements.desk, commitments.desk, areas.desk,
         briefing.desk]  # fmt: skip

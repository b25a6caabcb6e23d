"""When a ranking may be frozen and decided."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gyoryu.base.refused import Refused
from gyoryu.programmes.scoring import Place, Ranking


def check_chosen(before: Ranking, after: Ranking, why: str) -> None:
    """Refuse a choice at the edge that is not about the edge, too many, too few, or without why.

    ``before`` is the ranking without the choice.
    """
    edge = {line.key for line in before.at(Place.EDGE)}
    chosen = after.rule.chosen
    if chosen - edge:
        raise Refused(
            _("Only applicants who are tied at the last places can be chosen."), field="chosen"
        )
    if left := sum(room for _pool, room in after.room):
        raise Refused(
            ngettext(
                "A tie stands across the last places: choose %(n)d more applicant.",
                "A tie stands across the last places: choose %(n)d more applicants.",
                left,
            )
            % {"n": left},
            field="chosen",
        )
    if _too_many(after):
        raise Refused(_("More are chosen than there are places."), field="chosen")
    if chosen and not why.strip():
        raise Refused(_("Say by what the tie was decided."), field="why_chosen")


def _too_many(ranking: Ranking) -> bool:
    selected = ranking.at(Place.SELECTED)
    rule = ranking.rule
    over = any(
        track.places is not None and sum(one.track == track.key for one in selected) > track.places
        for track in rule.tracks
    )
    return over or (rule.places is not None and len(selected) > rule.places)


def check_all_ranked(ranking: Ranking) -> None:
    """Refuse to decide while somebody has too few reviews to be ranked."""
    if lacking := len(ranking.at(Place.UNRANKED)):
        raise Refused(
            ngettext(
                "%(n)d applicant has too few reviews to be ranked. Have the reviews handed in, or"
                " take the applicant out of the review.",
                "%(n)d applicants have too few reviews to be ranked. Have the reviews handed in,"
                " or take the applicants out of the review.",
                lacking,
            )
            % {"n": lacking}
        )

"""Articles that say the same: in the same words, or in another language."""

from gyoryu.newsroom.likeness.groups import Groups, Placed
from gyoryu.newsroom.likeness.signatures import Likeness, Signature, bands, compare, signature
from gyoryu.newsroom.likeness.versions import Pair, Reason, Story, pair
from gyoryu.newsroom.likeness.versions import compare as compare_versions

__all__ = [
    "Groups",
    "Likeness",
    "Pair",
    "Placed",
    "Reason",
    "Signature",
    "Story",
    "bands",
    "compare",
    "compare_versions",
    "pair",
    "signature",
]

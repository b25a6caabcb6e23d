"""Keeping the index: reading the history, and making the cards of what waits.

Nothing here is written into the history: a card says nothing that its record does not say.
"""

from gyoryu.search.actions.following import catch_up, freshen, read_history
from gyoryu.search.actions.indexing import index_some, put_in_line

__all__ = ["catch_up", "freshen", "index_some", "put_in_line", "read_history"]

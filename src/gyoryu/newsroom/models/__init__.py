"""What the newsroom is made of: sources, articles, and the facts read from them."""

from gyoryu.newsroom.models.articles import Article, Reading, Version
from gyoryu.newsroom.models.candidates import Candidate, Conflict
from gyoryu.newsroom.models.sources import Source, Trust, Visit

__all__ = ["Article", "Candidate", "Conflict", "Reading", "Source", "Trust", "Version", "Visit"]

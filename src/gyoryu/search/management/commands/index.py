"""`index`: bring the search index up to date, or make it anew."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gyoryu.base import memory
from gyoryu.search import actions
from gyoryu.search.models import Kind, Waiting
from gyoryu.search.queries import standing
from gyoryu.web import clock


class Command(BaseCommand):
    """Any number of these may run at once, and one that was killed is gone on with by the next."""

    help = "Index what changed and what has no card yet; --all makes every card anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether everything is wanted, and of which kinds."""
        names = [kind.name.lower() for kind in Kind]
        parser.add_argument("--all", action="store_true", help="make every card anew")
        parser.add_argument("--kind", action="append", choices=names, help="only of this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put in line what is missing, then index until nothing waits, and say how far it is."""
        memory.keep_what_is_loaded()
        at = clock.now()
        while actions.read_history(by=None, at=at):
            pass
        for name in options["kind"] or [kind.name.lower() for kind in Kind]:
            kind = Kind[name.upper()]
            for records in _wanted(kind, everything=options["all"]):
                actions.put_in_line(kind, records, by=None, at=at)
        total = left = Waiting.objects.count()
        while some := actions.index_some(by=None, at=clock.now()):
            left = max(0, left - some)
            if options["verbosity"]:
                self.stdout.write(f"{total - left:,} of {total:,} records indexed")


def _wanted(kind: Kind, *, everything: bool) -> Iterable[Iterable[int]]:
    if not everything:
        return [standing.without_card(kind).iterator(chunk_size=5_000)]
    # Cards whose record stands no more are made anew too, and so are gone.
    return [
        rows.iterator(chunk_size=5_000) for rows in (standing.all_of(kind), standing.carded(kind))
    ]

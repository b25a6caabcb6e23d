"""What is asked of the index: the words and their ways to match, and what narrows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gyoryu.search.models import Kind, ids_between
from gyoryu.search.queries.sight import Scope
from gyoryu.search.words import Asked, titled

WHOLE, TITLE, ANYWHERE = 1, 2, 3
# How many matches of one kind are ranked: among all kinds, and when one kind is asked for.
FEW, MANY = 80, 600
# Where somebody who has mistyped a name may have meant another.
NAMED = {Kind.REGION, Kind.ORGANISATION, Kind.PERSON, Kind.AGREEMENT}
# Conditions that all must hold; each is met by any one of its tokens.
Groups = list[list[str]]


@dataclass(frozen=True)
class Way:
    """A way to match: by one of several wordings, with what is verified in the card's text.

    A title with ``spares`` needs no verifying: blanks in titles do not count.
    """

    how: int
    wordings: list[Groups]
    verify: list[str]
    spares: Groups = field(default_factory=list)

    def either(self, kinds: Iterable[Kind]) -> list[Groups]:
        """The tokens of the wordings, any of which a card of one of these kinds must have."""
        return in_titles(kinds, self.wordings) if self.how == TITLE else self.wordings


@dataclass(frozen=True)
class Wanted:
    """What is looked for, where it may be seen, and what it is narrowed to, on a day."""

    asked: Asked
    scopes: dict[Scope, list[Kind]]
    on: date
    kind: Kind | None = None
    unit: int | None = None
    region: int | None = None
    year: int | None = None
    # The kinds to be looked through, where not all that are seen.
    among: frozenset[int] | None = None
    # What was asked of the database first: governments, and on PostgreSQL how far kinds reach.
    ground: list[Any] = field(default_factory=list, compare=False)

    @property
    def seen(self) -> list[tuple[Scope, list[Kind]]]:
        """The kinds that are looked through, with where they may be seen."""
        chosen = (
            (scope, [kind for kind in kinds if self.looks_at(kind)])
            for scope, kinds in self.scopes.items()
        )
        return [(scope, kinds) for scope, kinds in chosen if kinds]

    def looks_at(self, kind: Kind) -> bool:
        """Tell whether a kind is looked through."""
        return self.kind in {None, kind} and (self.among is None or kind in self.among)

    @property
    def most(self) -> int:
        """How many matches of a kind are ranked."""
        return MANY if self.kind else FEW

    def narrowing(self, scope: Scope, governments: int) -> Groups:
        """The tokens that a card must have besides the words: of each group one."""
        found = [list(scope.tokens)] if scope.narrows(governments) else []
        found += [[f"@u{self.unit}"]] if self.unit else []
        found += [[f"@r{self.region}"]] if self.region else []
        return found

    @property
    def many_departments(self) -> bool:
        """Whether it is worth asking how many governments there are."""
        return any(scope.is_wide for scope, _kinds in self.seen)

    def ids(self, kind: Kind) -> tuple[int, int]:
        """The ids among which cards of a kind are looked for."""
        if self.year is None:
            return ids_between(kind, None, None)
        return ids_between(kind, date(self.year, 1, 1), date(self.year, 12, 31))

    @property
    def ways(self) -> list[Way]:
        """How a card may match, besides by a whole name; the last way finds what the others do."""
        title = [group for word in self.asked.words for group in word.in_title]
        anywhere = [group for word in self.asked.words for group in word.anywhere]
        verify = [word.text for word in self.asked.words if word.to_verify]
        return [Way(TITLE, [title], []), Way(ANYWHERE, [anywhere], verify, title)]

    @property
    def whole(self) -> list[Groups]:
        """How a card matches by a whole name."""
        return [[list(self.asked.names)]]


class Alike(Wanted):
    """What may have been meant: names that have all of the words but a letter of one of them."""

    def looks_at(self, kind: Kind) -> bool:
        """Only what is looked up by its name."""
        return kind in NAMED and super().looks_at(kind)

    @property
    def ways(self) -> list[Way]:
        """Every word may be mistyped in turn."""
        others = self.asked.words
        varied = [
            [*(group for word in others if word is not one for group in word.in_title), *nearly]
            for one in others
            for nearly in one.nearly
        ]
        return [Way(TITLE, varied, [])] if varied else []


def in_titles(kinds: Iterable[Kind], wordings: list[Groups]) -> list[Groups]:
    """Put wordings as tokens of titles, for each kind its own."""
    return [
        [[titled(kind, token) for token in group] for group in groups]
        for kind in kinds
        for groups in wordings
    ]


def written(
    either: list[Groups], narrowing: Groups, signs: tuple[str, str], quoted: Callable[[str], str]
) -> str:
    """Write a condition in the language of an index: one of the wordings, all of the narrowing."""
    and_, or_ = signs

    def all_of(groups: Groups) -> str:
        return and_.join(f"({or_.join(map(quoted, group))})" for group in groups)

    worded = f"({or_.join(f'({all_of(one)})' for one in either)})"
    return and_.join([worded, all_of(narrowing)]) if narrowing else worded

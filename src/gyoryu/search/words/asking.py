"""Reading what somebody typed into the words that a record must have."""

from dataclasses import dataclass

from gyoryu.base import names
from gyoryu.search.words import cutting, folding

LONGEST, MOST = 100, 8


@dataclass(frozen=True)
class Word:
    """One word that is looked for: folded, in syllables or in letters and figures."""

    text: str
    syllables: bool

    @property
    def anywhere(self) -> list[list[str]]:
        """The tokens a record must have: all of the lists, and of each list one."""
        if self.syllables:
            length = min(2, len(self.text))
            return [[cutting.plain(piece)] for piece in cutting.pieces(self.text, length)]
        whole = folding.stem(self.text)[: cutting.LONGEST]
        # A beginning stands for a word in titles only; long texts hold whole words.
        return [list(dict.fromkeys(map(cutting.plain, (whole, self._beginning))))]

    @property
    def in_title(self) -> list[list[str]]:
        """The same for its title and names, without the mark that says so."""
        if self.syllables:
            length = min(3, len(self.text))
            return [[cutting.plain(piece)] for piece in cutting.pieces(self.text, length)]
        whole = folding.stem(self.text)[: cutting.LONGEST]
        return [list(dict.fromkeys(map(cutting.plain, (self._beginning, whole))))]

    @property
    def _beginning(self) -> str:
        short = len(self.text) <= cutting.BEGINNING
        return self.text if short else self.text[: cutting.LONGEST]

    @property
    def nearly(self) -> list[list[list[str]]]:
        """The same for titles, one syllable left out, whichever; or the beginning of the word."""
        if not self.syllables:
            return [[[cutting.plain(self.text[:3])]]] if len(self.text) > 3 else []
        if not 3 <= len(self.text) <= 8:
            return []
        return [
            [[cutting.plain(other)] for at, other in enumerate(self.text) if at != left_out]
            for left_out in range(len(self.text))
        ]

    @property
    def to_verify(self) -> bool:
        """Whether its pieces may all be there without it: 수원 and 원시 make no 수원시."""
        return self.syllables and len(self.text) > 2


@dataclass(frozen=True)
class Asked:
    """A query: its words, and the tokens by which a whole name is found."""

    text: str
    words: tuple[Word, ...]
    names: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words)


def ask(text: str) -> Asked:
    """Read a query. Signs mean nothing in it: there is no syntax to get wrong."""
    text = names.nfc(text[:LONGEST])
    found = dict.fromkeys(folding.runs(folding.fold(text)))
    words = tuple(Word(run, syllables) for run, syllables in list(found)[:MOST])
    keys = (*names.person_keys(text), names.person_part(text), names.organisation_sound(text))
    sounds = [cutting.sound(key) for key in keys]
    wholly = [token for token in (cutting.whole(text), *sounds) if token]
    return Asked(text, words, tuple(dict.fromkeys(map(cutting.plain, wholly))))

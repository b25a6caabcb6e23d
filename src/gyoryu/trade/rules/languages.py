"""Languages that people speak at a meeting, by their codes (ISO 639-1)."""

from collections.abc import Iterable

from django.utils.translation import override

from gyoryu.base import names
from gyoryu.trade.models.events import LANGUAGES

KNOWN = LANGUAGES
CHOICES = list(KNOWN.items())
# Besides their names in both of our languages.
ALSO = {
    "중국": "zh", "mandarin": "zh", "일본": "ja", "베트남": "vi", "태국": "th", "말레이": "ms",
    "한국": "ko", "서반아어": "es", "불어": "fr", "독어": "de", "노어": "ru", "farsi": "fa",
}  # fmt: skip


def told(codes: Iterable[str]) -> str:
    """Name languages in the reader's."""
    return ", ".join(str(KNOWN.get(code, code)) for code in codes)


def read(text: str) -> str:
    """Return the code of a language as people write it; nothing for one that is not known."""
    plain = names.nfc(text).casefold()
    return _named().get(plain, plain if plain in KNOWN else "")


def _named() -> dict[str, str]:
    found = dict(ALSO)
    for language in ("ko", "en"):
        with override(language):
            found |= {str(label).casefold(): code for code, label in KNOWN.items()}
    return found

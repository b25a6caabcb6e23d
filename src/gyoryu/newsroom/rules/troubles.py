"""Why a visit or a file could not be read, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.newsroom.text.refusal import Unreadable


def _megabytes(params: Mapping[str, Any]) -> str:
    return f"{int(params.get('limit', 0)) / 1_000_000:.0f}"


# Called with the trouble's parameters when it is shown, so that each reader gets their language.
_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "bad-address": lambda p: _("“%(host)s” is not an address.") % {"host": p.get("host", "")},
    "scheme": lambda p: _("Only http and https addresses are visited."),
    "credentials": lambda p: _("The address holds a user name or password. Take it out."),
    "private-address": lambda p: _("%(host)s is inside a private network and is not visited.") % p,
    "closed-port": lambda p: _("Port %(port)s of %(host)s is not visited.") % p,
    "no-such-host": lambda p: _("There is no such host: %(host)s.") % p,
    "no-connection": lambda p: _("%(host)s does not answer.") % p,
    "too-slow": lambda p: _("The server was too slow."),
    "too-large": lambda p: _("It is larger than %(limit)s MB.") % {"limit": _megabytes(p)},
    "too-many-redirects": lambda p: _("It leads on from address to address without an end."),
    "robots": lambda p: _("The site asks not to be visited at this address (robots.txt)."),
    "robots-unavailable": lambda p: _("The site's rules for visitors cannot be read at present."),
    "packed-oddly": lambda p: _("The answer is packed in a way that cannot be read."),
    "cut-short": lambda p: _("The answer was cut short."),
    "empty": lambda p: _("There is nothing in it."),
    "entities": lambda p: _("It declares entities, which is not safe to read."),
    "broken-markup": lambda p: _("Its markup is broken."),
    "not-a-feed": lambda p: _("This is not a feed. Choose “web page” if it is a page."),
    "compressed": lambda p: _("The compressed file is damaged."),
    "status": lambda p: _("The server answered with status %(status)s.") % p,
    "no-file": lambda p: _("There is no such file."),
    "no-folder": lambda p: _("The folder is not there, or not among those that may be read."),
    "not-a-list": lambda p: _("Line %(line)s is not an article in JSON.") % p,
    "no-article": lambda p: _("No article was found in it."),
}
_DOUBTS: dict[str, Callable[[], str]] = {
    "broken-markup": lambda: _("The feed's markup was broken and has been repaired."),
    "letters-lost": lambda: _("Some letters could not be read."),
    "titles-guessed": lambda: _("Titles were guessed: the feed no longer tells them apart."),
    "text-before": lambda: _("Text before the first article was left out."),
    "cut-short": lambda: _("The feed ends in the middle of an article."),
}


def in_words(code: str, params: Mapping[str, Any]) -> str:
    """Say what a trouble's code means."""
    told = _WORDS.get(code)
    return told(params) if told else _("It could not be read (%(code)s).") % {"code": code}


# Said when it is shown, so that one and the same trouble is kept in every language.
lazily = lazy(in_words, str)


def doubt(code: str) -> str:
    """Say what was guessed or lost on the way."""
    told = _DOUBTS.get(code)
    return told() if told else code


def refusal(trouble: Unreadable, field: str = "") -> Refused:
    """Turn what an engine refuses into a reason that a form shows."""
    return Refused(in_words(trouble.code, trouble.params), field=field)

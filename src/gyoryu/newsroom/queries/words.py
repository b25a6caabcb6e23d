"""The codes of the reading engine in the reader's language."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.agreements.models import Agreement, Engagement
from gyoryu.base import money
from gyoryu.newsroom.facts import period_of


def status(code: str) -> str:
    """The article's word on how a fact stands."""
    return {
        "signed": pgettext("article", "signed"),
        "announced": pgettext("article", "announced"),
        "presented": pgettext("article", "presented"),
        "planned": pgettext("article", "planned"),
        "intended": pgettext("article", "intended"),
        "existing": pgettext("article", "told as history"),
        "verbal": pgettext("article", "spoken only"),
        "held": pgettext("article", "held"),
        "agreed": pgettext("article", "agreed"),
        "discussed": pgettext("article", "discussed only"),
        "invited": pgettext("article", "invited"),
        "achieved": pgettext("article", "achieved"),
        "contracts pursued": pgettext("article", "contracts pursued"),
        "expected": pgettext("article", "expected"),
        "selected": pgettext("article", "selected"),
        "done": pgettext("article", "done"),
    }.get(code, code)


def instrument(code: str) -> str:
    """An instrument that has no kind of ours."""
    return {
        "letter_of_support": _("letter of support"),
        "contract": _("contract"),
        "contract_verbal": _("spoken contract"),
        "compact": _("compact"),
        "treaty": _("treaty"),
        "agreement": _("kind not stated"),
    }.get(code, code)


def encounter(code: str) -> str:
    """A kind of contact."""
    return str(Engagement.Kind(code).label) if code in Engagement.Kind.values else code


def what(code: str) -> str:
    """What is compared."""
    if code in Agreement.Kind.values:
        return str(Agreement.Kind(code).label)
    return {
        "signed": _("Signed on"),
        "when": _("When"),
        "due": _("Due"),
        "state": pgettext("newsroom", "Standing"),
        "title": _("Office"),
        "amount": _("Amount"),
        "contract": pgettext("newsroom", "Contract"),
        "consult_n": _("Number of consultations"),
        "consult_amt": _("Amount consulted"),
        "contract_n": _("Contracts"),
        "contract_amt": _("Amount of contracts"),
    }.get(code, instrument(code))


def figures() -> dict[str, str]:
    """The figures of a trade result, in the order in which they are shown."""
    return {
        "event": _("Event"),
        "companies": _("Companies"),
        "buyers": _("Buyers"),
        "visitors": _("Visitors"),
        "consult_n": _("Number of consultations"),
        "consult_amt": _("Amount consulted"),
        "contract_n": _("Contracts pursued"),
        "contract_amt": _("Amount pursued"),
    }


def terms() -> dict[str, str]:
    """The terms of a support programme."""
    return {
        "program": _("Programme"),
        "budget": _("Budget"),
        "ceiling": _("Ceiling"),
        "counts": _("How many"),
        "covers": _("Covers"),
    }


def amount(told: str) -> str:
    """An amount as the engine writes it ("USD 4200000 approx") with separators."""
    currency, _blank, rest = told.partition(" ")
    number, _blank, hedge = rest.partition(" ")
    try:
        shown = "–".join(f"{Decimal(part):,}" for part in number.rstrip("+").split("-"))
    except InvalidOperation:
        return told
    if currency not in money.CURRENCIES:
        return told
    about = _("about") + " " if hedge == "approx" or number.endswith("+") else ""
    return f"{about}{currency} {shown}"


def told(kind: str, value: str) -> object:
    """A value of a conflict as it is shown: amounts, dates and standings in words."""
    if kind == "dates":
        return period_of(value) or value
    if kind == "standing":
        return status(value)
    if value[:3] in money.CURRENCIES:
        return ", ".join(amount(part) for part in value.split(", "))
    return value

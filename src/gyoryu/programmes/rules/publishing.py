"""What a call still lacks before it can be announced."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.programmes import questions
from gyoryu.programmes.models import Call, EligibilityRule, Programme
from gyoryu.programmes.questions import Question

Kind = EligibilityRule.Kind
# Rules that read an answer of the form when the record has no figure.
ASKING = {Kind.ANSWER, Kind.DECLARED}


@dataclass(frozen=True)
class Parts:
    """The parts of a call, looked up once; ``allotted`` is what is set apart for it, in won."""

    tracks: list[Any]
    categories: list[Any]
    criteria: list[Any]
    papers: list[Any]
    rules: list[Any]
    allotted: int


@dataclass(frozen=True)
class Item:
    """A line of the check list; not ``needed``: advice. ``part`` says where it is mended."""

    label: Any
    done: bool
    needed: bool
    part: str
    reason: Any = ""


def checklist(call: Call, parts: Parts, *, at: datetime) -> list[Item]:
    """Return the check list of a call, in the order of its page."""
    asked = form_of(call)
    return [
        *_told(call, at),
        *_money(call, parts),
        *_judged(call, parts),
        *_form(call, parts, asked),
    ]


def missing(items: list[Item]) -> list[str]:
    """Return what is needed and not there, in words."""
    return [str(item.reason or item.label) for item in items if item.needed and not item.done]


def form_of(call: Call) -> tuple[Question, ...]:
    """Return the questions of a call; none where what is stored is no form."""
    parsed = questions.parse(call.questions)
    return () if parsed.errors else parsed.questions


def _told(call: Call, at: datetime) -> list[Item]:
    both = bool(call.title_en and call.summary_en)
    return [
        Item(_("Title and summary in Korean"), bool(call.summary_ko), True, "edit",
             _("The summary in Korean is not written.")),
        Item(_("Title and summary in English"), both, False, "edit",
             _("Readers of English see the Korean text.")),
        Item(_("The office to ask"), bool(call.contact), True, "edit",
             _("Nobody is named whom applicants can ask.")),
        Item(_("A window that is still to come"), call.closes_at > at, True, "edit",
             _("The window is over already.")),
    ]  # fmt: skip


def _money(call: Call, parts: Parts) -> list[Item]:
    pays = any(not category.in_kind for category in parts.categories) or bool(call.award_most)
    tracked = bool(parts.tracks) and all(track.places for track in parts.tracks)
    # What a voucher buys stands in the menu of its year's terms.
    told = bool(parts.categories) or call.programme.kind == Programme.Kind.VOUCHER
    return [
        Item(_("Money set apart for it"), parts.allotted > 0 or not pays, True, "allot",
             _("No money is set apart for this call.")),
        Item(_("What is paid or given"), told, True, "categories",
             _("No category of cost and no benefit is named.")),
        Item(_("How many are selected"), bool(call.places or tracked), True, "edit",
             _("Neither the call nor each of its tracks says how many are selected.")),
    ]  # fmt: skip


def _judged(call: Call, parts: Parts) -> list[Item]:
    points = sum(criterion.most for criterion in parts.criteria)
    return [
        Item(_("Criteria of 100 points"), points == 100 or not call.reviewed, True, "criteria",
             _("The criteria come to %(points)d points, not to 100.") % {"points": points}),
        Item(_("Conditions of eligibility"), bool(parts.rules), False, "rules",
             _("Without a condition everybody is eligible.")),
        Item(_("Required papers"), bool(parts.papers), False, "papers",
             _("No paper is asked for.")),
    ]  # fmt: skip


def _form(call: Call, parts: Parts, asked: tuple[Question, ...]) -> list[Item]:
    codes = {question.code for question in asked}
    unasked = sorted(
        {
            str(code)
            for rule in parts.rules
            if (code := rule.terms.get("question")) and code not in codes
        }
    )
    items = [
        Item(_("Questions of the form"), bool(asked), True, "form",
             _("The form has no question.")),
        Item(_("Questions the conditions read"), not unasked, True, "rules",
             _("A condition reads a question that the form does not ask: %(codes)s.")
             % {"codes": ", ".join(unasked)}),
    ]  # fmt: skip
    if call.blind:
        bare = any(question.kind == "file" and not question.reveals for question in asked)
        items.append(
            Item(_("Nothing tells a blind panel who applies"), not bare, False, "form",
                 _("A file of the form is shown to the panel. Make sure that it names nobody."))
        )  # fmt: skip
    return items

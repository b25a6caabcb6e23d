"""What a member of a panel is shown of an application: of a blind call, nothing that tells whose.

Of a blind call only those answers are shown whose question says that it does not reveal, and only
those papers that are asked for as such. Names of files and titles of documents are never shown
then, because people put their company's name into them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import get_language

from gyoryu.evidence.models import Document
from gyoryu.programmes import questions
from gyoryu.programmes.models import Application, Attachment, Call, Member, Review
from gyoryu.programmes.questions import Shown


@dataclass(frozen=True)
class Paper:
    """A paper that is shown: under which words, and under which name it is handed out.

    ``number`` counts the papers that are shown.
    """

    number: int
    title: str
    name: str
    document: Document


@dataclass(frozen=True)
class Contents:
    """What is shown of an application. ``who`` is nothing and ``members`` is empty when blind."""

    who: str
    members: tuple[Member, ...]
    answers: tuple[Shown, ...]
    papers: tuple[Paper, ...]


def who(application: Application, call: Call) -> str:
    """Return who applies, or nothing where the panel judges blind."""
    return "" if call.blind else application.name


def contents(review: Review) -> Contents:
    """Return what the member whose review it is may read."""
    application, call = review.application, review.seat.call
    language = (get_language() or "ko")[:2]
    form = questions.load(call.questions)
    answers = questions.shown(form, application.answers, blind=call.blind, language=language)
    return Contents(
        who=who(application, call),
        members=() if call.blind else tuple(application.members.all()),
        answers=tuple(one for one in answers if one.kind != "file" and one.answered),
        papers=tuple(_papers(application, call, answers)),
    )


def _papers(application: Application, call: Call, answers: Iterable[Shown]) -> list[Paper]:
    told = {key: one.label for one in answers for key in one.files}
    rows = application.attachments.select_related("paper", "document", "application")
    found: list[Paper] = []
    for row in rows.order_by("paper__order", "pk"):
        if call.blind and not _reveals_nothing(row, told):
            continue
        number = len(found) + 1
        found.append(_paper(row, call, number, told))
    return found


def _reveals_nothing(row: Attachment, told: dict[int, str]) -> bool:
    """Tell whether a paper may be read blind: asked for as such, or an answer that may be."""
    if row.paper is not None:
        return not row.paper.reveals
    return row.document_id in told


def _paper(row: Attachment, call: Call, number: int, told: dict[int, str]) -> Paper:
    document = row.document
    asked = str(row.paper) if row.paper else told.get(row.document_id, "")
    if not call.blind:
        return Paper(number, asked or document.title, document.original_name, document)
    suffix = PurePath(document.original_name).suffix.lower()
    told_as = row.application.number or str(row.application_id)
    return Paper(number, asked, f"{told_as}-{number}{suffix}", document)

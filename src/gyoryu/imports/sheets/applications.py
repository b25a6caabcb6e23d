"""Sheets of applications that came to a call on paper: the answers are the call's own questions."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.queries import calls, lookups
from gyoryu.imports.queries.lookups import same_title
from gyoryu.imports.sheets import answers, cells, judging
from gyoryu.imports.sheets.columns import Column
from gyoryu.imports.sheets.consultations import clock
from gyoryu.imports.sheets.judging import Row, Unknown, World
from gyoryu.parties import business_number
from gyoryu.parties import rules as party_rules
from gyoryu.programmes import questions
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.forms.screening import moment
from gyoryu.programmes.models import Application, Call
from gyoryu.programmes.rules import applications as rules
from gyoryu.programmes.rules import screening

# When a paper came, where a row says only the day: as on the screen for a single one.
MORNING = time(9)
ALL = {"전부", "모두", "전체", "일체", "all"}
COLUMNS = {
    "business_number": Column(
        "business_number", _("Business number"),
        ("사업자등록번호", "사업자번호", "Business number", "Business registration number"),
        cells.company_number, looks=cells.looks_like_company_number, required=True,
        example=("999-81-00015", "999-81-00015")),
    "name": Column(
        "name", _("Applicant"),
        ("신청기업", "신청인", "신청자", "기업명", "업체명", "회사명", "상호", "팀명", "성명", "Applicant", "Company",
         "Company name", "Team", "Name"), example=("가온텍", "Gaon Tech")),
    "received_on": Column(
        "received_on", _("Received on"),
        ("접수일", "접수일자", "접수일시", "제출일", "신청일", "Received on", "Received", "Date received"), cells.day,
        required=True, example=("2025-03-20", "2025-03-20")),
    "received_at": Column(
        "received_at", _("Time received"), ("접수시각", "접수시간", "Time received", "Received at"), clock,
        example=("10:30", "10:30")),
    "track": Column(
        "track", _("Track"), ("분야", "트랙", "지원분야", "신청분야", "과제구분", "Track"), refers="track"),
    "asked": Column(
        "asked", _("Amount asked for (KRW)"),
        ("신청금액", "신청액", "지원신청액", "신청금액(원)", "Amount asked for", "Amount"), answers.won,
        example=("8,000,000", "8,000,000")),
    "members": Column(
        "members", _("Members of the team"), ("팀원", "구성원", "팀구성원", "Members", "Team members"),
        answers.members, example=("김누리(총무과); 박하늘(관광과)", "Kim Nuri (General); Park Haneul (Tourism)")),
    "papers": Column(
        "papers", _("Papers that came on paper"),
        ("제출서류", "구비서류", "첨부서류", "서류", "종이서류", "Papers", "Documents"), refers="paper"),
}  # fmt: skip


class Applications(judging.Kind):
    """Applications on paper to one call, which is chosen before the columns are."""

    name = "applications"
    label = _("Applications on paper")
    capability = "programmes.change"
    first = ("call",)
    options = ("make",)
    columns = tuple(COLUMNS.values())

    def __init__(self, call: Call | None = None) -> None:
        self.call = call
        self.asked = questions.load(call.questions) if call else ()
        if call is not None:
            self.columns = (*_fitting(call), *map(answers.column, answers.answerable(self.asked)))

    def of(self, options: Any, by: Any = None) -> "Applications":
        """Return the sheet of the call that was chosen, with a column for each question."""
        return Applications(calls.chosen(options.get("call"), by))

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find the companies, who has applied already, and what the conditions say of each row."""
        world.options.setdefault("partner_kind", "company")
        call = calls.chosen(world.options.get("call"), world.by)
        numbers = [business_number.digits(t) for t in judging.texts(rows, "business_number")]
        companies = lookups.numbers(numbers)
        found = {"call": call, "number": companies, "track": {}, "paper": {}}
        if call is None or self.call is None:
            return found
        return {
            **found,
            "applied": calls.applied(call),
            "track": calls.named(call.tracks.all()),
            "paper": calls.papers(call),
            "said": self._said(call, rows, companies, world),
            # Names of regions by language: asked for once in each.
            "regions": {},
        }

    def _said(self, call: Call, rows: Sequence[Row], companies: Any, world: World) -> Any:
        """Examine the conditions of the call for all rows at once."""
        asked = []
        for row in rows:
            number = business_number.digits(row.cells.get("business_number", ""))
            given = answers.read_all(self.asked, row.cells)
            company = companies.get(number)
            asked.append((row.number, company.pk if company else None, given))
        return calls.said(call, asked, world.today)

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Put together what the row hands in, and check it by the rules of a submission."""
        call = world.found["call"]
        if call is None or self.call is None:
            raise Refused(_("Choose the call first that these applications answer."))
        screening.check_may_screen(world.by, call)
        company = self._company(values, row, world)
        name = values.get("name") or str(company or "")
        content = Content(
            name=name,
            answers=answers.given(self.asked, values),
            asked=values.get("asked"),
            track=self._track(row, world),
            members=tuple(values.get("members") or ()),
            held=tuple(self._papers(row, world)),
        )
        received = moment(values["received_on"], values.get("received_at") or MORNING)
        _check(call, content)
        values.clear()
        values |= {"call": call, "organisation": company, "content": content, "received": received}
        world.once(_key(values, received), row, "business_number" if company else "name")

    def _company(self, values: dict[str, Any], row: Row, world: World) -> Any:
        number = values.get("business_number", "")
        if not number:
            return None
        if known := world.found["number"].get(number):
            return known
        party_rules.check_business_number(number)
        if not world.options.get("make"):
            raise Refused(
                _("No organisation has this business number. Add it first."),
                field="business_number",
            )
        if not names.organisation_key(values.get("name", "")):
            raise Refused(_("“%(column)s” is missing.") % {"column": COLUMNS["name"].label},
                          field="name")  # fmt: skip
        return Unknown(values["name"][:200], number, business_number=number)

    def _track(self, row: Row, world: World) -> Any:
        text = row.cells.get("track")
        return (
            judging.only(world.found["track"].get(same_title(text), []), text, "track")
            if text
            else None
        )

    def _papers(self, row: Row, world: World) -> list[Any]:
        text, known = row.cells.get("papers", ""), world.found["paper"]
        if same_title(text) in ALL:
            return list({id(one): one for one in known.values()}.values())
        found = []
        for one in cells.listed(text):
            if same_title(one) not in known:
                raise Refused(
                    _("The call asks for no paper called “%(text)s”.") % {"text": one[:60]},
                    field="papers",
                )
            found.append(known[same_title(one)])
        return list({id(one): one for one in found}.values())

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the application that says the very same; another of the company is refused."""
        company, received = values["organisation"], values["received"]
        known: Application | None = world.found["applied"].get(_key(values, received))
        if known is None:
            return None
        content = values["content"]
        same = (
            known.applicant_id is None
            and known.submitted_at == received
            and (known.name, known.asked) == (content.name, content.asked)
            and known.answers == content.answers
            and known.track == content.track
        )
        if company is not None and not same:
            raise Refused(str(rules.second(known)), field="business_number")
        return known if same else None

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Check when it came, and say from where it is entered."""
        screening.check_received(values["call"], values["received"], world.at)
        values["row"] = world.note(row)

    def notes(self, values: dict[str, Any], row: Row, world: World) -> list[str]:
        """Tell which conditions of the call are not met, or not known."""
        language = (get_language() or "ko")[:2]
        regions = world.found["regions"]
        if language not in regions:
            regions[language] = calls.regions_of(world.found["call"])
        said = world.found["said"][row.number]
        return calls.in_words(world.found["call"], said, regions[language], language)

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """An application that is known is the same, or refused: nothing of it is changed."""

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row by who applies."""
        return (row.cells.get("name") or row.cells.get("business_number", ""))[:200]


def _fitting(call: Call) -> list[Column]:
    """Return the columns that a call of its kind has besides its questions."""
    company, team = call.applicant == Call.Applicant.COMPANY, call.applicant == Call.Applicant.TEAM
    left_out = {
        "business_number": not company,
        "members": not team,
        "asked": not call.ask_amount,
        "track": not call.tracks.all(),
    }
    return [one for name, one in COLUMNS.items() if not left_out.get(name)]


def _check(call: Call, content: Content) -> None:
    rules.check_name(content.name)
    rules.check_track(call, content.track)
    rules.check_team(call, [name for name, _office in content.members])
    rules.check_asked(call, content.asked)
    rules.check_answers(call, content.answers, held=rules.files_asked(call))


def _key(values: dict[str, Any], received: datetime) -> Any:
    """Return what tells an application from others: its business number, or its name and moment."""
    company = values["organisation"]
    if company is not None:
        return company.business_number
    return (same_title(values["content"].name), received)

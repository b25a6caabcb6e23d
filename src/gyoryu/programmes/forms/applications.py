"""What applicants type: a form drawn from the call's questions, kept as typed, read at the end."""

from collections.abc import Mapping
from typing import Any

from django import forms as django
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from gyoryu.parties.models import Organisation
from gyoryu.programmes import questions
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.forms.answers import EMPTY_ROWS, field_of, put_errors, words
from gyoryu.programmes.models import Application, Call, Track
from gyoryu.programmes.questions import Wrong
from gyoryu.programmes.questions.values import line, won
from gyoryu.programmes.rules import applications as rules
from gyoryu.web import forms

Typed = dict[str, list[str]]
# What a post holds besides what was typed.
BESIDE = {"csrfmiddlewaretoken", "once", "then", "drafted", "resume"}


class WonField(django.CharField):
    """A whole amount of won, typed as people write it: 8,000,000 or 8,000,000원."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=40, widget=django.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return the amount."""
        try:
            return won(super().to_python(value))
        except Wrong as wrong:
            raise django.ValidationError(words(wrong)) from wrong

    def run_validators(self, value: Any) -> None:
        """The engine has read it."""


class MembersInput(django.Widget):
    """A team's people: name and department, the leader first."""

    template_name = "programmes/applications/members.html"
    least = most = 1

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        """Return the rows with a name or a department in them, as they were typed."""
        names, offices = (data.getlist(f"{name}.{part}") for part in ("name", "office"))
        rows = zip(names, [*offices, *[""] * len(names)], strict=False)
        return [row for row in rows if any(cell.strip() for cell in row)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A team without rows was answered with none."""
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the rows, with some empty ones."""
        given = list(value or [])
        count = max(min(len(given) + EMPTY_ROWS, self.most), self.least, len(given))
        rows = [given[place] if place < len(given) else ("", "") for place in range(count)]
        return {**super().get_context(name, value, attrs), "rows": rows}


class MembersField(django.Field):
    """The people of a team; the call says how many."""

    widget = MembersInput

    def to_python(self, value: Any) -> list[tuple[str, str]]:
        """Return the people, each by a name and a department of one line."""
        try:
            return [(line(name), line(office)) for name, office in value or []]
        except Wrong as wrong:
            raise django.ValidationError(words(wrong)) from wrong

    def validate(self, value: Any) -> None:
        """Refuse a person without a name; how many there must be is a rule."""
        super().validate(value)
        if any(not name for name, _office in value or []):
            raise django.ValidationError(_("Give the name of each person."))


class ApplicationForm(forms.Form):
    """An application of a call. Bound to what was typed, it says what is still to be done."""

    use_required_attribute = False
    name = forms.TextField(label=_("Applicant's name"), max_length=200)

    def __init__(self, call: Call, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.call = call
        self.asked = questions.load(call.questions)
        self.fields["name"].label = _NAMES[Call.Applicant(call.applicant)]
        tracks = list(call.tracks.all())
        if tracks:
            self.fields["track"] = TrackField(tracks)
        if call.ask_amount:
            self.fields["asked"] = _amount(call)
        if call.applicant == Call.Applicant.TEAM:
            self.fields["members"] = _team(call)
        for question in self.asked:
            if question.kind != "file":
                self.fields[f"q.{question.code}"] = field_of(question)
        self.files_asked = [one for one in self.asked if one.kind == "file"]
        self.held: Mapping[str, list[int]] = {}
        # Codes of questions whose file lies in the office on paper.
        self.on_paper: set[str] = set()

    def quiet(self) -> None:
        """Show what was typed without saying what is wrong with it: it is still being written."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def clean(self) -> dict[str, Any]:
        """Let the engine read the answers, with the files that were handed in."""
        cleaned: dict[str, Any] = super().clean() or {}
        read = self.data.getlist if hasattr(self.data, "getlist") else lambda name: []
        given = {**questions.posted(self.asked, read), **self.held}
        checked = questions.check(questions.excused(self.asked, self.on_paper), given)
        missing = {one.code for one in self.files_asked} & checked.errors.keys()
        put_errors(self, self.asked, {k: v for k, v in checked.errors.items() if k not in missing})
        for code in sorted(missing):
            label = next(one.label.told("ko") for one in self.files_asked if one.code == code)
            self.add_error(None, f"{label}: {words(checked.errors[code])}")
        cleaned["answers"] = checked.values
        return cleaned

    def content(self) -> Content:
        """Return what a valid form says."""
        values = self.cleaned_data
        return Content(
            name=values["name"],
            answers=values["answers"],
            asked=values.get("asked"),
            track=values.get("track"),
            members=tuple(values.get("members") or ()),
            held=tuple(values.get("on_paper") or ()),
        )


_NAMES = {
    Call.Applicant.COMPANY: _("Company name, as it applies"),
    Call.Applicant.TEAM: _("Team name"),
    Call.Applicant.PERSON: _("Your name"),
}


class TrackField(django.ChoiceField):
    """The part of the call that is applied for."""

    def __init__(self, tracks: list[Track]) -> None:
        self.tracks = {str(track.pk): track for track in tracks}
        choices = [("", _("Choose")), *((key, str(track)) for key, track in self.tracks.items())]
        super().__init__(label=_("Track"), choices=choices)

    def clean(self, value: Any) -> Track | None:
        """Return the track."""
        return self.tracks.get(super().clean(value))


def _amount(call: Call) -> WonField:
    most = call.award_most
    told = _("At most %(most)s KRW.") % {"most": f"{most:,}"} if most else ""
    return WonField(label=_("Amount asked for (KRW)"), help_text=told)


def _team(call: Call) -> MembersField:
    told = {"least": call.members_least, "most": call.members_most}
    field = MembersField(
        label=_("Members of the team"),
        help_text=_("The leader first; %(least)d to %(most)d people.") % told,
    )
    field.widget.least, field.widget.most = call.members_least, call.members_most
    return field


def kept(post: MultiValueDict[str, str]) -> Typed:
    """Return what was typed of a post, exactly: what a draft keeps."""
    return {name: list(texts) for name, texts in post.lists() if name not in BESIDE}


def as_posted(typed: Typed) -> MultiValueDict[str, str]:
    """Return a draft as a form reads it."""
    return MultiValueDict(typed)


def filled(application: Application, typed: Typed | None = None) -> ApplicationForm:
    """Return the form of an application with what was typed, and the files handed in with it."""
    held = typed if typed is not None else application.typed
    begun = held or {"name": [application.name]}
    form = ApplicationForm(application.call, as_posted(begun))
    form.held = files_of(application)
    if form.files_asked:
        form.on_paper = rules.files_held(application)
    return form


def files_of(application: Application) -> dict[str, list[int]]:
    """Return the documents that answer questions, by the question's code."""
    found: dict[str, list[int]] = {}
    rows = application.attachments.exclude(question="").filter(document__voided_at=None)
    for code, document in rows.values_list("question", "document"):
        found.setdefault(code, []).append(document)
    return found


class BeginForm(forms.Form):
    """For which company somebody applies."""

    organisation = django.ModelChoiceField(
        label=_("Company"), queryset=Organisation.objects.none(), empty_label=_("Choose")
    )

    def __init__(self, companies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = companies  # type: ignore[attr-defined]
        if len(companies) == 1:
            field.initial = companies[0]


class WithdrawForm(forms.Form):
    """Why an application is taken back, if somebody wants to say."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=1000, required=False)

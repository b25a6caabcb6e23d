"""What a program sends, checked against what a form asks for, and turned into what was typed.

The form itself says what is wrong with the values. Here is only asked whether the JSON is of the
kind that the schema promises, so that a list is not taken for a line of text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.choices import BaseChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from gyoryu.web import forms as ours
from gyoryu.web.calls.problems import Errors, Problem, wrong

MULTIPART = "multipart/form-data"
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "null": (type(None),),
}
Schema = dict[str, Any]
PATTERN = "^"


def schema_of(fields: Mapping[str, forms.Field], given: Iterable[str]) -> Schema:
    """Return the JSON Schema of a form; the ``given`` fields have a value to begin with."""
    needed = [
        name
        for name, field in fields.items()
        if field.required and field.initial is None and name not in given
    ]
    told: Schema = {
        "type": "object",
        "properties": {n: of_field(one) for n, one in fields.items() if not n.startswith(PATTERN)},
        "additionalProperties": False,
    }
    # A form whose fields depend on what was sent before names them by a pattern.
    if patterns := {n: of_field(one) for n, one in fields.items() if n.startswith(PATTERN)}:
        told["patternProperties"] = patterns
    return {**told, "required": needed} if needed else told


def of_field(field: forms.Field) -> Schema:
    """Return the JSON Schema of a field: its kind, its limits, what it is called and asks for."""
    told = dict(_kind(field))
    if not field.required and "type" in told and told.get("format") != "binary":
        kinds = told["type"] if isinstance(told["type"], list) else [told["type"]]
        told["type"] = [*kinds, "null"]
        if "enum" in told:
            told["enum"] = [*told["enum"], None]
    if field.label:
        told["title"] = str(field.label)
    if isinstance(field, ours.PickField):
        told["description"] = _("The record's number, or its name as on screen.")
    elif field.help_text:
        told["description"] = str(field.help_text)
    if field.initial is not None and not callable(field.initial):
        told["default"] = getattr(field.initial, "value", field.initial)
    return told


def _kind(field: forms.Field) -> Schema:
    if isinstance(field, forms.FileField):
        return {"type": "string", "format": "binary"}
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.IntegerField):
        limits = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": "integer", **{k: v for k, v in limits.items() if v is not None}}
    if isinstance(field, forms.ModelChoiceField):
        return {"type": "integer"}
    if isinstance(field, ours.PickField):
        return {"type": ["integer", "string"], "maxLength": 260}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": _choices(field)}
    if isinstance(field, forms.ChoiceField):
        return _choices(field)
    return _text(field)


def _text(field: forms.Field) -> Schema:
    told: Schema = {"type": "string"}
    if isinstance(field, ours.DayField):
        told["format"] = "date"
    elif isinstance(field, forms.DecimalField):
        told["pattern"] = r"^\d{1,18}(\.\d{1,4})?$"
    if limit := getattr(field, "max_length", None):
        told["maxLength"] = limit
    return told


def _choices(field: forms.ChoiceField) -> Schema:
    """Return what may be chosen; of records, which depend on who asks, only that it is a number."""
    listed: Any = field.choices
    if not (isinstance(listed, BaseChoiceIterator) or getattr(field, "of_records", False)):
        if any(values := [str(value) for value, _label in listed]):
            return {"type": "string", "enum": values}
    return {"type": ["integer", "string"]}


def sent(request: HttpRequest, form: forms.Form) -> tuple[QueryDict, Any]:
    """Return what a call sends as a browser would post it, over what the form begins with."""
    if (request.content_type or "").lower() == MULTIPART:
        fields, files = _parts(request)
        _check_names(set(fields) | set(files), form)
        return _begun(form, set(fields), fields), files
    told = _json(request)
    _check(told, form)
    typed = QueryDict(mutable=True)
    for name, value in told.items():
        typed.setlist(name, _as_typed(form.fields[name], value))
    return _begun(form, set(told), typed), MultiValueDict()


def _parts(request: HttpRequest) -> tuple[QueryDict, Any]:
    try:
        return request.POST, request.FILES
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as trouble:
        raise Problem(413, _("More was sent than is taken in one call.")) from trouble
    except MultiPartParserError as trouble:
        raise Problem(400, _("The parts of the body cannot be told apart.")) from trouble


def pieces(request: HttpRequest) -> Iterator[bytes]:
    """Yield all that a call sends, piece by piece: a file may be larger than memory should hold."""
    if (request.content_type or "").lower() != MULTIPART:
        yield body_of(request)
        return
    fields, files = _parts(request)
    for name, values in [*sorted(fields.lists()), *sorted(files.lists())]:
        for value in values:
            yield f"\n{name}: ".encode()
            yield from [value.encode()] if isinstance(value, str) else value.chunks()
    for file in files.values():
        file.seek(0)


def body_of(request: HttpRequest) -> bytes:
    """Return the body; refuse one that is too long."""
    try:
        return request.body
    except RequestDataTooBig as trouble:
        raise Problem(413, _("More was sent than is taken in one call.")) from trouble


def _json(request: HttpRequest) -> dict[str, Any]:
    text = body_of(request)
    if not text:
        return {}
    try:
        told = json.loads(text)
        # Half a letter cannot be kept by any database.
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as trouble:
        raise Problem(400, _("The body is not JSON in UTF-8.")) from trouble
    if not isinstance(told, dict):
        raise Problem(422, _("The body has to be a JSON object of the fields."))
    return told


def _check(told: dict[str, Any], form: forms.Form) -> None:
    _check_names(told, form)
    errors: Errors = {}
    for name, value in told.items():
        if not _fits(value, of_field(form.fields[name])):
            errors[name] = [_("This is not of the kind that the schema says.")]
    if errors:
        raise wrong(errors)


def _check_names(names: Iterable[str], form: forms.Form) -> None:
    unknown = [name for name in names if name not in form.fields]
    if unknown:
        raise wrong({name[:100]: [_("There is no such field.")] for name in unknown})


def _fits(value: Any, schema: Schema) -> bool:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if isinstance(value, bool):
        return "boolean" in kinds
    if not any(isinstance(value, KINDS[kind]) for kind in kinds):
        return False
    if isinstance(value, list):
        return all(isinstance(one, str | int) and not isinstance(one, bool) for one in value)
    return True


def _as_typed(field: forms.Field, value: Any) -> list[str]:
    """Write a value as a browser would send it; nothing is sent of what is left empty."""
    if value is None or value is False:
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, int) and isinstance(field, ours.PickField):
        return [f"#{value}"]
    return [str(value)]


def _begun(form: forms.Form, told: set[str], typed: QueryDict) -> QueryDict:
    """Fill in what was not sent with what the form begins with."""
    typed = typed.copy()
    for bound in form:
        if bound.name not in told:
            typed.setlist(bound.name, _value(bound))
    return typed


def _value(bound: BoundField) -> list[str]:
    value = bound.value()
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return _as_typed(bound.field, value)

"""The conditions of a list as a program gives them: checked strictly, described in the schema."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.forms import Form
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.web.calls.problems import Errors, errors_of, of, wrong
from gyoryu.web.calls.typed import of_field
from gyoryu.web.listing import MOST, PAGE, Listing

Parameter = dict[str, Any]
AFTER, SIZE, SORT, TAB = "after", "size", "sort", "tab"


def parameters(listing: Listing) -> list[Parameter]:
    """Return what may be asked of a list: its conditions, its order and its page."""
    found = [_condition(name, one) for name, one in listing.filters.base_filters.items()]
    if listing.tabs:
        told = "; ".join(f"{tab.value}: {tab.label}" for tab in listing.tabs)
        found.append(_parameter(TAB, told, {"enum": [tab.value for tab in listing.tabs]}))
    orders = [order for name in listing.sorts for order in (name, f"-{name}")]
    return [
        *found,
        _parameter(SORT, _("A minus runs down."), {"enum": orders, "default": listing.default}),
        _parameter(
            SIZE,
            _("Rows on a page."),
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
        ),
        _parameter(AFTER, _("Where the page before ended: taken from its “next”."), {}),
    ]


def _parameter(name: str, told: str, schema: dict[str, Any]) -> Parameter:
    own = {"name": name, "in": "query", "schema": {"type": "string", **schema}}
    return {**own, "description": told} if told else own


def _condition(name: str, condition: django_filters.Filter) -> Parameter:
    choices: Any = condition.extra.get("choices")
    choices = getattr(choices, "choices", choices)
    schema: dict[str, Any] = {}
    if isinstance(condition, django_filters.ChoiceFilter) and not callable(choices) and choices:
        schema = {"enum": [str(value) for value, _label in choices]}
    elif isinstance(condition, django_filters.NumberFilter):
        limits = {"minimum": "min_value", "maximum": "max_value"}
        own = {
            told: condition.extra[name] for told, name in limits.items() if name in condition.extra
        }
        schema = {"type": "number", **own}
    elif isinstance(condition, django_filters.DateFilter):
        schema = {"format": "date"}
    return _parameter(name, str(condition.label or ""), schema)


def check(listing: Listing) -> None:
    """Refuse conditions, orders, sizes and cursors that a list does not have; cut nothing short."""
    params, errors = listing.params, dict[str, list[str]]()
    known = {*listing.filters.base_filters, AFTER, SIZE, SORT}
    if listing.tabs:
        known.add(TAB)
    for name in set(params) - known:
        errors[name[:100]] = [_("There is no such condition.")]
    errors |= _page(params, listing)
    errors |= {
        name: [str(one) for one in told] for name, told in listing.filter.form.errors.items()
    }
    if errors:
        raise wrong(errors)


def _page(params: Mapping[str, str], listing: Listing) -> Errors:
    errors: Errors = {}
    size = params.get(SIZE)
    if size is not None and not (size.isascii() and size.isdigit() and len(size) < 4
                                 and 1 <= int(size) <= MOST):  # fmt: skip
        errors[SIZE] = [_("A page has 1 to %(most)d rows.") % {"most": MOST}]
    if SORT in params and params[SORT] not in _orders(listing):
        errors[SORT] = [_("The list cannot be sorted like this.")]
    if TAB in params and listing.tabs and listing.tab is None:
        errors[TAB] = [_("There is no such part of the list.")]
    return errors


def _orders(listing: Listing) -> set[str]:
    return {order for name in listing.sorts for order in (name, f"-{name}")}


def form_parameters(form: Form) -> list[Parameter]:
    """Return what a form asks in the address; a text, since an address holds nothing else."""
    found = []
    for name, field in form.fields.items():
        schema = of_field(field)
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        # What is left out of an address is left out, and not null.
        schema["type"] = next(kind for kind in kinds if kind != "null")
        if "enum" in schema:
            schema["enum"] = [value for value in schema["enum"] if value]
        told = schema.pop("title", "")
        found.append({**_parameter(name, told, schema), "required": field.required})
    return found


def check_form(form: Form) -> None:
    """Refuse what a form in the address does not ask, or cannot take."""
    unknown = [name[:100] for name in form.data if name not in form.fields]
    if unknown:
        raise wrong({name: [_("There is no such condition.")] for name in unknown})
    if not form.is_valid():
        raise wrong(errors_of(form))


def page(listing: Listing, address: str) -> dict[str, Any]:
    """Return the page that is asked for, and the address of the next."""
    check(listing)
    try:
        rows, more = listing.page, listing.next
    except Refused as refusal:
        # Whatever a condition says no to, it is the call that is wrong, not the register.
        raise wrong({refusal.field: [str(refusal)]}) from of(refusal)
    return {"items": rows, "next": f"{address}{more}" if more else None}

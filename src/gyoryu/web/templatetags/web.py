"""What every template can say: icons, chips, dates, amounts, list headings."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from gyoryu.base import money, periods
from gyoryu.base.periods import Period, Precision
from gyoryu.web import counting

register = template.Library()


def _language() -> str:
    return (get_language() or "ko")[:2]


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of the house's icons."""
    return _icon(name)


# A page has a hundred icons, and to find where their file is takes longer than to draw them.
@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("web/icons.svg"), name
    )


@register.simple_tag
def chip(tone: str, symbol: str, words: Any, size: str = "") -> SafeString:
    """Draw a chip: tone, icon and words, because a tone never speaks alone."""
    return format_html(
        '<span class="chip"{}{}>{}{}</span>',
        format_html(' data-tone="{}"', tone) if tone else "",
        format_html(' data-size="{}"', size) if size else "",
        icon(symbol),
        words,
    )


@register.simple_tag
def step(href: str, words: Any, why: str) -> SafeString:
    """Draw a way to a step; a step that its rule refuses is a dead button with the reason."""
    if not why:
        return format_html('<a class="button" href="{}">{}</a>', href, words)
    key = "why-" + "-".join(part for part in href.split("/") if part)
    return format_html(
        '<button type="button" disabled aria-describedby="{key}">{words}</button>'
        '<span class="why-not" id="{key}">{lock}<span>{why}</span></span>',
        key=key,
        words=words,
        lock=icon("lock"),
        why=why,
    )


@register.simple_tag
def due_chip(due: date | None, today: date, soon: int = 30) -> SafeString:
    """Say how late something is, or how many days are left when they are few."""
    if due is None:
        return format_html('<span class="none">{}</span>', gettext("No due date"))
    days = (due - today).days
    if days < 0:
        return chip("bad", "alert", ngettext("%d day late", "%d days late", -days) % -days)
    if days == 0:
        return chip("soon", "clock", gettext("Due today"))
    if days <= soon:
        return chip("soon", "clock", ngettext("%d day left", "%d days left", days) % days)
    return day(due)


@register.filter
def day(value: date | datetime | None, form: str = "") -> SafeString:
    """Write a day: 2025-03-27 (목) or 27 Mar 2025; ``short`` leaves the weekday out."""
    if not value:
        return none()
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    words = periods.day_in_words(value, _language(), weekday=form != "short")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """Write a day and the time of day by the server's clock."""
    if not value:
        return none()
    told = timezone.localtime(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', told, moment_in_words(value))


def moment_in_words(value: datetime) -> str:
    """Write a moment in plain words, by the server's clock."""
    local = timezone.localtime(value)
    return f"{periods.day_in_words(local.date(), _language())} {local:%H:%M}"


@register.filter
def period(value: Period | None, form: str = "") -> SafeString:
    """Write a period as it was said: a day, a month, a season, a year."""
    if not value:
        return none()
    if value.precision == Precision.DAY:
        days = day(value.first, form)
        # Two elements, so that a line breaks between the days and never inside one.
        return (
            days
            if value.first == value.last
            else format_html("{} – {}", days, day(value.last, form))
        )
    words = periods.in_words(value, _language(), weekday=form != "short")
    return format_html('<span class="num">{}</span>', words)


@register.simple_tag
def none() -> SafeString:
    """Say that there is no value; zero is written 0."""
    return format_html('<span class="none">{}</span>', gettext("None"))


@register.simple_tag
def not_said() -> SafeString:
    """Say that nobody told a figure, which is neither zero nor "none"."""
    return format_html('<span class="none">{}</span>', gettext("Not stated"))


@register.simple_tag
def amount(value: Decimal | int | None, currency: str) -> SafeString:
    """Write an amount with its currency, in 억 and 만 for large won in Korean."""
    if value is None:
        return none()
    value = Decimal(value)
    if currency == "KRW" and _language() == "ko":
        return format_html('<span class="num">{}원</span>', money.korean(value))
    return format_html(
        '<span class="num">{} {}</span>', currency, money.plain(money.Money(value, currency))
    )


@register.simple_tag
def heading(listing: Any, name: str, words: str, kind: str = "") -> SafeString:
    """Write a column's heading as a link that sorts the list by it."""
    now = listing.sort.lstrip("-") == name
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}</a></th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', "descending" if listing.descending else "ascending")
        if now
        else "",
        listing.sorted_by(name),
        words,
    )


@register.simple_tag
def tab_link(listing: Any, value: str) -> str:
    """Return the address of a list with this tab open."""
    return str(listing.in_tab(value))


@register.simple_tag
def file_link(listing: Any, kind: str) -> str:
    """Return the address of exactly this list as a file."""
    return str(listing.as_file(kind))


@register.simple_tag
def options(choices: list[dict[str, Any]]) -> str:
    """Draw a select's options at once: a template for each of a thousand outlasts the page."""
    # Written out by hand: format_html would look at each of three parts for what they may be.
    drawn = (
        f'<option value="{escape(str(option["value"]))}"'
        f"{' selected' if option['selected'] else ''}>{escape(str(option['label']))}</option>"
        for option in choices
    )
    return SafeString("".join(drawn))


@register.filter
def counted(number: int, most: int | None = None) -> str:
    """Write a count: "1,204", and "5,000+" where counting stopped."""
    return counting.told(number, most)


@register.filter
def of(counts: dict[str, Any], key: str) -> Any:
    """Look a key up in a dictionary."""
    return counts.get(key, 0)


@register.simple_tag
def in_other(row: Any, attribute: str = "name") -> SafeString:
    """Write a record's name in the language the reader is not reading, marked as such."""
    other = "en" if _language() == "ko" else "ko"
    text = getattr(row, f"{attribute}_{other}", "")
    shown = getattr(row, f"{attribute}_{_language()}", "")
    return (
        format_html('<span lang="{}">{}</span>', other, text)
        if text and shown and text != shown
        else SafeString("")
    )

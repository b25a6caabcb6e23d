"""Finds dates and settles them against the day of publication; each says how it was settled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from gyoryu.newsroom.extraction import dates_en, dates_ko, days, sentences, tense
from gyoryu.newsroom.extraction.days import Day, Raw
from gyoryu.newsroom.extraction.document import Date, Document, Sentence

Found = tuple[Raw, Raw | None, str]
_SEASONS = {"fall": "autumn", "autumn": "autumn", "spring": "spring"}
_SEASONS |= {"summer": "summer", "winter": "winter"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def find(document: Document) -> list[Date]:
    """Give every mention of a date outside boilerplate, in the order of the text."""
    scan = dates_ko.scan if document.lang == "ko" else dates_en.scan
    found: list[tuple[Sentence, Found]] = []
    for sentence in document.sentences:
        if sentence.role != "cut":
            found += [(sentence, row) for row in scan(sentence)]
    ranges = _ranges(found, document.published)
    return [_date(document, sentence, row, ranges) for sentence, row in found]


def distinct(dates: list[Date]) -> list[Date]:
    """Keep the first mention of every value."""
    seen: dict[str, Date] = {}
    for one in dates:
        seen.setdefault(one.norm, one)
    return list(seen.values())


def _ranges(found: list[tuple[Sentence, Found]], published: date | None) -> dict[int, list[Day]]:
    """Settle the days and ranges that name their month, by day of the month they cover."""
    covered: dict[int, list[Day]] = {}
    for _, (first, last, join) in found:
        if not first.day.month or not first.day.day:
            continue
        begin = settle(first, published)[0]
        end = settle(last, published)[0] if last and join == "/" else begin
        for day in _between(begin, end):
            covered.setdefault(day.day or 0, []).append(day)
    return covered


def _between(begin: Day, end: Day) -> list[Day]:
    """List the days of a range of at most a month."""
    if not (begin.year and begin.month and begin.day and end.year and end.month and end.day):
        return []
    if not (begin.exists() and end.exists()):
        return []
    first, last = date(begin.year, begin.month, begin.day), date(end.year, end.month, end.day)
    return [days.of(first + timedelta(days=n)) for n in range(min(31, (last - first).days + 1))]


def _date(document: Document, sentence: Sentence, row: Found, ranges: dict[int, list[Day]]) -> Date:
    first, last, join = row
    ahead = document.published is not None and _is_ahead(document.lang, sentence.text, first)
    day, how = settle(first, document.published, ranges, ahead=ahead)
    norm, resolved = _norm(first, day, document.published), day.complete
    if last:
        other = settle(_after(first, day, last), document.published, ranges, ahead=ahead)[0]
        norm, how = f"{norm}{join}{other.norm}", how or "as written"
    end = (last or first).end
    how = how if document.published or "open" in how else "left open, no publication date"
    span = document.span(sentence.start + first.start, sentence.start + end, norm, how)
    resolved = resolved and not norm.startswith("?")
    return Date(span=span, norm=norm, kind=_kind(first), resolved=resolved)


def _after(first: Raw, day: Day, last: Raw) -> Raw:
    """The last day of a range takes year and month from the first where it has none."""
    month = last.day.month or day.month
    year = last.day.year or day.year
    if month and day.month and month < day.month and year == day.year and year:
        year += 1
    return replace(last, day=replace(last.day, year=year, month=month), way="")


def _norm(raw: Raw, day: Day, published: date | None) -> str:
    if raw.unit.startswith("years:"):
        return f"{day.norm}/{raw.unit[6:]}"
    if raw.unit.startswith("months:"):
        return f"{day.norm}/{replace(day, month=int(raw.unit[7:])).norm}"
    if raw.unit == "fiscal":
        return f"FY{day.year}"
    if raw.unit in ("w0", "w1", "w_1", "week"):
        return _week(raw, published)
    if raw.edge == "till" and day.part and day.part[0] in "HQe":
        return "/" + days.last_day_of(day.part, day.year, day.month)
    if raw.edge == "as of":
        return days.last_day_of("end", day.year, day.month)
    norm = day.norm
    if raw.edge == "from":
        return norm.split("/")[0] + "/"
    return "/" + norm if raw.edge == "till" else norm


def _week(raw: Raw, published: date | None) -> str:
    if published is None:
        return "????-??-??/????-??-??"
    shift = {"w1": 1, "w_1": -1, "w0": 0}.get(raw.unit, {"past": -1, "coming": 1}.get(raw.way, 0))
    return days.week_from(published, shift)


def _kind(raw: Raw) -> str:
    if raw.day.year:
        return "absolute"
    if raw.year_word or raw.unit or not raw.day.month or (raw.way and not raw.day.day):
        return "relative"
    return "partial"


def settle(
    raw: Raw,
    published: date | None,
    ranges: dict[int, list[Day]] | None = None,
    *,
    ahead: bool = False,
) -> tuple[Day, str]:
    """Fill what a date leaves out from the day of publication, and say how.

    `ahead` says that the sentence speaks of something to come.
    """
    if published is None or (raw.day.year and raw.unit[:6] in _STATED):
        return raw.day, "year stated" if raw.day.year else "left open"
    if raw.unit and raw.unit[:7] != "months:":
        return _unit(raw, published, ahead), f"{raw.unit.replace('_', '-')}, from {published}"
    if raw.year_word:
        shift = _YEAR_WORDS[raw.year_word]
        return replace(raw.day, year=published.year + shift), f"{raw.year_word}, from {published}"
    if raw.day.month:
        return _with_month(raw, published, ahead)
    if raw.day.day:
        return _day_alone(raw, published, ranges or {}, ahead)
    return replace(raw.day, year=published.year), f"this year, from {published}"


_STATED = ("", "fiscal", "years:", "months")
_YEAR_WORDS = {"올해": 0, "금년": 0, "올": 0, "내년": 1, "작년": -1, "지난해": -1, "재작년": -2}


# A plan is not dated by a month this long past.
_LONG_PAST = timedelta(days=120)
_PLAN = re.compile(
    r"\b(?:will|plans?\sto|aims?\sto|agreed\sto|intends?\sto|scheduled|expected\sto|set\sto|"
    r"hopes?\sto|looks?\sforward)\b"
)
_TOLD = re.compile(
    r"\b(?:said|announced|signed|held|met|visited|told|reported|was|were|launched|stated|hosted)\b"
)
_DONE_FIRST = re.compile(r"(?:했|하였|됐|되었|렸|졌|였|났|었)(?:으며|고|지만|는데|다)")


def _is_ahead(lang: str, text: str, raw: Raw) -> bool:
    """Tell by the verb next to a date that leaves its year or month out whether it is to come."""
    if raw.day.year or raw.year_word or raw.way or not (raw.day.month or raw.day.day or raw.unit):
        return False
    if lang == "ko":
        planned = tense.sentence_tense(text) == "planned" or tense.ends_in_accord(text)
        return planned and not _DONE_FIRST.search(text, raw.end, max(raw.end, len(text) - 6))
    before, after = text[max(0, raw.start - 160) : raw.start], text[raw.end : raw.end + 90]
    said = sentences.last_match(_PLAN.finditer(before))
    if said and not _TOLD.search(before, said.end()):
        return True
    coming = _PLAN.search(after)
    between = after[: coming.start()] if coming else ""
    return bool(coming) and not _TOLD.search(between) and " and " not in between


def _with_month(raw: Raw, published: date, ahead: bool) -> tuple[Day, str]:
    month, day = raw.day.month or 1, raw.day.day
    if raw.way == "past" and day is None:
        year = days.past_month_year(month, published)
    elif raw.way == "past":
        year = days.past_year(month, day, published)
    elif raw.way == "coming":
        year = days.coming_year(month, day, published)
    elif raw.way == "this":
        year = published.year
    else:
        year = days.nearest_year(month, day, published)
        if ahead and published - days.on(year, month, day or 28) > _LONG_PAST:
            return replace(raw.day, year=year + 1), f"a plan, from {published}"
    how = {"past": "most recent", "coming": "next", "this": "this year"}.get(
        raw.way, "nearest year"
    )
    return replace(raw.day, year=year), f"{how}, from {published}"


def _day_alone(
    raw: Raw, published: date, ranges: dict[int, list[Day]], ahead: bool
) -> tuple[Day, str]:
    """A bare day: in a period already named, else by its weekday, else the most recent one."""
    day = raw.day.day or 1
    named = ranges.get(day)
    if named:
        return named[0], "a day already named with its month"
    if raw.weekday is not None:
        fits = days.day_with_weekday(day, raw.weekday, published)
        if fits:
            return fits, f"nearest such weekday, from {published}"
    if raw.way == "coming":
        return days.coming_day(day, published), f"next such day, from {published}"
    if ahead and days.is_nearer_ahead(day, published):
        return days.coming_day(day, published), f"a plan, the next such day from {published}"
    return days.past_day(day, published), f"most recent such day, from {published}"


def _unit(raw: Raw, published: date, ahead: bool) -> Day:
    unit = raw.unit
    if unit in _DAYS:
        return days.of(published + timedelta(days=_DAYS[unit]))
    if unit in _MONTHS:
        return replace(
            days.month_from(published, _MONTHS[unit]), day=raw.day.day, part=raw.day.part
        )
    if unit.startswith("weekday:"):
        name = _WEEKDAYS.index(unit[8:].lower())
        return days.weekday(name, published, int(ahead and name != published.weekday()))
    if unit[:1].isdigit():
        return _away(unit, raw.way, published)
    shift = {"past": -1, "coming": 1}.get(raw.way, 0)
    return _period(unit, shift, published)


_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_MONTHS = {"m0": 0, "m1": 1, "m_1": -1}


def _period(unit: str, shift: int, published: date) -> Day:
    if unit == "month":
        return days.month_from(published, shift)
    if unit == "end:month":
        return replace(days.month_from(published, shift), part="end")
    if unit in ("end:year", "yend"):
        return Day(published.year + shift, None, None, "end")
    if unit in _SEASONS:
        return Day(published.year + shift, None, None, _SEASONS[unit])
    if unit == "quarter":
        months = days.month_from(published, 3 * shift)
        return Day(months.year, None, None, f"Q{((months.month or 1) + 2) // 3}")
    if unit.lower() in _WEEKDAYS:
        return days.weekday(_WEEKDAYS.index(unit.lower()), published, shift)
    return Day(published.year + shift)


def _away(unit: str, way: str, published: date) -> Day:
    """Settle `60 day` ahead or back; only days and weeks reach a day."""
    count, name = int(unit.split()[0]), unit.split()[1]
    sign = -1 if way == "past" else 1
    if name in ("day", "week"):
        return days.of(published + timedelta(days=sign * count * (7 if name == "week" else 1)))
    months = days.month_from(published, sign * count * (12 if name == "year" else 1))
    return months if name == "month" else Day(months.year)

"""A trade mission to three cities: 10 companies, 186 meetings planned and held, 160 deals."""

from datetime import date, datetime, time, timedelta
from typing import Any

from gyoryu.parties.models import Organisation
from gyoryu.sample.book import Book, at, on, place
from gyoryu.sample.programmes.cast import SHOW
from gyoryu.sample.trade import stage
from gyoryu.sample.trade.stage import Talk
from gyoryu.trade.actions import follow_ups, legs, meetings, timetables, wishes
from gyoryu.trade.actions.legs import Session
from gyoryu.trade.actions.wishes import Wanted
from gyoryu.trade.models import Consultation, Event, FollowUp, Leg, Meeting, Participant
from gyoryu.trade.queries import floors, plans
from gyoryu.trade.queries import follow_ups as asked
from gyoryu.trade.rules.follow_ups import Told, What
from gyoryu.trade.timetable.values import Limits

FIRST, LAST = "2024-11-04", "2024-11-13"
TALKED, DEALS, PURSUED = 35_220_000, 160, 15_530_000
# City, its country, first and last day, clock, how many meetings, names of buyers.
CITIES = (
    (
        "멕시코시티",
        "Mexico City",
        "MX",
        "2024-11-04",
        "2024-11-05",
        "America/Mexico_City",
        54,
        "Azteca Maya Bajio Sonora Jalisco Puebla Oaxaca Colima Nayarit Yucatan Tabasco Durango",
    ),
    (
        "리마",
        "Lima",
        "PE",
        "2024-11-07",
        "2024-11-08",
        "America/Lima",
        71,
        "Lima Cusco Callao Tacna Ancash Piura Junin Loreto Puno Ica Ucayali Pasco Moquegua Tumbes",
    ),
    (
        "보고타",
        "Bogota",
        "CO",
        "2024-11-11",
        "2024-11-13",
        "America/Bogota",
        61,
        "Bogota Cali Tolima Caldas Meta Huila Boyaca Cauca Narino Arauca Choco Vichada",
    ),
)
MORNING = Session("morning", time(9, 30), 30, 6)
AFTERNOON = Session("afternoon", time(14, 0), 30, 6)
# Slots of a meeting at which something is shown at work.
LONG = 2


def tell(book: Book) -> str:
    """Tell the mission from the wishes of both sides to the first follow-up."""
    of = stage.opened(
        book,
        {
            "kind": "mission",
            "title_ko": "2024 중남미 무역사절단",
            "title_en": "Trade mission to Latin America 2024",
            "starts_on": FIRST,
            "ends_on": LAST,
            "host": "한결도 경제과학진흥원",
            "cost": 214_000_000,
        },
        [_place(city) for city in CITIES],
        "2024-09-02",
    )
    names = [f"{ko}(주)" for ko, _en, _sold in SHOW[10:20]]
    known = {one.name_ko: one for one in Organisation.objects.filter(name_ko__in=names)}
    ours = stage.exhibitors(book, of, [known[name] for name in names], "2024-09-20")
    rows = [_met(book, leg, ours, city) for leg, city in zip(of.legs.all(), CITIES, strict=True)]
    of = stage.held(book, of)
    talks = _talks(book, of, [one for some in rows for one in some])
    made = stage.pursued(book, talks[:DEALS], PURSUED, on(LAST))
    follow_ups.ask(on=on("2025-02-13"), by=None, at=at("2025-02-13"))
    _answered(of)
    told = "/".join(str(len(some)) for some in rows)
    return (
        f"trade mission: {len(ours)} companies, {len(talks)} meetings ({told}), {len(made)} deals"
    )


def _place(city: tuple[str, str, str, str, str, str, int, str]) -> dict[str, Any]:
    ko, en, code, first, last, zone, _count, _names = city
    return {
        "name_ko": ko,
        "name_en": en,
        "region": place(code),
        "timezone": zone,
        "tables": 10,
        "starts_on": on(first),
        "ends_on": on(last),
    }


def _met(
    book: Book,
    leg: Leg,
    ours: list[Participant],
    city: tuple[str, str, str, str, str, str, int, str],
) -> list[Meeting]:
    """Ask both sides, plan the city, publish it, and check everybody in."""
    code, count, names = city[2], city[6], city[7].split()
    sessions = [MORNING, AFTERNOON]
    legs.lay_out(leg, leg.starts_on, leg.ends_on, sessions, by=book.trader, at=at("2024-09-02"))
    legs.add_interpreter(leg, "현지 통역", ["ko", "es"], by=book.trader, at=at("2024-10-01"))
    came = stage.buyers(
        book, leg.event, [(f"{one} Comercial", code) for one in names], "2024-10-02"
    )
    for one, wanted in _wishes(ours, came, leg, count).items():
        wishes.keep(one, wanted, by=book.trader, at=at("2024-10-14"))
    planned = timetables.ask(leg, by=book.trader, at=at("2024-10-21"))
    timetables.begin(planned, by=book.trader, at=at("2024-10-21"))
    answer = plans.planned(floors.floor(leg, []), Limits(seconds=30.0, seed=1))
    timetables.keep(planned, answer, by=book.trader, at=at("2024-10-21"))
    timetables.publish(planned, by=book.trader, at=at("2024-10-22"))
    while timetables.tell_some(planned, by=book.trader, at=at("2024-10-22")):
        pass
    rows = list(leg.meetings.select_related("half_day", "exhibitor", "buyer"))
    for row in rows:
        meetings.hold(row, by=book.trader, at=at(row.half_day.day + timedelta(days=1), 12))
    return rows


def _wishes(
    ours: list[Participant], came: list[Participant], leg: Leg, count: int
) -> dict[Participant, list[Wanted]]:
    """Say who meets whom; the first of each city shows its goods at work and takes longer."""
    found: dict[Participant, list[Wanted]] = {}
    for n, one in enumerate(stage.met(ours, came, leg, count, count)):
        wanted = Wanted(one.buyer, 5 - n % 3, slots=None if n else LONG)
        found.setdefault(one.exhibitor, []).append(wanted)
    return found


def _talks(book: Book, of: Event, rows: list[Meeting]) -> list[Consultation]:
    talks = [Talk(one.exhibitor, one.buyer, one.leg, _begins(one), one) for one in rows]
    return stage.logged(book, of, talks, TALKED, date.fromisoformat(LAST))


def _begins(row: Meeting) -> datetime:
    return floors.begins(row.half_day, row.slot, row.leg.timezone)


def _answered(of: Event) -> None:
    """Let one company answer its link: a contract of which it shows no paper, and a talk going on.

    What it says is signed stays pursued, so that the published figures stay as they are.
    """
    row = FollowUp.objects.filter(event=of).order_by("pk")[0]
    signed, talking = [line for line in asked.lines(row) if line.deal][:2]
    told = {
        signed.key: Told(What.SIGNED, signed.amount, signed.currency, on("2025-03-19")),
        talking.key: Told(What.TALKING),
    }
    follow_ups.answer(row, told, send=True, by=None, at=at("2025-03-24", 14))

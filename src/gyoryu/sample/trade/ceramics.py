"""A ceramics fair, year on year: 19 companies and 349 talks last year; about 20 go this year."""

from decimal import Decimal

from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Call
from gyoryu.sample.book import Book, at, on, place
from gyoryu.sample.programmes.cast import CERAMICS
from gyoryu.sample.trade import stage
from gyoryu.trade.actions import deals, events, participants
from gyoryu.trade.models import Event
from gyoryu.trade.rules.deals import Step

LAST_YEAR, TALKS, TALKED = 19, 349, 4_860_000
HOUSES = (
    "Lumiere",
    "Atelier Nord",
    "Casa Bianca",
    "Maison Vert",
    "Haus am See",
    "Kyo Living",
    "Studio Clay",
    "Table & Co",
    "Terra Home",
    "Linea",
    "Oak & Stone",
    "Riva",
    "Sable",
    "Tokonoma",
    "Verre",
    "Weiss",
    "Bleu de Four",
    "Faience",
    "Hearth",
    "Kiln Street",
)
FROM = ("FR", "DE", "IT", "JP", "FR", "GB", "US", "DE", "JP", "IT")
# With whom it is being negotiated this year: buyer, country, amount told (none: not yet).
NEGOTIATED = (
    ("Lumiere", "FR", 42_000),
    ("Haus am See", "DE", None),
    ("Casa Bianca", "IT", 0),
    ("Kyo Living", "JP", 18_500),
)


def tell(book: Book) -> str:
    """Tell last year's fair and how far this year's is; return what came of it."""
    before = _last_year(book)
    this = _this_year(book, before)
    return f"ceramics fair: {LAST_YEAR} companies and {TALKS} talks last year, {this} this year"


def _last_year(book: Book) -> Event:
    of = stage.opened(
        book,
        {
            "kind": "exhibition",
            "title_ko": "해외 도자 박람회 2024",
            "title_en": "Ceramics fair abroad 2024",
            "starts_on": "2024-04-25",
            "ends_on": "2024-04-29",
            "cost": 96_000_000,
        },
        [
            {
                "name_ko": "파리",
                "name_en": "Paris",
                "region": place("FR"),
                "timezone": "Europe/Paris",
                "tables": 20,
            }
        ],
        "2024-03-04",
    )
    hall = of.legs.get()
    shown = stage.exhibitors(book, of, _potteries()[:LAST_YEAR], "2024-03-29")
    names = [
        (f"{one} {kind}", FROM[n % len(FROM)])
        for n, one in enumerate(HOUSES)
        for kind in ("", "Import")
    ]
    came = stage.buyers(book, of, [(name.strip(), code) for name, code in names], "2024-04-20")
    of = stage.held(book, of)
    stage.logged(book, of, stage.met(shown, came, hall, TALKS, 11), TALKED, of.ends_on)
    return of


def _potteries() -> list[Organisation]:
    names = [f"{ko}(주)" for ko, _en in CERAMICS]
    known = {one.name_ko: one for one in Organisation.objects.filter(name_ko__in=names)}
    return [known[name] for name in names]


def _this_year(book: Book, before: Event) -> int:
    """Plan this year's edition with whom the call selected, and what is being negotiated."""
    call = Call.objects.get(title_en="Exhibitors for a ceramics fair abroad 2025")
    own = {
        "title_ko": "해외 도자 박람회 2025",
        "title_en": "Ceramics fair abroad 2025",
        "starts_on": on("2025-04-24"),
        "ends_on": on("2025-04-28"),
    }
    of = events.copy(before, own, by=book.trader, at=at("2025-03-27"))
    of = events.change(
        of, {"programme": call.programme, "call": call}, by=book.trader, at=at("2025-03-27")
    )
    of = events.move(of, "open", by=book.trader, at=at("2025-03-27", 11))
    shown = participants.take_over(of, by=book.trader, at=at("2025-03-28"))
    for n, (name, code, amount) in enumerate(NEGOTIATED):
        came = stage.buyers(book, of, [(name, code)], "2025-03-28")[0]
        values = {
            "company": shown[n * 3].organisation,
            "buyer": came.organisation,
            "event": of,
            "currency": "EUR",
            "owner": book.trader,
        }
        first = Step(
            "pursued", on("2025-03-28"), "email", None if amount is None else Decimal(amount)
        )
        deals.begin(of.unit, values, first, by=book.trader, at=at("2025-03-28"))
    return len(shown)

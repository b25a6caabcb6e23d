"""What parties are made of: regions, organisations, people, their names and doubles."""

from gyoryu.parties.models.doubles import KINDS, Double, Merge
from gyoryu.parties.models.listed import STANDS, shown
from gyoryu.parties.models.names import Alias
from gyoryu.parties.models.organisations import CURRENCY_CHOICES, Exports, Organisation, Product
from gyoryu.parties.models.people import Contact, Person, Position
from gyoryu.parties.models.regions import Region

__all__ = [
    "CURRENCY_CHOICES",
    "KINDS",
    "STANDS",
    "Alias",
    "Contact",
    "Double",
    "Exports",
    "Merge",
    "Organisation",
    "Person",
    "Position",
    "Product",
    "Region",
    "shown",
]

"""What is done to regions, organisations and people."""

from gyoryu.parties.actions.aliases import drop_alias, give_alias
from gyoryu.parties.actions.details import (
    add_contact,
    add_product,
    declare_exports,
    remove_contact,
    remove_exports,
    remove_product,
)
from gyoryu.parties.actions.merging import merge, undo_merge
from gyoryu.parties.actions.organisations import (
    add_organisation,
    change_organisation,
    void_organisation,
)
from gyoryu.parties.actions.people import (
    add_person,
    add_position,
    change_person,
    change_position,
    end_position,
    void_person,
)
from gyoryu.parties.actions.regions import add_city, change_city, install_regions
from gyoryu.parties.actions.suspicions import dismiss, look_for_doubles

__all__ = [
    "add_city",
    "add_contact",
    "add_organisation",
    "add_person",
    "add_position",
    "add_product",
    "change_city",
    "change_organisation",
    "change_person",
    "change_position",
    "declare_exports",
    "dismiss",
    "drop_alias",
    "end_position",
    "give_alias",
    "install_regions",
    "look_for_doubles",
    "merge",
    "remove_contact",
    "remove_exports",
    "remove_product",
    "undo_merge",
    "void_organisation",
    "void_person",
]

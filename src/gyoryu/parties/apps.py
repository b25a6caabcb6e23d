"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.parties"
    label = "parties"
    verbs: ClassVar = {
        "organisation.added": _("Organisation added"),
        "organisation.changed": _("Organisation changed"),
        "organisation.voided": _("Organisation voided"),
        "organisation.alias": _("Other names changed"),
        "organisation.contact": _("Contacts changed"),
        "organisation.exports": _("Exports written down"),
        "organisation.product": _("Products changed"),
        "organisation.told_apart": _("Told apart from another record"),
        "organisation.merged": _("Another record was merged into this one"),
        "organisation.merged_into": _("Merged into another record"),
        "organisation.parted": _("A merge was undone"),
        "organisation.parted_into": _("Stands on its own again"),
        "person.added": _("Person added"),
        "person.changed": _("Person changed"),
        "person.voided": _("Person voided"),
        "person.alias": _("Other names changed"),
        "person.contact": _("Contacts changed"),
        "person.position_added": _("Position added"),
        "person.position_changed": _("Position changed"),
        "person.position_ended": _("Position ended"),
        "person.told_apart": _("Told apart from another record"),
        "person.merged": _("Another record was merged into this one"),
        "person.merged_into": _("Merged into another record"),
        "person.parted": _("A merge was undone"),
        "person.parted_into": _("Stands on its own again"),
        "region.installed": _("Region installed"),
        "region.added": _("City added"),
        "region.changed": _("City changed"),
        "region.told_apart": _("Told apart from another record"),
        "region.merged": _("Another record was merged into this one"),
        "region.merged_into": _("Merged into another record"),
        "region.parted": _("A merge was undone"),
        "region.parted_into": _("Stands on its own again"),
    }
    # What the history calls what changed.
    words: ClassVar = {
        "alias": _("Other name"),
        "business_number": _("Business number"),
        "contact": _("Contact"),
        "exports": _("Exports"),
        "into": _("Merged into"),
        "kind": _("Kind"),
        "name_en": _("Name in English"),
        "name_ko": _("Name in Korean"),
        "name_native": _("Name in its own language"),
        "note": _("Note"),
        "parent": _("Part of"),
        "position": _("Position"),
        "product": _("Product"),
        "region": _("Region"),
        "size": _("Size"),
        "website": _("Website"),
        "with": _("Merged record"),
    }

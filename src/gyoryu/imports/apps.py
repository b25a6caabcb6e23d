"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.imports"
    label = "imports"
    verbs: ClassVar[dict[str, object]] = {
        "import.taken": _("File taken in"),
        "import.checked": _("File checked"),
        "import.saved": _("Import saved"),
        "import.undone": _("Import undone"),
        "import.discarded": _("File discarded"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        "new": pgettext_lazy("import", "New"),
        "changed": _("Changed"),
        "wrong": _("With errors"),
    }

"""What a process that serves reads once, so that no reader waits for it: screens and templates."""

from pathlib import Path

from django.template import engines
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

import gyoryu

OURS = Path(gyoryu.__file__).parent


def read_pages() -> None:
    """Read every address with the screen behind it, and every template of this project.

    Django does so when each is first asked for, which takes some seconds of the first pages and
    leaves them outside of what ``base.memory`` has put aside.
    """
    _ = get_resolver().url_patterns
    for folder in get_app_template_dirs("templates"):
        if OURS in Path(folder).parents:
            for file in Path(folder).rglob("*.html"):
                engines["django"].get_template(file.relative_to(folder).as_posix())

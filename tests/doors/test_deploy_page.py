"""Every door, command and setting that docs/deploy.md names is there."""

import re
import shlex
from pathlib import Path

from django.core.management import get_commands

from gyoryu.__main__ import DOORS
from gyoryu.doors import serve

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deploy.md").read_text()


def test_every_command_is_one():
    asked = re.findall(r"(?:\./|/app/)gyoryu (\w+)(?: (\w+))?", PAGE)
    assert len(asked) >= 15
    doors = {door.name for door in DOORS} | {"help"}
    assert [door for door, _rest in asked if door not in doors] == []
    commands = {rest for door, rest in asked if door == "manage"}
    assert sorted(commands - get_commands().keys()) == []


def test_every_setting_is_read_by_the_settings():
    read = (ROOT / "src" / "gyoryu" / "settings.py").read_text()
    asked = set(re.findall(r"GYORYU_([A-Z_]+)", PAGE))
    assert len(asked) >= 12
    known = set(re.findall(r'setting\("([A-Z_]+)"', read)) | {"DATA", "SECRET_KEY", "HISTORY_KEY"}
    assert sorted(asked - known) == []


def test_the_line_that_systemd_starts_is_understood():
    line = re.search(r"ExecStart=/srv/gyoryu/app/gyoryu serve (.*)", PAGE)[1].replace("%i", "8001")
    told = serve.asked(shlex.split(line))
    assert (told.bind, told.processes, told.threads) == ("127.0.0.1:8001", 2, 4)

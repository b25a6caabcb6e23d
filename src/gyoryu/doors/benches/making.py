"""Making one record of each kind, as an officer types it: with its checks, numbers and history."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

from gyoryu.doors.benches.screens import signed_in
from gyoryu.doors.benches.values import Timed, timed

MADE = count(1)


def measure() -> Iterator[Timed]:
    """Post every form anew each time, as an officer of the sample's government."""
    browser = signed_in("officer@gyoryu.example")
    ours, theirs = _partners()
    owner = _officer()
    for kinds, fields in {
        "organisations": {"kind": "company", "name_ko": "측정 기업"},
        "people": {"name_ko": "한결", "name_en": "Han Gyeol"},
        "engagements": {
            "kind": "meeting",
            "title_ko": "측정 회의",
            "state": "held",
            "initiative": "ours",
            "starts_on": "2025-03-03",
            "organisation": theirs,
        },
        "agreements": {"kind": "mou", "title_ko": "측정 협약", "ours": ours, "theirs": theirs},
        "commitments": {
            "words": "자료를 보내겠습니다",
            "side": "ours",
            "due": "2025-06",
            "owner": owner,
        },
    }.items():
        yield timed(f"one of {kinds}", partial(_post, browser, kinds, fields), answers=302)


def _partners() -> tuple[str, str]:
    from gyoryu.parties.models import Organisation  # noqa: PLC0415 (the environment is set first)

    # As picked from the list: the name with its record's number.
    first, last = (Organisation.objects.order_by(order)[0] for order in ("pk", "-pk"))
    return f"{first} #{first.pk}", f"{last} #{last.pk}"


def _officer() -> str:
    from gyoryu.accounts.models import User  # noqa: PLC0415

    officer = User.objects.get(email="officer@gyoryu.example")
    return f"{officer.name_ko} #{officer.pk}"


def _post(browser: Any, kinds: str, fields: dict[str, str]) -> Any:
    # Each its own name, or the second would be asked whether it is the first once more.
    title = next(name for name in ("name_ko", "title_ko", "words") if name in fields)
    typed = {**fields, title: f"{fields[title]} {next(MADE)}", "once": str(uuid4())}
    return browser.post(f"/{kinds}/new/", typed)

"""How quick imports are: files of every kind taken in, checked, saved with history, and undone."""

import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gyoryu.doors.benches.values import Figure

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
# What holds where a row says nothing.
OPTIONS: dict[str, Any] = {
    "make": True,
    "partner_kind": "government",
    "default_kind": "company",
    "side": "ours",
}


ROWS = 10_000


def measure() -> Iterator[Figure]:
    """Import a file of every kind, and undo it; Django and a register are set up.

    Rows a second from the bytes of the file to the commit of its records and history, by the clock
    and by the time in which this process had a processor: the same on a machine at rest.
    """
    for kind in SHEETS:
        yield from _measured(kind)


def _measured(kind: str) -> Iterator[Figure]:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from gyoryu.accounts.models import Unit, User  # noqa: PLC0415
    from gyoryu.imports.actions import batches  # noqa: PLC0415

    by = User.objects.filter(memberships__role="officer").order_by("pk")[0]
    unit = Unit.objects.get(pk=by.access.grants[0].unit)
    file = SimpleUploadedFile(f"{kind}.xlsx", _sheet(SHEETS[kind], ROWS))
    clock = _Clock()
    batch = _checked(batches.take(unit, kind, file, by=by, at=NOW), by)
    batch = batches.enter(batches.begin(batch, "saving", by=by, at=NOW), by=by, at=NOW)
    yield from clock.lap(f"{kind}: taken, checked, saved")
    batches.undo(batches.begin(batch, "undoing", by=by, at=NOW), by=by, at=NOW)
    yield from clock.lap(f"{kind}: undone")


def _checked(batch: Any, by: Any) -> Any:
    from gyoryu.imports.actions import batches  # noqa: PLC0415
    from gyoryu.parties.models import Organisation  # noqa: PLC0415

    ours = Organisation.objects.filter(voided_at=None).order_by("pk")[0]
    options = OPTIONS | {"owner": by.pk, "ours": ours.pk}
    batch = batches.check(
        batches.choose(batch, batch.columns, options, by=by, at=NOW), by=by, at=NOW
    )
    if batch.wrong:
        raise SystemExit(f"{batch}: {batch.lines.filter(outcome='wrong')[0].errors}")
    return batch


class _Clock:
    def __init__(self) -> None:
        self.last = time.perf_counter(), time.process_time()

    def lap(self, what: str) -> Iterator[Figure]:
        """Tell how many rows a second it was since the last time."""
        now = time.perf_counter(), time.process_time()
        spent, worked = now[0] - self.last[0], now[1] - self.last[1]
        self.last = now
        yield Figure(what, round(ROWS / spent), "rows/s")
        yield Figure(f"{what}, of processor time", round(ROWS / worked), "rows/s")


def _sheet(sheet: "tuple[list[str], Callable[[int], list[Any]]]", rows: int) -> bytes:
    import xlsxwriter  # noqa: PLC0415

    headings, row = sheet
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet("Sheet1")
    page.write_row(0, 0, headings)
    for number in range(rows):
        for place, value in enumerate(row(number)):
            if isinstance(value, date):
                page.write_datetime(number + 1, place, value)
            else:
                page.write(number + 1, place, value)
    book.close()
    return held.getvalue()


SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"


def _word(number: int) -> str:
    """Write a number as an invented word of Hangul: every number has its own."""
    word = ""
    number += len(SYLLABLES)
    while number:
        number, rest = divmod(number, len(SYLLABLES))
        word = SYLLABLES[rest] + word
    return word


def _day(number: int) -> date:
    return date(1990, 1, 1) + timedelta(days=number % 12_000)


def _agreement(n: int) -> list[Any]:
    return [
        n + 1, f"{_word(n)}시 우호교류 협정", f"Friendship with {n} City", "우호교류", "중국",
        f"{_word(n % 3000)}시 인민정부", _day(n), "유효", 60, f"{n}차 협력 사업을 이어 간다.",
    ]  # fmt: skip


def _organisation(n: int) -> list[Any]:
    return [f"{_word(n)}소재(주)", f"Number {n} Materials Co., Ltd.", "기업", "중국",
            f"https://n{n}.example", "측정"]  # fmt: skip


def _person(n: int) -> list[Any]:
    family = "김이박최정강조윤장임"[n % 10]
    return [f"{family}{_word(n * 7)[-2:]}", f"{_word(n % 2000)}상사(주)", f"{n}팀 과장", _day(n)]


def _engagement(n: int) -> list[Any]:
    return [f"{_word(n)}시 대표단 방문", "대표단", _day(n), "중국", f"{_word(n % 3000)}시 인민정부",
            "완료", "협력 방안을 나누었다."]  # fmt: skip


def _commitment(n: int) -> list[Any]:
    return [f"{_word(n)}시에 청소년 {n % 50 + 1}명을 보낸다.", "우리측",
            f"{_word(n % 3000)}시 인민정부", _day(n + 9000), "진행중"]  # fmt: skip


SHEETS: "dict[str, tuple[list[str], Callable[[int], list[Any]]]]" = {
    "agreements": (
        [
            "연번",
            "협정명",
            "영문명",
            "구분",
            "상대국",
            "상대기관",
            "체결일",
            "상태",
            "유효기간",
            "주요내용",
        ],
        _agreement,
    ),
    "organisations": (["기관명", "영문명", "구분", "국가", "홈페이지", "비고"], _organisation),
    "people": (["성명", "소속", "직위", "부임일"], _person),
    "engagements": (
        ["행사명", "구분", "일자", "국가", "상대기관", "상태", "주요내용"],
        _engagement,
    ),
    "commitments": (["약속내용", "주체", "상대기관", "기한", "상태"], _commitment),
}

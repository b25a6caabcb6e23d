"""How quick imports are: files of every kind taken in, checked, saved with history, and undone."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
# What holds where a row says nothing.
OPTIONS: dict[str, Any] = {
    "make": True,
    "partner_kind": "government",
    "default_kind": "company",
    "side": "ours",
}


@dataclass(frozen=True)
class Imported:
    """One file: seconds to take it in, to check it, to save it and to undo it.

    ``rate`` is rows a second over taking in, checking and saving together; ``worked`` the seconds
    of them in which this process had a processor, which is all of them on a machine at rest.
    """

    kind: str
    rows: int
    taken: float
    checked: float
    saved: float
    undone: float
    queries: int
    worked: float

    @property
    def rate_at_work(self) -> float:
        """Rows a second of processor time, whatever else the machine was doing."""
        return self.rows / self.worked

    @property
    def rate(self) -> float:
        """Rows a second, from the bytes of the file to the commit of its records and history."""
        return self.rows / (self.taken + self.checked + self.saved)


def measure(rows: int = 10_000) -> list[Imported]:
    """Import a file of ``rows`` rows of each kind and undo it; Django and a sample are set up."""
    return [_measured(kind, rows) for kind in SHEETS]


def _measured(kind: str, rows: int) -> Imported:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gyoryu.accounts.models import Unit, User  # noqa: PLC0415
    from gyoryu.imports.actions import batches  # noqa: PLC0415

    by = User.objects.filter(memberships__role="officer").order_by("pk")[0]
    unit = Unit.objects.get(pk=by.access.grants[0].unit)
    file = SimpleUploadedFile(f"{kind}.xlsx", _sheet(SHEETS[kind], rows))
    count = [0]

    def counted(execute: Any, *args: Any) -> Any:
        count[0] += 1
        return execute(*args)

    clock, begun = _Clock(), time.process_time()
    with connection.execute_wrapper(counted):
        batch = batches.take(unit, kind, file, by=by, at=NOW)
        taken = clock.lap()
        batch = _checked(batch, by)
        checked = clock.lap()
        batch = batches.enter(batches.begin(batch, "saving", by=by, at=NOW), by=by, at=NOW)
        saved = clock.lap()
    worked = round(time.process_time() - begun, 3)
    batches.undo(batches.begin(batch, "undoing", by=by, at=NOW), by=by, at=NOW)
    return Imported(kind, rows, taken, checked, saved, clock.lap(), count[0], worked)


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
        self.last = time.perf_counter()

    def lap(self) -> float:
        now = time.perf_counter()
        taken, self.last = now - self.last, now
        return round(taken, 3)


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


def lines(measured: list[Imported]) -> Iterator[str]:
    """Write the figures as a table."""
    yield (
        f"{'kind':14}{'rows':>8}{'take s':>8}{'check s':>9}{'save s':>8}"
        f"{'undo s':>8}{'queries':>9}{'rows/s':>9}{'per cpu-s':>11}"
    )
    for one in measured:
        yield (
            f"{one.kind:14}{one.rows:8,}{one.taken:8.2f}{one.checked:9.2f}{one.saved:8.2f}"
            f"{one.undone:8.2f}{one.queries:9}{one.rate:9,.0f}{one.rate_at_work:11,.0f}"
        )

"""A small list that came into the register as a spreadsheet: companies of an invented trade fair."""

from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.imports.actions import batches
from gyoryu.imports.models import Batch
from gyoryu.sample.book import Book, at

DAY = "2025-03-18"
LIST = """기업명,영문명,국가,지역,기업규모,비고
나루정밀(주),Naru Precision Co.\\, Ltd.,대한민국,경기도,중소기업,2025 봄 상담회 참가
보람바이오(주),Boram Bio Co.\\, Ltd.,대한민국,경기도,중소기업,2025 봄 상담회 참가
새오름소재(주),Saeoreum Materials Co.\\, Ltd.,대한민국,경기도,중견기업,2025 봄 상담회 참가
은하로봇(주),Eunha Robot Co.\\, Ltd.,대한민국,경기도,소기업,2025 봄 상담회 참가
"""


def load(book: Book) -> str:
    """Take the list in, check it and save it, as an officer did; return what came of it."""
    text = "\n".join(_line(line) for line in LIST.splitlines())
    file = SimpleUploadedFile("2025-봄-상담회-참가기업.csv", text.encode("cp949"))
    when = at(DAY)
    batch = batches.take(book.desk, "organisations", file, by=book.officer, at=when)
    chosen = {**batch.options, "default_kind": "company"}
    batch = batches.choose(batch, batch.columns, chosen, by=book.officer, at=when)
    batch = batches.check(batch, by=book.officer, at=when)
    batch = batches.begin(batch, Batch.Status.SAVING, by=book.officer, at=when)
    batch = batches.enter(batch, by=book.officer, at=when)
    return f"{batch.new} companies from a spreadsheet"


def _line(line: str) -> str:
    """Write a line as a spreadsheet does: every cell in quotation marks."""
    cells = line.replace("\\,", "\0").split(",")
    return ",".join('"' + cell.replace("\0", ",") + '"' for cell in cells)

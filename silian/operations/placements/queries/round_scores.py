"""The lines of a school's score list out of a file (成绩名单)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import sheet_of
from silian.operations.placements.rules.rounds import ScoreLine

MOST_ROWS = 10_000
STUDENT, SCORE, COUNTY, LODGING = "学号", "成绩", "生源区县代码", "需要住宿"


def score_lines(*, name: str, content: bytes) -> list[ScoreLine]:
    """Every line of the file; the first that cannot be read refuses it, naming row and column."""
    sheet = sheet_of(name=name, content=content, most_rows=MOST_ROWS)
    sheet.require(STUDENT, SCORE)
    return [line_of(place, row) for place, row in sheet.numbered()]


def line_of(place: int, row: dict[str, str]) -> ScoreLine:
    lodging = row.get(LODGING, "").strip()
    return ScoreLine(
        number=row.get(STUDENT, "").strip(),
        score=score_of(place, row.get(SCORE, "").strip()),
        county_code=county_of(place, row.get(COUNTY, "").strip()),
        needs_lodging=None if not lodging else lodging == "是",
    )


def score_of(place: int, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        score = Decimal(text)
    except InvalidOperation:
        score = Decimal(-1)
    if not score.is_finite() or not 0 <= score <= 100:
        raise DomainError(f"第 {place} 行成绩“{text}”应是 0 到 100 的数。", field="file")
    return score.quantize(Decimal("0.01"))


def county_of(place: int, text: str) -> str:
    if text and not (len(text) == 6 and text.isdigit()):
        raise DomainError(f"第 {place} 行生源区县代码“{text}”应是六位数字。", field="file")
    return text

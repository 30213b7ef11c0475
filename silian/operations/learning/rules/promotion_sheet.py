"""What a line of an imported sheet of promotions says, cell by cell (导入等级提升)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NUMBER, NAME, OCCUPATION = "证件号", "姓名", "职业代码"
BEFORE, AFTER, CERTIFICATE = "提升前等级", "提升后等级", "证书编号"
ISSUER, ISSUED, TRAINING, HOURS = "发证机构", "发证日期", "参加的培训", "培训学时"
HEADINGS = (
    NUMBER, NAME, OCCUPATION, BEFORE, AFTER, CERTIFICATE, ISSUER, ISSUED, TRAINING, HOURS,
)  # fmt: skip
REQUIRED = (NUMBER, OCCUPATION, AFTER, CERTIFICATE, ISSUER, ISSUED, TRAINING)
LEVELS = {"五": "5", "四": "4", "三": "3", "二": "2", "一": "1"}
WORKERS = {"初级工": "5", "中级工": "4", "高级工": "3", "技师": "2", "高级技师": "1"}
MOST_HOURS = 5_000


@dataclass
class LineReader:
    """Reads one line and collects a sentence for each cell that is wrong."""

    cells: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def refuse(self, column: str, sentence: str) -> None:
        self.problems.append(f"{column}：{sentence}")

    def needed(self, column: str, *, most: int) -> str:
        found = self.text(column)
        if not found:
            self.refuse(column, "请填写。")
        if len(found) > most:
            self.refuse(column, f"最多 {most} 个字。")
        return found[:most]

    def level(self, column: str, *, required: bool) -> str:
        """5 to 1 in any of the usual ways of writing; empty where none was held."""
        found = self.text(column)
        if found in ("", "无", "无等级"):
            if required:
                self.refuse(column, "请填写五级、四级、三级、二级或一级。")
            return ""
        level = level_of(found)
        if not level:
            self.refuse(column, f"认不出“{found[:20]}”，请写五级、四级、三级、二级或一级。")
        return level

    def day(self, column: str) -> datetime.date | None:
        found = self.text(column)
        try:
            return datetime.date(*(int(part) for part in re.findall(r"\d+", found)[:3]))
        except (TypeError, ValueError):
            self.refuse(column, "请写成 2026-03-18 的样子。")
            return None

    def hours(self, column: str) -> int:
        found = self.text(column)
        if not found:
            return 0
        if not (
            found.isascii() and found.isdigit() and len(found) < 6 and int(found) <= MOST_HOURS
        ):
            self.refuse(column, f"应为 0 到 {MOST_HOURS:,} 的整数。")
            return 0
        return int(found)


def level_of(text: str) -> str:
    """五级, 5级, 5, 高级工 and 三级/高级工 alike (等级写法)."""
    if found := re.match(r"([1-5])\s*级?$", text):
        return found[1]
    for sign, level in LEVELS.items():
        if text.startswith(f"{sign}级"):
            return level
    return WORKERS.get(text.split("（")[0], "")

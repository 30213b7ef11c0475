"""The columns of a file of posts: what each cell means, and what is wrong with it (岗位导入)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from silian.operations.placements.choices.hosts import (
    Hazard,
    Intensity,
    PayMethod,
)

ONE_DAY = datetime.timedelta(days=1)
SEPARATORS = re.compile(r"[、，,；;\s]+")
YES, NO = {"是", "有", "1", "true"}, {"", "否", "无", "没有", "0", "false"}
NUMBER, WHOLE_ROW = "岗位编号", "整行"


class CellFault(ValueError):
    """A cell cannot be read as it stands; the message says how to write it."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the file (列): its heading, the fact it fills, and how it is read."""

    heading: str
    fact: str
    read: Callable[[str], Any]
    is_required: bool = True
    default: Any = None
    example: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell (问题)."""

    column: str
    text: str
    sentence: str


def text_of(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise CellFault(f"最多 {most} 个字，现在 {len(text)} 个。")
        return text

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or not least <= int(text) <= most:
            raise CellFault(f"应为 {least} 到 {most} 的整数。")
        return int(text)

    return read


def amount(least: str, most: str, *, places: int = 2) -> Callable[[str], Decimal]:
    def read(text: str) -> Decimal:
        try:
            value = Decimal(text.replace(",", "").removesuffix("元"))
        except InvalidOperation:
            raise CellFault("应为数字，例如 3200。") from None
        if not value.is_finite() or not Decimal(least) <= value <= Decimal(most):
            raise CellFault(f"应在 {least} 到 {most} 之间。")
        return value.quantize(Decimal(1).scaleb(-places))

    return read


def day(text: str) -> datetime.date:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", text)
    try:
        return datetime.date(*map(int, found.groups())) if found else refuse_day()
    except ValueError:
        return refuse_day()


def refuse_day() -> datetime.date:
    raise CellFault("应为日期，例如 2026-07-01。")


def day_after(text: str) -> datetime.date:
    """The file names the last day; periods end on the day after."""
    return day(text) + ONE_DAY


def clock(text: str) -> datetime.time:
    found = re.search(r"(\d{1,2})[:：](\d{2})", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise CellFault("应为时间，例如 08:30。")
    return datetime.time(int(found[1]), int(found[2]))


def yes_or_no(text: str) -> bool:
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise CellFault("应填“是”或“否”。")


def words(most: int) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        found = [part for part in re.split(r"[、；;\n]+", text) if part.strip()]
        if not found or any(len(part) > most for part in found):
            raise CellFault(f"用顿号分开，每项最多 {most} 个字。")
        return [part.strip() for part in found]

    return read


def major_classes(text: str) -> list[str]:
    found = [part for part in SEPARATORS.split(text) if part]
    if any(not re.fullmatch(r"\d{2}", part) for part in found):
        raise CellFault("应为专业大类的两位代码，用顿号分开，例如 46、51。")
    return found


def division(text: str) -> str:
    if not re.fullmatch(r"\d{6}", text):
        raise CellFault("应为六位行政区划代码，例如 990104。")
    return text


def hazards(text: str) -> list[str]:
    if text in NO:
        return []
    labels = {label: value for value, label in Hazard.choices}
    found = [part for part in SEPARATORS.split(text) if part]
    unknown = [part for part in found if part not in labels]
    if unknown:
        raise CellFault(f"没有“{unknown[0]}”这一项。可填：{'、'.join(labels)}。")
    return [labels[part] for part in found]


def intensity(text: str) -> int:
    labels = {label: value for value, label in Intensity.choices}
    numbers = {str(value): value for value in Intensity.values}
    plain = text.replace("级", "")
    found = labels.get(f"{plain}级", numbers.get(plain))
    if found is None:
        raise CellFault("应为Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级，或 1 到 4。")
    return found


def pay_method(text: str) -> str:
    for value, label in PayMethod.choices:
        if text in (label, value) or (value == PayMethod.BANK and text.startswith("银行")):
            return value
    raise CellFault(f"可填：{'、'.join(label for _, label in PayMethod.choices)}。")


COLUMNS = (
    Column(heading=NUMBER, fact="number", read=text_of(60), example="A-001",
           note="贵单位自己的编号；再次导入时按它更新，不重复新增"),
    Column(heading="岗位名称", fact="title", read=text_of(100), example="数控操作"),
    Column(heading="工作地区代码", fact="division_id", read=division, example="990104"),
    Column(heading="工作地点", fact="address", read=text_of(200), example="高新区二厂"),
    Column(heading="适合的专业大类", fact="major_classes", read=major_classes, example="46",
           is_required=False, default=[]),
    Column(heading="典型工作任务", fact="tasks", read=words(100), example="数控车床操作、零件检测"),
    Column(heading="接收人数", fact="headcount", read=whole(1, 2000), example="20"),
    Column(heading="同类岗位在岗人数", fact="staff_in_post", read=whole(0, 100000), example="120"),
    Column(heading="可安排起始日", fact="starts_on", read=day, example="2026-07-01"),
    Column(heading="可安排终止日", fact="ends_on", read=day_after, example="2026-12-31",
           note="含当日"),
    Column(heading="每日工时", fact="daily_hours", read=amount("0.5", "24", places=1), example="8"),
    Column(heading="每周工作天数", fact="weekly_days", read=whole(1, 7), example="5"),
    Column(heading="上班时间", fact="shift_starts", read=clock, example="08:30"),
    Column(heading="下班时间", fact="shift_ends", read=clock, example="17:30"),
    Column(heading="法定节假日上班", fact="works_holidays", read=yes_or_no, example="否",
           is_required=False, default=False),
    Column(heading="安排加班", fact="has_overtime", read=yes_or_no, example="否",
           is_required=False, default=False),
    Column(heading="危害因素", fact="hazards", read=hazards, example="无", note="没有时填“无”"),
    Column(heading="体力劳动强度", fact="intensity", read=intensity, example="Ⅰ级"),
    Column(heading="单次负重（公斤）", fact="lift_kg", read=amount("0", "500", places=1),
           example="0", is_required=False, default=Decimal(0)),
    Column(heading="每小时负重次数", fact="lifts_per_hour", read=whole(0, 1000), example="0",
           is_required=False, default=0),
    Column(heading="密切接触未成年人", fact="is_close_to_minors", read=yes_or_no, example="否",
           is_required=False, default=False),
    Column(heading="入职查询情况", fact="offence_check", read=text_of(200), is_required=False,
           default=""),
    Column(heading="实习报酬（元/月）", fact="pay", read=amount("0", "100000"), example="3400"),
    Column(heading="相同岗位工资（元/月）", fact="post_wage", read=amount("0", "200000"),
           example="4200"),
    Column(heading="最低档工资（元/月）", fact="lowest_grade_wage", read=amount("0", "200000"),
           is_required=False),
    Column(heading="每月发放日", fact="pay_day", read=whole(1, 28), example="10"),
    Column(heading="支付方式", fact="pay_method", read=pay_method, example="银行转账至学生本人",
           is_required=False, default=PayMethod.BANK.value),
    Column(heading="向学生收取的费用", fact="fees", read=text_of(200), is_required=False,
           default=""),
    Column(heading="通过中介或劳务派遣", fact="is_through_agency", read=yes_or_no, example="否",
           is_required=False, default=False),
    Column(heading="食宿条件", fact="board", read=text_of(200), is_required=False, default="",
           example="工作日免费午餐"),
    Column(heading="提供住宿", fact="has_lodging", read=yes_or_no, example="否",
           is_required=False, default=False),
)  # fmt: skip
REQUIRED = tuple(column.heading for column in COLUMNS if column.is_required)
HEADING_OF = {column.fact: column.heading for column in COLUMNS} | {
    "industry": WHOLE_ROW,
    "is_paid_by_school_head": WHOLE_ROW,
}


def read_row(row: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The facts of a row, and every cell that cannot be read."""
    facts: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in COLUMNS:
        text = row.get(column.heading, "").strip()
        try:
            facts[column.fact] = read_cell(column, text)
        except CellFault as fault:
            faults.append(Fault(column=column.heading, text=text[:200], sentence=str(fault)))
    if not faults and facts["ends_on"] <= facts["starts_on"]:
        sentence = "可安排终止日应晚于起始日。"
        faults.append(Fault(column="可安排终止日", text="", sentence=sentence))
    return facts, faults


def read_cell(column: Column, text: str) -> Any:
    if text:
        return column.read(text)
    if column.is_required:
        raise CellFault("不能为空。")
    return column.default

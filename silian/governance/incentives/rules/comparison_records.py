"""How one line of another authority's list is read, and what may be wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from stdnum.cn import uscc

from silian.governance.incentives.rules.months import months_later
from silian.governance.incentives.rules.outside_payments import day_of

ONE_DAY = datetime.timedelta(days=1)
INSURED, PAYROLL, DEATH, PRISON, PUBLIC = "insured", "payroll", "death", "prison", "public"
MONTHLY = frozenset({INSURED, PAYROLL})
PART = "part"
MOST_YEARS_KEPT = 10  # nobody compares longer than accounting papers are kept
PERSON = ("姓名", "证件号")
UNIT_MONTH = (*PERSON, "统一社会信用代码", "单位名称", "月份")
COLUMNS: dict[str, tuple[str, ...]] = {
    INSURED: UNIT_MONTH,
    PAYROLL: UNIT_MONTH,
    DEATH: (*PERSON, "死亡日期"),
    PRISON: (*PERSON, "起始日", "终止日"),
    PUBLIC: (*PERSON, "单位名称", "起始日", "终止日"),
}
OPTIONAL = frozenset({"终止日"})
LONGEST = {"姓名": 60, "单位名称": 120}
Problem = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class ListSaid:
    """What is typed about a list (名单说明). Months are half-open."""

    kind: str
    authority: str
    document: str
    as_of: datetime.date
    covers_from: datetime.date | None
    covers_until: datetime.date | None
    completeness: str
    kept_until: datetime.date


@dataclass(frozen=True, kw_only=True)
class RecordSaid:
    """What one line says of one person (一行记录). ``ends_on`` is the day after the last."""

    name: str
    id_number: str
    employer_code: str = ""
    employer_name: str = ""
    month: datetime.date | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None

    @property
    def content(self) -> str:
        """What makes it this record and no other (内容)."""
        if self.month is not None:
            return f"{self.id_number}|{self.employer_code}|{self.month}"
        return f"{self.id_number}|{self.employer_name}|{self.starts_on}"


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One line of a list as it was read (预览行)."""

    number: int
    cells: Mapping[str, str]
    said: RecordSaid | None
    problems: tuple[str, ...] = ()
    same_as: int = 0

    @property
    def known(self) -> str:
        return f"与第 {self.same_as} 行相同" if self.same_as else ""


def reason_list_not_recordable(said: ListSaid, *, today: datetime.date) -> tuple[str, str] | None:
    """The box and the sentence why a list cannot be brought in, or None (能否导入).

    Basis: 《个人信息保护法》第十九条: kept no longer than the comparison needs.
    """
    if said.as_of > today:
        return "as_of", f"数据截至日 {said.as_of:%Y-%m-%d} 还没有到，请核对。"
    if said.kept_until <= max(today, said.as_of):
        return "kept_until", "保存期限应晚于今天。"
    if said.kept_until > months_later(said.as_of, MOST_YEARS_KEPT * 12):
        return "kept_until", f"保存期限最长为数据截至日后 {MOST_YEARS_KEPT} 年。"
    return reason_months_wrong(said) if said.kind in MONTHLY else reason_not_complete(said)


def reason_months_wrong(said: ListSaid) -> tuple[str, str] | None:
    if said.covers_from is None or said.covers_until is None:
        return "covers_from", "请填写名单覆盖的起止月份。"
    if said.covers_until <= said.covers_from:
        return "covers_last", "终止月早于起始月，请核对。"
    if said.covers_until > months_later(said.as_of.replace(day=1), 1):
        return "covers_last", "覆盖的月份晚于数据截至日，请核对。"
    return None


def reason_not_complete(said: ListSaid) -> tuple[str, str] | None:
    if said.completeness != PART:
        return "completeness", "只有按月的名单可以声明完整；其他名单请选“只列部分人员”。"
    return None


def read_record(
    number: int, cells: Mapping[str, str], *, about: ListSaid, number_problem: Problem
) -> RecordLine:
    """Read one line; every problem of it is named (逐行检查)."""
    given = {name: cells.get(name, "").strip() for name in COLUMNS[about.kind]}
    problems = [f"请填写{name}。" for name in given if not given[name] and name not in OPTIONAL]
    problems += [
        f"{name}超过 {most} 个字。"
        for name, most in LONGEST.items()
        if len(given.get(name, "")) > most
    ]
    for name, problem_of in (("证件号", number_problem), ("统一社会信用代码", code_problem)):
        problem = problem_of(given[name]) if given.get(name) else None
        problems += [problem] if problem else []
    if about.kind in MONTHLY:
        said = monthly_record(given, about, problems)
    else:
        said = period_record(given, about, problems)
    return RecordLine(
        number=number, cells=given, said=None if problems else said, problems=tuple(problems)
    )


def monthly_record(
    given: Mapping[str, str], about: ListSaid, problems: list[str]
) -> RecordSaid | None:
    """A month at an employer, within the months that the list covers."""
    month = month_in(given["月份"], problems)
    if month is None:
        return None
    first, after = about.covers_from, about.covers_until
    if first and after and not first <= month < after:
        problems.append(f"月份 {month:%Y-%m} 不在名单覆盖的月份内。")
    return RecordSaid(
        name=given["姓名"], id_number=plain(given["证件号"]),
        employer_code=plain(given["统一社会信用代码"]), employer_name=given["单位名称"],
        month=month,
    )  # fmt: skip


def period_record(
    given: Mapping[str, str], about: ListSaid, problems: list[str]
) -> RecordSaid | None:
    """A death or a period; one without an end went on when the list was made."""
    first = "死亡日期" if about.kind == DEATH else "起始日"
    starts = day_in(given, first, problems)
    last = day_in(given, "终止日", problems)
    if starts is None:
        return None
    if starts > about.as_of:
        problems.append(f"{first} {starts:%Y-%m-%d} 晚于数据截至日 {about.as_of:%Y-%m-%d}。")
    if last is not None and last < starts:
        problems.append("终止日早于起始日。")
    return RecordSaid(
        name=given["姓名"], id_number=plain(given["证件号"]),
        employer_name=given.get("单位名称", ""), starts_on=starts,
        ends_on=last + ONE_DAY if last else None,
    )  # fmt: skip


def code_problem(text: str) -> str | None:
    """Why a text is no unified social credit code, or None. Basis: GB 32100-2015."""
    return None if uscc.is_valid(text) else "统一社会信用代码不正确，请核对。"


def plain(text: str) -> str:
    """A number without blanks and in capitals."""
    return "".join(text.split()).upper()


def month_in(text: str, problems: list[str]) -> datetime.date | None:
    try:
        return month_of(text) if text else None
    except ValueError:
        problems.append("月份写成 2025-03。")
        return None


def month_of(text: str) -> datetime.date:
    """2025-03, 2025/3, 2025.3, 2025年3月, 202503, or a day of the month.

    >>> month_of("2025年3月")
    datetime.date(2025, 3, 1)
    """
    text = text.replace("年", "-").replace("月", "").replace("/", "-").replace(".", "-")
    if text.isdigit() and len(text) == 6:
        return datetime.date(int(text[:4]), int(text[4:]), 1)
    if text.count("-") == 1:
        year, month = text.split("-")
        return datetime.date(int(year), int(month), 1)
    return day_of(text).replace(day=1)


def day_in(given: Mapping[str, str], name: str, problems: list[str]) -> datetime.date | None:
    text = given.get(name, "")
    try:
        return day_of(text) if text else None
    except ValueError:
        problems.append(f"{name}写成 2025-03-31。")
        return None


def with_repeats(lines: Iterable[RecordLine]) -> list[RecordLine]:
    """The same lines; what stands in the list already names its first line (表内重复)."""
    first: dict[str, int] = {}
    found = []
    for line in lines:
        earlier = first.setdefault(line.said.content, line.number) if line.said else line.number
        same = earlier if earlier != line.number else 0
        found.append(
            RecordLine(
                number=line.number, cells=line.cells, said=line.said, problems=line.problems,
                same_as=same,
            )
        )  # fmt: skip
    return found


def content_of_list(said: ListSaid, records: Iterable[RecordSaid]) -> str:
    """What makes it this list and no other; the order of its lines does not (名单内容)."""
    head = (
        said.kind, said.authority, said.as_of, said.covers_from, said.covers_until,
        said.completeness,
    )  # fmt: skip
    lines = sorted(f"{each.content}|{each.ends_on or ''}" for each in records)
    return "\n".join(["|".join(str(part) for part in head), *lines])

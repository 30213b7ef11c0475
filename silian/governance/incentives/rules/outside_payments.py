"""When a subsidy paid already stands against another for the same person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import parse_yuan
from silian.governance.incentives.rules.claim_items import Days, clipped, words_of_days

TRAINING = frozenset({"entry", "upskill", "other"})
APPRENTICE, INTERN, RELIEF = "apprentice", "intern", "relief"
APPRENTICESHIP, INTERNSHIP = "apprenticeship", "internship"  # the platform's own schemes
ONE_DAY = datetime.timedelta(days=1)
COLUMNS = (
    "姓名", "证件号", "补贴类别", "职业编码", "技能等级", "起始日", "终止日", "金额", "发放单位",
    "来源文件", "发放日",
)  # fmt: skip
OPTIONAL = frozenset({"职业编码", "技能等级"})
LONGEST = {"姓名": 60, "发放单位": 80, "来源文件": 120, "职业编码": 20}


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What a claim counts for a person (计入的明细)."""

    scheme: str
    days: Days
    occupation: str = ""
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Received:
    """What the person received or is claimed for already (已领取). ``own`` is on the platform."""

    kind: str
    days: Days
    occupation: str = ""
    level: str = ""
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One way in which two subsidies stand against each other; days may be none (重复)."""

    conflict: str
    days: Days | None

    @property
    def length(self) -> int:
        """How many days both count (重叠天数)."""
        return (self.days[1] - self.days[0]).days if self.days else 0

    @property
    def words(self) -> str:
        return f"{words_of_days(self.days)} 重叠 {self.length} 日" if self.days else "已享受"


def clash_between(mine: Counting, other: Received, *, levels: Sequence[str]) -> Clash | None:
    """In which way what was received stands against what is claimed, or None (是否重复).

    ``levels`` run from the lowest to the highest. Basis: AP-10 and AP-11 of the rulebook.
    """
    both = clipped(mine.days, to=other.days)
    if mine.scheme == INTERNSHIP:
        return intern_clash(other, both)
    if mine.scheme != APPRENTICESHIP:
        return None
    if other.kind == RELIEF:
        return Clash(conflict="relief", days=both)
    if other.kind == INTERN:
        return Clash(conflict="schemes" if other.own else "double", days=both) if both else None
    if other.kind == APPRENTICE and both and other.level == mine.level:
        return Clash(conflict="elsewhere", days=both)
    if both and other.kind in TRAINING:
        return Clash(conflict="double", days=both)
    return Clash(conflict="earlier", days=both) if is_repeat(mine, other, levels) else None


def intern_clash(other: Received, both: Days | None) -> Clash | None:
    """An internship is paid once, and an apprentice's days are no intern's days."""
    if both is None:
        return None
    if other.kind == INTERN:
        return Clash(conflict="same", days=both)
    if other.kind == APPRENTICE:
        return Clash(conflict="schemes", days=both)
    return None


def is_repeat(mine: Counting, other: Received, levels: Sequence[str]) -> bool:
    """Whether the same occupation was subsidised at the same or a higher level."""
    same = bool(mine.occupation) and mine.occupation == other.occupation
    if not same or other.level not in levels or mine.level not in levels:
        return False
    return levels.index(other.level) >= levels.index(mine.level)


@dataclass(frozen=True, kw_only=True)
class PaymentSaid:
    """One payment as typed or imported (发放记录填报). ``ends_on`` is the day after the last."""

    name: str
    id_number: str
    kind: str
    occupation: str
    level: str
    starts_on: datetime.date
    ends_on: datetime.date
    amount: Decimal
    authority: str
    source: str
    paid_on: datetime.date

    @property
    def content(self) -> str:
        """What makes it this payment and no other; the source paper does not (内容)."""
        parts = (
            self.id_number, self.kind, self.occupation, self.level, self.starts_on, self.ends_on,
            f"{self.amount:.2f}", self.authority, self.paid_on,
        )  # fmt: skip
        return "|".join(str(part) for part in parts)


@dataclass(frozen=True, kw_only=True)
class PaymentLine:
    """One line of an imported list (预览行). ``known`` says why it is not written again."""

    number: int
    cells: Mapping[str, str]
    said: PaymentSaid | None
    problems: tuple[str, ...] = ()
    known: str = ""

    @property
    def is_new(self) -> bool:
        return self.said is not None and not self.problems and not self.known


def reason_not_recordable(said: PaymentSaid, *, today: datetime.date) -> tuple[str, str] | None:
    """The box and the sentence why a payment cannot be recorded, or None (能否登记)."""
    if said.ends_on <= said.starts_on:
        return "ends_on", "终止日早于起始日，请核对。"
    if said.amount <= 0:
        return "amount", "金额应大于零。录错的请撤销原记录后重新登记。"
    if said.paid_on > today:
        return "paid_on", f"发放日 {said.paid_on:%Y-%m-%d} 还没有到，请核对。"
    if said.paid_on < said.starts_on and said.kind in TRAINING:
        return "paid_on", "发放日早于培训起始日，请核对。"
    if said.kind == APPRENTICE and not said.level:
        return "level", "企业新型学徒制补贴请填写技能等级。"
    return None


def read_line(
    number: int, cells: Mapping[str, str], *, kinds: Mapping[str, str], levels: Sequence[str],
    today: datetime.date,
) -> PaymentLine:  # fmt: skip
    """Read one line; every problem of it is named (逐行检查)."""
    given = {name: cells.get(name, "").strip() for name in COLUMNS}
    problems = [f"请填写{name}。" for name in COLUMNS if not given[name] and name not in OPTIONAL]
    kind = kinds.get(given["补贴类别"], "")
    if given["补贴类别"] and not kind:
        problems.append(f"补贴类别应为{'、'.join(kinds)}。")
    if given["技能等级"] and given["技能等级"] not in levels:
        problems.append(f"技能等级应为{'、'.join(levels)}，没有等级的留空。")
    problems += [
        f"{name}超过 {most} 个字。" for name, most in LONGEST.items() if len(given[name]) > most
    ]
    days = {name: day_in(given, name, problems) for name in ("起始日", "终止日", "发放日")}
    amount = amount_in(given, problems)
    if problems:
        return PaymentLine(number=number, cells=given, said=None, problems=tuple(problems))
    said = PaymentSaid(
        name=given["姓名"], id_number=given["证件号"].upper(), kind=kind,
        occupation=given["职业编码"], level=given["技能等级"], starts_on=days["起始日"],
        ends_on=days["终止日"] + ONE_DAY, amount=amount, authority=given["发放单位"],
        source=given["来源文件"], paid_on=days["发放日"],
    )  # fmt: skip
    refused = reason_not_recordable(said, today=today)
    return PaymentLine(
        number=number, cells=given, said=said, problems=(refused[1],) if refused else ()
    )


def amount_in(given: Mapping[str, str], problems: list[str]) -> Decimal:
    if not given["金额"]:
        return Decimal(0)
    try:
        return parse_yuan(given["金额"])
    except DomainError as refusal:
        problems.append(refusal.sentence)
        return Decimal(0)


def day_in(given: Mapping[str, str], name: str, problems: list[str]) -> datetime.date:
    """A day as sheets write it; what is none is named."""
    text = given[name]
    try:
        return day_of(text) if text else datetime.date.min
    except ValueError:
        problems.append(f"{name}写成 2025-03-31。")
        return datetime.date.min


def day_of(text: str) -> datetime.date:
    """2025-03-31, 2025/3/31, 2025.3.31, 20250331, with or without a time.

    >>> day_of("2025/3/31 0:00")
    datetime.date(2025, 3, 31)
    """
    plain = text.replace("/", "-").replace(".", "-").split(" ")[0].split("T")[0]
    if plain.isdigit() and len(plain) == 8:
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    year, month, day = (int(part) for part in plain.split("-"))
    return datetime.date(year, month, day)


def repeated(lines: Iterable[PaymentLine]) -> dict[str, int]:
    """The first line number of each content, for naming repeats in one list (表内重复)."""
    first: dict[str, int] = {}
    for line in lines:
        if line.said is not None:
            first.setdefault(line.said.content, line.number)
    return first

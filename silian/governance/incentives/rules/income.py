"""What of a teacher's income counts under the cap of performance pay, and what stands outside."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """How a kind of income stands to the pay total in a region; None is 未设定 (归类).

    Basis: 000 二（六）2、001 8、004 四（三）、促进科技成果转化法第四十五条.
    """

    in_total: bool | None = None
    limited: bool | None = None
    in_base: bool | None = None
    clause: str = ""

    @property
    def words(self) -> str:
        """The three answers as officials write them."""
        if self.limited is None:
            return f"{UNSET}，没有条款写明怎样归类"
        parts = (
            "计入当年总量" if self.in_total else "不计入当年总量",
            "受总量限制" if self.limited else "不受总量限制",
            "纳入基数" if self.in_base else "不纳入基数",
        )
        return "，".join(parts)


@dataclass(frozen=True, kw_only=True)
class Split:
    """An amount by how it stands to the cap (归类金额)."""

    amount: Decimal = ZERO
    in_total: Decimal = ZERO
    capped: Decimal = ZERO
    free: Decimal = ZERO
    in_base: Decimal = ZERO
    unset: Decimal = ZERO

    def __add__(self, other: Split) -> Split:
        return Split(**{name: value + getattr(other, name) for name, value in vars(self).items()})


@dataclass(frozen=True, kw_only=True)
class LeastReward:
    """The lower bound of a conversion reward and the word of its rule (奖励下限)."""

    least: Decimal
    word: str
    required: str
    clause: str
    missing: Decimal

    @property
    def tone(self) -> str:
        return {"达到": "ok", "不符合": "late"}.get(self.word, "watch")


def split_of(amount: Decimal, treatment: Treatment) -> Split:
    """One sum put where the region's clause puts it; an unset one is in no total."""
    if treatment.limited is None:
        return Split(amount=amount, unset=amount)
    return Split(
        amount=amount,
        in_total=amount if treatment.in_total else ZERO,
        capped=amount if treatment.limited else ZERO,
        free=ZERO if treatment.limited else amount,
        in_base=amount if treatment.in_base else ZERO,
    )


def splits_by_kind(
    sums: Mapping[str, Decimal], treatments: Mapping[str, Treatment]
) -> dict[str, Split]:
    """Sums of kinds, each by its clause."""
    return {kind: split_of(amount, treatments[kind]) for kind, amount in sums.items()}


def summed(splits: Iterable[Split]) -> Split:
    return sum(splits, Split())


def reason_not_confirmable(
    *, shares: int, files: int, paid: Decimal, gain: Decimal, kind: str
) -> str | None:
    """Why an income project may not be confirmed, or None (能否确认)."""
    if not shares:
        return "还没有个人所得，请先登记每个人的金额。"
    if not files:
        return "请先上传凭证：合同、获奖文件、到账和发放凭证至少一份。"
    if kind in ("training", "service") and paid > gain:
        return "发给个人的合计多于这个项目的收入，请核对。"
    return None


def reason_not_adoptable(
    *, ends_on: datetime.date | None, today: datetime.date, unanswered: int
) -> str | None:
    """A plan comes into force after its notice, with every objection answered (能否施行)."""
    if ends_on is not None and today <= ends_on:
        return f"校内公示到 {ends_on:%Y-%m-%d}，期满后才能施行。"
    if unanswered:
        return f"还有 {unanswered} 条意见没有答复，请先逐条答复。"
    return None


def reason_not_proposable(*, unset: Decimal) -> str | None:
    """A pay total is proposed only when every sum has its place (能否报送)."""
    if unset:
        return f"有 {unset:,.2f} 元的归类未设定。请与人社、财政部门确认条款，登记后再报送。"
    return None


def reason_same_person(*, actor: int | None, others: tuple[int | None, ...]) -> str | None:
    """Nobody approves what they proposed or passed (不相容职务分离)."""
    if actor is not None and actor in others:
        return "报送、核定要由不同的人办理。"
    return None


def reason_without_note(*, note: str) -> str | None:
    return None if note.strip() else "请写明退回的原因。"

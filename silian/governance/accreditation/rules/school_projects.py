"""Conditions of school projects: held against their standard, and when a project is reached."""

from __future__ import annotations

from decimal import Decimal

from silian.governance.accreditation.choices.schools import Comparison


def is_met(*, comparison: str, standard: Decimal | None, value: Decimal | None) -> bool | None:
    """Whether a figure reaches its standard; None where either is not known (未设定).

    >>> is_met(comparison="at_most", standard=Decimal(20), value=Decimal("18.5"))
    True
    """
    if comparison == Comparison.WORDS or standard is None or value is None:
        return None
    if comparison == Comparison.AT_MOST:
        return value <= standard
    return value >= standard


def standard_words(*, comparison: str, standard: Decimal | None, unit: str) -> str:
    """The standard as a sentence part: 不低于 60 人, or 未设定.

    >>> standard_words(comparison="at_least", standard=Decimal("60.0000"), unit="人")
    '不低于 60 人'
    """
    if comparison == Comparison.WORDS:
        return "按证明材料核对"
    if standard is None:
        return "未设定"
    return f"{Comparison(comparison).label} {plain_number(standard)} {unit}".strip()


def plain_number(value: Decimal) -> str:
    """No zeros behind the point, separators before it.

    >>> plain_number(Decimal("40000.00")), plain_number(Decimal("2.50"))
    ('40,000', '2.5')
    """
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text


def reason_not_checkable(
    *, comparison: str, standard: Decimal | None, value: Decimal | None, says_met: bool
) -> str | None:
    """Why a finding may not be written down, or None: figures decide where there are both."""
    reached = is_met(comparison=comparison, standard=standard, value=value)
    if comparison != Comparison.WORDS and value is None:
        return "请填写核对到的数值。"
    if says_met and comparison != Comparison.WORDS and standard is None:
        return "标准未设定，不能判为已满足。请先填写标准和依据。"
    if reached is not None and reached != says_met:
        return f"数值与标准相比为“{'已满足' if reached else '未满足'}”，结论应与之一致。"
    return None


def reason_not_achieved(*, missing: int, open_blocks: int, document: str) -> str | None:
    """Why a project may not be written down as reached, or None."""
    if missing:
        return f"还有 {missing} 项条件未满足或待核对，不能登记建成。"
    if open_blocks:
        return f"还有 {open_blocks} 个卡点未解决，不能登记建成。"
    if not document.strip():
        return "请写明批复或认定文件的名称和文号。"
    return None

"""Approval: what a guide must say, and what a step of a case needs (办事规则)."""

from __future__ import annotations

from statistics import median


def remedy_words(*, review_days: int | None, litigation_months: int | None) -> str:
    """Where the applicant may turn; the numbers come from the rulebook (救济途径).

    >>> remedy_words(review_days=60, litigation_months=None)
    '如不服本决定，可自收到之日起 60 日内申请行政复议。'
    """
    ways = []
    if review_days:
        ways.append(f"可自收到之日起 {review_days} 日内申请行政复议")
    if litigation_months:
        ways.append(f"可在 {litigation_months} 个月内向人民法院提起行政诉讼")
    return f"如不服本决定，{'，也'.join(ways)}。" if ways else ""


def reason_not_publishable(
    *, conditions: str, documents: str, legal_basis: str, steps: int
) -> str | None:
    """Why a guide may not be published, or None (公布条件).

    Basis: 《行政许可法》: 事项、依据、条件、数量、程序、期限和材料目录应当公示.
    """
    blank = [
        word
        for word, said in (
            ("申请条件", conditions),
            ("申请材料", documents),
            ("法律依据", legal_basis),
        )
        if not said.strip()
    ]
    if not steps:
        blank.append("办理环节")
    if blank:
        return f"指南还缺{'、'.join(blank)}，不能公布。依据：《行政许可法》。"
    return None


def reason_not_supplementable(*, items: str, asked_before: bool) -> str | None:
    """Why a supplement may not be asked for, or None (补正).

    Basis: 《行政许可法》: 一次告知需要补正的全部内容.
    """
    if asked_before:
        return "补正只能一次告知全部内容，本件已告知过。材料齐全请受理，不齐全请联系申请人说明。"
    if not items.strip():
        return "请逐项写明需要补正的全部内容。"
    return None


def reason_not_decidable(*, open_steps: int) -> str | None:
    """Why a case may not be granted yet, or None."""
    return f"还有 {open_steps} 个环节未办结，不能作出决定。" if open_steps else None


def total_days(limits: list[int]) -> int:
    """The promised time of a case is the sum of its steps (承诺时限)."""
    return sum(limits)


def middle(days: list[int]) -> float | None:
    """The median; None of nothing."""
    return float(median(days)) if days else None

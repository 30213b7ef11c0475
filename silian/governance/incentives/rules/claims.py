"""Whether a call may open, a claim be handed in, decided, published, a payment ordered."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from decimal import Decimal

from silian.foundation.kernel.money import format_yuan


def reason_not_callable(
    *,
    has_rule: bool,
    decisions: int,
    pays_advance: bool,
    takes_advance: bool,
    undecided: Sequence[str] = (),
    is_over: bool = False,
) -> str | None:
    """Why a call may not be opened, or None (申领通知发布条件).

    ``undecided`` names steps of a provision that are neither there nor left out for a reason.
    """
    if not has_rule:
        return "本地区没有这项补贴的规定，不能发布。请先在地区参数中登记文号、条款和标准。"
    if decisions != 1:
        return "审核环节中要有一个“审定”环节，且只能有一个。请调整审核环节。"
    if undecided:
        return (
            f"规定的环节“{'、'.join(undecided[:3])}”还没有设置。请选择办理部门，或写明不设的原因。"
        )
    if is_over:
        return "受理截止日已过，不能发布。请先修改受理时间。"
    if pays_advance and not takes_advance:
        return "这项补贴的规定没有预支办法，不能选择“可以预支”。"
    return None


def reason_not_submittable(
    *,
    accepts: bool,
    items: int,
    missing: Sequence[str],
    stopping: Sequence[str],
    outdated: str = "",
) -> str | None:
    """Why a claim may not be handed in, or None (申领提交条件)."""
    if not accepts:
        return "申领通知不在受理期内，不能提交。请查看通知的受理时间。"
    if not items:
        return "申领明细为空。请先登记实习、学徒或成果，再刷新明细。"
    if outdated:
        return outdated
    if missing:
        return f"还缺：{'、'.join(missing[:5])}。请补齐后再提交。"
    if stopping:
        return f"有 {len(stopping)} 项条件未满足：{'；'.join(stopping[:3])}"
    return None


def reason_not_decidable(
    *, entered_by: int | None, actor_id: int | None, own: bool, open_steps: int, refused: int
) -> str | None:
    """Why this person may not agree to the claim now, or None (审定回避与前置环节).

    Nobody approves a claim that they entered, nor one of their own unit.
    """
    if own or (actor_id is not None and actor_id == entered_by):
        return "申领由您本人填报或属于您所在单位，您不能审定。请由其他审核人员办理。"
    if open_steps:
        return f"还有 {open_steps} 个审核环节未办结，不能审定。"
    if refused:
        return f"有 {refused} 个部门不同意，不能审定同意。请退回补正或不予支持。"
    return None


def reason_not_noticeable(*, states: Collection[str], days: int) -> str | None:
    """Why claims may not be put on a notice, or None (公示条件). Basis: AP-09."""
    if not states:
        return "没有可公示的申领。请先审定。"
    if days < 1:
        return "公示期至少 1 个工作日。请先在申领通知中设定公示期。"
    return None


def reason_not_orderable(
    *, amount: Decimal, available: Decimal, entered_by: int | None, actor_id: int | None
) -> str | None:
    """Why a payment may not be ordered, or None (安排支付条件)."""
    if actor_id is not None and actor_id == entered_by:
        return "申领由您本人填报，您不能安排支付。请由其他经办人员办理。"
    if amount > available:
        return (
            f"本次拨付 {format_yuan(amount)} 元，"
            f"超过应得而未付的 {format_yuan(available)} 元。请先重新核算。"
        )
    return None


def outstanding(*, entitled: Decimal, paid: Decimal, recovered: Decimal) -> Decimal:
    """What is still owed to the unit; negative what it owes back (未结金额).

    ``entitled = paid - recovered + outstanding``, always.
    """
    return entitled - paid + recovered


def is_override_valid(*, until: datetime.date | None, on: datetime.date) -> bool:
    """Whether an override still counts on the day; the last day counts (放行有效)."""
    return until is not None and on <= until

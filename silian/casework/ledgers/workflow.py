"""The lives of payments, batches, receivables, months and statements (资金流程)."""

from __future__ import annotations

from silian.casework.ledgers.choices import (
    BatchState as B,
)
from silian.casework.ledgers.choices import (
    MonthState,
    ReceivableState,
    StatementState,
)
from silian.casework.ledgers.choices import (
    PaymentState as P,
)
from silian.casework.ledgers.rules import (
    reason_not_approvable,
    reason_not_finishable,
    reason_not_reopenable,
    reason_not_withdrawable,
)
from silian.foundation.kernel.workflow import Guard, Transition, Workflow


def step(
    name: str, label: str, sources: tuple[object, ...], target: object, guard: Guard | None = None
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, guard=guard
    )


payment = Workflow(
    [
        step("gather", "组批", (P.READY,), P.BATCHED),
        step("drop", "退出批次", (P.BATCHED,), P.READY),
        step("cancel", "撤销", (P.READY,), P.CANCELLED),
        step("send", "送银行", (P.BATCHED,), P.SENT),
        step("confirm", "确认支付", (P.SENT,), P.CONFIRMED),
        step("fail", "登记退票", (P.SENT,), P.FAILED),
        step("bounce", "登记退汇", (P.CONFIRMED,), P.FAILED),
        step("return", "退回占用", (P.FAILED,), P.RETURNED),
    ]
)
batch = Workflow(
    [
        step("approve", "批准", (B.DRAFT,), B.APPROVED, reason_not_approvable),
        step("return", "退回修改", (B.APPROVED,), B.DRAFT),
        step("discard", "作废", (B.DRAFT,), B.DISCARDED),
        step("send", "送银行", (B.APPROVED,), B.SENT),
        step("finish", "办结", (B.SENT,), B.DONE),
    ]
)
receivable = Workflow(
    [
        step("settle", "结清", (ReceivableState.OPEN,), ReceivableState.SETTLED),
        step("resume", "恢复未结清", (ReceivableState.SETTLED,), ReceivableState.OPEN),
        step("cancel", "冲销", (ReceivableState.OPEN,), ReceivableState.CANCELLED),
    ]
)
month = Workflow(
    [
        step("close", "结账", (MonthState.OPEN,), MonthState.CLOSED),
        step("reopen", "反结账", (MonthState.CLOSED,), MonthState.OPEN, reason_not_reopenable),
    ]
)
statement = Workflow(
    [
        step(
            "finish",
            "完成核对",
            (StatementState.OPEN,),
            StatementState.FINISHED,
            reason_not_finishable,
        ),
        step(
            "withdraw",
            "撤回导入",
            (StatementState.OPEN,),
            StatementState.WITHDRAWN,
            reason_not_withdrawable,
        ),
    ]
)

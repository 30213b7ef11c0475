"""The life of an import on one page."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import ImportState as S


def reason_not_importable(
    *, refused_rows: int, takes_good_rows: bool, good_rows: int
) -> str | None:
    """Why the checked rows may not be taken in, or None."""
    if good_rows <= 0:
        return "没有可以导入的行。请下载问题清单，改好后重新上传。"
    if refused_rows and not takes_good_rows:
        return (
            f"有 {refused_rows} 行不合格，而您选择了“有一行不合格就都不导入”。"
            "请改好后重新上传，或改为只导入没有问题的行。"
        )
    return None


listing_import = Workflow(
    [
        Transition(
            name="check",
            label="检查",
            sources=frozenset({S.UPLOADED, S.CHECKED, S.REFUSED}),
            target=S.CHECKING,
        ),
        Transition(
            name="finish_check", label="检查完成", sources=frozenset({S.CHECKING}), target=S.CHECKED
        ),
        Transition(
            name="confirm",
            label="确认导入",
            sources=frozenset({S.CHECKED}),
            target=S.RUNNING,
            guard=reason_not_importable,
        ),
        Transition(name="finish", label="导入完成", sources=frozenset({S.RUNNING}), target=S.DONE),
        Transition(
            name="fail",
            label="中断",
            sources=frozenset({S.CHECKING, S.RUNNING}),
            target=S.REFUSED,
        ),
        Transition(name="undo", label="撤销导入", sources=frozenset({S.DONE}), target=S.UNDONE),
    ]
)

"""The life of a group (集团联盟流程)."""

from __future__ import annotations

from collections.abc import Collection

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.groups import GroupState as S
from silian.operations.alliances.rules.groups import missing_members


def reason_not_startable(*, kind: str, present: Collection[str], has_charter: bool) -> str | None:
    """Why a group may not begin to run, or None."""
    if missing := missing_members(kind=kind, present=present):
        return f"还缺少{'、'.join(missing)}成员，不能开始运行。请先邀请加入并由对方确认。"
    if not has_charter:
        return "还没有上传章程，不能开始运行。请先上传章程文件。"
    return None


group = Workflow(
    [
        Transition(
            name="start",
            label="开始运行",
            sources=frozenset({S.PREPARING}),
            target=S.RUNNING,
            guard=reason_not_startable,
        ),
        Transition(
            name="suspend", label="暂停", sources=frozenset({S.RUNNING}), target=S.SUSPENDED
        ),
        Transition(
            name="resume", label="恢复运行", sources=frozenset({S.SUSPENDED}), target=S.RUNNING
        ),
        Transition(
            name="dissolve",
            label="解散",
            sources=frozenset({S.PREPARING, S.RUNNING, S.SUSPENDED}),
            target=S.DISSOLVED,
        ),
    ]
)

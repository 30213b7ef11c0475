"""The way of a roster into the register (学生名单导入)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.programmes.choices import RosterState as S
from silian.registers.programmes.rules.roster_choice import reason_not_importable

roster = Workflow(
    [
        Transition(name="check", label="检查", sources=frozenset({S.UPLOADED}), target=S.CHECKED),
        Transition(
            name="confirm",
            label="确认导入",
            sources=frozenset({S.CHECKED}),
            target=S.RUNNING,
            guard=reason_not_importable,
        ),
        Transition(name="finish", label="导入", sources=frozenset({S.RUNNING}), target=S.DONE),
        Transition(
            name="drop",
            label="放弃",
            sources=frozenset({S.UPLOADED, S.CHECKED, S.RUNNING}),
            target=S.REFUSED,
        ),
    ]
)

"""The life of a version of a scheme (方案版本流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.schemes import SchemeVersionState as S
from silian.foundation.kernel.workflow import Transition, Workflow


def reason_not_publishable(*, faults: list[str]) -> str | None:
    """A definition without faults (方案核对无误)."""
    if faults:
        return f"方案还有 {len(faults)} 处问题：{faults[0]}"
    return None


scheme_version = Workflow(
    [
        Transition(
            name="publish",
            label="发布",
            sources=frozenset({S.DRAFT}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(name="retire", label="停用", sources=frozenset({S.PUBLISHED}), target=S.RETIRED),
    ]
)

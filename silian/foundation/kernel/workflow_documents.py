"""docs/workflows.md: every workflow table of the house, drawn and listed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from django.apps import apps

from silian.foundation.kernel import jobs
from silian.foundation.kernel.discovery import modules_of_room
from silian.foundation.kernel.workflow import Transition, Workflow, label_of

CHINESE_IN_BRACKETS = re.compile(r"[(（]([^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]")
HEAD = """# Workflows

Every life of every aggregate, drawn from the tables in the modules' `workflow` rooms.
Written by `silian workflows`; a test fails when it is stale. Do not edit.
"""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One workflow table and where it stands."""

    module: ModuleType
    name: str
    table: Workflow

    @property
    def title(self) -> str:
        """The app's Chinese name and the table's, taken from its file's first line."""
        app = next(
            config.verbose_name
            for config in apps.get_app_configs()
            if self.module.__name__.startswith(f"{config.name}.")
        )
        said = CHINESE_IN_BRACKETS.search((self.module.__doc__ or "").split("\n")[0])
        is_alone = len(list(tables_in(self.module))) == 1
        return f"{app}：{said[1] if said and is_alone else self.name}"


def tables_in(module: ModuleType) -> Iterator[tuple[str, Workflow]]:
    for name, value in vars(module).items():
        if isinstance(value, Workflow):
            yield name, value


def all_workflows() -> list[Drawn]:
    """Each table once, in the order of the floors."""
    found: dict[int, Drawn] = {}
    for module in [*modules_of_room("workflow"), jobs]:
        for name, table in tables_in(module):
            found.setdefault(id(table), Drawn(module=module, name=name, table=table))
    return list(found.values())


def workflows_document() -> str:
    return "\n".join([HEAD, *(section(drawn) for drawn in all_workflows())])


def section(drawn: Drawn) -> str:
    rows = [row(step) for step in drawn.table.transitions]
    return "\n".join(
        [
            f"## {drawn.title}",
            "",
            f"`{drawn.module.__name__}.{drawn.name}`",
            "",
            "```mermaid",
            drawn.table.diagram(),
            "```",
            "",
            "| 步骤 | 从 | 到 | 条件 |",
            "|---|---|---|---|",
            *rows,
            "",
            *takers(drawn),
        ]
    )


def takers(drawn: Drawn) -> list[str]:
    """State by side, where the module says who takes each step in ``TAKEN_BY`` (可办步骤)."""
    taken_by = getattr(drawn.module, "TAKEN_BY", None)
    if taken_by is None or set(taken_by) != set(drawn.table.by_name):
        return []
    sides = sorted({side for among in taken_by.values() for side in among}, key=str)
    head = " | ".join(label_of(side) for side in sides)
    lines = [f"| 状态 | {head} |", "|---" * (len(sides) + 1) + "|"]
    for state in drawn.table.states():
        cells = [
            "、".join(
                label_of(step.label or step.name)
                for step in drawn.table.steps_from(state)
                if side in taken_by[step.name]
            )
            or "—"
            for side in sides
        ]
        lines.append(f"| {label_of(state)} | {' | '.join(cells)} |")
    return [*lines, ""]


def row(step: Transition) -> str:
    sources = "、".join(label_of(state) for state in sorted(step.sources, key=str))
    name = f"{step.label}（{step.name}）" if step.label else step.name
    return f"| {name} | {sources} | {label_of(step.target)} | {condition(step)} |"


def condition(step: Transition) -> str:
    """The first sentence of the guard's docstring, or its name."""
    if step.guard is None:
        return "—"
    said = (inspect.getdoc(step.guard) or step.guard.__name__).split("\n")[0]
    return said.replace("|", "\\|")

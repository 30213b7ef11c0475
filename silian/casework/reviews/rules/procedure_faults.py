"""What is wrong with the procedure of a scheme (程序核对)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from silian.casework.reviews.choices.schemes import SourceKind, VisitRule
from silian.casework.reviews.rules.definition import Criterion, Definition, Level


def procedure_faults(definition: Definition) -> Iterator[str]:
    """Levels without departments, experts that nobody asks for, visits that never happen."""
    procedure = definition.procedure
    yield from level_faults(procedure.levels)
    yield from tie_faults(definition)
    yield from people_faults(definition)
    if definition.scored is None and procedure.pass_points not in ("", "0"):
        yield "设置了合格分，但没有评分指标。"
    for name in ("notice_days", "fix_days", "intake_days"):
        if not getattr(procedure, name):
            yield f"评审程序没有写明{DAYS[name]}。"


def tie_faults(definition: Definition) -> Iterator[str]:
    """Every criterion of the tie rule exists and is compared once (同分规则)."""
    known = definition.criteria_by_code
    for code, times in Counter(definition.procedure.ties).items():
        if code not in known:
            yield f"同分比较的指标“{code}”不存在。请在“评审程序”中改选。"
        elif times > 1:
            yield f"同分比较的指标“{known[code].label}”列了 {times} 次，只比一次。"


def level_faults(levels: Sequence[Level]) -> Iterator[str]:
    for code, times in Counter(level.code for level in levels).items():
        if times > 1:
            yield f"审核层级代码“{code}”出现了 {times} 次。"
    for level in levels:
        if not level.departments:
            yield f"审核层级“{level.label}”没有部门。"
        if not level.working_days:
            yield f"审核层级“{level.label}”没有答复期限。"


DAYS = {"notice_days": "公示天数", "fix_days": "补正天数", "intake_days": "形式审查天数"}


def people_faults(definition: Definition) -> Iterator[str]:
    procedure = definition.procedure
    needs_experts = any(is_expert_item(item) for item in definition.criteria_by_code.values())
    if needs_experts and procedure.experts in ("", "0"):
        yield "有专家评分的指标，但评审程序没有安排专家。"
    if not needs_experts and procedure.experts not in ("", "0"):
        yield "评审程序安排了专家，但没有由专家评分的指标。"
    visited = [
        item
        for item in definition.criteria_by_code.values()
        if item.source is not None and item.source.kind == SourceKind.VISIT
    ]
    if visited and procedure.visit == VisitRule.NONE:
        yield "有实地核查的指标，但评审程序没有安排实地核查。"


def is_expert_item(item: Criterion) -> bool:
    return item.source is not None and item.source.kind == SourceKind.EXPERT

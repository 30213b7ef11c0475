"""What gates say of subsidies against each other, with clause and cure (与其他补贴不重复).

Where the region's own rule forbids it, the gate stops. What only other cities do, or what is known
from memory, warns: the reviewer settles it with words before agreeing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from silian_engines.policy_rules.results import GateOutcome as EngineGate

from silian.governance.incentives.choices.outside_payments import Conflict
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.queries.calculations import source_of
from silian.governance.incentives.queries.gate_people import is_condition
from silian.governance.incentives.queries.outside_payments import (
    people_without_number,
    register_until,
)
from silian.governance.incentives.queries.payment_overlaps import Overlap, overlaps_of

TITLE = "与其他补贴不重复"
MANDATORY, ELSEWHERE = "mandatory", "permitted"
DOUBLE_RULE, EXCLUSION_RULE = "AP-11", "AP-10"
FACTS: dict[str, dict[str, Any]] = {
    DOUBLE_RULE: {"other_subsidies": "1"},
    EXCLUSION_RULE: {
        "same_occupation_subsidised": True,
        "same_level_elsewhere": True,
        "in_another_course": True,
        "is_full_time_student": True,
        "relief_recipient": True,
    },
}
LAWS: dict[Conflict, tuple[tuple[str, str], ...]] = {
    Conflict.DOUBLE: ((DOUBLE_RULE, "single"), (EXCLUSION_RULE, "course")),
    Conflict.EARLIER: ((EXCLUSION_RULE, "occupation"),),
    Conflict.ELSEWHERE: ((EXCLUSION_RULE, "elsewhere"),),
    Conflict.RELIEF: ((EXCLUSION_RULE, "relief"),),
    Conflict.SCHEMES: ((EXCLUSION_RULE, "student"),),
    Conflict.SAME: (),
}
SHENZHEN = "参照深圳市企业新型学徒制补贴办法排除对象"
WUHAN = "参照武汉市新型学徒制补贴办法：同期不重复享受"
OTHER_CITIES = {
    Conflict.DOUBLE: WUHAN,
    Conflict.EARLIER: SHENZHEN,
    Conflict.ELSEWHERE: SHENZHEN,
    Conflict.RELIEF: SHENZHEN,
    Conflict.SCHEMES: SHENZHEN,
}
CURE = "从申领中剔除，或由审核人员核实后写明结论。"


@dataclass(frozen=True, kw_only=True)
class Law:
    """What stands behind a conflict in one place: whether it stops, its clause and cure (依据)."""

    stops: bool
    clause: str
    force: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class OverlapLine:
    """One line of the gate (条件一行); ``passed`` None is a warning that nobody can be compared."""

    code: str
    title: str
    passed: bool | None
    stops: bool
    clause: str
    force: str
    value: str
    cure: str = ""
    item: ClaimItem | None = None


def overlap_lines(claim: Claim, rule: ClaimRule, items: Sequence[ClaimItem]) -> list[OverlapLine]:
    """A line for each subsidy that stands against a person, and one for all others."""
    people = [each for each in items if each.person_id is not None]
    if not people:
        return []
    found = overlaps_of(claim, people)
    laws = {conflict: law_of(rule, conflict, claim) for conflict in {o.conflict for o in found}}
    touched = {each.item.pk for each in found}
    lines = [line_of(each, laws[each.conflict]) for each in found]
    clear = [each for each in people if each.pk not in touched]
    return [*lines, *clear_line(claim, clear, rule)]


def law_of(rule: ClaimRule, conflict: Conflict, claim: Claim) -> Law:
    """The rule in force where the claim is made; else what other cities do, which only warns."""
    for name, gate_name in LAWS[conflict]:
        gate = gate_in_force(rule, name, gate_name)
        if gate is not None and gate.provision is not None:
            stops = is_condition(gate) and not gate.provision.is_soft
            return Law(
                stops=stops,
                clause=source_of(gate.provision),
                force=gate.provision.force,
                cure=gate.gate.cure if stops else CURE,
            )
    clause = OTHER_CITIES.get(conflict, f"申领通知 {claim.call.number}：同一事项只补贴一次")
    return Law(stops=False, clause=clause, force=ELSEWHERE, cure=CURE)


def gate_in_force(rule: ClaimRule, name: str, gate_name: str) -> EngineGate | None:
    """A gate of a rule that the place has set, failed; None where it has not."""
    compiled = rule.companion(name)
    if compiled is None:
        return None
    gates = compiled.compute(facts=FACTS[name]).gates
    return next((each for each in gates if each.gate.name == gate_name and each.applies), None)


def line_of(found: Overlap, law: Law) -> OverlapLine:
    return OverlapLine(
        code=f"person.{found.conflict}",
        title=f"{TITLE}：{found.conflict.label}",
        passed=False,
        stops=law.stops,
        clause=law.clause,
        force=law.force,
        value=found.words,
        cure=law.cure,
        item=found.item,
    )


def clear_line(claim: Claim, clear: Sequence[ClaimItem], rule: ClaimRule) -> list[OverlapLine]:
    """How many people nothing stands against, and against what they were compared."""
    if not clear:
        return []
    law = law_of(rule, Conflict.DOUBLE, claim)
    held, last = register_until(claim.division_id)
    numberless = people_without_number([each.person_id or 0 for each in clear])
    compared, cure = f"比对发放记录 {held} 笔", ""
    if last is not None:
        compared += f"，最近发放 {last:%Y-%m-%d}"
    else:
        compared = "本地还没有登记其他渠道的发放记录，只比对了平台内的申领"
        cure = "请审核时与人力资源社会保障部门的发放记录核对。"
    if numberless:
        compared += f"；{len(numberless)} 人没有登记证件号，不能比对"
        cure = cure or "请补登记证件号后再核对。"
    line = OverlapLine(
        code="person.others", title=TITLE, passed=None if cure else True, stops=False,
        clause=law.clause, force=law.force, value=f"{len(clear)} 人没有重复；{compared}", cure=cure,
    )  # fmt: skip
    return [line]

"""What gates find about the people of a claim: contracts, periods, studies (人员条件)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.errors import FactsRefused
from silian_engines.policy_rules.provisions import Provision
from silian_engines.policy_rules.results import GateOutcome as EngineGate

from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import ClaimItem

PAID_STATES = (
    ClaimState.AGREED,
    ClaimState.NOTICE,
    ClaimState.APPROVED,
    ClaimState.SETTLED,
)


@dataclass(frozen=True, kw_only=True)
class PersonFinding:
    """What one gate says of one person, or of all whom it lets pass (逐人结论)."""

    code: str
    title: str
    passed: bool | None
    value: str
    provision: Provision | None
    stops: bool
    cure: str = ""
    item: ClaimItem | None = None


def person_findings(rule: ClaimRule, items: Sequence[ClaimItem]) -> list[PersonFinding]:
    """The gates of the rule about one apprentice, for all who count (学徒资格).

    Whoever passes is counted in one line; whoever does not has a line of their own.
    """
    name = book_for(rule.scheme).person
    compiled = rule.companion(name) if name else None
    if compiled is None:
        return []
    found: list[PersonFinding] = []
    passes: dict[str, list[PersonFinding]] = {}
    for item in items:
        for each in findings_of(compiled, item):
            if each.passed:
                passes.setdefault(each.code, []).append(each)
            else:
                found.append(each)
    return [summed(rows) for rows in passes.values()] + found


def findings_of(compiled: CompiledRule, item: ClaimItem) -> list[PersonFinding]:
    """All gates of one person; a fact that nobody registered is named (逐人核对)."""
    days = item.facts.get("contract_days")
    facts = {
        "level": item.level,
        "contract_days": "0" if days is None else str(days),
        "training_months": str(item.facts.get("training_months") or 0),
        "is_full_time_student": item.facts.get("full_time_student") is True,
    }
    try:
        gates = compiled.compute(facts=facts).gates
    except FactsRefused as refusal:
        return [refused(compiled, item, str(refusal))]
    return [finding(compiled, gate, item, days_known=days is not None) for gate in gates]


def finding(
    compiled: CompiledRule, gate: EngineGate, item: ClaimItem, *, days_known: bool
) -> PersonFinding:
    missing = gate.gate.name == "contract" and not days_known
    studies = "是" if item.facts.get("full_time_student") else "不是"
    values = {
        "contract": f"{item.label}：劳动合同 {item.facts.get('contract_days')} 日",
        "worker": f"{item.label}：{studies}在校学生",
    }
    months = f"{item.label}：培养期 {item.facts.get('training_months')} 个月"
    return PersonFinding(
        code=f"person.{compiled.rule.id}.{gate.gate.name}",
        title=gate.gate.title,
        passed=None if missing else gate.passed,
        value=f"{item.label}：没有登记劳动合同起止日"
        if missing
        else values.get(gate.gate.name, months),
        provision=gate.provision,
        stops=is_condition(gate),
        cure="在学徒页面登记劳动合同起止日。" if missing else gate.gate.cure,
        item=item,
    )


def is_condition(gate: EngineGate) -> bool:
    """Whether the gate decides; a duty has gaps, and what is known from memory only warns."""
    uncertain = gate.provision is not None and gate.provision.is_uncertain
    return gate.gate.kind != "duty" and not uncertain


def refused(compiled: CompiledRule, item: ClaimItem, sentence: str) -> PersonFinding:
    return PersonFinding(
        code=f"person.{compiled.rule.id}",
        title=compiled.rule.title,
        passed=None,
        value=f"{item.label}：{sentence}",
        provision=compiled.provisions[0],
        stops=False,
        cure="请向主管部门确认这个等级的资格规定。",
        item=item,
    )


def summed(rows: Sequence[PersonFinding]) -> PersonFinding:
    """One line for all who pass a gate."""
    first = rows[0]
    return PersonFinding(
        code=first.code,
        title=first.title,
        passed=True,
        value=f"{len(rows)} 人满足",
        provision=first.provision,
        stops=first.stops,
    )

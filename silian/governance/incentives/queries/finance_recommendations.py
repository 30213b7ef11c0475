"""Which projects may be recommended to banks, computed with the clause (可推荐项目)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from silian_engines.policy_rules.provisions import FORCES

from silian.foundation.kernel.actors import Actor
from silian.governance.accreditation.choices.projects import ENDED_STAGES
from silian.governance.incentives.choices.finance import (
    AnswerState,
    NeedState,
    RecommendationState,
)
from silian.governance.incentives.gateways.rulebook import Place, computed, place_of, rule_of
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinancingNeed,
    NeedConsent,
    ProjectRecommendation,
    StatedFact,
)
from silian.governance.incentives.permissions.finance import is_official, within
from silian.governance.incentives.queries.calculations import source_of
from silian.governance.incentives.queries.finance_matching import bad_records_of
from silian.governance.incentives.rules.finance_eligibility import Gate, is_eligible

RULE = "S64"
NO_RULE = "本地规则库没有设定，按鼓励支持办理"
SOFT = "鼓励"
LIVING = (
    RecommendationState.PROPOSED,
    RecommendationState.APPROVED,
    RecommendationState.ISSUED,
)
LOAN_FACT = "meets_loan_conditions"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """On which clause a region recommends (依据)."""

    place: Place
    basis: str
    force: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A need with its gates, and whether it stands on the list already (候选项目)."""

    need: FinancingNeed
    gates: list[Gate]
    standing: str = ""

    @property
    def eligible(self) -> bool:
        return is_eligible(self.gates)

    @property
    def gaps(self) -> list[Gate]:
        return [gate for gate in self.gates if gate.passed is not True]


def ground_of(*, division: str, on: datetime.date) -> Ground:
    """The clause of S64 where the region's rulebook has it; else encouraged, without a clause."""
    place = place_of(division)
    rule = rule_of(rule=RULE, place=place.code, on=on)
    provisions = rule.provisions if rule else ()
    for provision in provisions:
        return Ground(place=place, basis=source_of(provision), force=FORCES[provision.force])
    return Ground(place=place, basis=NO_RULE, force=SOFT)


def candidates(actor: Actor, *, on: datetime.date) -> list[Candidate]:
    """Open needs of the region that carry a project, each with its gates."""
    if not is_official(actor):
        return []
    rows = FinancingNeed.objects.filter(
        within(actor, "division__code"), state=NeedState.OPEN, project__isnull=False
    )
    needs = list(rows.select_related("owner", "project", "division").order_by("-amount", "pk"))
    living = ProjectRecommendation.objects.filter(need__in=needs, state__in=LIVING)
    listed = {row.need_id: row.get_state_display() for row in living}
    gates = gates_of(needs, on=on)
    return [
        Candidate(need=need, gates=gates[need.pk], standing=listed.get(need.pk, ""))
        for need in needs
    ]


def gates_of(needs: Sequence[FinancingNeed], *, on: datetime.date) -> dict[int, list[Gate]]:
    """The gates of many needs in a constant number of queries (推荐条件)."""
    owners = {need.owner_id for need in needs}
    consents = NeedConsent.objects.given(on=on).filter(need__in=needs)  # type: ignore[attr-defined]
    shown = set(consents.values_list("need_id", flat=True))
    stated = loan_facts(owners, year=on.year)
    granted = FinanceAnswer.objects.filter(need__in=needs, state=AnswerState.GRANTED)
    agreed = set(granted.values_list("need_id", flat=True))
    records = bad_records_of(owners, on=on)
    grounds = {code: rule_at(code, on=on) for code in {need.division_id for need in needs}}
    found = {}
    for need in needs:
        loan = True if need.pk in agreed else stated.get(need.owner_id)
        found[need.pk] = [
            project_gate(need),
            consent_gate(need.pk in shown),
            *rule_gates(need, loan=loan, rule=grounds[need.division_id]),
            credit_gate(records[need.owner_id]),
        ]
    return found


def rule_at(division: str, *, on: datetime.date) -> Any:
    return rule_of(rule=RULE, place=place_of(division).code, on=on)


def loan_facts(owners: set[int], *, year: int) -> dict[int, bool]:
    """What owners state of the bank's loan conditions (单位自报)."""
    rows = StatedFact.objects.present().filter(  # type: ignore[attr-defined]
        organisation_id__in=owners, year=year, code=LOAN_FACT
    )
    pairs = rows.values_list("organisation_id", "value")
    return {organisation: value == "yes" for organisation, value in pairs}


def project_gate(need: FinancingNeed) -> Gate:
    project = need.project
    lives = project is not None and project.stage not in ENDED_STAGES
    stage = project.get_stage_display() if project else "没有关联项目"
    return Gate(
        title="工程项目已登记、正在推进",
        passed=lives,
        fact=f"项目环节：{stage}",
        basis="工程项目储备登记",
        cure="" if lives else "已投用或终止的项目不再推荐。",
        stops=True,
    )


def consent_gate(shown: bool) -> Gate:
    return Gate(
        title="申请单位已授权金融机构查看",
        passed=shown,
        fact="授权有效" if shown else "没有有效的授权",
        basis="平台规则：金融机构只能看到授权的内容",
        cure="" if shown else "请申请单位在融资需求里授权展示。",
        stops=True,
    )


def credit_gate(records: int) -> Gate:
    return Gate(
        title="没有公示的失信记录",
        passed=records == 0,
        fact=f"公示的失信记录 {records} 条" if records else "没有公示的失信记录",
        basis="信用记录，供金融机构判断风险",
        cure="申请单位可以申请信用修复。" if records else "",
    )


def rule_gates(need: FinancingNeed, *, loan: bool | None, rule: Any) -> list[Gate]:
    """The gates of S64 where the region has the rule; a soft clause leaves a gap, never a stop."""
    if rule is None:
        return [
            Gate(
                title="优先贷款条款",
                passed=None,
                fact=NO_RULE,
                basis="当地金融支持条款",
                force=SOFT,
            )
        ]
    facts = {"is_integration_project": need.project_id is not None}
    outcome = computed(rule=rule, facts={**facts, LOAN_FACT: bool(loan)})
    found = []
    for each in outcome.gates:
        passed = None if each.gate.name == "loan" and loan is None else each.passed
        provision = each.provision
        found.append(
            Gate(
                title=each.gate.title,
                passed=passed,
                fact="由金融机构核定，还没有结论" if passed is None else each.word,
                basis=source_of(provision) if provision else "",
                force=FORCES[provision.force] if provision else "",
                cure=each.gate.cure if passed is False else "",
            )
        )
    return found


def frozen(gates: Sequence[Gate]) -> list[dict[str, Any]]:
    """The gates as they are kept with a recommendation."""
    return [asdict(gate) for gate in gates]


def thawed(rows: Sequence[dict[str, Any]]) -> list[Gate]:
    return [Gate(**row) for row in rows]


def approved_rows(actor: Actor, *, states: Sequence[str]) -> Any:
    """Recommendations of exactly the official's region, for an edition."""
    rows = ProjectRecommendation.objects.filter(within(actor, "division__code"), state__in=states)
    return rows.select_related("need__owner", "need__project", "division").order_by("pk")

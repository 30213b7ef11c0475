"""Every condition of a claim or payment, with clause and cure: of the rule and of the platform."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian_engines.policy_rules.provisions import Provision
from silian_engines.policy_rules.results import GateOutcome as EngineGate

from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.claims import (
    STEPS_DONE,
    ClaimScheme,
    ClaimState,
    GateOutcome,
    PaymentKind,
    StepKind,
)
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.gateways.claim_schemes import SETTLEMENT, book_for
from silian.governance.incentives.models import Claim, ClaimItem, ClaimStep, RecoveryCase
from silian.governance.incentives.queries.calculations import source_of
from silian.governance.incentives.queries.claim_amounts import (
    ASSESSED,
    ClaimAmounts,
    amounts_of,
    rule_of_claim,
)
from silian.governance.incentives.queries.claim_assessments import (
    assessments_of,
    passed,
    years_of,
)
from silian.governance.incentives.queries.claim_papers import outdated_documents
from silian.governance.incentives.queries.gate_people import (
    PersonFinding,
    is_condition,
    person_findings,
)
from silian.governance.incentives.queries.overlap_gates import overlap_lines
from silian.governance.incentives.rules.claim_papers import outdated_words

MANDATORY = "mandatory"
ELSEWHERE = "permitted"  # what other cities do: said to the reviewer, never a condition here
OWED = (RecoveryState.DECIDED, RecoveryState.COLLECTING)
ONCE, DOCUMENT, LIMIT = "person.once", "document.", "break_limit_days"
CURRENT = "papers.current"


@dataclass(frozen=True, kw_only=True)
class GateDraft:
    """One gate at one check, not stored yet (条件). ``stops`` only what is mandatory."""

    code: str
    title: str
    outcome: GateOutcome
    stops: bool
    clause: str
    value: str = ""
    item: ClaimItem | None = None
    force: str = MANDATORY
    rule_version: str = ""
    cure: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether it stands in the way: failed or not known, and mandatory."""
        return self.stops and self.outcome in (GateOutcome.FAILED, GateOutcome.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A claim with everything that its gates read (核对对象). ``kind`` is None at hand-in."""

    claim: Claim
    kind: PaymentKind | None
    on: datetime.date
    rule: ClaimRule
    items: Sequence[ClaimItem]
    assessments: dict[int, bool | None]
    amounts: ClaimAmounts

    @property
    def clause(self) -> str:
        """The clause that grants the subsidy."""
        return source_of(self.rule.compiled.provisions[0])


def gates_for(claim: Claim, kind: PaymentKind | None, on: datetime.date) -> list[GateDraft]:
    """All gates of a claim for a payment, or for handing it in (拨付条件、提交条件).

    A constant number of queries; a fact that is missing is named and never guessed.
    """
    case = case_of(claim, kind, on)
    gates = [unit_gate(case), *hand_in_gates(case), once_gate(case)]
    gates += [*rule_gates(case), *assessment_gates(case), *people_gates(case)]
    gates += overlap_gates(case)
    gates += [*school_gates(case), *document_gates(case), *current_gates(case)]
    return [*gates, account_gate(case), *hints(case)]


def case_of(claim: Claim, kind: PaymentKind | None, on: datetime.date) -> Case:
    items = [each for each in claim.items.order_by("pk") if each.counts]
    rule = rule_of_claim(claim)
    found: dict[int, bool | None] = {}
    if claim.call.scheme == ClaimScheme.INTERNSHIP:
        found = assessments_of(claim.organisation_id, years=years_of(items))
    asked = claim.advance_asked if kind in (None, PaymentKind.ADVANCE) else Decimal(0)
    amounts = amounts_of(
        rule=rule, items=items, facts={ASSESSED: passed(found)}, advance_paid=asked
    )
    return Case(
        claim=claim, kind=kind, on=on, rule=rule, items=items, assessments=found, amounts=amounts
    )  # fmt: skip


def gate(
    case: Case, code: str, title: str, *, ok: bool | None, value: str = "", cure: str = "",
    stops: bool = True, clause: str = "",
) -> GateDraft:  # fmt: skip
    """A gate of the platform; open when true, unknown when nobody can tell."""
    outcome = {True: GateOutcome.PASSED, False: GateOutcome.FAILED, None: GateOutcome.UNKNOWN}[ok]
    return GateDraft(
        code=code,
        title=title,
        outcome=outcome,
        stops=stops,
        value=value,
        clause=clause or case.clause,
        rule_version=case.rule.version,
        cure="" if ok else cure,
    )


def hint(case: Case, code: str, title: str, *, value: str, clause: str, cure: str) -> GateDraft:
    return GateDraft(
        code=code,
        title=title,
        outcome=GateOutcome.HINT,
        stops=False,
        value=value,
        clause=clause,
        force=ELSEWHERE,
        rule_version=case.rule.version,
        cure=cure,
    )


def unit_gate(case: Case) -> GateDraft:
    unit = case.claim.organisation
    return gate(
        case, "unit.verified", "申领单位已核验", ok=unit.is_verified, value=unit.name,
        cure="请先完成单位核验。",
    )  # fmt: skip


def hand_in_gates(case: Case) -> list[GateDraft]:
    """Only for handing in: the window is open and there is something to claim."""
    if case.kind is not None:
        return []
    call, returned = case.claim.call, case.claim.state == ClaimState.RETURNED
    until = f"至 {call.closes_on:%Y-%m-%d}" if call.closes_on else "常年受理"
    clause = f"申领通知 {call.number}"
    return [
        gate(
            case, "call.accepts", "在受理期内，或退回补正", clause=clause,
            ok=returned or call.accepts_on(case.on),
            value=f"{call.opens_on:%Y-%m-%d} 起，{until}", cure="请留意下一次申领通知。",
        ),
        gate(
            case, "claim.items", "有可以计入的明细", ok=bool(case.items), clause=clause,
            value=f"{len(case.items)} 项", cure="请先登记实习、学徒或成果，再刷新明细。",
        ),
    ]  # fmt: skip


def once_gate(case: Case) -> GateDraft:
    """The database keeps it; the line says it with its numbers."""
    return gate(
        case, ONCE, "同一人同一时段只计一次", ok=True, value=f"{len(case.items)} 项没有重复计算"
    )


def rule_gates(case: Case) -> list[GateDraft]:
    """The gates of the scheme's own rule; the assessment has lines of its own."""
    found = []
    for each in case.amounts.gates:
        if each.gate.name != "assessed" and each.applies:
            found.append(rule_gate(case, each))
    return found


def rule_gate(case: Case, each: EngineGate) -> GateDraft:
    values = {
        "advance": f"申请 {format_yuan(case.claim.advance_asked)} 元，"
        f"上限 {format_yuan(case.amounts.advance_limit)} 元",
        "completed": f"{sum(not i.facts.get('completed') for i in case.items)} 人未完成",
    }
    provision = each.provision
    stops = is_condition(each)
    outcome = outcome_of(each.passed, stops=stops)
    return GateDraft(
        code=f"rule.{case.rule.compiled.rule.id}.{each.gate.name}",
        title=each.gate.title,
        outcome=outcome,
        stops=stops,
        value=values.get(each.gate.name, ""),
        clause=source_of(provision) if provision else case.clause,
        force=provision.force if provision else MANDATORY,
        rule_version=case.rule.version,
        cure="" if outcome == GateOutcome.PASSED else each.gate.cure,
    )


def outcome_of(passed: bool | None, *, stops: bool) -> GateOutcome:
    """What is not mandatory is a hint where it is not met."""
    if passed:
        return GateOutcome.PASSED
    if not stops:
        return GateOutcome.HINT
    return GateOutcome.UNKNOWN if passed is None else GateOutcome.FAILED


def assessment_gates(case: Case) -> list[GateDraft]:
    """One line for each year; a claim may be handed in before the year is assessed."""
    provision = next(
        (each.provision for each in case.amounts.gates if each.gate.name == "assessed"), None
    )
    return [
        gate(
            case, f"assessment.{year}", f"{year} 年学生实习工作考核通过", ok=ok,
            value={True: "通过", False: "未通过", None: "还没有考核结论"}[ok],
            cure="请向教育、人力资源社会保障部门了解考核安排；有异议可以陈述。",
            stops=case.kind is not None or ok is False,
            clause=source_of(provision) if provision else case.clause,
        )
        for year, ok in case.assessments.items()
    ]  # fmt: skip


def people_gates(case: Case) -> list[GateDraft]:
    return [person_gate(case, each) for each in person_findings(case.rule, case.items)]


def person_gate(case: Case, found: PersonFinding) -> GateDraft:
    provision: Provision | None = found.provision
    return GateDraft(
        code=found.code,
        title=found.title,
        outcome=outcome_of(found.passed, stops=found.stops),
        stops=found.stops,
        value=found.value,
        item=found.item,
        clause=source_of(provision) if provision else case.clause,
        force=provision.force if provision else MANDATORY,
        rule_version=case.rule.version,
        cure="" if found.passed else found.cure,
    )


def overlap_gates(case: Case) -> list[GateDraft]:
    """Other subsidies for the same people, outside the platform and on it (与其他补贴不重复)."""
    return [
        GateDraft(
            code=each.code,
            title=each.title,
            outcome=outcome_of(each.passed, stops=each.stops),
            stops=each.stops,
            value=each.value,
            item=each.item,
            clause=each.clause,
            force=each.force,
            rule_version=case.rule.version,
            cure=each.cure,
        )
        for each in overlap_lines(case.claim, case.rule, case.items)
    ]


def school_gates(case: Case) -> list[GateDraft]:
    """Months are certified by every school before money goes out (学校核对)."""
    if case.kind is None or case.claim.call.scheme != ClaimScheme.INTERNSHIP:
        return []
    rows = ClaimStep.objects.filter(claim=case.claim, kind=StepKind.CERTIFY).order_by("round", "pk")
    latest = {row.office_id: row for row in rows.select_related("office")}
    asked = {each.school_id for each in case.items if each.school_id is not None}
    done = {key for key, row in latest.items() if row.state in STEPS_DONE}
    missing = asked - done
    return [
        gate(
            case, "school.certified", "实习月数经学校核对", ok=not missing if asked else None,
            value=f"{len(asked) - len(missing)} 所学校已核对，共 {len(asked)} 所",
            cure="请学校办理核对环节。",
        )
    ]  # fmt: skip


def document_gates(case: Case) -> list[GateDraft]:
    """Papers that the scheme asks for now; those of the settlement when it is settled.

    What the platform makes is asked for when the claim is handed in, and not once more.
    """
    settles = case.kind in (PaymentKind.BALANCE, PaymentKind.FULL)
    held = set(case.claim.papers.values_list("code", flat=True))
    return [
        gate(
            case, f"{DOCUMENT}{each.code}", f"材料：{each.title}", ok=each.code in held,
            value="已有" if each.code in held else "没有上传",
            cure="请点“一键生成全部”。" if each.made else "请在材料中上传。",
            clause=f"申领通知 {case.claim.call.number}",
        )
        for each in book_for(case.claim.call.scheme).documents
        if (each.at != SETTLEMENT or settles) and not (each.made and case.kind is not None)
    ]  # fmt: skip


def current_gates(case: Case) -> list[GateDraft]:
    """At the hand-in: papers made from data that changed since are made anew (材料过期)."""
    outdated = [each.title for each in outdated_documents(case.claim)] if case.kind is None else []
    if not outdated:
        return []
    return [
        gate(
            case, CURRENT, "平台生成的材料与现在的数据一致", ok=False,
            value=f"{'、'.join(outdated)}需重新生成", cure=outdated_words(outdated),
            clause=f"申领通知 {case.claim.call.number}",
        )
    ]  # fmt: skip


def account_gate(case: Case) -> GateDraft:
    claim = case.claim
    ok = bool(claim.account_tail and claim.bank_name)
    return gate(
        case, "account", "收款账户已填写", ok=ok, value=claim.account_masked,
        cure="请填写开户行和收款账号。", clause=f"申领通知 {claim.call.number}",
    )  # fmt: skip


def hints(case: Case) -> list[GateDraft]:
    """What a reviewer should look at; nothing here stops anybody (提示)."""
    found = [debt_hint(case)] if owes(case) else []
    found += break_hints(case)
    return found


def break_hints(case: Case) -> list[GateDraft]:
    """Breaks are taken out day by day while the region has set no limit (中断界限未设定)."""
    broken = [each for each in case.items if each.facts.get("breaks")]
    rule = case.rule.companion(book_for(case.rule.scheme).breaks)
    limit = next(iter(rule.effective.of(LIMIT).values()), None) if rule else None
    if not broken or limit is None or limit.is_set:
        return []
    return [
        hint(
            case, "breaks.limit", "本地已设定中断天数界限", clause=source_of(limit),
            value=f"{len(broken)} 人有中断，按中断几天扣几天计算",
            cure="没有设定界限；设定后由部门重新核算。",
        )
    ]  # fmt: skip


def owes(case: Case) -> bool:
    rows = RecoveryCase.objects.filter(claim__organisation_id=case.claim.organisation_id)
    return rows.filter(state__in=OWED).exists()


def debt_hint(case: Case) -> GateDraft:
    return hint(
        case, "unit.owes", "没有待收回的补贴", value="该单位有决定收回而未收回的补贴",
        clause=f"申领通知 {case.claim.call.number}", cure="拨付时可以从本次补贴中抵扣。",
    )  # fmt: skip

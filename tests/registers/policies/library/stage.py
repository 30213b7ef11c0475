"""Documents, benefits, parameters and plans of the library's tests."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.registers.policies.choices import (
    BenefitKind,
    DocumentState,
    Force,
    PlanAnswerValue,
    PlanKind,
    PlanQuestion,
    PlanState,
)
from silian.registers.policies.commands.benefits import (
    create_benefit,
    publish_benefit,
    review_benefit,
    submit_benefit,
)
from silian.registers.policies.commands.plan_records import (
    AnswerFacts,
    answer_question,
    create_plan,
)
from silian.registers.policies.gateways.library_search import index_documents
from silian.registers.policies.models import Clause, Parameter, PolicyDocument
from silian.registers.policies.models.benefits import Benefit
from silian.registers.policies.models.clauses import ClauseTarget
from silian.registers.policies.models.plans import PlanRecord
from silian.registers.policies.rules.benefit_lines import BenefitPlan, ConditionLine, StepLine
from silian.registers.policies.rules.plan_records import PlanFacts
from tests.world import CITY, World

TEXT = """青澜市实习实训提升方案（演示）
二、重点任务
（一）公开实习岗位。每年发布实习岗位不少于3000个。
（二）规范实习管理。学生上岗前办妥实习责任保险。
（三）增加实践课时。实践课时占总课时的比例不低于50%。"""
ISSUED = datetime.date(2026, 2, 10)


def make_document(world: World, *, text: str = TEXT, **facts: Any) -> PolicyDocument:
    """An issued document with a clause for every line that begins with a number in brackets."""
    state = facts.get("state", DocumentState.ISSUED)
    values: dict[str, Any] = {
        "division_id": CITY,
        "owner": world.coordinator.organisation,
        "title": "关于印发青澜市实习实训提升方案（演示）的通知",
        "plan_title": "青澜市实习实训提升方案（演示）",
        "document_number": "青政办发〔2026〕6号",
        "issuers": ["青澜市人民政府办公室"],
        "issued_on": ISSUED,
        "effective_from": ISSUED,
        "level": "city",
        "medium": "txt",
        "text": text,
        "issued_at": timezone.now() if state != DocumentState.REVIEWING else None,
    }
    document = PolicyDocument.objects.create(**{**values, "state": state, **facts})
    make_clauses(document)
    index_documents(document_ids=[document.pk])
    return document


def make_clauses(document: PolicyDocument) -> None:
    start = 0
    for line_number, line in enumerate(document.text.split("\n"), start=1):
        if line.startswith("（") and "。" in line:
            number, _, rest = line.partition("）")
            Clause.objects.create(
                document=document,
                order=line_number,
                path=["二、重点任务", f"{number}）{rest.split('。')[0]}"],
                number=f"{number}）",
                heading=rest.split("。")[0],
                text=line,
                start=start,
                end=start + len(line),
                line_start=line_number,
                line_end=line_number,
            )
        start += len(line) + 1


def make_target(clause: Clause, **facts: Any) -> ClauseTarget:
    values = {
        "title": "实践课时占总课时的比例",
        "phrase": "实践课时占总课时的比例不低于50%",
        "low": Decimal(50),
        "unit": "%",
        "force": Force.MANDATORY,
    }
    return ClauseTarget.objects.create(clause=clause, **{**values, **facts})


def make_parameter(**facts: Any) -> Parameter:
    values: dict[str, Any] = {
        "division_id": CITY,
        "code": "P07",
        "name": "internship_pay",
        "title": "实习报酬合理水平",
        "unit": "元/月",
        "force": Force.MANDATORY,
        "source": "青政办发〔2026〕6号",
        "place": "二（二）",
        "valid_from": ISSUED,
    }
    return Parameter.objects.create(**{**values, **facts})


def make_plan(**facts: Any) -> BenefitPlan:
    """A benefit as a department writes it, ready to be submitted."""
    values: dict[str, Any] = {
        "kind": BenefitKind.FISCAL,
        "title": "学徒培训补贴",
        "audiences": ["enterprise"],
        "given": "按公布的标准补贴",
        "parameter_id": None,
        "authority": "市人力资源和社会保障局",
        "clause_id": None,
        "basis": "青政办发〔2026〕6号二（二）",
        "contact": "",
        "valid_from": ISSUED,
        "valid_to": None,
        "conditions": [
            ConditionLine(fact="verified", values=["yes"], text="已通过平台核验"),
            ConditionLine(fact="statement", values=[], text="已签订学徒协议", cure="先签约"),
        ],
        "materials": ["学徒协议"],
        "steps": [StepLine(actor="申请单位", text="提交材料", working_days=5)],
    }
    return BenefitPlan(**{**values, **facts})


def published_benefit(world: World, **facts: Any) -> Benefit:
    """A benefit that the reviewer wrote and the coordinator published."""
    benefit = submitted_benefit(world, **facts)
    review_benefit(benefit_id=benefit.pk, actor=world.coordinator.actor)
    return publish_benefit(benefit_id=benefit.pk, actor=world.coordinator.actor, now=timezone.now())


def submitted_benefit(world: World, **facts: Any) -> Benefit:
    benefit = create_benefit(plan=make_plan(**facts), actor=world.reviewer.actor)
    return submit_benefit(benefit_id=benefit.pk, actor=world.reviewer.actor)


def make_plan_record(world: World, **facts: Any) -> PlanRecord:
    """A plan that the reviewer registered."""
    values: dict[str, Any] = {
        "kind": PlanKind.INDUSTRY,
        "title": "高端装备产业规划",
        "starts_year": 2026,
        "ends_year": 2030,
        "lead": "市教育局",
        "progress": PlanState.COMPILING,
        "check_by": datetime.date(2099, 1, 1),
    }
    return create_plan(facts=PlanFacts(**{**values, **facts}), actor=world.reviewer.actor)


def answer_all(world: World, plan: PlanRecord) -> None:
    for question in PlanQuestion:
        answer_question(
            plan_id=plan.pk,
            question=question,
            answer=AnswerFacts(value=PlanAnswerValue.CONTAINED, place="第三章"),
            actor=world.reviewer.actor,
            now=timezone.now(),
        )

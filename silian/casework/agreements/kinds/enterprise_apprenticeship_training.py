"""The training agreement of an enterprise apprentice (企业新型学徒培养协议)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from silian.casework.agreements.choices import Better
from silian.casework.agreements.gateways.rulebooks import number_in_force
from silian.casework.agreements.kinds import matters as m
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    Finding,
    GuardStep,
    PartyRole,
    TermField,
    register_guard,
    register_kind,
)
from silian.foundation.kernel.typed_values import ValueType as V

CONTRACT, TRAINING = "劳动合同", "培养"

enterprise_apprenticeship_training = register_kind(
    AgreementKind(
        code="enterprise_apprenticeship_training",
        label="企业新型学徒培养协议",
        purpose="企业与已签劳动合同的职工、培训机构约定学徒培训",
        basis="人社部发〔2018〕66号；人社部发〔2021〕39号",
        terms=(
            TermField(code="contract_number", label="劳动合同编号", required=False, group=CONTRACT),
            TermField(
                code="contract_starts_on",
                label="劳动合同起始日",
                type=V.DATE,
                group=CONTRACT,
            ),
            TermField(
                code="contract_ends_on",
                label="劳动合同终止日（不含）",
                type=V.DATE,
                group=CONTRACT,
                help="劳动合同另行签订，期限不少于一年；这里只登记起止日。",
            ),
            TermField(code="occupation", label="职业（工种）", group=TRAINING),
            TermField(
                code="level",
                label="目标等级",
                type=V.CHOICE,
                choices=(
                    ("middle", "中级工"),
                    ("high", "高级工"),
                    ("technician", "技师"),
                    ("senior_technician", "高级技师"),
                ),
                group=TRAINING,
            ),
            TermField(
                code="training_hours",
                label="培训课时",
                type=V.INTEGER,
                unit="课时",
                better=Better.HIGHER,
                group=TRAINING,
            ),
            TermField(code="plan", label="培训内容与安排", type=V.LONG_TEXT, group=TRAINING),
            TermField(code="mentor", label="企业导师", substantive=False, group=TRAINING),
            TermField(code="teacher", label="培训机构导师", substantive=False, group=TRAINING),
            TermField(
                code="pay",
                label="学徒期工资",
                type=V.MONEY,
                unit="元/月",
                better=Better.HIGHER,
                concerns=("apprentice", "enterprise"),
                group=m.PAY,
            ),
            TermField(
                code="fee",
                label="企业付给培训机构的费用",
                type=V.MONEY,
                unit="元/人",
                concerns=("enterprise", "trainer"),
                group=m.PAY,
            ),
            *m.ASSESSMENT_TERMS,
            *m.BREACH_TERMS,
        ),
        roles=(
            PartyRole(code="apprentice", label="学徒", is_person=True, order=1),
            PartyRole(
                code="enterprise",
                label="企业",
                order=2,
                organisation_kinds=("enterprise",),
                stand_ins=(m.BY_DELEGATE,),
            ),
            PartyRole(
                code="trainer",
                label="培训机构",
                order=3,
                organisation_kinds=("school", "service"),
                stand_ins=(m.BY_DELEGATE,),
            ),
        ),
        clauses=(
            Clause(
                heading="劳动关系",
                text="企业与学徒已另行签订劳动合同，期限自{contract_starts_on}起到"
                "{contract_ends_on}（不含当日）止。本协议不代替劳动合同。",
            ),
            Clause(
                heading="劳动合同编号",
                text="劳动合同编号：{contract_number}。",
                when=(("contract_number", ""),),
            ),
            Clause(
                heading="培养目标",
                text="自{starts_on}起到{ends_on}（不含当日）止，"
                "把学徒培养为{occupation}{level}，培训不少于{training_hours}。",
            ),
            Clause(heading="培训内容", text="{plan}"),
            Clause(heading="双导师", text="企业导师为{mentor}，培训机构导师为{teacher}。"),
            Clause(
                heading="工资",
                text="培养期间企业按月向学徒支付工资{pay}，不因参加培训而减少。",
            ),
            Clause(
                heading="培训费用",
                text="企业向培训机构支付{fee}，学徒不承担任何培训费用。",
            ),
            Clause(heading="考核", text="{assessment}"),
            Clause(heading="违约责任", text="{breach}"),
            Clause(heading="其他约定", text="{remarks}", when=(("remarks", ""),)),
        ),
        signing_working_days=15,
        notice_days=30,
    )
)


PARAMETER_CODE, CONTRACT_DAYS = "AP-02", "apprentice_contract_days"


def findings_of_contract(
    *, agreement: Agreement, terms: Mapping[str, Any], on: datetime.date, step: GuardStep
) -> list[Finding]:
    """Whether the apprentice's labour contract is long enough where the agreement is made.

    Basis: 人社部发〔2018〕66号（AP-02）; the number comes from the register of parameters.
    """
    starts, ends = terms.get("contract_starts_on"), terms.get("contract_ends_on")
    if not starts or not ends:
        return []
    least = number_in_force(
        code=PARAMETER_CODE, name=CONTRACT_DAYS, division=agreement.division_id, on=on
    )
    days = (datetime.date.fromisoformat(ends) - datetime.date.fromisoformat(starts)).days
    if least is None or days >= least:
        return []
    return [
        Finding(
            sentence=f"劳动合同只有 {days} 天，少于 {least} 天。请先签订期限足够的劳动合同再登记。",
            blocks=True,
            basis="人社部发〔2018〕66号",
        )
    ]


register_guard(enterprise_apprenticeship_training.code, findings_of_contract)

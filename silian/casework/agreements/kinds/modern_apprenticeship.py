"""The agreement of a modern apprentice (现代学徒制三方协议)."""

from __future__ import annotations

from silian.casework.agreements.choices import Better
from silian.casework.agreements.kinds import matters as m
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    PartyRole,
    TermField,
    register_kind,
)
from silian.foundation.kernel.typed_values import ValueType as V

IDENTITY, TRAINING, MASTERS = "身份与录用", "培养", "导师"

APPRENTICE = PartyRole(
    code="student", label="学徒", is_person=True, order=1, stand_ins=(m.BY_GUARDIAN,)
)
TERMS = (
    TermField(
        code="double_identity",
        label="双重身份",
        type=V.YES_NO,
        group=IDENTITY,
        help="学徒同时是学校学生和企业员工的选“是”。",
    ),
    TermField(code="occupation", label="职业（工种）", group=TRAINING),
    TermField(code="programme", label="专业", group=TRAINING),
    TermField(
        code="rotation",
        label="轮岗安排",
        type=V.TEXT_LIST,
        group=TRAINING,
        help="一行一个岗位和起止月份。",
    ),
    TermField(
        code="enterprise_hours",
        label="在企业学习",
        type=V.INTEGER,
        unit="学时",
        group=TRAINING,
    ),
    TermField(code="school_hours", label="在学校学习", type=V.INTEGER, unit="学时", group=TRAINING),
    TermField(code="certificate", label="目标证书", group=TRAINING),
    TermField(code="mentor", label="企业导师", substantive=False, group=MASTERS),
    TermField(code="teacher", label="学校导师", substantive=False, group=MASTERS),
    TermField(
        code="pay",
        label="学徒报酬",
        type=V.MONEY,
        unit="元/月",
        better=Better.HIGHER,
        group=m.PAY,
    ),
    TermField(code="pay_steps", label="报酬增长安排", type=V.TEXT_LIST, group=m.PAY),
    *m.HOUR_TERMS,
    *m.PROTECTION_TERMS,
    *m.INSURANCE_TERMS,
    *m.ASSESSMENT_TERMS,
    *m.BREACH_TERMS,
)

modern_apprenticeship = register_kind(
    AgreementKind(
        code="modern_apprenticeship",
        label="现代学徒制三方协议",
        purpose="学徒、企业和学校约定双主体培养、双导师、轮岗、报酬和权益",
        basis="职业教育法第三十条",
        terms=TERMS,
        roles=(
            APPRENTICE,
            m.GUARDIAN,
            PartyRole(
                code="enterprise",
                label="企业",
                order=2,
                organisation_kinds=("enterprise",),
                stand_ins=(m.BY_DELEGATE,),
            ),
            m.SCHOOL,
        ),
        clauses=(
            Clause(
                heading="培养目标",
                text="企业和学校共同把学徒培养为{occupation}方向的技术技能人才，专业为{programme}，"
                "目标证书为{certificate}。学徒期自{starts_on}起到{ends_on}（不含当日）止。",
            ),
            Clause(
                heading="双重身份",
                text="学徒同时是学校的学生和企业的员工，两种身份的权利都受保护。",
                when=(("double_identity", True),),
            ),
            Clause(
                heading="学习与轮岗",
                text="在企业学习{enterprise_hours}，在学校学习{school_hours}。轮岗：{rotation}。",
            ),
            Clause(
                heading="双导师",
                text="企业导师为{mentor}，学校导师为{teacher}。两位导师共同考核学徒。",
            ),
            Clause(
                heading="报酬",
                text="学徒报酬为{pay}，直接付给学徒本人。增长安排：{pay_steps}。",
            ),
            Clause(
                heading="工作时间与休息",
                text="每日工作不超过{daily_hours}，每周工作不超过{weekly_days}，"
                "{shift_starts}上班、{shift_ends}下班。{rest}",
            ),
            *m.SAFETY_CLAUSES,
            *m.CLOSING_CLAUSES,
        ),
        signing_working_days=10,
        notice_days=30,
        signed_before_start=True,
        drafters=("teacher",),
    )
)

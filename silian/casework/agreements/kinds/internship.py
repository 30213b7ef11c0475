"""The tri-party internship agreement (岗位实习三方协议)."""

from __future__ import annotations

from silian.casework.agreements.kinds import matters as m
from silian.casework.agreements.registry import AgreementKind, Clause, register_kind

ROLES = (m.STUDENT, m.GUARDIAN, m.HOST, m.SCHOOL)
TERMS = (
    m.WORK_TERMS
    + m.HOUR_TERMS
    + m.LIVING_TERMS
    + m.PAY_TERMS
    + m.PROTECTION_TERMS
    + m.INSURANCE_TERMS
    + m.ASSESSMENT_TERMS
    + m.BREACH_TERMS
)
CLAUSES = (
    Clause(
        heading="目的",
        text="学校安排学生到实习单位岗位实习。三方约定各自的权利和义务，保证学生学到本领、"
        "按时取得报酬、平安完成实习。",
    ),
    *m.CONTENT_CLAUSES,
    *m.CARE_CLAUSES,
    *m.PAY_CLAUSES,
    *m.SAFETY_CLAUSES,
    *m.CLOSING_CLAUSES,
)

internship = register_kind(
    AgreementKind(
        code="internship",
        label="岗位实习三方协议",
        purpose="学校安排的岗位实习，由学生、实习单位和学校在实习开始前签署",
        basis="教职成〔2021〕4号第十三条、第十四条",
        terms=TERMS,
        roles=ROLES,
        clauses=CLAUSES,
        signing_working_days=10,
        notice_days=7,
        signed_before_start=True,
        drafters=("teacher",),
    )
)

"""The agreement of an internship whose place the student chose (自行选择实习单位协议)."""

from __future__ import annotations

from silian.casework.agreements.kinds import matters as m
from silian.casework.agreements.kinds.internship import TERMS
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    TermField,
    register_kind,
)
from silian.foundation.kernel.typed_values import ValueType as V

OWN_TERMS = (
    TermField(
        code="own_choice_reason",
        label="自选实习单位的理由",
        type=V.LONG_TEXT,
        group=m.OTHER,
    ),
    TermField(
        code="tracking",
        label="学校跟踪指导办法",
        type=V.LONG_TEXT,
        group=m.OTHER,
        help="写明谁、多久联系一次、怎样到岗查看。",
    ),
)

self_chosen_internship = register_kind(
    AgreementKind(
        code="self_chosen_internship",
        label="自行选择岗位实习三方协议",
        purpose="学生和监护人申请、学校同意后，到自己选定的单位实习",
        basis="教职成〔2021〕4号第九条、第十三条至第十五条",
        terms=TERMS + OWN_TERMS,
        roles=(m.STUDENT, m.GUARDIAN, m.HOST, m.SCHOOL),
        clauses=(
            Clause(
                heading="自行选择",
                text="实习单位由学生自己选定，学生和监护人已向学校书面申请，学校经核实同意。"
                "理由：{own_choice_reason}",
            ),
            *m.CONTENT_CLAUSES,
            *m.CARE_CLAUSES,
            *m.PAY_CLAUSES,
            *m.SAFETY_CLAUSES,
            Clause(
                heading="跟踪指导",
                text="学校不因学生自选单位而减少指导：{tracking}",
            ),
            *m.CLOSING_CLAUSES,
        ),
        signing_working_days=10,
        notice_days=7,
        signed_before_start=True,
        drafters=("teacher",),
    )
)

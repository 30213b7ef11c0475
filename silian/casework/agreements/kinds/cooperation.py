"""The cooperation agreement of school and enterprise (校企合作协议)."""

from __future__ import annotations

from silian.casework.agreements.choices import Better, CooperationForm, CooperationLevel
from silian.casework.agreements.kinds.matters import BY_DELEGATE
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    PartyRole,
    TermField,
    register_kind,
)
from silian.foundation.kernel.typed_values import ValueType as V

SCOPE, INPUT, RESULT = "合作内容", "投入", "成果"
RIGHTS, ORDER = "三方权利义务", "管理与退出"

ROLES = (
    PartyRole(
        code="school",
        label="学校",
        order=2,
        organisation_kinds=("school",),
        stand_ins=(BY_DELEGATE,),
    ),
    PartyRole(
        code="enterprise",
        label="企业",
        order=1,
        organisation_kinds=("enterprise", "institute", "service"),
        stand_ins=(BY_DELEGATE,),
    ),
    PartyRole(
        code="third",
        label="园区或行业组织",
        order=1,
        required=False,
        several=True,
        organisation_kinds=("association", "alliance", "government", "service"),
        stand_ins=(BY_DELEGATE,),
    ),
)
TERMS = (
    TermField(
        code="form",
        label="合作形式",
        type=V.CHOICE,
        choices=tuple(CooperationForm.choices),
        group=SCOPE,
    ),
    TermField(
        code="level",
        label="合作层次",
        type=V.CHOICE,
        choices=tuple(CooperationLevel.choices),
        group=SCOPE,
    ),
    TermField(code="is_pairing", label="结对关系", type=V.YES_NO, group=SCOPE),
    TermField(
        code="scope",
        label="合作范围",
        type=V.TEXT_LIST,
        group=SCOPE,
        help="一行一项，例如共同制定人才培养方案、共建实训室。",
    ),
    TermField(code="programmes", label="涉及专业", type=V.TEXT_LIST, required=False, group=SCOPE),
    TermField(
        code="students_a_year",
        label="每年参与学生",
        type=V.INTEGER,
        unit="人",
        better=Better.HIGHER,
        required=False,
        group=SCOPE,
    ),
    TermField(code="school_input", label="学校投入", type=V.LONG_TEXT, group=INPUT),
    TermField(code="enterprise_input", label="企业投入", type=V.LONG_TEXT, group=INPUT),
    TermField(
        code="investment",
        label="企业投入折合金额",
        type=V.MONEY,
        better=Better.HIGHER,
        required=False,
        group=INPUT,
    ),
    TermField(
        code="deliverables",
        label="预期成果",
        type=V.TEXT_LIST,
        group=RESULT,
        help="一行一项，写明数量和完成时间。",
    ),
    TermField(code="ownership", label="成果与知识产权归属", type=V.LONG_TEXT, group=RESULT),
    TermField(code="student_rights", label="学生的权利与义务", type=V.LONG_TEXT, group=RIGHTS),
    TermField(code="school_duties", label="学校的义务", type=V.LONG_TEXT, group=RIGHTS),
    TermField(code="enterprise_duties", label="企业的义务", type=V.LONG_TEXT, group=RIGHTS),
    TermField(
        code="liaison", label="双方联系人", substantive=False, group=ORDER, help="姓名和办公电话。"
    ),
    TermField(code="exit", label="退出与善后", type=V.LONG_TEXT, group=ORDER),
    TermField(
        code="remarks",
        label="其他约定",
        type=V.LONG_TEXT,
        required=False,
        substantive=False,
        group=ORDER,
    ),
)
CLAUSES = (
    Clause(
        heading="合作形式与期限",
        text="各方以“{form}”的形式开展{level}的合作，自{starts_on}起到{ends_on}（不含当日）止。",
    ),
    Clause(
        heading="结对",
        text="各方结为对口伙伴，每学期至少会商一次，共同检查本协议的落实。",
        when=(("is_pairing", True),),
    ),
    Clause(heading="合作范围", text="合作范围包括：{scope}。"),
    Clause(heading="涉及专业", text="涉及的专业：{programmes}。", when=(("programmes", ""),)),
    Clause(
        heading="学生参与",
        text="每年安排学生{students_a_year}参与本合作项目。",
        when=(("students_a_year", ""),),
    ),
    Clause(heading="学校投入", text="{school_input}"),
    Clause(heading="企业投入", text="{enterprise_input}"),
    Clause(
        heading="投入金额",
        text="企业投入的设备、场地、资金等折合{investment}，由双方另行登记造册。",
        when=(("investment", ""),),
    ),
    Clause(heading="预期成果", text="合作期内完成：{deliverables}。{ownership}"),
    Clause(heading="学生的权利与义务", text="{student_rights}"),
    Clause(heading="学校的义务", text="{school_duties}"),
    Clause(
        heading="企业的义务",
        text="{enterprise_duties}企业接收学生实习的，应当在实习前与学生、学校另签三方协议。",
    ),
    Clause(heading="联系与协商", text="联系人：{liaison}。争议先由各方协商，协商不成的依法处理。"),
    Clause(heading="退出与善后", text="{exit}已经在读的学生，由各方安排到学业完成。"),
    Clause(heading="其他约定", text="{remarks}", when=(("remarks", ""),)),
)

cooperation = register_kind(
    AgreementKind(
        code="cooperation",
        label="校企合作协议",
        purpose="学校与企业（以及园区、行业组织）长期合作的总协议，登记形式、层次、投入和成果",
        basis="职业教育法第四条、第九条；职业学校校企合作促进办法第六条",
        terms=TERMS,
        roles=ROLES,
        clauses=CLAUSES,
        signing_working_days=20,
        notice_days=30,
    )
)

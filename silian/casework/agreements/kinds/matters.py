"""Terms, roles and clauses that several kinds of agreement share."""

from __future__ import annotations

from silian.casework.agreements.choices import Better
from silian.casework.agreements.registry import Clause, PartyRole, StandIn, TermField
from silian.foundation.kernel.typed_values import ValueType as V

BY_DELEGATE = StandIn(code="delegate", reason="受法定代表人书面委托")
BY_GUARDIAN = StandIn(
    code="guardian", reason="学生未成年，由监护人代签", is_guardian=True, only_minors=True
)

SCHOOL = PartyRole(
    code="school", label="学校", order=3, organisation_kinds=("school",), stand_ins=(BY_DELEGATE,)
)
HOST = PartyRole(
    code="host",
    label="实习单位",
    order=2,
    organisation_kinds=("enterprise", "institute", "government", "association", "service"),
    stand_ins=(BY_DELEGATE,),
)
STUDENT = PartyRole(code="student", label="学生", is_person=True, order=1, stand_ins=(BY_GUARDIAN,))
GUARDIAN = PartyRole(
    code="guardian", label="监护人（知情）", is_person=True, order=1, required=False
)

CONTENT = "实习内容与条件"
TIME = "工作时间与休息"
LIVING = "食宿与交通"
PAY = "报酬与支付"
PROTECTION = "劳动保护与权益"
INSURANCE = "保险与事故处理"
ASSESSMENT = "实习考核"
BREACH = "违约责任"
OTHER = "其他事项"

WORK_TERMS = (
    TermField(code="post", label="岗位", group=CONTENT),
    TermField(code="place", label="工作地点", group=CONTENT),
    TermField(code="tasks", label="工作任务", type=V.TEXT_LIST, group=CONTENT),
    TermField(code="conditions", label="工作环境与条件", type=V.LONG_TEXT, group=CONTENT),
    TermField(
        code="mentor",
        label="企业导师",
        group=CONTENT,
        substantive=False,
        help="更换导师不影响已有签字。",
    ),
    TermField(code="teacher", label="学校指导教师", group=CONTENT, substantive=False),
)
HOUR_TERMS = (
    TermField(
        code="daily_hours",
        label="每日工时",
        type=V.DECIMAL,
        unit="小时",
        better=Better.LOWER,
        group=TIME,
    ),
    TermField(
        code="weekly_days",
        label="每周工作天数",
        type=V.INTEGER,
        unit="天",
        better=Better.LOWER,
        group=TIME,
    ),
    TermField(code="shift_starts", label="上班时间", type=V.TIME, group=TIME),
    TermField(code="shift_ends", label="下班时间", type=V.TIME, group=TIME),
    TermField(code="rest", label="休息休假安排", type=V.LONG_TEXT, group=TIME),
)
LIVING_TERMS = (
    TermField(code="board", label="用餐安排", group=LIVING),
    TermField(code="lodging", label="住宿安排", group=LIVING),
)
PAY_TERMS = (
    TermField(
        code="pay",
        label="实习报酬",
        type=V.MONEY,
        unit="元/月",
        better=Better.HIGHER,
        group=PAY,
    ),
    TermField(
        code="pay_day",
        label="每月发放日",
        type=V.INTEGER,
        unit="日",
        group=PAY,
    ),
    TermField(
        code="pay_method",
        label="支付方式",
        type=V.CHOICE,
        choices=(("bank", "银行转账至学生本人账户"),),
        group=PAY,
        help="报酬直接付给学生本人，不得由他人转付。",
    ),
)
PROTECTION_TERMS = (
    TermField(code="protection", label="劳动保护措施", type=V.LONG_TEXT, group=PROTECTION),
    TermField(
        code="training_hours",
        label="上岗前安全培训",
        type=V.INTEGER,
        unit="学时",
        better=Better.HIGHER,
        group=PROTECTION,
    ),
)
INSURANCE_TERMS = (
    TermField(
        code="liability_payer",
        label="实习责任保险投保方",
        type=V.CHOICE,
        choices=(("school", "学校"), ("host", "实习单位")),
        group=INSURANCE,
        help="保费不得向学生收取，也不得从报酬中扣除。",
    ),
    TermField(
        code="accident_insurance",
        label="人身意外伤害保险",
        type=V.YES_NO,
        better=Better.HIGHER,
        group=INSURANCE,
    ),
    TermField(code="accident_handling", label="事故处理办法", type=V.LONG_TEXT, group=INSURANCE),
)
ASSESSMENT_TERMS = (
    TermField(code="assessment", label="考核办法与成绩评定", type=V.LONG_TEXT, group=ASSESSMENT),
)
BREACH_TERMS = (
    TermField(code="breach", label="违约责任", type=V.LONG_TEXT, group=BREACH),
    TermField(
        code="remarks",
        label="其他约定",
        type=V.LONG_TEXT,
        required=False,
        substantive=False,
        group=OTHER,
    ),
)

CONTENT_CLAUSES = (
    Clause(
        heading="实习安排",
        text="学生自{starts_on}起到{ends_on}（不含当日）止，在{place}从事“{post}”岗位的学习和工作。"
        "主要任务：{tasks}。",
    ),
    Clause(
        heading="工作环境与指导",
        text="{conditions}学校指导教师为{teacher}，企业导师为{mentor}。"
        "两位指导人员变更的，由变更方当日告知其他各方。",
    ),
)
CARE_CLAUSES = (
    Clause(
        heading="工作时间与休息",
        text="每日工作不超过{daily_hours}，每周工作不超过{weekly_days}，"
        "每日{shift_starts}上班、{shift_ends}下班。不安排加班，不安排夜班。{rest}",
    ),
    Clause(heading="食宿", text="用餐：{board}。住宿：{lodging}。"),
)
PAY_CLAUSES = (
    Clause(
        heading="报酬",
        text="实习单位付给学生的报酬为{pay}，每月{pay_day}前以{pay_method}的方式付清，"
        "不以实物或购物券抵付，不经第三方转付。任何一方不得向学生收取押金、培训费、"
        "管理费或其他费用，不得扣留学生证件。",
    ),
)
SAFETY_CLAUSES = (
    Clause(
        heading="劳动保护",
        text="{protection}上岗前完成不少于{training_hours}的安全培训并考核合格；"
        "未经培训或者考核不合格的，不上岗。学生有权拒绝违章指挥和强令冒险作业。",
    ),
    Clause(
        heading="保险",
        text="实习责任保险由{liability_payer}投保并承担保费，保险期覆盖全部实习时间。"
        "是否另外投保人身意外伤害保险：{accident_insurance}。",
    ),
    Clause(
        heading="事故处理",
        text="发生伤害事故时先救治学生，并立即通知学校和监护人；赔偿先由保险支付，"
        "不足部分按照责任承担。{accident_handling}",
    ),
)
CLOSING_CLAUSES = (
    Clause(
        heading="考核",
        text="{assessment}考核以学生学到和做成的事情为依据，不以出勤代替。学生对结果有异议的，"
        "可以向学校申请复核。",
    ),
    Clause(heading="违约责任", text="{breach}"),
    Clause(
        heading="变更与解除",
        text="变更协议须由受变更影响的各方签字；没有签字的变更不生效。一方严重违约、学生人身安全"
        "受到威胁或者学生被安排从事法律法规禁止的工作的，学生和学校可以立即解除协议。",
    ),
    Clause(heading="其他约定", text="{remarks}", when=(("remarks", ""),)),
    Clause(
        heading="文本与查验",
        text="本协议以电子方式签署，各方各存一份，效力相同；有一方在纸上签署的，正本注明“线下签署”，"
        "不作为电子签名。任何人可以凭查验码核对文本。",
    ),
)

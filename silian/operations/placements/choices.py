"""Labels of placements: one section per aggregate."""

from __future__ import annotations

from django.db import models


class InternshipKind(models.TextChoices):
    """The forms of practice (实习形式).

    Basis: 教职成〔2021〕4号第二条 knows 认识实习 and 岗位实习; the others are forms of teaching
    that the policies name: 工学交替, and the terms of practice of applied undergraduates.
    """

    OBSERVATION = "observation", "认识实习"
    POST = "post", "岗位实习"
    ALTERNATING = "alternating", "工学交替"
    TERM = "term", "学期制实习"


KINDS_IN_POST = frozenset({InternshipKind.POST, InternshipKind.ALTERNATING, InternshipKind.TERM})
"""Forms in which students work: agreement, consent, insurance, training and pay rules apply."""


class HostState(models.TextChoices):
    """Where a host of one school stands (实习单位状态)."""

    PROPOSED = "proposed", "拟选"
    INSPECTED = "inspected", "已考察"
    APPROVED = "approved", "集体研究通过"
    PUBLISHED = "published", "已公布"
    REFUSED = "refused", "未通过"
    REMOVED = "removed", "已移出"


class PostState(models.TextChoices):
    """Where an internship post stands (岗位状态)."""

    DRAFT = "draft", "草稿"
    OPEN = "open", "可安排"
    CLOSED = "closed", "已关闭"


class Intensity(models.IntegerChoices):
    """Grades of physical workload (体力劳动强度分级). Basis: GBZ 2.2."""

    ONE = 1, "Ⅰ级"
    TWO = 2, "Ⅱ级"
    THREE = 3, "Ⅲ级"
    FOUR = 4, "Ⅳ级"


class Hazard(models.TextChoices):
    """What a post may expose to (危害因素), the words that the prohibitions speak of."""

    HEIGHT = "height", "高处作业"
    UNDERGROUND = "underground", "井下作业"
    RADIATION = "radiation", "放射性"
    TOXIC = "toxic", "高毒"
    FLAMMABLE = "flammable", "易燃易爆"
    DUST = "dust", "粉尘"
    NOISE = "noise", "高噪声"
    HIGH_TEMPERATURE = "high_temperature", "高温"
    HEAVY_LIFTING = "heavy_lifting", "重体力搬运"
    HEALTH_HARM = "health_harm", "其他危害健康因素"
    OTHER_RISK = "other_risk", "其他高风险"


class PayMethod(models.TextChoices):
    """How pay reaches somebody (支付方式). Only the bank transfer to the student is lawful."""

    BANK = "bank", "银行转账至学生本人"
    CASH = "cash", "现金"
    GOODS = "goods", "实物或有价证券"
    THIRD_PARTY = "third_party", "由第三方转付"


class PlanState(models.TextChoices):
    """Where an internship plan stands (实习方案状态)."""

    DRAFT = "draft", "起草"
    SENT = "sent", "待实习单位确认"
    APPROVED = "approved", "双方已确认"
    WITHDRAWN = "withdrawn", "已撤回"


class AnswerState(models.TextChoices):
    """Where a host's answer to a plan stands (确认状态)."""

    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不同意"


class InternshipState(models.TextChoices):
    """Where one student's internship stands (实习状态)."""

    PLANNED = "planned", "拟安排"
    PREPARING = "preparing", "办理手续"
    IN_POST = "in_post", "在岗"
    INTERRUPTED = "interrupted", "中断"
    FINISHED = "finished", "实习期满"
    ENDED_EARLY = "ended_early", "提前结束"
    ASSESSED = "assessed", "已考核"
    CANCELLED = "cancelled", "已取消"


LIVE_STATES = frozenset(
    {
        InternshipState.PLANNED,
        InternshipState.PREPARING,
        InternshipState.IN_POST,
        InternshipState.INTERRUPTED,
    }
)
"""States in which an internship holds its post and its days."""

PRESENT_STATES = frozenset({InternshipState.IN_POST, InternshipState.INTERRUPTED})
HELD_STATES = LIVE_STATES | {
    InternshipState.FINISHED,
    InternshipState.ENDED_EARLY,
    InternshipState.ASSESSED,
}
"""States whose days are taken: a second internship may not overlap them."""


class Arrangement(models.TextChoices):
    """Who chose the host (选择方式)."""

    SCHOOL = "school", "学校安排"
    ROUND = "round", "志愿安排"
    SELF = "self", "学生自主选择"


class RoundState(models.TextChoices):
    """Where an assignment round stands (轮次状态)."""

    DRAFT = "draft", "筹备"
    WISHING = "wishing", "填报志愿"
    RANKING = "ranking", "单位评分"
    SOLVED = "solved", "待公布"
    PUBLISHED = "published", "已公布"
    OBJECTIONS = "objections", "处理异议"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


PUBLISHED_ROUNDS = frozenset({RoundState.PUBLISHED, RoundState.OBJECTIONS, RoundState.CLOSED})


class PriorityBasis(models.TextChoices):
    """What orders the students who want the same post (排序依据)."""

    SCORE = "score", "按成绩名单"
    LOTTERY = "lottery", "公开抽签"


class ReserveKind(models.TextChoices):
    """The groups for which places are kept or limited (预留组别)."""

    COUNTY = "county", "生源区县"
    MAJOR = "major", "专业对口"
    LODGING = "lodging", "需要住宿"
    MINOR = "minor", "未满18周岁"


class RunState(models.TextChoices):
    """Where a computation of a round stands (试算状态)."""

    WAITING = "waiting", "计算中"
    DONE = "done", "已算完"
    FAILED = "failed", "未算完"


class ObjectionState(models.TextChoices):
    """Where a student's objection stands (异议状态)."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    REJECTED = "rejected", "不成立"


class BulkImportKind(models.TextChoices):
    """What a file brings in (导入内容)."""

    POSTS = "posts", "实习岗位"
    ARRANGEMENT = "arrangement", "实习安排"


class RowMode(models.TextChoices):
    """What happens to a file with bad rows (遇到坏行)."""

    GOOD_ROWS = "good", "导入合格的行"
    ALL_ROWS = "all", "有一行不合格就全部不导入"


class BulkImportState(models.TextChoices):
    """Where a file stands (导入状态)."""

    WAITING = "waiting", "处理中"
    DONE = "done", "已完成"
    REFUSED = "refused", "没有导入"
    FAILED = "failed", "中断"


class BatchItemState(models.TextChoices):
    """How far one agreement of a batch came (办理结果)."""

    WAITING = "waiting", "待办"
    SENT = "sent", "已送签"
    CHASED = "chased", "已催签"
    SIGNED = "signed", "已签齐"
    FAILED = "failed", "未办成"


class InternshipSide(models.TextChoices):
    """Who takes a step in the life of an internship (办理方)."""

    SCHOOL = "school", "学校"
    HOST = "host", "实习单位"
    STUDENT = "student", "学生"
    GUARDIAN = "guardian", "家长"
    SYSTEM = "system", "系统"


class ConsentGiver(models.TextChoices):
    """Who gives an informed consent (同意人). Basis: 教职成〔2021〕4号第十五条."""

    STUDENT = "student", "学生"
    GUARDIAN = "guardian", "家长（监护人）"


class ConsentState(models.TextChoices):
    """Where an informed consent stands (知情同意状态)."""

    WAITING = "waiting", "待签"
    GIVEN = "given", "已同意"
    REFUSED = "refused", "不同意"


class SelfChoiceState(models.TextChoices):
    """Where an application for a self-chosen host stands (自主选择申请状态)."""

    WITH_GUARDIAN = "with_guardian", "待家长同意"
    SUBMITTED = "submitted", "待学校审核"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


class InsuranceKind(models.TextChoices):
    """What a policy covers (险种). Basis: the four kinds that the policies name (S24)."""

    LIABILITY = "liability", "学生实习责任保险"
    ACCIDENT = "accident", "人身意外伤害保险"
    MODERN_APPRENTICE = "modern", "现代学徒制保险"
    ENTERPRISE_APPRENTICE = "enterprise", "企业新型学徒制保险"


class ProductState(models.TextChoices):
    """Where an insurance product stands (保险产品状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已停售"


class PremiumPayer(models.TextChoices):
    """Who pays the premium (保费由谁承担). The last two are unlawful and refused with the rule."""

    SCHOOL = "school", "学校"
    HOST = "host", "实习单位"
    STUDENT = "student", "学生"
    PAY = "pay", "从实习报酬中扣除"


LAWFUL_PAYERS = frozenset({PremiumPayer.SCHOOL, PremiumPayer.HOST})
"""Basis: 教职成〔2021〕4号, 安全职责: the premium is neither charged to the student nor deducted."""


class PolicyState(models.TextChoices):
    """Where an insurance policy stands (保单状态)."""

    IN_FORCE = "in_force", "有效"
    CANCELLED = "cancelled", "已退保"


class ClaimState(models.TextChoices):
    """Where an insurance claim stands (理赔状态)."""

    REPORTED = "reported", "已报案"
    ACCEPTED = "accepted", "同意赔付"
    REJECTED = "rejected", "拒绝赔付"
    PAID = "paid", "已赔付"
    SETTLED = "settled", "已了结"
    WITHDRAWN = "withdrawn", "已撤回"


class CourseState(models.TextChoices):
    """Where a safety course stands (安全课程状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已停用"


class NoteState(models.TextChoices):
    """Where a weekly note stands (实习周记状态)."""

    SUBMITTED = "submitted", "待导师确认"
    TICKED = "ticked", "导师已确认"
    RETURNED = "returned", "请补充"


class AssessmentSide(models.TextChoices):
    """Who gives the score (评分方)."""

    HOST = "host", "实习单位"
    SCHOOL = "school", "学校"


class AssessmentComponent(models.TextChoices):
    """What an item of an assessment looks at (考核内容)."""

    LEARNING = "learning", "学习收获"
    TASKS = "tasks", "典型工作任务"
    SAFETY = "safety", "安全与规范"
    CONDUCT = "conduct", "职业素养"
    ATTENDANCE = "attendance", "出勤"
    REPORT = "report", "实习报告"


LEARNING_COMPONENTS = frozenset(
    {AssessmentComponent.LEARNING, AssessmentComponent.TASKS, AssessmentComponent.REPORT}
)


class AssessmentState(models.TextChoices):
    """Where the assessment of one internship stands (实习考核状态)."""

    OPEN = "open", "评分中"
    SHOWN = "shown", "待学生确认"
    DISAGREED = "disagreed", "学生有异议"
    FINAL = "final", "已定"


class CertificateState(models.TextChoices):
    """Where an internship certificate stands (实习证明状态)."""

    VALID = "valid", "有效"
    REVOKED = "revoked", "已撤销"


# Pay and rights


class PayAlarmKind(models.TextChoices):
    """What may be wrong with a month's pay (报酬预警)."""

    LATE = "late", "逾期未发"
    LOW = "low", "低于协议"
    BELOW_LINE = "below_line", "低于参照线"
    CONTRARY = "contrary", "学生反映不符"
    SAME_ACCOUNT = "same_account", "多人同一账户"
    INTERVAL = "interval", "发放间隔超过一个月"


class StudentAnswer(models.TextChoices):
    """What the student says of a month's pay (学生核对)."""

    NONE = "none", "未核对"
    CONFIRMED = "confirmed", "已收到"
    CONTRARY = "contrary", "与发放记录不符"


class PaySheetState(models.TextChoices):
    """Where an uploaded payroll sheet stands (发放表状态)."""

    PREVIEW = "preview", "待确认"
    TAKEN = "taken", "已入账"
    DROPPED = "dropped", "已放弃"


class VisitWay(models.TextChoices):
    """How a teacher looked after interns (巡访方式)."""

    ON_SITE = "on_site", "到岗巡访"
    ONLINE = "online", "视频巡访"
    PHONE = "phone", "电话巡访"


class IncidentKind(models.TextChoices):
    """What happened to an intern (事件类别)."""

    INJURY = "injury", "人身伤害"
    ILLNESS = "illness", "突发疾病"
    TRAFFIC = "traffic", "交通事故"
    SAFETY = "safety", "安全生产事故"
    DISPUTE = "dispute", "纠纷"
    MISSING = "missing", "失联"
    OTHER = "other", "其他"


class IncidentSeverity(models.TextChoices):
    """How grave an incident is (严重程度)."""

    MINOR = "minor", "一般"
    SERIOUS = "serious", "较重"
    GRAVE = "grave", "重大"


class IncidentState(models.TextChoices):
    """Where an incident stands (事件状态)."""

    OPEN = "open", "处置中"
    REPORTED = "reported", "已报告主管部门"
    CLOSED = "closed", "已办结"


class ComplaintCategory(models.TextChoices):
    """What a complaint is about (投诉事项); each names the rule it speaks of."""

    PAY = "pay", "报酬未发、少发或转付"
    HOURS = "hours", "加班、夜班或不让休息"
    FORBIDDEN = "forbidden", "安排禁止的岗位或工作"
    FEES = "fees", "收费、押金或扣留证件"
    SAFETY = "safety", "安全保护不到位"
    HARASSMENT = "harassment", "欺凌、骚扰或侮辱"
    MISMATCH = "mismatch", "岗位与专业或协议不符"
    FORCED = "forced", "强制实习或与毕业证挂钩"
    AGENT = "agent", "中介、劳务派遣或另签合同"
    PROFIT = "profit", "以实习牟利或指定单位"
    OTHER = "other", "其他"


class ComplaintChannel(models.TextChoices):
    """Where a complaint goes (受理渠道)."""

    SCHOOL = "school", "学校"
    EDUCATION = "education", "教育部门"
    LABOUR = "labour", "人力资源社会保障部门"


class ComplaintState(models.TextChoices):
    """Where a complaint stands (投诉状态)."""

    FILED = "filed", "待受理"
    ACCEPTED = "accepted", "办理中"
    ASKED = "asked", "待补充"
    RESOLVED = "resolved", "已办结"
    APPEALED = "appealed", "申请复核"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


class ComplaintResult(models.TextChoices):
    """What an examination found (办理结论)."""

    CONFIRMED = "confirmed", "属实"
    PARTLY = "partly", "部分属实"
    UNPROVEN = "unproven", "未能证实"
    UNFOUNDED = "unfounded", "不属实"


class ComplaintStepKind(models.TextChoices):
    """One act in the course of a complaint (办理环节)."""

    FILED = "filed", "提出投诉"
    ACCEPTED = "accepted", "受理"
    DECLINED = "declined", "不予受理"
    ASKED = "asked", "请求补充"
    ANSWERED = "answered", "补充说明"
    NOTED = "noted", "调查记录"
    ESCALATED = "escalated", "逾期上移"
    RESOLVED = "resolved", "办结答复"
    APPEALED = "appealed", "申请复核"
    WITHDRAWN = "withdrawn", "撤回"


OPEN_COMPLAINTS = frozenset(
    {
        ComplaintState.FILED,
        ComplaintState.ACCEPTED,
        ComplaintState.ASKED,
        ComplaintState.APPEALED,
    }
)


class ViolationState(models.TextChoices):
    """Where a case of unlawful internship stands (查处状态)."""

    OPEN = "open", "调查中"
    FINED = "fined", "已作出处罚"
    DROPPED = "dropped", "不予处罚"


class Severity(models.TextChoices):
    """What a finding does to the step it was found in (结论)."""

    BLOCK = "block", "不得安排"
    WARN = "warn", "须说明理由"
    INFO = "info", "提示"


class OrderState(models.TextChoices):
    """Where an order class stands (订单班状态)."""

    DRAFT = "draft", "起草"
    SENT = "sent", "协议待签"
    RUNNING = "running", "培养中"
    HIRING = "hiring", "录用核对"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


class OrderSeat(models.TextChoices):
    """What became of one student of an order class (订单学生状态)."""

    ENROLLED = "enrolled", "在培"
    TRAINED = "trained", "培养合格"
    FAILED = "failed", "培养不合格"
    LEFT = "left", "中途退出"
    HIRED = "hired", "已录用"
    NOT_HIRED = "not_hired", "未录用"


class ApprenticeScheme(models.TextChoices):
    """The two forms of apprenticeship (学徒制形式). Students in one, employees in the other."""

    MODERN = "modern", "现代学徒制"
    ENTERPRISE = "enterprise", "企业新型学徒制"


class ApprenticeLevel(models.TextChoices):
    """The level that an apprenticeship aims at (培养目标等级)."""

    MIDDLE = "中级工", "中级工"
    SENIOR = "高级工", "高级工"
    TECHNICIAN = "技师", "技师"


class ApprenticeshipState(models.TextChoices):
    """Where an apprenticeship programme stands (学徒培养项目状态)."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待备案"
    RETURNED = "returned", "退回修改"
    FILED = "filed", "已备案"
    RUNNING = "running", "培养中"
    COMPLETED = "completed", "已完成"
    STOPPED = "stopped", "已终止"


class ApprenticeState(models.TextChoices):
    """Where one apprentice stands (学徒状态)."""

    ENROLLED = "enrolled", "已入册"
    TRAINING = "training", "培养中"
    QUALIFIED = "qualified", "考核合格"
    UNQUALIFIED = "unqualified", "考核不合格"
    LEFT = "left", "中途离开"


APPRENTICES_HELD = frozenset({ApprenticeState.ENROLLED, ApprenticeState.TRAINING})
"""States in which a person is an apprentice; a second apprenticeship may not overlap."""

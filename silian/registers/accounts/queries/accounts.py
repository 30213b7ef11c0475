"""Reads of accounts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from silian.registers.accounts.choices import DemoSeat
from silian.registers.accounts.models import Notification, User

SHOWN_FAILURES = 20


def sessions_of(*, user_id: int) -> list[UserSession]:
    """The sign-ins of one person that still hold, newest first (登录设备)."""
    return list(UserSession.objects.filter(user_id=user_id).order_by("-last_seen_at"))


def accounts_for_list(rows: QuerySet[User]) -> QuerySet[User]:
    """Accounts with what a list of them shows, in one query."""
    return rows.annotate(
        session_count=Count("usersession", distinct=True),
        has_second_factor=Exists(Authenticator.objects.filter(user_id=OuterRef("pk"))),
    )


def matching(rows: QuerySet[User], *, text: str) -> QuerySet[User]:
    """Accounts by name, login name or e-mail."""
    if not text:
        return rows
    return rows.filter(
        Q(name__icontains=text) | Q(username__icontains=text) | Q(email__icontains=text)
    )


def failed_logins(*, username: str) -> list[AccessFailureLog]:
    """The last tries that failed for a login name (登录失败记录)."""
    rows = AccessFailureLog.objects.filter(username=username).order_by("-attempt_time")
    return list(rows[:SHOWN_FAILURES])


def tries_counted(*, username: str) -> int:
    """How many failed tries count toward a lockout now."""
    rows = AccessAttempt.objects.filter(username=username)
    return max((row.failures_since_start for row in rows), default=0)


def unread_count(*, user_id: int) -> int:
    """How many notifications wait to be read."""
    return Notification.objects.unread().filter(user_id=user_id).count()


@dataclass(frozen=True, kw_only=True)
class DemoCard:
    """One identity to try out: who it is and what to try first (演示身份)."""

    seat: DemoSeat
    user: User | None
    says: str
    tries: tuple[str, ...]


DEMO_TEXTS: dict[DemoSeat, tuple[str, tuple[str, ...]]] = {
    DemoSeat.COORDINATOR: (
        "录入政策、分派任务、看哪里滞后、发布名单",
        ("核对一份政策文件", "下达任务、看逾期", "核验一家新注册的单位"),
    ),
    DemoSeat.DEPARTMENT: (
        "看本部门的任务，报进展",
        ("报送一项任务进展", "回复会议通知", "核验属地单位"),
    ),
    DemoSeat.TREASURY: (
        "管资金台账、付款、对账和结账",
        ("批准一个付款批次", "核对一份银行回单", "看预算执行率"),
    ),
    DemoSeat.LABOUR: (
        "审补贴申领、核职工教育经费、管学徒和见习",
        ("办理一件补贴申领", "核对一份经费报告", "看补贴发放情况"),
    ),
    DemoSeat.EDUCATION: (
        "管实习备案、专业设置、教师实践和抵免认定",
        ("查看属地学校", "核对一批实习计划", "报送一项任务进展"),
    ),
    DemoSeat.TAX: (
        "会签抵免材料，核对优惠口径",
        ("看企业的抵免材料", "核对一条税费规则", "会签一件申领"),
    ),
    DemoSeat.UNION: (
        "会签涉及职工的事项，看职工培训经费",
        ("会签一件申领", "看职工教育经费报告", "报送一项任务进展"),
    ),
    DemoSeat.SUPERVISOR: (
        "督查任务、提出整改、复核数值",
        ("对逾期任务发督办", "验收一项整改", "对一个数值提出异议"),
    ),
    DemoSeat.LEADER: (
        "一页看清全市推进情况",
        ("打开总览", "点一个数字看来源", "看工作简报"),
    ),
    DemoSeat.ENTERPRISE: (
        "发布需求，找学生、课程、设备和专家",
        ("发布一个实习岗位", "回复一条洽谈", "批量导入岗位"),
    ),
    DemoSeat.SCHOOL: (
        "为学生找岗位，为教师找实践，提供课程和设备",
        ("在供需大厅找实习岗位", "应答一条需求", "发布实训场地"),
    ),
    DemoSeat.TEACHER: ("实践记录、带学生", ("看我的消息", "找企业实践岗位")),
    DemoSeat.STUDENT: (
        "看岗位、看协议、管理自己的信息",
        ("找一个实习岗位", "查看谁看过我的信息", "导出个人信息"),
    ),
    DemoSeat.MENTOR: (
        "带实习学生和学徒，确认周记，参加考核",
        ("看我带的实习学生", "确认一篇周记", "给学生打分"),
    ),
    DemoSeat.EXPERT: ("受邀评审，先声明利益关系", ("看分给我的事项", "看通知设置")),
    DemoSeat.ASSOCIATION: (
        "预测、标准、会员和活动",
        ("看名录中的会员单位", "筹备一场对接活动"),
    ),
    DemoSeat.FINANCE: (
        "提供产品，只看获得同意的信息",
        ("发布一项金融产品", "回应一条融资需求"),
    ),
    DemoSeat.SYSTEM: ("管目录、工作日和平台设置", ("提出授予一个政务角色", "看后台任务")),
    DemoSeat.SECURITY: ("管账号和授权复核", ("复核一件角色变更", "锁定并解锁一个账号")),
    DemoSeat.AUDIT: ("只读，查审计记录", ("核验审计链", "导出审计记录")),
}
DEMO_PREFIX = "demo-"


def demo_cards() -> list[DemoCard]:
    """The identities of the demonstration, with their accounts when the data are loaded."""
    users = {user.username: user for user in User.objects.filter(username__startswith=DEMO_PREFIX)}
    return [
        DemoCard(
            seat=seat,
            user=users.get(DEMO_PREFIX + seat.value),
            says=DEMO_TEXTS[seat][0],
            tries=DEMO_TEXTS[seat][1],
        )
        for seat in DemoSeat
    ]


@dataclass(frozen=True, kw_only=True)
class SettingLine:
    """One thing this site is set up to do (平台设置)."""

    name: str
    value: str
    source: str


def site_settings() -> list[SettingLine]:
    """How the site is set up, without any secret; changed in its environment only."""
    cool_off = datetime.timedelta(hours=settings.AXES_COOLOFF_TIME)
    rows = [
        ("运行方式", "演示" if settings.DEMO_MODE else "正式", "SILIAN_DEMO"),
        ("站点行政区", settings.SITE_JURISDICTION, "SILIAN_JURISDICTION"),
        ("站点地址", settings.SITE_URL, "SILIAN_SITE_URL"),
        ("发件地址", settings.DEFAULT_FROM_EMAIL, "SILIAN_EMAIL_FROM"),
        ("统一身份认证", "已接入" if has_single_sign_on() else "未接入", "SILIAN_OIDC_SERVER_URL"),
        ("连续输错密码", f"{settings.AXES_FAILURE_LIMIT} 次后锁定", "平台规则"),
        ("锁定时长", f"{int(cool_off.total_seconds() // 60)} 分钟", "平台规则"),
        (
            "单个文件上限",
            f"{settings.UPLOAD_LIMIT_BYTES // 1024 // 1024} MB",
            "SILIAN_UPLOAD_MEGABYTES",
        ),
    ]
    return [SettingLine(name=name, value=value, source=source) for name, value, source in rows]


def has_single_sign_on() -> bool:
    """Whether sign-in through the government's identity service is set up (OIDC)."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])

"""People: the three administrators are three persons with second factors; no demo accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.utils import timezone

from config.examination import Finding
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import ADMINISTRATOR_ROLES, Role
from silian.registers.organisations.models import Membership


def examine() -> Iterator[Finding]:
    held = administrators()
    yield separation(held)
    yield staffing(held)
    yield second_factors(held)
    yield demonstration_accounts()


def administrators() -> dict[int, set[str]]:
    """The administrator roles in force, by person."""
    held: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.in_force(on=timezone.localdate()).filter(role__in=ADMINISTRATOR_ROLES)
    for user_id, role in rows.values_list("user_id", "role"):
        held[user_id].add(role)
    return held


def separation(held: dict[int, set[str]]) -> Finding:
    """Basis: GB/T 22239-2019 8.1.4 访问控制: one person must not hold two of the three."""
    double = [user_id for user_id, roles in held.items() if len(roles) > 1]
    return Finding(
        title="三员分立",
        ok=not double,
        detail="没有人兼任" if not double else f"{len(double)} 人兼任两种以上管理员",
        cure="把系统管理员、安全管理员、审计管理员分给不同的人。",
    )


def staffing(held: dict[int, set[str]]) -> Finding:
    present = set().union(*held.values()) if held else set()
    missing = [Role(role).label for role in sorted(ADMINISTRATOR_ROLES - present)]
    return Finding(
        title="三员配齐",
        ok=not missing,
        detail="三种管理员都有人担任" if not missing else "还没有" + "、".join(missing),
        cure="由单位管理员为相应人员授予角色。",
    )


def second_factors(held: dict[int, set[str]]) -> Finding:
    with_factor = set(
        Authenticator.objects.filter(user_id__in=held, type=Authenticator.Type.TOTP).values_list(
            "user_id", flat=True
        )
    )
    without = len(held) - len(with_factor)
    return Finding(
        title="管理员两步验证",
        ok=not without,
        detail="全部启用" if not without else f"{without} 名管理员没有启用",
        cure="请管理员登录后按提示绑定验证器。",
    )


def demonstration_accounts() -> Finding:
    count = User.objects.filter(is_demo=True, is_active=True).count()
    return Finding(
        title="演示账号",
        ok=not count,
        detail=f"{count} 个" if count else "没有",
        cure="正式库不要载入演示城市；已载入的请换用空数据库。",
    )

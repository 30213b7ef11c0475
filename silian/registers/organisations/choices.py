"""Labels of the organisation register."""

from __future__ import annotations

from django.db import models


class OrganisationKind(models.TextChoices):
    GOVERNMENT = "government", "政府部门"
    SCHOOL = "school", "院校"
    ENTERPRISE = "enterprise", "企业"
    INSTITUTE = "institute", "科研院所"
    ASSOCIATION = "association", "行业组织"
    ALLIANCE = "alliance", "集团联盟"
    SERVICE = "service", "产教融合服务组织"
    EVALUATOR = "evaluator", "第三方评价机构"
    FINANCE = "finance", "金融机构"


class OrganisationState(models.TextChoices):
    REGISTERED = "registered", "待提交材料"
    SUBMITTED = "submitted", "待核验"
    REJECTED = "rejected", "未通过核验"
    VERIFIED = "verified", "已核验"
    SUSPENDED = "suspended", "已暂停"
    CLOSED = "closed", "已注销"
    MERGED = "merged", "已并入其他单位"


class OrganisationSize(models.TextChoices):
    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class Role(models.TextChoices):
    """What a member may do in an organisation (角色)."""

    MANAGER = "manager", "单位管理员"
    AGENT = "agent", "经办人"
    READER = "reader", "只读成员"
    COORDINATOR = "coordinator", "牵头部门统筹"
    REVIEWER = "reviewer", "审核员"
    TEACHER = "teacher", "教师"
    STUDENT = "student", "学生"
    EXPERT = "expert", "专家"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATOR_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
OFFICIAL_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER}) | ADMINISTRATOR_ROLES
WRITING_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.COORDINATOR})

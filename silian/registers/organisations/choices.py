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


KINDS_WITHOUT_CODE = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.ALLIANCE})


class OrganisationState(models.TextChoices):
    REGISTERED = "registered", "待提交材料"
    SUBMITTED = "submitted", "待核验"
    REJECTED = "rejected", "未通过核验"
    VERIFIED = "verified", "已核验"
    SUSPENDED = "suspended", "已暂停"
    CLOSED = "closed", "已注销"
    MERGED = "merged", "已并入其他单位"


CHOSEN_ORGANISATION = "organisation_id"  # the session's key for whom one acts
ENDED_STATES = frozenset({OrganisationState.CLOSED, OrganisationState.MERGED})


class OrganisationSize(models.TextChoices):
    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class DocumentKind(models.TextChoices):
    """What a document proves (材料类别)."""

    LICENCE = "licence", "营业执照或法人证书"
    MANDATE = "mandate", "单位管理员授权书"
    QUALIFICATION = "qualification", "资质证明"
    RENAME = "rename", "更名证明"
    OTHER = "other", "其他材料"


REQUIRED_DOCUMENTS = (DocumentKind.LICENCE, DocumentKind.MANDATE)


class RenamingState(models.TextChoices):
    PENDING = "pending", "待核验"
    CONFIRMED = "confirmed", "已更名"
    REFUSED = "refused", "未通过"


class ServiceMode(models.TextChoices):
    """How a service organisation came about (培育方式). Basis: 购买服务、合作设立."""

    PURCHASED = "purchased", "购买服务"
    JOINT = "joint", "合作设立"


class Role(models.TextChoices):
    """What a member may do in an organisation (角色)."""

    MANAGER = "manager", "单位管理员"
    AGENT = "agent", "经办人"
    READER = "reader", "只读成员"
    COORDINATOR = "coordinator", "牵头部门统筹"
    REVIEWER = "reviewer", "审核员"
    SUPERVISOR = "supervisor", "督查人员"
    LEADER = "leader", "分管领导"
    TEACHER = "teacher", "教师"
    STUDENT = "student", "学生"
    MENTOR = "mentor", "企业导师"
    EXPERT = "expert", "专家"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATOR_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
JURISDICTION_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER, Role.SUPERVISOR, Role.LEADER})
OFFICIAL_ROLES = JURISDICTION_ROLES | ADMINISTRATOR_ROLES
WRITING_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.COORDINATOR})
DELEGABLE_ROLES = JURISDICTION_ROLES | {Role.MANAGER, Role.AGENT}


class ProposalKind(models.TextChoices):
    GRANT = "grant", "授予"
    END = "end", "收回"


class ProposalState(models.TextChoices):
    PENDING = "pending", "待复核"
    CONFIRMED = "confirmed", "已生效"
    REFUSED = "refused", "未同意"


class TokenScope(models.TextChoices):
    """What a token may be used for (接口权限)."""

    LISTINGS_READ = "listings:read", "读取供需信息"
    LISTINGS_WRITE = "listings:write", "发布和修改本单位供需信息"
    NEGOTIATIONS_READ = "negotiations:read", "读取本单位洽谈进展"
    ORGANISATIONS_READ = "organisations:read", "读取单位名录"
    EVENTS_READ = "events:read", "读取对接活动"
    DATA_READ = "data:read", "读取获准共享的数据集"
    DATA_WRITE = "data:write", "更新本单位的数据集"

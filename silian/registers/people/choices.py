"""Labels of the register of people."""

from __future__ import annotations

from django.db import models


class AffiliationKind(models.TextChoices):
    """What a person is to an organisation (人员身份)."""

    STUDENT = "student", "学生"
    TEACHER = "teacher", "教师"
    EMPLOYEE = "employee", "职工"
    APPRENTICE = "apprentice", "学徒"
    MENTOR = "mentor", "企业导师"


class ConsentPurpose(models.TextChoices):
    """What personal data may be used for, each consented to by itself (同意事项)."""

    PROFILE = "profile", "建立个人档案"
    MATCHING = "matching", "用于供需推荐"
    SHARE_RESUME = "share_resume", "向用人单位提供简历"
    PLACEMENT = "placement", "办理实习与学徒手续"
    SUBSIDY = "subsidy", "申领补贴核验"
    CONTACT = "contact", "短信与邮件通知"


class Sex(models.TextChoices):
    """The sex that the identity number tells (性别). Basis: GB 11643."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class RequestKind(models.TextChoices):
    """Rights of the person over their data (个人信息权利)."""

    CORRECTION = "correction", "更正"
    DELETION = "deletion", "删除"


class RequestState(models.TextChoices):
    OPEN = "open", "待办理"
    DONE = "done", "已办结"
    REFUSED = "refused", "不予办理"


NOTICE_VERSION = "2026-01"
"""Edition of the privacy notice that consents refer to (告知书版本)."""

CONSENT_NOTICES: dict[str, tuple[str, tuple[str, ...]]] = {
    ConsentPurpose.PROFILE: (
        "在平台上保存您的基本信息，供您所在单位办理与您有关的事项。",
        ("姓名", "联系方式", "所在单位"),
    ),
    ConsentPurpose.MATCHING: (
        "按您的专业和意愿推荐岗位与课程。关闭后仍可自行查找，不影响其他服务。",
        ("专业", "技能", "求职意愿"),
    ),
    ConsentPurpose.SHARE_RESUME: (
        "把简历提供给您选定的单位，逐家同意，可以随时撤回。",
        ("姓名", "联系方式", "教育经历", "技能证书"),
    ),
    ConsentPurpose.PLACEMENT: (
        "用于签订实习或学徒协议、办理保险和发放报酬。",
        ("姓名", "居民身份证号", "联系方式", "银行账户"),
    ),
    ConsentPurpose.SUBSIDY: (
        "用于核验补贴申领条件，避免重复申领。",
        ("姓名", "居民身份证号", "参保与就业登记"),
    ),
    ConsentPurpose.CONTACT: (
        "向您发送办理进度通知。关闭后仍可在站内查看。",
        ("手机号", "邮箱"),
    ),
}
"""What each purpose means and which kinds of data it uses. Basis: 个人信息保护法第十七条."""

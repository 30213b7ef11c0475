"""Labels of agreements, their versions and signatures."""

from __future__ import annotations

from django.db import models


class AgreementState(models.TextChoices):
    """Where an agreement stands (协议状态)."""

    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待签"
    ACTIVE = "active", "生效"
    SUSPENDED = "suspended", "中止"
    REFUSED = "refused", "被拒签"
    LAPSED = "lapsed", "逾期未签"
    WITHDRAWN = "withdrawn", "已撤回"
    TERMINATED = "terminated", "已解除"
    ENDED = "ended", "到期终止"


IN_FORCE_STATES = frozenset({AgreementState.ACTIVE, AgreementState.SUSPENDED})


class VersionKind(models.TextChoices):
    """What a version does to the agreement (版本类别)."""

    BASE = "base", "原协议"
    AMENDMENT = "amendment", "修订"
    RENEWAL = "renewal", "续签"


class VersionState(models.TextChoices):
    """Where one version stands (版本状态)."""

    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待签"
    SIGNED = "signed", "签字齐全"
    REFUSED = "refused", "被拒签"
    LAPSED = "lapsed", "逾期未签"
    WITHDRAWN = "withdrawn", "已撤回"


class SignatureState(models.TextChoices):
    """Where one party's signature on one version stands (签字状态)."""

    WAITING = "waiting", "待签"
    SIGNED = "signed", "已签"
    REFUSED = "refused", "拒签"
    DROPPED = "dropped", "因条款变更作废"


class SigningMethod(models.TextChoices):
    """How somebody signed (签署方式)."""

    ACCOUNT = "account", "账号内签署"
    LINK = "link", "一次性链接签署"
    PAPER = "paper", "线下签署"


class LifeEventKind(models.TextChoices):
    """What happened to an agreement in force (履行变更)."""

    SUSPENDED = "suspended", "中止"
    RESUMED = "resumed", "恢复"
    TERMINATED = "terminated", "解除"
    RENEWED = "renewed", "续签"
    ENDED = "ended", "到期终止"


class Better(models.TextChoices):
    """Which way a changed term is better for the weaker side (变好的方向)."""

    NONE = "", "不分好坏"
    HIGHER = "higher", "越高越好"
    LOWER = "lower", "越低越好"


class Standing(models.TextChoices):
    """How an agreement stands on one day (当日效力)."""

    NOT_YET = "not_yet", "尚未生效"
    IN_FORCE = "in_force", "生效中"
    SUSPENDED = "suspended", "中止期间"
    OVER = "over", "已终止"


class KindVersionState(models.TextChoices):
    """Where one version of a configured kind stands (协议类别版本状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    REPLACED = "replaced", "已被新版替代"


class CooperationForm(models.TextChoices):
    """The forms of cooperation of school and enterprise (校企合作形式). Basis: S18."""

    SCHOOL_BEFORE_FACTORY = "school_before_factory", "前校后厂"
    SCHOOL_IN_FACTORY = "school_in_factory", "厂中校"
    FACTORY_IN_SCHOOL = "factory_in_school", "校中厂"
    SHOP_BEFORE_SCHOOL = "shop_before_school", "前店后校"
    ENTERPRISE_RESIDENT = "enterprise_resident", "引企驻校"
    SCHOOL_TO_ENTERPRISE = "school_to_enterprise", "引校进企"
    FACTORY_TO_SCHOOL = "factory_to_school", "引厂进校"
    ENTERPRISE_INTO_SCHOOL = "enterprise_into_school", "引企入校"
    ONE_BODY = "one_body", "校企一体"
    DUAL_SYSTEM = "dual_system", "双元制"
    WORK_STUDY_UNITY = "work_study_unity", "工学一体"
    PAIRED = "paired", "结对发展"
    OTHER = "other", "其他形式"


class CooperationLevel(models.TextChoices):
    """Between whom the cooperation is (合作层次)."""

    SCHOOL = "school", "学校与企业"
    PROGRAMME = "programme", "专业与企业"
    CLASS = "class", "班级与企业"


class Seat(models.TextChoices):
    """What somebody is to an agreement (办理身份)."""

    ORGANISER = "organiser", "发起单位经办"
    DRAFTER = "drafter", "发起单位起草教师"
    PARTY = "party", "其他当事单位经办"
    PERSON = "person", "当事个人"
    GUARDIAN = "guardian", "监护人"
    OFFICIAL = "official", "属地主管部门"
    STRANGER = "stranger", "其他人"
    CLOCK = "clock", "系统时钟"

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
    PAPER = "paper", "纸质签署后登记"


class LifeEventKind(models.TextChoices):
    """What happened to an agreement in force (履行变更)."""

    SUSPENDED = "suspended", "中止"
    RESUMED = "resumed", "恢复"
    TERMINATED = "terminated", "解除"
    RENEWED = "renewed", "续签"
    ENDED = "ended", "到期终止"


class TermType(models.TextChoices):
    """What a term of an agreement holds (条款类型)."""

    TEXT = "text", "短文本"
    LONG_TEXT = "long_text", "长文本"
    DATE = "date", "日期"
    TIME = "time", "时刻"
    MONEY = "money", "金额（元）"
    INTEGER = "integer", "整数"
    DECIMAL = "decimal", "小数"
    CHOICE = "choice", "单选"
    YES_NO = "yes_no", "是或否"
    TEXT_LIST = "text_list", "逐条列出"


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

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

"""Labels of the credit register."""

from __future__ import annotations

from django.db import models


class ItemNature(models.TextChoices):
    """What an item of the catalogue says of its subject (信息性质)."""

    BAD = "bad", "失信信息"
    GOOD = "good", "守信信息"


class Sharing(models.TextChoices):
    """Who may be given an item (共享属性)."""

    PUBLIC = "public", "依法公示"
    SHARED = "shared", "政务共享"
    CONSENT = "consent", "授权查询"


class LegalGround(models.TextChoices):
    """What a bad record may rest on (记录依据).

    Basis: 河南省社会信用条例第二十条, as the template where a region has no rule of its own.
    """

    PENALTY = "penalty", "生效的行政处罚决定"
    RULING = "ruling", "生效的司法裁判"
    FRAUD = "fraud", "骗取许可、奖励或补助的认定"
    ENFORCEMENT = "enforcement", "强制执行"
    STATUTE = "statute", "法律法规规定的其他情形"
    POLICY = "policy", "责令改正后拒不改正"


class CaseState(models.TextChoices):
    """Where a correction case stands (责令改正)."""

    FOUND = "found", "已发现"
    ORDERED = "ordered", "责令改正中"
    REPORTED = "reported", "已报改正，待核"
    CORRECTED = "corrected", "已改正"
    REFUSED = "refused", "拒不改正"
    NOTICED = "noticed", "已告知拟记入"
    RECORDED = "recorded", "已记入"
    DROPPED = "dropped", "已撤销"


OPEN_CASE_STATES = frozenset(
    {
        CaseState.FOUND,
        CaseState.ORDERED,
        CaseState.REPORTED,
        CaseState.REFUSED,
        CaseState.NOTICED,
    }
)
KNOWN_CASE_STATES = frozenset(CaseState) - {CaseState.FOUND}


class RecordState(models.TextChoices):
    """Where a credit record stands (信用记录)."""

    PROPOSED = "proposed", "待复核"
    IN_FORCE = "in_force", "有效"
    RETURNED = "returned", "复核退回"
    REPAIRED = "repaired", "已修复"
    REVOKED = "revoked", "已撤销"
    EXPIRED = "expired", "已届满存档"


class RemedyKind(models.TextChoices):
    """What a subject asks for (救济)."""

    OBJECTION = "objection", "异议"
    REPAIR = "repair", "信用修复"


class RemedyState(models.TextChoices):
    """Where an objection or a repair stands (办理状态)."""

    ASKED = "asked", "办理中"
    GRANTED = "granted", "已采纳"
    DENIED = "denied", "未采纳"


class BatchAction(models.TextChoices):
    """What the public credit platform is to do with a line (归集操作)."""

    ADD = "add", "新增"
    CHANGE = "change", "变更"
    REMOVE = "remove", "撤下"


SHARED_STATES = frozenset(RecordState) - {RecordState.PROPOSED, RecordState.RETURNED}

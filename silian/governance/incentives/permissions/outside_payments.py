"""Who registers and reads subsidies paid outside the platform."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.models import ClaimRisk
from silian.governance.incentives.models.outside_payments import OutsidePayment
from silian.governance.incentives.permissions.claims import claims_visible_to, may_open_claims
from silian.governance.incentives.permissions.offices import answers_for, within

READING = (Function.LABOUR, Function.FINANCE)


def registers_payments(actor: Actor) -> bool:
    """Whether the actor's office answers for labour in its region (登记发放记录)."""
    place = actor.jurisdiction
    return bool(place) and answers_for(actor, Function.LABOUR, division=place)


def reads_payments(actor: Actor) -> bool:
    """Labour and finance, which check claims, and nobody else: these are personal data."""
    place = actor.jurisdiction
    return bool(place) and answers_for(actor, *READING, division=place)


def payments_visible_to(actor: Actor) -> QuerySet[OutsidePayment]:
    """The register of the actor's region."""
    if not reads_payments(actor):
        return OutsidePayment.objects.none()
    return OutsidePayment.objects.filter(within(actor))


def risks_visible_to(actor: Actor) -> QuerySet[ClaimRisk]:
    """Signals in claims that an official reads; never those of one's own unit."""
    if not may_open_claims(actor):
        return ClaimRisk.objects.none()
    return ClaimRisk.objects.filter(claim__in=claims_visible_to(actor).values("pk"))


def require_payment_reader(actor: Actor) -> None:
    if not reads_payments(actor):
        raise NotAllowed("其他渠道补贴发放记录含个人信息，由人力资源社会保障、财政部门查看。")


def require_registering(actor: Actor) -> None:
    if not registers_payments(actor):
        raise NotAllowed(
            "其他渠道补贴发放记录由本地区人力资源社会保障部门登记，请联系牵头部门设定职能单位。"
        )


register_action_labels(
    {
        "incentives.outside_payment.entered": "登记其他渠道补贴发放记录",
        "incentives.outside_payment.imported": "导入其他渠道补贴发放记录",
        "incentives.outside_payment.withdrawn": "撤销其他渠道补贴发放记录",
        "incentives.outside_payment.exported": "导出其他渠道补贴发放记录",
        "incentives.outside_payment.forgotten": "清除到期发放记录的个人信息",
        "incentives.item.left_out": "申领单位剔除重复人员",
        "incentives.item.taken_back": "申领单位放回剔除人员",
    }
)

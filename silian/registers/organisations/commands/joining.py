"""People who find their organisation registered already, and people with several."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.accounts.models import User
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.queries.members import user_ids_with_role


@transaction.atomic
def ask_to_join(
    *, organisation_id: int, note: str, invite_url: str, actor: Actor, today: datetime.date
) -> None:
    """Ask the managers of a registered organisation for an invitation (申请加入)."""
    organisation = Organisation.objects.get(pk=organisation_id)
    user = User.objects.get(pk=signed_in_id(actor))
    if organisation.is_ended:
        raise DomainError(f"“{organisation.name}”{organisation.get_state_display()}，不能加入。")
    if not user.email:
        raise DomainError("请先在“我的账号”填写邮箱，单位管理员据此邀请您。")
    present = Membership.objects.in_force(on=today)
    if present.filter(user=user, organisation=organisation).exists():
        raise DomainError(f"您已是“{organisation.name}”的成员。")
    managers = user_ids_with_role(organisation_id=organisation.pk, roles=(Role.MANAGER,), on=today)
    if not managers:
        raise DomainError("该单位目前没有管理员，请联系属地主管部门。")
    notify(
        user_ids=managers,
        kind=NotificationKind.MEMBER,
        title=f"{user.name} 申请加入 {organisation.display_name}",
        detail=f"邮箱 {user.email}。{note.strip()}",
        url=invite_url,
        organisation_id=organisation.pk,
        key=f"join-{organisation.pk}-{user.pk}-{today:%Y%m%d}",
    )
    record(actor, "organisations.join.asked", organisation)


def switch_organisation(
    *, organisation_id: int, actor: Actor, today: datetime.date
) -> Organisation:
    """Act for another of one's organisations from now on (切换单位)."""
    present = Membership.objects.in_force(on=today).select_related("organisation")
    row = present.filter(user_id=signed_in_id(actor), organisation_id=organisation_id).first()
    if row is None:
        raise NotAllowed("您不是该单位的在任成员，不能以它的身份办理。")
    record(actor, "organisations.identity.switched", row.organisation)
    return row.organisation

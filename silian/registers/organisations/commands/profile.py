"""What an organisation says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.search import feed
from silian.registers.organisations import rules
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, ServiceMode
from silian.registers.organisations.commands.registration import (
    locked,
    refuse_bad_code,
    refuse_duplicate,
)
from silian.registers.organisations.models.organisation import Organisation, ServiceProfile
from silian.registers.organisations.permissions import require_manager
from silian.registers.organisations.queries.search_documents import SUBJECT

PROFILE_FIELDS = frozenset(
    {
        "short_name",
        "industry_id",
        "size",
        "above_scale",
        "industry_chain",
        "address",
        "introduction",
        "website",
        "contact_name",
        "contact_phone",
    }
)
IDENTITY_FIELDS = frozenset({"name", "uscc", "kind", "division_id"})
UNVERIFIED = frozenset({OrganisationState.REGISTERED, OrganisationState.REJECTED})
MOST_SERVICES = 12


@transaction.atomic
def change_profile(
    *, organisation_id: int, changes: Mapping[str, Any], actor: Actor
) -> Organisation:
    """Change the organisation's card; what was before stays in the history (修改单位资料).

    Name, code, kind and division are what was verified: they change only before verification.
    """
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    refuse_frozen(organisation=organisation, fields=set(changes))
    changed = {
        field: value for field, value in changes.items() if getattr(organisation, field) != value
    }
    if not changed:
        return organisation
    refuse_bad_identity(organisation=organisation, changed=changed)
    history = {
        field: [str(getattr(organisation, field) or ""), str(value or "")]
        for field, value in changed.items()
    }
    for field, value in changed.items():
        setattr(organisation, field, value)
    write(organisation=organisation, changed=changed)
    feed.changed(SUBJECT, [organisation.pk])
    record(actor, "organisations.organisation.changed", organisation, detail={"changes": history})
    return organisation


def write(*, organisation: Organisation, changed: Mapping[str, Any]) -> None:
    fields = {field.removesuffix("_id") for field in changed}
    if "name" in changed:
        organisation.name_pinyin = rules.pinyin_of(organisation.name)
        organisation.name_core = rules.name_core(organisation.name)
        fields |= {"name_pinyin", "name_core"}
        organisation.names.filter(ends_on__isnull=True).update(name=organisation.name)
    organisation.save(update_fields=[*sorted(fields), "updated_at"])


def refuse_frozen(*, organisation: Organisation, fields: set[str]) -> None:
    unknown = fields - PROFILE_FIELDS - IDENTITY_FIELDS
    if unknown:
        raise ValueError(f"not part of the profile: {sorted(unknown)}")
    if organisation.is_ended:
        raise DomainError(f"单位{organisation.get_state_display()}，资料不能再改。")
    frozen = fields & IDENTITY_FIELDS
    if frozen and organisation.state not in UNVERIFIED:
        raise DomainError(
            "名称、代码、类别和所在区划已提交核验，不能直接修改。更名请用“申请更名”，"
            "其他变更请联系属地主管部门。"
        )


def refuse_bad_identity(*, organisation: Organisation, changed: Mapping[str, Any]) -> None:
    kind = changed.get("kind", organisation.kind)
    uscc = changed.get("uscc", organisation.uscc)
    if "uscc" in changed or "kind" in changed:
        refuse_bad_code(kind=kind, uscc=uscc)
    if "uscc" in changed:
        refuse_duplicate(uscc=uscc)


@transaction.atomic
def change_service_profile(
    *,
    organisation_id: int,
    mode: str,
    services: Sequence[str],
    qualification: str,
    price: str,
    clients: str,
    actor: Actor,
) -> ServiceProfile:
    """Say what a service organisation offers, at what price, for whom (服务组织名片)."""
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    if organisation.kind != OrganisationKind.SERVICE:
        raise DomainError("只有产教融合服务组织需要填写服务名片。")
    items = [item.strip() for item in services if item.strip()]
    if not 1 <= len(items) <= MOST_SERVICES:
        raise DomainError(f"请填写 1 至 {MOST_SERVICES} 个服务项目，每行一个。", field="services")
    profile, _ = ServiceProfile.objects.update_or_create(
        organisation=organisation,
        defaults={
            "mode": ServiceMode(mode),
            "services": items,
            "qualification": qualification.strip(),
            "price": price.strip(),
            "clients": clients.strip(),
        },
    )
    feed.changed(SUBJECT, [organisation.pk])
    record(actor, "organisations.service_profile.changed", organisation)
    return profile

"""Configure, publish, close and open kinds of agreement."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from silian.casework.agreements.choices import KindVersionState
from silian.casework.agreements.models import ConfiguredKind, KindVersion
from silian.casework.agreements.permissions.kinds import require_configurer
from silian.casework.agreements.rules.kind_definitions import faults_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState


@transaction.atomic
def save_kind(
    *,
    actor: Actor,
    label: str,
    purpose: str,
    definition: Mapping[str, Any],
    kind_id: int | None = None,
) -> ConfiguredKind:
    """Keep the draft of a new kind or of the next version of one (保存类别草稿).

    What is published stays; agreements already drafted keep the version they have.
    """
    require_configurer(actor)
    if kind_id is None:
        kind = new_kind(actor=actor, label=label, purpose=purpose)
    else:
        kind = locked_kind(kind_id, actor=actor)
        check_name_free(label, division=kind.division_id, besides=kind.pk)
        kind.label, kind.purpose = label.strip(), purpose.strip()
        kind.save(update_fields=["label", "purpose"])
    draft = kind.versions.filter(state=KindVersionState.DRAFT).first()
    if draft is None:
        highest = kind.versions.aggregate(highest=Max("number"))["highest"] or 0
        draft = KindVersion(kind=kind, number=highest + 1, made_by_id=actor.user_id)
    draft.definition = dict(definition)
    draft.save()
    record(actor, "agreements.kind.saved", kind)
    return kind


def new_kind(*, actor: Actor, label: str, purpose: str) -> ConfiguredKind:
    check_name_free(label, division=actor.jurisdiction)
    if actor.organisation_id is None:
        raise DomainError("请以牵头部门的身份制定协议类别。")
    return ConfiguredKind.objects.create(
        label=label.strip(),
        purpose=purpose.strip(),
        division_id=actor.jurisdiction,
        owner_id=actor.organisation_id,
    )


def check_name_free(label: str, *, division: str, besides: int | None = None) -> None:
    others = ConfiguredKind.objects.filter(division_id=division, label=label.strip())
    if others.exclude(pk=besides or 0).exists():
        raise DomainError(
            "本地区已有同名的协议类别。请换一个名称，或修改原来的类别。", field="label"
        )


def locked_kind(kind_id: int, *, actor: Actor) -> ConfiguredKind:
    kind = ConfiguredKind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    require_configurer(actor, kind)
    return kind


@transaction.atomic
def publish_kind(*, kind_id: int, actor: Actor, now: datetime.datetime) -> KindVersion:
    """Publish the draft; new agreements take it from now on (发布类别)."""
    kind = locked_kind(kind_id, actor=actor)
    draft = kind.versions.filter(state=KindVersionState.DRAFT).first()
    if draft is None:
        raise WrongState("没有待发布的草稿。请先修改并保存。")
    if faults := faults_of(draft.definition):
        raise DomainError("还不能发布：" + "".join(faults))
    kind.versions.filter(state=KindVersionState.PUBLISHED).update(state=KindVersionState.REPLACED)
    draft.state, draft.published_at = KindVersionState.PUBLISHED, now
    draft.save(update_fields=["state", "published_at"])
    record(actor, "agreements.kind.published", kind, detail={"version": draft.number})
    return draft


@transaction.atomic
def open_or_close_kind(*, kind_id: int, actor: Actor, is_open: bool) -> ConfiguredKind:
    """Offer a kind for new agreements, or no longer (启用、停用)."""
    kind = locked_kind(kind_id, actor=actor)
    kind.is_open = is_open
    kind.save(update_fields=["is_open"])
    record(actor, "agreements.kind.opened" if is_open else "agreements.kind.closed", kind)
    return kind

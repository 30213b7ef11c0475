"""Write the guide of a matter, publish it, and take it back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.files import files_of, store_upload
from silian.governance.accreditation.choices.guide import MatterState, VersionState
from silian.governance.accreditation.models.guide import GuideMatter, MatterStep, MatterVersion
from silian.governance.accreditation.permissions.guide import (
    matters_kept_by,
    require_authority,
    require_keeper,
)
from silian.governance.accreditation.workflow.guide import matter as matter_life
from silian.governance.accreditation.workflow.guide import matter_version as version_life
from silian.registers.organisations.models import Organisation

MOST_FORMS = 10


@dataclass(frozen=True, kw_only=True)
class GuideText:
    """What a guide says (办事指南内容)."""

    applicants: str
    conditions: str
    documents: str
    legal_basis: str
    fee: Decimal = Decimal(0)
    fee_basis: str = ""
    change: str = ""


@dataclass(frozen=True, kw_only=True)
class GuideStep:
    """One step with its limit (办理环节)."""

    title: str
    working_days: int
    basis: str = ""


@transaction.atomic
def draft_matter(
    *, title: str, text: GuideText, steps: Sequence[GuideStep], actor: Actor
) -> GuideMatter:
    """Begin the guide of a matter of one's own department (拟定事项)."""
    require_authority(actor)
    authority = Organisation.objects.get(pk=actor.organisation_id or 0)
    if GuideMatter.objects.filter(authority=authority, title=title.strip()).exists():
        raise DomainError("本机关已有同名事项，请在原事项里修改指南。", field="title")
    matter = GuideMatter.objects.create(
        authority=authority, division_id=authority.division_id, title=title.strip()
    )
    version = MatterVersion.objects.create(matter=matter, number=1, **asdict(text))
    write_steps(version, steps=steps)
    record(actor, "accreditation.matter.drafted", matter)
    return matter


def write_steps(version: MatterVersion, *, steps: Sequence[GuideStep]) -> None:
    version.steps.all().delete()
    MatterStep.objects.bulk_create(
        [
            MatterStep(version=version, order=place, **asdict(step))
            for place, step in enumerate(steps, start=1)
        ]
    )


def locked_matter(*, matter_id: int, actor: Actor) -> GuideMatter:
    matter = matters_kept_by(actor).select_for_update(of=("self",)).get(pk=matter_id)
    require_keeper(actor, matter)
    return matter


@transaction.atomic
def change_guide(
    *, matter_id: int, text: GuideText, steps: Sequence[GuideStep], actor: Actor
) -> MatterVersion:
    """Write the draft of the next version; what is published stays as it is (修改指南)."""
    matter = locked_matter(matter_id=matter_id, actor=actor)
    version = matter.versions.filter(state=VersionState.DRAFT).first()
    if version is None:
        last = matter.versions.aggregate(last=Max("number"))["last"] or 0
        version = MatterVersion(matter=matter, number=last + 1)
    for name, value in asdict(text).items():
        setattr(version, name, value)
    version.save()
    write_steps(version, steps=steps)
    record(actor, "accreditation.version.changed", version)
    return version


@transaction.atomic
def add_form(*, matter_id: int, upload: UploadedFile[bytes], actor: Actor) -> MatterVersion:
    """Keep a form for download with the draft (上传表格)."""
    matter = locked_matter(matter_id=matter_id, actor=actor)
    version = matter.versions.filter(state=VersionState.DRAFT).first()
    if version is None:
        raise DomainError("公布的版本不能再改。请先修改指南，生成新版本。")
    if files_of(version).count() >= MOST_FORMS:
        raise DomainError(f"一个版本最多 {MOST_FORMS} 个表格，请合并后上传。", field="file")
    store_upload(upload=upload, subject=version, actor=actor)
    record(actor, "accreditation.version.form_added", version)
    return version


@transaction.atomic
def publish_guide(*, matter_id: int, actor: Actor, now: datetime.datetime) -> MatterVersion:
    """Publish the draft; the former version is replaced and stays readable (公布指南)."""
    matter = locked_matter(matter_id=matter_id, actor=actor)
    version = matter.versions.filter(state=VersionState.DRAFT).first()
    if version is None:
        raise DomainError("没有待公布的版本。请先修改指南。")
    state = version_life.target(
        "publish",
        state=VersionState(version.state),
        conditions=version.conditions,
        documents=version.documents,
        legal_basis=version.legal_basis,
        steps=version.steps.count(),
    )
    for former in matter.versions.filter(state=VersionState.PUBLISHED):
        former.state = version_life.target("replace", state=VersionState(former.state))
        former.save(update_fields=["state"])
    version.state, version.published_at = state, now
    version.published_by_id = actor.user_id
    version.save(update_fields=["state", "published_at", "published_by"])
    matter.state = matter_life.target("publish", state=MatterState(matter.state))
    matter.withdraw_reason = ""
    matter.save(update_fields=["state", "withdraw_reason"])
    record(actor, "accreditation.matter.published", version)
    return version


@transaction.atomic
def withdraw_matter(*, matter_id: int, reason: str, actor: Actor) -> GuideMatter:
    """Take no more applications; open cases are decided as before (停办)."""
    matter = locked_matter(matter_id=matter_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明停办理由和依据。", field="reason")
    matter.state = matter_life.target("withdraw", state=MatterState(matter.state))
    matter.withdraw_reason = reason.strip()[:300]
    matter.save(update_fields=["state", "withdraw_reason"])
    record(actor, "accreditation.matter.withdrawn", matter, reason=matter.withdraw_reason)
    return matter

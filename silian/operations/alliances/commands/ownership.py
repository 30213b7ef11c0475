"""Draft a case of a school run with an enterprise, with its parties and assets, and apply."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import files_of, store_upload
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.alliances.choices.ownership import VALUED_KINDS, CaseMode, CaseState
from silian.operations.alliances.events.ownership import OwnershipCaseMoved
from silian.operations.alliances.models.ownership import CaseAsset, CaseParty, OwnershipCase
from silian.operations.alliances.permissions.ownership import (
    cases_visible_to,
    require_applicant,
    require_editor,
)
from silian.operations.alliances.queries.partners import partner_named
from silian.operations.alliances.rules.ownership import WHOLE, share_total
from silian.operations.alliances.workflow.ownership import ownership as steps
from silian.registers.organisations.models import Organisation

WORKING_DAYS_TO_REVIEW = 20  # the platform's promise; approval itself follows other laws


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What is typed about a case (案例情况)."""

    title: str
    mode: str
    object: str
    school_name: str
    legal_person: str
    funding_kept: bool
    funding_channel: str
    rights: str
    duties: str


@dataclass(frozen=True, kw_only=True)
class AssetFacts:
    """What a party brings in (投入情况)."""

    party_id: int
    kind: str
    description: str
    amount: Decimal
    valuer: str
    valuation_number: str
    valued_on: datetime.date | None


@transaction.atomic
def draft_case(*, facts: CaseFacts, actor: Actor) -> OwnershipCase:
    """Begin a case for one's own unit (起草办学案例)."""
    require_applicant(actor)
    unit = Organisation.objects.get(pk=actor.organisation_id or 0)
    case = OwnershipCase.objects.create(
        applicant=unit, division_id=unit.division_id, **asdict(facts)
    )
    record(actor, "alliances.case.drafted", case)
    return case


def locked_case(*, case_id: int, actor: Actor) -> OwnershipCase:
    rows = cases_visible_to(actor).select_related("applicant")
    return rows.select_for_update(of=("self",)).get(pk=case_id)


def editable_case(*, case_id: int, actor: Actor) -> OwnershipCase:
    case = locked_case(case_id=case_id, actor=actor)
    require_editor(actor, case)
    return case


@transaction.atomic
def change_case(*, case_id: int, facts: CaseFacts, actor: Actor) -> OwnershipCase:
    """Change a case that has not been handed in (修改办学案例)."""
    case = editable_case(case_id=case_id, actor=actor)
    values = asdict(facts)
    for name, value in values.items():
        setattr(case, name, value)
    case.save(update_fields=list(values))
    record(actor, "alliances.case.changed", case)
    return case


@transaction.atomic
def add_party(
    *,
    case_id: int,
    name: str,
    kind: str,
    share: Decimal | None,
    actor: Actor,
    unit_id: int | None = None,
) -> CaseParty:
    """Add who takes part, with the share held; linked when in the directory (登记参与方)."""
    case = editable_case(case_id=case_id, actor=actor)
    partner = partner_named(name=name, unit_id=unit_id)
    if not partner.name:
        raise DomainError("请从名录中选择参与方；名录里没有的写名称。", field="unit")
    if case.parties.filter(name=partner.name).exists():
        raise DomainError(f"“{partner.name}”已登记，请先删除再重新登记。", field="name")
    held = share_total([*case.parties.values_list("share", flat=True), share])
    if held > WHOLE:
        raise DomainError(
            f"加上这一方，股比合计 {held.normalize():f}%，超过 100%，请核对。", field="share"
        )
    party = CaseParty.objects.create(
        case=case, name=partner.name, unit_id=partner.unit_id, kind=kind, share=share
    )
    record(actor, "alliances.case.party_added", case, detail={"party": party.name})
    return party


@transaction.atomic
def remove_party(*, case_id: int, party_id: int, actor: Actor) -> None:
    """Take a party without assets out of a draft (删除参与方)."""
    case = editable_case(case_id=case_id, actor=actor)
    party = case.parties.get(pk=party_id)
    if party.assets.exists():
        raise DomainError("这一方已登记投入资产，请先删除资产。")
    record(actor, "alliances.case.party_removed", case, detail={"party": party.name})
    party.delete()


@transaction.atomic
def add_asset(
    *,
    case_id: int,
    facts: AssetFacts,
    report: UploadedFile[bytes] | None,
    actor: Actor,
) -> CaseAsset:
    """Add what a party brings in, with its valuation report (登记投入资产)."""
    case = editable_case(case_id=case_id, actor=actor)
    if not case.parties.filter(pk=facts.party_id).exists():
        raise DomainError("请先登记参与方，再登记它的投入。", field="party")
    asset = CaseAsset.objects.create(case=case, **asdict(facts))
    if report is not None:
        store_upload(upload=report, subject=asset, actor=actor)
    record(actor, "alliances.case.asset_added", case, detail={"asset": str(asset)})
    return asset


@transaction.atomic
def remove_asset(*, case_id: int, asset_id: int, actor: Actor) -> None:
    """Take an asset and its report out of a draft (删除投入资产)."""
    case = editable_case(case_id=case_id, actor=actor)
    asset = case.assets.get(pk=asset_id)
    record(actor, "alliances.case.asset_removed", case, detail={"asset": str(asset)})
    files_of(asset).delete()
    asset.delete()


def unvalued_assets(case: OwnershipCase) -> list[str]:
    """The assets that need a valuation and have no number or no report (未评估资产)."""
    rows = list(case.assets.filter(kind__in=sorted(VALUED_KINDS)))
    label = CaseAsset._meta.label_lower
    keys = [str(row.pk) for row in rows]
    files = StoredFile.objects.filter(object_type=label, object_id__in=keys)
    proven = set(files.values_list("object_id", flat=True))
    return [
        str(row)
        for row in rows
        if not (row.valuer and row.valuation_number and row.valued_on) or str(row.pk) not in proven
    ]


@transaction.atomic
def apply_case(*, case_id: int, actor: Actor, now: datetime.datetime) -> OwnershipCase:
    """Hand the case in when parties, shares and valuations are whole (提交申请)."""
    case = editable_case(case_id=case_id, actor=actor)
    case.state = steps.target(
        "apply",
        state=CaseState(case.state),
        mode=CaseMode(case.mode),
        shares=list(case.parties.values_list("share", flat=True)),
        unvalued=unvalued_assets(case),
    )
    case.applied_at = now
    case.due_at = site_deadline(now, working_days=WORKING_DAYS_TO_REVIEW).due_at
    case.reviewed_by, case.answer = None, ""
    case.save(update_fields=["state", "applied_at", "due_at", "reviewed_by", "answer"])
    record(actor, "alliances.case.applied", case)
    publish(OwnershipCaseMoved(case_id=case.pk))
    return case

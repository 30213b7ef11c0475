"""A case of a school run with an enterprise, from draft to running."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.operations.alliances.choices.ownership import ApprovalState, CaseMode
from silian.operations.alliances.commands.ownership import (
    AssetFacts,
    CaseFacts,
    add_asset,
    add_party,
    apply_case,
    draft_case,
)
from silian.operations.alliances.commands.ownership_steps import (
    ApprovalFacts,
    PurchaseFacts,
    approve_case,
    record_approval,
    register_purchase,
    review_case,
    start_case,
)
from silian.operations.alliances.models.ownership import (
    CaseParty,
    EducationPurchase,
    OwnershipCase,
)
from tests.operations.alliances.stage import NOW, TODAY
from tests.world import World

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
RUNNING_ON = datetime.date(2026, 3, 18)


def paper(name: str = "评估报告.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def case_facts(**given: Any) -> CaseFacts:
    values: dict[str, Any] = {
        "title": "装备产业学院",
        "mode": CaseMode.SHAREHOLDING,
        "object": "college",
        "school_name": "青澜装备产业学院",
        "legal_person": "non_profit",
        "funding_kept": True,
        "funding_channel": "生均经费按原渠道拨付",
        "rights": "按股比表决。",
        "duties": "按约定投入设备。",
    }
    return CaseFacts(**{**values, **given})


def draft(world: World, **given: Any) -> OwnershipCase:
    return draft_case(facts=case_facts(**given), actor=world.enterprise.actor)


def party(
    world: World, case: OwnershipCase, name: str = "启衡精密制造", share: str | None = "49"
) -> CaseParty:
    return add_party(
        case_id=case.pk,
        name=name,
        kind="private_enterprise",
        share=Decimal(share) if share else None,
        actor=world.enterprise.actor,
    )


def asset_facts(holder: CaseParty, **given: Any) -> AssetFacts:
    values: dict[str, Any] = {
        "party_id": holder.pk,
        "kind": "equipment",
        "description": "数控机床 12 台",
        "amount": Decimal("3600000.00"),
        "valuer": "正度资产评估（演示）",
        "valuation_number": "正评〔2026〕8号",
        "valued_on": datetime.date(2026, 1, 31),
    }
    return AssetFacts(**{**values, **given})


def ready(world: World) -> OwnershipCase:
    """A draft with whole shares and a valued asset."""
    case = draft(world)
    holder = party(world, case)
    party(world, case, "青澜职业技术学院", "51")
    add_asset(
        case_id=case.pk, facts=asset_facts(holder), report=paper(), actor=world.enterprise.actor
    )
    return case


def applied(world: World) -> OwnershipCase:
    return apply_case(case_id=ready(world).pk, actor=world.enterprise.actor, now=NOW)


def approval_facts(**given: Any) -> ApprovalFacts:
    values: dict[str, Any] = {
        "matter": "非营利性法人登记",
        "authority": "市民政局",
        "state": ApprovalState.GRANTED,
        "reference": "青民许〔2026〕5号",
        "decided_on": datetime.date(2026, 3, 10),
        "note": "",
    }
    return ApprovalFacts(**{**values, **given})


def reviewed(world: World) -> OwnershipCase:
    case = applied(world)
    record_approval(
        case_id=case.pk,
        facts=approval_facts(),
        paper=paper("批文.pdf"),
        actor=world.reviewer.actor,
    )
    return review_case(case_id=case.pk, actor=world.reviewer.actor)


def approved(world: World) -> OwnershipCase:
    return approve_case(
        case_id=reviewed(world).pk,
        report_month=3,
        report_day=31,
        actor=world.coordinator.actor,
        today=TODAY,
    )


def running(world: World) -> OwnershipCase:
    return start_case(
        case_id=approved(world).pk,
        running_on=RUNNING_ON,
        actor=world.enterprise.actor,
        today=TODAY,
    )


def purchase_facts(world: World, **given: Any) -> PurchaseFacts:
    assert world.reviewer.organisation is not None
    assert world.enterprise.organisation is not None
    values: dict[str, Any] = {
        "buyer_id": world.reviewer.organisation.pk,
        "provider_id": world.enterprise.organisation.pk,
        "case_id": None,
        "year": 2026,
        "service": "高级技工培养",
        "seats": 120,
        "amount": Decimal("720000.00"),
        "contract_reference": "青购〔2026〕1号",
        "plan_basis": "职业教育发展规划第三章",
    }
    return PurchaseFacts(**{**values, **given})


def purchase(world: World, **given: Any) -> EducationPurchase:
    return register_purchase(
        facts=purchase_facts(world, **given), actor=world.coordinator.actor, today=TODAY
    )

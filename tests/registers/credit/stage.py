"""Corrections and records of the cast."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.registers.credit.choices import ItemNature, Sharing
from silian.registers.credit.commands import cases
from silian.registers.credit.commands.records import RecordDraft, confirm_record, propose_record
from silian.registers.credit.models import CorrectionCase, CreditItem, CreditRecord
from silian.registers.organisations.demo.codes import demonstration_uscc
from silian.registers.organisations.models import Organisation
from tests.world import CITY, World

DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    return timezone.localdate()


def item(**changes: object) -> CreditItem:
    facts: dict[str, object] = {
        "division_id": CITY, "code": "CJ-01", "name": "培训经费提取情况", "provider": "教育局",
        "nature": ItemNature.BAD, "sharing": Sharing.PUBLIC, "basis": "演示目录", **changes,
    }  # fmt: skip
    row, _ = CreditItem.objects.get_or_create(
        division_id=facts.pop("division_id"), code=facts.pop("code"), defaults=facts
    )
    return row


def found(world: World) -> CorrectionCase:
    return cases.open_case(
        organisation_id=world.enterprise.organisation.pk,
        item_id=item().pk,
        title="经费提取不足",
        finding="差额未说明。",
        basis="实施意见第九条",
        actor=world.reviewer.actor,
        now=timezone.now(),
    )


def ordered(world: World) -> CorrectionCase:
    return cases.order_correction(
        case_id=found(world).pk,
        text="补足差额。",
        due_on=today() + 20 * DAY,
        actor=world.reviewer.actor,
        on=today(),
    )


def refused(world: World) -> CorrectionCase:
    return cases.find_refused(
        case_id=ordered(world).pk,
        reason="期满未改。",
        said_no=False,
        actor=world.reviewer.actor,
        on=today() + 21 * DAY,
    )


def noticed(world: World) -> CorrectionCase:
    return cases.give_notice(
        case_id=refused(world).pk,
        text="拟记入，可以陈述申辩。",
        reply_due_on=today() + 5 * DAY,
        actor=world.reviewer.actor,
        on=today(),
    )


def replied(world: World) -> CorrectionCase:
    return cases.reply_to_notice(
        case_id=noticed(world).pk, text="有特殊原因。", actor=world.enterprise.actor,
        now=timezone.now(),
    )  # fmt: skip


def draft(world: World, **changes: object) -> RecordDraft:
    """A lawful record about the enterprise, which has a code from now on."""
    code = demonstration_uscc(authority="91", division=CITY, number=1)
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(uscc=code)
    facts: dict[str, object] = {
        "organisation_id": world.enterprise.organisation.pk, "item_id": item().pk,
        "title": "拒不改正", "ground": "policy", "basis_document": "处理决定",
        "decision_number": "青教决1号", "decided_on": today(), "starts_on": today(),
        "ends_on": today() + 365 * DAY, **changes,
    }  # fmt: skip
    return RecordDraft(**facts)  # type: ignore[arg-type]


def proposed(world: World, **changes: object) -> CreditRecord:
    return propose_record(draft=draft(world, **changes), actor=world.reviewer.actor)


def in_force(world: World, **changes: object) -> CreditRecord:
    return confirm_record(
        record_id=proposed(world, **changes).pk, actor=world.coordinator.actor, now=timezone.now()
    )

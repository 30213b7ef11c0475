"""A school registers a policy, adds interns to it, ends it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.periods import Period
from silian.operations.placements.choices.insurance import (
    PolicyState,
)
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.events.learning import InternsInsured
from silian.operations.placements.models import (
    InsurancePolicy,
    InsuranceProduct,
    InsuredIntern,
    Internship,
)
from silian.operations.placements.permissions.insurance import require_policy_keeper
from silian.operations.placements.permissions.sides import require_school_staff
from silian.operations.placements.rules.insurance import reason_not_payable_by
from silian.operations.placements.workflow.insurance import policy as policy_steps
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class PolicyText:
    """What stands on the policy (保单内容)."""

    kind: str
    number: str
    insurer_name: str
    starts_on: datetime.date
    ends_on: datetime.date
    payer: str
    premium: Decimal | None = None
    product: InsuranceProduct | None = None
    insurer: Organisation | None = None
    payer_organisation: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class NotInsured:
    """An internship that could not be put on the policy, and why (未能加保)."""

    internship: Internship
    sentence: str


@dataclass(kw_only=True)
class Insured:
    """Who came onto the policy and who did not (加保结果)."""

    policy: InsurancePolicy
    added: list[InsuredIntern] = field(default_factory=list)
    refused: list[NotInsured] = field(default_factory=list)


@transaction.atomic
def register_policy(*, actor: Actor, text: PolicyText) -> InsurancePolicy:
    """Register a policy that the school took out (登记保单). Basis: IN-26."""
    require_school_staff(actor)
    sentence = reason_not_payable_by(text.payer)
    if sentence:
        raise DomainError(sentence, field="payer")
    if text.ends_on <= text.starts_on:
        raise DomainError("终保日不能早于起保日。", field="last_day")
    number = text.number.strip()
    if InsurancePolicy.objects.filter(number=number).exists():
        raise DomainError(f"保单号 {number} 已登记，不能重复登记。", field="number")
    policy = InsurancePolicy.objects.create(
        school_id=actor.organisation_id or 0,
        kind=text.kind,
        number=number,
        insurer_name=insurer_name_of(text),
        insurer=text.product.insurer if text.product else text.insurer,
        product=text.product,
        starts_on=text.starts_on,
        ends_on=text.ends_on,
        premium=text.premium,
        payer=text.payer,
        payer_organisation=text.payer_organisation,
        recorded_by_id=actor.user_id,
    )
    record(actor, "placements.policy.registered", policy)
    return policy


def insurer_name_of(text: PolicyText) -> str:
    if text.product:
        if text.product.kind != text.kind:
            raise DomainError("保单险种与所选产品不一致，请核对。", field="kind")
        return text.product.insurer.name
    if not text.insurer_name.strip():
        raise DomainError("请填写保险机构，或选择平台上的保险产品。", field="insurer_name")
    return text.insurer_name.strip()


@transaction.atomic
def add_insured(*, actor: Actor, policy_id: int, internship_ids: Collection[int]) -> Insured:
    """Put internships of the school on a policy; those on it already stay as they are (加保).

    Each is covered for the days that its stay and the policy share.
    """
    policy = locked_policy(actor=actor, policy_id=policy_id)
    policy.state = policy_steps.target("add", state=PolicyState(policy.state))
    rows = Internship.objects.filter(pk__in=internship_ids, school_id=policy.school_id)
    present = set(policy.insured.values_list("internship_id", flat=True))
    result = Insured(policy=policy)
    for internship in rows.select_related("person").order_by("pk"):
        add_one(result, internship, present=present, actor=actor)
    InsuredIntern.objects.bulk_create(result.added)
    if result.added:
        detail = {"added": len(result.added), "refused": len(result.refused)}
        record(actor, "placements.policy.extended", policy, detail=detail)
        publish(
            InternsInsured(policy_id=policy.pk, school_id=policy.school_id, on=policy.starts_on)
        )
    return result


def add_one(result: Insured, internship: Internship, *, present: set[int], actor: Actor) -> None:
    """Put one internship into the result, on the side of the added or of the refused."""
    policy = result.policy
    covered = Period(policy.starts_on, policy.ends_on).intersection(
        Period(internship.starts_on, internship.ends_on)
    )
    if internship.pk in present:
        sentence = "已在这份保单上。"
    elif internship.state not in LIVE_STATES:
        sentence = f"实习{internship.get_state_display()}，不再加保。"
    elif covered is None or covered.ends is None:
        sentence = "保单期间与实习期间没有重合，请换一份保单。"
    else:
        result.added.append(
            InsuredIntern(
                policy=policy,
                internship=internship,
                starts_on=covered.starts,
                ends_on=covered.ends,
                added_by_id=actor.user_id,
            )
        )
        return
    result.refused.append(NotInsured(internship=internship, sentence=sentence))


@transaction.atomic
def cancel_policy(
    *, actor: Actor, policy_id: int, on: datetime.date, reason: str
) -> InsurancePolicy:
    """End a policy before its time; its interns show as uninsured at once (退保)."""
    policy = locked_policy(actor=actor, policy_id=policy_id)
    policy.state = policy_steps.target("cancel", state=PolicyState(policy.state))
    if not reason.strip():
        raise DomainError("请写明退保原因。", field="reason")
    policy.cancelled_on, policy.cancel_reason = on, reason.strip()
    policy.save(update_fields=["state", "cancelled_on", "cancel_reason"])
    record(actor, "placements.policy.cancelled", policy, reason=reason)
    publish(InternsInsured(policy_id=policy.pk, school_id=policy.school_id, on=on))
    return policy


def locked_policy(*, actor: Actor, policy_id: int) -> InsurancePolicy:
    policy = InsurancePolicy.objects.select_for_update(of=("self",)).get(pk=policy_id)
    require_policy_keeper(actor, policy)
    return policy

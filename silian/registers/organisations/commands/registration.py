"""From the first facts to a verified organisation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.search import feed
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.commands.accounts import AccountFacts, create_account
from silian.registers.accounts.models import User
from silian.registers.organisations import rules, workflow
from silian.registers.organisations.choices import (
    KINDS_WITHOUT_CODE,
    OrganisationKind,
    OrganisationState,
    Role,
)
from silian.registers.organisations.events import (
    OrganisationRejected,
    OrganisationSubmitted,
    OrganisationVerified,
)
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation, OrganisationName
from silian.registers.organisations.permissions import require_manager, require_verifier
from silian.registers.organisations.queries.search_documents import SUBJECT

VERIFICATION_WORKING_DAYS = 5  # the time this platform promises to applicants


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """What an applicant says of their organisation (单位基本情况)."""

    kind: str
    name: str
    division_code: str
    uscc: str = ""
    short_name: str = ""
    industry_code: str | None = None
    size: str = ""
    above_scale: bool = False
    industry_chain: str = ""
    address: str = ""
    introduction: str = ""
    website: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@transaction.atomic
def register_organisation(
    *, facts: OrganisationFacts, manager_id: int, actor: Actor, today: datetime.date
) -> Organisation:
    """Put an organisation on the register with its first manager (单位注册)."""
    uscc = rules.compact_uscc(facts.uscc)
    refuse_bad_code(kind=facts.kind, uscc=uscc)
    refuse_duplicate(uscc=uscc)
    refuse_same_name(facts=facts)
    organisation = create_organisation(facts=facts, uscc=uscc)
    OrganisationName.objects.create(
        organisation=organisation, name=organisation.name, starts_on=today
    )
    Membership.objects.create(
        user_id=manager_id, organisation=organisation, role=Role.MANAGER, starts_on=today
    )
    record(actor, "organisations.organisation.registered", organisation)
    return organisation


@transaction.atomic
def register_with_account(
    *, facts: OrganisationFacts, account: AccountFacts, actor: Actor, today: datetime.date
) -> tuple[Organisation, User]:
    """Open the first manager's account and register the organisation, both or neither."""
    user = create_account(account=account, actor=actor)
    organisation = register_organisation(
        facts=facts,
        manager_id=user.pk,
        actor=replace(actor, user_id=user.pk, name=user.name),
        today=today,
    )
    return organisation, user


def refuse_bad_code(*, kind: str, uscc: str) -> None:
    reason = rules.reason_code_missing(kind=kind, uscc=uscc) or (
        rules.reason_uscc_invalid(uscc) if uscc else None
    )
    if reason:
        raise DomainError(reason, field="uscc")


def refuse_duplicate(*, uscc: str) -> None:
    """Refuse a second registration under one code, and say how to join the first."""
    found = Organisation.objects.filter(uscc=uscc).first() if uscc else None
    if found:
        raise DomainError(duplicate_sentence(found.name), field="uscc")


def duplicate_sentence(name: str) -> str:
    return (
        f"这个统一社会信用代码已由“{name}”注册，同一代码只能注册一次。"
        "请用“申请加入”成为该单位成员，由单位管理员同意。"
    )


def refuse_same_name(*, facts: OrganisationFacts) -> None:
    """A body without a code is known by its name within its division."""
    if facts.kind not in KINDS_WITHOUT_CODE or facts.uscc:
        return
    if Organisation.objects.filter(name=facts.name, division_id=facts.division_code).exists():
        raise DomainError(f"“{facts.name}”已经注册，请用“申请加入”成为该单位成员。", field="name")


def create_organisation(*, facts: OrganisationFacts, uscc: str) -> Organisation:
    name = facts.name.strip()
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                kind=OrganisationKind(facts.kind),
                name=name,
                name_pinyin=rules.pinyin_of(name),
                name_core=rules.name_core(name),
                uscc=uscc,
                division_id=facts.division_code,
                industry_id=facts.industry_code or None,
                **{field: getattr(facts, field) for field in PLAIN_FACTS},
            )
    except IntegrityError:
        refuse_duplicate(uscc=uscc)
        raise


PLAIN_FACTS = (
    "short_name",
    "size",
    "above_scale",
    "industry_chain",
    "address",
    "introduction",
    "website",
    "contact_name",
    "contact_phone",
)


@transaction.atomic
def submit_organisation(
    *, organisation_id: int, actor: Actor, today: datetime.date
) -> Organisation:
    """Hand the registration in for verification; the clock starts (提交核验)."""
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    present = organisation.documents.filter(removed_at__isnull=True, renaming__isnull=True)
    organisation.state = workflow.organisation.target(
        "submit",
        state=OrganisationState(organisation.state),
        documents=list(present.values_list("kind", flat=True)),
    )
    organisation.submitted_at = timezone.now()
    organisation.verification_due_on = verification_due_on(today)
    organisation.rejection_reason = ""
    organisation.save(
        update_fields=["state", "submitted_at", "verification_due_on", "rejection_reason"]
    )
    record(actor, "organisations.organisation.submitted", organisation)
    publish(OrganisationSubmitted(organisation_id=organisation.pk))
    return organisation


def verification_due_on(today: datetime.date) -> datetime.date:
    """The last day on which the authority should have answered (核验期限)."""
    return site_calendar().add(today, days=VERIFICATION_WORKING_DAYS)


@transaction.atomic
def verify_organisation(*, organisation_id: int, actor: Actor) -> Organisation:
    """Confirm that the organisation is what it says (通过核验)."""
    organisation = locked(organisation_id)
    require_verifier(actor, organisation)
    organisation.state = workflow.organisation.target(
        "verify", state=OrganisationState(organisation.state)
    )
    organisation.verified_at = timezone.now()
    organisation.save(update_fields=["state", "verified_at"])
    feed.changed(SUBJECT, [organisation.pk])
    record(actor, "organisations.organisation.verified", organisation)
    publish(OrganisationVerified(organisation_id=organisation.pk))
    return organisation


@transaction.atomic
def reject_organisation(*, organisation_id: int, reason: str, actor: Actor) -> Organisation:
    """Send a registration back with what is to be cured (退回补正)."""
    organisation = locked(organisation_id)
    require_verifier(actor, organisation)
    organisation.state = workflow.organisation.target(
        "reject", state=OrganisationState(organisation.state), reason=reason
    )
    organisation.rejection_reason = reason.strip()
    organisation.save(update_fields=["state", "rejection_reason"])
    record(actor, "organisations.organisation.rejected", organisation, reason=reason)
    publish(OrganisationRejected(organisation_id=organisation.pk))
    return organisation


def locked(organisation_id: int) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)

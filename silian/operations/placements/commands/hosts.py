"""Choose the hosts of a school: propose, check, decide, publish, remove (选定实习单位)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.events.hosts import HostProposed, HostPublished, HostRemoved
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.permissions.hosts import (
    hosts_kept_by,
    require_host_keeper,
)
from silian.operations.placements.workflow.host import host as steps
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to

REASON_LENGTH = 300


def locked_host(*, host_id: int, actor: Actor) -> Host:
    """The host of the actor's own school, locked."""
    require_host_keeper(actor)
    return hosts_kept_by(actor).select_for_update(of=("self",)).get(pk=host_id)


@transaction.atomic
def propose_host(*, organisation_id: int, actor: Actor) -> Host:
    """Name an organisation as a possible host of one's school (拟选实习单位)."""
    school_id = require_host_keeper(actor)
    organisation = organisations_visible_to(actor).filter(pk=organisation_id).first()
    if organisation is None:
        raise DomainError("名录中没有这家单位，请从名录中选择。", field="organisation")
    refuse_unfit(organisation, school_id=school_id)
    host = Host.objects.create(school_id=school_id, organisation=organisation)
    record(actor, "placements.host.proposed", host)
    publish(HostProposed(host_id=host.pk))
    return host


def refuse_unfit(organisation: Organisation, *, school_id: int) -> None:
    """Not the school itself, not without a code, not twice.

    Basis: 教职成〔2021〕4号第二条.
    """
    if organisation.pk == school_id:
        raise DomainError(
            "学校不能作自己的实习单位；校内基地须是登记的法人。", field="organisation"
        )
    if not organisation.is_verified or not organisation.uscc:
        raise DomainError(
            "单位尚未核验或没有统一社会信用代码，不能作实习单位。请单位先完成核验。",
            field="organisation",
        )
    known = Host.objects.filter(school_id=school_id, organisation=organisation)
    if known.exclude(state=HostState.REMOVED).exists():
        raise DomainError("这家单位已在贵校的名单中。请在名单里继续办理。", field="organisation")


@transaction.atomic
def check_host(
    *,
    host_id: int,
    is_credit_clean: bool,
    had_safety_violation: bool,
    is_licence_valid: bool,
    note: str,
    actor: Actor,
) -> Host:
    """Record what the checks of credit, safety and licence found (登记核查结果)."""
    host = locked_host(host_id=host_id, actor=actor)
    host.is_credit_clean = is_credit_clean
    host.had_safety_violation = had_safety_violation
    host.is_licence_valid = is_licence_valid
    host.eligibility_note = note.strip()[:REASON_LENGTH]
    fields = ["is_credit_clean", "had_safety_violation", "is_licence_valid", "eligibility_note"]
    host.save(update_fields=fields)
    record(actor, "placements.host.checked", host)
    return host


@transaction.atomic
def decide_hosts(
    *, host_ids: Sequence[int], decided_on: datetime.date, reference: str, actor: Actor
) -> list[Host]:
    """Record that the school decided on the hosts together (登记集体研究结果)."""
    hosts = [locked_host(host_id=host_id, actor=actor) for host_id in sorted(host_ids)]
    if not hosts:
        raise DomainError("请先勾选要登记的单位。", field="chosen")
    for host in hosts:
        decide_one(host, decided_on=decided_on, reference=reference)
        record(actor, "placements.host.decided", host, detail={"reference": reference})
    return hosts


def decide_one(host: Host, *, decided_on: datetime.date, reference: str) -> None:
    try:
        host.state = steps.target(
            "decide",
            state=HostState(host.state),
            is_credit_clean=host.is_credit_clean,
            had_safety_violation=host.had_safety_violation,
            is_licence_valid=host.is_licence_valid,
            decided_on=decided_on,
            reference=reference,
        )
    except DomainError as refusal:
        raise DomainError(f"{host.organisation.name}：{refusal.sentence}") from refusal
    host.decided_on, host.decision_reference = decided_on, reference.strip()[:100]
    host.save(update_fields=["state", "decided_on", "decision_reference"])


@transaction.atomic
def publish_hosts(
    *, host_ids: Sequence[int], published_on: datetime.date, actor: Actor
) -> list[Host]:
    """Put decided hosts on the public list of the school (公布实习单位名单)."""
    hosts = [locked_host(host_id=host_id, actor=actor) for host_id in sorted(host_ids)]
    if not hosts:
        raise DomainError("没有可公布的单位。请先登记集体研究结果。", field="chosen")
    for host in hosts:
        host.state = steps.target(
            "publish",
            state=HostState(host.state),
            decided_on=host.decided_on,
            published_on=published_on,
        )
        host.published_on = published_on
        host.save(update_fields=["state", "published_on"])
        record(actor, "placements.host.published", host)
        publish(HostPublished(host_id=host.pk))
    return hosts


@transaction.atomic
def refuse_host(*, host_id: int, reason: str, actor: Actor) -> Host:
    """Say that an organisation does not become a host (登记未通过)."""
    return end_host(host_id=host_id, step="refuse", reason=reason, actor=actor)


@transaction.atomic
def remove_host(*, host_id: int, reason: str, actor: Actor) -> Host:
    """Take a host off the list; internships that run there are marked (移出名单).

    They go on until the school moves or ends them: nobody loses a place overnight.
    """
    host = end_host(host_id=host_id, step="remove", reason=reason, actor=actor)
    publish(HostRemoved(host_id=host.pk))
    return host


ENDING_ACTIONS = {"refuse": "placements.host.refused", "remove": "placements.host.removed"}


def end_host(*, host_id: int, step: str, reason: str, actor: Actor) -> Host:
    host = locked_host(host_id=host_id, actor=actor)
    host.state = steps.target(step, state=HostState(host.state), reason=reason)
    host.removal_reason = reason.strip()[:REASON_LENGTH]
    host.save(update_fields=["state", "removal_reason"])
    record(actor, ENDING_ACTIONS[step], host, reason=host.removal_reason)
    return host


@transaction.atomic
def reconsider_host(*, host_id: int, actor: Actor) -> Host:
    """Look at a refused organisation again (重新拟选)."""
    host = locked_host(host_id=host_id, actor=actor)
    host.state = steps.target("reconsider", state=HostState(host.state))
    host.removal_reason = ""
    host.save(update_fields=["state", "removal_reason"])
    record(actor, "placements.host.reconsidered", host)
    return host

"""Start a claim from what the platform knows, fill it, hand it in, take it back."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import (
    CLAIMS_HELD,
    Applicants,
    ClaimScheme,
    ClaimState,
)
from silian.governance.incentives.commands.claim_items import put_items, release_items
from silian.governance.incentives.commands.claim_steps import start_review, stop_steps
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import Claim, ClaimCall
from silian.governance.incentives.permissions.claims import (
    calls_visible_to,
    claims_visible_to,
    require_claiming,
    require_owner,
)
from silian.governance.incentives.queries.claim_amounts import ASSESSED, amounts_of, rule_of_claim
from silian.governance.incentives.queries.claim_apprentices import programmes_to_claim
from silian.governance.incentives.queries.claim_assessments import (
    assessments_of,
    passed,
    years_of,
)
from silian.governance.incentives.queries.claim_calls import rule_day, rule_of_call
from silian.governance.incentives.queries.claim_sources import items_now
from silian.governance.incentives.queries.payment_gates import CURRENT, DOCUMENT, gates_for
from silian.governance.incentives.workflow.claims import claim as life
from silian.operations.placements.commands.numbering import next_number

PREFIX = "SQ"
EDITABLE = (ClaimState.DRAFT, ClaimState.RETURNED)
LEAST_DIGITS, MOST_DIGITS = 8, 30  # what Chinese banks use for account numbers


@transaction.atomic
def start_claim(*, call_id: int, actor: Actor, today: datetime.date, subject_id: int = 0) -> Claim:
    """Start a claim under an open call, filled with what the platform knows (起草申领).

    Started again, it gives the draft that is there; what is handed in already is refused.
    """
    require_claiming(actor)
    call = callable_call(call_id, actor=actor)
    subject = subject_of(call, actor=actor, subject_id=subject_id)
    held = Claim.objects.filter(
        call=call,
        organisation_id=actor.organisation_id or 0,
        subject_id=subject_id,
        state__in=CLAIMS_HELD,
    ).first()
    if held is not None:
        return the_draft(held)
    if not call.accepts_on(today):
        raise WrongState("申领通知不在受理期内。请查看通知的受理时间。")
    rule = required_rule(call, on=today)
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                number=next_number(Claim, prefix=PREFIX, year=today.year),
                call=call,
                organisation_id=actor.organisation_id or 0,
                subject_type=book_for(call.scheme).subject,
                subject_id=subject_id,
                subject_label=subject,
                entered_by_id=actor.user_id,
                advance_asked=Decimal(0),
                rule=rule.compiled.rule.id,
                rule_on=rule.on,
                rule_version=rule.version,
                facts={"rule": rule.as_json, "as_of": str(today)},
            )
    except IntegrityError:
        raise DomainError("贵单位刚刚已起草这项申领，请在我的申领中打开。") from None
    fill(claim, today=today)
    record(actor, "incentives.claim.drafted", claim)
    return claim


def callable_call(call_id: int, *, actor: Actor) -> ClaimCall:
    """The call, for the kind of units that it names."""
    call = calls_visible_to(actor).get(pk=call_id)
    if not Applicants(call.applicants).admits(actor.organisation_kind):
        who = call.get_applicants_display()
        raise NotAllowed(f"这项补贴由{who}申领，贵单位不在申领范围内。")
    return call


def the_draft(held: Claim) -> Claim:
    if held.state not in EDITABLE:
        state = held.get_state_display()
        raise WrongState(f"贵单位已有申领 {held.number}（{state}），不能重复申领。")
    return held


def subject_of(call: ClaimCall, *, actor: Actor, subject_id: int) -> str:
    """The name of what is claimed for; an apprenticeship has to be one of the unit's own."""
    if call.scheme != ClaimScheme.APPRENTICESHIP:
        if subject_id:
            raise DomainError("这项补贴按单位申领，不选项目。")
        return ""
    covers = (call.covers_from, call.covers_until)
    rows = programmes_to_claim(actor.organisation_id or 0, covers=covers)
    found = next((row for row in rows if row.pk == subject_id), None)
    if found is None:
        raise DomainError(
            "请选择贵单位已备案、在补贴期间开始培养的企业新型学徒制项目。", field="subject"
        )
    return found.title


def required_rule(call: ClaimCall, *, on: datetime.date) -> ClaimRule:
    rule = rule_of_call(call, on=on)
    if rule is None:
        raise DomainError("本地区没有这项补贴的标准（未设定），不能测算。请联系牵头部门。")
    return rule


def fill(claim: Claim, *, today: datetime.date) -> None:
    """Draw the items anew as of today and compute them; the rule stays after the first hand-in."""
    if claim.submitted_at is None:
        rule = required_rule(claim.call, on=today)
        claim.rule, claim.rule_on = rule.compiled.rule.id, rule_day(claim.call, on=today)
        claim.rule_version = rule.version
        claim.facts = {**claim.facts, "rule": rule.as_json}
    claim.facts = {**claim.facts, "as_of": str(today)}
    put_items(claim, items_now(claim, on=today))
    compute(claim)


def compute(claim: Claim) -> None:
    """Planned amounts of the claim and of each item, by its rule (测算)."""
    rows = list(claim.items.order_by("pk"))
    known = None
    if claim.call.scheme == ClaimScheme.INTERNSHIP:
        years = years_of([each for each in rows if each.counts])
        known = passed(assessments_of(claim.organisation_id, years=years))
    claim.facts = {**claim.facts, ASSESSED: known}
    found = amounts_of(rule=rule_of_claim(claim), items=rows, facts=claim.facts)
    for row, sums in zip(rows, found.items, strict=True):
        row.amount = sums.planned
    claim.items.bulk_update(rows, ["amount"], batch_size=1000)
    claim.planned, claim.entitled = found.planned, found.planned
    claim.save(update_fields=["rule", "rule_on", "rule_version", "facts", "planned", "entitled"])


def locked_own(claim_id: int, *, actor: Actor) -> Claim:
    """The unit's own claim, still in its hands."""
    rows = claims_visible_to(actor).select_related("call", "organisation")
    claim = rows.select_for_update(of=("self",)).get(pk=claim_id)
    require_owner(actor, claim)
    return claim


def locked_editable(claim_id: int, *, actor: Actor) -> Claim:
    claim = locked_own(claim_id, actor=actor)
    if claim.state not in EDITABLE:
        raise WrongState(f"申领{claim.get_state_display()}，不能修改。")
    return claim


@transaction.atomic
def refresh_claim(*, claim_id: int, actor: Actor, today: datetime.date) -> Claim:
    """Draw the items again from the registers as they are today (刷新明细)."""
    claim = locked_editable(claim_id, actor=actor)
    fill(claim, today=today)
    record(actor, "incentives.claim.refreshed", claim)
    return claim


@transaction.atomic
def change_claim(
    *,
    claim_id: int,
    advance_asked: Decimal,
    bank_name: str,
    account_number: str,
    statement: str,
    actor: Actor,
) -> Claim:
    """Save the advance asked, the account and the statement (填写申领).

    An empty account number leaves the one that is there.
    """
    claim = locked_editable(claim_id, actor=actor)
    if advance_asked and not claim.call.pays_advance:
        raise DomainError("这次申领不预支，请填 0。", field="advance_asked")
    if advance_asked < 0:
        raise DomainError("预支金额不能小于 0。", field="advance_asked")
    claim.advance_asked = advance_asked
    claim.bank_name, claim.statement = bank_name.strip(), statement.strip()
    if account_number.strip():
        set_account(claim, account_number)
    fields = ["advance_asked", "bank_name", "account_cipher", "account_tail", "statement"]
    claim.save(update_fields=fields)
    record(actor, "incentives.claim.changed", claim)
    return claim


def set_account(claim: Claim, typed: str) -> None:
    """The account is kept encrypted; only its last four digits are shown."""
    number = "".join(typed.split()).replace("-", "")
    if not (number.isdigit() and number.isascii() and LEAST_DIGITS <= len(number) <= MOST_DIGITS):
        raise DomainError("收款账号应为 8 至 30 位数字，请核对。", field="account_number")
    claim.account_cipher, claim.account_tail = encrypted(number), number[-4:]


@transaction.atomic
def submit_claim(*, claim_id: int, actor: Actor, now: datetime.datetime) -> Claim:
    """Hand the claim in: facts are frozen, gates checked, the offices begin (提交申领).

    A claim that was returned is handed in anew in the same way, whatever the window.
    """
    claim = locked_editable(claim_id, actor=actor)
    today = now.date()
    fill(claim, today=today)
    closed = [each for each in gates_for(claim, None, today) if each.is_closed]
    papers = [each.title for each in closed if each.code.startswith(DOCUMENT)]
    outdated = "".join(each.cure for each in closed if each.code == CURRENT)
    returned = claim.state == ClaimState.RETURNED
    claim.state = life.target(
        "submit",
        state=ClaimState(claim.state),
        accepts=returned or claim.call.accepts_on(today),
        items=claim.items.filter(counts=True).count(),
        missing=papers,
        outdated=outdated,
        stopping=[each.title for each in closed if each.title not in papers],
    )
    claim.submitted_at, claim.entered_by_id, claim.reason = now, actor.user_id, ""
    claim.save(update_fields=["state", "submitted_at", "entered_by", "reason"])
    start_review(claim=claim, on=today, actor=actor)
    record(actor, "incentives.claim.submitted", claim)
    publish(ClaimMoved(claim_id=claim.pk, step="submit"))
    return claim


@transaction.atomic
def withdraw_claim(*, claim_id: int, reason: str, actor: Actor) -> Claim:
    """Take a claim back before it is decided; its people are free again (撤回申领)."""
    claim = locked_own(claim_id, actor=actor)
    if claim.submitted_at is not None and not reason.strip():
        raise DomainError("请写明撤回的原因。", field="reason")
    claim.state = life.target("withdraw", state=ClaimState(claim.state))
    claim.reason = reason.strip()
    claim.save(update_fields=["state", "reason"])
    release_items(claim, reason=f"申领 {claim.number} 已撤回")
    stop_steps(claim)
    record(actor, "incentives.claim.withdrawn", claim, reason=reason)
    publish(ClaimMoved(claim_id=claim.pk, step="withdraw"))
    return claim

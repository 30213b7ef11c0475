"""The review steps of a call before it is issued: draft them, add, change, move, drop."""

from __future__ import annotations

import datetime
from dataclasses import asdict, replace

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.claims import StepKind
from silian.governance.incentives.commands.claim_calls import (
    CallCard,
    StepCard,
    draft_call,
    locked_draft,
)
from silian.governance.incentives.gateways.claim_schemes import (
    SchemeBook,
    SuggestedStep,
    book_for,
    clause_of_step,
)
from silian.governance.incentives.models import CallStep, ClaimCall, LeftOutStep
from silian.governance.incentives.queries.call_steps import offices_for
from silian.governance.incentives.queries.claim_calls import suggested_offices
from silian.governance.incentives.rules.call_steps import (
    Groups,
    Placed,
    added,
    alone,
    beside,
    groups_of,
    moved,
    reason_not_a_step,
    reason_not_arranged,
    reason_not_left_out,
    without,
)


@transaction.atomic
def draft_by_book(*, card: CallCard, actor: Actor, today: datetime.date) -> ClaimCall:
    """Draft a call with the steps of its scheme; what has no office yet waits (起草申领通知)."""
    book = book_for(card.scheme)
    offices = suggested_offices(actor)
    kept = {step.code: office_of(step, offices) for step in book.steps}
    taken: set[tuple[int, int | None]] = set()
    there: list[SuggestedStep] = []
    for step in book.steps:
        place = (step.order, kept[step.code])
        if (step.kind == StepKind.CERTIFY or place[1] is not None) and place not in taken:
            taken.add(place)
            there.append(step)
    cards = [card_of(step, office=kept[step.code]) for step in there]
    call = draft_call(card=card, steps=cards, actor=actor, today=today)
    for row in call.steps.all():
        row.basis = clause_of_step(book, step_of_book(book, row.code), place=call.place)
        row.save(update_fields=["basis"])
    for step in book.steps:
        if step not in there:
            wait(call, book, step)
    return call


def office_of(step: SuggestedStep, offices: dict[str, int]) -> int | None:
    return None if step.kind == StepKind.CERTIFY else offices.get(step.function) or None


def step_of_book(book: SchemeBook, code: str) -> SuggestedStep:
    found = next((step for step in book.steps if step.code == code), None)
    if found is None:
        raise DomainError("这项补贴没有这个环节。")
    return found


def card_of(step: SuggestedStep, *, office: int | None) -> StepCard:
    """A step of the scheme book as it is suggested."""
    return StepCard(
        order=step.order,
        kind=step.kind,
        title=step.title,
        office_id=office,
        working_days=step.working_days,
        on_silence=step.on_silence,
        checks=step.checks,
        papers=step.papers,
        code=step.code,
    )


def wait(call: ClaimCall, book: SchemeBook, step: SuggestedStep, *, reason: str = "") -> None:
    """Keep a step of the book that the call does not have."""
    basis = clause_of_step(book, step, place=call.place)
    LeftOutStep.objects.create(
        call=call, code=step.code, title=step.title, basis=basis, reason=reason
    )


@transaction.atomic
def add_step(
    *, call_id: int, card: StepCard, actor: Actor, beside_id: int | None = None
) -> CallStep:
    """Add a step; one of the scheme book is taken up with its clause (新增环节)."""
    call = locked_draft(call_id, actor=actor)
    basis = ""
    if card.code:
        book = book_for(call.scheme)
        basis = clause_of_step(book, step_of_book(book, card.code), place=call.place)
        if call.steps.filter(code=card.code).exists():
            raise DomainError("这个规定环节已经有了，请直接修改。")
    refuse_unfit_step(call, card)
    before = places_of(call)
    decision = next((each.key for each in before if each.kind == StepKind.DECIDE), None)
    if card.kind == StepKind.DECIDE and decision is not None:
        raise DomainError("审核环节中只能有一个“审定”。")
    row = CallStep.objects.create(call=call, **asdict(replace(card, basis=basis)))
    groups = added(groups_of(before), row.pk, decision=decision)
    arrange(call, beside(groups, row.pk, other=beside_id) if beside_id else groups)
    call.left_out.filter(code=card.code).delete()
    record(actor, "incentives.call_step.added", call, detail={"step": row.title})
    return row


def refuse_unfit_step(call: ClaimCall, card: StepCard) -> None:
    """A step that can be done, of a verified office of the region, with papers of the scheme."""
    reason = reason_not_a_step(
        kind=card.kind,
        office=card.office_id,
        on_silence=card.on_silence,
        days=card.working_days,
    )
    if reason:
        raise DomainError(reason)
    if (
        card.office_id is not None
        and not offices_for(call.division_id).filter(pk=card.office_id).exists()
    ):
        raise DomainError("请选择本地区已核验的政府部门。", field="office")
    known = {each.code for each in book_for(call.scheme).documents}
    if not known.issuperset(card.papers):
        raise DomainError("请从这项补贴的材料中选择。", field="papers")


def places_of(call: ClaimCall) -> list[Placed]:
    rows = call.steps.order_by("order", "pk").values_list("pk", "order", "kind", "office_id")
    return [Placed(key=k, order=o, kind=kind, office=office) for k, o, kind, office in rows]


def arrange(call: ClaimCall, groups: Groups) -> None:
    """Write the order; one that does not work is refused."""
    order = {key: place for place, group in enumerate(groups, start=1) for key in group}
    placed = [
        Placed(key=each.key, order=order[each.key], kind=each.kind, office=each.office)
        for each in places_of(call)
    ]
    if reason := reason_not_arranged(placed):
        raise DomainError(reason)
    rows = [CallStep(pk=key, order=place) for key, place in order.items()]
    CallStep.objects.bulk_update(rows, ["order"])


def locked_step(step_id: int, *, actor: Actor) -> CallStep:
    """A step of a draft, the call locked."""
    row = CallStep.objects.get(pk=step_id)
    row.call = locked_draft(row.call_id, actor=actor)
    return row


@transaction.atomic
def change_step(
    *, step_id: int, card: StepCard, actor: Actor, beside_id: int | None = None
) -> CallStep:
    """Change who checks what, in how many days, and when (修改环节)."""
    row = locked_step(step_id, actor=actor)
    card = replace(card, kind=row.kind, code=row.code, basis=row.basis, order=row.order)
    refuse_unfit_step(row.call, card)
    for name, value in asdict(card).items():
        setattr(row, name, value)
    row.save()
    groups = groups_of(places_of(row.call))
    together = next(group for group in groups if row.pk in group)
    if beside_id and beside_id not in together:
        groups = beside(groups, row.pk, other=beside_id)
    elif not beside_id:
        groups = alone(groups, row.pk)
    arrange(row.call, groups)
    record(actor, "incentives.call_step.changed", row.call, detail={"step": row.title})
    return row


@transaction.atomic
def move_step(*, step_id: int, up: bool, actor: Actor) -> CallStep:
    """One place earlier or later (调整环节次序)."""
    row = locked_step(step_id, actor=actor)
    if row.kind == StepKind.DECIDE:
        raise DomainError("“审定”在最后单独办理，不能移动。")
    arrange(row.call, moved(groups_of(places_of(row.call)), row.pk, up=up))
    detail = {"step": row.title, "to": "earlier" if up else "later"}
    record(actor, "incentives.call_step.moved", row.call, detail=detail)
    return row


@transaction.atomic
def drop_step(*, step_id: int, reason: str, actor: Actor) -> ClaimCall:
    """Do without a step; one that a provision names only for a reason (取消环节)."""
    row = locked_step(step_id, actor=actor)
    call = row.call
    if refusal := reason_not_left_out(kind=row.kind, basis=row.basis, reason=reason):
        raise DomainError(refusal, field="reason")
    if row.code:
        LeftOutStep.objects.create(
            call=call, code=row.code, title=row.title, basis=row.basis,
            reason=reason.strip() or "本次申领不需要", decided_by_id=actor.user_id,
        )  # fmt: skip
    groups = without(groups_of(places_of(call)), row.pk)
    detail = {"step": row.title, "basis": row.basis}
    row.delete()
    arrange(call, groups)
    record(actor, "incentives.call_step.dropped", call, reason=reason.strip(), detail=detail)
    return call


@transaction.atomic
def leave_out_step(*, left_out_id: int, reason: str, actor: Actor) -> ClaimCall:
    """Say why a step of the scheme book that has no office is not set (说明不设的原因)."""
    row = LeftOutStep.objects.get(pk=left_out_id)
    call = locked_draft(row.call_id, actor=actor)
    kind = step_of_book(book_for(call.scheme), row.code).kind
    refusal = reason_not_left_out(kind=kind, basis=row.basis, reason=reason)
    if refusal or not reason.strip():
        raise DomainError(refusal or "请写明不设的原因。", field="reason")
    row.reason, row.decided_by_id = reason.strip(), actor.user_id
    row.save(update_fields=["reason", "decided_by"])
    detail = {"step": row.title, "basis": row.basis}
    record(actor, "incentives.call_step.dropped", call, reason=row.reason, detail=detail)
    return call

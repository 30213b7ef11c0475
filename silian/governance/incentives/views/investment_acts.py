"""What is done to one pitch by a form: roadshow, answer, withdrawal, money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import given
from silian.governance.incentives.commands.investments import (
    answer_pitch,
    correct_investment,
    invite_to_roadshow,
    record_investment,
    withdraw_pitch,
)
from silian.governance.incentives.forms.funds import (
    PaymentCorrectionForm,
    PaymentForm,
    RoadshowForm,
)
from silian.governance.incentives.forms.needs import ReasonForm
from silian.governance.incentives.models import FundPitch, InvestmentRecord
from silian.governance.incentives.permissions.funds import owns_pitch, require_runner
from silian.governance.incentives.views.finance_acts import Act, plain

REGISTER = ("基金投递", "incentives:pitches")


def running(request: Request, pitch: FundPitch) -> None:
    require_runner(request.actor, pitch)


def owning(request: Request, pitch: FundPitch) -> None:
    if not owns_pitch(request.actor, pitch):
        raise NotAllowed("撤回由投递单位办理。")


def send_roadshow(request: Request, pitch: FundPitch, form: Any) -> Any:
    said, now = form.cleaned_data, timezone.now()
    return invite_to_roadshow(
        pitch_id=pitch.pk, at=said["at"], place=said["place"], actor=request.actor, now=now
    )


def send_answer(accepts: bool) -> Callable[[Request, FundPitch, Any], Any]:
    def send(request: Request, pitch: FundPitch, form: Any) -> Any:
        return answer_pitch(
            pitch_id=pitch.pk,
            accepts=accepts,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        )

    return send


def send_withdrawal(request: Request, pitch: FundPitch, form: Any) -> Any:
    reason, now = form.cleaned_data["reason"], timezone.now()
    return withdraw_pitch(pitch_id=pitch.pk, reason=reason, actor=request.actor, now=now)


def send_payment(request: Request, pitch: FundPitch, form: Any) -> Any:
    return record_investment(
        pitch_id=pitch.pk, payment=form.payment(), actor=request.actor, now=timezone.now()
    )


def send_correction(request: Request, row: InvestmentRecord, form: Any) -> Any:
    return correct_investment(
        record_id=row.pk,
        payment=form.right(),
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        now=timezone.now(),
    )


def correction_form(request: Request, row: InvestmentRecord) -> Any:
    names = ("investor", "investor_name", "amount", "on", "round", "reference")
    initial = {name: getattr(row, name) for name in names}
    return PaymentCorrectionForm(*given(request), initial=initial)


ACTS = {
    "roadshow": Act(
        title="约定路演", button="约定", done="已约定路演，投递单位会收到通知。",
        form=plain(RoadshowForm), send=send_roadshow, require=running,
    ),
    "accept": Act(
        title="同意投资", button="同意", done="已答复同意，出资后逐笔登记。",
        form=plain(ReasonForm, label="答复理由"), send=send_answer(accepts=True), require=running,
    ),
    "decline": Act(
        title="答复不投资", button="答复", done="已答复。",
        lead="投递单位会看到理由。",
        form=plain(ReasonForm, label="答复理由"), send=send_answer(accepts=False), require=running,
    ),
    "withdraw": Act(
        title="撤回投递", button="撤回", done="已撤回投递。",
        form=plain(ReasonForm, label="撤回原因"), send=send_withdrawal, require=owning,
    ),
    "invest": Act(
        title="登记投资", button="登记", done="已登记投资。",
        lead="基金和社会资本分开登记，撬动倍数由记录算出；登记错了用更正，原记录保留。",
        form=plain(PaymentForm), send=send_payment, require=running,
    ),
}  # fmt: skip
CORRECTIONS = {
    "correct": Act(
        title="更正投资记录", button="更正", done="已更正，原记录保留。",
        form=correction_form, send=send_correction,
        require=lambda request, row: require_runner(request.actor, row.pitch),
    )
}  # fmt: skip

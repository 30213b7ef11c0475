"""Pages on which a committee proposes experts and the person answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, done_or_said, page_words
from silian.operations.alliances.choices.nominations import NominationState
from silian.operations.alliances.commands.nominations import (
    agree_to_nomination,
    decline_nomination,
    nominate_expert,
    withdraw_nomination,
)
from silian.operations.alliances.forms.nominations import ConsentForm, NominationForm
from silian.operations.alliances.permissions.committees import require_committee_keeper
from silian.operations.alliances.permissions.nominations import (
    nominations_asked_of,
    nominations_kept_by,
)
from silian.operations.alliances.views.committees import REGISTER, visible_committee
from silian.operations.alliances.views.steps import reason_of

TERM_YEARS = 3  # what most appointments say; the form lets one change it


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_new(request: Request, committee_id: int) -> HttpResponse:
    """Ask a member to be proposed for the review pool (推荐评审专家)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_keeper(actor, committee)
    today = timezone.localdate()
    until = today.replace(year=today.year + TERM_YEARS, day=1)
    initial = {"starts_on": today, "ends_on": until}
    form = NominationForm(request.POST or None, committee=committee, initial=initial)
    lead = f"{committee.name}；先征得本人同意，再由牵头部门审核入库"
    return answer_form(
        request,
        form=form,
        page=page_words("推荐评审专家", "征询本人", back=committee, register=REGISTER, lead=lead),
        send=lambda said: nominate_expert(
            committee_id=committee.pk, facts=form.facts(), actor=actor, today=today
        ),
        done="已征询本人，同意后自动报专家库审核。",
        then=committee,
    )


@require_POST
def nomination_withdraw(request: Request, nomination_id: int) -> HttpResponse:
    """Take a nomination back (撤回推荐)."""
    rows = nominations_kept_by(request.actor).select_related("committee")
    nomination = get_object_or_404(rows, pk=nomination_id)
    return done_or_said(
        request,
        lambda: withdraw_nomination(
            nomination_id=nomination.pk,
            reason=reason_of(request),
            actor=request.actor,
            today=timezone.localdate(),
        ),
        done="已撤回推荐。",
        then=nomination.committee,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_answer(request: Request, nomination_id: int) -> HttpResponse:
    """The person agrees or declines (答复推荐)."""
    rows = nominations_asked_of(request.actor).filter(state=NominationState.ASKED)
    related = rows.select_related("committee__host", "user", "organisation")
    nomination = get_object_or_404(related, pk=nomination_id)
    form = ConsentForm(request.POST or None, initial=ConsentForm.initial_from(nomination))

    def send(said: dict[str, Any]) -> Any:
        given: dict[str, Any] = {
            "nomination_id": nomination.pk,
            "actor": request.actor,
            "today": timezone.localdate(),
        }
        if not form.agrees:
            return decline_nomination(reason=said["reason"], **given)
        return agree_to_nomination(title=said["title"], fields=said["fields_known"], **given)

    page = FormPage(
        title="推荐您进入评审专家库",
        button="提交答复",
        back=nomination.committee.public_url,
        lead=(
            f"{nomination.committee.name}推荐，聘期 {nomination.starts_on} 至 {nomination.ends_on}"
            f"（不含）；推荐理由：{nomination.grounds}"
        ),
        help="alliances/nomination",
    )
    done = "答复已提交。"
    return answer_form(request, form=form, page=page, send=send, done=done, then=page.back)

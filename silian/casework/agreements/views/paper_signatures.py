"""Recording what a party signed on paper (登记线下签署)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.casework.agreements.commands.paper_signatures import record_paper_signature
from silian.casework.agreements.forms.signing import PaperForm
from silian.casework.agreements.permissions.signing import signatures_chased_by
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given


@require_http_methods(["GET", "HEAD", "POST"])
def paper_signature(request: Request, signature_id: int) -> HttpResponse:
    """Record the signature of a party on paper, with its scan (登记线下签署)."""
    rows = signatures_chased_by(request.actor).select_related("party", "version__agreement")
    row = get_object_or_404(rows, pk=signature_id)
    agreement = row.version.agreement
    waiting = reverse("agreements:waiting")
    form = PaperForm(
        *given(request), initial={"name": row.party.name if row.party.person_id else ""}
    )
    page = FormPage(
        title=f"登记线下签署：{row.party.name}",
        lead=f"{agreement.title}。登记后显示“线下签署”，写明由您登记，不作为电子签名。",
        button="登记",
        back=waiting,
        help="agreements/paper",
        crumbs=[("未签名单", waiting)],
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: record_paper_signature(
            signature_id=row.pk, actor=request.actor, paper=form.paper(), now=timezone.now()
        ),
        done="已登记线下签署，各方会看到扫描件和登记人。",
        then=agreement.get_absolute_url(),
    )

"""Pages for the papers of a claim and for results that a unit states itself."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.commands.claim_paper_making import make_papers
from silian.governance.incentives.commands.claim_papers import (
    add_paper,
    add_result,
    remove_paper,
    remove_result,
)
from silian.governance.incentives.forms.claims import PaperForm, ResultForm
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_papers import EDITABLE
from silian.governance.incentives.rules.claim_items import STATED
from silian.governance.incentives.views.claims import REGISTER, own_claim

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def back_of(claim: Claim) -> str:
    """The form while it is in the unit's hands, else the page."""
    if ClaimState(claim.state) in EDITABLE:
        return reverse("incentives:claim_edit", args=[claim.pk])
    return claim.get_absolute_url()


@require_POST
def claim_papers_make(request: Request, claim_id: int) -> HttpResponse:
    """Make one paper of the claim, or all that the platform can make (生成材料)."""
    claim = own_claim(request, claim_id)
    codes = [each for each in (request.POST.get("code", ""),) if each]
    known = {each.code for each in book_for(claim.call.scheme).made_here}
    if not known.issuperset(codes):
        raise Http404
    return done_or_said(
        request,
        lambda: make_papers(
            claim_id=claim.pk, codes=codes, actor=request.actor, now=timezone.localtime()
        ),
        done="材料已按今天的登记生成；没有变化的保持原样。请下载核对，需要签章的打印签章后上传。",
        then=f"{back_of(claim)}#papers",
    )


@GET_OR_POST
def claim_paper_new(request: Request, claim_id: int, code: str) -> HttpResponse:
    """Hand in a file under a paper of the scheme (上传材料)."""
    claim = own_claim(request, claim_id)
    documents = {each.code: each for each in book_for(claim.call.scheme).documents}
    if code not in documents:
        raise Http404
    return answer_form(
        request,
        form=PaperForm(*given(request)),
        page=page_words(
            f"上传：{documents[code].title}", "上传", back=back_of(claim), register=REGISTER,
            lead=claim.number,
        ),
        send=lambda given: add_paper(
            claim_id=claim.pk, code=code, actor=request.actor, **given
        ),
        done="已上传。",
        then=back_of(claim),
    )  # fmt: skip


@require_POST
def claim_paper_remove(request: Request, claim_id: int, paper_id: int) -> HttpResponse:
    """Take a file back (删除材料)."""
    claim = own_claim(request, claim_id)
    paper = get_object_or_404(claim.papers, pk=paper_id)
    return done_or_said(
        request,
        lambda: remove_paper(claim_id=claim.pk, paper_id=paper.pk, actor=request.actor),
        done="已删除。",
        then=back_of(claim),
    )


@GET_OR_POST
def claim_result_new(request: Request, claim_id: int) -> HttpResponse:
    """State a result with its evidence (登记成果)."""
    claim = own_claim(request, claim_id)
    kinds = book_for(claim.call.scheme).kinds
    if not kinds:
        raise Http404
    return answer_form(
        request,
        form=ResultForm(*given(request), kinds=kinds),
        page=page_words("登记成果", "登记", back=back_of(claim), register=REGISTER),
        send=lambda given: add_result(
            claim_id=claim.pk, actor=request.actor, today=timezone.localdate(), **given
        ),
        done="成果已登记。",
        then=back_of(claim),
    )


@require_POST
def claim_result_remove(request: Request, claim_id: int, item_id: int) -> HttpResponse:
    """Take a stated result back (删除成果)."""
    claim = own_claim(request, claim_id)
    item = get_object_or_404(claim.items.filter(source_type=STATED), pk=item_id)
    return done_or_said(
        request,
        lambda: remove_result(claim_id=claim.pk, item_id=item.pk, actor=request.actor),
        done="已删除。",
        then=back_of(claim),
    )

"""Keys for machines: list, make, revoke."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.registers.organisations.choices import TokenScope
from silian.registers.organisations.commands.tokens import create_token, revoke_token
from silian.registers.organisations.forms.members import TokenForm
from silian.registers.organisations.permissions import tokens_visible_to
from silian.registers.organisations.views.profile import (
    answered,
    managed_organisation,
    page,
    refuse_on,
)


@require_safe
def tokens(request: Request) -> HttpResponse:
    """The keys of one's organisation (接口令牌)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    now = timezone.now()
    rows = tokens_visible_to(actor).select_related("created_by")[:100]
    labels = dict(TokenScope.choices)
    context = {
        "organisation": organisation,
        "tokens": [
            (row, [labels[scope] for scope in row.scopes], row.state_word(now=now)) for row in rows
        ],
        "secret": request.session.pop("token_secret", ""),
    }
    return render(request, "organisations/tokens.html", context)


def token_create(request: Request) -> HttpResponse:
    """Make a key; its secret is shown once on the next page (创建令牌)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = create_token(
                organisation_id=organisation.pk,
                actor=actor,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            request.session["token_secret"] = secret
            messages.success(request, "令牌已创建，只显示这一次，请立即保存。")
            return redirect("organisations:tokens")
    lead = "令牌以您的身份代表贵单位调用接口；您离开单位或账号锁定后即失效。"
    return answered(request, form, page("创建接口令牌", "创建", lead=lead))


@require_POST
def token_revoke(request: Request, token_id: int) -> HttpResponse:
    """Make a key useless."""
    actor = request.actor
    row = get_object_or_404(tokens_visible_to(actor), pk=token_id)
    revoke_token(token_id=row.pk, actor=actor)
    messages.success(request, "令牌已撤销，使用它的系统立即不能访问。")
    return redirect("organisations:tokens")

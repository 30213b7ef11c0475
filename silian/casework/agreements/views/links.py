"""Signing by link, without an account; and making and stopping links."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.agreements.commands import links, questions
from silian.casework.agreements.errors import LinkClosed
from silian.casework.agreements.forms.signing import AskForm, IdentityForm, RefuseForm, SignForm
from silian.casework.agreements.models import SigningLink
from silian.casework.agreements.models.single_use_links import digest_of
from silian.casework.agreements.permissions.signing import (
    links_managed_by,
    signatures_visible_to,
)
from silian.casework.agreements.queries.signing import open_link
from silian.casework.agreements.queries.signing_page import (
    period_of,
    signature_for_page,
    signing_page,
)
from silian.foundation.kernel.rate_limits import View, rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of

KEY = "signing_link"  # the session's key of who proved to be the one
CONFIRMED_SECONDS = 30 * 60  # long enough to read; then the phone may lie about
# a whole class may sign behind one school's address; one link is opened by one person
limited_by_address = rate_limited("agreements.links", times=1200, seconds=600)
limited_by_link = rate_limited(
    "agreements.link", times=60, seconds=600, key=lambda request: request.path
)


def limited(view: View) -> View:
    """Bound both how often one link is tried and how many are tried from one address."""
    return limited_by_address(limited_by_link(view))


def proof_of(request: Request, token: str) -> dict[str, str] | None:
    """Name and last four that this browser gave for this link, while fresh."""
    kept = request.session.get(KEY) or {}
    if kept.get("digest") != digest_of(token) or time.time() > kept.get("until", 0):
        return None
    return {"name": kept["name"], "last_four": kept["last_four"]}


def closed(request: Request) -> HttpResponse:
    """One calm page for every link that does not work; it does not say why."""
    return render(request, "agreements/link_closed.html", status=404)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited
def link(request: Request, token: str) -> HttpResponse:
    """Prove who one is, then read."""
    now = timezone.now()
    found = open_link(token=token, now=now)
    if found is None:
        return closed(request)
    if proof_of(request, token):
        return page(request, found, token=token)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    try:
        opened = done_or_refused(
            form,
            lambda: links.open_with_identity(token=token, now=now, **form.cleaned_data),
            boxes={"": "last_four"},
            raising=(LinkClosed,),
        )
    except LinkClosed:
        return closed(request)
    if opened is not None:
        until = time.time() + CONFIRMED_SECONDS
        request.session[KEY] = {**form.cleaned_data, "digest": digest_of(token), "until": until}
        return redirect("agreements:link", token=token)
    context = {"form": form, "link": found, "agreement": found.signature.version.agreement}
    return render(request, "agreements/link_identity.html", context, status=status_of(form))


@dataclass(frozen=True, kw_only=True)
class LinkAct:
    """What may be done by link: its form, the command, and what the command calls the typed."""

    form: type[forms.Form]
    shown_as: str
    typed: str
    given_as: str
    command: Callable[..., object]
    done: str = ""


ACTS = {
    "sign": LinkAct(
        form=SignForm,
        shown_as="sign_form",
        typed="sha256",
        given_as="agreed_sha256",
        command=links.sign_by_link,
        done="signed",
    ),
    "refuse": LinkAct(
        form=RefuseForm,
        shown_as="refuse_form",
        typed="reason",
        given_as="reason",
        command=links.refuse_by_link,
        done="refused",
    ),
    "ask": LinkAct(
        form=AskForm,
        shown_as="ask_form",
        typed="text",
        given_as="text",
        command=questions.ask_by_link,
    ),
}


@login_not_required
@never_cache
@require_POST
@limited
def link_act(request: Request, token: str, name: str) -> HttpResponse:
    """Sign, refuse or ask by link, or show the page again with what was wrong."""
    found = open_link(token=token, now=timezone.now())
    if found is None:
        return closed(request)
    proof = proof_of(request, token)
    if proof is None:
        return redirect("agreements:link", token=token)
    act = ACTS[name]
    form = act.form(request.POST)
    try:
        made = done_or_refused(
            form,
            lambda: taken(request, act, form, token=token, proof=proof),
            raising=(LinkClosed,),
        )
    except LinkClosed:
        return closed(request)
    if made is None:
        return page(request, found, token=token, **{act.shown_as: form})
    return answered(request, token, done=act.done)


def taken(
    request: Request, act: LinkAct, form: forms.Form, *, token: str, proof: dict[str, str]
) -> object:
    """Call the command behind an act with what was proved and typed."""
    typed = {act.given_as: form.cleaned_data[act.typed]}
    address = request.actor.address
    return act.command(token=token, now=timezone.now(), address=address, **proof, **typed)


def answered(request: Request, token: str, *, done: str) -> HttpResponse:
    if not done:
        messages.success(request, "已送达发起单位，2 个工作日内答复。答复会显示在这一页。")
        return redirect("agreements:link", token=token)
    request.session.pop(KEY, None)
    return redirect("agreements:link_done", what=done)


@login_not_required
@require_safe
def link_done(request: Request, what: str) -> HttpResponse:
    """After signing or refusing: what happens next; it tells nothing of any agreement."""
    return render(request, "agreements/link_done.html", {"is_signed": what == "signed"})


def page(request: Request, found: SigningLink, *, token: str, **shown: forms.Form) -> HttpResponse:
    """The same signing page as in the account."""
    row = signature_for_page(signature_id=found.signature_id)
    if row is None:
        return closed(request)
    content = signing_page(signature=row)
    context: dict[str, Any] = {
        "page": content,
        "period": period_of(content),
        "sign_form": SignForm(),
        "refuse_form": RefuseForm(),
        "ask_form": AskForm(),
        "stand_ins": [],
        "is_signatory": True,
        "is_link": True,
        "signs_as": found.sent_to,
        "is_large": request.GET.get("text") == "large",
        "sign_url": reverse("agreements:link_sign", args=[token]),
        "refuse_url": reverse("agreements:link_refuse", args=[token]),
        "ask_url": reverse("agreements:link_ask", args=[token]),
    }
    status = 422 if shown else 200
    return render(request, "agreements/sign.html", {**context, **shown}, status=status)


@never_cache
@require_POST
def link_make(request: Request, signature_id: int) -> HttpResponse:
    """Make a link and show it once."""
    row = get_object_or_404(
        signatures_visible_to(request.actor).select_related("party", "version__agreement"),
        pk=signature_id,
    )
    given = request.POST.get("person", "")
    token = links.make_link(
        signature_id=row.pk,
        actor=request.actor,
        now=timezone.now(),
        person_id=int(given) if given.isdigit() else None,
    )
    url = request.build_absolute_uri(reverse("agreements:link", args=[token]))
    made = row.links.order_by("-pk").first()
    return render(request, "agreements/link_made.html", {"row": row, "url": url, "link": made})


@require_POST
def link_revoke(request: Request, link_id: int) -> HttpResponse:
    """Stop a link."""
    found = get_object_or_404(links_managed_by(request.actor), pk=link_id)
    links.revoke_link(link_id=found.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "链接已作废，打不开了。")
    return redirect("agreements:waiting")

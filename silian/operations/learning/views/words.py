"""What the pages of learning share: words around a form, and one step by a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage

CALLS = ("经费报告通知", "learning:call_list")
RETURNS = ("经费报告核对", "learning:return_list")
OWN = ("本单位经费报告", "learning:own")


def page_words(
    title: str, verb: str, *, back: Any, register: tuple[str, str], lead: str = "", help: str = ""
) -> FormPage:
    """What a form page says of itself; ``register`` is the label and address name of its list."""
    label, name = register
    return FormPage(
        title=title,
        button=verb,
        back=resolve_url(back),
        lead=lead,
        help=help,
        crumbs=((label, reverse(name)),),
    )


def done_or_said(
    request: Request, work: Callable[[], Any], *, done: str, then: Any
) -> HttpResponse:
    """Take one step and go back to the page; a refusal is said there."""
    try:
        work()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(then)


def typed(text: str) -> str:
    """What was typed into a search line, without what a database cannot take."""
    return text.replace("\x00", "")[:60]

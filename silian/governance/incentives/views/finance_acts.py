"""One act on one object of financing: who may, which form, which command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, given, page_words


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is done to an object by a form (办理). ``send`` runs the command."""

    title: str
    button: str
    done: str
    form: Callable[[Request, Any], forms.Form]
    send: Callable[[Request, Any, Any], Any]
    require: Callable[[Request, Any], None]
    lead: str = ""


def act_page(
    request: Request,
    acts: Mapping[str, Act],
    name: str,
    subject: Any,
    *,
    register: tuple[str, str],
    home: Any = None,
) -> HttpResponse:
    """Show the form of an act, or take it and go back to the object."""
    if name not in acts:
        raise Http404("没有这项办理。")
    act, home = acts[name], home or subject
    act.require(request, subject)
    form = act.form(request, subject)
    page = page_words(act.title, act.button, back=home, register=register, lead=act.lead)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: act.send(request, subject, form),
        done=act.done,
        then=home,
    )


def plain(form_class: type[forms.Form], **options: Any) -> Callable[[Request, Any], forms.Form]:
    """A form that needs nothing of the object."""
    return lambda request, subject: form_class(*given(request), **options)

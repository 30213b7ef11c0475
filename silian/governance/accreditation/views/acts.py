"""One act on one object: a form, a command, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form

Subject = Any


@dataclass(frozen=True, kw_only=True)
class Act:
    """What can be done to an object (办理): who may, which form, which command.

    ``require`` raises for who may not; ``form`` builds the form from the request; ``send`` runs
    the command with the form that was sent.
    """

    title: str
    button: str
    done: str
    require: Callable[[Request, Subject], None]
    form: Callable[[Request, Subject], forms.Form]
    send: Callable[[Request, Subject, Any], Any]
    lead: Callable[[Subject], str] = str


def act_named(acts: dict[str, Act], name: str) -> Act:
    try:
        return acts[name]
    except KeyError:
        raise Http404("没有这项办理。") from None


def answer_act(
    request: Request,
    *,
    act: Act,
    subject: Subject,
    home: Subject,
    root: tuple[str, str],
) -> HttpResponse:
    """Show the act's form, or run its command and go back to the object (办理页)."""
    act.require(request, subject)
    form = act.form(request, subject)
    crumbs = ((root[0], reverse(root[1])), (str(home), home.get_absolute_url()))
    page = FormPage(
        title=act.title,
        button=act.button,
        back=home.get_absolute_url(),
        lead=act.lead(subject),
        crumbs=crumbs,
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: act.send(request, subject, form),
        done=act.done,
        then=home,
    )

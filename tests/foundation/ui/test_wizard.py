"""Wizards keep finished steps and lead on."""

from __future__ import annotations

import pytest
from django import forms
from django.test import RequestFactory

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.models import Draft
from silian.foundation.ui.wizard import Step, Wizard

pytestmark = pytest.mark.django_db


class First(forms.Form):
    title = forms.CharField(label="名称")


class Second(forms.Form):
    kinds = forms.MultipleChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")])


STEPS = [Step("title", "名称", First), Step("kinds", "类别", Second)]


def wizard(method: str = "get", query: str = "", **data: object) -> Wizard:
    request = getattr(RequestFactory(), method)(f"/w/{query}", data or None)
    request.actor = Actor(user_id=1)
    return Wizard(request=request, name="import", steps=STEPS)


def send(query: str, **data: object) -> Wizard:
    made = wizard("post", query, **data)
    form = made.bound_form()
    assert form.is_valid(), form.errors
    made.keep(form)
    return made


def test_it_begins_with_the_first_unfinished_step() -> None:
    assert wizard(query="?step=kinds").current.name == "title"


def test_a_kept_step_leads_to_the_next() -> None:
    sent = send("?step=title", title="数控")
    assert sent.next_url == "/w/?step=kinds"
    again = wizard(query="?step=kinds")
    assert again.current.name == "kinds"
    assert again.is_last
    assert again.back_url == "/w/?step=title"
    assert [line.state for line in again.lines] == ["done", "current"]


def test_going_back_shows_what_was_typed() -> None:
    send("?step=title", title="数控")
    assert wizard(query="?step=title").bound_form().initial["title"] == "数控"


def test_the_answers_of_all_steps_come_together() -> None:
    send("?step=title", title="数控")
    sent = send("?step=kinds", kinds=["a", "b"])
    assert sent.answers() == {"title": "数控", "kinds": ["a", "b"]}
    sent.finish()
    assert Draft.objects.count() == 0


def test_steps_that_no_longer_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        wizard().answers()

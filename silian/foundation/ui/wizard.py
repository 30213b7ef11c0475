"""Wizards: a long form in steps, each kept on the server, so that one may leave and come back.

::

    wizard = Wizard(request=request, name="import", steps=[
        Step("file", "选文件", SourceForm), Step("columns", "对应列", MappingForm)])
    form = wizard.bound_form()
    if request.method == "POST" and form.is_valid():
        wizard.keep(form)
        if wizard.is_last:
            commands.import_listings(**wizard.answers(), actor=request.actor)
            wizard.finish()
            return redirect(...)
        return redirect(wizard.next_url)
    status = 422 if form.errors else 200
    return render(request, "…/import.html", {"wizard": wizard, "form": form}, status=status)

Steps are named in the address as ``?step=columns``. Files are not kept: store them in the step's
own view and keep their id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from silian.foundation.ui import drafts


@dataclass(frozen=True)
class Step:
    """One page of a wizard (步骤)."""

    name: str
    label: str
    form: type[forms.BaseForm]


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step as drawn: done, current, or still to come."""

    number: int
    label: str
    url: str
    state: str


class Wizard:
    """The steps of one task of one person (分步办理)."""

    def __init__(self, *, request: HttpRequest, name: str, steps: Sequence[Step]) -> None:
        self.request, self.name, self.steps = request, name, list(steps)
        self._actor = request.actor  # type: ignore[attr-defined]

    @cached_property
    def kept(self) -> dict[str, dict[str, list[str]]]:
        """What each finished step holds, as it was typed."""
        draft = drafts.draft_of(actor=self._actor, name=self._draft_name)
        found: dict[str, dict[str, list[str]]] = {}
        for key, values in (draft.data if draft else {}).items():
            step, _, field = key.partition(".")
            found.setdefault(step, {})[field] = values
        return found

    @cached_property
    def current(self) -> Step:
        """The step asked for, but never past the first unfinished one."""
        asked = self.request.GET.get("step", "")
        for step in self.steps:
            if step.name == asked or step.name not in self.kept:
                return step
        return self.steps[-1]

    @property
    def position(self) -> int:
        return self.steps.index(self.current)

    @property
    def is_last(self) -> bool:
        return self.position == len(self.steps) - 1

    @property
    def next_url(self) -> str:
        return self._url(min(self.position + 1, len(self.steps) - 1))

    @property
    def back_url(self) -> str:
        return self._url(self.position - 1) if self.position else ""

    @property
    def lines(self) -> list[StepLine]:
        """The steps for the head of the page; one may go back to any that is finished."""
        return [
            StepLine(
                number=number + 1,
                label=step.label,
                url=self._url(number) if step.name in self.kept and number != self.position else "",
                state=self._state(step, number),
            )
            for number, step in enumerate(self.steps)
        ]

    def bound_form(self, **arguments: Any) -> forms.BaseForm:
        """The current step's form: bound to the post, or filled with what was kept."""
        if self.request.method == "POST":
            return self.current.form(self.request.POST, self.request.FILES, **arguments)
        typed = self.kept.get(self.current.name, {})
        form = self.current.form(**arguments)
        for name, values in typed.items():
            if name in form.fields:
                widget = form.fields[name].widget
                form.initial[name] = values if has_many(widget) else values[0]
        return form

    def keep(self, form: forms.BaseForm) -> None:
        """Keep a valid step as it was typed."""
        typed = {
            name: [str(value) for value in self.request.POST.getlist(name)]
            for name in form.fields
            if self.request.POST.getlist(name)
        }
        self.kept[self.current.name] = typed
        data = {
            f"{step}.{field}": values
            for step, fields in self.kept.items()
            for field, values in (fields or {"": []}).items()
        }
        drafts.save_draft(actor=self._actor, name=self._draft_name, data=data)

    def answers(self) -> dict[str, Any]:
        """The cleaned values of every step; a step that no longer holds raises ``ValueError``."""
        found: dict[str, Any] = {}
        for step in self.steps:
            form = step.form(as_query(self.kept.get(step.name, {})))
            if not form.is_valid():
                raise ValueError(f"step {step.name} does not hold any more")
            found.update(form.cleaned_data)
        return found

    def finish(self) -> None:
        """Forget the steps after the work was done."""
        drafts.drop_draft(actor=self._actor, name=self._draft_name)

    @property
    def _draft_name(self) -> str:
        return f"wizard-{self.name}"

    def _url(self, number: int) -> str:
        return f"{self.request.path}?step={self.steps[number].name}"

    def _state(self, step: Step, number: int) -> str:
        if number == self.position:
            return "current"
        return "done" if step.name in self.kept else "waiting"


def has_many(widget: forms.Widget) -> bool:
    return bool(getattr(widget, "allow_multiple_selected", False))


def as_query(typed: dict[str, list[str]]) -> QueryDict:
    """Typed values in the shape of a posted form."""
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    return query

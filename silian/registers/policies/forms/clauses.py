"""Shapes of input of a clause under review (条款表单)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from silian.foundation.ui import widgets
from silian.registers.policies.choices import BodyRole, Comparator, Force
from silian.registers.policies.commands.clause_correction import BodyLine, ClauseFacts
from silian.registers.policies.commands.clause_targets import GoalFacts, TargetFacts
from silian.registers.policies.models.clauses import (
    Clause,
    ClauseBody,
    ClauseGoal,
    ClauseTarget,
    plain_number,
)
from silian.registers.policies.rules.clause_text import CutPlace

MOST_BODIES = 60
HALVES = ("comparator", "unit", "low", "high", "force", "deadline_on")


class ClauseForm(forms.Form):
    """Heading, place, task and deadline of a clause (更正条款)."""

    heading = forms.CharField(label="标题", max_length=200)
    number = forms.CharField(label="序号", max_length=20, required=False)
    path = forms.CharField(
        label="上级标题",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每级一行，从外到内。",
    )
    is_task = forms.BooleanField(label="生成任务", required=False)
    due_on = forms.DateField(
        label="办结期限", widget=widgets.DateInput(), required=False, help_text="原文未写的留空。"
    )
    number.half = due_on.half = True  # type: ignore[attr-defined]

    @classmethod
    def of(cls, clause: Clause) -> ClauseForm:
        return cls(
            initial={
                "heading": clause.heading,
                "number": clause.number,
                "path": "\n".join(clause.path),
                "is_task": clause.is_task,
                "due_on": clause.due_on,
            },
            auto_id="clause-%s",
        )

    def clean_path(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.cleaned_data["path"].splitlines())
        return tuple(line[:120] for line in lines if line)

    def facts(self) -> ClauseFacts:
        return ClauseFacts(**self.cleaned_data)


class BodyLineForm(forms.Form):
    """One body of a clause."""

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="单位", max_length=80, required=False)
    role = forms.ChoiceField(
        label="责任方式", choices=BodyRole.choices, initial=BodyRole.RESPONSIBLE
    )


BodyLines = formset_factory(
    BodyLineForm, extra=1, can_delete=True, max_num=MOST_BODIES, absolute_max=MOST_BODIES
)


def body_lines_of(bodies: Sequence[ClauseBody]) -> BaseFormSet[BodyLineForm]:
    return BodyLines(
        prefix="bodies",
        initial=[
            {
                "row": body.pk,
                "name": body.body.name if body.body else body.printed,
                "role": body.role,
            }
            for body in bodies
        ],
    )


def entered_bodies(lines: BaseFormSet[BodyLineForm]) -> list[BodyLine]:
    """The lines that have a name and are not struck out."""
    return [
        BodyLine(name=data["name"].strip(), role=data["role"], row=data.get("row"))
        for form in lines.forms
        if (data := form.cleaned_data) and not data.get("DELETE") and data.get("name", "").strip()
    ]


class TargetForm(forms.Form):
    """A target with its bound, force and deadline (指标)."""

    title = forms.CharField(label="指标名称", max_length=120)
    phrase = forms.CharField(label="原文", max_length=300, required=False)
    comparator = forms.ChoiceField(label="比较方式", choices=Comparator.choices)
    unit = forms.CharField(label="单位", max_length=20, required=False)
    low = forms.DecimalField(label="数值", max_digits=18, decimal_places=4, required=False)
    high = forms.DecimalField(label="上限", max_digits=18, decimal_places=4, required=False)
    force = forms.ChoiceField(label="强制程度", choices=Force.choices)
    deadline_on = forms.DateField(
        label="期限", widget=widgets.DateInput(), required=False, help_text="原文未写的留空。"
    )
    repeats = forms.TypedChoiceField(
        label="与其他指标相同",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="重复的指标不另计数。",
    )

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "target-%s", **kwargs})
        for name in HALVES:
            self.fields[name].half = True  # type: ignore[attr-defined]
        choices = [("", "不重复"), *others]
        self.fields["repeats"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> TargetFacts:
        return TargetFacts(**self.cleaned_data)


def target_values(target: ClauseTarget) -> dict[str, Any]:
    names = (
        "title", "phrase", "comparator", "unit", "low", "high", "force", "deadline_on",
    )  # fmt: skip
    values = {name: getattr(target, name) for name in names}
    for name in ("low", "high"):
        values[name] = plain_number(values[name]) or None
    return {**values, "repeats": target.repeats_id}


class GoalForm(forms.Form):
    """A goal that has a date and no number (有期限的目标)."""

    title = forms.CharField(label="目标", max_length=120)
    phrase = forms.CharField(label="原文", max_length=300, required=False)
    deadline_on = forms.DateField(label="期限", widget=widgets.DateInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "goal-%s", **kwargs})

    def facts(self) -> GoalFacts:
        return GoalFacts(**self.cleaned_data)


def goal_values(goal: ClauseGoal) -> dict[str, Any]:
    return {"title": goal.title, "phrase": goal.phrase, "deadline_on": goal.deadline_on}


class SplitForm(forms.Form):
    """Where a clause is cut in two (拆分)."""

    offset = forms.TypedChoiceField(label="拆分处", coerce=int, widget=widgets.RadioList())

    def __init__(self, *args: Any, places: Sequence[CutPlace], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "split-%s", **kwargs})
        self.fields["offset"].choices = [  # type: ignore[attr-defined]
            (place.offset, f"…{place.before} ｜ {place.after}…") for place in places
        ]


class AddClauseForm(forms.Form):
    """Lines of the original that make a clause (添加条款)."""

    first_line = forms.IntegerField(label="起行", min_value=1)
    last_line = forms.IntegerField(label="止行", min_value=1)
    heading = forms.CharField(
        label="标题", max_length=200, required=False, help_text="不填时取开头的文字。"
    )
    first_line.half = last_line.half = True  # type: ignore[attr-defined]

"""What a student types about a week, and the words of mentor and teacher."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.commands.notes import NoteText
from silian.operations.placements.models import WeeklyNote

TYPED = ("tasks", "other_work", "hours", "learned", "difficulty")


class NoteForm(forms.Form):
    """One week in five boxes, tasks as boxes to tick (实习周记)."""

    tasks = forms.MultipleChoiceField(
        label="这周做了哪些典型工作任务", required=False, widget=widgets.CheckboxList()
    )
    other_work = forms.CharField(label="其他工作", max_length=200, required=False)
    hours = forms.DecimalField(
        label="本周工时", max_digits=4, decimal_places=1, min_value=0, max_value=Decimal(168)
    )
    learned = forms.CharField(
        label="学到了什么",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写一件具体的事：怎么做、为什么这样做。",
    )
    difficulty = forms.CharField(
        label="遇到的困难",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="没有可不填；涉及权益的可以走投诉，不经过单位。",
    )
    photo = forms.FileField(
        label="照片",
        required=False,
        widget=widgets.FileInput(limit="图片，可不传"),
        help_text="不记录位置；不要拍到别人的脸和单位的保密内容。",
    )

    def __init__(self, *args: Any, tasks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tasks"]
        field.choices = [(task, task) for task in tasks]

    @staticmethod
    def initial_from(note: WeeklyNote | None) -> dict[str, Any]:
        return {name: getattr(note, name) for name in TYPED} if note else {}

    def text(self) -> NoteText:
        data = {name: self.cleaned_data[name] for name in TYPED}
        return NoteText(**{**data, "tasks": tuple(data["tasks"])})


def chosen_comments(posted: Any) -> dict[int, str]:
    """The ticked notes with what was typed beside each; ids that are no numbers are left out."""
    ids = [int(key) for key in posted.getlist("chosen") if key.isdigit()]
    return {pk: posted.get(f"comment-{pk}", "") for pk in ids}

"""What is typed about safety training: a course, answers to a paper, the school's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from silian.foundation.reference.forms import MajorsField
from silian.foundation.reference.models import Major
from silian.foundation.ui import widgets
from silian.operations.placements.commands.training import CourseText
from silian.operations.placements.models import SafetyCourse, SafetyQuestion


class CourseForm(forms.Form):
    """A course with its question bank in one box (安全课程)."""

    title = forms.CharField(label="课程名称", max_length=120)
    body = forms.CharField(
        label="培训内容",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="学生先读这里再测试；空一行分段。",
    )
    trades = MajorsField(
        label="适用专业大类",
        level=1,
        most=19,
        required=False,
        help_text="学校课程只对这些专业大类的岗位算合格；不选为通用课程，可以学习，不算合格。"
        "实习单位自己的课程对本单位岗位都算。",
    )
    questions_asked = forms.IntegerField(label="每次抽题数", min_value=1, max_value=50, initial=10)
    pass_mark = forms.IntegerField(
        label="合格分",
        min_value=1,
        max_value=100,
        required=False,
        help_text="满分 100。留空时用“实习管理设置”里的合格分；都没有填的，课程不能发布。",
    )
    valid_months = forms.IntegerField(
        label="合格有效期（月）", min_value=1, max_value=36, initial=12
    )
    bank = forms.CharField(
        label="题库",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="每题之间空一行；第一行是题目，以下每行一个选项，正确选项前加 *；"
        "可加一行“解析：…”。正确选项不会出现在学生页面。",
    )
    fieldsets = [
        ("课程", ["title", "trades", "body"]),
        ("测试", ["questions_asked", "pass_mark", "valid_months", "bank"]),
    ]

    def text(self) -> CourseText:
        trades = {entry.code[:2] for entry in self.cleaned_data["trades"]}
        return CourseText(**{**self.cleaned_data, "trades": sorted(trades)})

    @staticmethod
    def trades_of(course: SafetyCourse) -> list[Major]:
        """The trades of a course as the box shows them."""
        return list(Major.objects.filter(code__in=course.trades, valid_to__isnull=True))


class PaperForm(forms.Form):
    """A paper on a phone: one question under the other, the key nowhere (答卷)."""

    def __init__(self, *args: Any, questions: Sequence[SafetyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(questions, start=1):
            self.fields[f"q{question.pk}"] = forms.TypedMultipleChoiceField(
                label=f"{place}. {question.text}",
                choices=list(enumerate(question.options)),
                coerce=int,
                widget=widgets.CheckboxList(),
                error_messages={"required": "这一题还没有作答。"},
            )

    def answers(self) -> dict[int, list[int]]:
        return {int(name[1:]): chosen for name, chosen in self.cleaned_data.items()}


class SettingsForm(forms.Form):
    """Numbers that no rule gives and the school sets (实习管理设置)."""

    pass_mark = forms.IntegerField(
        label="安全测试合格分",
        min_value=1,
        max_value=100,
        required=False,
        help_text="国家规定要求测试合格才能上岗，没有规定分数。留空为未设定。",
    )
    least_file_percent = forms.IntegerField(
        label="授予学分的档案完整度（%）",
        min_value=0,
        max_value=100,
        required=False,
        help_text="低于这个比例须写明理由才能认定学分。留空为不设下限。",
    )
    attendance_cap = forms.IntegerField(
        label="出勤占总评的上限（%）",
        min_value=0,
        max_value=100,
        required=False,
        help_text="超过时考核表提示差距，不拦截。",
    )

"""What coordinators, units and supervisors type about a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui import widgets
from silian.governance.policy_tasks.choices import Weather
from silian.governance.policy_tasks.commands.task_assigning import Arrangement
from silian.governance.policy_tasks.commands.task_drafting import TaskPlan
from silian.governance.policy_tasks.commands.task_reporting import Progress
from silian.governance.policy_tasks.models import PolicyTask
from silian.registers.accounts.models import User
from silian.registers.policies.choices import Force
from silian.registers.policies.models import PolicyBody


def halves(form: forms.Form, *names: str) -> None:
    """Put fields beside their neighbours."""
    for name in names:
        form.fields[name].half = True  # type: ignore[attr-defined]


def growing(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})


class ArrangementForm(forms.Form):
    """Who leads a task, until when, who carries it (任务安排)."""

    lead = forms.ModelChoiceField(
        label="牵头单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
        help_text="原文写明“牵头”的已填好；列在首位的单位不当然是牵头单位。",
    )
    due_on = forms.DateField(
        label="办结期限",
        required=False,
        widget=widgets.DateInput(),
        help_text="长期推进的任务可以不填，不计逾期。",
    )
    owner = forms.ModelChoiceField(
        label="责任人",
        queryset=User.objects.none(),
        required=False,
        help_text="可由牵头单位签收时确定。",
    )
    force = forms.ChoiceField(
        label="强制程度",
        choices=Force.choices,
        help_text="“原则上、鼓励”等软性要求超期只提示差距，不算逾期。",
    )
    reason = forms.CharField(
        label="调整原因", max_length=300, required=False, help_text="已下达的任务调整时必填。"
    )

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[PolicyBody],
        owners: QuerySet[User],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        halves(self, "due_on", "owner", "lead", "force")

    @staticmethod
    def initial_from(task: PolicyTask) -> dict[str, Any]:
        return {
            "lead": task.lead_id,
            "due_on": task.due_on,
            "owner": task.owner_id,
            "force": task.force,
        }

    def plan(self) -> Arrangement:
        facts = self.cleaned_data
        owner = facts["owner"]
        return Arrangement(
            lead=facts["lead"],
            due_on=facts["due_on"],
            owner_id=owner.pk if owner else None,
            force=facts["force"],
            reason=facts["reason"],
        )


class TaskForm(forms.Form):
    """A task or a part of one, made by hand (添加任务)."""

    title = forms.CharField(label="任务", max_length=200)
    detail = forms.CharField(label="内容", max_length=2000, required=False, widget=growing(4))
    lead = forms.ModelChoiceField(
        label="牵头单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
    )
    due_on = forms.DateField(label="办结期限", required=False, widget=widgets.DateInput())
    cooperating = forms.ModelMultipleChoiceField(
        label="配合单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )

    def __init__(
        self, *args: Any, bodies: QuerySet[PolicyBody], is_part: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].queryset = bodies  # type: ignore[attr-defined]
        if is_part:
            self.fields["lead"].label = "承担单位"
            del self.fields["cooperating"]
        else:
            self.fields["cooperating"].queryset = bodies  # type: ignore[attr-defined]
        halves(self, "lead", "due_on")

    def plan(self) -> TaskPlan:
        return TaskPlan(**self.cleaned_data)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploads at once (佐证材料)."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(item, initial) for item in uploads if item]


class ProgressForm(forms.Form):
    """How a task goes (进展报告)."""

    text = forms.CharField(
        label="进展", max_length=2000, widget=growing(4), help_text="写做了什么、有什么结果。"
    )
    percent = forms.IntegerField(
        label="进度（%）",
        min_value=0,
        max_value=100,
        help_text="只表示推进程度，到 100 也不会自动办结。",
    )
    weather = forms.ChoiceField(
        label="推进情况", choices=Weather.choices, widget=widgets.RadioList()
    )
    difficulty = forms.CharField(
        label="困难与需协调事项",
        max_length=1000,
        required=False,
        widget=growing(2),
        help_text="选“受阻”时必填，会通知统筹单位。",
    )
    next_step = forms.CharField(label="下一步", max_length=500, required=False, widget=growing(2))
    evidence = ManyFilesField(
        label="佐证材料",
        required=False,
        help_text="可一次选多份，最多 10 份。申请办结时至少 1 份。",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        halves(self, "percent", "weather")

    def progress(self) -> Progress:
        facts = self.cleaned_data
        return Progress(**{**facts, "evidence": tuple(facts["evidence"] or ())})


class WeatherForm(forms.Form):
    """How a task really goes, in the supervisor's eyes (督查判断)."""

    weather = forms.ChoiceField(
        label="督查判断", choices=Weather.choices, widget=widgets.RadioList()
    )
    reason = forms.CharField(label="依据", max_length=300, widget=growing(2))


class MilestoneForm(forms.Form):
    """A dated step (节点)."""

    title = forms.CharField(label="节点", max_length=120)
    due_on = forms.DateField(label="期限", widget=widgets.DateInput())


class ReachedForm(forms.Form):
    """A step or goal that is reached (登记完成)."""

    reached_on = forms.DateField(label="完成日", widget=widgets.DateInput())
    evidence = forms.CharField(
        label="完成依据", max_length=300, help_text="文件名称和文号、验收或考核结论。"
    )

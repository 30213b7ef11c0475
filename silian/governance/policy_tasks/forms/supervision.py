"""What supervisors, departments and coordinators type in supervision."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.reference.models import Division
from silian.foundation.ui import widgets
from silian.governance.policy_tasks.choices import (
    AccountabilityMeasure,
    CheckResult,
    Severity,
    VisitKind,
)
from silian.governance.policy_tasks.commands.supervision_accountability import Measure
from silian.governance.policy_tasks.commands.supervision_findings import Order
from silian.governance.policy_tasks.commands.supervision_rounds import RoundPlan
from silian.governance.policy_tasks.forms.evidence import evidence_field, growing, halves
from silian.governance.policy_tasks.queries.supervision_checks import Choice
from silian.governance.policy_tasks.rules.supervision import DEFAULT_DAYS, MOST_DAYS
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyBody, PolicyDocument


def body_field(*, label: str = "责任单位", required: bool = True) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=PolicyBody.objects.none(),
        required=required,
        widget=widgets.SearchSelect(),
    )


def days_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="答复期限（工作日）",
        min_value=1,
        max_value=MOST_DAYS,
        initial=DEFAULT_DAYS,
        help_text="从签发次日起算，按工作日历。",
    )


class FindingForm(forms.Form):
    """An order to a responsible body (督办单)."""

    body = body_field()
    severity = forms.ChoiceField(
        label="问题程度", choices=Severity.choices, initial=Severity.GENERAL
    )
    title = forms.CharField(
        label="问题", max_length=120, help_text="一句话写明什么事项、差在哪里。"
    )
    text = forms.CharField(label="具体情况", max_length=3000, widget=growing(5))
    demand = forms.CharField(
        label="整改要求", max_length=2000, widget=growing(3), help_text="做到什么程度、报什么材料。"
    )
    working_days = days_field()
    proofs = evidence_field()

    def __init__(self, *args: Any, bodies: QuerySet[PolicyBody], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        halves(self, "body", "severity")

    def order(
        self, *, task_id: int | None, target_id: int | None, check_item_id: int | None
    ) -> Order:
        """The order as typed, about the given task, target or line of the checklist."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "proofs"}
        return Order(
            body_id=facts.pop("body").pk,
            task_id=task_id,
            target_id=target_id,
            check_item_id=check_item_id,
            **facts,
        )


class AnswerForm(forms.Form):
    """A department's answer to an order (整改答复)."""

    measures = forms.CharField(label="整改措施", max_length=3000, widget=growing(4))
    result = forms.CharField(
        label="整改结果",
        max_length=3000,
        widget=growing(4),
        help_text="已做到什么；尚未完成的写明完成时间。",
    )
    proofs = evidence_field(required=True)


class ReturnForm(forms.Form):
    """Why an answer is sent back, and until when (退回整改)."""

    opinion = forms.CharField(
        label="退回意见",
        max_length=500,
        widget=growing(3),
        help_text="还缺什么、怎样才算整改到位。",
    )
    working_days = days_field()


class RoundForm(forms.Form):
    """A round as planned (督查计划)."""

    title = forms.CharField(label="名称", max_length=80, help_text="例如：第一季度重点任务专项督查")
    basis = forms.CharField(label="依据", max_length=200, required=False)
    starts_on = forms.DateField(label="开始日", widget=widgets.DateInput())
    ends_on = forms.DateField(label="结束日", widget=widgets.DateInput())
    departments = forms.ModelMultipleChoiceField(
        label="部门",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
        help_text="部门、县区、学校都不选时，查本地区全部任务。",
    )
    counties = forms.ModelMultipleChoiceField(
        label="县区",
        queryset=Division.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )
    schools = forms.ModelMultipleChoiceField(
        label="学校",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )

    fieldsets = [
        ("督查安排", ["title", "basis", "starts_on", "ends_on"]),
        ("督查范围", ["departments", "counties", "schools"]),
    ]

    def __init__(
        self,
        *args: Any,
        departments: QuerySet[PolicyBody],
        counties: QuerySet[Division],
        schools: QuerySet[Organisation],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["departments"].queryset = departments  # type: ignore[attr-defined]
        self.fields["counties"].queryset = counties  # type: ignore[attr-defined]
        self.fields["schools"].queryset = schools  # type: ignore[attr-defined]
        halves(self, "starts_on", "ends_on")

    def plan(self) -> RoundPlan:
        facts = self.cleaned_data
        return RoundPlan(
            title=facts["title"],
            basis=facts["basis"],
            starts_on=facts["starts_on"],
            ends_on=facts["ends_on"],
            department_ids=[body.pk for body in facts["departments"]],
            county_codes=[county.pk for county in facts["counties"]],
            school_ids=[school.pk for school in facts["schools"]],
        )


class ChecklistForm(forms.Form):
    """Which tasks to put on the checklist (列入条件)."""

    document = forms.ModelChoiceField(
        label="政策文件",
        queryset=PolicyDocument.objects.none(),
        required=False,
        empty_label="全部文件和自行添加的任务",
    )
    bodies = forms.ModelMultipleChoiceField(
        label="牵头单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
        help_text="不选为全部。",
    )
    late_only = forms.BooleanField(label="只列逾期任务", required=False)
    with_targets = forms.BooleanField(
        label="同时列入任务的目标及当前数值", required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        documents: QuerySet[PolicyDocument],
        bodies: QuerySet[PolicyBody],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = bodies  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        facts = self.cleaned_data
        return Choice(
            document_id=facts["document"].pk if facts["document"] else None,
            late_only=facts["late_only"],
            body_ids=tuple(body.pk for body in facts["bodies"]),
            with_targets=facts["with_targets"],
        )


class CheckForm(forms.Form):
    """What was found on one line of the checklist (核查结果)."""

    result = forms.ChoiceField(
        label="核查结果",
        choices=[pair for pair in CheckResult.choices if pair[0] != CheckResult.WAITING],
        widget=widgets.RadioList(),
    )
    note = forms.CharField(
        label="核查说明",
        max_length=500,
        required=False,
        widget=growing(3),
        help_text="看了哪些材料、核对了什么；发现问题的必填。",
    )
    proofs = evidence_field()


class VisitForm(forms.Form):
    """A visit or a written inspection (督查走访)."""

    kind = forms.ChoiceField(
        label="督查方式", choices=VisitKind.choices, widget=widgets.RadioList()
    )
    held_on = forms.DateField(label="日期", widget=widgets.DateInput())
    body = body_field(label="被督查部门", required=False)
    organisation = forms.ModelChoiceField(
        label="被督查学校",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
    )
    notes = forms.CharField(
        label="情况", max_length=5000, widget=growing(5), help_text="看了什么、见了谁、情况如何。"
    )
    proofs = evidence_field()

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[PolicyBody],
        schools: QuerySet[Organisation],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = schools  # type: ignore[attr-defined]
        halves(self, "body", "organisation")


class SummaryForm(forms.Form):
    """The end of a round (督查小结)."""

    summary = forms.CharField(
        label="督查小结",
        max_length=5000,
        widget=growing(6),
        help_text="查了多少项、属实多少、发现什么共性问题、下一步建议。",
    )


class AccountabilityForm(forms.Form):
    """A measure with its document (问责登记)."""

    body = body_field()
    measure = forms.ChoiceField(label="问责方式", choices=AccountabilityMeasure.choices)
    document = forms.CharField(label="文书名称和文号", max_length=160)
    decided_by = forms.CharField(label="决定机关", max_length=80)
    decided_on = forms.DateField(label="决定日", widget=widgets.DateInput())
    facts = forms.CharField(
        label="事由",
        max_length=3000,
        widget=growing(4),
        help_text="写明事实和依据。记录对单位，不写个人姓名；责任单位可以申辩。",
    )
    proofs = evidence_field(required=True, help_text="问责文书，PDF 或图片。")

    def __init__(self, *args: Any, bodies: QuerySet[PolicyBody], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        halves(self, "body", "measure", "decided_by", "decided_on")

    def measured(self, *, finding_id: int | None) -> Measure:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "proofs"}
        return Measure(body_id=facts.pop("body").pk, finding_id=finding_id, **facts)


class ReplyForm(forms.Form):
    """A body's reply (申辩意见)."""

    reply = forms.CharField(label="申辩意见", max_length=3000, widget=growing(6))


class OutcomeForm(forms.Form):
    """What becomes of a record (复核意见)."""

    outcome = forms.CharField(
        label="复核意见和理由", max_length=500, widget=growing(4), help_text="责任单位会看到。"
    )


POINT_LABELS = {
    "on_time": "按期办结权重",
    "evidence": "佐证齐全权重",
    "conduct": "督办整改权重",
    "notice_points": "提示每条扣分",
    "general_points": "一般问题每条扣分",
    "serious_points": "严重问题每条扣分",
    "return_points": "整改退回每次扣分",
    "overdue_points": "逾期答复每条扣分",
}


class SchemeForm(forms.Form):
    """A version of the scheme (督查评分办法)."""

    basis = forms.CharField(
        label="依据", max_length=200, help_text="文件名称和文号，或会议决定。政策没有给出权重。"
    )
    valid_from = forms.DateField(label="启用日", widget=widgets.DateInput())

    fieldsets = [
        ("依据", ["basis", "valid_from"]),
        ("权重，合计 100", ["on_time", "evidence", "conduct"]),
        ("督办整改扣分，扣完为止", [name for name in POINT_LABELS if name.endswith("_points")]),
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in POINT_LABELS.items():
            self.fields[name] = forms.DecimalField(
                label=label, min_value=0, max_value=100, decimal_places=2
            )
        halves(self, *POINT_LABELS)


class PeriodForm(forms.Form):
    """The days that a score looks at (评分期)."""

    starts_on = forms.DateField(label="期初", widget=widgets.DateInput())
    ends_on = forms.DateField(label="期末", widget=widgets.DateInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        halves(self, "starts_on", "ends_on")

    @classmethod
    def asked(cls, given: Any, *, today: datetime.date) -> PeriodForm:
        """The period in the address, or this year up to today."""
        form = cls(given)
        if form.is_valid():
            return form
        start = today.replace(month=1, day=1)
        form = cls({"starts_on": start.isoformat(), "ends_on": today.isoformat()})
        form.is_valid()
        return form

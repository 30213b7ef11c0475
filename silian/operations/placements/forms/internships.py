"""Input about internships: arranging, guides, moves, consents, self-chosen hosts."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.agreements.forms.signing import PaperForm
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui.widgets import DateInput, MoneyInput, RadioList, SearchSelect
from silian.operations.placements.choices.hosts import (
    HostState,
    PlanState,
    PostState,
)
from silian.operations.placements.models import (
    Host,
    Internship,
    InternshipPlan,
    InternshipPost,
    SelfChoice,
)
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person
from silian.registers.programmes.models import SchoolClass

INCLUSIVE = datetime.timedelta(days=1)


def staff_of(organisation_id: int, *kinds: str) -> QuerySet[Person]:
    """The people of an organisation in these capacities today."""
    rows = Person.objects.filter(
        affiliations__organisation_id=organisation_id,
        affiliations__kind__in=kinds,
        affiliations__ends_on=None,
        erased_at=None,
    )
    return rows.order_by("name", "pk").distinct()


class ArrangeForm(forms.Form):
    """Class, plan, host, post and days; the students follow on the same page (安排实习)."""

    school_class = forms.ModelChoiceField(
        label="班级", queryset=SchoolClass.objects.none(), widget=SearchSelect()
    )
    plan = forms.ModelChoiceField(
        label="实习方案", queryset=InternshipPlan.objects.none(), widget=SearchSelect()
    )
    post = forms.ModelChoiceField(
        label="单位和岗位", queryset=InternshipPost.objects.none(), widget=SearchSelect()
    )
    starts_on = forms.DateField(label="起始日", widget=DateInput())
    last_day = forms.DateField(label="最后一天", widget=DateInput())
    teacher = forms.ModelChoiceField(
        label="指导教师",
        queryset=Person.objects.none(),
        widget=SearchSelect(),
        required=False,
        help_text="不选则由班主任指导",
    )
    lodging = forms.CharField(label="住宿地址", max_length=200, required=False)
    filing_number = forms.CharField(label="跨省实习备案号", max_length=60, required=False)
    warning_reason = forms.CharField(
        label="保留提示的理由",
        max_length=300,
        required=False,
        help_text="有提示仍需安排时填写，理由随每名学生留存",
    )
    fieldsets = (
        ("安排", ["school_class", "plan", "post"]),
        ("时间与指导", ["starts_on", "last_day", "teacher"]),
        ("补充", ["lodging", "filing_number", "warning_reason"]),
    )

    def __init__(self, *args: Any, school_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = Host.objects.filter(school_id=school_id, state=HostState.PUBLISHED)
        self.fields["school_class"].queryset = SchoolClass.objects.filter(  # type: ignore[attr-defined]
            cohort__programme__school_id=school_id
        ).order_by("-cohort__year", "name")
        self.fields["plan"].queryset = InternshipPlan.objects.filter(  # type: ignore[attr-defined]
            school_id=school_id, state=PlanState.APPROVED
        ).order_by("-starts_on", "title")
        self.fields["post"].queryset = (  # type: ignore[attr-defined]
            InternshipPost.objects.filter(
                state=PostState.OPEN, organisation__in=hosts.values("organisation_id")
            )
            .select_related("organisation")
            .order_by("organisation__name", "title", "pk")
        )
        self.fields["teacher"].queryset = staff_of(school_id, AffiliationKind.TEACHER)  # type: ignore[attr-defined]
        self.hosts = hosts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        post = cleaned.get("post")
        if post is not None:
            cleaned["host"] = self.hosts.filter(organisation_id=post.organisation_id).first()
        if cleaned.get("last_day"):
            cleaned["ends_on"] = cleaned["last_day"] + INCLUSIVE
        return cleaned


class GuidesForm(forms.Form):
    """Who guides the student on both sides (指导人员)."""

    teacher = forms.ModelChoiceField(
        label="学校指导教师", queryset=Person.objects.none(), widget=SearchSelect()
    )
    mentor = forms.ModelChoiceField(
        label="企业导师", queryset=Person.objects.none(), widget=SearchSelect()
    )

    def __init__(self, *args: Any, internship: Internship, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = staff_of(  # type: ignore[attr-defined]
            internship.school_id, AffiliationKind.TEACHER
        )
        self.fields["mentor"].queryset = staff_of(  # type: ignore[attr-defined]
            internship.organisation_id, AffiliationKind.MENTOR, AffiliationKind.EMPLOYEE
        )


class MoveForm(forms.Form):
    """The other post, the day and why (换岗)."""

    post = forms.ModelChoiceField(
        label="新岗位", queryset=InternshipPost.objects.none(), widget=SearchSelect()
    )
    on = forms.DateField(label="换岗日", widget=DateInput())
    reason = forms.CharField(label="换岗原因", max_length=300)

    def __init__(self, *args: Any, internship: Internship, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = InternshipPost.objects.filter(
            organisation_id=internship.organisation_id, state=PostState.OPEN
        ).exclude(pk=internship.post_id)
        self.fields["post"].queryset = rows.select_related("organisation")  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """The answer to a notice (答复知情同意书). Never ticked beforehand."""

    answer = forms.ChoiceField(choices=[("agree", "同意"), ("refuse", "不同意")])
    agreed_sha256 = forms.CharField(max_length=64)
    has_read = forms.BooleanField(label="我已读完告知书", required=False)
    reason = forms.CharField(label="不同意的原因（可不填）", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "agree" and not cleaned.get("has_read"):
            self.add_error("has_read", "请先读完告知书并勾选。")
        return cleaned

    @property
    def given_answer(self) -> dict[str, Any]:
        """What was answered to which text, as the commands take it."""
        said = self.cleaned_data
        return {
            "agrees": said["answer"] == "agree",
            "agreed_sha256": said["agreed_sha256"],
            "reason": said["reason"],
        }


class PaperConsentForm(PaperForm):
    """What a student or a guardian answered on paper (登记线下答复)."""

    answer = forms.ChoiceField(
        label="纸上的答复", choices=[("agree", "同意"), ("refuse", "不同意")], widget=RadioList()
    )
    reason = forms.CharField(label="不同意的原因（可不填）", max_length=300, required=False)
    fieldsets = [
        ("答复", ["answer", "reason"]),
        ("签字", ["name", "signed_on", "scan", "same_text"]),
    ]


class IdentityForm(forms.Form):
    """Name and phone of the guardian, compared with the register (核对身份)."""

    name = forms.CharField(label="您的姓名", max_length=60)
    tail = forms.CharField(label="手机号后四位", min_length=4, max_length=4)


class SelfChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Host, post and mentor that a student found (自主选择实习申请)."""

    division = DivisionField(label="工作地区")
    tasks_text = forms.CharField(
        label="典型工作任务", widget=forms.Textarea(attrs={"rows": 3}), help_text="每行一项"
    )
    last_day = forms.DateField(label="最后一天", widget=DateInput())
    fieldsets = (
        ("单位和岗位", ["organisation", "title", "division", "address", "tasks_text"]),
        (
            "时间",
            ["starts_on", "last_day", "daily_hours", "weekly_days", "shift_starts", "shift_ends"],
        ),
        ("报酬和指导", ["pay", "post_wage", "pay_day", "mentor_name", "lodging", "reason"]),
    )

    class Meta:
        model = SelfChoice
        fields = (
            "organisation",
            "title",
            "division",
            "address",
            "daily_hours",
            "weekly_days",
            "shift_starts",
            "shift_ends",
            "pay",
            "post_wage",
            "pay_day",
            "mentor_name",
            "lodging",
            "reason",
            "starts_on",
        )
        widgets = {
            "organisation": SearchSelect(),
            "starts_on": DateInput(),
            "pay": MoneyInput(),
            "post_wage": MoneyInput(),
            "shift_starts": forms.TimeInput(attrs={"type": "time"}),
            "shift_ends": forms.TimeInput(attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.filter(state=OrganisationState.VERIFIED)
            .exclude(kind__in=(OrganisationKind.SCHOOL, OrganisationKind.GOVERNMENT))
            .exclude(uscc="")
            .order_by("name")
        )

    def facts(self) -> dict[str, Any]:
        """What the command takes."""
        said = dict(self.cleaned_data)
        lines = said.pop("tasks_text").splitlines()
        said["tasks"] = [line.strip()[:100] for line in lines if line.strip()]
        said["ends_on"] = said.pop("last_day") + INCLUSIVE
        return said


class DecisionForm(forms.Form):
    """Approve or send back (审核自主选择)."""

    teacher = forms.ModelChoiceField(
        label="指导教师", queryset=Person.objects.none(), widget=SearchSelect(), required=False
    )
    warning_reason = forms.CharField(label="保留提示的理由", max_length=300, required=False)
    reason = forms.CharField(label="退回原因", max_length=300, required=False)
    decision = forms.ChoiceField(choices=[("approve", "同意"), ("refuse", "退回")])

    def __init__(self, *args: Any, school_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = staff_of(school_id, AffiliationKind.TEACHER)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "approve" and not cleaned.get("teacher"):
            self.add_error("teacher", "请指定指导教师，由他每周联系学生。")
        return cleaned


def default_days(plan: InternshipPlan | None) -> dict[str, Any]:
    """The plan's days as the first suggestion."""
    if plan is None:
        return {"starts_on": timezone.localdate()}
    return {"starts_on": plan.starts_on, "last_day": plan.ends_on - INCLUSIVE}

"""The form of an internship post, checked while it is typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.reference.forms import (
    DivisionField,
    IndustryField,
    MajorsField,
    OccupationField,
)
from silian.foundation.reference.models import Major
from silian.foundation.ui import widgets
from silian.operations.placements.choices.hosts import (
    Hazard,
    Intensity,
    PayMethod,
)
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.rules.post_offers import OWN_FIELDS

NOTED_TEMPLATE = "placements/posts/_field.html"
HALVES = (
    "title", "division", "occupation", "industry", "starts_on", "ends_on", "headcount",
    "staff_in_post", "daily_hours", "weekly_days", "shift_starts", "shift_ends", "intensity",
    "lift_kg", "lifts_per_hour", "pay", "post_wage", "lowest_grade_wage", "pay_day",
    "pay_method", "mentor", "mentors_ratio",
)  # fmt: skip
LINKED = ("division", "occupation", "industry", "mentor")


class PostForm(forms.Form):
    """What a host offers, demands, exposes to and pays (实习岗位)."""

    title = forms.CharField(label="岗位名称", max_length=100)
    division = DivisionField(label="工作地区")
    address = forms.CharField(label="工作地点", max_length=200)
    occupation = OccupationField(label="职业", required=False)
    industry = IndustryField(label="岗位所属行业")
    major_classes = MajorsField(
        label="适合的专业大类", level=1, most=12, help_text="选专业大类，可选多个。"
    )
    tasks = forms.CharField(
        label="典型工作任务",
        widget=forms.Textarea(attrs={"rows": 4, "data-sl-grow": ""}),
        help_text="每行 1 项。按专业简介写，不要只写简单重复劳动。",
    )
    headcount = forms.IntegerField(label="接收人数", min_value=1, max_value=2000)
    staff_in_post = forms.IntegerField(
        label="同类岗位在岗人数", min_value=0, help_text="用来核对同类岗位实习学生比例。"
    )
    starts_on = forms.DateField(label="可安排起始日", widget=widgets.DateInput())
    ends_on = forms.DateField(label="可安排终止日（不含）", widget=widgets.DateInput())
    daily_hours = forms.DecimalField(
        label="每日工时", min_value=Decimal("0.5"), max_value=24, max_digits=4, decimal_places=1,
        initial=8,
    )  # fmt: skip
    weekly_days = forms.IntegerField(label="每周工作天数", min_value=1, max_value=7, initial=5)
    shift_starts = forms.TimeField(
        label="上班时间",
        initial="08:30",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    shift_ends = forms.TimeField(
        label="下班时间",
        initial="17:30",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    works_holidays = forms.BooleanField(label="法定节假日上班", required=False)
    has_overtime = forms.BooleanField(label="安排加班", required=False)
    hazards = forms.MultipleChoiceField(
        label="危害因素",
        choices=Hazard.choices,
        required=False,
        widget=widgets.CheckboxList(),
        help_text="有的都要勾选，不勾选视为没有。",
    )
    intensity = forms.TypedChoiceField(
        label="体力劳动强度", choices=Intensity.choices, coerce=int, initial=1,
        help_text="按 GBZ 2.2 分级。",
    )  # fmt: skip
    lift_kg = forms.DecimalField(
        label="单次负重（公斤）", min_value=0, max_digits=5, decimal_places=1, initial=0
    )
    lifts_per_hour = forms.IntegerField(label="每小时负重次数", min_value=0, initial=0)
    is_close_to_minors = forms.BooleanField(label="密切接触未成年人", required=False)
    offence_check = forms.CharField(
        label="入职查询情况", max_length=200, required=False,
        help_text="密切接触未成年人的岗位，写违法犯罪记录查询的日期和结果。",
    )  # fmt: skip
    pay = forms.DecimalField(
        label="实习报酬", max_digits=9, decimal_places=2, min_value=0,
        widget=widgets.MoneyInput(unit="元/月"),
    )  # fmt: skip
    post_wage = forms.DecimalField(
        label="相同岗位工资", max_digits=9, decimal_places=2, min_value=0,
        widget=widgets.MoneyInput(unit="元/月"),
    )  # fmt: skip
    lowest_grade_wage = forms.DecimalField(
        label="最低档工资", max_digits=9, decimal_places=2, min_value=0, required=False,
        widget=widgets.MoneyInput(unit="元/月"), help_text="没有分档的不填。",
    )  # fmt: skip
    pay_day = forms.IntegerField(label="每月发放日", min_value=1, max_value=28, initial=10)
    pay_method = forms.ChoiceField(label="支付方式", choices=PayMethod.choices)
    fees = forms.CharField(
        label="向学生收取的费用", max_length=200, required=False,
        help_text="不收的不填。押金、培训费、管理费、材料费、服务费都不能收。",
    )  # fmt: skip
    is_paid_by_school_head = forms.BooleanField(label="按人数向学校支付费用", required=False)
    is_through_agency = forms.BooleanField(label="通过中介或劳务派遣安排", required=False)
    board = forms.CharField(label="食宿条件", max_length=200, required=False)
    has_lodging = forms.BooleanField(label="提供集中住宿", required=False)
    mentor = forms.TypedChoiceField(
        label="企业导师", coerce=int, required=False, empty_value=None,
        widget=widgets.SearchSelect(),
    )  # fmt: skip
    mentors_ratio = forms.IntegerField(
        label="每名导师带学生数", min_value=1, max_value=50, initial=5
    )
    filing_number = forms.CharField(
        label="特殊安排备案号", max_length=60, required=False,
        help_text="只免除第十七条允许免除的部分：休息日、节假日、加班、夜班、较高风险。",
    )  # fmt: skip

    fieldsets = [
        ("岗位", ["title", "division", "address", "occupation", "industry", "major_classes",
                "tasks"]),
        ("人数和期间", ["headcount", "staff_in_post", "starts_on", "ends_on"]),
        ("工作时间", ["daily_hours", "weekly_days", "shift_starts", "shift_ends",
                  "works_holidays", "has_overtime"]),
        ("安全和健康", ["hazards", "intensity", "lift_kg", "lifts_per_hour",
                   "is_close_to_minors", "offence_check"]),
        ("报酬和费用", ["pay", "post_wage", "lowest_grade_wage", "pay_day", "pay_method", "fees",
                   "is_paid_by_school_head", "is_through_agency"]),
        ("食宿和指导", ["board", "has_lodging", "mentor", "mentors_ratio", "filing_number"]),
    ]  # fmt: skip

    def __init__(self, *args: Any, mentors: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["mentor"].choices = [("", "暂不指定"), *mentors]  # type: ignore[attr-defined]
        for name in HALVES:
            self.fields[name].half = True  # type: ignore[attr-defined]
        for name in OWN_FIELDS:
            self.fields[name].template_name = NOTED_TEMPLATE  # type: ignore[attr-defined]

    def clean_tasks(self) -> list[str]:
        lines = [line.strip()[:100] for line in self.cleaned_data["tasks"].splitlines()]
        return [line for line in lines if line][:20]

    def clean_major_classes(self) -> list[str]:
        return sorted({entry.code[:2] for entry in self.cleaned_data["major_classes"]})

    def facts(self) -> dict[str, Any]:
        """What was typed and understood, as columns of the post."""
        return columns_of(self.cleaned_data)

    @classmethod
    def initial_from(cls, post: InternshipPost) -> dict[str, Any]:
        """The post as it stands, for the boxes."""
        plain = set(cls.base_fields) - {*LINKED, "tasks", "major_classes"}
        values = {name: getattr(post, name) for name in plain}
        classes = Major.objects.filter(code__in=post.major_classes, valid_to__isnull=True)
        return {
            **values,
            **{name: getattr(post, f"{name}_id") for name in LINKED},
            "tasks": "\n".join(post.tasks),
            "major_classes": list(classes),
        }


def columns_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Entries of catalogues become their keys."""
    found: dict[str, Any] = {}
    for name, value in cleaned.items():
        if name == "mentor":
            found["mentor_id"] = value
        elif name in LINKED:
            found[f"{name}_id"] = value.pk if value else None
        else:
            found[name] = value
    return found

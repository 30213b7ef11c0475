"""What is typed about land cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.reference.models import Division
from silian.foundation.ui import widgets
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.models.schools import SchoolProject
from silian.governance.incentives.choices.land import (
    LandClass,
    LandInvestor,
    SupplyMode,
)
from silian.governance.incentives.commands.land import LandFacts, LandStepNote

CATALOGUE = [("", "还没有核对"), ("yes", "符合"), ("no", "不符合")]


def day_box(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=widgets.DateInput(), **given)


def text_box(label: str, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=500, widget=box, **given)


def catalogue_box(**given: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="是否符合《划拨用地目录》",
        choices=CATALOGUE,
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        **given,
    )


class LandForm(forms.Form):
    """Project and land (登记用地事项)."""

    title = forms.CharField(label="项目名称", max_length=120)
    project = forms.ModelChoiceField(
        label="工程项目", queryset=IntegrationProject.objects.none(), required=False,
        empty_label="不在工程项目库",
    )  # fmt: skip
    school_project = forms.ModelChoiceField(
        label="学校建设项目", queryset=SchoolProject.objects.none(), required=False,
        empty_label="没有",
    )  # fmt: skip
    division = forms.ModelChoiceField(
        label="用地地区", queryset=Division.objects.none(), widget=widgets.SearchSelect(),
        empty_label="请选择",
    )  # fmt: skip
    site = forms.CharField(label="用地位置", max_length=160)
    area = forms.DecimalField(
        label="用地面积（平方米）", max_digits=14, decimal_places=2, required=False
    )
    land_class = forms.ChoiceField(label="用地类别", choices=LandClass.choices)
    investor = forms.ChoiceField(label="投资方式", choices=LandInvestor.choices)
    is_school = forms.BooleanField(label="用于建设职业院校或高等学校", required=False)
    in_catalogue = catalogue_box()
    catalogue_item = forms.CharField(label="目录条目", max_length=120, required=False)
    wanted = forms.ChoiceField(label="申请的供地方式", choices=SupplyMode.choices)
    paper = forms.FileField(
        label="项目批准或备案文件", required=False, widget=widgets.FileInput(limit="PDF 或图片")
    )

    fieldsets = (
        ("项目", ["title", "project", "school_project", "investor", "is_school"]),
        (
            "用地",
            ["division", "site", "area", "land_class", "in_catalogue", "catalogue_item"],
        ),
        ("申请", ["wanted", "paper"]),
    )

    def __init__(
        self,
        *args: Any,
        projects: QuerySet[IntegrationProject],
        schools: QuerySet[SchoolProject],
        divisions: QuerySet[Division],
        **rest: Any,
    ):
        super().__init__(*args, **rest)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        self.fields["school_project"].queryset = schools  # type: ignore[attr-defined]
        self.fields["division"].queryset = divisions  # type: ignore[attr-defined]
        for name in ("project", "school_project", "area", "land_class"):
            self.fields[name].half = True  # type: ignore[attr-defined]
        for name in ("in_catalogue", "catalogue_item"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def facts(self) -> LandFacts:
        said = self.cleaned_data
        project, school = said["project"], said["school_project"]
        plain = ("title", "site", "area", "land_class", "investor", "is_school", "in_catalogue",
                 "catalogue_item", "wanted")  # fmt: skip
        return LandFacts(
            **{name: said[name] for name in plain},
            division_id=said["division"].pk,
            project_id=project.pk if project else None,
            school_project_id=school.pk if school else None,
        )


class LandStepForm(forms.Form):
    """One step (办理环节); boxes that a step does not need are left out."""

    mode = forms.ChoiceField(label="供地方式", choices=SupplyMode.choices)
    in_catalogue = catalogue_box()
    catalogue_item = forms.CharField(label="目录条目", max_length=120, required=False)
    on = day_box("办理日")
    document = forms.CharField(label="文件名称和文号", max_length=160, required=False)
    note = text_box("说明", required=False)
    due_on = day_box("下一步期限", required=False, help_text="没有规定的可不填，显示“未设定”。")
    due_basis = forms.CharField(label="期限依据", max_length=120, required=False)

    def __init__(self, *args: Any, step: str, **rest: Any):
        super().__init__(*args, **rest)
        unneeded = {
            "mode": step != "plan",
            "in_catalogue": step != "complete",
            "catalogue_item": step != "complete",
            "due_on": step in ("refuse", "hand_over"),
            "due_basis": step in ("refuse", "hand_over"),
        }
        for name in [name for name, drop in unneeded.items() if drop]:
            del self.fields[name]
        for name in ("due_on", "due_basis", "in_catalogue", "catalogue_item"):
            if name in self.fields:
                self.fields[name].half = True  # type: ignore[attr-defined]

    def said(self) -> LandStepNote:
        return LandStepNote(**self.cleaned_data)


class WithdrawForm(forms.Form):
    """Why the applicant takes it back (撤回)."""

    reason = text_box("撤回理由")

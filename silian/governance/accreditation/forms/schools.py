"""What is typed about school projects."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.ui import widgets
from silian.governance.accreditation.choices.schools import SchoolProjectKind
from silian.governance.accreditation.commands.schools import SchoolFacts
from silian.governance.accreditation.models.schools import SchoolCondition
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

LONG = {"rows": 3, "data-sl-grow": ""}
NUMBER: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}


def organisations_of(division: str, *, kind: OrganisationKind) -> Any:
    """Verified organisations of a kind in a region and below."""
    return Organisation.objects.filter(
        kind=kind,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(division),
    ).order_by("division__code", "name")


class SchoolProjectForm(forms.Form):
    """A named school that is to be built or raised (学校项目)."""

    school = forms.ModelChoiceField(
        label="学校", queryset=Organisation.objects.none(), widget=widgets.SearchSelect()
    )
    kind = forms.ChoiceField(label="类别", choices=SchoolProjectKind.choices)
    title = forms.CharField(label="项目名称", max_length=120)
    keeper = forms.ModelChoiceField(
        label="责任单位", queryset=Organisation.objects.none(), widget=widgets.SearchSelect()
    )
    basis = forms.CharField(label="依据文件", max_length=200, help_text="文号和条款")
    starts_on = forms.DateField(label="启动日", widget=widgets.DateInput())
    target_on = forms.DateField(label="目标日", widget=widgets.DateInput())

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        schools = organisations_of(division, kind=OrganisationKind.SCHOOL)
        keepers = organisations_of(division, kind=OrganisationKind.GOVERNMENT)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.fields["keeper"].queryset = keepers  # type: ignore[attr-defined]
        for name in ("school", "kind", "keeper", "basis", "starts_on", "target_on"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def facts(self) -> SchoolFacts:
        given = self.cleaned_data
        names = ("kind", "title", "basis", "starts_on", "target_on")
        return SchoolFacts(**{name: given[name] for name in names})


class StandardForm(forms.Form):
    """A standard that the rulebook leaves open (填写标准)."""

    standard = forms.DecimalField(label="标准", **NUMBER)
    source = forms.CharField(label="标准依据", max_length=200, help_text="文件名称、文号和条款")


class ReportForm(forms.Form):
    """What the school tells of a condition (上报)."""

    value = forms.DecimalField(label="数值", required=False, **NUMBER)
    evidence = forms.CharField(label="证明材料", max_length=200, help_text="名称和编号")

    def __init__(self, *args: Any, condition: SchoolCondition, **rest: Any):
        super().__init__(*args, **rest)
        if condition.comparison == "words":
            del self.fields["value"]
        else:
            self.fields["value"].label = f"数值（{condition.unit}）"

    def clean(self) -> dict[str, Any]:
        return {"value": None, **(super().clean() or {})}


class CheckForm(ReportForm):
    """What an official finds (核对)."""

    says_met = forms.TypedChoiceField(
        label="结论",
        choices=[("1", "已满足"), ("0", "未满足")],
        coerce=lambda value: value == "1",
        widget=widgets.RadioList(),
    )

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["evidence"].required = False


class FinishForm(forms.Form):
    """A milestone of a school project is reached (节点完成)."""

    done_on = forms.DateField(label="完成日", widget=widgets.DateInput())
    evidence = forms.CharField(label="完成凭证", max_length=200)


class BlockForm(forms.Form):
    """What keeps a school project from going on (卡点)."""

    text = forms.CharField(label="卡点", max_length=200, widget=forms.Textarea(attrs=LONG))
    owner = forms.ModelChoiceField(
        label="解决单位", queryset=Organisation.objects.none(), widget=widgets.SearchSelect()
    )
    since = forms.DateField(label="出现日", widget=widgets.DateInput())

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        found = organisations_of(division, kind=OrganisationKind.GOVERNMENT)
        self.fields["owner"].queryset = found  # type: ignore[attr-defined]


class SolveForm(forms.Form):
    """How something that blocked was removed (解决卡点)."""

    solved_on = forms.DateField(label="解决日", widget=widgets.DateInput())
    solution = forms.CharField(label="解决情况", max_length=300, widget=forms.Textarea(attrs=LONG))


class AchieveForm(forms.Form):
    """By which paper the school has become what was planned (登记建成)."""

    document = forms.CharField(label="批复或认定文件", max_length=160, help_text="名称和文号")
    achieved_on = forms.DateField(label="建成日", widget=widgets.DateInput())
